package evidence_test

import (
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

func onDay(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// today lies in the middle of November, which is therefore not over.
const today = "2026-11-22"

// runs adds up referrals, each received on a day and answered so many days later.
func runs(t *testing.T, received map[string]int, wait int) map[string]evidence.Run {
	t.Helper()
	c := scheme.NewCalendar(onDay(t, today))
	for on, n := range received {
		for range n {
			c.Add(scheme.Passage{Ordinal: 1, ReceivedOn: onDay(t, on), Contacted: onDay(t, on).Plus(wait)})
		}
	}
	all := map[string]evidence.Run{}
	for _, r := range evidence.RunsOf(c, onDay(t, today)) {
		all[r.Key] = r
	}
	return all
}

// monthly is so many referrals in each month up to October 2026.
func monthly(counts ...int) map[string]int {
	all := map[string]int{}
	last := scheme.Month(2026*12 + 9)
	for i, n := range counts {
		m := last - scheme.Month(len(counts)-1-i)
		all[m.String()+"-10"] = n
	}
	return all
}

func TestRunSentences(t *testing.T) {
	for name, c := range map[string]struct {
		received map[string]int
		want     string
	}{
		"none":        {nil, "No referral is on record."},
		"this month":  {map[string]int{"2026-11-02": 3}, "Nothing but the month that is not over yet"},
		"one":         {monthly(4), "One month so far (Oct 2026: 4): there is nothing to compare it with yet."},
		"alike":       {monthly(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), "Every month with anything on record was the same: 2."},
		"few":         {monthly(4, 6, 1), "Over 3 months the median was 4, from 1 to 6. With 12 or more"},
		"eleven":      {monthly(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5), "With 12 or more"},
		"calm":        {monthly(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5, 6), "nearly every month lies between 1.6 and 9.4. Nothing in it is more than chance would give."},
		"outside":     {monthly(4, 6, 5, 7, 5, 30, 4, 5, 6, 7, 5, 6), "Apr 2026 (30) lies above the upper limit. Why, the figure does not know."},
		"two outside": {monthly(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5, 6, 5, 4, 6, 5, 19, 19), "2 points in a row, Sep 2026 to Oct 2026, lie above the upper limit. Why"},
		"many":        {monthly(9, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9), "; 2 more, marked in the table. Why"},
		"shift":       {monthly(10, 12, 9, 11, 10, 12, 14, 15, 14, 16, 15, 14, 15, 14), "8 points in a row, Mar 2026 to Oct 2026, lie above the mean"},
		"trend":       {monthly(1, 9, 2, 8, 1, 2, 3, 4, 5, 6, 7, 7), "7 points in a row, Mar 2026 to Sep 2026, each higher than the one before"},
		"near":        {monthly(100, 110, 100, 100, 110, 100, 100, 100, 110, 122, 122, 100, 100, 110, 100, 100), "of the points from Mar 2026 to May 2026, at least two of three lie near the upper limit"},
	} {
		r := runs(t, c.received, 3)["referrals"]
		if got := r.Sentence(); !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, word := range []string{"improve", "NaN", "Inf"} {
			if strings.Contains(r.Sentence(), word) {
				t.Errorf("%s says %s: %q", name, word, r.Sentence())
			}
		}
	}
}

// The month that is not over is a point apart: it moves neither median nor limit.
func TestRunLeavesTheOpenMonthOut(t *testing.T) {
	whole := monthly(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5, 6)
	before := runs(t, whole, 3)["referrals"]
	whole["2026-11-02"] = 40
	after := runs(t, whole, 3)["referrals"]
	if after.Sentence() != before.Sentence() || after.Open == nil || *after.Open.Value != 40 || before.Open != nil {
		t.Errorf("before %q, after %q, open %+v", before.Sentence(), after.Sentence(), after.Open)
	}
}

// A month in which nobody came is a 0 of referrals, and of waits there is
// nothing to say: not a wait of 0 days.
func TestRunMonthOfNobody(t *testing.T) {
	all := runs(t, monthly(3, 0, 3), 2)
	if p := all["referrals"].Points[1]; p.Value == nil || *p.Value != 0 {
		t.Errorf("referrals %+v", p)
	}
	if p := all["first_contact"].Points[1]; p.Value != nil || p.N != 0 {
		t.Errorf("waits %+v", p)
	}
	if got := all["completeness"].Sentence(); !strings.Contains(got, "Nobody's time for the later score is over yet") {
		t.Errorf("%q", got)
	}
	nobody := scheme.NewCalendar(onDay(t, today))
	nobody.Add(scheme.Passage{Ordinal: 1, ReceivedOn: onDay(t, "2026-06-01")})
	for _, r := range evidence.RunsOf(nobody, onDay(t, today)) {
		if r.Key == "first_contact" && !strings.Contains(r.Sentence(), "That is not a wait of 0 days") {
			t.Errorf("%q", r.Sentence())
		}
	}
}

// Whoever was accepted and has not come yet has not waited to the day of acceptance.
// Where nobody's session is on record the wait is to acceptance, and says so.
func TestRunToTheFirstSession(t *testing.T) {
	c := scheme.NewCalendar(onDay(t, today))
	came := onDay(t, "2026-06-01")
	c.Add(scheme.Passage{Ordinal: 1, ReceivedOn: came, AcceptedOn: came.Plus(2), Attended: came.Plus(20)})
	for range 5 {
		c.Add(scheme.Passage{Ordinal: 1, ReceivedOn: came, AcceptedOn: came.Plus(2)})
	}
	start := evidence.RunsOf(c, onDay(t, today))[2]
	if start.Key != "start" || start.Points[0].N != 1 || *start.Points[0].Value != 20 {
		t.Errorf("%+v", start)
	}
	unwritten := scheme.NewCalendar(onDay(t, today))
	unwritten.Add(scheme.Passage{Ordinal: 1, ReceivedOn: came, AcceptedOn: came.Plus(2)})
	accepted := evidence.RunsOf(unwritten, onDay(t, today))[2]
	if accepted.Key != "acceptance" || *accepted.Points[0].Value != 2 || !strings.Contains(strings.Join(accepted.Notes(), " "), "this is the wait to acceptance") {
		t.Errorf("%+v", accepted)
	}
}

// A scheme that few come to goes by quarters; a young one by months, however few
// there are of them.
func TestRunGrain(t *testing.T) {
	rare := map[string]int{}
	for i := range 7 {
		rare[(scheme.Month(2024*12+5)+scheme.Month(4*i)).String()+"-03"] = 1
	}
	if r := runs(t, rare, 3)["referrals"]; r.Grain != evidence.Quarterly || r.Points[0].Label != "2024-Q2" || len(r.Points) != 10 || r.Points[9].Label != "2026-Q3" {
		t.Errorf("rare: %s, %+v", r.Grain, r.Points)
	}
	if r := runs(t, monthly(1, 0, 1, 0, 1), 3)["referrals"]; r.Grain != evidence.Monthly || len(r.Points) != 5 {
		t.Errorf("young: %s, %d points", r.Grain, len(r.Points))
	}
	old := map[string]int{"2019-03-03": 5}
	for on, n := range monthly(4, 6, 5, 7, 5, 6, 4, 5, 6, 7, 5, 6) {
		old[on] = n
	}
	for key, r := range runs(t, map[string]int{"2019-03-03": 5}, 3) {
		if r.Sentence() != "Nothing in the last 36 months." || len(r.Points) > 0 {
			t.Errorf("%s long ago: %q, %d points", key, r.Sentence(), len(r.Points))
		}
	}
	if r := runs(t, old, 3)["referrals"]; len(r.Points) != 12 {
		t.Errorf("old: %d points, want those of the last three years", len(r.Points))
	}
}

// Waits count where they ended: somebody still waiting makes no month look quick.
func TestRunWaitsWhereTheyEnd(t *testing.T) {
	c := scheme.NewCalendar(onDay(t, today))
	add := func(received, contacted string) {
		p := scheme.Passage{Ordinal: 1, ReceivedOn: onDay(t, received)}
		if contacted != "" {
			p.Contacted = onDay(t, contacted)
		}
		c.Add(p)
	}
	add("2026-08-01", "2026-10-01")
	add("2026-09-28", "2026-10-02")
	add("2026-10-01", "")
	add("2026-10-05", "2026-10-01") // recorded wrongly
	for _, r := range evidence.RunsOf(c, onDay(t, today)) {
		if r.Key != "first_contact" {
			continue
		}
		last := r.Points[len(r.Points)-1]
		if last.Label != "Oct 2026" || last.N != 2 || *last.Value != 32.5 || r.Points[0].Value != nil || c.Wrong != 1 {
			t.Errorf("%+v, wrong %d", r.Points, c.Wrong)
		}
	}
}

// Completeness is of closed windows, and a limit is never above all.
func TestRunCompleteness(t *testing.T) {
	r := completeness(t, 3)
	first := len(r.Points) - 13
	if p := r.Points[first]; p.Label != "Oct 2025" || p.X != 6 || p.N != 9 || r.Points[first+1].N != 6 {
		t.Errorf("%+v", r.Points)
	}
	if r.Open != nil || r.Thin || r.Limits == nil || r.Limits.High > 1 {
		t.Errorf("open %+v, limits %+v", r.Open, r.Limits)
	}
}

// Shares of two or three people jump from month to month: limits about them would
// reach from nobody to everybody.
func TestRunOfFewPeopleHasNoLimits(t *testing.T) {
	r := completeness(t, 1)
	if !r.Thin || r.Limits != nil || len(r.Signals) > 0 || r.Median == nil {
		t.Errorf("%+v", r)
	}
	if says := r.Sentence(); !strings.Contains(says, "Most are of fewer than 5 people, too few for limits") {
		t.Error(says)
	}
}

// completeness is that of 13 months, in each of which two were measured again of
// two or three who were due, so many times over.
func completeness(t *testing.T, times int) evidence.Run {
	t.Helper()
	c := scheme.NewCalendar(onDay(t, today))
	add := func(closes string, state scheme.State, exit scheme.Exit, ordinal int) {
		c.Add(scheme.Passage{Ordinal: ordinal, ReceivedOn: onDay(t, closes).Plus(-100), Planned: true,
			Pair: scheme.Pair{State: state, Exit: exit, Closes: onDay(t, closes)}})
	}
	for i := range 13 * times {
		closes := (scheme.Month(2025*12+9) + scheme.Month(i/times)).String() + "-20"
		add(closes, scheme.Paired, scheme.Stayed, 1)
		add(closes, scheme.Paired, scheme.Stayed, 1)
		add(closes, scheme.Paired, scheme.Stayed, 2)
		add(closes, scheme.BaselineOnly, scheme.ExitDied, 1)
		add(closes, scheme.Enrolled, scheme.Stayed, 1)
		if i/times%2 == 0 {
			add(closes, scheme.BaselineOnly, scheme.Stayed, 1)
		}
	}
	add("2026-11-30", scheme.BaselineOnly, scheme.Stayed, 1)
	for _, r := range evidence.RunsOf(c, onDay(t, today)) {
		if r.Key == "completeness" {
			return r
		}
	}
	t.Fatal("no run is of completeness")
	return evidence.Run{}
}

// The first month of a service is seldom whole: it is a point, and in no limit.
func TestRunBeginsWithTheFirstWholeMonth(t *testing.T) {
	twelve := []int{9, 10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11}
	whole := runs(t, monthly(twelve...), 3)["referrals"]
	begun := runs(t, monthly(append([]int{1}, twelve...)...), 3)["referrals"]
	if len(begun.Points) != 13 || *begun.Points[0].Value != 1 || *begun.Limits != *whole.Limits || len(begun.Signals) > 0 {
		t.Errorf("%+v, want the limits of the others, %+v; signals %v", begun.Limits, whole.Limits, begun.Signals)
	}
	notes := strings.Join(begun.Notes(), " ")
	if !strings.Contains(notes, "The first month, in which the service began") || !strings.Contains(begun.Sentence(), "Over 12 months") {
		t.Errorf("%q, %q", begun.Sentence(), notes)
	}
	older := monthly(append([]int{1}, twelve...)...)
	older["2019-01-01"] = 3
	if r := runs(t, older, 3)["referrals"]; r.First || *r.Limits == *whole.Limits {
		t.Errorf("a service that began long ago: first %v, limits %+v", r.First, r.Limits)
	}
}
