package disclosure_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"cairn/internal/disclosure"
)

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

// region is so many schemes with people for a year, each cut by all dimensions.
func region(seed uint64, schemes, people int) world {
	r := newRand(seed)
	w := world{score: wellbeing()}
	for i := range schemes {
		name := fmt.Sprintf("scheme-%02d", i)
		for range people {
			w.people = append(w.people, w.somebody(r, name, 4))
		}
		w.list(name, people*3/4, 4, dimensions())
	}
	return w
}

func TestAudit_FindsNothingLeft(t *testing.T) {
	w := region(1, 2, 300)
	now := w.asked(t)
	figures, report, err := disclosure.Audit(disclosure.Policy{}, now, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != len(now) || report.Figures != len(now) {
		t.Errorf("%d figures of %d", len(figures), len(now))
	}
	for _, h := range report.Hidden {
		t.Logf("%+v", h)
	}
}

func BenchmarkAudit(b *testing.B) {
	w := region(1, 30, 400)
	now := w.asked(b)
	for b.Loop() {
		_, report, err := disclosure.Audit(disclosure.Policy{}, now, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.Figures), "figures")
		b.ReportMetric(float64(report.Rounds), "rounds")
		b.ReportMetric(float64(len(report.Hidden)), "hidden")
	}
}
