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
