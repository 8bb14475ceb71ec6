package site_test

import (
	"net/http"
	"strings"
	"testing"
)

// registration is a referral as bo types it.
func registration(reference string) form {
	return form{
		"reference": reference, "source": "general-practice", "ot": "assessed",
		"received_on-day": "5", "received_on-month": "1", "received_on-year": "2026",
		"accepted_on-day": "5", "accepted_on-month": "1", "accepted_on-year": "2026",
	}
}

func on(field, day, month string) form {
	return form{field + "-day": day, field + "-month": month, field + "-year": "2026"}
}

// What the first issue promises: a practitioner records a baseline and a
// follow-up, and the scheme's page changes.
func TestFromReferralToEvidence(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		evidence := "/schemes/" + string(w.Garden.ID) + "/evidence"
		bo.get(evidence).is(http.StatusOK).says("Garden", "not for publication", "there is no change to show")

		page := bo.fill("/schemes/"+string(w.Garden.ID)+"/referrals/new", registration("G-1")).is(http.StatusOK)
		page.says("The referral was registered.", "G-1", "until a first activity is attended", "Nothing yet.")
		referral := strings.SplitN(page.at, "?", 2)[0]

		bo.fill(referral+"/prescriptions/new", form{"activity": string(w.Plot.ID), "sessions_offered": "8", "sessions_attended": "6"}.
			and(on("offered_on", "5", "1")).and(on("first_attended_on", "12", "1"))).is(http.StatusOK).
			says("The prescription was saved.", "Allotment", "6 of 8", "Counted from the first activity attended, 12 January 2026")

		ons4, swemwbs := referral+"/assessments/new?measure=ons4&occasion=", referral+"/assessments/new?measure=swemwbs&occasion="
		bo.fill(ons4+"baseline", form{"items.satisfaction": "4", "items.worthwhile": "5", "items.happiness": "3", "items.anxiety": "", "channel": "in-person"}.
			and(on("on", "12", "1"))).is(http.StatusOK).
			says("ONS4, Baseline, answered on 12 January 2026", "Life satisfaction: 4 on a scale from 0 to 10, higher is better")
		bo.fill(swemwbs+"baseline", form{"series": "swemwbs-raw", "score": "21"}.and(on("on", "12", "1"))).is(http.StatusOK).
			says("SWEMWBS (raw total): 21", "SWEMWBS (converted): 19.25 on a scale from 7 to 35, higher is better")
		bo.fill(ons4+"day-84", form{"items.satisfaction": "7"}.and(on("on", "6", "4"))).is(http.StatusOK).
			says("Life satisfaction: 7", "Recorded, answered on 6 April 2026")
		bo.fill(swemwbs+"day-84", form{"series": "swemwbs-metric", "score": "22.35"}.and(on("on", "6", "4"))).is(http.StatusOK)

		after := bo.get(evidence).is(http.StatusOK).says("1 of 1 person", "One person has been measured twice", "Started 1 100%", "Not on record: contacts.", "From referral to baseline 7 days, of 1 person").
			silent("Started not recorded", "first sessions. That", "Not recorded: nobody has a first attended", "how much did it change")
		for key, want := range map[string]string{
			"counts.n_paired": "1", "counts.n_lost": "0", "change.mean": "3.00", "baseline_paired.mean": "4.00", "followup_paired.mean": "7.00",
		} {
			if got := after.cell(key); got != want {
				t.Errorf("%s is %q on the page, want %q", key, got, want)
			}
		}
		if got := after.cell("change.t"); !strings.HasPrefix(got, "not estimable") {
			t.Errorf("t of one person is %q", got)
		}
		bo.get(evidence+"?measure=swemwbs-metric").is(http.StatusOK).says("SWEMWBS (converted): what changed", "One person has been measured twice").silent("Reliably better")
		bo.get("/schemes/"+string(w.Garden.ID)).is(http.StatusOK).says("G-1", "Accepted 5 January 2026")
	})
}

// Whoever asks must not be led: the form for a follow-up holds nothing of the
// baseline.
func TestTheFormShowsNoEarlierScore(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		referral := "/referrals/" + string(w.referral("G-1"))
		bo.fill(referral+"/assessments/new?measure=swemwbs&occasion=baseline", form{"series": "swemwbs-raw", "score": "29"}.and(on("on", "12", "1"))).
			says("26.02")
		bo.fill(referral+"/assessments/new?measure=ons4&occasion=baseline", form{"items.anxiety": "9"}.and(on("on", "12", "1"))).is(http.StatusOK)
		bo.get(referral+"/assessments/new?measure=swemwbs&occasion=day-84").is(http.StatusOK).withoutSheet().silent("26.02", `value="29"`)
		if got := bo.get(referral + "/assessments/new?measure=ons4&occasion=day-84").is(http.StatusOK).typed("items.anxiety"); got != "" {
			t.Errorf("the form begins with %s", got)
		}
	})
}

// A second press of the button, or a reload, makes nothing twice.
func TestAFormSentTwiceIsOneRecord(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		path := "/schemes/" + string(w.Garden.ID) + "/referrals/new"
		typed := registration("G-1").and(form{"key": "one press"})
		first := bo.post(path, typed).is(http.StatusOK)
		rows := w.rows()
		if second := bo.post(path, typed).is(http.StatusOK); second.at != first.at {
			t.Errorf("the second press led to %s, the first to %s", second.at, first.at)
		}
		if now := w.rows(); now != rows {
			t.Errorf("the second press wrote something:\n%s\nwas\n%s", now, rows)
		}
		// Somebody who went back and typed something else is asked, and the page
		// has a new key for what they meant.
		again := bo.post(path, typed.and(form{"reference": "G-2"})).is(http.StatusUnprocessableEntity).
			says("This was sent before with other content, and that is kept. If you mean this as well, send it again.").silent("new key")
		bo.post(path, typed.and(form{"reference": "G-2", "key": again.typed("key")})).is(http.StatusOK).says("G-2")
	})
}

// The same holds for every form that makes something.
func TestEveryFormHasItsKey(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		referral := "/referrals/" + string(w.referral("G-1"))
		for path, typed := range map[string]form{
			"/activities": {"name": "Choir", "category": "arts"},
			"/schemes/" + string(w.Garden.ID) + "/costs": {"kind": "staff", "pounds": "5", "from": "2026-Q1", "source": "books"},
			"/schemes/new":                  form{"name": "Orchard", "measures": "ons4", "weeks": "12"}.and(on("started_on", "1", "6")),
			referral + "/prescriptions/new": form{"activity": string(w.Plot.ID)}.and(on("offered_on", "5", "1")),
			referral + "/assessments/new":   form{"measure": "ons4", "occasion": "baseline", "items.happiness": "4"}.and(on("on", "12", "1")),
		} {
			typed["key"] = "one press of " + path
			ann.post(path, typed).is(http.StatusOK)
			rows := w.rows()
			ann.post(path, typed).is(http.StatusOK)
			if w.rows() != rows {
				t.Errorf("%s: the second press wrote something", path)
			}
		}
	})
}

// The first page of a list leads to the next and back.
func TestReferralsComeInPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, n := range strings.Fields("01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27") {
			w.referral("G-" + n)
		}
		bo := w.signedIn("bo")
		path := "/schemes/" + string(w.Garden.ID)
		first := bo.get(path).is(http.StatusOK)
		next := ""
		for n := range first.root.Descendants() {
			if attr(n, "rel") == "next" {
				next = attr(n, "href")
			}
		}
		all := first.text() + bo.get(next).is(http.StatusOK).says("First page").text()
		for _, reference := range []string{"G-01", "G-13", "G-27"} {
			if strings.Count(all, reference) != 1 {
				t.Errorf("%s is on %d of two pages", reference, strings.Count(all, reference))
			}
		}
		for _, list := range []string{path, "/people", "/caseload", "/imports"} {
			w.signedIn("ann").get(list + "?after=abc").is(http.StatusUnprocessableEntity).says("This is no place in this list. Start again from the first page.")
		}
	})
}
