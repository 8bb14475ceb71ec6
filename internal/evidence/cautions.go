package evidence

import (
	"fmt"
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Bounds below which a figure says so about itself.
const (
	FewPeople = 30   // people measured twice; Warwick's advice for SWEMWBS
	Complete  = 0.6  // followed up of those due, 0 to 1
	AtAnEnd   = 0.15 // beginning at an end of the scale, 0 to 1; Terwee et al. (2007), J Clin Epidemiol 60:34-42
)

// Cautions are those of a finding that is held against nothing.
func (f Finding) Cautions() []string { return f.CautionsBeside(nil) }

// CautionsBeside are what a reader must know before the numbers are used, the
// biggest first. They are always printed, and there is always one.
func (f Finding) CautionsBeside(against *Comparator) []string {
	c, exits := f.Counts, f.Flow.Exits
	died, moved := exits[scheme.ExitDied], exits[scheme.ExitMoved]
	cautions := []caution{
		{!enough(c.Paired, c.Baseline), fmt.Sprintf(
			"%s of those due were measured again (%s of %s), fewer than 60%%. Those who were not may have fared differently.",
			Percent(c.OfBaseline.P), People(c.Paired), People(c.Baseline))},
		{c.Paired > 0 && c.Paired < FewPeople, fmt.Sprintf(
			"%s measured twice, fewer than %d: the figures would change a good deal with a few more.",
			were(c.Paired), FewPeople)},
		{enough(c.Paired, c.Baseline) && !enough(c.Paired, c.Persons), fmt.Sprintf(
			"Of everybody referred, %s were measured twice (%s of %s).",
			Percent(c.OfPersons.P), People(c.Paired), People(c.Persons))},
		{true, against.caution()},
		{c.Paired > 0 && !f.Reliable(),
			"No threshold of reliable change is agreed for this score: some of the movement is the measure's own error."},
		{c.FollowupOnly > 0, have(c.FollowupOnly) + " a later score and no baseline: counted, and in no comparison."},
		{died+moved > 0, fmt.Sprintf(
			"%s died and %s moved away before the later score: counted apart, and not as lost.",
			People(died), People(moved))},
		{f.Flow.Running > 0, are(f.Flow.Running) + " still inside the time for the later score, and not counted yet."},
	}
	var all []string
	for _, one := range slices.Concat(cautions, f.scaleCautions()) {
		if one.holds {
			all = append(all, one.text)
		}
	}
	return all
}

// A caution is a sentence and whether it is called for.
type caution struct {
	holds bool
	text  string
}

// scaleCautions are about where people began: at an end of the scale, where they
// can move one way only, or low, where some would have come back by themselves.
func (f Finding) scaleCautions() []caution {
	best, worst := f.BaselineEnds.Best, f.BaselineEnds.Worst
	all := []caution{
		{manyAt(best), fmt.Sprintf("%s began at the best end of the scale, where a score cannot get better.", Share(best))},
		{manyAt(worst), fmt.Sprintf("%s began at the worst end of the scale, where a score cannot get worse.", Share(worst))},
	}
	switch cut := f.ByCutoff(); {
	case cut != nil:
		from := f.RegressionToMean.Cutoff
		all = append(all, caution{true, fmt.Sprintf(
			"People were taken in with scores %s %s: a change of about %s could be expected of them without any help%s (regression to the mean).",
			*from.Side, Points(from.Cutoff, f.Score), f.between(*cut, *cut), f.ifUsual())})
	case f.expectable():
		low, high, _ := f.Expected()
		all = append(all, caution{f.Counts.Paired > 1 && f.mostByItself() > 0, fmt.Sprintf(
			"A change of about %s could be expected of people who began here without any help%s (regression to the mean).",
			f.between(low, high), f.ifUsual())})
	}
	return all
}

// ByCutoff is the change that could be expected of people who were taken in by a
// cut-off, score points; nil where they were not, or it is not known.
func (f Finding) ByCutoff() *float64 {
	if !f.entered() {
		return nil
	}
	return f.RegressionToMean.Cutoff.Expected
}

// entered reports whether people were taken in by the cut-off, going by where
// they began: a settings file may name one that was never kept to.
func (f Finding) entered() bool {
	cut, mean := f.RegressionToMean.Cutoff, f.BaselinePaired.Mean
	if cut.Cutoff == nil || mean == nil {
		return false
	}
	if *cut.Side == measure.Above {
		return *mean >= *cut.Cutoff
	}
	return *mean <= *cut.Cutoff
}

func manyAt(p Proportion) bool { return p.P != nil && *p.P >= AtAnEnd }

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
