package site_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cairn/internal/app"
)

// marked are the fields of a register that are chosen, and the names of all.
func (s seen) marked() (chosen form, all []string) {
	chosen = form{}
	for n := range s.root.Descendants() {
		if n.Type != html.ElementNode || attr(n, "type") != "radio" || !strings.HasPrefix(attr(n, "name"), "mark.") {
			continue
		}
		if len(all) == 0 || all[len(all)-1] != attr(n, "name") {
			all = append(all, attr(n, "name"))
		}
		if has(n, "checked") {
			chosen[attr(n, "name")] = attr(n, "value")
		}
	}
	return chosen, all
}

// A group's register on one screen: saved, opened again and corrected; two who
// save one are both shown, and nothing of either is lost.
func TestGroupRegister(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		first := "/referrals/" + string(w.referral("G-1"))
		w.referral("G-2")
		list := "/schemes/" + string(w.Garden.ID) + "/registers"
		bo.get("/schemes/" + string(w.Garden.ID)).says("Take a group register")
		bo.get(list).is(http.StatusOK).says("Open the register", "Allotment").silent("Registers saved")
		if today := bo.get(list + "?activity=" + string(w.Plot.ID)); !strings.HasSuffix(today.at, "/2026-06-30") {
			t.Errorf("without a day it leads to %s", today.at)
		}
		bo.get(list + "?activity=" + string(w.Plot.ID) + "&on-day=31&on-month=2&on-year=2026").says("is not a date that exists")
		page := bo.get(list + "?activity=" + string(w.Plot.ID) + "&on-day=19&on-month=1&on-year=2026").is(http.StatusOK)
		at := strings.SplitN(page.at, "?", 2)[0]
		if !strings.HasSuffix(at, "/2026-01-19") {
			t.Fatalf("the register is at %s", page.at)
		}
		chosen, names := page.says("2 people", "19 January 2026").marked()
		if len(chosen) != 0 || len(names) != 2 {
			t.Fatalf("it begins with %v of %v", chosen, names)
		}
		if all, _ := bo.get(at + "?all=attended").marked(); len(all) != 2 {
			t.Errorf("everyone: %v", all)
		}
		bo.fill(at, form{names[0]: "attended", names[1]: "did-not-attend"}).is(http.StatusOK).says("The register was saved.")
		bo.get(first).says("1 of 1", "12 January 2026")
		bo.get(list).says("Allotment, 19 January 2026")

		mine := form{"version": "1", "key": "mine", names[0]: "not-expected", names[1]: "did-not-attend"}
		bo.fill(at, form{names[0]: "did-not-attend", names[1]: "did-not-attend"}).is(http.StatusOK)
		told := bo.post(at, mine).is(http.StatusConflict).says("What you typed is still here", "Saved now: Did not attend")
		if chosen, _ := told.marked(); chosen[names[0]] != "not-expected" || strings.Count(told.text(), "Saved now:") != 1 {
			t.Errorf("shown again: %v", chosen)
		}
		bo.post(at, mine.and(form{"version": told.typed("version"), "key": told.typed("key")})).is(http.StatusOK).says("The register was saved.")
		bo.get(first).says("not recorded") // no session was offered to them
	})
}

// One button says what happens most; the form says the rest; two who change one
// prescription are both shown.
func TestPrescriptionIsChanged(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		id := w.received(w.Ann, w.Garden, "G-1")
		p, err := w.App.AddPrescription(t.Context(), w.Ann, app.NewPrescription{Referral: id, Activity: w.Plot.ID, OfferedOn: "2026-01-05", Offered: 8})
		must(t, err)
		at := "/referrals/" + string(id) + "/prescriptions/" + string(p.ID)
		bo.get("/referrals/" + string(id)).says("Change Allotment")
		bo.fill(at, form{"quick": "accepted"}).is(http.StatusOK).says("accepted 30 June 2026", "0 of 8")
		bo.get(at).silent("Accepted today")
		bo.fill(at, form{"quick": "attended"}).is(http.StatusOK).says("Counted from the first activity attended, 30 June 2026")
		bo.get(at).silent("First attended today")

		mine := form{"version": "3", "key": "mine", "sessions_offered": "8", "sessions_attended": "3", "end_reason": "goals-met"}.
			and(on("first_attended_on", "12", "1")).and(on("ended_on", "1", "6"))
		bo.post(at, form{"version": "3", "sessions_offered": "10", "sessions_attended": "2"}.and(on("first_attended_on", "19", "1"))).is(http.StatusOK)
		told := bo.post(at, mine).is(http.StatusConflict).says("What you typed is still here", "2 attended of 10", "First attended: 19 January 2026")
		if told.typed("sessions_attended") != "3" || told.typed("first_attended_on-day") != "12" || told.typed("end_reason") != "goals-met" || told.typed("version") != "4" {
			t.Error("what was typed is lost")
		}
		bo.post(at, mine.and(form{"version": "4", "key": told.typed("key")})).is(http.StatusOK).says("3 of 8", "ended 1 June 2026")
		bo.get(at).silent("today</button>")
		if got := bo.post(at, mine.and(form{"version": "5", "key": "x", "end_reason": ""})).is(http.StatusUnprocessableEntity); got.wrong("end_reason") == "" {
			t.Error("an end without a reason")
		}
		bo.get("/referrals/" + string(id) + "/prescriptions/" + nobodys).is(http.StatusNotFound)
	})
}
