package exchange_test

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

// estimates reads a file of them; rejects are written as CSV without its header.
func estimates(t *testing.T, rows string) (e exchange.Estimates, rejects []string) {
	t.Helper()
	e, err := exchange.ReadEstimates(strings.NewReader("study,yi,vi\n" + rows))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := exchange.WriteRejects(&out, e.Rejects); err != nil {
		t.Fatal(err)
	}
	return e, strings.Split(strings.TrimSpace(out.String()), "\n")[1:]
}

// Whoever mends the file finds the row by its study, in the file that it is in.
func TestReadEstimates_RejectsSayWhere(t *testing.T) {
	long := strings.Repeat("A long title, ", 9)
	_, rejects := estimates(t, "Anna 2001,low,0.4\nBert,1,0\n\""+long+"\",1,-1\n,1,0.2\nx\x1by,1,0.2\n")
	for i, want := range []string{"estimates,2,yi,Anna 2001,", "estimates,3,vi,Bert,", "estimates,4,vi,\"" + strings.TrimSpace(long) + "\",", "estimates,5,study,,", "estimates,6,study,,"} {
		if i >= len(rejects) || !strings.HasPrefix(rejects[i], want) {
			t.Fatalf("rejects %q, want one of %q", rejects, want)
		}
	}
}

// Several estimates of one study are common in reviews. Each counts, and the
// report says that there are some.
func TestReadEstimates_StudyTwice(t *testing.T) {
	e, rejects := estimates(t, "Anna,0.1,0.4\nBert,0.2,0.4\n Anna ,0.1,0.4\nCora,x,0.2\nCora,0.5,0.2\nAnna,0.7,0.4\n")
	if len(e.All) != 5 || e.Again != 2 || len(rejects) != 1 {
		t.Fatalf("%d estimates, %d of them again, rejects %q; want 5, 2 and one", len(e.All), e.Again, rejects)
	}
	var report bytes.Buffer
	if err := e.Pool().WriteText(&report); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(report.String(), "2 of the estimates have the name of an earlier one. Each counts") {
		t.Errorf("the report does not say so:\n%s", &report)
	}
}

// Squares of what is much larger or smaller are no numbers any more.
func TestReadEstimates_Extremes(t *testing.T) {
	const says = "This number is too large or too small to work with. Give the estimates in another unit."
	for row, column := range map[string]string{
		"1.1e40,1": "yi", "-1.1e40,1": "yi", "1e308,1": "yi", "-1e400,1": "yi", "1,1.1e40": "vi", "1,0.9e-40": "vi", "1,5e-324": "vi", "1,1e400": "vi",
		"1e40,1e40": "", "-1e40,1e-40": "", "0,1": "", "1e-200,1": "",
	} {
		e, rejects := estimates(t, "Anna,"+row+"\n")
		if column == "" {
			if len(rejects) > 0 || len(e.All) != 1 {
				t.Errorf("%s: rejects %q", row, rejects)
			}
			continue
		}
		if len(e.Rejects) != 1 || e.Rejects[0].Column != column || e.Rejects[0].Why.Detail != says {
			t.Errorf("%s: rejects %q, want %s: %s", row, rejects, column, says)
		}
	}
}

// What is taken is pooled rightly: far out the spread between schemes is the
// same in units of their estimates, whatever these are.
func TestReadEstimates_ExtremesArePooled(t *testing.T) {
	spread := func(size string) (lo, tau2, hi float64) {
		e, rejects := estimates(t, strings.ReplaceAll("Anna,1eN,1e-N\nBert,-1eN,1e-N\nCora,0.3eN,1e-N\n", "N", size))
		if len(rejects) > 0 {
			t.Fatalf("rejects %q", rejects)
		}
		pool := e.Pool()
		unit, err := strconv.ParseFloat("1e"+size, 64)
		if err != nil {
			t.Fatal(err)
		}
		ci := pool.DL.Tau2CI
		return *ci[0] / unit / unit, *pool.REML.Tau2 / unit / unit, *ci[1] / unit / unit
	}
	lo, tau2, hi := spread("15")
	for _, size := range []string{"20", "30", "40"} {
		a, b, c := spread(size)
		if math.Abs(a/lo-1) > 1e-12 || math.Abs(b/tau2-1) > 1e-12 || math.Abs(c/hi-1) > 1e-12 {
			t.Errorf("at 1e%s τ² is %g (%g to %g), want %g (%g to %g)", size, b, a, c, tau2, lo, hi)
		}
	}
}

// Of two files the sentences say which one they are about.
func TestReadPeople_FaultsSayWhichFile(t *testing.T) {
	for _, c := range []struct{ people, field string }{
		{"person_id\n", "people header"}, {"", "people header"}, {"person_id,scheme\nA,\"B\n", "people file"}, {"person_id,scheme\nZo\xeb,B\n", "people file"},
		{"person_id,scheme,scheme\n", "people header"}, {"person_id,scheme,,\n", "people header"},
	} {
		err := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18\n").ReadPeople(strings.NewReader(c.people))
		all, accident := fault.All(err)
		if accident != nil || len(all) == 0 {
			t.Fatalf("%q: accident %v, faults %v", c.people, accident, all)
		}
		for _, f := range all {
			if f.Field != c.field || f.Detail == "" {
				t.Errorf("%q: %v at %q, want at %q", c.people, f, f.Field, c.field)
			}
		}
	}
	d := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18\nBo,Riverside,swb,pre,0,2026-01-05,99\n")
	if err := d.ReadPeople(strings.NewReader("person_id,scheme\nAnn,Riverside\n,Riverside\nCy\n")); err != nil {
		t.Fatal(err)
	}
	var at []string
	for _, r := range d.Rejects {
		at = append(at, r.Fault().Field)
	}
	if !slices.Equal(at, []string{"line 3, score", "people line 3, person_id", "people line 4"}) {
		t.Errorf("rejects at %q", at)
	}
	if err := d.ReadPeople(failing{strings.NewReader("person_id,scheme\nAnn,Riverside\n")}); err == nil || len(errorsOf(err)) > 0 {
		t.Errorf("%v; want an accident", err)
	}
}

func errorsOf(err error) fault.List {
	all, _ := fault.All(err)
	return all
}
