package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A referral from its arrival to its return, each step a page with one button.
func TestLifeOfAReferral(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		typed := form{"reference": "G-1", "practice": "Mill Lane Surgery", "reasons": "loneliness"}.and(on("received_on", "5", "1"))
		page := bo.fill("/schemes/"+string(w.Garden.ID)+"/referrals/new", typed).is(http.StatusOK).
			says("Not accepted yet", "Mill Lane Surgery", "Loneliness or isolation")
		at := strings.SplitN(page.at, "?", 2)[0]

		bo.fill(at+"/accept", on("accepted_on", "4", "1")).is(http.StatusUnprocessableEntity).says("lies before the day the referral was received")
		bo.fill(at+"/accept", form{"accepted_on-day": "", "accepted_on-month": "", "accepted_on-year": ""}).is(http.StatusUnprocessableEntity).says("Enter a date.")
		bo.fill(at+"/accept", on("accepted_on", "31", "2")).is(http.StatusUnprocessableEntity).says("31/2/2026 is not a date that exists")
		bo.fill(at+"/accept", on("accepted_on", "8", "1")).is(http.StatusOK).says("The referral was accepted.", "8 January 2026").silent("Not accepted yet")
		bo.get(at+"/decline").is(http.StatusOK).says("was accepted on 8 January 2026", "end it")

		bo.fill(at+"/therapist", form{"level": "advised"}.and(on("on", "9", "1"))).is(http.StatusOK).says("Advised, from 9 January 2026")
		bo.fill(at+"/therapist", form{"level": "led"}.and(on("on", "20", "1"))).is(http.StatusOK).says("Led, from 20 January 2026")
		bo.fill(at+"/therapist", form{"taken_out": "led 2026-01-20"}).is(http.StatusOK).says("Advised, from 9 January 2026").silent("Led, from")

		hal := w.Join(app.NewUser{Login: "hal", Org: w.Ann.Org, Role: app.Practitioner, Profession: "occupational therapist", AllSchemes: true})
		bo.fill(at+"/therapist", form{"level": "advised", "therapist": string(hal.Account)}.and(on("on", "9", "1"))).is(http.StatusOK).says("Advised by hal, from 9 January 2026")
		bo.fill(at+"/therapist", form{"level": "led", "therapist": string(w.Ann.Account)}.and(on("on", "9", "1"))).is(http.StatusUnprocessableEntity).
			says("Choose an occupational therapist from the list", "Advised, from 9 January 2026, hal").silent("ann</option>")
		if mine := w.signedIn("hal").get(at + "/therapist").is(http.StatusOK); mine.typed("therapist") != string(hal.Account) {
			t.Errorf("hal is not the default: %q", mine.typed("therapist"))
		}
		view, err := w.App.Referral(t.Context(), w.Ann, scheme.ReferralID(strings.TrimPrefix(at, "/referrals/")))
		must(t, err)
		bo.get("/people/" + string(view.Person.ID)).is(http.StatusOK).says("Advised by hal, from 9 January 2026")

		bo.fill(at+"/pause", on("from", "20", "6")).is(http.StatusOK).says("Paused since 20 June 2026, until further notice")
		bo.get(at + "/pause").is(http.StatusOK).says("is paused since 20 June 2026")
		bo.fill(at+"/resume", on("until", "19", "6")).is(http.StatusUnprocessableEntity).says("lies before the first day of the pause")
		bo.fill(at+"/resume", on("until", "29", "6")).is(http.StatusOK).says("20 June 2026 to 29 June 2026").silent("Paused since")
		bo.fill(at+"/pause", on("from", "30", "6")).is(http.StatusOK).says("Paused since 30 June 2026")
		bo.fill(at+"/resume", form{"mistake": "yes"}).is(http.StatusOK).silent("30 June 2026 to", "Paused since")

		bo.fill(at+"/end", on("ended_on", "30", "6")).is(http.StatusUnprocessableEntity).says("Choose how it ended.")
		bo.fill(at+"/end", form{"end_reason": "goals-met"}.and(on("ended_on", "30", "6"))).is(http.StatusOK).says("Ended on 30 June 2026: Goals met", "Open it again")
		bo.fill(at+"/reopen", nil).is(http.StatusOK).says("The referral is open again.", "Opened again")
		bo.get(at + "/reopen").is(http.StatusOK).says("This referral is open.")

		bo.fill(at+"/end", form{"end_reason": "planned"}.and(on("ended_on", "30", "3"))).is(http.StatusOK).
			says("more than 90 days ago", "register a new referral").silent("20 June 2026")
		bo.get(at+"/reopen").is(http.StatusOK).says("stays closed", "Register a new referral")
		again := bo.get("/schemes/" + string(w.Garden.ID) + "/referrals/new?again=" + strings.TrimPrefix(at, "/referrals/")).is(http.StatusOK)
		if again.typed("reference") != "G-1" || strings.Contains(again.at, "G-1") {
			t.Errorf("the new referral is of %q, at %s", again.typed("reference"), again.at)
		}
	})
}

// While a referral is paused the list of what is due does not ask, and says until
// when the measure counts.
func TestAPauseAsksNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		typed := form{"reference": "G-1"}.and(on("received_on", "29", "6")).and(on("accepted_on", "29", "6"))
		page := bo.fill("/schemes/"+string(w.Garden.ID)+"/referrals/new", typed).is(http.StatusOK).says("on time until 13 July 2026")
		at := strings.SplitN(page.at, "?", 2)[0]
		bo.fill(at+"/pause", on("from", "30", "6")).is(http.StatusOK).silent("Overdue").
			says("Not asked while the referral is paused")

	})
}

// Two practitioners change one referral. The second sees what is there and what
// they typed, nothing is saved until they decide, and then theirs is.
func TestBothTextsAreShown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo, ann := w.signedIn("bo"), w.signedIn("ann")
		page := bo.fill("/schemes/"+string(w.Garden.ID)+"/referrals/new", registration("G-1")).is(http.StatusOK)
		at := strings.SplitN(page.at, "?", 2)[0]
		read := bo.get(at + "/details").is(http.StatusOK)
		sent := form{
			"key": read.typed("key"), "version": read.typed("version"), "practice": "Bo's Surgery", "source": "police", "reasons": "housing",
		}.and(on("received_on", "5", "1"))
		ann.fill(at+"/details", form{"practice": "Ann's Surgery", "reasons": "bereavement"}.and(on("received_on", "5", "1"))).is(http.StatusOK)

		told := bo.post(at+"/details", sent).is(http.StatusConflict).says("Somebody else changed this referral meanwhile",
			"There now: Ann's Surgery", "You typed: Bo's Surgery", "There now: Bereavement", "You typed: Housing").silent("There now: 5 January 2026")
		if told.typed("practice") != "Bo's Surgery" {
			t.Errorf("typed text is lost: %q", told.typed("practice"))
		}
		bo.get(at).says("Ann's Surgery").silent("Bo's Surgery")
		sent = sent.and(form{"key": told.typed("key"), "version": told.typed("version")})
		bo.post(at+"/details", sent).is(http.StatusOK).says("Bo's Surgery", "Housing").silent("Ann's Surgery")

		read = bo.get(at + "/end")
		ann.fill(at+"/end", form{"end_reason": "died"}.and(on("ended_on", "1", "6"))).is(http.StatusOK)
		bo.post(at+"/end", form{"key": read.typed("key"), "version": read.typed("version"), "end_reason": "planned"}.and(on("ended_on", "2", "6"))).
			is(http.StatusConflict).says("There now: Died", "You typed: Planned end of support", "There now: 1 June 2026", "You typed: 2 June 2026")
	})
}

// Registration asks for what the scheme's profile has, and for nothing else.
func TestProfileOfAScheme(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, bo := w.signedIn("ann"), w.signedIn("bo")
		here := "/schemes/" + string(w.Garden.ID)
		bo.get(here + "/profile").is(http.StatusForbidden)
		bo.get(here+"/referrals/new").says("Name (optional)", "Phone number").silent("NHS number (optional)")

		ann.fill(here+"/profile", form{"profile": "nhs"}).is(http.StatusOK)
		who := registration("G-1").and(form{"name": "Zebedee", "nhs_number": "999 000 0018", "phone": "07700 900123", "address_1": "1 Weathervane Row", "address_4": "RV1 1AA"})
		bad := bo.fill(here+"/referrals/new", who.and(form{"nhs_number": "999 000 0019", "email": "zebedee"})).is(http.StatusUnprocessableEntity)
		if !strings.Contains(bad.wrong("nhs_number"), "last digit") || bad.wrong("email") == "" || bad.typed("nhs_number") != "999 000 0019" {
			t.Errorf("mistyped: %q, %q", bad.wrong("nhs_number"), bad.wrong("email"))
		}
		page := bo.fill(here+"/referrals/new", who).is(http.StatusOK).says("Zebedee", "999 000 0018", "07700 900123", "1 Weathervane Row", "RV1 1AA")
		twice := bo.fill(here+"/referrals/new", who.and(form{"reference": "G-2"})).is(http.StatusConflict)
		if !strings.Contains(twice.wrong("nhs_number"), "G-1") {
			t.Errorf("registered twice: %q", twice.wrong("nhs_number"))
		}

		ann.fill(here+"/profile", form{"profile": "reference"}).is(http.StatusOK)
		bo.get(strings.SplitN(page.at, "?", 2)[0]).is(http.StatusOK).says("G-1").silent("Zebedee", "999 000 0018", "07700 900123", "Weathervane")
		bo.get(here+"/referrals/new").says("About the person").silent("Name (optional)", "Phone number", "NHS number (optional)")
		bo.fill(here+"/referrals/new", form{"reference": "G-3"}.and(on("received_on", "5", "1"))).is(http.StatusOK).says("G-3")
		for _, canary := range []string{"9990000018", "999 000 0018", "Zebedee", "900123", "Weathervane"} {
			if strings.Contains(w.Log.String(), canary) {
				t.Errorf("the log holds %q", canary)
			}
		}
	})
}

// Two managers change the profile: the second sees what is there now.
func TestBothProfilesAreShown(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, di := w.signedIn("ann"), w.signedIn("di")
		here := "/schemes/" + string(w.Garden.ID) + "/profile"
		read := di.get(here).is(http.StatusOK)
		ann.fill(here, form{"profile": "nhs"}).is(http.StatusOK)
		told := di.post(here, form{"key": read.typed("key"), "version": read.typed("version"), "profile": "reference"}).is(http.StatusConflict).
			says("There now: Name, contact details and NHS number")
		di.post(here, form{"key": told.typed("key"), "version": told.typed("version"), "profile": "reference"}).is(http.StatusOK)
		di.get(here).is(http.StatusOK)
	})
}
