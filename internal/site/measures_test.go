package site_test

import (
	"net/http"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// Every measure has a page, which says its licence, and what is known of it with
// where that was read.
func TestMeasurePages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		list := bo.get("/measures").is(http.StatusOK).says("22 measures in the library")
		all, err := measure.Catalogue()
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range all {
			list.says(d.Short)
			at := "/measures/" + string(d.Key)
			if !strings.Contains(list.source, `href="`+at+`"`) {
				t.Errorf("the library does not lead to %s", at)
			}
			bo.get(at).is(http.StatusOK).says(d.Name, d.Licence.Terms, d.Licence.Source)
		}
		bo.get("/measures/phq9").says("6 points or more", "from 10 moderate", "widely quoted; not read again", "thoughts of being better off dead", "More than half the days", "up to 2 left out")
		bo.get("/measures/swemwbs").says("more than 2.87 points", "Not applied here: 3 points or more", "15 years", "in the words of the licensed form").silent("optimistic")
		bo.get("/measures/ons4").says("no agreed threshold").silent("more than")
		bo.get("/measures/gad7").says("none found")
		bo.get("/measures/core10").says("Creative Commons", "counted in reverse")
		bo.get("/measures/nothing").is(http.StatusNotFound)
	})
}

// Answers in words, half points and numbers that are typed, each recorded and
// shown on the person's page.
func TestFormsOfTheLibrary(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{
			Name: "Library", Measures: []measure.Key{"phq9", "tom", "pam", "gas", "eq5d5l"}, Weeks: 12, StartedOn: "2024-01-01",
		})
		must(t, err)
		referral := "/referrals/" + string(w.received(w.Ann, made, "L-1"))
		ann := w.signedIn("ann")
		at := func(key string) string { return referral + "/assessments/new?measure=" + key + "&occasion=baseline" }

		phq := form{}
		for _, item := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
			phq["items.item-"+item] = "1"
		}
		phq["typing"] = "confirmed" // all alike
		ann.get(at("phq9")).is(http.StatusOK).says("Over the last 2 weeks", "More than half the days", "Left out")
		ann.fill(at("phq9"), phq.and(on("on", "12", "1"))).is(http.StatusOK).says("9") // 8 of 8 answered, times 9
		ann.get(at("tom")).says("3.5", "0 is greatest impairment", "Participation")
		ann.fill(at("tom"), form{"items.activity": "2.5", "items.wellbeing": "4"}.and(on("on", "12", "1"))).is(http.StatusOK).says("2.5")
		ann.get(at("pam")).says("0 to 100")
		ann.fill(at("pam"), form{"items.score": "55.25", "items.level": "3"}.and(on("on", "12", "1"))).is(http.StatusUnprocessableEntity).says("Choose a number from 0 to 100")
		ann.fill(at("pam"), form{"items.score": "55.3", "items.level": "3"}.and(on("on", "12", "1"))).is(http.StatusOK).says("55.3")
		ann.fill(at("gas"), form{"own_words.goal-1": "to walk to the shop", "own_words.goal-2": "to cook", "items.goal-1-attained": "-1", "items.goal-2-attained": "-2"}.and(on("on", "12", "1"))).is(http.StatusOK).says("31.3948 (2 goals)")
		ann.fill(at("pam"), form{"items.score": "30", "items.level": "4"}.and(on("on", "13", "1"))).is(http.StatusUnprocessableEntity).says("A PAM score of 30 goes with PAM level 1 by every published set of cut points, not with 4.")
		ann.fill(at("eq5d5l"), form{}.and(on("on", "12", "1"))).is(http.StatusUnprocessableEntity).says("Answer at least one question")
		ann.fill(at("eq5d5l")+"&way=digits", form{"digits": "21132"}.and(on("on", "12", "1"))).is(http.StatusOK).says("Profile: 21132", "Pain or discomfort: 3")
		ann.fill(at("eq5d5l"), form{"items.mobility": "1", "items.self-care": "1", "items.usual-activities": "2", "items.pain": "3", "items.anxiety": "2"}.and(on("on", "13", "1"))).is(http.StatusOK).says("Profile: 11232", "Profile 21132")
		found, err := w.App.Referral(t.Context(), w.Ann, scheme.ReferralID(strings.TrimPrefix(referral, "/referrals/")))
		must(t, err)
		ann.get("/people/"+string(found.Person.ID)).is(http.StatusOK).
			says("21132", "11232", "better in mobility; worse in usual activities; the same in self-care, pain or discomfort and anxiety or depression", "They are never added up", "(2 goals)").
			silent("Pain or discomfort (1 to 5", "Mobility: ")
	})
}

// A person's own goals are named once, in their words, and rated under them
// again; what they were rated is not shown.
func TestOwnGoalsKeepTheirWords(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		made, err := w.App.AddScheme(t.Context(), w.Ann, app.NewScheme{
			Name: "Own", Measures: []measure.Key{"gas"}, Weeks: 12, StartedOn: "2024-01-01",
		})
		must(t, err)
		referral := "/referrals/" + string(w.received(w.Ann, made, "L-1"))
		ann := w.signedIn("ann")
		at := referral + "/assessments/new?measure=gas&occasion="
		ann.get(at+"baseline").is(http.StatusOK).says("Goal 1", "In the person's own words", "Goal 5: importance")
		ann.fill(at+"baseline", form{"items.goal-1-attained": "-1"}.and(on("on", "12", "1"))).is(http.StatusUnprocessableEntity).says("Write the goal in the person's own words")
		named := form{
			"own_words.goal-1": "to walk to the <b>shop</b>", "items.goal-1-attained": "-1", "items.goal-1-importance": "3", "items.goal-1-difficulty": "3",
			"own_words.goal-2": "to cook", "items.goal-2-attained": "-2", "items.goal-2-importance": "2", "items.goal-2-difficulty": "2",
		}
		ann.fill(at+"baseline", named.and(on("on", "12", "1"))).is(http.StatusOK)
		ann.get(referral).says("Goal 2: to cook")
		again := ann.get(at+"day-84").is(http.StatusOK).says("to walk to the <b>shop</b>", "to cook", "Goal 3").silent("Goal 1: importance")
		if again.typed("items.goal-1-attained") != "" || strings.Contains(again.source, "<b>shop") {
			t.Error("an earlier rating shows, or words are taken for markup")
		}
		ann.fill(at+"day-84", form{"items.goal-1-attained": "1", "items.goal-1-importance": "1"}.and(on("on", "6", "4"))).is(http.StatusUnprocessableEntity)
		ann.fill(at+"day-84", form{"own_words.goal-1": "to run", "items.goal-1-attained": "1"}.and(on("on", "6", "4"))).is(http.StatusUnprocessableEntity)
		ann.fill(at+"day-84", form{"items.goal-1-attained": "1"}.and(on("on", "6", "4"))).is(http.StatusOK)

		found, err := w.App.Referral(t.Context(), w.Ann, scheme.ReferralID(strings.TrimPrefix(referral, "/referrals/")))
		must(t, err)
		ann.get("/schemes/"+string(made.ID)+"/evidence?measure=gas&rule=first-last").is(http.StatusOK).
			says("The scores are of 1 goal of 1 person, rated both times: 1 for each").silent("to cook", "<b>shop")
		for _, p := range found.Pairs(found.Measures) {
			if p.Occasion != scheme.FirstLast {
				continue
			}
			// goal 1 alone, once -1 and then +1: 40 and 60, though goal 2 was rated at first
			if p.Base.Level != 400000 || p.Later.Level != 600000 {
				t.Errorf("paired %d and %d", p.Base.Level, p.Later.Level)
			}
		}
		if got := found.Assessments[1].Responses["goal-1-importance"]; got != 3 {
			t.Errorf("the importance that was kept is %d", got)
		}
		if got := found.Assessments[1].Words["goal-1"]; got != "to walk to the <b>shop</b>" {
			t.Errorf("the second rating is of %q", got)
		}
		if cells := w.Cells("SELECT own_words FROM assessment_versions"); strings.Contains(strings.Join(cells, ""), "shop") {
			t.Error("the words are not sealed")
		}
	})
}

// The codes of the operator's file stand on the page of their measure, in the
// API, and with a referral; they are kept nowhere.
func TestCodesOnPages(t *testing.T) {
	kit.Each(t, func(t *testing.T, empty *kit.Town) {
		library, err := measure.Catalogue()
		must(t, err)
		codes, err := measure.ReadCodes([]byte("system,code,measure,series,means,source\nsnomed,718466001,swemwbs,swemwbs-raw,SWEMWBS <score>,our UK release\n"), library)
		must(t, err)
		empty.App = app.New(empty.Store, kit.Passwords(), app.Config{Now: empty.Clock, Codes: codes})
		w := found(empty, nil)
		w.settle()
		bo := w.signedIn("bo")
		bo.get("/measures/swemwbs").says("SNOMED CT 718466001", ": SWEMWBS <score>", "our UK release")
		bo.get("/measures/who5").silent("SNOMED", "Codes")
		bo.get("/measures/gad7").says("LOINC 70274-6").silent("SNOMED")
		view, err := w.App.Referral(t.Context(), w.Bo, w.referral("L-1"))
		must(t, err)
		if of := view.Measures["swemwbs"].CodesOf("swemwbs-raw"); len(of) != 1 || of[0].Code != "718466001" {
			t.Errorf("a referral's measure has %v", of)
		}
		if kept := w.Cells("SELECT definition FROM measure_versions"); strings.Contains(strings.Join(kept, ""), "718466001") {
			t.Error("the code was kept")
		}
	})
}
