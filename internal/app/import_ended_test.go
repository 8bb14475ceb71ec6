package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// ends ends somebody's only referral to the garden.
func (w *town) ends(reference, on string) {
	w.T.Helper()
	v := w.onlyReferral(reference)
	_, err := w.App.ChangeReferral(w.T.Context(), w.Ann, app.ReferralChange{Referral: v.Referral.ID, Version: v.Referral.Revision, EndedOn: on, EndReason: "planned"})
	must(w.T, err)
}

// Scores of somebody whose referral has ended go where they belong: the same one is
// here already, one from its time or a late one is of that referral, and only what
// says a new start makes another. No referral is made of nothing.
func TestScoresAfterTheEnd(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		pre, post := said{on: "2026-01-10", at: "baseline", text: "18"}, said{on: "2026-04-04", at: "day-84", text: "24"}
		one := func(in scheme.Scheme, s said) []app.StagedScore { return []app.StagedScore{s.staged(in)} }
		for i, c := range []struct {
			who, name    string
			in           scheme.Scheme
			comes        said
			added, twice int
			want         string // how many scores each referral has, and whether the file's pair is one by the plan
		}{
			{"E-1", "the same again", w.Garden, post, 0, 0, "[2] 1"},
			{"E-2", "the same with the day it had", w.Garden, said{on: "2026-04-04", at: "day-84", text: "24", referred: "2026-01-10"}, 0, 0, "[2] 1"},
			{"E-3", "something else of that day", w.Garden, said{on: "2026-04-04", at: "day-84", text: "25"}, 0, 1, "[2] 1"},
			{"E-4", "another of its time", w.Garden, said{on: "2026-03-30", at: "later", text: "23"}, 1, 0, "[3] 1"},
			{"E-5", "a late one", w.Garden, said{on: "2026-06-15", at: "later", text: "23"}, 1, 0, "[3] 1"},
			{"E-6", "a new baseline", w.Garden, said{on: "2026-06-15", at: "baseline", text: "17"}, 1, 0, "[2 1] 1"},
			{"E-7", "a new day of referral", w.Garden, said{on: "2026-06-20", at: "later", text: "17", referred: "2026-06-15"}, 1, 0, "[2 1] 1"},
			{"E-8", "no day", w.Garden, said{at: "end", text: "23"}, 1, 0, "[3] 1"},
			{"E-9", "the same under another scheme", w.Choir, post, 0, 0, "[2] 1"},
			{"E-10", "something else under another scheme", w.Choir, said{on: "2026-04-04", at: "day-84", text: "25"}, 0, 1, "[2] 1"},
			{"E-11", "another under another scheme", w.Choir, said{on: "2026-04-05", at: "later", text: "25"}, 1, 0, "[2 1] 1"},
			{"E-12", "another before the baseline", w.Garden, said{on: "2026-01-03", at: "later", text: "25"}, 0, 1, "[2] 1"},
			{"E-13", "a baseline after what came later, of another day", w.Garden, said{on: "2026-01-09", at: "baseline", text: "17"}, 1, 0, "[3] 1"},
		} {
			w.brings(c.who, []string{c.who, c.who}, append(one(w.Garden, pre), post.staged(w.Garden)))
			w.ends(c.who, "2026-06-01")
			got := w.brings(c.who+" again", []string{c.who}, one(c.in, c.comes))
			var scores []int
			paired := 0
			must(t, w.Store.Read(t.Context(), w.Ann.Org, func(r app.Reader) error {
				person, err := r.PersonByReference(c.who)
				must(t, err)
				spells, err := r.SpellsOf(person.ID)
				must(t, err)
				for _, s := range spells {
					scores = append(scores, len(s.Assessments))
					pairs, err := r.PairsOf(s.Referral.ID)
					must(t, err)
					for _, p := range pairs {
						if p.Series == "swemwbs-metric" && p.Occasion == "day-84" && p.State == scheme.Paired {
							paired++
						}
					}
				}
				return nil
			}))
			refused := got.Staged - got.Outcomes["accepted"]
			if is := fmt.Sprint(scores, " ", paired); is != c.want || got.Added != c.added || refused != c.twice || got.Already != 1-c.added-c.twice {
				t.Errorf("%d, %s: %s, %d added, %d here, %v; want %s, %d added", i, c.name, is, got.Added, got.Already, got.Outcomes, c.want, c.added)
			}
		}
		// Somebody referred again and not measured is referred, once; referred at a time
		// that is known, not.
		again := func(on string) app.StagedScore {
			s := said{on: on, referred: on}.staged(w.Garden)
			s.Measure, s.Series, s.Text = "", "", ""
			return s
		}
		w.brings("unmeasured", []string{"E-1", "E-2", "E-9", "F-1"}, []app.StagedScore{again("2026-06-15"), again("2026-05-15"), again("2026-01-10"), again("2026-06-15")})
		w.brings("unmeasured again", []string{"E-1", "F-1"}, []app.StagedScore{again("2026-06-15"), again("2026-06-15")})
		for who, want := range map[string]int{"E-1": 2, "E-2": 1, "E-9": 1, "F-1": 1} {
			if got := strings.Count(w.course(who), "received on"); got != want {
				t.Errorf("%s has %d referrals, want %d: %s", who, got, want, w.course(who))
			}
		}
		differ, err := w.App.CheckPairs(t.Context(), w.Ann, func(int) {})
		if err != nil || len(differ) > 0 {
			t.Errorf("a rebuild would change %v, %v", differ, err)
		}
	})
}
