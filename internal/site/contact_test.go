package site_test

import (
	"net/http"
	"strings"
	"testing"
)

// Two taps from the referral's page save a contact for today; it can be taken
// back, and a try without an answer is counted.
func TestContactsInTwoTaps(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		referral := "/referrals/" + string(w.referral("G-1"))
		bo.get(referral).says("No contact is recorded yet.", "Choose how").silent("without an answer")
		bo.get(referral+"/contacts/new").says("How were you in touch?", "Letter")

		first := bo.fill(referral+"/contacts/new?channel=phone", form{"result": "no-answer"}).is(http.StatusOK)
		first.says("Phone, no answer, 30 June 2026", "This is try 1 without an answer.", "Undo")
		bo.fill(referral+"/contacts/new?channel=text", form{"result": "no-answer"}).says("This is try 2 without an answer.", "2 tries without an answer")

		undo := form{}
		second := bo.fill(referral+"/contacts/new?channel=letter", form{"result": "no-answer"}).says("3 tries")
		for n := range second.root.Descendants() {
			if n.Data == "input" && attr(n, "type") == "hidden" {
				undo[attr(n, "name")] = attr(n, "value")
			}
		}
		undo["withdraw"] = "yes"
		_, id, _ := strings.Cut(second.at, "contact=")
		bo.post(referral+"/contacts/"+id, undo).is(http.StatusOK).says("The contact was taken back.", "2 tries").silent("Letter: no answer")
		bo.get(referral + "/contacts/" + id).is(http.StatusOK).says("this contact was taken back")

		_, id, _ = strings.Cut(first.at, "contact=")
		at := referral + "/contacts/" + id
		mend := bo.get(at).is(http.StatusOK)
		if mend.typed("channel") != "phone" || mend.typed("result") != "no-answer" || mend.typed("version") != "1" {
			t.Errorf("the form begins with %q %q %q", mend.typed("channel"), mend.typed("result"), mend.typed("version"))
		}
		bo.fill(at, form{"channel": "phone", "result": "attended", "minutes": "15-29"}.and(on("on", "29", "6"))).is(http.StatusOK).
			says("Phone, spoke, 29 June 2026", "15 to 29 minutes", "1 try")
		bo.fill(referral+"/contacts/new?channel=video", form{"result": "attended"}).is(http.StatusOK).silent("without an answer")
	})
}

// What somebody typed and what somebody else saved meanwhile are both shown, and
// sent again it is saved.
func TestTwoChangeOneContact(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		referral := "/referrals/" + string(w.referral("G-1"))
		_, id, _ := strings.Cut(bo.fill(referral+"/contacts/new?channel=phone", form{"result": "no-answer"}).at, "contact=")
		at := referral + "/contacts/" + id
		mine := form{"version": "1", "channel": "phone", "result": "cancelled", "key": "mine"}.and(on("on", "28", "6"))
		bo.fill(at, form{"channel": "video", "result": "attended"}.and(on("on", "27", "6"))).is(http.StatusOK)
		told := bo.post(at, mine).is(http.StatusConflict).
			says("What you typed is still here", "What is saved now: Video, spoke, 27 June 2026")
		if told.typed("result") != "cancelled" || told.typed("on-day") != "28" || told.typed("version") != "2" {
			t.Errorf("shown again: %q %q, version %q", told.typed("result"), told.typed("on-day"), told.typed("version"))
		}
		bo.post(at, mine.and(form{"version": "2", "key": told.typed("key")})).is(http.StatusOK).says("Phone, cancelled, 28 June 2026")
		bo.post(referral+"/contacts/new", form{"channel": "phone", "result": "attended"}.and(on("on", "1", "7"))).is(http.StatusUnprocessableEntity).
			says("is in the future", "Phone: what came of it?")
		bo.post(referral+"/contacts/new", form{"channel": "pigeon", "result": "attended"}).is(http.StatusUnprocessableEntity).says("is not one of the choices")
	})
}
