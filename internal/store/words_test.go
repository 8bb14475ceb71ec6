package store_test

import (
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A person's own words come back with the assessment and its versions, also of
// somebody without a name, and go along when it is moved to somebody else. A
// rebuild leaves them sealed.
func TestOwnWordsComeBack(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		_, here := w.refer("A-1", "2026-01-05")
		_, there := w.refer("A-2", "2026-01-05")
		a := w.swemwbs(here, "2026-01-05", 1859)
		a.Words = map[string]string{"problem-1": "getting “out” of the house\n", "problem-2": "sleep"}
		must(t, w.record(a))
		again := w.swemwbs(here, "2026-02-05", 2235) // the key is there now
		again.Words = map[string]string{"problem-1": "stairs"}
		must(t, w.record(again))
		moved, err := w.revise(a, scheme.Moved, func(r *scheme.Revision) {
			r.Referral, r.Person, r.From = there.ID, there.Person, here.ID
		})
		must(t, err)
		w.read(func(tx app.Reader) error {
			got, err := tx.Assessment(a.ID)
			must(t, err)
			same(t, "moved", moved.Assessment, got)
			all, err := tx.Revisions(a.ID)
			must(t, err)
			for i, v := range all {
				same(t, "words of a version", a.Words, v.Words)
				if v.Revision != i+1 {
					t.Errorf("version %d is at place %d", v.Revision, i)
				}
			}
			spell, err := tx.Spell(here.ID)
			must(t, err)
			same(t, "words of a spell", again.Words, spell.Assessments[0].Words)
			return tx.Spells(func(s scheme.Spell) error {
				if got := s.Assessments[0].Words; got == nil || len(got) > 0 {
					t.Errorf("a rebuild has the words %v", got)
				}
				return nil
			})
		})
		// Without the key of whoever they are of, they are gone for good.
		_, err = raw(t, url).ExecContext(t.Context(), "DELETE FROM person_keys WHERE person_id = '"+string(here.Person)+"'")
		must(t, err)
		w.read(func(tx app.Reader) error {
			got, err := tx.Assessment(again.ID)
			if got.Words == nil || len(got.Words) > 0 {
				t.Errorf("erased: %v", got.Words)
			}
			return err
		})
	})
}
