package app_test

import (
	"fmt"
	"sync"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// group prescribes the allotment to n people of the Garden.
func (w *town) group(n int) (all []scheme.Prescription) {
	w.T.Helper()
	for i := range n {
		v := w.refer(w.Ann, w.Garden, fmt.Sprintf("R-%02d", i), "2026-01-05")
		p, err := w.App.AddPrescription(w.T.Context(), w.Ann, app.NewPrescription{Referral: v.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-01-06", Offered: 8})
		must(w.T, err)
		all = append(all, p)
	}
	return all
}

func (w *town) register(on string, version int, marks ...app.MarkEntry) app.Register {
	return app.Register{RegisterAsk: app.RegisterAsk{Scheme: w.Garden.ID, Activity: w.Plot.ID, On: on}, Version: version, Marks: marks}
}

// A register counts sessions and sets the start, saved twice as once, and what is
// corrected in it is as if it had never been said; stored pairs follow each time.
func TestRegisterCounts(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		all := w.group(3)
		says := func(i int, want string) {
			t.Helper()
			v, err := w.App.Referral(ctx, w.Ann, all[i].Referral)
			must(t, err)
			p := v.Prescriptions[0]
			if got := fmt.Sprintf("%s %d of %d", p.FirstAttendedOn, p.Attended, p.Offered); got != want {
				t.Errorf("prescription %d: %s, want %s", i, got, want)
			}
			differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
			must(t, err)
			if len(differ) > 0 {
				t.Errorf("pairs of %v are not what is recorded", differ)
			}
		}
		save := func(in app.Register) app.RegisterView {
			t.Helper()
			v, err := w.App.SaveRegister(ctx, w.Bo, in)
			must(t, err)
			return v
		}
		came := func(i int) app.MarkEntry { return app.MarkEntry{Prescription: all[i].ID, Mark: scheme.MarkAttended} }
		missed := app.MarkEntry{Prescription: all[1].ID, Mark: scheme.MarkMissed}
		away := app.MarkEntry{Prescription: all[2].ID, Mark: scheme.MarkNotExpected}
		v := save(w.register("2026-01-20", 0, came(0), missed, away))
		if v.Session.Revision != 1 || len(v.Lines) != 3 || v.Lines[0].Mark != scheme.MarkAttended || v.Lines[2].Mark != scheme.MarkNotExpected || v.Lines[0].Person.Name == "" {
			t.Errorf("the register: %+v", v)
		}
		says(0, "2026-01-20 1 of 8")
		says(1, " 0 of 8")
		before := w.Rows("audit", "audit_payloads")
		save(w.register("2026-01-20", 1, came(0), missed, away))
		if now := w.Rows("audit", "audit_payloads"); now != before {
			t.Errorf("the same again wrote\n%s\nbefore\n%s", now, before)
		}
		says(0, "2026-01-20 1 of 8")
		save(w.register("2026-01-13", 0, came(0), came(1)))
		says(0, "2026-01-13 2 of 8")
		says(1, "2026-01-13 1 of 8")
		save(w.register("2026-01-13", 1, came(1))) // the first was left open
		says(0, "2026-01-20 1 of 8")
		save(w.register("2026-01-20", 2, missed))
		says(0, " 0 of 8")

		// What is typed stands beside registers, and cannot say less than they do.
		now, err := w.App.Referral(ctx, w.Bo, all[1].Referral)
		must(t, err)
		typed := app.PrescriptionChange{Referral: all[1].Referral, Prescription: all[1].ID, Version: now.Prescriptions[0].Revision, FirstAttendedOn: "2026-01-13", Offered: 8, Attended: 0}
		_, err = w.App.ChangePrescription(ctx, w.Bo, typed)
		if !fault.Is(err, fault.RegisterSays) {
			t.Errorf("less than registers hold: %v", err)
		}
		typed.FirstAttendedOn, typed.Attended = "2026-01-08", 5
		must(t, second(w.App.ChangePrescription(ctx, w.Bo, typed)))
		says(1, "2026-01-08 5 of 8")
		save(w.register("2026-01-13", 2))
		says(1, "2026-01-08 4 of 8")
	})
}

// Who comes second is told, whoever is not on the register is refused, and of
// many who save at once one gets through.
func TestRegisterRefuses(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		all := w.group(2)
		choir := w.refer(w.Ann, w.Choir, "C-1", "2026-01-05")
		theirs, err := w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{Referral: choir.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-01-06"})
		must(t, err)
		v, err := w.App.GroupRegister(ctx, w.Bo, w.register("2026-01-20", 0).RegisterAsk)
		must(t, err)
		if len(v.Lines) != 2 {
			t.Errorf("%d lines: the Choir's person is no part of the Garden's register", len(v.Lines))
		}
		before, err := w.App.GroupRegister(ctx, w.Bo, w.register("2026-01-05", 0).RegisterAsk)
		if err != nil || len(before.Lines) > 0 {
			t.Errorf("before it was prescribed: %d lines, %v", len(before.Lines), err)
		}
		came := app.MarkEntry{Prescription: all[0].ID, Mark: scheme.MarkAttended}
		for name, c := range map[string]struct {
			in   app.Register
			want fault.Code
		}{
			"somebody else's": {w.register("2026-01-20", 0, app.MarkEntry{Prescription: theirs.ID, Mark: scheme.MarkAttended}), fault.NotFound},
			"twice":           {w.register("2026-01-20", 0, came, came), fault.InputInvalid},
			"no mark":         {w.register("2026-01-20", 0, app.MarkEntry{Prescription: all[0].ID, Mark: "late"}), fault.InputInvalid},
			"tomorrow":        {w.register("2026-07-01", 0, came), fault.DayFuture},
			"another version": {w.register("2026-01-20", 1, came), fault.Stale},
		} {
			if _, err := w.App.SaveRegister(ctx, w.Bo, c.in); !fault.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		choirs := w.register("2026-01-20", 0)
		choirs.Scheme = w.Choir.ID
		if _, err := w.App.SaveRegister(ctx, w.Bo, choirs); !fault.Is(err, fault.NotFound) {
			t.Errorf("the Choir's register by Bo: %v", err)
		}
		var wait sync.WaitGroup
		errs := make([]error, 8)
		for i := range errs {
			wait.Go(func() { errs[i] = second(w.App.SaveRegister(ctx, w.Bo, w.register("2026-01-20", 0, came))) })
		}
		wait.Wait()
		done := 0
		for _, err := range errs {
			if err == nil {
				done++
			} else if !fault.Is(err, fault.Stale) {
				t.Error(err)
			}
		}
		p, err := w.App.Referral(ctx, w.Bo, all[0].Referral)
		must(t, err)
		if done != 1 || p.Prescriptions[0].Attended != 1 {
			t.Errorf("%d got through, %d counted", done, p.Prescriptions[0].Attended)
		}
	})
}
