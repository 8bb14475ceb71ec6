package scheme

import "cairn/internal/measure"

// A Moment is when a score was taken, as far as that is known: the day; the month
// and the occasion; or the occasion alone. One person has one score of a measure by
// one rater at a moment. The day that an undated one is kept on is no part of it.
type Moment struct {
	dated    Dating
	on       Day // the first of a month; no day where none is known
	occasion Occasion
}

// Moment is that of the assessment.
func (a Assessment) Moment() Moment {
	switch a.Dated {
	case ByOrder:
		return Moment{dated: a.Dated, occasion: a.Occasion}
	case ToTheMonth:
		return Moment{a.Dated, a.On.Month().Span().First, a.Occasion}
	}
	return Moment{on: a.On}
}

// Key names the moment of a score that is not known to the day, the same way each
// time; it is empty of one that is.
func (m Moment) Key() string {
	switch m.dated {
	case ByOrder:
		return string(m.occasion)
	case ToTheMonth:
		return m.on.Month().String() + " " + string(m.occasion)
	}
	return ""
}

// once is what live assessments of one person differ in.
type once struct {
	measure measure.Key
	rater   measure.Rater
	at      Moment
}

func (a Assessment) once() once { return once{a.Measure, a.Rater, a.Moment()} }

// Meets reports whether the two are of one measure, rater and moment: of one person
// they are one administration, or contradict each other.
func (a Assessment) Meets(b Assessment) bool { return a.once() == b.once() }
