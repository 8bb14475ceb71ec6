package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Reading is a file with a mapping that fits it.
type Reading struct {
	book     *Book
	mapping  Mapping
	sheets   []placed
	defs     map[measure.Key]measure.Definition
	schemes  dictionary
	activity dictionary
	occasion dictionary
	measures map[string]NamedScore
	cal      *calendar
	kept     func(fn func(Kept) error) error
	former   map[string]string
	here     []string // schemes
	planned  map[string][]measure.Key
	total    int // rows, once they were counted
	late     map[int]Late
}

// Read holds a mapping against a file. It faults with mapping.other-file when
// the mapping is of another one, and with mapping.invalid when it names what is
// not known here.
func Read(b *Book, m Mapping, k Known) (*Reading, error) {
	r := &Reading{
		book: b, mapping: m, defs: map[measure.Key]measure.Definition{}, measures: map[string]NamedScore{},
		schemes: newDictionary(m.Schemes, k.Schemes), activity: newDictionary(m.Activities, k.Activities), occasion: newDictionary(m.Occasions, nil),
		cal:  &calendar{order: m.Dates, epoch: b.epoch, today: k.Today, known: map[string]date{}},
		kept: k.Kept, former: k.Former, here: k.Schemes, planned: k.Collected,
	}
	r.occasion.read = func(text string) string { return string(readOccasion(text, 1)) }
	for _, d := range k.Measures {
		r.defs[d.Key] = d
	}
	for _, n := range m.Measures {
		r.measures[folded(n.Says)] = n
	}
	if err := r.check(k); err != nil {
		return nil, err
	}
	var err error
	r.sheets, err = m.place(b)
	return r, err
}

// A problem is one thing that keeps a row, or one score of it, out.
type problem struct {
	outcome Outcome
	reason  string
}

// row is what one row of a file says.
type row struct {
	*Reading
	sheet *placed
	line  Line

	reference, scheme, activity string
	referred                    date
	occasion                    scheme.Occasion
	occasionKnown               bool
	notDone                     bool
	dates                       []string // that were counted
	scores                      []Score
	problems                    []problem
	seen                        traits
}

// traits are what a preview counts.
type traits struct{ shortYears, months, serials, between, otherOrder, blanks int }

func (w *row) say(outcome Outcome, format string, args ...any) {
	p := problem{outcome, fmt.Sprintf(format, args...)}
	if !slices.Contains(w.problems, p) {
		w.problems = append(w.problems, p)
	}
}

func (w *row) fail(c Column, f *fault.Fault) { w.say(Rejected, "%s: %s", shown(c.Heading), f.Detail) }

// shown is a heading as a sentence has it.
func shown(heading string) string {
	if r := []rune(heading); len(r) > 40 {
		heading = string(r[:40]) + "…"
	}
	if !scheme.Visible(heading) {
		return "A column"
	}
	return cmp.Or(heading, "A column without a heading")
}

// column is the first read column that is taken as t, and its cell.
func (w *row) column(t Takes) (c Column, text string, ok bool) {
	for i, c := range w.sheet.reads {
		if c.Takes == t {
			return c, w.line.cell(w.sheet.at[i]), true
		}
	}
	return Column{}, "", false
}

// readRow says what a row holds.
func (r *Reading) readRow(p *placed, l Line) *row {
	w := &row{Reading: r, sheet: p, line: l}
	if sameHeading(l, p.names) {
		w.say(Rejected, "The row says the headings again.")
		return w
	}
	w.who()
	w.where()
	w.when()
	w.readScores()
	if len(w.scores) == 0 && len(w.problems) == 0 {
		w.unscored()
	}
	return w
}

// who reads whose row it is.
func (w *row) who() {
	c, text, _ := w.column(TakesReference)
	switch strings.ToLower(text) {
	case "total", "totals", "mean", "average", "count", "sum", "median", "sd", "grand total", "subtotal", "n":
		w.say(Rejected, "The row is a line of totals, and of nobody.")
		return
	}
	if notThere(text) {
		w.say(Rejected, "%s: the row says of nobody whose it is.", shown(c.Heading))
		return
	}
	if rounded(text) {
		w.say(Rejected, "%s: a spreadsheet has rounded this reference (as 1.2E+10). Set the column to “Text” and type it again.", shown(c.Heading))
		return
	}
	if all, _ := fault.All(scheme.AcceptReference(text)); all != nil {
		w.fail(c, all[0])
		return
	}
	w.reference = strings.Join(strings.Fields(text), " ")
	if now, was := w.former[w.reference]; was { // two records of one person were made one
		w.reference = now
	}
}

// rounded reports a number that a spreadsheet has written with an exponent.
func rounded(text string) bool {
	whole, power, found := strings.Cut(strings.ToUpper(text), "E+")
	_, isNumber := measure.DecimalsOf(whole)
	return found && isNumber && strings.Trim(power, "0123456789") == ""
}

// where reads the scheme and the activity.
func (w *row) where() {
	c, text, there := w.column(TakesScheme)
	switch {
	case !there || notThere(text):
		if w.scheme = w.mapping.Scheme; w.scheme == "" {
			w.say(Review, "The row names no scheme. Name it, or say in the mapping which scheme such rows belong to.")
		}
	default:
		v := w.schemes.look(text)
		if w.scheme = v.Means; v.Means == "" {
			w.say(Review, "%s: %s", shown(c.Heading), w.schemes.unknown(v, "scheme"))
		}
	}
	c, text, there = w.column(TakesActivity)
	if !there || notThere(text) {
		return
	}
	v := w.Reading.activity.look(text)
	if w.activity = v.Means; v.Means == "" {
		w.say(Review, "%s: %s", shown(c.Heading), w.Reading.activity.unknown(v, "activity"))
	}
}

// when reads what holds for all scores of the row: the day of the referral, the
// occasion, and whether anything was answered.
func (w *row) when() {
	if c, text, there := w.column(TakesReferred); there && !notThere(text) {
		d, f := w.day(text)
		if f != nil {
			w.fail(c, f)
		}
		w.referred = d
	}
	if c, text, there := w.column(TakesOccasion); there && !notThere(text) {
		v := w.Reading.occasion.look(text)
		if w.occasion, w.occasionKnown = scheme.Occasion(v.Means), v.Means != ""; !w.occasionKnown {
			w.say(Review, "%s: %s", shown(c.Heading), w.Reading.occasion.unknown(v, "occasion"))
		}
	}
	if c, text, there := w.column(TakesDone); there && !notThere(text) {
		is, ok := yes(text)
		if !ok {
			w.say(Rejected, "%s: this is neither yes nor no.", shown(c.Heading))
		}
		w.notDone = ok && !is
	}
}

// day reads a date and counts what a preview tells of it.
func (w *row) day(text string) (date, *fault.Fault) {
	d, f := w.cal.read(text)
	if slices.Contains(w.dates, text) {
		return d, f
	}
	w.dates = append(w.dates, text)
	if f != nil {
		if f.Code == fault.DayImpossible && w.cal.swapped(text) {
			w.seen.otherOrder++
		}
		return d, f
	}
	if d.short {
		w.seen.shortYears++
	}
	if d.serial {
		w.seen.serials++
	}
	if d.dated == ByMonth {
		w.seen.months++
	}
	return d, nil
}

// unscored is a row without any score: somebody who was referred and not
// measured counts as that, if it is known when.
func (w *row) unscored() {
	if w.referred.on.IsZero() {
		w.say(Rejected, "The row has no score.")
		return
	}
	w.scores = append(w.scores, Score{
		Sheet: w.sheet.book, Line: w.line.Number, Reference: w.reference, Scheme: w.scheme, Activity: w.activity,
		On: w.referred.on, Dated: w.referred.dated, Referred: w.referred.on, ReferredDated: w.referred.dated,
	})
}
