package store_test

import (
	"fmt"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A day that goes in comes out: every day of a leap year, whatever the zone of
// the process that writes.
func TestDaysDoNotShift(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		p, _ := w.refer("A-1", "2019-01-05")
		want := map[scheme.ReferralID]scheme.Day{}
		w.write(func(tx app.Writer) error {
			clear(want)
			for _, name := range []string{"Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/St_Johns"} {
				zone, err := time.LoadLocation(name)
				must(t, err)
				for n := range 366 {
					late := scheme.DayOf(time.Date(2024, 1, 1+n, 23, 59, 0, 0, zone))
					r := scheme.Referral{
						ID: id[scheme.ReferralID](t), Person: p.ID, Scheme: w.scheme.ID, Plan: w.scheme.Plan.ID,
						ReceivedOn: late, AcceptedOn: late, DeclinedOn: late,
					}
					want[r.ID] = late
					if err := tx.AddReferral(r); err != nil {
						return fmt.Errorf("%s: %w", late, err)
					}
				}
			}
			return nil
		})
		seen := 0
		w.read(func(tx app.Reader) error {
			return tx.Spells(func(s scheme.Spell) error {
				r := s.Referral
				if d, ok := want[r.ID]; ok {
					seen++
					if r.ReceivedOn != d || r.AcceptedOn != d || r.DeclinedOn != d || !r.EndedOn.IsZero() {
						t.Errorf("%s came back as %s, %s, %s, %s", d, r.ReceivedOn, r.AcceptedOn, r.DeclinedOn, r.EndedOn)
					}
				}
				return nil
			})
		})
		if seen != 4*366 {
			t.Errorf("%d days came back", seen)
		}
	})
}
