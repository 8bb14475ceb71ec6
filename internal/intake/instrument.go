package intake

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/measure"
)

// whyOther is of a column that is headed by a measure, and by none that is here.
const whyOther = "it seems to be of a measure that is not known here"

// whyDerived and whyTold are of columns about the scores of a measure that are none.
const (
	whyDerived = "it is worked out from scores, or set for them, and is none itself"
	whyTold    = "it repeats an earlier score, and nothing says of which day"
)

// aside stands among words where the name of a measure was.
const aside = "·"

// A naming is what words say of a measure.
type naming struct {
	of    []subject // the measures that it may be
	item  int       // a number that stands behind the name: of a question, or of a time
	asked bool      // and is said to be of a question
	other bool      // what they name is not known here, or cannot be told from what is
	rest  []string  // all words but the name
}

// naming finds the measures that words name, by the longest phrase, and holds
// against it what else they say. Another instrument may be called nearly alike.
func (v *vocabulary) naming(words []string) naming {
	for _, p := range v.phrases {
		at := findParts(words, p.parts)
		if at < 0 || p.endsInTime(words, at) {
			continue
		}
		end := at + len(p.parts)
		n := naming{of: p.of, other: len(p.of) == 0, rest: slices.Concat(words[:at], []string{aside}, words[end:])}
		v.narrow(&n)
		v.hold(&n, p)
		return n
	}
	return naming{rest: words}
}

// narrow goes from a measure to one question of it that is named beside it: ONS4 life
// satisfaction.
func (v *vocabulary) narrow(n *naming) {
	if len(n.of) != 1 || n.of[0].item != "" || n.of[0].series != "" {
		return
	}
	for _, q := range v.phrases {
		if len(q.of) == 1 && q.of[0].item != "" && q.of[0].measure == n.of[0].measure && findParts(n.rest, q.parts) >= 0 {
			n.of = q.of
			return
		}
	}
}

// endsInTime reports a phrase whose number is one of weeks or months: UCLA 3 months.
func (p phrase) endsInTime(words []string, at int) bool {
	end := at + len(p.parts)
	return isNumber(words[end-1]) && end < len(words) && isUnit(words, end) && len(words[end]) > 1 && strings.HasSuffix(words[end], "s")
}

// hold looks at every word around the name. A number has to be of something that is
// known; beside a plain name, or the first part of one, so has every word.
func (v *vocabulary) hold(n *naming, p phrase) {
	at := slices.Index(n.rest, aside)
	behind := at + 1
	for behind < len(n.rest) && slices.Contains([]string{"q", "item", "question", "no", "number"}, n.rest[behind]) {
		behind++
	}
	own := v.ownWords(n.of)
	for i, word := range n.rest {
		switch {
		case i == at || slices.Contains(own, word) && (i != behind || !isNumber(word)):
		case isNumber(word) && (i == behind || i > 0 && isQuestion(n.rest[i-1])):
			v.numberBehind(n, p, i)
		case isNumber(word):
			n.other = n.other || !v.explained(n, i) && !(!p.part() && (i == 0 || atMost(word, mostCounted)))
		case p.plain || p.part():
			n.other = n.other || !v.around[word]
		default:
			n.other = n.other || slices.Contains(strings.Fields(otherForms), word)
		}
	}
	for _, q := range v.phrases {
		if (p.plain || !q.plain) && findParts(n.rest, q.parts) >= 0 && !slices.ContainsFunc(q.of, func(s subject) bool { return v.shares(n.of, s) }) {
			n.other = true // it names two
		}
	}
}

// mostCounted is how many times are counted by a number alone: SWEMWBS 1 and SWEMWBS 2.
const mostCounted = 6

// numberBehind is of the number right behind a name: it may count questions, or times.
func (v *vocabulary) numberBehind(n *naming, p phrase, i int) {
	if v.explained(n, i) {
		return
	}
	n.asked = isQuestion(n.rest[i-1])
	n.item, _ = strconv.Atoi(n.rest[i])
	most := 0
	for _, s := range n.of {
		most = max(most, len(v.defs[s.measure].Items))
	}
	if s := n.of; len(s) == 1 && s[0].item != "" {
		most = mostCounted
	}
	if n.item < 1 || n.item > max(most, mostCounted) && !p.part() || n.item > most && n.asked || p.part() && !n.asked {
		n.other = true
	}
}

func isQuestion(word string) bool { return word == "q" || word == "item" || word == "question" }

// explained reports a number that is of a time, of a range, or of how many questions
// there are; these say which measure it is, where there are several.
func (v *vocabulary) explained(n *naming, i int) bool {
	number, err := strconv.Atoi(n.rest[i])
	if err != nil {
		return false
	}
	next := ""
	if i+1 < len(n.rest) {
		next = n.rest[i+1]
	}
	if slices.Contains([]string{"item", "items", "question", "questions"}, next) {
		n.of = slices.DeleteFunc(slices.Clone(n.of), func(s subject) bool { return len(v.defs[s.measure].Items) != number })
		n.other = n.other || len(n.of) == 0
		return true
	}
	return isTimeNumber(n.rest, i) || v.isRange(n, i)
}

// isRange reports the ends of a score: 0-10, out of 27.
func (v *vocabulary) isRange(n *naming, i int) bool {
	for _, s := range n.of {
		for _, sc := range v.defs[s.measure].Scores {
			low, high := sc.Text(sc.Min), sc.Text(sc.Max)
			if n.rest[i] == high && (i > 0 && slices.Contains([]string{"of", "to", "max"}, n.rest[i-1]) || slices.Contains(n.rest, low) || sc.Max >= 20) ||
				n.rest[i] == low && i+1 < len(n.rest) && (n.rest[i+1] == high || n.rest[i+1] == "to") {
				return true
			}
		}
	}
	return false
}

// isTimeNumber reports a number that counts time, or names one: 12 weeks, T2, 3rd
// visit, review 2, March 2026.
func isTimeNumber(words []string, i int) bool {
	if isYear(words, i) || isYear(words, i+1) || isYear(words, i+2) && isNumber(words[i+1]) {
		return true
	}
	if i+1 < len(words) && (isUnit(words, i+1) || isMonth(words[i+1]) || slices.Contains([]string{"st", "nd", "rd", "th"}, words[i+1])) {
		return true
	}
	return i > 0 && (isMonth(words[i-1]) || slices.Contains(strings.Fields(beforeTimes), words[i-1]) || isYear(words, i-1))
}

func isYear(words []string, i int) bool {
	return i < len(words) && len(words[i]) == 4 && isNumber(words[i])
}

// isUnit reports a unit of time that belongs to the number before it, and not to the
// one behind it.
func isUnit(words []string, i int) bool {
	_, unit := timeUnits()[words[i]]
	return unit && (i+1 == len(words) || !isNumber(words[i+1]))
}

func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

func atMost(word string, most int) bool {
	n, err := strconv.Atoi(word)
	return err == nil && n <= most
}

// part reports the first part of a name, which a number makes whole: PHQ is said of
// PHQ-9, and PHQ-15 is another instrument.
func (p phrase) part() bool {
	return slices.Contains([]string{"phq", "gad", "ucla", "ucla loneliness", "de jong gierveld", "pam", "tom"}, p.words)
}

// isPlain reports a name of plain words, by which other instruments are called too.
func (v *vocabulary) isPlain(p phrase) bool {
	words := strings.Fields(p.words)
	plain := strings.Fields("life satisfaction satisfied with worthwhile worth while happiness happy anxiety anxious loneliness warwick edinburgh")
	if !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(plain, w) }) {
		return true
	}
	return len(words) == 1 && len(p.of) == 1 && !v.abbreviated[p.of[0].measure]
}

// ownWords are those of the full names of measures.
func (v *vocabulary) ownWords(of []subject) (all []string) {
	for _, s := range of {
		def := v.defs[s.measure]
		all = append(all, wordsOf(def.Name)...)
		all = append(all, wordsOf(def.Short)...)
	}
	return all
}

// shares reports a measure that is among the subjects.
func (v *vocabulary) shares(of []subject, s subject) bool {
	return slices.ContainsFunc(of, func(o subject) bool { return o.measure == s.measure })
}

// saidOfAny reports words that are about scores, and of no measure at all.
func (v *vocabulary) saidOfAny(words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool {
		return !isNumber(w) && !v.around[w]
	})
}

// beforeTimes are words behind which a number counts times.
const beforeTimes = "t time timepoint point visit assessment wave review up followup fu post pre after later contact meeting appointment session stage phase quarter day days week weeks wk wks month months mth mths year years yr yrs"

// aroundNames are words that say nothing of which measure it is.
const aroundNames = `score scores scored total totals sum raw metric converted transformed unconverted conversion result results value values overall full final
	scale scales index measure measured questionnaire survey tool item items question questions q no number response answer points point level rating rated outcome outcomes
	client clients patient patients participant participants person s their self reported
	pre post before after baseline base line follow up followup fu on initial first second third fourth fifth sixth 1st last start end exit entry intake beginning admission opening closing closure
	discharge leaving completion waiting wait list later review reviews midpoint midway half way mid interim current currently latest now today previous
	closed ended ending finish finished finishing begin starting started enrolment enrollment onboarding commencement induction registration referral reviewed reassessment reassessed
	time timepoint t visit session contact meeting appointment assessment wave stage phase at day days d week weeks wk wks w month months mth mths m year years yr yrs y st nd rd th quarter
	january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
	of the a an to in for by with and or from out max maximum min minimum range
	new old given entered recorded achieved
	where not all completely extremely lonely
	how did do does you your are is was were feel feeling felt yesterday today nowadays things life extent satisfied that i am my me what
	ons wellbeing well being`

// otherForms are words that make another instrument of one, or one question of it.
const otherForms = "yp youth child children adolescent teen modified parent proxy ads risk suicide suicidal difficulty functioning"

// derivedForms are words beside a measure that make a column of what is worked out
// from its scores, or set for them.
const derivedForms = `change changed difference diff delta improvement improved improvements movement gain target targets norm norms average avg mean median benchmark
	travelled progress reduction variance lost cut sessions expected predicted cutoff threshold severity category categories band banding percentile percent percentage rank subscale subscales subscore reliable rci caseness rag flag status interpretation`

// isDerived reports a column about scores of a measure that are none of its own.
func (v *vocabulary) isDerived(n naming) bool {
	own, says := v.ownWords(n.of), n.rest
	counts := len(says) > 1 && slices.Contains([]string{"weeks", "days", "months", "number", "count"}, says[0]) && !isNumber(says[1])
	before, after := hasAny(says, "pre", "before", "start", "baseline", "entry"), hasAny(says, "post", "after", "end", "exit", "final", "follow up", "discharge")
	return counts || before && (after || hasAny(says, "start review")) || slices.ContainsFunc(says, func(w string) bool {
		return slices.Contains(strings.Fields(derivedForms), w) && !slices.Contains(own, w)
	})
}

// otherInstruments are names that hold words of measures here, or of times.
func otherInstruments() []string {
	return []string{
		"Campaign to End Loneliness", "HADS", "Hospital anxiety and depression", "DASS", "STAI", "State trait anxiety", "Beck anxiety", "BAI", "GHQ", "MSPSS", "SWLS",
		"Satisfaction with life scale", "Oxford happiness", "Subjective happiness", "Social and emotional loneliness", "SELSA", "Geriatric anxiety", "Rosenberg",
	}
}

// synonyms are names of measures that spreadsheets use and catalogues do not.
func synonyms() map[string]subject {
	ons := func(item string) subject { return subject{measure: "ons4", item: item} }
	part := func(key measure.Key, series measure.Series) subject { return subject{measure: key, series: series} }
	return map[string]subject{
		"short wemwbs": {measure: "swemwbs"}, "s wemwbs": {measure: "swemwbs"}, "short warwick edinburgh": {measure: "swemwbs"},
		"wemwbs 7": {measure: "swemwbs"}, "7 item wemwbs": {measure: "swemwbs"}, "wemwbs short": {measure: "swemwbs"},
		"wemwbs 14": {measure: "wemwbs"}, "14 item wemwbs": {measure: "wemwbs"}, "full wemwbs": {measure: "wemwbs"},
		"life satisfaction": ons("satisfaction"), "satisfied with life": ons("satisfaction"), "satisfaction with life": ons("satisfaction"), "satisfied are you with your life": ons("satisfaction"),
		"ons satisfaction": ons("satisfaction"), "ons 4 satisfaction": ons("satisfaction"),
		"worthwhile": ons("worthwhile"), "worth while": ons("worthwhile"), "ons worthwhile": ons("worthwhile"), "ons 4 worthwhile": ons("worthwhile"),
		"happiness": ons("happiness"), "happy": ons("happiness"), "ons happiness": ons("happiness"), "ons 4 happiness": ons("happiness"), "ons happy": ons("happiness"),
		"anxiety": ons("anxiety"), "anxious": ons("anxiety"), "ons anxiety": ons("anxiety"), "ons 4 anxiety": ons("anxiety"), "ons anxious": ons("anxiety"),
		"ucla": {measure: "ucla3"}, "ucla loneliness": {measure: "ucla3"},
		"phq": {measure: "phq9"}, "phq depression": {measure: "phq9"}, "gad": {measure: "gad7"}, "gad 7 anxiety": {measure: "gad7"}, "anxiety gad 7": {measure: "gad7"},
		"phq 2": part("phq4", "phq4-depression"), "gad 2": part("phq4", "phq4-anxiety"), "phq 4 depression": part("phq4", "phq4-depression"), "phq 4 anxiety": part("phq4", "phq4-anxiety"),
		"pam 10": {measure: "pam"}, "pam 13": {measure: "pam"}, "pam 22": {measure: "pam"},
		"de jong gierveld":           {measure: "djg6"},
		"de jong gierveld emotional": part("djg6", "djg6-emotional"), "de jong gierveld social": part("djg6", "djg6-social"),
	}
}

// known are the measures that a text is the name of, and a number behind it.
func (v *vocabulary) known(text string) (of []subject, item int) {
	n := v.naming(wordsOf(text))
	if n.other {
		return nil, 0
	}
	return n.of, n.item
}
