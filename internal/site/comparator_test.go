package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
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

// The scores may come as a file: what is wrong with it is said, its lines stand in
// the form to be mended, and a column too many keeps nothing.
func TestComparatorFromAFile(t *testing.T) {
	w := onSQLite(t)
	at := "/schemes/" + string(w.Garden.ID) + "/comparator/new?measure=swemwbs-metric"
	ann := w.signedIn("ann")
	typed := form{"label": "Practices", "source": "Survey of 2026", "eligible": "Adults", "weeks": "12", "random": "no"}.and(on("from", "5", "1")).and(on("until", "30", "3"))
	ann.get(at).is(http.StatusOK).says("Choose a CSV file", "Or paste them")
	ann.send(at, typed, "file", "PK\x03\x04\x00\xff").is(http.StatusUnprocessableEntity).says("This file is not plain text. Save the sheet as CSV (UTF-8)").silent("is saved")
	ann.send(at, typed, "file", " \r\n").is(http.StatusUnprocessableEntity).says("The file is empty.")
	ann.send(at, typed.and(form{"rows": "before,after\n18.59,19.25"}), "file", "before,after\n19.98,19.25").is(http.StatusUnprocessableEntity).
		says("Choose a file or paste the scores, not both.", "18.59,19.25").silent("19.98")
	ann.send(at, typed, "file", "before,after\r\n18.59,99\r\n").is(http.StatusUnprocessableEntity).says("Line 2, after: ", "18.59,99")
	ann.send(at, typed, "file", "name,before,after\r\nAnn,18.59,19.25\r\n").is(http.StatusUnprocessableEntity).says("No other column is taken")
	ann.get("/schemes/" + string(w.Garden.ID) + "/comparator?measure=swemwbs-metric").silent("Survey of 2026")
	ann.send(at, typed, "file", "\ufeffbefore;after;people\r\n18.59;19.25;2\r\n").is(http.StatusOK).says("The comparison group is saved.", "Survey of 2026")
	ann.post(at, typed.and(form{"version": "1"})).is(http.StatusUnprocessableEntity).says("Choose a file or paste the scores")
}

// People of the scheme who waited stand on the page by themselves; it is called an
// effect once a manager says where the lot is recorded.
func TestPagesOfThoseWhoWaited(t *testing.T) {
	w := onSQLite(t)
	from, err := scheme.ParseDay("2026-01-05")
	must(t, err)
	people := kit.Queue("W", 25, from.Plus(49))
	for i := range 30 {
		people = append(people, kit.Somebody{Reference: fmt.Sprintf("N-%02d", i), On: from, Before: 18 + i%10, After: 20 + i%10 + i/10%2})
	}
	w.Crowd(w.Ann, w.Garden, people...)
	at := "/schemes/" + string(w.Garden.ID) + "/comparator"
	ann, bo := w.signedIn("ann"), w.signedIn("bo")
	bo.get(at+"?measure=swemwbs-metric").is(http.StatusOK).says("People of the scheme while they waited", "Difference from the comparison group at the same baseline: +",
		"5 people were measured twice both while waiting and after the start.", "what is left between the two groups?", "It is not on record that chance decided", "After the start", "While waiting").
		silent("effect", "Effect", "Say whether chance decided", "There is no comparison group yet")
	for _, page := range []string{"/evidence?measure=swemwbs-metric", "/evidence/print?measure=swemwbs-metric"} {
		bo.get("/schemes/"+string(w.Garden.ID)+page).is(http.StatusOK).silent("There is no comparison group").
			says("Against the comparison group (People of the scheme while they waited), at the same baseline, the difference is +", "That the scheme caused this change from before to after")
	}
	bo.get(at + "/waiting?measure=swemwbs-metric").is(http.StatusForbidden)
	ann.get(at + "?measure=swemwbs-metric").says("Say whether chance decided who waited")
	sent := at + "/waiting?measure=swemwbs-metric"
	ann.get(sent).is(http.StatusOK).says("Did chance decide who waited?")
	ann.post(sent, form{"version": "0", "random": "yes"}).is(http.StatusUnprocessableEntity).says("There is a problem", "Say where it is recorded")
	ann.post(sent, form{"version": "0", "random": "yes", "random_source": "Protocol <7>"}).is(http.StatusOK).
		says("Who waited is saved.", "Effect at the same baseline: +", "Decided by chance, recorded in: Protocol <7>").silent("not drawn by lot")
	ann.post(sent, form{"version": "0", "random": "no"}).is(http.StatusConflict).says("changed after you opened it")
	if got := ann.get(sent); !strings.Contains(got.source, `value="Protocol &lt;7&gt;"`) {
		t.Errorf("the form does not begin with what is on record: %s", got.source)
	}
}
