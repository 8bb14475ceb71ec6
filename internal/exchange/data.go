package exchange

import (
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An index keeps each text once and numbers it.
type index struct {
	number map[string]int32
	names  []string
}

func (x *index) of(text string) int32 {
	if n, ok := x.number[text]; ok {
		return n
	}
	text = strings.Clone(text) // a cell shares its memory with the whole row
	n := int32(len(x.names))
	x.number[text] = n
	x.names = append(x.names, text)
	return n
}

// An enrolment is one person in one scheme. It is in the figures when it is
// listed: by a row of the wide file or of the people file, else by a score.
type enrolment struct {
	person string
	scheme int32
	listed bool
}

// A score is one row of a long file or one cell of a wide one. Its level is
// kept with the most decimals there are, since how many the measure needs is
// known only at the end.
type score struct {
	level   measure.Level // score x 10^4
	who     int32         // in Data.enrolled
	line    int32
	days    int32
	on      scheme.Day
	measure int16
	time    int16
	refused bool // contradicted by another row
}

func (s score) counts() bool { return !s.refused }

// A slot is where a person has one score at most.
type slot struct {
	who           int32
	measure, time int16
}

func newData(s Settings) *Data {
	return &Data{
		Settings: s,
		people:   index{number: map[string]int32{}},
		schemes:  index{number: map[string]int32{}},
		decimals: make([]int, len(s.Measures)),
	}
}

// enrol finds or makes the enrolment of a person in a scheme. Neither holds a
// NUL (acceptName), so that the joined text is theirs alone.
func (d *Data) enrol(person, scheme string) int32 {
	who := d.people.of(person + "\x00" + scheme)
	if int(who) == len(d.enrolled) {
		joined := d.people.names[who]
		d.enrolled = append(d.enrolled, enrolment{person: joined[:len(person)], scheme: d.schemes.of(scheme)})
	}
	return who
}

// add keeps a score, unless its slot is taken: by the same score, which is then
// counted once, or by another, and then neither counts, since nothing here
// knows which is right.
func (d *Data) add(taken map[slot]int32, s score) {
	at := slot{s.who, s.measure, s.time}
	i, ok := taken[at]
	if !ok {
		taken[at] = int32(len(d.scores))
		d.scores = append(d.scores, s)
		return
	}
	first := &d.scores[i]
	if first.level == s.level && first.on == s.on && !first.refused {
		d.Repeats++
		return
	}
	if !first.refused {
		first.refused = true
		d.contradicted(*first, s)
	}
	d.contradicted(s, *first)
}

func (d *Data) contradicted(s, by score) {
	column, what := "score", "two different scores"
	switch {
	case d.Form == Wide:
		column = d.Settings.Measures[s.measure].Name + "." + d.Settings.Timepoints[s.time]
	case s.level == by.level:
		column, what = "date", "the same score on two different dates"
	}
	d.reject(Scores, line{number: int(s.line)}, column, d.enrolled[s.who].person, fault.New(fault.Invalid, fault.AssessmentTwice,
		"This person has %s for one measure, time point and scheme (see line %d). Neither row counts. Keep the right one.", what, by.line))
}

// settle does what needs every row: how many decimals each measure has, and
// the order of the rejects.
func (d *Data) settle() {
	for i, m := range d.Settings.Measures {
		d.decimals[i] = m.decimals()
	}
	for _, s := range d.scores {
		if m := int(s.measure); s.counts() {
			d.decimals[m] = max(d.decimals[m], decimalsOf(s.level))
		}
	}
	slices.SortStableFunc(d.Rejects, byPlace)
}

// decimalsOf is how many of a level's four decimals are needed.
func decimalsOf(l measure.Level) int {
	n := measure.MaxDecimals
	for n > 0 && l%10 == 0 {
		l /= 10
		n--
	}
	return n
}

// level is the score with the decimals of its measure.
func (d *Data) level(s score) measure.Level {
	return s.level / measure.Level(measure.Pow10(measure.MaxDecimals-d.decimals[s.measure]))
}

func (d *Data) isEnrolled(i int) bool { return d.enrolled[i].listed }

// acceptName refuses a reference or a scheme's name that is empty, longer than
// anything that can be stored, or holds what no one types.
func acceptName(text, what string, most int) *fault.Fault {
	switch {
	case text == "":
		return fault.New(fault.Invalid, fault.InputInvalid, "This cell is empty. Enter the %s.", what)
	case len([]rune(text)) > most:
		return fault.New(fault.Invalid, fault.InputInvalid, "This is too long for a %s: at most %d characters.", what, most)
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return fault.New(fault.Invalid, fault.InputInvalid, "This cell holds a line break or another control character. Take it out.")
	}
	return nil
}

// names reads person_id and scheme, and says whether both can be used.
func (d *Data) names(in Input, l line, person, scheme string) bool {
	ok := true
	if f := acceptName(person, "service's own reference for the person", 64); f != nil {
		d.reject(in, l, "person_id", "", f)
		person, ok = "", false
	}
	if f := acceptName(scheme, "scheme's name", 200); f != nil {
		d.reject(in, l, "scheme", person, f)
		ok = false
	}
	return ok
}

// measureNames lists the measures of the settings for a sentence.
func (s Settings) measureNames() string {
	var names []string
	for _, m := range s.Measures {
		names = append(names, m.Name)
	}
	return strings.Join(names, ", ")
}

func (s Settings) measureNumber(name string) int {
	return slices.IndexFunc(s.Measures, func(m MeasureSettings) bool { return m.Name == name })
}
