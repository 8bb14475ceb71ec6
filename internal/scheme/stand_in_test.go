package scheme_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// brought is a referral as a file brings it, with a first and a later score.
func brought(t *testing.T, made scheme.Referral, dated scheme.Dating, days ...string) (s scheme.Spell, defs map[measure.Key]measure.Definition) {
	t.Helper()
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	def := all[slices.IndexFunc(all, func(d measure.Definition) bool { return d.Key == "swemwbs" })]
	s.Referral = made
	s.Referral.ID, s.Referral.Ordinal = "r", 1
	s.Person.BirthYear = 1950
	s.Plan.Items = []scheme.PlanItem{
		{Measure: def.Key, Occasion: scheme.Baseline, BeforeDays: 28, AfterDays: 14},
		{Measure: def.Key, Occasion: scheme.FixedTime(84), DueDays: 84, BeforeDays: 14, AfterDays: 42},
	}
	for i, on := range days {
		scores, err := def.FromScore("swemwbs-raw", fmt.Sprint(20+i))
		if err != nil {
			t.Fatal(err)
		}
		s.Assessments = append(s.Assessments, scheme.Assessment{
			ID: scheme.AssessmentID(fmt.Sprint(i)), Measure: def.Key, On: day(t, on), Dated: dated, Rater: def.Rater, Scores: scores,
			Occasion: []scheme.Occasion{scheme.Baseline, scheme.FixedTime(84)}[i],
		})
	}
	return s, map[measure.Key]measure.Definition{def.Key: def}
}

// A referral that a file brought without its days is told without them, is in no
// wait, and is chased by no day that nobody said.
func TestDaysThatAFileDidNotHave(t *testing.T) {
	first := day(t, "2026-01-05")
	assumed := scheme.StandIn{On: first, Dated: scheme.Assumed}
	order := scheme.StandIn{On: first, Dated: scheme.ByOrder}
	month := scheme.StandIn{On: day(t, "2026-01-01"), Dated: scheme.ToTheMonth}
	for _, c := range []struct {
		name     string
		made     scheme.Referral
		dated    scheme.Dating
		received string
		afloat   bool
		pairs    string // occasions, and the days on which their windows close
		due      string // what is recorded
		age      string
	}{
		{"with its day", scheme.Referral{ReceivedOn: first, AcceptedOn: first}, "", "received on 5 January 2026", false, "day-84 2026-05-11, first-last 2026-05-11", "recorded, recorded", "75-84"},
		{"the first score's day", scheme.Referral{Receipt: assumed, Acceptance: assumed}, "", "received on a day that is not recorded", false, "day-84 2026-05-11, first-last 2026-05-11", "recorded, recorded", "75-84"},
		{"a month", scheme.Referral{Receipt: month, Acceptance: assumed}, "", "received in Jan 2026", false, "day-84 2026-05-11, first-last 2026-05-11", "recorded, recorded", "75-84"},
		{"no day at all", scheme.Referral{Receipt: order, Acceptance: order}, scheme.ByOrder, "received on a day that is not recorded", true, "first-last ", "recorded, recorded", ""},
	} {
		s, defs := brought(t, c.made, c.dated, "2026-01-05", "2026-03-30")
		if s.Referral.Receiving() != c.received || s.Afloat() != c.afloat || !s.Referral.Accepted() || s.Waiting() || s.Traits().Age != c.age {
			t.Errorf("%s: %s, afloat %t, accepted %t, waits %t, aged %q", c.name, s.Referral.Receiving(), s.Afloat(), s.Referral.Accepted(), s.Waiting(), s.Traits().Age)
		}
		var pairs, due []string
		for _, p := range s.Pairs(defs) {
			if p.Series == "swemwbs-metric" {
				pairs = append(pairs, string(p.Occasion)+" "+p.Closes.String())
			}
		}
		for _, d := range s.Due(defs) {
			due = append(due, string(d.Standing(day(t, "2027-01-01"))))
		}
		if got := strings.Join(pairs, ", "); got != c.pairs {
			t.Errorf("%s: pairs %s, want %s", c.name, got, c.pairs)
		}
		if got := strings.Join(due, ", "); got != c.due {
			t.Errorf("%s: %s, want %s", c.name, got, c.due)
		}
	}
}

// Somebody of whom no day is known is not chased, counts at once and in the whole
// time alone, and may be counted from a day that is put in.
func TestNoDayToCountFrom(t *testing.T) {
	at := scheme.StandIn{On: day(t, "2026-01-05"), Dated: scheme.ByOrder}
	s, defs := brought(t, scheme.Referral{Receipt: at, Acceptance: at}, scheme.ByOrder, "2026-01-05")
	today := day(t, "2026-01-06")
	if due := s.Due(defs); due[1].Standing(today) != scheme.Unclear || !due[1].On.IsZero() || len(s.Outstanding(defs)) != 0 {
		t.Errorf("chased: %+v", s.Due(defs))
	}
	pair := s.Pairs(defs)[0]
	if !pair.Counts(today) || (scheme.Period{From: today.Quarter()}).Holds(pair.Closes.Quarter()) || (scheme.Period{To: today.Quarter()}).Holds(pair.Closes.Quarter()) || !(scheme.Period{}).Holds(pair.Closes.Quarter()) {
		t.Errorf("%+v is in a quarter", pair)
	}
	left := s
	left.Referral.EndedOn, left.Referral.EndReason = today, scheme.EndDied
	if p := left.Pairs(defs)[0]; p.Exit != scheme.ExitDied {
		t.Errorf("who died is lost: %+v", p)
	}
	known := s
	known.Referral = s.Referral.WithReceipt(day(t, "2025-12-01"))
	if start, _ := known.Referral.Started(nil); known.Afloat() || start != day(t, "2025-12-01") || known.Referral.Receiving() != "received on 1 December 2025" || len(known.Outstanding(defs)) != 1 {
		t.Errorf("a day that was put in changes nothing: %+v", known.Referral)
	}
	attended := s
	attended.Prescriptions = []scheme.Prescription{{FirstAttendedOn: day(t, "2026-01-04")}}
	if attended.Afloat() {
		t.Error("a first session is a day to count from")
	}
}

// Waits leave out whose referral has no day, or whose score has none, and say how
// many.
func TestWaitsWithoutADay(t *testing.T) {
	today, first, later := day(t, "2026-12-01"), day(t, "2026-01-10"), day(t, "2026-04-01")
	journey, manner, calendar := scheme.NewJourney(scheme.Period{}, today), scheme.NewManner(scheme.Period{}, today), scheme.NewCalendar(today)
	add := func(received scheme.Day, dated scheme.Dating) {
		p := scheme.Passage{Ordinal: 1, ReceivedOn: received, Contacted: day(t, "2026-01-08"), Planned: true, Pair: scheme.Pair{
			State: scheme.Paired, Stage: scheme.StageAccepted, Base: &scheme.Point{On: first, Dated: dated}, Later: &scheme.Point{On: later},
		}}
		journey.Add(p)
		manner.Add(p)
		calendar.Add(p)
	}
	add(day(t, "2026-01-05"), scheme.ToTheDay)
	add(scheme.Day{}, scheme.ToTheDay)
	add(day(t, "2026-01-05"), scheme.ByOrder)
	journey.Add(scheme.Passage{Ordinal: 1, Afloat: true})
	got := fmt.Sprint(journey.ToContact, journey.ToBaseline, journey.Undated, journey.Afloat, journey.Wrong, manner.Waited, manner.Undated, manner.Between, manner.Apart, calendar.Undated, len(calendar.Referred), calendar.Wrong)
	if want := "map[3:2] map[5:1] 1 1 0 map[5:1] 2 map[81:2] 1 1 1 0"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// A day of the referral that is put in moves what followed the day before it, and not
// what follows a score.
func TestADayThatIsPutIn(t *testing.T) {
	first, then, now := day(t, "2026-01-05"), day(t, "2026-01-20"), day(t, "2026-01-12")
	assumed := func(on scheme.Day) scheme.StandIn { return scheme.StandIn{On: on, Dated: scheme.Assumed} }
	for name, c := range map[string]struct {
		before scheme.Referral
		on     scheme.Day
		want   scheme.Referral
	}{
		"accepted as received": {scheme.Referral{ReceivedOn: first, Acceptance: assumed(first)}, now, scheme.Referral{ReceivedOn: now, Acceptance: assumed(now)}},
		"a score's day":        {scheme.Referral{ReceivedOn: first, Acceptance: assumed(then)}, now, scheme.Referral{ReceivedOn: now, Acceptance: assumed(then)}},
		"the first score's":    {scheme.Referral{Receipt: assumed(first), Acceptance: assumed(first)}, now, scheme.Referral{ReceivedOn: now, Acceptance: assumed(first)}},
		"not accepted":         {scheme.Referral{ReceivedOn: first}, now, scheme.Referral{ReceivedOn: now}},
		"no day":               {scheme.Referral{ReceivedOn: first, Acceptance: assumed(first)}, scheme.Day{}, scheme.Referral{ReceivedOn: first, Acceptance: assumed(first)}},
	} {
		got := c.before.WithReceipt(c.on)
		if got.ReceivedOn != c.want.ReceivedOn || got.Receipt != c.want.Receipt || got.Acceptance != c.want.Acceptance {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	for of, want := range map[scheme.StandIn]string{assumed(first): "Not recorded", {On: first, Dated: scheme.ByOrder}: "Not recorded", {On: first, Dated: scheme.ToTheMonth}: "Jan 2026"} {
		if got := of.Told(); got != want {
			t.Errorf("%+v is told as %s", of, got)
		}
	}
}
