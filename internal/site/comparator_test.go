package site_test

import (
	"net/http"
	"testing"
)

// A manager brings a group in by a form, which says every mistake and loses
// nothing; everybody with the scheme reads it with its source and why the groups
// are not compared; withdrawn it is gone.
func TestComparatorPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		at := "/schemes/" + string(w.Garden.ID) + "/comparator"
		ann, bo := w.signedIn("ann"), w.signedIn("bo")
		ann.get(at).is(http.StatusOK).says("There is no comparison group yet.", "Bring in a comparison group", "not for publication")
		bo.get(at).is(http.StatusOK).says("There is no comparison group yet.").silent("Bring in a comparison group")
		bo.get(at + "/new").is(http.StatusForbidden)
		typed := form{
			"label": "<i>Practices", "source": "Survey of 2026", "eligible": "Adults", "weeks": "12", "random": "no", "rows": "before,after\n99,19.25\n",
		}.and(on("from", "5", "1")).and(on("until", "30", "3"))
		ann.post(at+"/new?measure=swemwbs-metric", typed).is(http.StatusUnprocessableEntity).
			says("There is a problem", "Line 2, before: ", "99,19.25").silent("is saved")
		typed["rows"] = "before,after\n18.59,19.25\n19.25,19.98\n"
		done := ann.post(at+"/new?measure=swemwbs-metric", typed).is(http.StatusOK)
		done.says("The comparison group is saved.", "<i>Practices", "Survey of 2026", "These two groups are not compared.",
			"2 people were measured twice in the comparison group, and at least 20 are needed on each side", "Not decided by chance", "Withdraw this comparison group").silent("effect", "Effect")
		bo.get(at+"?measure=swemwbs-metric").is(http.StatusOK).says("Survey of 2026").silent("Withdraw", "is saved")
		ann.post(at+"?measure=swemwbs-metric", form{"version": "1", "reason": ""}).is(http.StatusUnprocessableEntity).says("Say why")
		ann.post(at+"?measure=swemwbs-metric", form{"version": "9", "reason": "Old"}).is(http.StatusConflict).says("changed after you opened it")
		ann.post(at+"?measure=swemwbs-metric", form{"version": "1", "reason": "Counted twice"}).is(http.StatusOK).says("The comparison group is withdrawn.", "Counted twice", "There is no comparison group yet.")
		ann.get(at + "?rule=best").is(http.StatusUnprocessableEntity).says("There is a problem")
		bo.get("/schemes/" + string(w.Choir.ID) + "/comparator").is(http.StatusNotFound)
	})
}
