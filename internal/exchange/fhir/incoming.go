package fhir

import (
	"fmt"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An Incoming is a QuestionnaireResponse that somebody sent, read and not yet
// held against the measure.
type Incoming struct {
	Identifier Identifier
	Here       bool            // the identifier was given by this service
	Person     scheme.PersonID // of Patient/…; empty where Reference says who
	Reference  string          // the person's
	Referral   scheme.ReferralID
	Measure    measure.Key
	Edition    int    // of the measure; 0 where it is not said
	On         string // YYYY-MM-DD
	Rater      measure.Rater
	Occasion   scheme.Occasion // empty where it is not said
	Channel    scheme.Channel
	Helper     scheme.Helper
	Language   scheme.Language
	Risk       scheme.RiskAnswer
	Notes      []Issue // what was passed over

	given  []given
	places map[string]string // of what app calls otherwise
}

// A given is one answer.
type given struct {
	link, figure, words, place string
}

const root = "QuestionnaireResponse"

// Batch reads a Bundle of type batch. Each entry's own mistakes are with it, the
// Bundle's in wrong.
func (n Names) Batch(value any) (all []Incoming, mistakes []fault.List, wrong fault.List) {
	r := &reading{}
	b := r.object(value, "Bundle", []string{"resourceType", "type", "entry", "id", "meta", "identifier", "timestamp"}, nil)
	if b == nil {
		return nil, nil, r.wrong
	}
	if r.text(b, "resourceType", "Bundle") != "Bundle" || r.text(b, "type", "Bundle") != "batch" {
		r.say("Bundle.type", "Send a Bundle of type batch. A transaction would be kept whole or not at all, and each entry here stands by itself.")
	}
	entries := r.list(b, "entry", "Bundle")
	if len(entries) == 0 || len(entries) > mostEntries {
		r.say("Bundle.entry", "Send 1 to %d entries at a time.", mostEntries)
	}
	if len(r.wrong) > 0 {
		return nil, nil, r.wrong
	}
	for i, entry := range entries {
		one, faults := n.entry(entry, fmt.Sprintf("Bundle.entry[%d]", i))
		all, mistakes = append(all, one), append(mistakes, faults)
	}
	return all, mistakes, nil
}

// mostEntries bounds one batch.
const mostEntries = 100

func (n Names) entry(value any, at string) (Incoming, fault.List) {
	r := &reading{}
	e := r.object(value, at, []string{"fullUrl", "resource", "request"}, nil)
	ask := r.object(e["request"], at+".request", []string{"method", "url"}, nil)
	if r.text(ask, "method", at+".request") != "POST" || r.text(ask, "url", at+".request") != root {
		r.say(at+".request", "Only this comes in here: method POST, url QuestionnaireResponse.")
	}
	in := n.response(r, e["resource"])
	in.Notes = r.notes
	return in, r.wrong
}

// response reads one QuestionnaireResponse.
func (n Names) response(r *reading, value any) Incoming {
	in := Incoming{places: map[string]string{}}
	q := r.object(value, root,
		[]string{"resourceType", "identifier", "basedOn", "questionnaire", "status", "subject", "authored", "source", "item", "extension", "id", "meta"},
		[]string{"text", "language", "partOf", "encounter", "author"})
	if q == nil {
		return in
	}
	if r.text(q, "resourceType", root) != root {
		r.say(root+".resourceType", "Send a QuestionnaireResponse.")
		return in
	}
	if status := r.text(q, "status", root); status != "completed" && status != "amended" {
		r.say(root+".status", "Only a completed response is kept. Send it when it is complete.")
	}
	if id, there := q["identifier"]; there {
		in.Identifier = r.identifier(id, root+".identifier")
	}
	if in.Identifier.System == "" || in.Identifier.Value == "" {
		r.say(root+".identifier", "Give the response an identifier of yours, with its system: sent again under it, nothing is kept twice.")
	}
	in.Here = in.Identifier.System == n.own("assessment")
	if to := r.one(q, "basedOn", root); to != nil {
		in.Referral = scheme.ReferralID(n.reference(r, to, root+".basedOn[0]", "ServiceRequest").id)
	}
	n.subject(r, q, &in)
	n.asked(r, q, &in)
	in.On = dayOf(r, q)
	n.source(r, q, &in)
	extended(r, q, &in)
	for i, item := range r.list(q, "item", root) {
		in.answered(r, item, fmt.Sprintf("%s.item[%d]", root, i))
	}
	return in
}

// subject reads who was asked.
func (n Names) subject(r *reading, q map[string]any, in *Incoming) {
	const at = root + ".subject"
	value, there := q["subject"]
	if !there {
		r.say(at, "Say whose response this is: Patient/ and the person's identifier here, or an identifier with their reference.")
		return
	}
	to := n.reference(r, value, at, "Patient")
	in.Person = scheme.PersonID(to.id)
	if to.identifier.Value != "" && to.identifier.System != n.own("person") {
		r.say(at+".identifier.system", "People are known here by the service's own reference, whose system is %s.", n.own("person"))
		return
	}
	in.Reference = to.identifier.Value
	if in.Person == "" && in.Reference == "" {
		r.say(at, "Say whose response this is: Patient/ and the person's identifier here, or an identifier with their reference.")
	}
}

// asked reads which measure it was.
func (n Names) asked(r *reading, q map[string]any, in *Incoming) {
	const at = root + ".questionnaire"
	name, version, versioned := strings.Cut(r.text(q, "questionnaire", root), "|")
	cut := strings.LastIndexByte(name, '/')
	key := measure.Key(name[cut+1:])
	if key == "" || n.Questionnaire(key) != name {
		r.say(at, "Name the measure as its Questionnaire here does, such as %s.", n.Questionnaire("phq9"))
		return
	}
	in.Measure = key
	if versioned {
		edition, err := strconv.Atoi(version)
		if err != nil || edition < 1 {
			r.say(at, "After the | comes the version of the measure, a whole number.")
		}
		in.Edition = edition
	}
}

// dayOf is the calendar day on which it was answered, where it was answered.
func dayOf(r *reading, q map[string]any) string {
	authored := r.text(q, "authored", root)
	day, _, _ := strings.Cut(authored, "T")
	if _, err := scheme.ParseDay(day); err != nil {
		r.wrong.Add(fault.New(fault.Invalid, fault.DayImpossible, "Write the day on which it was answered, such as 2026-01-31. A month or a year alone is not enough.").At(root + ".authored"))
		return ""
	}
	return day
}

// source reads whose answer it is.
func (n Names) source(r *reading, q map[string]any, in *Incoming) {
	value, there := q["source"]
	if !there {
		return
	}
	to := n.reference(r, value, root+".source", "")
	switch to.kind {
	case "Patient":
		in.Rater = measure.Self
		if to.id != "" && in.Person != "" && to.id != string(in.Person) {
			r.say(root+".source", "This is somebody else than the subject. A person's own answers are their own; somebody who answers for them is a RelatedPerson.")
		}
	case "Practitioner", "PractitionerRole":
		in.Rater = measure.Clinician
	case "RelatedPerson":
		in.Rater = measure.Proxy
	default:
		r.say(root+".source", "Say whose answer it is by the type: Patient, Practitioner or RelatedPerson.")
	}
}
