package intake

import (
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// said is what was said first of one person, measure and day.
type said struct {
	value    uint32
	score    uint32 // the same as a score, without its scheme
	line     uint32
	sheet    uint8 // of mostSheets at most
	conflict bool
	here     here
}

// A Summary is what a file comes to.
type Summary struct {
	Rows       int             `json:"rows"`
	Outcomes   map[Outcome]int `json:"outcomes"` // rows
	Scores     int             `json:"scores"`   // that count
	People     int             `json:"people"`   // with a score that counts
	Pairs      int             `json:"pairs"`    // of a first and a later score, within the file
	NewPairs   int             `json:"pairs_added"`
	Unpaired   Unpaired        `json:"not_paired"`
	Here       int             `json:"here_already"` // of the scores that count
	ShortYears int             `json:"two_digit_years"`
	Months     int             `json:"month_only"` // dates that were read, as those of two digits
	Undated    int             `json:"undated"`    // of the scores that count
	Between    int             `json:"between"`    // of several without a day, neither the first nor the last
	Serials    int             `json:"spreadsheet_days"`
	Blanks     int             `json:"blanks"` // cells of scores that say that there is none

	Notes
}

// Walk reads the file twice: once to learn what contradicts what, once to say
// of every row what became of it, in the order of the file. It keeps some bytes
// of each score and no cell. fn may keep a verdict.
func (r *Reading) Walk(fn func(Verdict) error) (Summary, error) {
	j := &judge{Reading: r, seed: maphash.MakeSeed(), ends: map[int]int{}}
	r.total = 0
	if err := r.rows(func(w *row) error { r.total++; return j.learn(w) }); err != nil {
		return Summary{}, err
	}
	if err := j.holdAgainstKept(); err != nil {
		return Summary{}, err
	}
	j.sum.Outcomes = map[Outcome]int{}
	if err := r.rows(func(w *row) error { return fn(j.verdict(w)) }); err != nil {
		return j.sum, err
	}
	j.sum.People = j.people.held()
	j.sum.HiddenSheets = r.book.Hidden
	j.pairs()
	return j.sum, nil
}

// Total is how many rows there are, from the first verdict on.
func (r *Reading) Total() int { return r.total }

// rows reads every row of every sheet below its headings.
func (r *Reading) rows(fn func(*row) error) error {
	for i := range r.sheets {
		p := &r.sheets[i]
		err := r.book.Each(p.book, func(l Line) error {
			if l.Number <= p.last {
				return nil
			}
			return fn(r.readRow(p, l))
		})
		if err != nil && p.name != "" {
			return fmt.Errorf("sheet %s: %w", p.name, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A judge knows what was said of every day.
type judge struct {
	*Reading
	seed   maphash.Seed
	first  packed[said]
	sum    Summary
	people packed[struct{}]
	spans  spans
	here   spans       // of whom the file has a score too
	ends   map[int]int // by sheet: the last line with somebody's score
}

func (j *judge) hash(parts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(j.seed)
	for _, p := range parts {
		_, _ = h.WriteString(p) // never fails
		_ = h.WriteByte(0)      // likewise
	}
	return h.Sum64()
}

// mixed is a hash with a number in it.
func mixed(h uint64, n int64) uint64 {
	h ^= uint64(n) * 0x9E3779B97F4A7C15
	h ^= h >> 32
	return h * 0xD6E8FEB86659FD93
}

// key names the day of a score: one person answers a measure once a day.
func (j *judge) key(s Score) uint64 {
	if s.Dated == ByOrder {
		return j.hash(s.Reference, string(s.Measure), itemOf(s), string(s.Occasion))
	}
	if s.Dated == ByMonth { // a month has room for a score before and one after
		return mixed(j.hash(s.Reference, string(s.Measure), itemOf(s), "month "+string(s.Occasion)), int64(s.On.Month()))
	}
	return mixed(j.hash(s.Reference, string(s.Measure), itemOf(s)), int64(s.On.DaysSince(scheme.Day{})))
}

// itemOf is the item of an answer that stands for itself.
func itemOf(s Score) string {
	if len(s.Answers) == 1 {
		for key := range s.Answers {
			return key
		}
	}
	return ""
}

// value is what is said of that day.
func (j *judge) value(s Score) uint32 {
	h := mixed(j.hash(string(s.Series), s.Scheme), int64(s.Level))
	for key, n := range s.Answers { // added up, so that their order is no matter
		h += mixed(j.hash(key), int64(n))
	}
	return uint32(h >> 32)
}

// score is what is said without where it belongs.
func (j *judge) score(s measure.Scored) uint32 {
	return uint32(mixed(j.hash(string(s.Series)), int64(s.Level)) >> 32)
}

// learn notes what a row says of which day. What is of nobody, or of a scheme
// that nobody knows, contradicts nothing.
func (j *judge) learn(w *row) error {
	if w.hasScore() {
		j.ends[w.sheet.book] = w.line.Number
	}
	if !w.counts() {
		return nil
	}
	for _, s := range w.scores {
		key, value := j.key(s), j.value(s)
		before := j.first.found(key)
		switch {
		case before == nil:
			first := said{value: value, sheet: uint8(s.Sheet), line: uint32(s.Line)}
			if len(s.made) > 0 { // nothing of who was referred and not measured
				first.score = j.score(s.made[0])
			}
			j.first.put(key, first)
			if j.kept != nil {
				j.here.put(j.spanOf(s), nowhere())
			}
			if s.Measure != "" {
				at := nowhere()
				at.turn = turnOf(s)
				j.spans.note(j.spanOf(s), at)
			}
		case before.value != value:
			before.conflict = true
		}
	}
	return nil
}

// verdict says what became of a row.
func (j *judge) verdict(w *row) Verdict {
	v := Verdict{Sheet: w.sheet.name, Line: w.line.Number, Outcome: Accepted}
	problems := slices.Clone(j.footed(w))
	repeated, known := 0, 0
	mine := map[uint64]bool{}
	if w.counts() {
		for _, s := range w.scores {
			key := j.key(s)
			first := j.first.of(key) // nothing, where the file was changed meanwhile
			switch {
			case first.conflict:
				problems = append(problems, problem{Conflict, j.contradiction(w, s, first)})
			case mine[key], int(first.line) != s.Line || int(first.sheet) != s.Sheet:
				repeated++
				if len(v.Scores) == 0 {
					v.Reason = fmt.Sprintf("It says again what line %d said%s, and is counted once.", first.line, j.inSheet(first, s))
				}
			case first.here == otherHere:
				problems = append(problems, problem{Conflict, fmt.Sprintf("%s: something else is kept here of this person%s. It stays; correct it there, or the row.", j.defs[s.Measure].Short, and(s))})
			case first.here < onceHere && j.misplaced(s) != "":
				problems = append(problems, problem{Review, j.misplaced(s)})
			default:
				mine[key] = true
				v.Scores = append(v.Scores, s)
				if first.here != notHere {
					known++
				}
			}
		}
	}
	j.judged(&v, problems, repeated)
	if w.seen.between > 0 {
		v.Reason = strings.TrimSpace(v.Reason + " What stands between the first and the last score of the row is left out: it has no date, and without dates only first and last pair.")
	}
	if v.Outcome == Accepted && known > 0 && known == len(v.Scores) {
		v.Outcome, v.Reason = Here, "It is here already, and stays as it is."
	}
	j.sum.Here += known
	v = j.turnedOut(v)
	j.count(w, v)
	if !v.Outcome.Fine() {
		v.Kept = w.kept()
	}
	return v
}

// counts reports a row of which it is known whose it is and where it belongs.
func (w *row) counts() bool { return w.reference != "" && w.scheme != "" && !w.needsReview() }

// needsReview reports a word about the row as a whole that nobody knows.
func (w *row) needsReview() bool {
	_, activity, there := w.column(TakesActivity)
	_, occasion, occasions := w.column(TakesOccasion)
	return there && !notThere(activity) && w.activity == "" || occasions && !notThere(occasion) && !w.occasionKnown
}

// judged gives a verdict its outcome, the gravest of what befell it, and says
// why.
func (j *judge) judged(v *Verdict, problems []problem, repeated int) {
	if repeated > 0 && len(v.Scores) == 0 && len(problems) == 0 {
		v.Outcome = Duplicate
		return
	}
	v.Reason = ""
	slices.SortStableFunc(problems, func(a, b problem) int { return b.outcome.grave() - a.outcome.grave() })
	var why []string
	for _, p := range problems {
		if p.outcome.grave() > v.Outcome.grave() {
			v.Outcome = p.outcome
		}
		if !slices.Contains(why, p.reason) {
			why = append(why, p.reason)
		}
	}
	if len(problems) > 0 && len(v.Scores) > 0 {
		were := "were"
		if len(v.Scores) == 1 {
			were = "was"
		}
		why = append(why, fmt.Sprintf("%d of the row's scores %s taken all the same.", len(v.Scores), were))
	}
	if len(problems) == 0 && repeated > 0 {
		why = append(why, "The row also says again what an earlier one said, which is counted once.")
	}
	v.Reason = strings.Join(why, " ")
}

// count adds a verdict to the summary.
func (j *judge) count(w *row, v Verdict) {
	j.sum.Rows++
	j.sum.Outcomes[v.Outcome]++
	j.sum.ShortYears += w.seen.shortYears
	j.sum.Months += w.seen.months
	j.sum.Between += w.seen.between
	j.sum.Serials += w.seen.serials
	j.sum.Blanks += w.seen.blanks
	j.sum.note(w, v)
	for _, s := range v.Scores {
		j.people.put(j.hash(s.Reference), struct{}{})
		if s.Measure == "" {
			continue
		}
		j.sum.Scores++
		if s.Dated == ByOrder {
			j.sum.Undated++
		}
		if j.first.of(j.key(s)).here != onceHere { // of what was put right, no pair is made
			j.spans.note(j.spanOf(s), place(s))
		}
	}
}
