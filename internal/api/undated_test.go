package api_test

import (
	"maps"
	"slices"
	"testing"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Wherever a score that was imported without its day is told, the day that it is
// kept on is said to be none.
func TestNoKeptDayIsToldAsTheDay(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.do(request{as: "ann", path: "/schemes", body: m{"name": "Clinic", "measures": []string{"phq9", "eq5d5l"}, "weeks": 12, "started_on": "2026-01-01"}}).is(201).id()
		received, kept := scheme.DayOf(w.Clock()).Plus(-150), scheme.DayOf(w.Clock()).Plus(-1)
		var arriving []app.Arriving
		add := func(a scheme.Assessment) {
			a.Rater, a.Dated, a.On = measure.Self, scheme.ByOrder, kept
			arriving = append(arriving, app.Arriving{Line: 2, Assessment: a})
		}
		for at, level := range map[scheme.Occasion]measure.Level{scheme.Baseline: 24, scheme.Later: 3, scheme.End: 4} {
			add(scheme.Assessment{Measure: "phq9", Version: 2, Occasion: at, Scores: []measure.Scored{{Series: "phq9", Level: level}}})
		}
		def, err := w.App.Measure(t.Context(), w.Ann, "eq5d5l")
		must(t, err)
		answers := map[string]int{"mobility": 1, "self-care": 2, "usual-activities": 1, "pain": 3, "anxiety": 2}
		scores, err := def.FromItems(answers)
		must(t, err)
		add(scheme.Assessment{Measure: "eq5d5l", Version: def.Version, Occasion: scheme.Baseline, Responses: answers, Scores: scores})
		loaded, err := w.App.Load(t.Context(), w.Ann, []app.Arrival{{
			Person:   scheme.Person{Reference: "A-1"},
			Referral: scheme.Referral{Scheme: scheme.ID(id), ReceivedOn: received, AcceptedOn: received}, Assessments: arriving,
		}}, func(int) {})
		if err != nil || loaded.Added != 4 {
			t.Fatalf("%+v, %v", loaded, err)
		}

		person := w.do(request{as: "ann", path: "/people?q=A-1"}).is(200).json()["items"].([]any)[0].(m)["id"].(string)
		referral := w.do(request{as: "ann", path: "/referrals?scheme=" + id}).is(200).json()["items"].([]any)[0].(m)["id"].(string)
		taken := w.do(request{as: "ann", path: "/referrals/" + referral + "/assessments"}).is(200).json()["items"].([]any)
		last := ""
		for _, one := range taken {
			if one.(m)["occasion"] == "end" {
				last = one.(m)["id"].(string)
			}
		}
		w.do(request{as: "ann", path: "/assessments/" + last + "/withdrawal", body: m{"version": 1, "reason": "Form of a neighbour"}}).is(201)

		for path, least := range map[string]int{
			"/referrals/" + referral + "/assessments": 3, "/assessments/" + last: 1, "/assessments/" + last + "/versions": 2,
			"/people/" + person + "/record": 12, "/quality": 1, "/alert-reviews/" + loaded.Batch: 2,
		} {
			told := 0
			each := func(o m) {
				for field, how := range map[string]string{"on": "dated", "since": "since_dated", "until": "until_dated"} {
					if o[field] != kept.String() {
						continue
					}
					if told++; o[how] != "order" {
						t.Errorf("GET %s tells a day that was made up: %v", path, o)
					}
				}
			}
			eachObject(w.do(request{as: "ann", path: path}).is(200).json(), each)
			if told < least {
				t.Errorf("GET %s tells the kept day %d times, and was to be looked at for %d", path, told, least)
			}
		}
	})
}

// eachObject calls fn for every object within a value.
func eachObject(of any, fn func(m)) {
	switch v := of.(type) {
	case m:
		fn(v)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			eachObject(v[name], fn)
		}
	case []any:
		for _, one := range v {
			eachObject(one, fn)
		}
	}
}
