package scheme_test

import (
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func dueDefs() map[measure.Key]measure.Definition {
	return map[measure.Key]measure.Definition{"ons4": {Key: "ons4", Rater: measure.Self}}
}

// What the plan asks for stands by its window, and a score by another rater
// does not count. Windows of the plan: baseline from six weeks before the start
// to two after it, due on it; follow-up from day 56 to day 112, due on day 84.
func TestDue(t *testing.T) {
	plan := scheme.Plan{Items: scheme.Standard("ons4", 12)}
	start := day(t, "2026-01-12")
	taken := func(after int, by measure.Rater) []scheme.Assessment {
		return []scheme.Assessment{{Measure: "ons4", On: start.Plus(after), Rater: by}}
	}
	as := func(o scheme.Occasion, after int) []scheme.Assessment {
		return []scheme.Assessment{{Measure: "ons4", Occasion: o, On: start.Plus(after), Rater: measure.Self}}
	}
	both := append(as(scheme.Baseline, -43), as(scheme.Baseline, 20)...)
	why := func(reason scheme.NotDoneReason, attempt int, back scheme.Day) []scheme.NotDone {
		return []scheme.NotDone{{ID: "1", Measure: "ons4", Occasion: scheme.FixedTime(84), Reason: reason, Attempt: attempt, ComeBack: back}}
	}
	for _, c := range []struct {
		name  string
		today int // days after the start
		taken []scheme.Assessment
		why   []scheme.NotDone
		want  scheme.Standing // of the baseline
		then  scheme.Standing // of the follow-up
	}{
		{"the day of the start", 0, nil, nil, scheme.BaselineMissing, scheme.NotYet},
		{"the last day of the baseline", 14, nil, nil, scheme.BaselineMissing, scheme.NotYet},
		{"the day after it", 15, nil, nil, scheme.TooLate, scheme.NotYet},
		{"more than two weeks before the follow-up", 42, nil, nil, scheme.TooLate, scheme.NotYet},
		{"two weeks before the follow-up", 43, nil, nil, scheme.TooLate, scheme.ComingUp},
		{"eight days before it is due", 77, nil, nil, scheme.TooLate, scheme.ComingUp},
		{"the week before it is due", 78, nil, nil, scheme.TooLate, scheme.ThisWeek},
		{"the day it is due", 84, nil, nil, scheme.TooLate, scheme.ThisWeek},
		{"the day after", 85, nil, nil, scheme.TooLate, scheme.Overdue},
		{"its last day on time", 112, nil, nil, scheme.TooLate, scheme.Overdue},
		{"the day after everything", 113, nil, nil, scheme.TooLate, scheme.TooLate},
		{"a baseline", 20, taken(0, measure.Self), nil, scheme.Done, scheme.NotYet},
		{"a proxy's baseline", 0, taken(0, measure.Proxy), nil, scheme.BaselineMissing, scheme.NotYet},
		{"a score between the windows", 112, taken(55, measure.Self), nil, scheme.TooLate, scheme.Overdue},
		{"a baseline after its time", 20, as(scheme.Baseline, 15), nil, scheme.Done, scheme.NotYet},
		{"a baseline after its time, by somebody else", 20, []scheme.Assessment{{Measure: "ons4", Occasion: scheme.Baseline, On: start.Plus(15), Rater: measure.Proxy}}, nil, scheme.TooLate, scheme.NotYet},
		{"a baseline in the time of the follow-up", 90, as(scheme.Baseline, 60), nil, scheme.Done, scheme.Overdue},
		{"a baseline before its time, while one in time can be had", 14, as(scheme.Baseline, -43), nil, scheme.BaselineMissing, scheme.NotYet},
		{"a baseline before its time, when none can", 15, as(scheme.Baseline, -43), nil, scheme.Done, scheme.NotYet},
		{"one before its time and one after", 20, both, nil, scheme.Done, scheme.NotYet},
		{"a follow-up after its time", 120, as(scheme.FixedTime(84), 113), nil, scheme.TooLate, scheme.Done},
		{"a follow-up before its time", 90, as(scheme.FixedTime(84), 50), nil, scheme.TooLate, scheme.Overdue},
		{"some other score after its time", 120, as(scheme.Later, 113), nil, scheme.TooLate, scheme.TooLate},
		{"declined", 90, nil, why("declined", 0, scheme.Day{}), scheme.TooLate, scheme.Closed},
		{"no answer once", 90, nil, why(scheme.NobodyAnswered, 1, start.Plus(91)), scheme.TooLate, scheme.Resting},
		{"the day after no answer", 91, nil, why(scheme.NobodyAnswered, 1, start.Plus(91)), scheme.TooLate, scheme.Overdue},
		{"no answer three times", 90, nil, why(scheme.NobodyAnswered, 3, scheme.Day{}), scheme.TooLate, scheme.Closed},
		{"come back later", 90, nil, why(scheme.ComeBack, 0, start.Plus(100)), scheme.TooLate, scheme.Resting},
		{"too distressed for now", 99, nil, why("too-distressed", 0, start.Plus(100)), scheme.TooLate, scheme.Resting},
		{"the day to come back", 100, nil, why("too-distressed", 0, start.Plus(100)), scheme.TooLate, scheme.Overdue},
		{"declined, and recorded all the same", 90, taken(84, measure.Self), why("declined", 0, scheme.Day{}), scheme.TooLate, scheme.Done},
	} {
		t.Run(c.name, func(t *testing.T) {
			spell := scheme.Spell{Referral: scheme.Referral{AcceptedOn: start}, Plan: plan, Assessments: c.taken, NotDone: c.why}
			all, today := spell.Due(dueDefs()), start.Plus(c.today)
			if got := all[0].Standing(today); got != c.want {
				t.Errorf("the baseline is %s, want %s", got, c.want)
			}
			if got := all[1].Standing(today); got != c.then {
				t.Errorf("the follow-up is %s, want %s", got, c.then)
			}
		})
	}
}

// What was answered out of its time says so, and the days that are named are the
// first in time, else the first after it.
func TestAnsweredOutOfTime(t *testing.T) {
	start := day(t, "2026-01-12")
	for _, c := range []struct {
		days     []int // after the start, each taken as the baseline
		answered int
		inTime   bool
		left     bool // it is still to do
	}{
		{[]int{0}, 0, true, false},
		{[]int{16, 15, 20}, 15, false, false},
		{[]int{20, 3, 1}, 1, true, false},
		{[]int{-50, -44, 16}, 16, false, false},
		{[]int{-50, -44}, -44, false, true},
		{[]int{-44, 0}, 0, true, false},
	} {
		spell := scheme.Spell{Referral: scheme.Referral{AcceptedOn: start}, Plan: scheme.Plan{Items: scheme.Standard("ons4", 12)}}
		for _, after := range c.days {
			spell.Assessments = append(spell.Assessments, scheme.Assessment{Measure: "ons4", Occasion: scheme.Baseline, On: start.Plus(after), Rater: measure.Self})
		}
		d := spell.Due(dueDefs())[0]
		if d.Answered() != start.Plus(c.answered) || d.InTime() != c.inTime {
			t.Errorf("%v: answered on %s, in time %v", c.days, d.Answered(), d.InTime())
		}
		left := spell.Outstanding(dueDefs())
		if still := left[0].Occasion == scheme.Baseline; still != c.left || still && left[0].Early != start.Plus(c.answered) {
			t.Errorf("%v: left to do: %+v", c.days, left)
		}
	}
}

// Nobody is asked while a referral is paused; what was recorded all the same is
// recorded.
func TestDueWhilePaused(t *testing.T) {
	start := day(t, "2026-01-12")
	spell := scheme.Spell{
		Referral:    scheme.Referral{AcceptedOn: start, Pauses: []scheme.Pause{{From: start.Plus(80), Until: start.Plus(90)}}},
		Plan:        scheme.Plan{Items: scheme.Standard("ons4", 12)},
		Assessments: []scheme.Assessment{{Measure: "ons4", On: start, Rater: measure.Self}},
	}
	all := spell.Due(dueDefs())
	for after, want := range map[int]scheme.Standing{79: scheme.ThisWeek, 80: scheme.Resting, 90: scheme.Resting, 91: scheme.Overdue} {
		if got := all[1].Standing(start.Plus(after)); got != want {
			t.Errorf("day %d: %s, want %s", after, got, want)
		}
	}
	if got := all[0].Standing(start.Plus(85)); got != scheme.Done {
		t.Errorf("the baseline is recorded, and %s", got)
	}
}

// Only the latest reason stands, and reasons for another occasion or measure
// are theirs.
func TestWhyNot(t *testing.T) {
	spell := scheme.Spell{NotDone: []scheme.NotDone{
		{ID: "2", Measure: "ons4", Occasion: scheme.Baseline, Reason: scheme.NobodyAnswered, Attempt: 2},
		{ID: "1", Measure: "ons4", Occasion: scheme.Baseline, Reason: scheme.NobodyAnswered, Attempt: 1},
		{ID: "3", Measure: "ons4", Occasion: scheme.FixedTime(84), Reason: "declined"},
		{ID: "4", Measure: "swemwbs", Occasion: scheme.Baseline, Reason: "declined"},
	}}
	if why, attempts := spell.WhyNot("ons4", scheme.Baseline); why.ID != "2" || attempts != 2 {
		t.Errorf("%+v after %d attempts", why, attempts)
	}
	if why, attempts := spell.WhyNot("ons4", scheme.End); why.ID != "" || attempts != 0 || why.Closes() {
		t.Errorf("nothing is known of the end, and yet %+v after %d attempts", why, attempts)
	}
}

// What is recorded, closed or of a referral that is over is not left to do.
func TestOutstanding(t *testing.T) {
	start := day(t, "2026-01-12")
	spell := scheme.Spell{
		Referral: scheme.Referral{AcceptedOn: start}, Plan: scheme.Plan{Items: scheme.Standard("ons4", 12)},
		Assessments: []scheme.Assessment{{Measure: "ons4", On: start, Rater: measure.Self}},
	}
	left := spell.Outstanding(dueDefs())
	if len(left) != 1 || left[0].Occasion != scheme.FixedTime(84) || left[0].On != start.Plus(84) {
		t.Errorf("left to do: %+v", left)
	}
	closed := spell
	closed.NotDone = []scheme.NotDone{{ID: "1", Measure: "ons4", Occasion: scheme.FixedTime(84), Reason: "no-language"}}
	ended, declined := spell, spell
	ended.Referral.EndedOn, declined.Referral.DeclinedOn = start.Plus(30), start
	for name, s := range map[string]scheme.Spell{"closed": closed, "ended": ended, "declined": declined} {
		if left := s.Outstanding(dueDefs()); len(left) > 0 {
			t.Errorf("%s, and still to do: %+v", name, left)
		}
	}
}
