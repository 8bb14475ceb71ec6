package intake

import (
	"maps"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Guess works out what the columns are, from their headings and what stands in
// them. It faults when no sheet names its columns, or none has a column of
// references: rows whose people cannot be told apart are of no use.
func Guess(b *Book, k Known) (Mapping, error) {
	g := &guesser{known: k, words: newVocabulary(k.Measures), marks: newMarks(), byName: map[string][]string{}}
	headed, columns := 0, []Column(nil)
	for i := range b.Sheets {
		h, err := g.words.headingOf(b, i)
		if err != nil {
			return Mapping{}, err
		}
		if h.worth == 0 {
			continue
		}
		headed++
		s, err := g.look(b, i, h)
		if err != nil {
			return Mapping{}, err
		}
		if s.settle(); s.of(TakesReference) >= 0 && (s.of(TakesScore) >= 0 || s.of(TakesAnswer) >= 0) {
			g.sheets = append(g.sheets, s)
		}
		columns = append(columns, s.columns...)
	}
	if len(g.sheets) == 0 {
		says := "No row names the columns. Put a row above the scores that says what each column is, such as: Client ID, Date, SWEMWBS."
		if headed > 0 {
			says = "No sheet has both a column of your own references for people (such as “Client ID”) and a column of scores of a measure that is known here. A name or an NHS number is no reference, and “Score” alone does not say of what: write “SWEMWBS pre”. Add what is missing." + whyNone(columns)
		}
		if b.Hidden > 0 {
			says += " Sheets that are hidden are not read: show those that hold scores."
		}
		return Mapping{}, fault.New(fault.Invalid, fault.FileHeader, "%s", says).At("header")
	}
	return g.mapping(), nil
}

// A guesser works out one mapping.
type guesser struct {
	known  Known
	words  *vocabulary
	marks  *marks
	sheets []*guessed
	byName map[string][]string // numbers that stand beside a name of a measure
	said   []NamedScore        // what an earlier mapping of the file says of such names
}

// A guessed sheet is one on its way to being understood.
type guessed struct {
	*guesser
	name    string // as it is told
	called  string // as the file has it
	says    string // see Sheet
	heading heading
	cells   []*cells
	columns []Column
	subject [][]subject // of each column
}

// look reads a sheet and notes what stands in its columns.
func (g *guesser) look(b *Book, sheet int, h heading) (*guessed, error) {
	s := &guessed{guesser: g, name: b.Sheets[sheet], called: b.name(sheet), says: b.says(sheet), heading: h}
	for range h.names {
		s.cells = append(s.cells, newCells(g.marks))
	}
	named, scored := -1, -1
	for i, m := range h.means {
		if m.takes == TakesMeasure && named < 0 {
			named = i
		}
		if m.takes == TakesScore && len(m.of) == 0 && scored < 0 {
			scored = i
		}
	}
	err := b.Each(sheet, func(l Line) error {
		if l.Number <= h.last || sameHeading(l, h.names) {
			return nil
		}
		for i, c := range s.cells {
			c.note(l.cell(i))
		}
		if name := l.cell(named); name != "" && scored >= 0 && len(g.byName) < mostNames && len(g.byName[name]) < mostNumbers {
			if _, ok := measure.DecimalsOf(l.cell(scored)); ok {
				name = strings.Clone(name)
				g.byName[name] = append(g.byName[name], strings.Clone(l.cell(scored)))
			}
		}
		return nil
	})
	return s, err
}

// of is the first column that is read as t, -1 where there is none.
func (s *guessed) of(t Takes) int {
	return slices.IndexFunc(s.columns, func(c Column) bool { return c.Takes == t })
}

// settle decides what each column is.
func (s *guessed) settle() {
	s.settleRuns()
	for i, name := range s.heading.names {
		m := s.byCells(i, s.heading.means[i])
		c := Column{Heading: name, Takes: m.takes, Why: m.why, Occasion: m.occasion}
		switch in := s.cells[i]; {
		case !c.Takes.Read():
		case m.takes == TakesDone && in.most(in.dates, 50):
			c.Takes = TakesDate
		case m.takes == TakesDone && !in.most(in.answers, 50):
			c = leftOut(c, TakesNothing, "its cells are neither yes nor no")
		case m.takes != TakesScore && in.most(in.who, 20):
			c = leftOut(c, TakesIdentity, "its cells seem to say who somebody is")
		case m.takes == TakesReference && (in.most(in.names, 50) || s.namesPeople(i)):
			c = leftOut(c, TakesIdentity, "its cells look like people's names")
		case in.most(in.long, 40):
			c = leftOut(c, TakesWords, "its cells are sentences")
		case m.takes == TakesDate && in.looked > 0 && in.dates*10 < in.looked:
			c = leftOut(c, TakesNothing, "it holds no dates")
		case m.takes == TakesScore && in.filled >= 10 && len(in.numbers)*10 < min(in.filled, mostNumbers)*3:
			c = leftOut(c, TakesNothing, "its cells are no numbers (write 23, and not “23 / 35” or “23 moderate”)")
		}
		if !c.Takes.Read() && c.Takes == TakesNothing && s.cells[i].most(s.cells[i].who, 20) {
			c = leftOut(c, TakesIdentity, "its cells seem to say who somebody is")
		}
		s.columns = append(s.columns, c)
		s.subject = append(s.subject, m.of)
	}
	s.oneOf(TakesReference, "another column is read as the reference")
	for _, t := range []Takes{TakesScheme, TakesMeasure, TakesOccasion, TakesActivity, TakesReferred, TakesDone} {
		s.oneOf(t, "another column is read as this already")
	}
	if at := s.of(TakesActivity); at >= 0 && len(s.known.Activities) == 0 {
		s.columns[at] = leftOut(s.columns[at], TakesNothing, "no activity is set up here, so none can be recognised")
	}
	s.settleScores()
	s.settleOccasions()
}

func leftOut(c Column, as Takes, why string) Column {
	return Column{Heading: c.Heading, Takes: as, Why: why}
}

// oneOf keeps the best of several columns that are read as the same.
func (s *guessed) oneOf(t Takes, why string) {
	best, most := -1, -1
	for i, c := range s.columns {
		if c.Takes != t {
			continue
		}
		worth := 0
		if words := wordsOf(c.Heading); hasAny(words, "id", "ref", "reference", "urn", "number", "no", "unique") {
			worth += 2
		}
		if s.cells[i].filled > 0 {
			worth++
		}
		if worth > most {
			best, most = i, worth
		}
	}
	for i, c := range s.columns {
		if c.Takes == t && i != best {
			s.columns[i] = leftOut(c, TakesNothing, why)
		}
	}
}

// mapping puts together what was found out.
func (g *guesser) mapping() Mapping {
	m := Mapping{Version: mappingVersion, Scheme: g.known.Default(), Dates: g.turns().order()}
	m.DatesBecause = g.turns().says(m.Dates)
	for _, s := range g.sheets {
		m.Sheets = append(m.Sheets, Sheet{Name: s.name, Says: s.says, Columns: s.columns})
	}
	m.Schemes = g.schemes()
	for _, v := range m.Schemes {
		if v.Means != "" && folded(v.Means) == folded(m.Scheme) {
			m.Scheme = v.Means // one scheme, written two ways
		}
	}
	m.Activities = match(g.wordsOf(TakesActivity), g.known.Activities)
	m.Occasions = g.occasions()
	m.Measures = g.named()
	m.Questions = g.questions(m)
	m = m.Answered()
	m.Fingerprint = m.fingerprint()
	return m
}

// wordsOf counts the texts of every column that is read as t.
func (g *guesser) wordsOf(t Takes) map[string]int {
	all := map[string]int{}
	for _, s := range g.sheets {
		if at := s.of(t); at >= 0 {
			for text, n := range s.cells[at].words {
				all[text] += n
			}
		}
	}
	return all
}

// schemes matches the names of the file with those that are here. Where none is
// here yet, those of the file are to be made; one that a slip of the keyboard
// explains, from a name that stands there three times as often, has to be looked
// at.
func (g *guesser) schemes() []Value {
	there := g.wordsOf(TakesScheme)
	if len(g.known.Schemes) > 0 {
		return match(there, g.known.Schemes)
	}
	names := slices.SortedFunc(maps.Keys(there), func(a, b string) int {
		if d := there[b] - there[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	var made []string
	same := map[string]bool{}
	for _, name := range names {
		near := nearest(name, made)
		if scheme.AcceptName(name) != nil {
			continue
		}
		slip := near != "" && there[name]*3 <= there[near] && digitsOf(near) == digitsOf(name)
		if !same[folded(name)] && !slip {
			same[folded(name)] = true
			made = append(made, name)
		}
	}
	if len(made) > mostNames {
		made = nil
	}
	return match(there, made)
}

func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// match finds what texts mean among names; what is not there by its letters has
// to be looked at.
func match(there map[string]int, names []string) []Value {
	byFolded := map[string]string{}
	for _, n := range names {
		byFolded[folded(n)] = n
	}
	var all []Value
	for _, text := range slices.Sorted(maps.Keys(there)) {
		v := Value{Says: text, Means: byFolded[folded(text)]}
		if v.Means == "" {
			v.Nearest = nearest(text, names)
		}
		all = append(all, v)
	}
	return all
}

func (g *guesser) occasions() (all []Value) {
	there := slices.Sorted(maps.Keys(g.wordsOf(TakesOccasion)))
	lowest := lowestTime(there)
	for _, text := range there {
		all = append(all, Value{Says: text, Means: string(readOccasion(text, lowest))})
	}
	return all
}
