package intake_test

import (
	"bytes"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(text string) scheme.Day {
	d, err := scheme.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// known is a service with two schemes and the whole catalogue.
func known(t testing.TB, schemes ...string) intake.Known {
	t.Helper()
	defs, err := measure.Catalogue()
	must(t, err)
	return intake.Known{Measures: defs, Schemes: schemes, Today: day("2026-06-30")}
}

func open(t testing.TB, raw []byte) *intake.Book {
	t.Helper()
	b, err := intake.Open(t.Context(), bytes.NewReader(raw), int64(len(raw)), intake.TerminalLimits())
	must(t, err)
	return b
}

// A done is a file that was guessed and read.
type done struct {
	mapping  intake.Mapping
	summary  intake.Summary
	verdicts []intake.Verdict
}

func (d done) at(line int) intake.Verdict {
	for _, v := range d.verdicts {
		if v.Line == line {
			return v
		}
	}
	return intake.Verdict{}
}

func read(t testing.TB, text string, k intake.Known) done {
	t.Helper()
	return readBook(t, open(t, []byte(text)), k, nil)
}

func readBook(t testing.TB, b *intake.Book, k intake.Known, change func(intake.Mapping) intake.Mapping) done {
	t.Helper()
	m, err := intake.Guess(b, k)
	must(t, err)
	if change != nil {
		m = change(m)
	}
	d := done{mapping: m}
	r, err := intake.Read(b, m, k)
	must(t, err)
	d.summary, err = r.Walk(func(v intake.Verdict) error { d.verdicts = append(d.verdicts, v); return nil })
	must(t, err)
	return d
}

// wants holds verdicts against lines of "line outcome reason…".
func (d done) wants(t *testing.T, lines string) {
	t.Helper()
	said := 0
	for line := range strings.SplitSeq(strings.TrimSpace(lines), "\n") {
		said++
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		n := 0
		for _, r := range fields[0] {
			n = n*10 + int(r-'0')
		}
		v := d.at(n)
		if string(v.Outcome) != fields[1] || len(fields) > 2 && !strings.Contains(v.Reason, fields[2]) {
			t.Errorf("line %d: %s (%s), want %s", n, v.Outcome, v.Reason, line)
		}
	}
	if said != len(d.verdicts) {
		t.Errorf("%d verdicts, %d are wanted", len(d.verdicts), said)
	}
}

func refused(t *testing.T, err error, code fault.Code, says string) {
	t.Helper()
	if !fault.Is(err, code) || !strings.Contains(err.Error(), says) {
		t.Errorf("%v, want %s: …%s…", err, code, says)
	}
}
