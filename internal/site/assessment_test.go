package site_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// keyed records a baseline of SWEMWBS typed as digits, and returns where the
// assessment is.
func (v *visitor) keyed(referral, digits string) string {
	v.t.Helper()
	page := v.fill(referral+"/assessments/new?measure=swemwbs&occasion=baseline&way=digits", form{"digits": digits}.and(on("on", "12", "1"))).is(http.StatusOK)
	_, id, there := strings.Cut(page.at, "recorded=")
	if !there {
		v.t.Fatalf("it led to %s: %s", page.at, page.text())
	}
	return "/assessments/" + id
}

// A correction is a version beside the one before, with its reason; a withdrawal
// is the last one, and leaves the referral with nothing but a mention.
func TestCorrectedAndWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		referral := "/referrals/" + string(w.referral("G-1"))
		at := bo.keyed(referral, "3425341")
		form1 := bo.get(at + "/correct").is(http.StatusOK)
		if form1.typed("items.item-7") != "1" || form1.typed("on-day") != "12" || form1.typed("reason") != "" {
			t.Errorf("the form begins with %q on %q", form1.typed("items.item-7"), form1.typed("on-day"))
		}
		typed := items("3425345").and(on("on", "12", "1"))
		page := bo.fill(at+"/correct", typed).is(http.StatusUnprocessableEntity)
		if page.wrong("reason") == "" || page.typed("items.item-7") != "5" {
			t.Errorf("no reason: %q, and question 7 is %q", page.wrong("reason"), page.typed("items.item-7"))
		}
		bo.fill(at+"/correct", items("3425341").and(on("on", "12", "1")).and(form{"reason": "Nothing"})).is(http.StatusUnprocessableEntity).says("nothing to correct")
		bo.fill(at+"/correct", typed.and(form{"reason": "Read the <last> answer wrong"})).is(http.StatusOK).
			says("The correction was saved.", "Every version", "Read the <last> answer wrong", "7: 1", "7: 5", "SWEMWBS (raw total) 22", "SWEMWBS (raw total) 26")
		bo.get(referral).is(http.StatusOK).says("SWEMWBS (raw total) 26", "Versions").silent("<strong>22</strong>", "withdrawn")

		if said := bo.fill(at+"/withdraw", nil).is(http.StatusUnprocessableEntity).wrong("reason"); said == "" {
			t.Error("withdrawn without a reason")
		}
		bo.fill(at+"/withdraw", form{"reason": "A neighbour's form"}).is(http.StatusOK).
			says("It was withdrawn and is in no figure.", "A withdrawal is not undone", "A neighbour's form", "Read the <last> answer wrong", "Record SWEMWBS anew").silent("Correct it")
		for _, gone := range []string{"/correct", "/withdraw"} {
			if got := bo.get(at + gone).is(http.StatusOK); got.at != at {
				t.Errorf("%s of what was withdrawn is %s", gone, got.at)
			}
		}
		left := bo.get(referral).is(http.StatusOK).says("Nothing yet.", "1 withdrawn", "SWEMWBS, Baseline, answered on 12 January 2026", "Withdrawn: A neighbour's form").
			silent("<strong>26</strong>", "<strong>22</strong>")
		if n := link(left, at); words(n) == "" || !within(n, "details") || within(n, "table") {
			t.Error("what was withdrawn is to be read, folded away, and not among what counts")
		}
		bo.post(at+"/correct", typed.and(form{"key": "late", "version": "2", "reason": "late"})).is(http.StatusConflict).says("This was withdrawn.")
		other := bo.get("/referrals/" + string(w.referral("G-2"))).is(http.StatusOK)
		if strings.Contains(other.text(), "withdrawn") {
			t.Error("somebody else's referral tells of it")
		}
	})
}

// Two correct the same assessment. The second sees what stands now, who made it so
// and why, keeps what they typed, and saves it knowingly or not at all.
func TestBothCorrectionsAreShown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo, ann := w.signedIn("bo"), w.signedIn("ann")
		at := bo.keyed("/referrals/"+string(w.referral("G-1")), "3425341")
		bo.get(at).is(http.StatusOK).says("30 June 2026, 13:00").silent("UTC", "12:00") // noon in UTC, in summer
		read := bo.get(at + "/correct").is(http.StatusOK)
		sent := read.hidden().and(items("3425342")).and(on("on", "13", "1")).and(form{"occasion": "baseline", "reason": "The day as well"})
		ann.fill(at+"/correct", items("3425345").and(on("on", "12", "1")).and(form{"reason": "Ann read it again"})).is(http.StatusOK)

		told := bo.post(at+"/correct", sent).is(http.StatusConflict).
			says("What stands now", "Corrected by ann: Ann read it again", "Answered on 12 January 2026", "SWEMWBS (raw total) 26", "7: 5", "Below is what you typed.")
		if told.typed("items.item-7") != "2" || told.typed("on-day") != "13" || told.typed("reason") != "The day as well" || told.typed("version") != "2" {
			t.Errorf("what was typed is %q on %q because %q, of version %q", told.typed("items.item-7"), told.typed("on-day"), told.typed("reason"), told.typed("version"))
		}
		bo.get(at).is(http.StatusOK).silent("The day as well")
		bo.post(at+"/correct", sent.and(told.hidden())).is(http.StatusOK).says("Ann read it again", "The day as well", "13 January 2026")

		asked := bo.get(at + "/withdraw").is(http.StatusOK)
		gone := asked.hidden().and(form{"reason": "Twice on paper"})
		ann.fill(at+"/correct", items("3425345").and(on("on", "14", "1")).and(form{"reason": "The 14th"})).is(http.StatusOK)
		again := bo.post(at+"/withdraw", gone).is(http.StatusConflict).
			says("This was changed after you opened it", "What changed is ", "What you typed is still here.", "What stands now", "Corrected by ann: The 14th", "Answered on 14 January 2026").
			silent("version 3", "You read version")
		if again.typed("reason") != "Twice on paper" {
			t.Errorf("the reason is %q now", again.typed("reason"))
		}
		bo.get(at).silent("It was withdrawn", "Twice on paper")
		bo.post(at+"/withdraw", gone.and(again.hidden())).is(http.StatusOK).says("It was withdrawn", "Twice on paper")
	})
}

// items are a baseline's answers to SWEMWBS as they are chosen one by one.
func items(digits string) form {
	f := form{"occasion": "baseline"}
	for i, d := range strings.Split(digits, "") {
		f["items.item-"+string(rune('1'+i))] = d
	}
	return f
}

// link is the page's link to path.
func link(s seen, path string) *html.Node {
	for n := range s.root.Descendants() {
		if n.Data == "a" && attr(n, "href") == path {
			return n
		}
	}
	return &html.Node{}
}

// within reports whether a node lies in an element of that name.
func within(n *html.Node, name string) bool {
	for up := range n.Ancestors() {
		if up.Data == name {
			return true
		}
	}
	return false
}
