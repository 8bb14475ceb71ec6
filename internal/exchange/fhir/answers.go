package fhir

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// extended reads our extensions; those of others are noted.
func extended(r *reading, q map[string]any, in *Incoming) {
	seen := map[string]bool{}
	for i, value := range r.list(q, "extension", root) {
		at := fmt.Sprintf("%s.extension[%d]", root, i)
		e, ok := value.(map[string]any)
		url, _ := e["url"].(string)
		name, ours := strings.CutPrefix(url, definition(""))
		switch {
		case !ok || url == "":
			r.say(at, "An extension has a url.")
			continue
		case !ours:
			r.notes = append(r.notes, Note("This was not kept: Cairn has no place for it.", at))
			continue
		case seen[name]:
			r.say(at, "This extension is there twice. Send it once.")
			continue
		}
		seen[name] = true
		r.object(e, at, []string{"url", "valueCode"}, nil)
		code := r.text(e, "valueCode", at)
		in.places[strings.ReplaceAll(name, "-", "_")] = at + ".valueCode"
		switch name {
		case extOccasion:
			in.Occasion = scheme.Occasion(code)
		case extChannel:
			in.Channel = scheme.Channel(code)
		case extHelper:
			in.Helper = scheme.Helper(code)
		case extLanguage:
			in.Language = scheme.Language(code)
		case extRisk:
			in.Risk = scheme.RiskAnswer(code)
		case extDated:
			r.say(at, "A response whose day is not known comes in by a spreadsheet only.")
		default:
			r.wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "Nothing reads this extension. docs/fhir.md lists those that are read.").At(at + ".url"))
		}
	}
}

// answered reads one item, and those within it.
func (in *Incoming) answered(r *reading, value any, at string) {
	it := r.object(value, at, []string{"linkId", "text", "definition", "answer", "item"}, nil)
	if it == nil {
		return
	}
	link := r.text(it, "linkId", at)
	if link == "" {
		r.say(at+".linkId", "Say which item this is.")
		return
	}
	if answer := r.one(it, "answer", at); answer != nil {
		in.answer(r, link, answer, at+".answer[0]")
	}
	for i, inner := range r.list(it, "item", at) {
		in.answered(r, inner, fmt.Sprintf("%s.item[%d]", at, i))
	}
}

func (in *Incoming) answer(r *reading, link string, value any, at string) {
	a := r.object(value, at, []string{"valueInteger", "valueDecimal", "valueString", "valueCoding"}, nil)
	if len(a) != 1 {
		r.say(at, "An answer has one value: valueInteger, valueDecimal, valueCoding or valueString.")
		return
	}
	g := given{link: link, place: at}
	for name, v := range a {
		g.place = at + "." + name
		ok := true
		switch name {
		case "valueString":
			g.words = r.text(a, name, at)
		case "valueCoding":
			coding := r.object(v, g.place, []string{"system", "code", "display", "extension"}, []string{"version", "userSelected"})
			g.figure = r.text(coding, "code", g.place)
			if system := r.text(coding, "system", g.place); system != "" && !strings.HasPrefix(system, Base+"/") {
				r.say(g.place+".system", "Code the answer as the Questionnaire here does: its figure, in the system of that Questionnaire's answers.")
			}
		default:
			g.figure, ok = figure(v)
		}
		if !ok {
			r.say(g.place, "Write this as a number, without quotes.")
		}
	}
	if slices.ContainsFunc(in.given, func(o given) bool { return o.link == link }) {
		r.say(at, "This item is answered twice. Send it once.")
		return
	}
	in.given = append(in.given, g)
}

// A Sheet is what was answered, as a form would have it.
type Sheet struct {
	Responses map[string]int
	Words     map[string]string
	Series    measure.Series
	Score     string
}

// Held holds the answers against the measure: item by item, or one score of
// several that follow from it.
func (in Incoming) Held(def measure.Definition) (Sheet, fault.List) {
	var wrong fault.List
	s := Sheet{}
	if in.Edition > 0 && in.Edition != def.Version {
		wrong.Add(fault.New(fault.Conflict, fault.MeasureChanged, "This was answered on version %d of the measure, and version %d is in use here. Read its Questionnaire again and send the answers by it.", in.Edition, def.Version).At(root + ".questionnaire"))
		return s, wrong
	}
	var totals []given
	for _, g := range in.given {
		it, item := def.Item(g.link)
		switch {
		case strings.HasPrefix(g.link, scoreLink):
			totals = append(totals, g)
		case item:
			level, err := measure.ParseLevel(g.figure, it.Decimals)
			if err != nil || g.figure == "" {
				wrong.Add(fault.New(fault.Invalid, fault.ScoreRange, "Answer this item with a number from %s to %s.", it.Response(it.Min), it.Response(it.Max)).At(g.place))
				continue
			}
			if s.Responses == nil {
				s.Responses = map[string]int{}
			}
			s.Responses[g.link] = int(level)
			in.places["items."+g.link] = g.place
		case def.Own != nil && slices.Contains(def.Own.WordsKeys(), g.link):
			if s.Words == nil {
				s.Words = map[string]string{}
			}
			s.Words[g.link] = g.words
			in.places["own_words."+g.link] = g.place
		default:
			wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "%s has no item of that name. Its Questionnaire here lists them.", def.Short).At(g.place))
		}
	}
	if len(totals) > 0 {
		wrong = append(wrong, in.total(def, totals, &s)...)
	}
	return s, wrong
}

// total takes the score that the others follow from.
func (in Incoming) total(def measure.Definition, totals []given, s *Sheet) fault.List {
	var first error
	for _, g := range totals {
		series := measure.Series(strings.TrimPrefix(g.link, scoreLink))
		made, err := def.FromScore(series, g.figure)
		if err != nil {
			first = cmp.Or(first, err)
			in.places["score"], in.places["series"] = g.place, g.place
			continue
		}
		if allFollow(def, totals, made) {
			s.Series, s.Score = series, g.figure
			in.places["score"], in.places["series"] = g.place, g.place
			return nil
		}
	}
	if all, _ := fault.All(first); len(all) > 0 {
		return fault.List{all[0].At(in.Place(all[0].Field))}
	}
	return fault.List{fault.New(fault.Invalid, fault.MeasureAmbiguous, "Send one score of %s in one response, and what is converted from it.", def.Short).At(totals[0].place)}
}

// allFollow reports whether the scores sent are all among those that were made.
func allFollow(def measure.Definition, sent []given, made []measure.Scored) bool {
	for _, g := range sent {
		sc, known := def.Score(measure.Series(strings.TrimPrefix(g.link, scoreLink)))
		level, err := measure.ParseLevel(g.figure, sc.Decimals)
		if !known || err != nil || !slices.Contains(made, measure.Scored{Series: sc.Series, Level: level}) {
			return false
		}
	}
	return true
}

// Place is where in the response something lies that forms call by that name; what
// is a place in FHIR stays.
func (in Incoming) Place(field string) string {
	if strings.HasPrefix(field, root) || strings.HasPrefix(field, "Bundle") {
		return field
	}
	if place, known := in.places[field]; known {
		return place
	}
	known := map[string]string{
		"on": "authored", "measure": "questionnaire", "referral": "basedOn", "person": "subject", "reference": "subject.identifier.value",
		"rater": "source", "items": "item", "score": "item", "series": "item", "own_words": "item", "identifier": "identifier",
	}
	if name, ok := known[field]; ok {
		return root + "." + name
	}
	return root
}
