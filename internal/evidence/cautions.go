package evidence

import (
	"fmt"

	"cairn/internal/scheme"
)

// Bounds below which a figure says so about itself.
const (
	FewPeople = 30  // people measured twice; Warwick's advice for SWEMWBS
	Complete  = 0.6 // followed up of those due, 0 to 1
)

// Cautions are what a reader must know before the numbers are used, the biggest
// first. They are always printed, and there is always one.
func (f Finding) Cautions() []string {
	c, exits := f.Counts, f.Flow.Exits
	died, moved := exits[scheme.ExitDied], exits[scheme.ExitMoved]
	var all []string
	for _, caution := range []struct {
		holds bool
		text  string
	}{
		{!enough(c.Paired, c.Baseline), fmt.Sprintf(
			"%s of those due were measured again (%s of %s), fewer than 60%%. Those who were not may have fared differently.",
			Percent(c.OfBaseline.P), People(c.Paired), People(c.Baseline))},
		{c.Paired > 0 && c.Paired < FewPeople, fmt.Sprintf(
			"%s measured twice, fewer than %d: the figures would change a good deal with a few more.",
			were(c.Paired), FewPeople)},
		{enough(c.Paired, c.Baseline) && !enough(c.Paired, c.Persons), fmt.Sprintf(
			"Of everybody referred, %s were measured twice (%s of %s).",
			Percent(c.OfPersons.P), People(c.Paired), People(c.Persons))},
		{true, "There is no comparison group: people may have changed without the scheme."},
		{c.Paired > 0 && !f.Reliable(),
			"No threshold of reliable change is agreed for this score: some of the movement is the measure's own error."},
		{c.FollowupOnly > 0, have(c.FollowupOnly) + " a later score and no baseline: counted, and in no comparison."},
		{died+moved > 0, fmt.Sprintf(
			"%s died and %s moved away before the later score: counted apart, and not as lost.",
			People(died), People(moved))},
		{f.Flow.Running > 0, are(f.Flow.Running) + " still inside the time for the later score, and not counted yet."},
	} {
		if caution.holds {
			all = append(all, caution.text)
		}
	}
	return all
}

// Reliable says whether there is any threshold of reliable change.
func (f Finding) Reliable() bool {
	return f.ReliablyPublished != nil || f.RCIFixedSD.Known() || f.RCIBaselineSD.Known()
}

// enough says whether so many of so many are complete enough to stand for all.
func enough(n, of int) bool { return of == 0 || float64(n) >= Complete*float64(of) }

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return People(n) + " people"
}

func were(n int) string {
	if n == 1 {
		return "1 person was"
	}
	return people(n) + " were"
}

func have(n int) string {
	if n == 1 {
		return "1 person has"
	}
	return people(n) + " have"
}

func are(n int) string {
	if n == 1 {
		return "1 person is"
	}
	return people(n) + " are"
}
