package stat

import "testing"

type wantedCompletion struct {
	Completed, Lost []int64
	ChiSq, DF, P    *float64
	MinExpected     *float64 `json:"min_expected"`
	FisherP         *float64 `json:"fisher_p"`
}

func (want wantedCompletion) check(t *testing.T, tolerance float64) {
	t.Helper()
	groups := make([]Followed, len(want.Completed))
	for i := range groups {
		groups[i] = Followed{Completed: want.Completed[i], Lost: want.Lost[i]}
	}
	got := NewChiSquare(groups)
	near(t, "χ²", got.Statistic, want.ChiSq, tolerance)
	near(t, "df", got.DF, want.DF, tolerance)
	nearP(t, "p", got.P, want.P, tolerance)
	near(t, "smallest expected", got.MinExpected, want.MinExpected, tolerance)
	nearP(t, "Fisher's p", FisherExact(groups), want.FisherP, tolerance)
}

func TestCompletion_R(t *testing.T) {
	v := vectors[[]struct {
		Name string
		wantedCompletion
	}](t, "contingency")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) { c.check(t, v.Tolerance) })
	}
}

func TestCompletion_Refusals(t *testing.T) {
	for _, c := range []struct {
		name       string
		groups     []Followed
		chi, exact Refusal
	}{
		{"no groups", nil, ErrNobody, ErrNobody},
		{"groups of nobody", []Followed{{}, {}}, ErrNobody, ErrNobody},
		{"one group", []Followed{{6, 2}}, ErrUnder2Groups, ErrUnder2Groups},
		{"one group with people", []Followed{{6, 2}, {}}, ErrUnder2Groups, ErrUnder2Groups},
		{"nobody lost", []Followed{{6, 0}, {4, 0}}, ErrNobodyLost, ErrNobodyLost},
		{"nobody measured again", []Followed{{0, 6}, {0, 4}}, ErrNobodyStayed, ErrNobodyStayed},
		{"four groups", []Followed{{6, 2}, {4, 3}, {1, 1}, {5, 5}}, "", ErrOver3Groups},
		{"four groups, one of nobody", []Followed{{6, 2}, {4, 3}, {}, {5, 5}}, "", ""},
		{"fewer than none", []Followed{{6, -2}, {4, 3}}, ErrImpossible, ErrImpossible},
		{"fewer than none completed", []Followed{{-2, 6}, {4, 3}}, ErrImpossible, ErrImpossible},
		{"more people than there are", []Followed{{maxPeople, 1}, {4, 3}}, ErrTooMany, ErrTooMany},
		{"more people together than there are", []Followed{{5, 15e8}, {4, 15e8}}, ErrTooMany, ErrTooMany},
		{"three groups of half a thousand million", []Followed{{3e8, 2e8}, {2e8, 3e8}, {25e7, 25e7}}, "", ErrFisherTooMany},
		{"two groups of half a thousand million", []Followed{{3e8, 2e8}, {2e8, 3e8}}, "", ""},
	} {
		if got := NewChiSquare(c.groups); got.P.Why() != c.chi || got.Statistic.Why() != c.chi || got.MinExpected.Why() != c.chi {
			t.Errorf("%s: %+v, want %q", c.name, got, c.chi)
		}
		if got := FisherExact(c.groups); got.Why() != c.exact {
			t.Errorf("%s: Fisher's p %q, want %q", c.name, got.Why(), c.exact)
		}
	}
}

// Two who completed, both in the first of two groups, are the least likely of
// three ways, n(n−1)/(N(N−1)): to the last digits, with as many people as these.
func TestFisherExact_ManyPeople(t *testing.T) {
	const n, all = 6e8, 18e8
	want := n / all * (n - 1) / (all - 1)
	near(t, "both in the first", FisherExact([]Followed{{2, n - 2}, {0, all - n}}), &want, 1e-14)
}

// No way is likelier than the one where every group loses the same share, also
// where one group is far smaller than the others.
func TestFisherExact_LikeliestWay(t *testing.T) {
	near(t, "half of each", FisherExact([]Followed{{2000, 2000}, {50_000, 50_000}, {50_000, 50_000}}), new(1.0), 1e-9)
}

// Four of eight, two in each half: all ways but the one seen are in the two
// tails. A logarithm counts for twenty steps, here the top's and one for either
// end, and each tail goes on to a second way.
func TestFisherExact_CountsItsSteps(t *testing.T) {
	row := dealing{size: [3]int64{0, 4, 4}, completed: 4, share: 0.5}.row(0)
	sum, steps := row.atMost(row.log(1))
	near(t, "the tails, in units of 16 of 70", Known(sum), new(34./16), 1e-14)
	if steps != 3*20+2 {
		t.Errorf("%d steps, want 62", steps)
	}
}
