package exchange_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"cairn/internal/exchange"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPairWriter(t *testing.T) {
	base := &scheme.Point{On: day(t, "2026-01-05"), Level: 1850}
	later := &scheme.Point{On: day(t, "2026-03-30"), Level: 1798}
	closes := day(t, "2026-04-27")
	pair := func(referral string, state scheme.State, b, l *scheme.Point) scheme.Pair {
		return scheme.Pair{Referral: scheme.ReferralID(referral), Series: "swemwbs-metric", Occasion: "day-84", State: state, Base: b, Later: l, Closes: closes}
	}
	firstLast := pair("r1", scheme.Paired, base, later)
	firstLast.Occasion = scheme.FirstLast
	noPlan := pair("r5", scheme.Enrolled, nil, nil)
	noPlan.Closes = scheme.Day{}

	var out bytes.Buffer
	w, err := exchange.NewPairWriter(&out, map[measure.Series]measure.Score{"swemwbs-metric": {Decimals: 2}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write("=1+1", pair("@r9", scheme.Enrolled, nil, nil)); err != nil {
		t.Fatal(err)
	}
	for _, p := range []scheme.Pair{
		pair("r1", scheme.Paired, base, later), firstLast, pair("r2", scheme.BaselineOnly, base, nil),
		pair("r3", scheme.FollowupOnly, nil, later), noPlan,
	} {
		if err := w.Write("Riverside, east", p); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	goldie.New(t).Assert(t, "pairs", out.Bytes())

	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[2][8]; got != "-0.52" {
		t.Errorf("change %q, want the number -0.52, as a number", got)
	}
}

func TestPairWriter_UnknownSeries(t *testing.T) {
	w, err := exchange.NewPairWriter(&bytes.Buffer{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write("Riverside", scheme.Pair{Referral: "r1", Series: "lost"}); err == nil || !strings.Contains(err.Error(), "r1") {
		t.Errorf("%v; want an error that names the referral", err)
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriters_SayWhenTheyCannot(t *testing.T) {
	w, err := exchange.NewPairWriter(fullDisk{}, map[measure.Series]measure.Score{"s": {}})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write("Riverside", scheme.Pair{Series: "s"}); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err == nil {
		t.Error("pairs were lost in silence")
	}
	if err := exchange.WriteRejects(fullDisk{}, nil); err == nil {
		t.Error("rejects were lost in silence")
	}
	if err := (exchange.Results{}).WriteJSON(fullDisk{}); err == nil {
		t.Error("results were lost in silence")
	}
	if err := (exchange.Results{}).WriteText(fullDisk{}); err == nil {
		t.Error("the report was lost in silence")
	}
}

// Every beginning that a spreadsheet takes for a formula gets an apostrophe.
func TestPairWriter_NoFormulas(t *testing.T) {
	for _, begins := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠"} {
		var out bytes.Buffer
		w, err := exchange.NewPairWriter(&out, map[measure.Series]measure.Score{"s": {}})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(begins+"2+5", scheme.Pair{Series: "s"}); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		rows := strings.SplitN(out.String(), "\n", 2)
		if !strings.HasPrefix(rows[1], "'") && !strings.HasPrefix(rows[1], `"'`) {
			t.Errorf("a name that begins with %q is written %q", begins, rows[1])
		}
	}
}
