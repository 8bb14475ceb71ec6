package exchange

import (
	"slices"
	"strings"
	"sync"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An index keeps each text once and numbers it.
type index struct {
	number map[string]int32
	names  []string
}

func newIndex() index { return index{number: map[string]int32{}} }

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

// A score is one row of a long file or one cell of a wide one. Its level is
// kept with the most decimals there are, since how many the measure needs is
// known only at the end. A million of them are kept: they are packed.
type score struct {
	level   measure.Level // score x 10^4
	who     int32         // in Data.enrolled
	line    int32
	on      scheme.Day
	before  int32 // 1 + the same person's score before this one, 0 for none
	days    int16 // of a long file
	measure int16
	time    int16
	refused bool // contradicted by another row
}

func (s *score) counts() bool { return !s.refused }

// newData is empty, with room for the people that a table is likely to name.
func newData(s Settings, t *table) *Data {
	return &Data{Settings: s, names: newIndex(), enrolled: newEnrolments(t.people())}
}

// enrol finds or makes the enrolment of a person in a scheme.
func (d *Data) enrol(person, scheme string) int32 {
	p := []byte(person)
	return d.enrolled.of(p, d.enrolled.hash(p), d.names.of(scheme))
}

// add keeps a score, unless the person has one of the measure at the time point
// already: the same, which is then counted once, or another, and then neither
// counts, since nothing here knows which is right.
func (d *Data) add(s score) {
	e := d.enrolled.at(int(s.who))
	bit := uint64(1) << ((int(s.measure)*len(d.Settings.Timepoints) + int(s.time)) & 63)
	if first := d.sameSlot(e, s, bit); first != nil {
		d.addAgain(first, s)
		return
	}
	e.taken |= bit
	s.before = e.last
	d.scores.add(s)
	e.last = int32(d.scores.n)
}

// sameSlot is the score that stands where s would, nil when there is none. The
// bit tells at once of nearly all that there is none.
func (d *Data) sameSlot(e *enrolment, s score, bit uint64) *score {
	if e.taken&bit == 0 {
		return nil
	}
	for i := e.last; i > 0; {
		known := d.scores.at(int(i - 1))
		if known.measure == s.measure && known.time == s.time {
			return known
		}
		i = known.before
	}
	return nil
}

func (d *Data) addAgain(first *score, s score) {
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
	d.reject(Scores, line{number: int(s.line)}, column, d.enrolled.person(int(s.who)), fault.New(fault.Invalid, fault.AssessmentTwice,
		"This person has %s for one measure, time point and scheme (see line %d). Neither score counts. Keep the right one.", what, by.line))
}

// An extent is how far the accepted scores of a measure reach, and how many
// decimals they and the ends of its scale need.
type extent struct {
	decimals        int
	lowest, highest measure.Level // score x 10^4
	any             bool
	at              []bool // by time point, whether there is a score
}

// noExtents are those before any score.
func (d *Data) noExtents() []extent {
	all := make([]extent, len(d.Settings.Measures))
	for i, m := range d.Settings.Measures {
		all[i] = extent{decimals: m.decimals(), at: make([]bool, len(d.Settings.Timepoints))}
	}
	return all
}

// reach makes the extent hold a score.
func (x *extent) reach(s *score) {
	if !x.any {
		x.lowest, x.highest, x.any = s.level, s.level, true
	}
	x.lowest, x.highest = min(x.lowest, s.level), max(x.highest, s.level)
	x.at[s.time] = true
	if s.level%unit != 0 {
		x.decimals = max(x.decimals, decimalsOf(s.level))
	}
}

// merge makes the extent hold all that another holds.
func (x *extent) merge(o *extent) {
	if !o.any {
		return
	}
	if !x.any {
		x.lowest, x.highest, x.any = o.lowest, o.highest, true
	}
	x.lowest, x.highest = min(x.lowest, o.lowest), max(x.highest, o.highest)
	x.decimals = max(x.decimals, o.decimals)
	for i, held := range o.at {
		x.at[i] = x.at[i] || held
	}
}

// coarsen takes a level of the most decimals to those of the extent. It is done
// a million times: to divide by a constant takes a tenth of the time.
func (x extent) coarsen(l measure.Level) measure.Level {
	switch x.decimals {
	case 0:
		return l / unit
	case 1:
		return l / (unit / 10)
	case 2:
		return l / (unit / 100)
	case 3:
		return l / (unit / 1000)
	}
	return l
}

// settle does what needs every row: the extent of each measure, the pairs that
// run backward, and the order of the rejects.
func (d *Data) settle() {
	d.extents = d.noExtents()
	var merging sync.Mutex
	inShares(func(part, of int) {
		some := d.noExtents()
		for s := range d.scores.share(part, of) {
			if s.counts() {
				some[s.measure].reach(s)
			}
		}
		merging.Lock()
		defer merging.Unlock()
		for i := range some {
			d.extents[i].merge(&some[i])
		}
	})
	d.findBackward()
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

// What names are called in sentences, and how many characters they have at most.
const (
	aScheme    = "scheme's name"
	aGroup     = "group's name"
	mostPerson = 64
	mostWord   = 200
)

// acceptName refuses a reference or a scheme's name that is empty, longer than
// anything that can be stored, or holds what no one types.
func acceptName(text, what string, most int) *fault.Fault {
	switch {
	case text == "":
		return fault.New(fault.Invalid, fault.InputInvalid, "This cell is empty. Enter the %s.", what)
	case len([]rune(text)) > most:
		return fault.New(fault.Invalid, fault.InputInvalid, "This is too long for a %s: at most %d characters.", what, most)
	case !scheme.Visible(text):
		return fault.New(fault.Invalid, fault.InputInvalid, "This cell holds a line break or another control character. Take it out.")
	}
	return nil
}

// nameable looks at person_id and scheme, and says whether both can be used.
func (d *Data) nameable(in Input, l line, person, scheme string) bool {
	ok := true
	if f := acceptName(person, "service's own reference for the person", mostPerson); f != nil {
		d.reject(in, l, "person_id", "", f)
		person, ok = "", false
	}
	if f := acceptName(scheme, aScheme, mostWord); f != nil {
		d.reject(in, l, "scheme", person, f)
		ok = false
	}
	return ok
}

// measureNames are the measures of the settings.
func (s Settings) measureNames() (names []string) {
	for _, m := range s.Measures {
		names = append(names, m.Name)
	}
	return names
}
