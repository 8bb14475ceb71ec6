package store_test

import (
	"context"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// revise adds a version to a, and returns it as it stands then.
func (w *world) revise(a scheme.Assessment, act scheme.Act, change func(*scheme.Revision)) (scheme.Revision, error) {
	r := scheme.Revision{Assessment: a, Act: act, Reason: "because", By: w.account}
	r.Revision++
	change(&r)
	err := w.store.Write(context.Background(), w.org.ID, func(tx app.Writer) error { return tx.Revise(r) })
	r.At = noon
	return r, err
}

// Every version comes back as it was written, and the last one is the one that
// stands.
func TestRevisionsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, here := w.refer("A", "2026-01-05")
		_, there := w.refer("B", "2026-01-05")
		a := w.swemwbs(here, "2026-01-05", 1859)
		must(t, w.record(a))
		corrected, err := w.revise(a, scheme.Corrected, func(r *scheme.Revision) {
			r.On, r.Occasion, r.Channel, r.Helper = day(t, "2026-01-06"), scheme.End, "video", ""
			r.Language = "cy"
			r.Scores = []measure.Scored{{Series: "swemwbs-metric", Level: 2235}, {Series: "swemwbs-raw", Level: 25}}
		})
		must(t, err)
		moved, err := w.revise(corrected.Assessment, scheme.Moved, func(r *scheme.Revision) {
			r.Referral, r.Person, r.From = there.ID, there.Person, here.ID
		})
		must(t, err)
		gone, err := w.revise(moved.Assessment, scheme.Withdrawn, func(r *scheme.Revision) { r.Withdrawn = true })
		must(t, err)
		first := scheme.Revision{Assessment: a, Act: scheme.Recorded, By: w.account, At: noon}
		w.read(func(tx app.Reader) error {
			all, err := tx.Revisions(a.ID)
			must(t, err)
			same(t, "versions", []scheme.Revision{first, corrected, moved, gone}, all)
			now, err := tx.Assessment(a.ID)
			must(t, err)
			same(t, "as it stands", gone.Assessment, now)
			for _, of := range []scheme.Referral{here, there} {
				changed, err := tx.Changed(of.Person)
				must(t, err)
				same(t, "what was changed of either", all, changed)
				spells, err := tx.SpellsOf(of.Person)
				must(t, err)
				if len(spells) != 1 || len(spells[0].Assessments) > 0 {
					t.Errorf("it is still in a spell: %+v", spells)
				}
			}
			return nil
		})
		_, err = w.revise(gone.Assessment, scheme.Corrected, func(r *scheme.Revision) { r.Withdrawn = false })
		refused(t, err, fault.Stale, "after you opened it")
		must(t, w.record(w.swemwbs(there, "2026-01-06", 1859))) // the day is free again
	})
}

func TestRevisionsAreRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, r := w.refer("A", "2026-01-05")
		a, b := w.swemwbs(r, "2026-01-05", 1859), w.swemwbs(r, "2026-02-05", 1859)
		must(t, w.record(a))
		must(t, w.record(b))
		_, err := w.revise(a, scheme.Corrected, func(v *scheme.Revision) { v.On = b.On })
		refused(t, err, fault.AssessmentTwice, "already recorded")
		_, err = w.revise(a, scheme.Corrected, func(v *scheme.Revision) { v.Revision = 3 })
		refused(t, err, fault.Stale, "after you opened it")
		_, err = w.revise(a, scheme.Corrected, func(v *scheme.Revision) { v.Scores[0].Level = 99999 })
		refused(t, err, fault.ScoreRange, "cannot give this score")
		w.read(func(tx app.Reader) error {
			all, err := tx.Revisions(a.ID)
			if len(all) != 1 {
				t.Errorf("%d versions after refusals", len(all))
			}
			return err
		})
	})
}

// What was recorded before versions said everything reads as if they always had,
// and the schema can be taken back whatever was changed since.
func TestOlderVersionsAreFilledIn(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		_, r := w.refer("A", "2026-01-05")
		other, second := w.refer("B", "2026-01-05")
		a, b := w.swemwbs(r, "2026-01-05", 1859), w.swemwbs(r, "2026-03-05", 2235)
		must(t, w.record(a))
		must(t, w.record(b))
		_, err := w.revise(b, scheme.Withdrawn, func(v *scheme.Revision) { v.Withdrawn = true })
		must(t, err)
		w.write(func(tx app.Writer) error {
			second.EndedOn = day(t, "2026-02-01")
			must(t, tx.SaveReferral(second))
			return tx.MergePeople(scheme.Union{Keep: r.Person, Lose: other.ID, Ordinals: map[scheme.ReferralID]int{r.ID: 1, second.ID: 2}})
		})
		must(t, w.store.Close())
		must(t, store.MigrateBackTo(t.Context(), config(url), 8))
		must(t, store.Migrate(t.Context(), config(url)))
		w.store = open(t, config(url))
		w.read(func(tx app.Reader) error {
			all, err := tx.Revisions(a.ID)
			same(t, "versions", []scheme.Revision{{Assessment: a, Act: scheme.Recorded, By: w.account, At: noon}}, all)
			return err
		})
	})
}

// A referral and its assessments change hands together, numbered as told, and
// whoever was merged leads to whom they were merged into, over any number of
// merges.
func TestMergedPeopleAreOne(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		var people []scheme.Person
		var referrals []scheme.Referral
		for i, reference := range []string{"A", "B", "C"} {
			p, r := w.refer(reference, "2026-01-05")
			must(t, w.record(w.swemwbs(r, day(t, "2026-02-01").Plus(i).String(), 1859)))
			if i > 0 {
				r.EndedOn = day(t, "2026-03-01")
				w.write(func(tx app.Writer) error { return tx.SaveReferral(r) })
			}
			people, referrals = append(people, p), append(referrals, r)
		}
		a, b, c := people[0].ID, people[1].ID, people[2].ID
		w.write(func(tx app.Writer) error {
			return tx.MergePeople(scheme.Union{Keep: b, Lose: c, Ordinals: map[scheme.ReferralID]int{referrals[2].ID: 1, referrals[1].ID: 2}})
		})
		w.write(func(tx app.Writer) error {
			return tx.MergePeople(scheme.Union{Keep: a, Lose: b, Ordinals: map[scheme.ReferralID]int{referrals[2].ID: 1, referrals[0].ID: 2, referrals[1].ID: 3}})
		})
		w.read(func(tx app.Reader) error {
			for _, p := range people {
				found, err := tx.PersonByReference(p.Reference)
				must(t, err)
				byID, err := tx.Person(p.ID)
				must(t, err)
				if found.ID != a || byID.ID != a || len(byID.Aliases) != 2 || byID.Aliases[0] != "B" || byID.Aliases[1] != "C" {
					t.Errorf("%s leads to %+v and %+v", p.Reference, found, byID)
				}
			}
			listed, err := tx.People(app.Page{Limit: 9})
			must(t, err)
			if len(listed) != 1 || listed[0].ID != a {
				t.Errorf("listed: %+v", listed)
			}
			spells, err := tx.SpellsOf(a)
			must(t, err)
			for i, want := range []int{2, 3, 1} {
				if s := spells[i]; s.Referral.Ordinal != want || len(s.Assessments) != 1 || s.Assessments[0].Person != a {
					t.Errorf("referral %d: ordinal %d, %+v", i, s.Referral.Ordinal, s.Assessments)
				}
			}
			return nil
		})
		late := referrals[1]
		late.ID, late.Person = id[scheme.ReferralID](t), b
		err := w.store.Write(t.Context(), w.org.ID, func(tx app.Writer) error { return tx.AddReferral(late) })
		refused(t, err, fault.Busy, "again") // whoever writes looks again, and this one never does
	})
}
