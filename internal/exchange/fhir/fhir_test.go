package fhir_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/internal/exchange/fhir"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func names() fhir.Names {
	return fhir.Names{Root: "https://cairn.test/api/v1/fhir", Organisation: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"}
}

func library(t *testing.T) []measure.Definition {
	t.Helper()
	all, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func said(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Words go out only where everybody may have them, whoever brought them in, and
// every item that can be answered has a name and a link of its own.
func TestQuestionnaires(t *testing.T) {
	const secret = "Words of the operator"
	for _, def := range library(t) {
		if def.Wording != measure.Bundled {
			def.Items = slices.Clone(def.Items)
			for i := range def.Items {
				def.Items[i].Text, def.Items[i].Low, def.Items[i].High = secret, secret, secret
				def.Items[i].Options = []measure.Option{{Value: def.Items[i].Min, Text: secret}}
			}
			def.Intro, def.Options = secret, []measure.Option{{Text: secret}}
		}
		q := names().Of(def)
		if body := said(t, q); strings.Contains(body, secret) {
			t.Errorf("%s gives away words: %s", def.Key, body)
		}
		links := map[string]bool{}
		var walk func([]fhir.Item)
		walk = func(all []fhir.Item) {
			for _, it := range all {
				if it.LinkID == "" || it.Text == "" || links[it.LinkID] {
					t.Errorf("%s: item %q %q, twice or without words", def.Key, it.LinkID, it.Text)
				}
				links[it.LinkID] = true
				walk(it.Item)
			}
		}
		walk(q.Item)
		if len(links) == 0 {
			t.Errorf("%s asks nothing", def.Key)
		}
	}
}

// Codes of others stand only where the catalogue has them.
func TestCodes(t *testing.T) {
	for _, def := range library(t) {
		body := said(t, names().Of(def))
		if n := strings.Count(body, "loinc.org"); n != len(def.Codes) {
			t.Errorf("%s has %d codes of LOINC, its definition %d", def.Key, n, len(def.Codes))
		}
		if strings.Contains(body, "snomed") {
			t.Errorf("%s ships SNOMED CT", def.Key)
		}
	}
}

// What is said of an assessment is read back as it was.
func TestThereAndBack(t *testing.T) {
	for _, def := range library(t) {
		taken := fhir.Taken{Measure: def, Assessment: scheme.Assessment{
			ID: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12", Person: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13", Referral: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b14",
			Measure: def.Key, Version: def.Version, On: scheme.DayOf(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), Occasion: "day-84", Rater: measure.Proxy, Channel: "phone", Helper: "family", Language: "cy", Revision: 1,
		}}
		for _, it := range def.Items {
			if taken.Responses == nil {
				taken.Responses = map[string]int{}
			}
			taken.Responses[it.Key] = it.Max
		}
		if def.Own != nil {
			taken.Words = map[string]string{def.Own.WordsKey(1): "Getting to the shop"}
		}
		in, mistakes, wrong := names().Batch(bundle(t, names().Response(taken)))
		if len(wrong) > 0 || len(mistakes[0]) > 0 {
			t.Errorf("%s: %v %v", def.Key, wrong, mistakes)
			continue
		}
		one := in[0]
		sheet, wrong := one.Held(def)
		if len(wrong) > 0 || fmt.Sprint(sheet.Responses) != fmt.Sprint(taken.Responses) || fmt.Sprint(sheet.Words) != fmt.Sprint(taken.Words) {
			t.Errorf("%s: %v %v %v", def.Key, sheet.Responses, sheet.Words, wrong)
		}
		if !one.Here || one.On != "2026-03-02" || one.Occasion != "day-84" || one.Rater != measure.Proxy || one.Channel != "phone" || one.Helper != "family" || one.Language != "cy" || one.Person != taken.Person || one.Referral != taken.Referral {
			t.Errorf("%s came back as %+v", def.Key, one)
		}
	}
}

// One score stands for what is converted from it; two that do not follow from each
// other are refused.
func TestScoresAlone(t *testing.T) {
	defs := library(t)
	swemwbs := defs[slices.IndexFunc(defs, func(d measure.Definition) bool { return d.Key == "swemwbs" })]
	for scores, want := range map[string]string{
		`"swemwbs-raw":20`:                        "swemwbs-raw 20",
		`"swemwbs-metric":18.59,"swemwbs-raw":20`: "swemwbs-raw 20",
		`"swemwbs-metric":18.59`:                  "swemwbs-metric 18.59",
		`"swemwbs-metric":19.98,"swemwbs-raw":20`: string(fault.MeasureAmbiguous),
		`"swemwbs-metric":18.60`:                  string(fault.ScoreNotOnTable),
		`"swemwbs-raw":200`:                       string(fault.ScoreRange),
	} {
		var given map[string]json.Number
		if err := json.Unmarshal([]byte("{"+scores+"}"), &given); err != nil {
			t.Fatal(err)
		}
		r := names().Response(fhir.Taken{Measure: swemwbs, Assessment: scheme.Assessment{
			ID: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12", Person: "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b13", Measure: "swemwbs", Version: swemwbs.Version, On: scheme.DayOf(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)), Revision: 1, Rater: measure.Self,
		}})
		r.Item[0].Item = nil
		for series, score := range given {
			r.Item[0].Item = append(r.Item[0].Item, fhir.Answered{LinkID: "score." + series, Answer: []fhir.Answer{{Decimal: score}}})
		}
		in, mistakes, _ := names().Batch(bundle(t, r))
		sheet, wrong := in[0].Held(swemwbs)
		got := string(sheet.Series) + " " + sheet.Score
		if len(wrong) > 0 {
			got = string(wrong[0].Code)
		}
		if got != want || len(mistakes[0]) > 0 {
			t.Errorf("%s is taken as %s, want %s (%v)", scores, got, want, mistakes[0])
		}
	}
}

// bundle is a batch of one, as it would be read from its bytes.
func bundle(t testing.TB, r fhir.Response) any {
	t.Helper()
	entry := map[string]any{"resource": r, "request": map[string]string{"method": "POST", "url": "QuestionnaireResponse"}}
	raw, err := json.Marshal(map[string]any{"resourceType": "Bundle", "type": "batch", "entry": []any{entry}})
	if err != nil {
		t.Fatal(err)
	}
	value, err := decoded(raw)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func decoded(raw []byte) (value any, err error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	err = d.Decode(&value)
	return value, err
}

// Whatever is sent, it is read or refused, and each mistake has a place.
func FuzzBatch(f *testing.F) {
	defs, err := measure.Catalogue()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		`{}`, `[]`, `{"resourceType":"Bundle","type":"batch","entry":[null]}`,
		`{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"POST","url":"QuestionnaireResponse"},"resource":{"resourceType":"QuestionnaireResponse","status":"completed","identifier":{"system":"s","value":"1"},"questionnaire":"https://cairn.example/fhir/Questionnaire/ons4|1","subject":{"reference":"Patient/1"},"authored":"2026-01-01","item":[{"linkId":"anxiety","answer":[{"valueInteger":3}]},{"linkId":"scores","item":[{"linkId":"score.ons4-anxiety","answer":[{"valueDecimal":3.0}]}]}],"extension":[{"url":"https://cairn.example/fhir/StructureDefinition/channel","valueCode":"phone"}]}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		value, err := decoded(raw)
		if err != nil {
			return
		}
		all, mistakes, wrong := names().Batch(value)
		if len(wrong) == 0 && (len(all) == 0 || len(all) != len(mistakes)) {
			t.Fatalf("%d entries and %d lists of mistakes: %s", len(all), len(mistakes), raw)
		}
		for i, in := range all {
			for _, m := range mistakes[i] {
				if m.Field == "" {
					t.Errorf("%v has no place: %s", m, raw)
				}
			}
			for _, def := range defs {
				_, found := in.Held(def)
				for _, m := range found {
					if m.Field == "" {
						t.Errorf("%v has no place: %s", m, raw)
					}
				}
			}
		}
	})
}
