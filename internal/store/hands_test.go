package store_test

import (
	"fmt"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// Who stands behind the groups takes the same statements for one person and for
// twelve. The landmark is counted from the first attendance, where there is one.
func TestHandsTakeTheSameStatements(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		q := app.GroupQuery{Schemes: []scheme.ID{w.scheme.ID}, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), Today: day(t, "2026-11-22"), By: []scheme.Dimension{scheme.ByOT}}
		add := func(n int) {
			_, r := w.refer(fmt.Sprint("P", n), "2026-01-05")
			w.write(func(tx app.Writer) error {
				if n%2 == 0 {
					return tx.Assign([]scheme.ReferralID{r.ID}, w.account, r.ReceivedOn)
				}
				must(t, tx.AddPrescription(scheme.Prescription{ID: id[scheme.PrescriptionID](t), Referral: r.ID, Activity: w.activity.ID, FirstAttendedOn: r.ReceivedOn.Plus(7), Revision: 1}))
				return tx.AddInvolvement(r.ID, scheme.Involvement{Level: "led", On: r.ReceivedOn.Plus(7 + scheme.Landmark), Therapist: w.account})
			})
			must(t, w.record(w.swemwbs(r, "2026-01-05", 1859)))
			must(t, w.record(w.swemwbs(r, r.ReceivedOn.Plus(91).String(), 2235)))
		}
		count := func() (h scheme.Hands, statements int) {
			said := store.Listen(w.store)
			w.read(func(tx app.Reader) (err error) { h, err = tx.Hands(q); return err })
			return h, len(said())
		}
		add(0)
		count()
		_, few := count()
		for n := range 12 {
			add(n + 1)
		}
		h, many := count()
		if few != many || many == 0 {
			t.Errorf("%d statements for one person, %d for 13", few, many)
		}
		if h != (scheme.Hands{Therapists: 1, Named: 6, Holders: 1, Held: 7}) {
			t.Errorf("hands: %+v", h)
		}
	})
}
