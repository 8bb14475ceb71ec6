package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// kept is how many assessments there are.
func (w *town) kept() string { return w.Cells("SELECT COUNT(*) FROM assessments")[0] }

// paperStack is where a stack of SWEMWBS at the baseline is typed in.
func (w *town) paperStack() string {
	return "/schemes/" + string(w.Garden.ID) + "/paper?stack=swemwbs+baseline&channel=post"
}

// row is one form of a stack as it is typed.
func row(number int, reference, day, answers string) form {
	at := fmt.Sprintf("rows.%d.", number)
	return form{at + "reference": reference, at + "on": day, at + "answers": answers}
}

// hidden are the hidden fields of a page's forms.
func (s seen) hidden() form {
	all := form{}
	for n := range s.root.Descendants() {
		if n.Data == "input" && attr(n, "type") == "hidden" {
			all[attr(n, "name")] = attr(n, "value")
		}
	}
	return all
}

// twenty are rows of 20 people, five of which are wrong, and one outside its time.
func (w *town) twenty() form {
	typed := form{}
	for n := 1; n <= 20; n++ {
		reference := fmt.Sprintf("P-%02d", n)
		w.referral(reference)
		typed = typed.and(row(n, reference, "12/1/26", []string{"3232323", "2323232", "3323322"}[n%3]))
	}
	return typed.
		and(row(5, "P-05", "12/1/26", "323232")).
		and(row(9, "Q-99", "12/1/26", "3232323")).
		and(row(12, "p-11", "12.01.2026", "2222223")).
		and(row(15, "P-15", "20 6 2026", "3232323")).
		and(row(17, "P-17", "31 2 2026", "3232323")).
		and(row(19, "P-19", "12 1 2026", "3333333")).
		and(row(20, "P-01", "13 1 2026", "2233223"))
}

// Twenty forms are kept one by one: what is wrong with one stays in its row with
// its sentence, and costs no other row anything.
func TestStackOfTwentyForms(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo, typed := w.signedIn("bo"), w.twenty()
		opened := bo.get(w.paperStack()).is(http.StatusOK).says("SWEMWBS: Baseline", "By post.", "the 7 answers as digits")
		sent := opened.hidden().and(typed)
		at := "/schemes/" + string(w.Garden.ID) + "/paper"
		page := bo.post(at, sent).is(http.StatusUnprocessableEntity).
			says("15 forms were saved.", "P-15 , 20 June 2026: outside the time for “Baseline”. It is kept and shown; figures by the plan leave it out").
			withoutSheet().silent("raw total", "19.25")
		if w.kept() != "15" {
			t.Errorf("%s assessments are kept", w.kept())
		}
		for control, says := range map[string]string{
			"rows.5.answers":    "These are 6",
			"rows.9.reference":  "Form 9: Nobody in this scheme has the reference “Q-99”.",
			"rows.12.reference": "Form 12: this is the same person and day as form 11.",
			"rows.17.on":        "Form 17: ",
			"rows.19.typing":    "Form 19: Check what you typed against the form.",
		} {
			if said := page.wrong(control); !strings.Contains(said, says) {
				t.Errorf("%s: %q, want %q", control, said, says)
			}
		}
		if got := strings.Join(page.links(), " "); got != "rows.5.answers rows.9.reference rows.12.reference rows.17.on rows.19.typing" {
			t.Errorf("the summary leads to %q", got)
		}
		for n := 1; n <= 20; n++ {
			for name, value := range row(n, typed[fmt.Sprintf("rows.%d.reference", n)], typed[fmt.Sprintf("rows.%d.on", n)], typed[fmt.Sprintf("rows.%d.answers", n)]) {
				wrong := strings.Contains("rows.5. rows.9. rows.12. rows.17. rows.19.", name[:strings.LastIndex(name, ".")+1])
				if got := page.typed(name); wrong && got != value || !wrong && got != "" {
					t.Errorf("%s was typed as %q and is %q", name, value, got)
				}
			}
		}

		rows := w.rows()
		bo.post(at, sent).is(http.StatusUnprocessableEntity).says("15 forms were saved.")
		if now := w.rows(); now != rows {
			t.Errorf("the second press wrote something:\n%s\nwas\n%s", now, rows)
		}

		mended := page.hidden().and(row(5, "P-05", "12/1/26", "3232323")).and(row(9, "P-09", "12/1/26", "3232323")).and(row(12, "P-12", "12.01.2026", "2222223")).
			and(row(17, "P-17", "12 1 2026", "3232323")).and(row(19, "P-19", "12 1 2026", "3333333")).and(form{"rows.19.typing": "confirmed"})
		done := bo.post(at, mended).is(http.StatusOK).says("5 forms were saved.")
		if w.kept() != "20" || len(done.links()) != 0 || done.typed("rows.20.key") == "" || done.typed("rows.20.key") == sent["rows.20.key"] {
			t.Errorf("%s are kept, still wrong: %v; the next 20 rows are ready: %v", w.kept(), done.links(), done.typed("rows.20.key"))
		}
	})
}

// A form says how it was taken, by what was chosen once; each form that cannot be
// found is told so, and nobody learns of a scheme that is not theirs.
func TestStackKeepsToItsScheme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		w.received(w.Ann, w.Choir, "C-1")
		at := "/schemes/" + string(w.Garden.ID) + "/paper"
		bo.get(at).is(http.StatusOK).says("Measure and time")
		bo.get(at + "?stack=phq9+baseline").is(http.StatusOK).says("Choose once what all forms of the stack have in common")
		bo.get("/schemes/" + string(w.Choir.ID) + "/paper").is(http.StatusNotFound)
		page := bo.fill(w.paperStack(), row(1, "C-1", "12 1 2026", "3232323").and(row(2, "", "12 1 2026", "3232323")).and(row(3, "C-1", "", ""))).is(http.StatusUnprocessableEntity)
		for control, says := range map[string]string{
			"rows.1.reference": "Form 1: Nobody in this scheme has the reference “C-1”.", "rows.2.reference": "Form 2: Enter the reference on the form.",
		} {
			if said := page.wrong(control); !strings.HasPrefix(said, says) {
				t.Errorf("%s: %q", control, said)
			}
		}
		w.referral("G-1")
		saved := bo.fill(w.paperStack(), row(1, "G-1", "12 1 2026", "3232323")).is(http.StatusOK).says("1 form was saved.")
		for n := range saved.root.Descendants() {
			if n.Data == "a" && strings.HasPrefix(attr(n, "href"), "/assessments/") {
				bo.get(attr(n, "href")).is(http.StatusOK).says("By post", "12 January 2026", "G-1")
			}
		}
		if w.kept() != "1" {
			t.Errorf("%s are kept", w.kept())
		}
	})
}
