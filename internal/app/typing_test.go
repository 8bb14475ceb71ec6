package app_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// keyed is a SWEMWBS typed as digits on the page.
func keyed(v app.ReferralView, on, digits string) app.NewAssessment {
	return app.NewAssessment{
		Referral: v.Referral.ID, Measure: "swemwbs", On: on, Occasion: scheme.Later, Digits: digits, Typing: app.TypingChecked,
	}
}

// What is unlikely is asked about in one sentence that holds no number, whatever
// the ground; once it is confirmed it is kept.
func TestTypingIsChecked(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		likely := func(in app.NewAssessment) {
			t.Helper()
			if _, err := w.App.RecordAssessment(ctx, w.Bo, in); err != nil {
				t.Errorf("%s: %v", in.Digits, err)
			}
		}
		said := map[string]bool{}
		unlikely := func(in app.NewAssessment) {
			t.Helper()
			_, err := w.App.RecordAssessment(ctx, w.Bo, in)
			all, _ := fault.All(err)
			if len(all) != 1 || all[0].Code != fault.CheckTyping || all[0].Field != "typing" {
				t.Fatalf("%s%s: %v, want it asked about", in.Digits, in.Score, err)
			}
			said[all[0].Detail] = true
			in.Typing = app.TypingConfirmed
			likely(in)
		}
		likely(keyed(v, "2026-01-05", "2121212"))   // raw 11, 13.33 converted
		unlikely(keyed(v, "2026-01-12", "5545555")) // 34 lies more than half the scale away
		unlikely(keyed(v, "2026-01-19", "5545555")) // the answers of another day
		unlikely(keyed(v, "2026-01-26", "5555555")) // all alike
		unlikely(keyed(v, "2026-02-02", "1212121"))
		likely(keyed(v, "2026-02-09", "3213323"))
		other := keyed(v, "2026-02-09", "5545545")
		other.Rater = measure.Proxy
		likely(other) // somebody else's answer stands beside nothing
		taken := raw(v, "2026-02-16", 35)
		likely(taken) // a program that does not ask
		if len(said) != 1 {
			t.Errorf("%d different sentences give the ground away: %v", len(said), said)
		}
		for sentence := range said {
			if strings.ContainsAny(sentence, "0123456789") || strings.Contains(sentence, "lower") || strings.Contains(sentence, "higher") {
				t.Errorf("the sentence leads: %s", sentence)
			}
		}
		far := keyed(v, "2026-03-02", "3213324")
		far.Typing = "perhaps"
		if _, err := w.App.RecordAssessment(ctx, w.Bo, far); !fault.Is(err, fault.InputInvalid) {
			t.Errorf("an unknown wish: %v", err)
		}
	})
}

// What a form records of how it was taken comes back, and a proxy's answer pairs
// with nothing.
func TestWhoAnsweredAndInWhichLanguage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		in := keyed(v, "2026-01-05", "2121213")
		in.Channel, in.Helper, in.Language = "post", "family", "cy"
		made, err := w.App.RecordAssessment(ctx, w.Bo, in)
		must(t, err)
		if made.Channel != "post" || made.Helper != "family" || made.Language != "cy" || made.Rater != measure.Self || len(made.Responses) != 7 {
			t.Errorf("kept as %+v", made)
		}
		proxy := keyed(v, "2026-03-30", "3232323")
		proxy.Rater = measure.Proxy
		_, err = w.App.RecordAssessment(ctx, w.Bo, proxy)
		must(t, err)
		if n := w.paired(w.Bo, w.Garden); n != 0 {
			t.Errorf("%d pairs with a proxy's answer", n)
		}
		_, err = w.App.RecordAssessment(ctx, w.Bo, keyed(v, "2026-03-30", "3232323"))
		must(t, err)
		if n := w.paired(w.Bo, w.Garden); n != 1 {
			t.Errorf("%d pairs of the person's own answers", n)
		}
		in.Language, in.On = "klingon", "2026-02-01"
		if _, err := w.App.RecordAssessment(ctx, w.Bo, in); !fault.Is(err, fault.InputInvalid) {
			t.Errorf("an unknown language: %v", err)
		}
	})
}

// A form of a stack is kept on the referral that its day falls in, and one of
// nobody in the scheme is refused without a word about other schemes.
func TestPaperFormsFindTheirReferral(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		v := w.refer(w.Bo, w.Garden, "R-1", "2026-01-05")
		w.refer(w.Ann, w.Choir, "C-1", "2026-01-05")
		form := func(reference, on string) app.PaperForm {
			in := keyed(v, on, "2121213")
			in.Referral, in.Key = "", reference+on
			return app.PaperForm{Scheme: w.Garden.ID, Reference: reference, NewAssessment: in}
		}
		made, err := w.App.RecordForm(ctx, w.Bo, form(" R-1 ", "2026-01-06"))
		must(t, err)
		if again, err := w.App.RecordForm(ctx, w.Bo, form(" R-1 ", "2026-01-06")); err != nil || again.ID != made.ID || made.Referral != v.Referral.ID {
			t.Errorf("sent twice: %v %v, on %s", again.ID, err, made.Referral)
		}
		sentence := func(reference string) string {
			t.Helper()
			_, err := w.App.RecordForm(ctx, w.Bo, form(reference, "2026-01-06"))
			all, _ := fault.All(err)
			if len(all) != 1 || all[0].Field != "reference" {
				t.Fatalf("%s: %v", reference, err)
			}
			return strings.ReplaceAll(all[0].Detail, reference, "X")
		}
		if a, b := sentence("C-1"), sentence("Z-9"); a != b {
			t.Errorf("somebody of another scheme is told apart: %q, %q", a, b)
		}
		if _, err := w.App.RecordForm(ctx, w.Cy, form("R-1", "2026-01-07")); !fault.Is(err, fault.NotFound) {
			t.Errorf("a foreign scheme: %v", err)
		}
	})
}

// People who share initials are named by their reference, and how many were
// compared is said.
func TestNamesakes(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		add := func(reference, name string) app.ReferralView {
			in := registration(w.Garden, reference, "2026-01-05")
			in.Person.Name = name
			v, err := w.App.Register(t.Context(), w.Bo, in)
			must(t, err)
			return v
		}
		ann, bo := add("R-1", "Ann van Berg"), add("R-2", "Bo Cole")
		add("R-3", "alf Baker")
		add("R-4", "")
		got, err := w.App.Namesakes(t.Context(), w.Bo, ann.Referral.ID)
		must(t, err)
		if got.Initials != "A.B." || strings.Join(got.Shared, " ") != "R-3" || got.Compared != 2 || got.More {
			t.Errorf("Ann: %+v", got)
		}
		if got, err := w.App.Namesakes(t.Context(), w.Bo, bo.Referral.ID); err != nil || len(got.Shared) > 0 || got.Compared != 2 {
			t.Errorf("Bo: %+v %v", got, err)
		}
	})
}
