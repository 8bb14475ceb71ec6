package intake

import (
	"slices"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Takes is what a column is read as.
type Takes string

const (
	TakesNothing   Takes = "nothing"  // nobody needs it
	TakesIdentity  Takes = "identity" // it says who somebody is; never read
	TakesWords     Takes = "words"    // people's own words; never read
	TakesReference Takes = "reference"
	TakesScheme    Takes = "scheme"
	TakesActivity  Takes = "activity"
	TakesMeasure   Takes = "measure"  // names the measure of the row's score
	TakesOccasion  Takes = "occasion" // says whether it is before or after
	TakesDate      Takes = "date"
	TakesReferred  Takes = "referred" // the day of the referral
	TakesScore     Takes = "score"
	TakesAnswer    Takes = "answer" // to one item of a measure
	TakesDone      Takes = "done"   // yes or no: whether the measure was answered
)

// allTakes lists them.
func allTakes() []Takes {
	return []Takes{
		TakesNothing, TakesIdentity, TakesWords, TakesReference, TakesScheme, TakesActivity, TakesMeasure,
		TakesOccasion, TakesDate, TakesReferred, TakesScore, TakesAnswer, TakesDone,
	}
}

// Read reports whether the column's cells are looked at at all.
func (t Takes) Read() bool { return t != TakesNothing && t != TakesIdentity && t != TakesWords }

// A meaning is what a heading says.
type meaning struct {
	takes    Takes
	of       []subject // the measures it may be of; several have to be asked about
	item     int       // a number that stands beside the measure's name; 0 for none
	asked    bool      // it is the number of a question
	answer   bool      // the column is one of a run of questions, and of that item
	hint     string    // raw, metric
	occasion scheme.Occasion
	why      string
}

// A subject is one thing that can be scored: a measure, one score of it, or one
// answer.
type subject struct {
	measure measure.Key
	item    string         // of a measure without a total
	series  measure.Series // of a score that has a name of its own
}

// A vocabulary knows what headings and words mean.
type vocabulary struct {
	defs        map[measure.Key]measure.Definition
	phrases     []phrase // the longest first, and plain ones after all others
	abbreviated map[measure.Key]bool
	around      map[string]bool // words that say nothing of which measure it is
}

type phrase struct {
	words string
	parts []string  // the same, word by word
	of    []subject // none: an instrument that is not known here
	plain bool      // a word that other instruments are called by too
}

func newVocabulary(defs []measure.Definition) *vocabulary {
	v := &vocabulary{defs: map[measure.Key]measure.Definition{}, abbreviated: map[measure.Key]bool{}, around: map[string]bool{}}
	for _, d := range defs {
		if d.Own != nil {
			continue // its scores mean nothing without the person's own words, which are not read
		}
		v.defs[d.Key] = d
		for _, text := range []string{string(d.Key), d.Short, d.Name} {
			v.add(text, subject{measure: d.Key})
		}
		for _, sc := range d.Scores {
			if sc.Kind == measure.KindItem {
				v.add(string(sc.Series), subject{measure: d.Key, item: sc.Item})
			}
		}
		v.abbreviated[d.Key] = d.Short == strings.ToUpper(d.Short)
	}
	for text, of := range synonyms() {
		if _, there := v.defs[of.measure]; there {
			v.add(text, of)
		}
	}
	// Two measures are called by these names: which one was meant has to be asked.
	v.either("wemwbs", "swemwbs", "wemwbs")
	v.either("warwick edinburgh", "swemwbs", "wemwbs")
	v.either("loneliness", "ucla3", "ons-loneliness")
	for _, name := range otherInstruments() {
		if words := strings.Join(wordsOf(name), " "); v.phrased(words) < 0 {
			v.phrases = append(v.phrases, phrase{words: words})
		}
	}
	for i, p := range v.phrases {
		v.phrases[i].parts, v.phrases[i].plain = strings.Fields(p.words), v.isPlain(p)
	}
	for word := range strings.FieldsSeq(aroundNames) {
		v.around[word] = true
	}
	slices.SortStableFunc(v.phrases, func(a, b phrase) int {
		if a.plain != b.plain {
			return map[bool]int{true: 1, false: -1}[a.plain]
		}
		if d := len(b.parts) - len(a.parts); d != 0 {
			return d
		}
		return strings.Compare(a.words, b.words)
	})
	return v
}

func (v *vocabulary) add(text string, of subject) {
	v.set(strings.Join(wordsOf(text), " "), []subject{of})
}

func (v *vocabulary) either(text string, one, other measure.Key) {
	if len(v.defs[one].Scores) > 0 && len(v.defs[other].Scores) > 0 {
		v.set(text, []subject{{measure: one}, {measure: other}})
	}
}

func (v *vocabulary) set(words string, of []subject) {
	if words == "" {
		return
	}
	if i := v.phrased(words); i >= 0 {
		v.phrases[i].of = of
		return
	}
	v.phrases = append(v.phrases, phrase{words: words, of: of})
}

// phrased is where a phrase stands, -1 where it is none.
func (v *vocabulary) phrased(words string) int {
	return slices.IndexFunc(v.phrases, func(p phrase) bool { return p.words == words })
}

// means says what a heading means by its words alone.
func (v *vocabulary) means(heading string) meaning {
	words := wordsOf(heading)
	if len(words) == 0 {
		return meaning{takes: TakesNothing, why: "it has no heading"}
	}
	if words[0] == "cairn" {
		return meaning{takes: TakesNothing, why: "Cairn wrote it into a file of rejects"}
	}
	n := v.naming(words)
	if m, ok := personal(withoutOther(words, n)); ok {
		return m
	}
	m := meaning{occasion: occasionIn(n.rest)}
	switch {
	case (isDated(words) || isDay(words)) && hasAny(words, "next", "due", "previous", "prior", "planned", "scheduled", "target", "expected"):
		return meaning{takes: TakesNothing, why: "it is the day of something else than the score"}
	case isDated(words) || isDay(words) && (len(n.of) == 0 || !saysTime(n.rest)):
		m.takes, m.of, m.item = TakesDate, n.of, n.item
		if len(n.of) == 0 && hasAny(words, "referral", "referred", "received", "registered", "registration", "start date", "date started", "start of service", "joined") {
			m.takes, m.occasion = TakesReferred, ""
		}
	case hasAny(words, "completed", "complete", "answered", "taken", "done") && !hasAny(words, "by", "score", "total"):
		m.takes = TakesDone
	case n.other && !v.onlyNames(n):
		return meaning{takes: TakesNothing, why: whyOther, item: n.item}
	case len(n.of) > 0 && v.isDerived(n):
		return meaning{takes: TakesNothing, why: whyDerived}
	case (len(n.of) > 0 || hasAny(words, "score", "total")) && hasAny(words, "previous", "prior"):
		return meaning{takes: TakesNothing, why: whyTold}
	case len(n.of) > 0 && !v.onlyNames(n):
		m.takes, m.of, m.item, m.asked, m.hint, m.occasion = TakesScore, n.of, n.item, n.asked, hintIn(words), scoreOccasion(n.rest)
	case hasAny(words, "score", "scores", "result", "value", "total"):
		if !v.saidOfAny(words) {
			return meaning{takes: TakesNothing, why: whyOther}
		}
		m.takes = TakesScore
	default:
		return plainMeaning(words, m)
	}
	return m
}

// whyUnknown is of a heading that says nothing which anybody reads.
const whyUnknown = "nobody knows what it is"

// plainMeaning is of headings that name one thing about the row.
func plainMeaning(words []string, m meaning) meaning {
	switch {
	case hasAny(words, "time point", "timepoint", "occasion", "stage", "pre post", "wave", "assessment type", "type of assessment", "assessment point", "point", "timing", "phase", "before after"):
		m.takes, m.occasion = TakesOccasion, ""
	case hasAny(words, "measure", "tool", "questionnaire", "scale", "instrument", "outcome measure", "outcome tool"):
		m.takes = TakesMeasure
	case hasAny(words, "activity", "activities", "prescribed", "prescription", "intervention", "group", "session", "referred to"):
		m.takes = TakesActivity
	case hasAny(words, "scheme", "service", "project", "programme", "program", "site", "hub", "pcn", "location", "pathway") && !hasAny(words, "service user", "service ref", "service reference", "service id", "service number"):
		m.takes = TakesScheme
	case hasAny(words, "id", "ref", "reference", "urn", "code", "case", "client", "participant", "person", "patient", "service user", "unique", "record", "emis number", "emis no", "file number", "file no", "member number", "member no", "membership number"):
		m.takes = TakesReference
	default:
		m.takes, m.occasion, m.why = TakesNothing, "", whyUnknown
	}
	return m
}

// onlyNames reports a heading about a measure that is not of its scores.
func (v *vocabulary) onlyNames(n naming) bool {
	own := v.ownWords(n.of)
	return slices.ContainsFunc([]string{"measure", "tool", "questionnaire", "version", "language"}, func(w string) bool {
		return slices.Contains(n.rest, w) && !slices.Contains(own, w)
	})
}

// isDated reports a heading of dates, whatever else it says.
func isDated(words []string) bool {
	return hasAny(words, "date", "dated", "datetime", "timestamp", "submitted at", "submitted on", "recorded on", "completed on", "assessed on") && !hasAny(words, "happy", "how")
}

// isDay reports words that head dates, unless a measure is named beside them with the
// time of its score: PHQ-9 at 3 month, SWEMWBS on discharge day.
func isDay(words []string) bool {
	return hasAny(words, "day", "when", "month") && !hasAny(words, "happy", "how")
}

func saysTime(words []string) bool {
	_, counted := timeIn(words)
	return counted || !hasAny(words, "month") && scoreOccasion(words) != ""
}

// withoutOther leaves the word other out of a question of a measure, where it is no
// sign of people's own words.
func withoutOther(words []string, n naming) []string {
	if !n.asked && (len(n.of) == 0 || !isNumber(words[0])) {
		return words
	}
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "other" })
}

// personal recognises columns that say who somebody is, and people's own words.
func personal(words []string) (meaning, bool) {
	who := func() (meaning, bool) {
		return meaning{takes: TakesIdentity, why: "it seems to say who somebody is"}, true
	}
	switch {
	case hasAny(words, "dob", "d o b", "birth", "born", "birthday", "nhs no", "nhs number", "nhs", "ni number", "ni no", "national insurance", "passport"),
		hasAny(words, "forename", "surname", "first name", "last name", "firstname", "lastname", "full name", "fullname", "middle name", "preferred name", "initials", "title", "salutation"),
		hasAny(words, "address", "addr", "street", "town", "city", "postcode", "post code", "phone", "telephone", "tel", "mobile", "email", "e mail", "contact number", "contact details"),
		hasAny(words, "next of kin", "nok", "carer", "gp", "practice", "doctor", "worker", "practitioner", "link worker", "therapist", "staff", "referrer", "referred by", "completed by", "entered by", "assessor", "keyworker", "key worker"):
		return who()
	case hasAny(words, "name") && !hasAny(words, "scheme", "service name", "project", "programme", "site", "measure", "activity", "tool", "questionnaire", "group"),
		slices.Equal(words, []string{"name"}):
		return who()
	case hasAny(words, "age", "gender", "sex", "ethnicity", "ethnic", "religion", "disability", "sexuality", "sexual orientation", "marital"):
		return meaning{takes: TakesNothing, why: "it describes the person, and scores do not need it"}, true
	case hasAny(words, "note", "notes", "comment", "comments", "feedback", "reason", "summary", "story", "goal", "goals", "concern", "details", "information", "other", "quote", "free text", "actions", "plan"):
		return meaning{takes: TakesWords, why: "it seems to hold people's own words"}, true
	}
	return meaning{}, false
}

// hintIn is what a heading says of the kind of score.
func hintIn(words []string) string {
	switch {
	case hasAny(words, "raw", "unconverted"):
		return "raw"
	case hasAny(words, "metric", "converted", "transformed", "conversion"):
		return "metric"
	}
	return ""
}
