package disclosure_test

import (
	"errors"
	"slices"
	"testing"

	"cairn/internal/disclosure"
	"cairn/internal/scheme"
)

func TestGrain_IsFixedByExpectedPeople(t *testing.T) {
	for pairs, want := range map[int][2]disclosure.Grain{
		0:   {disclosure.Yearly, disclosure.Yearly},
		59:  {disclosure.Yearly, disclosure.Yearly},
		60:  {disclosure.HalfYearly, disclosure.Yearly},
		119: {disclosure.HalfYearly, disclosure.Yearly},
		120: {disclosure.Quarterly, disclosure.Yearly},
		199: {disclosure.Quarterly, disclosure.Yearly},
		200: {disclosure.Quarterly, disclosure.Quarterly},
	} {
		grain := disclosure.GrainFor(pairs)
		if got := [2]disclosure.Grain{grain, grain.Filtered(pairs)}; got != want {
			t.Errorf("%d pairs a year: %v, want %v", pairs, got, want)
		}
	}
}

func TestGrain_PeriodsNeverOverlap(t *testing.T) {
	from, to := scheme.Quarter(2024*4+1), scheme.Quarter(2026*4)
	for grain, want := range map[disclosure.Grain]int{disclosure.Quarterly: 8, disclosure.HalfYearly: 3, disclosure.Yearly: 1, "month": 0} {
		periods := grain.Periods(from, to)
		if len(periods) != want {
			t.Errorf("%s: %d periods, want %d", grain, len(periods), want)
		}
		for i, p := range periods {
			if p.From < from || p.To > to || i > 0 && p.From != periods[i-1].To+1 {
				t.Errorf("%s: period %d is %s to %s", grain, i, p.From, p.To)
			}
		}
	}
}

func TestList_IsAllThatCanBeAsked(t *testing.T) {
	l := disclosure.Listing{
		Scheme: "riverside", Series: "wellbeing", Occasion: scheme.FixedTime(84), Grain: disclosure.Quarterly, PairsAYear: 130,
		From: 2024 * 4, To: 2024*4 + 3,
		By: []scheme.Dimension{scheme.BySex, scheme.ByDeprivation}, Crossed: [][2]scheme.Dimension{{scheme.BySex, scheme.ByDeprivation}},
	}
	questions, err := disclosure.List(l)
	if err != nil {
		t.Fatal(err)
	}
	sexes, fifths := len(scheme.BySex.Groups()), len(scheme.ByDeprivation.Groups())
	if want := 4 + sexes + fifths + sexes*fifths; len(questions) != want { // groups by the year
		t.Errorf("%d questions, want %d", len(questions), want)
	}
	keys := map[string]bool{}
	for _, q := range questions {
		keys[q.Key()] = true
		if len(q.Filters) > 0 && q.Period.To != q.Period.From+3 {
			t.Errorf("%s is not of a year", q.Key())
		}
	}
	if len(keys) != len(questions) {
		t.Errorf("%d questions have %d keys", len(questions), len(keys))
	}
	for what, change := range map[string]func(*disclosure.Listing){
		"no grain":              func(l *disclosure.Listing) { l.Grain = "month" },
		"schemes as groups":     func(l *disclosure.Listing) { l.By = []scheme.Dimension{scheme.ByScheme} },
		"crossed with itself":   func(l *disclosure.Listing) { l.Crossed = [][2]scheme.Dimension{{scheme.BySex, scheme.BySex}} },
		"crossed without alone": func(l *disclosure.Listing) { l.By = []scheme.Dimension{scheme.BySex} },
	} {
		wrong := l
		change(&wrong)
		if _, err := disclosure.List(wrong); !errors.Is(err, disclosure.ErrNotListed) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAudit_Refuses(t *testing.T) {
	w := region(3, 1, 200)
	now := w.asked(t)
	shown, _, err := disclosure.Audit(disclosure.Policy{}, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	// at changes the first figure that has or has not filters.
	at := func(filters int, change func(*disclosure.Exact)) []disclosure.Exact {
		changed := slices.Clone(now)
		i := slices.IndexFunc(changed, func(e disclosure.Exact) bool { return len(e.Filters) == filters })
		changed[i].Filters = slices.Clone(changed[i].Filters)
		change(&changed[i])
		return changed
	}
	for what, c := range map[string]struct {
		policy disclosure.Policy
		now    []disclosure.Exact
		before [][]disclosure.Figure
		want   error
	}{
		"a threshold too low":  {disclosure.Policy{Threshold: 5, Reason: "haste"}, now, nil, disclosure.ErrPolicy},
		"a question twice":     {disclosure.Policy{}, append(slices.Clone(now), now[0]), nil, disclosure.ErrNotListed},
		"an unknown group":     {disclosure.Policy{}, at(1, func(e *disclosure.Exact) { e.Filters[0].Group = "martian" }), nil, disclosure.ErrNotListed},
		"an open period":       {disclosure.Policy{}, at(0, func(e *disclosure.Exact) { e.Period.To = 0 }), nil, disclosure.ErrNotListed},
		"overlapping periods":  {disclosure.Policy{}, at(0, func(e *disclosure.Exact) { e.Period.To++ }), nil, disclosure.ErrOverlap},
		"another grain before": {disclosure.Policy{}, at(0, func(e *disclosure.Exact) { e.Period.From -= 4; e.Period.To = e.Period.From + 7 }), [][]disclosure.Figure{shown}, disclosure.ErrOverlap},
		"groups of another day": {disclosure.Policy{}, at(1, func(e *disclosure.Exact) {
			e.Finding = finding(w.score, spread(77)...)
		}), nil, disclosure.ErrUnequal},
	} {
		if _, _, err := disclosure.Audit(c.policy, c.now, c.before); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
}
