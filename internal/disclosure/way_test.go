package disclosure_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// longAfter is a day on which every window of a world has closed.
func longAfter() scheme.Day { return (firstQuarter + 40).First() }

// passage is somebody's way, made of who they are: the same always.
func (p person) passage() scheme.Passage {
	r := rand.New(rand.NewPCG(uint64(p.id), 7))
	closes := p.closes.First().Plus(r.IntN(80))
	received := closes.Plus(-140 - r.IntN(40))
	way := scheme.Passage{Ordinal: 1, ReceivedOn: received, Planned: true}
	if r.IntN(12) > 0 {
		way.Contacted = received.Plus(r.IntN(20))
		if r.IntN(10) > 0 {
			way.Seen = way.Contacted.Plus(r.IntN(9))
		}
	}
	started := received.Plus(20 + r.IntN(15))
	if r.IntN(6) > 0 {
		way.Attended = started
	}
	if p.state == scheme.Enrolled && r.IntN(2) == 0 {
		way.DeclinedOn = received.Plus(5)
	}
	point := func(on scheme.Day, level measure.Level) *scheme.Point {
		at := &scheme.Point{On: on, Level: level}
		at.Channel = []scheme.Channel{"", "in-person", "in-person", "in-person", "phone"}[r.IntN(5)]
		at.Helper = []scheme.Helper{"", "nobody", "nobody", "deliverer"}[r.IntN(4)]
		return at
	}
	base, later := point(started.Plus(r.IntN(12)-9), p.from), point(started.Plus(78+r.IntN(14)), p.to)
	way.Pair = scheme.Pair{Ordinal: 1, State: p.state, Stage: p.stage, Exit: p.exit, Closes: closes}
	if p.state == scheme.Paired || p.state == scheme.BaselineOnly {
		way.Pair.Base = base
	}
	if p.state == scheme.Paired || p.state == scheme.FollowupOnly {
		way.Pair.Later = later
	}
	return way
}

// wayOf adds up the passages of people.
func wayOf(in scheme.Period, people []person) *disclosure.Way {
	journey, manner := scheme.NewJourney(in, longAfter()), scheme.NewManner(in, longAfter())
	for _, p := range people {
		way := p.passage()
		journey.Add(way)
		manner.Add(way)
	}
	return &disclosure.Way{Journey: evidence.JourneyOf(journey), Circumstances: evidence.CircumstancesOf(manner)}
}

// takenBy are the true numbers besides the scores, by path.
func takenBy(w *disclosure.Way) map[string]int {
	c := w.Circumstances
	all := map[string]int{
		"taken.contacted": w.Journey.People("contacted"), "taken.seen": w.Journey.People("seen"),
		"taken.channel_changed.people": c.Channel.Changed, "taken.channel_changed.of": c.Channel.Of(),
		"taken.helper_changed.people": c.Helper.Changed, "taken.helper_changed.of": c.Helper.Of(),
		"taken.deliverer_helped.people": c.Deliverer.X, "taken.deliverer_helped.of": c.Deliverer.N,
		"taken.late_baseline.people": c.LateBaselines.X, "taken.late_baseline.of": c.LateBaselines.N,
	}
	for _, l := range w.Journey.Left {
		switch l.Why {
		case scheme.LeftDeclined:
			all["taken.declined"] = l.People
		case scheme.LeftUnscored:
			all["taken.no_score"] = l.People
		}
	}
	return all
}

// anybody is a made-up scheme of one quarter, with its truth.
func anybody(t *rapid.T, people int) disclosure.Exact {
	w := world{score: wellbeing()}
	r := newRand(rapid.Uint64().Draw(t, "seed"))
	table := scheme.NewTransitions()
	for range people {
		p := w.somebody(r, "riverside", 1)
		w.people = append(w.people, p)
		table.Add(scheme.Tally{State: p.state, Stage: p.stage, Exit: p.exit, From: p.from, To: p.to, People: 1})
	}
	q := disclosure.Question{
		Scheme: "riverside", Series: w.score.Series, Occasion: scheme.FixedTime(84),
		Period: scheme.Period{From: firstQuarter, To: firstQuarter},
	}
	return disclosure.Exact{Question: q, Finding: evidence.Of(w.score, table), Way: wayOf(q.Period, w.people), Design: planned()}
}

// How scores were taken is shown by the rules of every other count: nothing of
// fewer than ten, nothing further than 2 from the truth, and days of what shows
// as 55 people or more in steps of five.
func TestShown_howScoresWereTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := anybody(t, rapid.IntRange(0, 150).Draw(t, "people"))
		f := e.Shown(disclosure.Policy{})
		shown, truth := numbers(t, f), takenBy(e.Way)
		for path, n := range truth {
			v, there := shown[path+".n"]
			if there != (n >= 10) || there && (v < float64(n-2) || v > float64(n+2) || !multiple(v, 5)) {
				t.Fatalf("%s is %d, and shown as %v", path, n, v)
			}
		}
		for path, d := range map[string]evidence.Days{
			"to_first_contact": e.Way.Journey.Contact, "to_baseline": e.Way.Journey.Baseline, "between_scores": e.Way.Circumstances.Between,
		} {
			v, there := shown["taken."+path+".median"]
			if there != (d.N >= 53) || there && (v < *d.Median-2.5 || v > *d.Median+2.5) {
				t.Fatalf("%s of %d people is shown as %v", path, d.N, v)
			}
		}
	})
}

// A figure says all that must be known of how its scores were taken, whether it is
// in order, not known, or not told; a figure of a group says nothing of it.
func TestConclude_tellsHowScoresWereTaken(t *testing.T) {
	topics := []string{
		"How people were asked", "Who helped with the answers", "Whose judgement it is", "Who measured", "Late baselines", "Time between the two scores",
		"From referral to the first contact", "From referral to baseline", "Room to move", "Who was taken in", "One figure among several", "The plan",
	}
	rapid.Check(t, func(t *rapid.T) {
		e := anybody(t, rapid.IntRange(0, 150).Draw(t, "people"))
		f := e.Shown(disclosure.Policy{})
		f.Conclude(e.Design)
		var said []string
		for _, r := range f.Remarks {
			said = append(said, r.Topic)
			if r.Says == "" || r.Says[len(r.Says)-1] != '.' && r.Says[len(r.Says)-1] != ' ' {
				t.Fatalf("%s: %q", r.Topic, r.Says)
			}
			if slices.Contains(topics[5:8], r.Topic) && !strings.HasPrefix(r.Says, "Half of those whose days are on record ") && !strings.HasPrefix(r.Says, "Not told: ") {
				t.Fatalf("%s does not say of whom: %q", r.Topic, r.Says)
			}
		}
		if !slices.Equal(said, topics) {
			t.Fatalf("said %q", said)
		}
		if len(f.Level.Raise) != len(f.Level.Failed) {
			t.Fatalf("%d failed, and %d would raise it", len(f.Level.Failed), len(f.Level.Raise))
		}
		if board := f.BoardAnswer(evidence.Context{Scheme: "Riverside"}); len(board) != 3 {
			t.Fatalf("for a board: %q", board)
		}
		e.Filters = []disclosure.Filter{{Dimension: scheme.BySex, Group: "female"}}
		g := e.Shown(disclosure.Policy{})
		g.Conclude(e.Design)
		if g.Taken != nil || g.Remarks != nil || g.Hidden["taken"] != disclosure.WhyGroup || g.BoardAnswer(evidence.Context{}) != nil {
			t.Fatalf("a group: %+v %v", g.Taken, g.Remarks)
		}
	})
}
