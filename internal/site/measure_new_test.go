package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func gardenJoy() form {
	return form{
		"short": "Garden joy", "name": "Joy in the <garden>", "rater": "self", "direction": "higher", "recall": "last week",
		"questions": "I like being outside\r\n\r\nI am bored here\r\n", "reversed": "2", "left_out": "0", "lowest": "0", "highest": "4",
		"low": "never", "high": "always", "decimals": "0", "terms": "Our own words.", "source": "the allotment group",
		"reference": "our own words", "by": "Ann Bell", "step": "preview",
	}
}

// A measure is seen before it is kept, keeps what was typed when something is
// changed, and is used like any other afterwards.
func TestMeasureOfOnesOwn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann := w.signedIn("ann")
		ann.get("/measures").says("Add a measure of your own")
		w.signedIn("bo").get("/measures").silent("Add a measure of your own")
		before := w.rows()
		seen := ann.post("/measures/new", gardenJoy()).is(http.StatusOK).
			says("Nothing is kept yet", "scores from 0 to 8", "Higher is better: 8 is the best", "Joy in the <garden>", "I am bored here", "counts the other way round", "Every question needs an answer")
		if strings.Contains(seen.source, "<garden>") || w.rows() != before {
			t.Error("words are taken for markup, or a preview is kept")
		}
		again := ann.post("/measures/new", gardenJoy().and(form{"step": "change"})).is(http.StatusOK)
		if again.typed("short") != "Garden joy" || !strings.Contains(again.source, "I like being outside\r\n\r\nI am bored here") {
			t.Error("what was typed is lost on the way back")
		}
		wrong := ann.post("/measures/new", gardenJoy().and(form{"highest": "0", "direction": "", "by": ""})).is(http.StatusUnprocessableEntity).
			says("Choose which way is better", "The highest number must be above the lowest", "who confirms that you may use them")
		if wrong.typed("name") != "Joy in the <garden>" {
			t.Error("a mistake loses what was typed")
		}
		ann.fill("/measures/new", gardenJoy().and(form{"step": "keep"})).is(http.StatusOK).says("Kept in your library", "Change this measure", "0 to 8")
		ann.post("/measures/new", gardenJoy()).is(http.StatusUnprocessableEntity).says("There is a measure called Garden joy already")

		ann.get("/measures/new?of=garden-joy").is(http.StatusOK).says("Change a measure")
		change := gardenJoy().and(form{"of": "garden-joy", "follows": "1", "highest": "5"})
		ann.post("/measures/new", change).is(http.StatusOK).says("Scores are made another way than in version 1", "never compared")
		ann.post("/measures/new", change.and(form{"highest": "4", "high": "all the time"})).says("may be compared with those of version 1")
		ann.fill("/measures/new", change.and(form{"step": "keep"})).is(http.StatusOK).says("0 to 10")
		ann.post("/measures/new", change.and(form{"step": "keep", "high": "each day"})).is(http.StatusConflict).says("Somebody changed this measure while you did")
		for _, of := range []string{"phq9", "nothing"} {
			ann.get("/measures/new?of=" + of).is(http.StatusNotFound)
		}
		score := gardenJoy().and(form{"short": "Hill", "questions": "", "reversed": "", "low": "", "high": "", "decimals": "1", "highest": "10.5", "direction": "lower", "step": "keep"})
		ann.fill("/measures/new", score).is(http.StatusOK).says("0 to 10.5", "lower is better", "As a score")
		mean := gardenJoy().and(form{"short": "Mean joy", "rule": "mean", "decimals": "2"})
		ann.post("/measures/new", mean).is(http.StatusOK).says("of which the mean is taken: scores from 0 to 4", "rounded to 2 decimals").silent("added up")
		ann.post("/measures/new", mean.and(form{"decimals": "0"})).says("rounded to a whole number, so small changes do not show")
		ann.post("/measures/new", mean.and(form{"rule": "sum"})).is(http.StatusUnprocessableEntity).says("so is their sum")
		ann.fill("/measures/new", mean.and(form{"step": "keep"})).is(http.StatusOK).says("0 to 4")
		if open := ann.get("/measures/new?of=mean-joy"); !strings.Contains(open.source, `value="mean" checked`) {
			t.Error("a mean opens as a sum")
		}
		w.signedIn("cy").get("/measures/garden-joy").is(http.StatusNotFound)
	})
}

// Licensed words are pasted in with the licence, and taken away again.
func TestWordsUnderALicence(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ann, at := w.signedIn("ann"), "/measures/swemwbs/words"
		ann.get("/measures/swemwbs").says("paste the words in").silent("Take the words away")
		w.signedIn("bo").get("/measures/swemwbs").silent("paste the words in")
		var items []string
		for i := range 7 {
			items = append(items, fmt.Sprintf("Statement <%d>", i+1))
		}
		words := form{
			"items": strings.Join(items, "\r\n"), "options": "a\nb\nc\nd\ne", "reference": "W-1", "by": "Ann Bell",
		}.and(on("on", "1", "2"))
		ann.get(at).is(http.StatusOK).says("SWEMWBS has 7 items")
		ann.post(at, words.and(form{"items": "one\ntwo", "options": "a", "reference": "", "on-day": "31"})).is(http.StatusUnprocessableEntity).
			says("7 items; lines here: 2", "5 answers can be chosen; lines here: 1", "reference of your licence", "not a date that exists")
		ann.fill(at, words).is(http.StatusOK).says("Kept in your library", "Statement <7>", "W-1, confirmed by Ann Bell", "Answers: 1 a, 2 b", "Take the words away")
		w.signedIn("cy").get("/measures/swemwbs").silent("Statement <7>")
		ann.post(at+"/withdraw", form{}).is(http.StatusOK).says("The words are taken away", "in the words of the licensed form").silent("Statement <7>", "W-1")
		ann.get("/measures/phq9/words").is(http.StatusNotFound)
	})
}
