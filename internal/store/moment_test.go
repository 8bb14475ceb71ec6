package store_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// A score without a day is there once for its occasion, and takes no place of one
// with a day, whatever day it is kept on.
func TestUndatedIsOnceByItsOccasion(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, r := w.refer("A", "2026-01-05")
		undated := func(on string, at scheme.Occasion, dated scheme.Dating) scheme.Assessment {
			a := w.swemwbs(r, on, 1859)
			a.Occasion, a.Dated = at, dated
			return a
		}
		first := undated("2026-02-01", scheme.Baseline, scheme.ByOrder)
		must(t, w.record(first))
		must(t, w.record(w.swemwbs(r, "2026-02-01", 2235)))
		must(t, w.record(undated("2026-02-01", scheme.Later, scheme.ByOrder)))
		must(t, w.record(undated("2026-02-01", scheme.Baseline, scheme.ToTheMonth)))
		must(t, w.record(undated("2026-03-01", scheme.Baseline, scheme.ToTheMonth)))
		refused(t, w.record(w.swemwbs(r, "2026-02-01", 1859)), fault.AssessmentTwice, "on 1 February 2026")
		refused(t, w.record(undated("2026-01-09", scheme.Baseline, scheme.ByOrder)), fault.AssessmentTwice, "“Baseline”, on a day that is not known")
		refused(t, w.record(undated("2026-02-20", scheme.Baseline, scheme.ToTheMonth)), fault.AssessmentTwice, "“Baseline”, on a day of Feb 2026")
		_, err := w.revise(first, scheme.Moved, func(v *scheme.Revision) { v.From, v.Occasion = r.ID, scheme.Later })
		refused(t, err, fault.AssessmentTwice, "“Later follow-up”")
		_, err = w.revise(first, scheme.Corrected, func(v *scheme.Revision) { v.On, v.Dated = day(t, "2026-02-01"), scheme.ToTheDay })
		refused(t, err, fault.AssessmentTwice, "on 1 February 2026")

		mended, err := w.revise(first, scheme.Corrected, func(v *scheme.Revision) { v.On, v.Dated = day(t, "2026-02-09"), scheme.ToTheDay })
		must(t, err)
		w.read(func(tx app.Reader) error {
			all, err := tx.Changed(r.Person)
			if len(all) != 2 || all[0].Dated != scheme.ByOrder || all[1].Dated != scheme.ToTheDay || all[1].On != mended.On {
				t.Errorf("its versions: %+v", all)
			}
			return err
		})
		must(t, w.record(undated("2026-01-09", scheme.Baseline, scheme.ByOrder))) // its place is free again
	})
}

// What is there from before is told by its occasion too, a further score of one
// occasion stays beside it, and the schema can be taken back.
func TestOlderUndatedAreTold(t *testing.T) {
	t.Parallel()
	migrated(t).Each(t, func(t *testing.T, url string) {
		w := bundledWorld(t, url)
		_, r := w.refer("A", "2026-01-05")
		kept := func(on string, at scheme.Occasion, dated scheme.Dating) scheme.Assessment {
			a := w.swemwbs(r, on, 1859)
			a.Occasion, a.Dated = at, dated
			return a
		}
		order, month := kept("2026-02-01", scheme.Baseline, scheme.ByOrder), kept("2026-03-01", scheme.Baseline, scheme.ToTheMonth)
		for _, a := range []scheme.Assessment{order, month, kept("2026-02-01", scheme.Later, scheme.ByOrder), w.swemwbs(r, "2026-02-01", 2235)} {
			must(t, w.record(a))
		}
		_, err := w.revise(month, scheme.Withdrawn, func(v *scheme.Revision) { v.Withdrawn = true })
		must(t, err)
		must(t, w.record(kept("2026-03-01", scheme.Baseline, scheme.ToTheMonth)))
		must(t, w.store.Close())
		must(t, store.MigrateBackTo(t.Context(), config(url), 38))
		db := raw(t, url)
		if days := rows(t, db, "SELECT CAST(on_day AS TEXT) FROM assessments WHERE state = 'live' AND dated = '' ORDER BY on_day"); strings.Join(days, " ") != "2026-02-01" {
			t.Errorf("days that are known moved: %v", days)
		}
		// As an import before 0070 could leave it: another value for an occasion.
		const said = "org_id, person_id, referral_id, measure_key, measure_version_id, rater, occasion, state, current_version, channel, helper, language, source, batch, added_at, dated"
		_, err = db.ExecContext(t.Context(), "INSERT INTO assessments (id, on_day, "+said+") SELECT '019fffff-0000-7000-8000-00000000000f', '2025-12-24', "+said+
			" FROM assessments WHERE id = '"+string(order.ID)+"'")
		must(t, err)

		must(t, store.Migrate(t.Context(), config(url)))
		w.store = open(t, config(url))
		got := rows(t, db, "SELECT COALESCE(moment, 'none') FROM assessments WHERE state = 'live' ORDER BY COALESCE(moment, 'none'), id")
		if strings.Join(got, "; ") != "2026-03 baseline; baseline; later; none; none" {
			t.Errorf("moments: %v", got)
		}
		refused(t, w.record(kept("2026-01-09", scheme.Baseline, scheme.ByOrder)), fault.AssessmentTwice, "“Baseline”")
		refused(t, w.record(kept("2026-03-09", scheme.Baseline, scheme.ToTheMonth)), fault.AssessmentTwice, "“Baseline”")
		w.read(func(tx app.Reader) error {
			all, err := tx.Revisions(month.ID)
			if len(all) != 2 || all[0].Dated != scheme.ToTheMonth {
				t.Errorf("a version does not say that its day is not known: %+v", all)
			}
			return err
		})
	})
}
