package site_test

import (
	"net/http"
	"testing"
)

// An activity is stopped by a day or by one button, is offered for no new
// prescription, and two who change it both see both texts.
func TestActivityIsStopped(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		di, bo := w.signedIn("di"), w.signedIn("bo")
		at, new := "/activities/"+string(w.Plot.ID), "/referrals/"+string(w.referral("RS-1"))+"/prescriptions/new"
		bo.get(new).is(http.StatusOK).says("Allotment").silent("activities that have stopped")
		bo.get("/activities").is(http.StatusOK).silent(at)
		di.fill(at, form{"quick": "stop"}).is(http.StatusOK).says("Activity changed", "until 30 June 2026").silent("prescribed no more")
		bo.get(new).says("Allotment")
		di.get(at).says("Offered until 30 June 2026.")
		di.fill(at, form{"name": "Plot", "category": "gardening", "provider": "Growers"}.and(on("offered_until", "29", "6"))).
			is(http.StatusOK).says("prescribed no more", "Plot", "run by Growers, until 29 June 2026")
		bo.get(new).silent("Plot (").says("Show activities that have stopped")
		bo.get(new + "?stopped=yes").says("Plot (Gardening), until 29 June 2026")
		bo.fill(new, form{"activity": string(w.Plot.ID)}.and(on("offered_on", "30", "6"))).is(http.StatusUnprocessableEntity).says("was last offered on 29 June 2026")
		bo.get("/schemes/" + string(w.Garden.ID) + "/registers").says("Plot, until 29 June 2026")

		typed := form{"version": "1", "name": "Herb bed", "category": "nature", "reason": "typed wrong"}
		both := di.fill(at, typed).is(http.StatusConflict).says("Somebody else changed this activity meanwhile", "Plot", "Growers", "29 June 2026")
		if both.typed("name") != "Herb bed" || both.typed("version") != "3" {
			t.Errorf("typed %q of version %s", both.typed("name"), both.typed("version"))
		}
		di.fill(at, form{"name": "Plot", "category": "nature"}).is(http.StatusUnprocessableEntity).says("Say why, in a few words")
		di.fill(at, form{"name": "Plot", "category": "nature", "reason": "typed wrong"}).is(http.StatusOK).says("Plot")
		di.fill(at, form{"quick": "resume"}).is(http.StatusOK).silent("Stopped")
		bo.get(at).is(http.StatusForbidden)
	})
}
