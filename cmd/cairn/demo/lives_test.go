package demo_test

import (
	"testing"
	"time"

	"cairn/cmd/cairn/demo"
	"cairn/internal/scheme"
)

func TestPeopleGoAllWays(t *testing.T) {
	all := everyScheme(t, days(t)[0])
	for _, name := range []string{"RGR", "RMW", "HCO"} {
		s := all[name]
		f := s.finding(t, satisfaction, scheme.Period{})
		if f.Counts.FollowupOnly == 0 || f.Counts.Lost == 0 {
			t.Errorf("%s: %d followed up without a baseline, %d lost", name, f.Counts.FollowupOnly, f.Counts.Lost)
		}
		if f.Flow.Exits[scheme.ExitMoved] == 0 || name != "RMW" && f.Flow.Exits[scheme.ExitDied] == 0 {
			t.Errorf("%s: exits %v", name, f.Flow.Exits)
		}
		if f.Flow.Running == 0 || f.Flow.Accepted == f.Flow.Referred || f.Flow.Started == f.Flow.Accepted {
			t.Errorf("%s: flow %+v", name, f.Flow)
		}
		missing, again, several, due := 0, 0, 0, 0
		for _, spell := range s.spells {
			start, stage := spell.Referral.Started(spell.Prescriptions)
			if len(spell.Prescriptions) > 1 {
				several++
			}
			if spell.Referral.Ordinal > 1 {
				again++
			}
			for _, a := range spell.Assessments {
				if a.Measure == "ons4" && len(a.Responses) < 4 {
					missing++
				}
			}
			since := s.today.DaysSince(start)
			if stage == scheme.StageStarted && len(spell.Assessments) > 0 && len(spell.Assessments) <= len(s.Measures) && since >= 56 && since <= 112 {
				due++
			}
		}
		if missing == 0 || again == 0 || several == 0 || due == 0 {
			t.Errorf("%s: %d with missing answers, %d referred again, %d with several activities, %d due", name, missing, again, several, due)
		}
	}
}

func TestNothingLiesAheadOrOutOfOrder(t *testing.T) {
	for _, today := range days(t) {
		for name, s := range everyScheme(t, today) {
			for _, spell := range s.spells {
				r := spell.Referral
				for _, step := range [][2]scheme.Day{{r.ReceivedOn, r.AcceptedOn}, {r.ReceivedOn, r.EndedOn}, {r.AcceptedOn, r.EndedOn}, {r.ReceivedOn, today}, {r.EndedOn, today}} {
					inOrder(t, name, spell, step)
				}
				for _, p := range spell.Prescriptions {
					for _, step := range [][2]scheme.Day{{r.AcceptedOn, p.OfferedOn}, {p.OfferedOn, p.FirstAttendedOn}, {p.FirstAttendedOn, p.EndedOn}, {p.FirstAttendedOn, today}, {p.EndedOn, today}} {
						inOrder(t, name, spell, step)
					}
					if p.Attended > p.Offered || p.FirstAttendedOn.IsZero() != (p.Attended == 0) {
						t.Errorf("%s %s: %d of %d sessions", name, spell.Person.Reference, p.Attended, p.Offered)
					}
				}
				for _, a := range spell.Assessments {
					onAWorkday(t, spell, a.On)
					inOrder(t, name, spell, [2]scheme.Day{r.ReceivedOn, a.On})
					inOrder(t, name, spell, [2]scheme.Day{a.On, today})
				}
			}
		}
	}
}

func onAWorkday(t *testing.T, spell scheme.Spell, day scheme.Day) {
	t.Helper()
	at, err := time.Parse(time.DateOnly, day.String())
	if err != nil {
		t.Fatal(err)
	}
	if d := at.Weekday(); d == time.Saturday || d == time.Sunday {
		t.Errorf("%s is measured on %s, a %s", spell.Person.Reference, day, d)
	}
}

func inOrder(t *testing.T, name string, spell scheme.Spell, step [2]scheme.Day) {
	t.Helper()
	if !step[0].IsZero() && !step[1].IsZero() && step[0].After(step[1]) {
		t.Errorf("%s %s: %s lies after %s", name, spell.Person.Reference, step[0], step[1])
	}
}

// What the product would refuse from a form must not come in by the demo.
func TestEveryReferralIsOneTheProductTakes(t *testing.T) {
	for name, s := range everyScheme(t, days(t)[0]) {
		open := map[string]bool{}
		for _, spell := range s.spells {
			who := spell.Person.Reference
			if err := scheme.AcceptReference(who); err != nil {
				t.Errorf("%s: %v", who, err)
			}
			if open[who] {
				t.Errorf("%s %s is referred again while the first referral is open", name, who)
			}
			open[who] = spell.Referral.EndedOn.IsZero()
			seen := map[string]bool{}
			for _, a := range spell.Assessments {
				key := string(a.Measure) + a.On.String()
				if seen[key] {
					t.Errorf("%s %s: two assessments of %s on %s", name, who, a.Measure, a.On)
				}
				seen[key] = true
			}
		}
	}
}

func TestAVisitorHasSomebodyToMeasure(t *testing.T) {
	for _, today := range days(t) {
		for name, s := range everyScheme(t, today) {
			left := 0
			for _, spell := range s.spells {
				if !demo.IsToTry(spell.Person.Reference) {
					continue
				}
				left++
				start, stage := spell.Referral.Started(spell.Prescriptions)
				_, closes := spell.Plan.Of("ons4")[1].Window(start)
				if len(spell.Assessments) > 0 || stage != scheme.StageStarted || !closes.Before(today) || !spell.Referral.EndedOn.IsZero() {
					t.Errorf("%s %s: stage %d, window closes %s, %d assessments", name, spell.Person.Reference, stage, closes, len(spell.Assessments))
				}
			}
			if left != 2 {
				t.Errorf("%s: %d people left to measure", name, left)
			}
		}
	}
}
