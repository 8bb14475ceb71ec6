package evidence

import (
	"fmt"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/stat"
)

// A Part is the people of both sides in one scheme.
type Part struct{ Reference, Other scheme.Transitions }

// Both reports whether somebody of either side was measured twice: of several
// schemes, only those are compared.
func (p Part) Both() bool { return p.Reference.Flow.Paired > 0 && p.Other.Flow.Paired > 0 }

func (p *Part) merge(o Part) {
	p.Reference.Merge(o.Reference)
	p.Other.Merge(o.Other)
}

// Within says of a difference between people of several schemes that it was made
// within them: what lies between schemes is in none of it.
type Within struct {
	Schemes int // with people of both sides measured twice
	Outside int // people measured twice in schemes with people of one side alone; in no difference

	diff, lo, hi *float64
}

// NewSidesWithin is NewSides for people of several schemes, who are compared with
// others of their own scheme. Where therapists work in some schemes and not in
// others, what schemes differ in would else be taken for what therapists do. The
// findings of both sides are of everybody.
func NewSidesWithin(score measure.Score, parts []Part, names SideNames, refusals ...string) Sides {
	all := Part{scheme.NewTransitions(), scheme.NewTransitions()}
	in := Part{scheme.NewTransitions(), scheme.NewTransitions()}
	w := &Within{}
	var tables [][2]stat.Table
	for _, p := range parts {
		all.merge(p)
		if !p.Both() {
			w.Outside += p.Reference.Flow.Paired + p.Other.Flow.Paired
			continue
		}
		in.merge(p)
		w.Schemes++
		tables = append(tables, [2]stat.Table{count(score, p.Reference).table, count(score, p.Other).table})
	}
	if len(parts) < 2 {
		return NewSides(score, all.Reference, all.Other, names, refusals...)
	}
	if w.Outside > 0 {
		names = SideNames{names.Reference + ", in a scheme that has both", names.Other + ", in a scheme that has both"}
	}
	s := Sides{Reference: Of(score, all.Reference), Other: Of(score, all.Other), Overlap: NewOverlap(score, in.Reference, in.Other), Within: w}
	s.Refused = append(append(s.Refused, refusals...), s.Overlap.Refused(names.Reference, names.Other)...)
	if len(s.Refused) > 0 {
		return s
	}
	made, err := stat.NewWithin(tables)
	if err == nil {
		_, err = made.CI.Low.Value()
	}
	if err != nil {
		s.Refused = append(s.Refused, "A difference is "+NotEstimable+": "+err.Error()+".")
		return s
	}
	w.diff, w.lo, w.hi = made.Difference.Ptr(), made.CI.Low.Ptr(), made.CI.High.Ptr()
	s.Strata = strata(score, in.Reference, in.Other)
	return s
}

// Sentence says who is compared with whom.
func (w Within) Sentence() string {
	text := "People are compared with others of their own scheme, so that what lies between schemes is not in the difference."
	switch w.Schemes {
	case 0:
		text += " No scheme has people of both groups measured twice."
	case 1:
		text += " One scheme has people of both groups."
	default:
		text += fmt.Sprintf(" %s schemes have people of both groups.", People(w.Schemes))
	}
	if w.Outside > 0 {
		text += fmt.Sprintf(" %s measured twice in schemes that have people of one group alone, and not in the difference.", were(w.Outside))
	}
	return text
}
