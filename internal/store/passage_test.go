package store_test

import (
	"fmt"
	"maps"
	"reflect"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// headline asks for the world's primary score at its headline occasion.
func (w *world) headline() app.PairQuery {
	return app.PairQuery{Scheme: w.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), Today: day(w.t, "2026-11-22")}
}

// contacted keeps contacts of a referral.
func (w *world) contacted(r scheme.Referral, all ...scheme.WorkingContact) {
	w.t.Helper()
	w.write(func(tx app.Writer) error {
		for _, c := range all {
			c.ID, c.Referral = id[scheme.ContactID](w.t), r.ID
			must(w.t, tx.AddContact(c))
			if c.Withdrawn {
				c.Revision = 1
				must(w.t, tx.SaveContact(c))
			}
		}
		return nil
	})
}

// scored is a score with how it was taken.
func (w *world) scored(r scheme.Referral, on string, level measure.Level, way string) scheme.Assessment {
	a := w.swemwbs(r, on, level)
	a.Channel, a.Helper = scheme.Channel(way), "deliverer"
	return a
}

// passages are all of a query, by the day of receipt.
func (w *world) passages(q app.PairQuery) map[string]scheme.Passage {
	w.t.Helper()
	all := map[string]scheme.Passage{}
	w.read(func(tx app.Reader) error {
		return tx.Passages(q, func(p scheme.Passage) error { all[p.ReceivedOn.String()] = p; return nil })
	})
	return all
}

// A passage has the first answer and the first meeting, and neither a try nor
// what was taken back; somebody whose plan has no such follow-up has one too.
func TestPassages(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, a := w.refer("A", "2026-01-05")
		w.contacted(a,
			scheme.WorkingContact{On: day(t, "2026-01-06"), Way: "phone", Outcome: scheme.NoAnswer},
			scheme.WorkingContact{On: day(t, "2026-01-07"), Way: "in-person", Outcome: scheme.DidNotAttend},
			scheme.WorkingContact{On: day(t, "2026-01-08"), Way: "phone", Outcome: scheme.Attended, Withdrawn: true},
			scheme.WorkingContact{On: day(t, "2026-01-12"), Way: "text", Outcome: scheme.Attended},
			scheme.WorkingContact{On: day(t, "2026-01-20"), Way: "phone", Outcome: scheme.Attended},
			scheme.WorkingContact{On: day(t, "2026-01-15"), Way: "phone", Outcome: scheme.Cancelled},
			scheme.WorkingContact{On: day(t, "2026-01-19"), Way: "in-person", Outcome: scheme.Attended})
		w.write(func(tx app.Writer) error {
			for _, first := range []string{"2026-02-03", "2026-02-01"} {
				rx := scheme.Prescription{ID: id[scheme.PrescriptionID](t), Referral: a.ID, Activity: w.activity.ID, FirstAttendedOn: day(t, first), Offered: 8, Attended: 5}
				must(t, tx.AddPrescription(rx))
			}
			return nil
		})
		must(t, w.record(w.scored(a, "2026-01-30", 1859, "in-person")))
		must(t, w.record(w.scored(a, "2026-04-26", 2235, "phone")))
		_, b := w.refer("B", "2026-01-06")
		hilltop := settle(t, w.store, "Hilltop")
		_, c := hilltop.refer("C", "2026-01-07")
		hilltop.contacted(c, scheme.WorkingContact{On: day(t, "2026-01-08"), Way: "phone", Outcome: scheme.Attended})

		all := w.passages(w.headline())
		got := all["2026-01-05"]
		if got.Contacted != day(t, "2026-01-12") || got.Seen != day(t, "2026-01-19") || got.Attended != day(t, "2026-02-01") || !got.Planned {
			t.Errorf("%+v", got)
		}
		p := got.Pair
		if p.State != scheme.Paired || p.Stage != scheme.StageStarted || p.Base.Channel != "in-person" || p.Later.Channel != "phone" ||
			p.Later.Helper != "deliverer" || p.Base.Level != 1859 || p.Later.Level != 2235 || p.Days() != 86 {
			t.Errorf("%+v, base %+v, later %+v", p, p.Base, p.Later)
		}
		if other := all["2026-01-06"]; len(all) != 2 || other.Planned || !other.Contacted.IsZero() || b.ID == "" {
			t.Errorf("%d passages, want those of Riverside alone; Bo's %+v", len(all), other)
		}
		q := w.headline()
		q.Scheme = hilltop.scheme.ID
		err := w.store.Read(t.Context(), w.org.ID, func(tx app.Reader) error {
			return tx.Passages(q, func(scheme.Passage) error { t.Error("a passage of Hilltop's"); return nil })
		})
		refused(t, err, "not-found", "")
	})
}

// The journey counts whom the transition table counts, and the same statements
// do for one person and for thirty.
func TestJourneyCountsWhomTransitionsCount(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		add := func(n int) {
			_, r := w.refer(fmt.Sprint("P", n), day(t, "2026-01-01").Plus(9*n).String())
			level := measure.Level(1859 + n)
			if n%4 != 0 {
				must(t, w.record(w.scored(r, r.ReceivedOn.Plus(2).String(), level, "phone")))
			}
			if n%3 != 0 {
				must(t, w.record(w.scored(r, r.ReceivedOn.Plus(84).String(), level+9, "video")))
			}
			for d := range 2 {
				if waited := w.scored(r, r.ReceivedOn.Plus(d).String(), level, "phone"); n%5 == 1 {
					waited.Occasion = scheme.Waiting
					must(t, w.record(waited))
				}
			}
			if n%7 == 1 {
				r.DeclinedOn = r.ReceivedOn.Plus(1)
				w.write(func(tx app.Writer) error { return tx.SaveReferral(r) })
			}
		}
		q := w.headline()
		count := func() (*scheme.Journey, *scheme.Manner, scheme.Transitions, int) {
			j, m := scheme.NewJourney(q.Period, q.Today), scheme.NewManner(q.Period, q.Today)
			var table scheme.Transitions
			said := store.Listen(w.store)
			w.read(func(tx app.Reader) (err error) {
				must(t, tx.Passages(q, func(p scheme.Passage) error { j.Add(p); m.Add(p); return nil }))
				if _, err := tx.Uptakes(q); err != nil {
					return err
				}
				table, err = tx.Transitions(q)
				return err
			})
			return j, m, table, len(said())
		}
		add(1)
		count()
		_, _, _, few := count()
		for n := range 30 {
			add(n + 2)
		}
		for _, q.Period = range []scheme.Period{{}, {From: q.Today.Quarter() - 1}, {To: q.Today.Quarter() - 2}} {
			j, m, table, many := count()
			if few != many {
				t.Errorf("%d statements for one referral, %d for 31", few, many)
			}
			if !reflect.DeepEqual(j.Flow, table.Flow) || table.Flow.Paired == 0 {
				t.Errorf("the journey counts %+v, transitions %+v", j.Flow, table.Flow)
			}
			q.But = scheme.Waiting
			if j, _, some, _ := count(); !reflect.DeepEqual(j.Flow, some.Flow) || some.Flow.Paired == 0 || some.Flow.Paired >= table.Flow.Paired {
				t.Errorf("without those who waited the journey counts %+v, transitions %+v of %+v", j.Flow, some.Flow, table.Flow)
			}
			q.But = ""
			left := 0
			for n := range maps.Values(j.Left) {
				left += n
			}
			if left+table.Flow.Paired != table.Flow.Referred {
				t.Errorf("%d left and %d measured twice of %d referred", left, table.Flow.Paired, table.Flow.Referred)
			}
			if !maps.Equal(m.Channel.Changed.Paired, table.Paired) || m.Channel.Pairs() != table.Flow.Paired {
				t.Errorf("changed channel %v, all %v", m.Channel.Changed.Paired, table.Paired)
			}
		}
	})
}

// Uptakes are of the people in the figures, and of nobody else.
func TestUptakes(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		for n, received := range []string{"2026-01-05", "2026-01-06", "2026-11-01"} {
			_, r := w.refer(fmt.Sprint("P", n), received)
			w.write(func(tx app.Writer) error {
				return tx.AddPrescription(scheme.Prescription{ID: id[scheme.PrescriptionID](t), Referral: r.ID, Activity: w.activity.ID, FirstAttendedOn: r.ReceivedOn, Offered: 8, Attended: 5})
			})
			must(t, w.record(w.scored(r, received, 1859, "phone")))
		}
		w.read(func(tx app.Reader) error {
			all, err := tx.Uptakes(w.headline())
			want := []scheme.Uptake{{Activity: w.activity.ID, Name: "Allotment", Category: "gardening", Started: true, Offered: 8, Attended: 5, Times: 2}}
			if !reflect.DeepEqual(all, want) {
				t.Errorf("%+v, want %+v: the third's window is open", all, want)
			}
			return err
		})
	})
}
