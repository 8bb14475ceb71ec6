package disclosure

import (
	"slices"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Person is one person in one scheme, on the way into rows for research.
type Person struct {
	Scheme  string
	Started scheme.Quarter
	Traits  scheme.Traits
	// Bands say where the first scores lie, in an order that is the same for
	// everybody: of BaselineBands.
	Bands []uint8
	// Before is what earlier files told of the person, in whatever words; empty
	// where none did.
	Before string
}

// A RowPlan is what rows for research say of each person, in the order in which
// they were given, or why there are none.
type RowPlan struct {
	Veil    scheme.Veil
	Shown   []scheme.Shown
	Refused RowRefusal // empty: the rows may go out
	Scheme  string     // that it is about, where it is about one
	Fewer   int        // people there are, of a refusal that counts them
}

// A RowRefusal says why no rows go out.
type RowRefusal string

const (
	RowsGo      RowRefusal = ""
	NoRows      RowRefusal = "empty"    // nobody is in it
	SmallScheme RowRefusal = "small"    // a scheme has fewer people than a description must fit
	TooRare     RowRefusal = "rare"     // more would have to be hidden than is allowed
	FewNew      RowRefusal = "few-new"  // too few people came since an earlier file
	AlikeScores RowRefusal = "one-band" // all of a scheme began in the same part of a scale
	mostHidden             = 5          // per cent of cells
	partsOfAll             = 4          // equal parts of a scale
	openParts              = uint8(60)  // of a scale without ends
)

// BaselineBands are where a first score lies, nil for none: in which of four
// equal parts of the scale, and in which of its published bands.
func BaselineBands(sc measure.Score, first *measure.Level) []uint8 {
	bands := []uint8{0}
	if len(sc.Bands) > 0 {
		bands = append(bands, 0)
	}
	if first == nil {
		return bands
	}
	low, closed := sc.End(measure.LowerIsBetter)
	high, top := sc.End(measure.HigherIsBetter)
	if closed = closed && top && high > low; closed {
		bands[0] = 1 + uint8(min(partsOfAll-1, partsOfAll*(*first-low)/(high-low)))
	} else {
		bands[0] = 1 + uint8(((*first%measure.Level(openParts))+measure.Level(openParts))%measure.Level(openParts))
	}
	if len(bands) > 1 {
		for i, b := range sc.Bands[0].From {
			if *first >= b.Level {
				bands[1] = 1 + uint8(i)
			}
		}
	}
	return bands
}

// ProtectRows finds the finest rows that tell nobody apart: each description of a
// person (scheme, quarter, age, sex, ethnicity, deprivation) fits at least
// v.Fewest people, who did not all begin in the same part of a scale. Traits are
// made coarser step by step; what is still rare is hidden, up to a twentieth of
// the cells. Scores, occasions and pairs are not its business and stay.
func ProtectRows(people []Person, v scheme.Veil) RowPlan {
	if refused := hopeless(people, v); refused.Refused != RowsGo {
		return refused
	}
	for _, steps := range coarser(v) {
		v.Steps = steps
		if c := newCrowd(people, v); c.hides() {
			return c.plan()
		}
	}
	return RowPlan{Veil: v, Refused: TooRare}
}

// hopeless refuses what nothing coarser would help: a scheme of too few people,
// or too few who are new in it, and one whose people all began alike.
func hopeless(people []Person, v scheme.Veil) RowPlan {
	v.Steps, v.Traits = scheme.MostSteps(), nil
	all := newCrowd(people, v)
	rare, left := all.rarest()
	p := RowPlan{Veil: v, Scheme: rare.scheme}
	switch {
	case len(people) == 0:
		p.Refused = NoRows
	case left == 0:
	case len(all.classes[rare].people) >= v.Fewest:
		p.Refused = AlikeScores
	case slices.ContainsFunc(people, func(o Person) bool { return o.Scheme == rare.scheme && o.Before != rare.before }):
		p.Refused, p.Fewer = FewNew, len(all.classes[rare].people)
	default:
		p.Refused, p.Fewer = SmallScheme, len(all.classes[rare].people)
	}
	return p
}

// coarser are all steps for the traits that are told, the finest first: by how
// much is lost together, and of those that lose the same, age and time last.
func coarser(v scheme.Veil) (all []scheme.Steps) {
	most := scheme.MostSteps()
	ends := []int{most.Deprivation, most.Ethnicity, most.Quarter, most.Age}
	for i, trait := range []string{scheme.TraitDeprivation, scheme.TraitEthnicity, scheme.TraitQuarter, scheme.TraitAge} {
		if !v.Tells(trait) {
			ends[i] = 0
		}
	}
	for lost := 0; lost <= ends[0]+ends[1]+ends[2]+ends[3]; lost++ {
		for age := 0; age <= ends[3]; age++ {
			for quarter := 0; quarter <= ends[2]; quarter++ {
				for ethnicity := 0; ethnicity <= ends[1]; ethnicity++ {
					deprivation := lost - age - quarter - ethnicity
					if deprivation >= 0 && deprivation <= ends[0] {
						all = append(all, scheme.Steps{Quarter: quarter, Age: age, Ethnicity: ethnicity, Deprivation: deprivation})
					}
				}
			}
		}
	}
	return all
}
