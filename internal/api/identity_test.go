package api_test

import (
	"strings"
	"testing"
)

// A scheme takes what its profile has and no more. An NHS number finds its
// person, and stands in no answer, no address, no log and no row in clear.
func TestProfiles(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		const number, phone = "9990000018", "07700 900123"
		whole := m{"reference": "RS-1", "name": "Ann Quillfeather", "nhs_number": "999 000 0018",
			"contact": m{"phone": phone, "email": "ann@quillfeather.example", "address": []string{"1 Weathervane Row", " ", "Riverside"}}}
		turn := func(id string, version int, to string) {
			w.do(request{as: "ann", path: "/schemes/" + id + "/profile", body: m{"version": version, "profile": to}}).is(201)
		}
		garden, choir := string(w.Garden.ID), string(w.Choir.ID)

		refused := w.do(request{as: "bo", path: "/people", body: whole}).is(422)
		if found := places(refused.problem()); !sameSet(found, []string{"body.nhs_number person.profile"}) || strings.Contains(refused.body, number) {
			t.Errorf("with contact: %v %s", found, refused.body)
		}
		turn(garden, 1, "reference")
		refused = w.do(request{as: "bo", path: "/people", body: m{"reference": "RS-1", "contact": whole["contact"]}}).is(422)
		if found := places(refused.problem()); !sameSet(found, []string{"body.contact person.profile"}) {
			t.Errorf("by reference: %v", found)
		}
		turn(garden, 2, "nhs")
		bad := w.do(request{as: "bo", path: "/people", body: m{"reference": "RS-1", "nhs_number": "999 000 0019", "contact": m{"phone": "12", "email": "ann"}}}).is(422)
		if found := places(bad.problem()); !sameSet(found, []string{"body.nhs_number person.nhs-number", "body.contact.phone input.invalid", "body.contact.email input.invalid"}) || strings.Contains(bad.body, "0019") {
			t.Errorf("mistyped: %v %s", found, bad.body)
		}
		made := w.do(request{as: "bo", path: "/people", body: whole, key: "once"}).is(201)
		if again := w.do(request{as: "bo", path: "/people", body: whole, key: "once"}).is(201); again.body != made.body {
			t.Errorf("again %s", again.body)
		}
		if lines := made.json()["contact"].(m)["address"].([]any); len(lines) != 2 {
			t.Errorf("address %v", lines)
		}
		twice := w.do(request{as: "bo", path: "/people", body: with(whole, m{"reference": "RS-2"})}).is(409)
		if p := twice.problem(); p.Errors[0].Location != "body.nhs_number" || !strings.Contains(p.Detail, "RS-1") {
			t.Errorf("registered twice: %s", twice.body)
		}
		found := w.do(request{as: "bo", path: "/people/find", body: m{"nhs_number": "999-000-0018"}}).is(200)
		if found.id() != made.id() {
			t.Errorf("found %s", found.body)
		}
		w.do(request{as: "cy", path: "/people/find", body: m{"nhs_number": number}}).is(404)
		w.do(request{as: "bo", path: "/people/find", body: m{"nhs_number": ""}}).is(422)
		w.do(request{as: "bo", path: "/people/find", body: m{"nhs_number": "943 476 5919"}}).is(404)

		// Referred to the Choir alone, the person is nobody's whom Bo sees, and the
		// Choir's profile hides what it does not have.
		w.do(request{as: "ann", path: "/referrals", body: m{"person": made.id(), "scheme": choir, "received_on": "2026-01-05"}}).is(201)
		w.do(request{as: "bo", path: "/people/find", body: m{"nhs_number": number}}).is(404)
		hidden := w.do(request{as: "bo", path: "/people", body: with(whole, m{"reference": "RS-2"})}).is(409)
		if strings.Contains(hidden.body, "RS-1") {
			t.Errorf("a reference of another scheme: %s", hidden.body)
		}
		turn(garden, 3, "reference")
		turn(choir, 1, "reference")
		if now := w.do(request{as: "ann", path: "/people/" + made.id()}).is(200); strings.Contains(now.body, "Quillfeather") || strings.Contains(now.body, "contact") {
			t.Errorf("by reference alone, and still: %s", now.body)
		}
		for _, text := range []string{made.body, found.body, twice.body, w.Log.String()} {
			if strings.Contains(text, number) || strings.Contains(text, "999 000 0018") {
				t.Errorf("the number is in clear: %s", text)
			}
		}
		if strings.Contains(w.Log.String(), "Quillfeather") || strings.Contains(w.Log.String(), "900123") {
			t.Error("somebody is named in the log")
		}
	})
}

// Two managers change one scheme's profile: the second is told.
func TestProfileIsVersioned(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/schemes/" + string(w.Garden.ID) + "/profile"
		w.do(request{as: "ann", path: at, body: m{"version": 1, "profile": "nhs"}}).is(201)
		w.do(request{as: "di", path: at, body: m{"version": 1, "profile": "reference"}}).is(409)
		w.do(request{as: "di", path: at, body: m{"version": 2, "profile": "everything"}}).is(422)
		now := w.do(request{as: "di", path: "/schemes/" + string(w.Garden.ID)}).is(200).json()
		if now["profile"] != "nhs" {
			t.Errorf("profile %v", now["profile"])
		}
	})
}
