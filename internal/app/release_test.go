package app_test

import (
	"encoding/json"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// refused demands one fault of that code.
func refused(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Errorf("answered %v, want %s", err, code)
	}
}

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	must(t, err)
	return d
}

// board is fi, who commissions, and her organisation.
func (w *town) board() app.Actor {
	w.T.Helper()
	acc, err := w.App.Login(w.T.Context(), "fi")
	must(w.T, err)
	fi, err := w.App.Actor(w.T.Context(), acc.ID, acc.Memberships[0].Org)
	must(w.T, err)
	return fi
}

// published takes a release of the Garden's first quarter of 2026 all the way.
func (w *town) published() app.ReleaseView {
	w.T.Helper()
	ctx := w.T.Context()
	v, err := w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "quarter", Within: "2026-Q1"})
	must(w.T, err)
	v, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	v, err = w.App.PublishRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	return v
}

// A release goes from prepared to audited to published, one step at a time, and
// the next of the same period takes its place without changing a byte of it.
func TestLifeOfARelease(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 80, day(t, "2025-11-01"))...)
		v, err := w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "quarter", Within: "2026-Q1"})
		must(t, err)
		if v.State != scheme.ReleasePrepared || v.Number != 1 || len(v.Figures) == 0 || v.SHA256 != "" {
			t.Fatalf("prepared: %+v", v.Release)
		}
		_, err = w.App.PublishRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
		refused(t, err, fault.ReleaseState)
		_, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision + 1})
		refused(t, err, fault.Stale)
		v, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
		must(t, err)
		if v.State != scheme.ReleaseAudited || !v.Safe {
			t.Fatalf("audited: %+v", v.Release)
		}
		first, err := w.App.PublishRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
		must(t, err)
		document, err := w.App.Document(ctx, w.Ann, first.ID)
		must(t, err)
		if first.State != scheme.ReleasePublished || len(first.SHA256) != 64 || app.Fingerprint(document) != first.SHA256 {
			t.Fatalf("published: %+v", first.Release)
		}
		_, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: first.Revision})
		refused(t, err, fault.ReleaseState)

		// A late score goes into the next one and changes nothing in this.
		w.Crowd(w.Ann, w.Garden, kit.Somebody{Reference: "LATE", Sex: "male", On: day(t, "2025-11-20"), Before: 12, After: 34})
		second := w.published()
		if second.Number != 2 || second.ID == first.ID {
			t.Errorf("the next release is %d", second.Number)
		}
		after, err := w.App.Document(ctx, w.Ann, first.ID)
		must(t, err)
		if string(after) != string(document) {
			t.Error("a later release changed what an earlier one says")
		}
		v, err = w.App.Release(ctx, w.Ann, first.ID)
		must(t, err)
		if v.State != scheme.ReleaseSuperseded || v.Next == nil || v.Next.ID != second.ID {
			t.Errorf("the first one is %s now", v.State)
		}
	})
}

// What cannot be released is refused in a sentence, and keeps nothing.
func TestReleasesThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		before := w.Rows()
		for name, c := range map[string]struct {
			by   app.Actor
			in   app.NewRelease
			want fault.Code
		}{
			"an open quarter":        {w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "quarter", Within: "2026-Q2"}, fault.ReleaseOpen}, // 30 June is its last day
			"a year that is not out": {w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "year", Within: "2026-Q1"}, fault.ReleaseOpen},
			"no quarter":             {w.Ann, app.NewRelease{Scheme: w.Garden.ID, Within: "last spring"}, fault.PeriodInvalid},
			"no grain":               {w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "month", Within: "2026-Q1"}, fault.InputInvalid},
			"somebody else's scheme": {w.Ann, app.NewRelease{Scheme: w.Walk.ID, Within: "2026-Q1"}, fault.NotFound},
			"a practitioner":         {w.Bo, app.NewRelease{Scheme: w.Garden.ID, Within: "2026-Q1"}, fault.NotAllowed},
		} {
			_, err := w.App.PrepareRelease(ctx, c.by, c.in)
			t.Log(name, err)
			refused(t, err, c.want)
		}
		if now := w.Rows(); now != before {
			t.Errorf("something was kept:\n%s", now)
		}
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 40, day(t, "2025-11-01"))...)
		w.published()
		_, err := w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "year", Within: "2025-Q1"})
		refused(t, err, fault.ReleaseGrain)
	})
}

// The audit is of everything that is out when it runs: a release that came
// between it and the publishing makes it stale.
func TestAnAuditHoldsUntilTheNextRelease(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 60, day(t, "2025-11-01"))...)
		v, err := w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "quarter", Within: "2025-Q4"})
		must(t, err)
		v, err = w.App.AuditRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
		must(t, err)
		w.published()
		_, err = w.App.PublishRelease(ctx, w.Ann, app.ReleaseStep{ID: v.ID, Version: v.Revision})
		refused(t, err, fault.ReleaseUnsafe)
	})
}

// Who is granted a release reads it, for as long as that holds, and every reading
// is in the owner's audit. Nobody else learns that it is there.
func TestGrantedReleases(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, fi := t.Context(), w.board()
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 60, day(t, "2025-11-01"))...)
		v := w.published()
		elsewhere := w.Bo
		elsewhere.Schemes = []scheme.ID{w.Walk.ID}
		for _, by := range []app.Actor{fi, w.Cy, elsewhere, {}} {
			_, err := w.App.Published(ctx, by, v.ID)
			refused(t, err, fault.NotFound)
			_, err = w.App.Document(ctx, by, v.ID)
			refused(t, err, fault.NotFound)
		}
		of, err := w.App.Published(ctx, w.Bo, v.ID) // a practitioner of the scheme, without rights to make any
		must(t, err)
		if document, err := w.App.Document(ctx, w.Bo, v.ID); of.Audience != app.AudienceOwn || err != nil || len(document) == 0 {
			t.Errorf("a practitioner of the scheme reads as %s, %v", of.Audience, err)
		}
		_, err = w.App.GrantRelease(ctx, w.Ann, app.NewGrant{Scheme: w.Garden.ID, To: w.Cy.Org})
		refused(t, err, fault.InputInvalid) // no commissioner
		g, err := w.App.GrantRelease(ctx, w.Ann, app.NewGrant{Scheme: w.Garden.ID, To: fi.Org, From: "2026-07-01"})
		must(t, err)
		_, err = w.App.Published(ctx, fi, v.ID)
		refused(t, err, fault.NotFound) // not yet
		_, err = w.App.RevokeGrant(ctx, w.Ann, app.Revocation{Of: w.Garden.ID, ID: g.ID})
		must(t, err)
		g, err = w.App.GrantRelease(ctx, w.Ann, app.NewGrant{Scheme: w.Garden.ID, To: fi.Org})
		must(t, err)
		read := w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'release.read'")[0]
		got, err := w.App.Published(ctx, fi, v.ID)
		must(t, err)
		if got.Audience != app.AudienceGranted || len(got.Figures) != len(v.Figures) {
			t.Errorf("read as %s, %d figures", got.Audience, len(got.Figures))
		}
		if now := w.Cells("SELECT COUNT(*) FROM audit WHERE act = 'release.read'")[0]; read != "0" || now != "1" {
			t.Errorf("readings in the audit: %s, then %s", read, now)
		}
		all, err := w.App.Granted(ctx, fi)
		must(t, err)
		c, err := w.App.CompareGranted(ctx, fi, app.GrantedAsk{})
		must(t, err)
		if len(all) != 1 || len(c.Lines) != 1 || c.Lines[0].Figure == nil {
			t.Errorf("%d granted, compared %+v", len(all), c.Lines)
		}
		change := c.Lines[0].Figure.Change
		if lo, hi := c.Pooled.Interval(0); change.Lo == nil || lo != *change.Lo || hi != *change.Hi {
			t.Errorf("its line runs from %g to %g, and its release says %+v", lo, hi, change)
		}
		_, err = w.App.RevokeGrant(ctx, w.Ann, app.Revocation{Of: w.Garden.ID, ID: g.ID})
		must(t, err)
		_, err = w.App.Published(ctx, fi, v.ID)
		refused(t, err, fault.NotFound)
		if c, err = w.App.CompareGranted(ctx, fi, app.GrantedAsk{}); err != nil || len(c.Lines) != 0 {
			t.Errorf("after the grant was revoked: %v %v", c.Lines, err)
		}
	})
}

// A release is public only while it is switched on, and withdrawn with its
// notice; what it says stays unless it goes too.
func TestPublicAndWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, nobody := t.Context(), app.Actor{}
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 60, day(t, "2025-11-01"))...)
		v := w.published()
		v, err := w.App.OpenRelease(ctx, w.Ann, app.ReleaseOpening{ID: v.ID, Version: v.Revision, Public: "on"})
		must(t, err)
		open, err := w.App.Published(ctx, nobody, v.ID)
		must(t, err)
		if open.Audience != app.AudiencePublic || len(open.Figures) == 0 {
			t.Errorf("in public: %+v", open)
		}
		_, err = w.App.WithdrawRelease(ctx, w.Ann, app.ReleaseWithdrawal{ID: v.ID, Version: v.Revision, Notice: "", Figures: app.FiguresStay})
		refused(t, err, fault.InputInvalid)
		v, err = w.App.WithdrawRelease(ctx, w.Ann, app.ReleaseWithdrawal{ID: v.ID, Version: v.Revision, Notice: "Two schemes were mixed up.", Figures: app.FiguresGone})
		must(t, err)
		open, err = w.App.Published(ctx, nobody, v.ID)
		must(t, err)
		if open.State != scheme.ReleaseWithdrawn || open.Notice == "" || len(open.Figures) != 0 {
			t.Errorf("withdrawn: %+v", open)
		}
		_, err = w.App.Document(ctx, nobody, v.ID)
		refused(t, err, fault.NotFound)
		v, err = w.App.OpenRelease(ctx, w.Ann, app.ReleaseOpening{ID: v.ID, Version: v.Revision, Public: "off"})
		must(t, err)
		_, err = w.App.Published(ctx, nobody, v.ID)
		refused(t, err, fault.NotFound)
	})
}

// Whoever reads a release that another took the place of learns what stands now,
// and of no release that they could not open.
func TestWhatStandsAfterARelease(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, nobody := t.Context(), app.Actor{}
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 60, day(t, "2025-11-01"))...)
		first := w.published()
		first, err := w.App.OpenRelease(ctx, w.Ann, app.ReleaseOpening{ID: first.ID, Version: first.Revision, Public: "on"})
		must(t, err)
		second := w.published()
		for name, c := range map[string]struct {
			by   app.Actor
			next bool
		}{"the service": {w.Ann, true}, "a practitioner": {w.Bo, true}, "the public": {nobody, false}} {
			v, err := w.App.Published(ctx, c.by, first.ID)
			must(t, err)
			if v.State != scheme.ReleaseSuperseded || !v.Stands || (v.Next != nil) != c.next || c.next && v.Next.ID != second.ID {
				t.Errorf("%s: %s, %v stands, next %v", name, v.State, v.Stands, v.Next)
			}
		}
		_, err = w.App.WithdrawRelease(ctx, w.Ann, app.ReleaseWithdrawal{ID: second.ID, Version: second.Revision, Notice: "Two schemes were mixed up.", Figures: app.FiguresStay})
		must(t, err)
		for _, by := range []app.Actor{w.Ann, nobody} {
			v, err := w.App.Published(ctx, by, first.ID)
			must(t, err)
			if v.Stands || v.Next != nil {
				t.Errorf("after the second was withdrawn: %v stands, next %v", v.Stands, v.Next)
			}
		}
		_, err = w.App.PrepareRelease(ctx, w.Ann, app.NewRelease{Scheme: w.Garden.ID, Grain: "year", Within: "2025-Q1"})
		if err == nil || !strings.Contains(err.Error(), "since release 1.") {
			t.Errorf("the first release settled it: %v", err)
		}
		third := w.published()
		v, err := w.App.Published(ctx, w.Ann, second.ID)
		must(t, err)
		if v.State != scheme.ReleaseWithdrawn || v.Next == nil || v.Next.ID != third.ID {
			t.Errorf("the withdrawn one: %s, next %v", v.State, v.Next)
		}
	})
}

// The threshold is raised freely, lowered with a reason, and never below eight.
func TestThreshold(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for _, c := range []struct {
			in   app.NewDisclosurePolicy
			want fault.Code
		}{
			{app.NewDisclosurePolicy{Threshold: 7, Reason: "We are small."}, fault.InputInvalid},
			{app.NewDisclosurePolicy{Threshold: 8}, fault.InputInvalid},
			{app.NewDisclosurePolicy{Threshold: 15, Version: 1}, fault.Stale},
		} {
			_, err := w.App.SetDisclosurePolicy(ctx, w.Ann, c.in)
			refused(t, err, c.want)
		}
		p, err := w.App.SetDisclosurePolicy(ctx, w.Ann, app.NewDisclosurePolicy{Threshold: 8, Reason: "Agreed with the board, minute 4."})
		must(t, err)
		w.Crowd(w.Ann, w.Garden, kit.Many("R", 60, day(t, "2025-11-01"))...)
		v := w.published()
		if p.Version != 1 || v.Cover.Threshold != 8 || !strings.Contains(v.Cover.Reason, "minute 4") {
			t.Errorf("%+v, on the cover %d %q", p, v.Cover.Threshold, v.Cover.Reason)
		}
	})
}

// Nothing that a release keeps holds an exact number below the threshold.
func TestStoredFiguresAreShownFigures(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		people := kit.Many("R", 60, day(t, "2025-11-01"))
		w.Crowd(w.Ann, w.Garden, people...)
		w.published()
		for _, body := range w.Cells("SELECT body FROM release_figures") {
			var f disclosure.Figure
			must(t, json.Unmarshal([]byte(body), &f))
			for name, n := range map[string]disclosure.Count{"lost": f.Flow.Lost, "paired": f.Flow.Paired, "referred": f.Flow.Referred} {
				if n.N != nil && (*n.N%5 != 0 || *n.N < scheme.Threshold) {
					t.Errorf("%s is stored as %d", name, *n.N)
				}
			}
		}
	})
}
