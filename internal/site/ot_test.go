package site_test

import (
	"net/http"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// With three therapists and three practitioners the page has a figure, and calls
// it an association; without their names it says why there is none, and shows
// what happened to each group all the same.
func TestOTPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var ots []scheme.AccountID
		for _, login := range []string{"hal", "jo", "kit"} {
			ots = append(ots, w.Join(app.NewUser{Login: login, Org: w.Ann.Org, Role: app.Practitioner, Profession: "occupational therapist", AllSchemes: true}).Account)
		}
		w.Therapy(w.Garden, ots, append(ots[:2:2], w.Ann.Account))
		w.Therapy(w.Choir, nil, nil)
		ann := w.signedIn("ann")
		at := "/ot?measure=swemwbs-metric&scheme="
		ann.get(at+string(w.Garden.ID)).is(http.StatusOK).says("not for publication", "People of Garden", "At the same baseline, the later scores of people with an occupational therapist differ from those of people without an occupational therapist by +",
			"This is associated with an occupational therapist's part", "how far apart at the same baseline?", "By where people began", "By how much of a part they had",
			"They are in neither group", "What would be needed to say more", "A lot drawn", "3 different occupational therapists stand behind").
			silent("There is a problem", "not compared here", "caused by occupational")
		ann.get(at+string(w.Choir.ID)).is(http.StatusOK).says("are not compared here", "It is not recorded which occupational therapist worked with any of the 24 people",
			"With an occupational therapist", "Do not read the one against the other", "What would be needed to say more").
			silent("At the same baseline, people", "By where people began", "data-chart")
		ann.get("/ot?measure=swemwbs-metric&to=2001-Q1").is(http.StatusOK).says("Nobody's window closed in this period").silent("data-chart")
		ann.get("/ot?by=ot&from=spring").is(http.StatusUnprocessableEntity).says("There is a problem", "“by”").silent("People of Garden.")
		ann.get("/schemes/" + string(w.Garden.ID) + "/evidence?measure=swemwbs-metric").is(http.StatusOK).says("This score with and without an occupational therapist")
		w.signedIn("di").get("/ot").is(http.StatusForbidden).silent("Garden")
	})
}
