package intake

import (
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A slot is one administration of one measure, as the columns of a row have it.
type slot struct {
	measure  measure.Key
	occasion scheme.Occasion
	time     int
}

// readScores reads every score and answer of the row.
func (w *row) readScores() {
	answers := map[slot]map[string]int{}
	var order []slot
	for i, c := range w.sheet.reads {
		if c.Takes != TakesScore && c.Takes != TakesAnswer {
			continue
		}
		text := w.line.cell(w.sheet.at[i])
		if notThere(text) {
			w.seen.blanks++
			continue
		}
		c, ok := w.measured(c)
		if !ok {
			continue
		}
		if w.notDone {
			w.say(Rejected, "%s: the row says that nothing was answered, and has a score.", shown(c.Heading))
			continue
		}
		if c.Item == "" {
			w.readScore(c, text)
			continue
		}
		s := slot{c.Measure, c.Occasion, c.Time}
		if answers[s] == nil {
			answers[s] = map[string]int{}
			order = append(order, s)
		}
		if n, ok := w.answer(c, text); ok {
			answers[s][c.Item] = n
		}
	}
	for _, s := range order {
		w.readAnswers(s, answers[s])
	}
	w.holdTotals()
	w.passOver()
}

// holdTotals holds answers against a total of them that stands beside them: where
// they make it they say it too, else neither counts.
func (w *row) holdTotals() {
	wrong := map[slot]bool{}
	total := func(s Score) bool {
		return s.Answers == nil && slices.ContainsFunc(w.scores, func(a Score) bool { return a.Answers != nil && a.slot() == s.slot() })
	}
	for _, s := range w.scores {
		if !total(s) {
			continue
		}
		for _, a := range w.scores {
			if a.Answers != nil && a.slot() == s.slot() && !slices.Contains(a.made, s.made[0]) {
				wrong[s.slot()] = true
			}
		}
	}
	for at := range wrong {
		w.say(Conflict, "%s: the answers of the row do not make the score beside them. Neither counts; keep what is right.", w.defs[at.measure].Short)
	}
	w.scores = slices.DeleteFunc(w.scores, func(s Score) bool { return wrong[s.slot()] || total(s) })
}

// passOver leaves out what stands between the first and the last score of the row
// where no day is known: without days, only first and last pair.
func (w *row) passOver() {
	before := len(w.scores)
	all := slices.Clone(w.scores)
	w.scores = slices.DeleteFunc(w.scores, func(s Score) bool {
		return s.Dated == ByOrder && slices.ContainsFunc(all, func(later Score) bool {
			return later.Dated == ByOrder && later.time > s.time && later.Measure == s.Measure && later.Series == s.Series && itemOf(later) == itemOf(s) && later.Occasion == s.Occasion
		})
	})
	w.seen.between += before - len(w.scores)
}

// measured is the column with the measure of the row, where it has none of its
// own.
func (w *row) measured(c Column) (Column, bool) {
	if c.Measure == "" && c.Asked == "" {
		named, text, there := w.column(TakesMeasure)
		if !there || notThere(text) {
			w.say(Rejected, "%s: the row has a score and names no measure.", shown(c.Heading))
			return c, false
		}
		n, known := w.measures[folded(text)]
		if !known || n.Measure == "" && n.Series == "" && n.Asked == "" {
			w.say(Review, "%s: the measure is not known here. Correct it, or say in the mapping which it is.", shown(named.Heading))
			return c, false
		}
		c.Measure, c.Series, c.Item, c.Asked = n.Measure, n.Series, n.Item, n.Asked
	}
	if c.Series != "" {
		def, _ := w.owner(c.Series)
		c.Measure = def.Key
	}
	if c.Series == "" && c.Item == "" {
		w.say(Review, "%s: nobody said which score this is: raw or converted, of how many questions. Answer that in the mapping.", shown(c.Heading))
		return c, false
	}
	if planned, here := w.planned[w.scheme]; here && !slices.Contains(planned, c.Measure) {
		w.say(Review, "%s: no plan of “%s” collects %s, so it would be in no figure. Add it to the plan of the scheme, or leave the column out.", shown(c.Heading), w.scheme, w.defs[c.Measure].Short)
		return c, false
	}
	if c.Occasion == "" {
		c.Occasion = w.occasion
	}
	return c, true
}

// base is what all scores of a row have in common, with the day of an occasion.
func (w *row) base(c Column) (Score, bool) {
	s := Score{
		Sheet: w.sheet.book, Line: w.line.Number, Reference: w.reference, Scheme: w.scheme, Activity: w.activity,
		Measure: c.Measure, Series: c.Series, Occasion: c.Occasion, Referred: w.referred.on, ReferredDated: w.referred.dated, time: c.Time,
	}
	at, there := w.dateOf(c)
	if !there {
		if s.Occasion == "" {
			w.say(Rejected, "The row has a score, and neither a date nor an occasion such as “pre” or “post”.")
			return s, false
		}
		s.Dated = ByOrder
		return s, true
	}
	text := w.line.cell(w.sheet.at[at])
	if notThere(text) {
		w.say(Rejected, "%s: the row has a score and no date.", shown(w.sheet.reads[at].Heading))
		return s, false
	}
	d, f := w.day(text)
	if f != nil {
		w.fail(w.sheet.reads[at], f)
		return s, false
	}
	if w.referred.dated == ByDay && d.dated == ByDay && d.on.Before(w.referred.on.Plus(-scheme.LongestBefore)) {
		w.say(Rejected, "%s: this lies more than a year before the day of the referral. Check both dates.", shown(w.sheet.reads[at].Heading))
		return s, false
	}
	s.On, s.Dated = d.on, d.dated
	if s.Occasion == "" {
		s.Occasion = scheme.Unstated
	}
	return s, true
}

func (w *row) readScore(c Column, text string) {
	if f := readable(text); f != nil {
		w.fail(c, f)
		return
	}
	def := w.defs[c.Measure]
	made, err := def.FromScore(c.Series, text)
	if f := first(err); f != nil {
		w.fail(c, f)
		return
	}
	s, ok := w.base(c)
	if !ok {
		return
	}
	s.Level, s.Text, s.made = made[0].Level, text, made
	w.scores = append(w.scores, s)
}

// readable faults for what is no number, with the cause that spreadsheets have.
func readable(text string) *fault.Fault {
	if _, ok := measure.DecimalsOf(text); ok {
		return nil
	}
	says := "This is not a number. Write the score in digits alone, such as 18.59."
	switch {
	case strings.HasPrefix(text, "="):
		says = "This is a formula, and not what it comes to. Copy the column and paste its values."
	case strings.HasPrefix(text, "#"):
		says = "This is an error of the spreadsheet. Mend the formula, or leave the cell empty."
	case strings.Count(text, ",") == 1 && strings.Trim(text, "0123456789,") == "":
		says = "Write a point, not a comma, before decimals, such as 18.59."
	}
	return fault.New(fault.Invalid, fault.InputInvalid, "%s", says)
}

func first(err error) *fault.Fault {
	if all, _ := fault.All(err); len(all) > 0 {
		return all[0]
	}
	return nil
}

// answer reads the answer to one item.
func (w *row) answer(c Column, text string) (int, bool) {
	if f := readable(text); f != nil {
		w.fail(c, f)
		return 0, false
	}
	def := w.defs[c.Measure]
	it, _ := def.Item(c.Item)
	level, err := measure.ParseLevel(text, it.Decimals)
	if err != nil || !it.Takes(int(level)) {
		w.say(Rejected, "%s: this question takes %s to %s.", shown(c.Heading), it.Response(it.Min), it.Response(it.Max))
		return 0, false
	}
	return int(level), true
}

// readAnswers keeps the answers of one administration: each for itself where
// the measure has no total, else all together.
func (w *row) readAnswers(s slot, given map[string]int) {
	def := w.defs[s.measure]
	if len(given) == 0 {
		return
	}
	base, ok := w.base(Column{Measure: s.measure, Occasion: s.occasion, Time: s.time})
	if !ok {
		return
	}
	if !apart(def) {
		made, err := def.FromItems(given)
		if err != nil {
			if f := first(err); f != nil {
				w.say(Rejected, "%s: %s", def.Short, plain(f))
			}
			return
		}
		base.Answers, base.made = given, made
		w.scores = append(w.scores, base)
		return
	}
	for _, it := range def.Items {
		if n, ok := given[it.Key]; ok {
			one := base
			one.Answers = map[string]int{it.Key: n}
			one.made, _ = def.FromItems(one.Answers) // each answer is a score, and was held against its question
			w.scores = append(w.scores, one)
		}
	}
}

// plain is what a fault says without the answers that it is about.
func plain(f *fault.Fault) string {
	if f.Code == fault.ScoreContradicts {
		return "The score and the level beside it do not go together by any published set of cut points. Check both."
	}
	return f.Detail
}

// apart reports a measure whose answers each are a score, and which has no
// other.
func apart(d measure.Definition) bool {
	return !slices.ContainsFunc(d.Scores, func(sc measure.Score) bool { return sc.Kind != measure.KindItem })
}
