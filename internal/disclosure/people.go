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
	Traits  *scheme.Traits // shared by all of whom the same is said; never changed
	// Parts say where the person began, in an order that is the same for everybody:
	// of PartsOf.
	Parts []Parts
	// Before is what earlier files told of the person, in whatever words; empty
	// where none did.
	Before string
}

// A Leaver is somebody of whom earlier files tell and this one does not.
type Leaver struct {
	Scheme string
	Before string // as a Person's
}

// A RowPlan is what rows for research say of each person, in the order in which
// they were given, or why there are none.
type RowPlan struct {
	Veil    scheme.Veil
	Shown   []*scheme.Shown // shared by all whom one description fits; never changed
	Refused RowRefusal      // empty: the rows may go out
	Scheme  string          // that it is about, where it is about one
	Fewer   int             // people there are, of a refusal that counts them
}

// A RowRefusal says why no rows go out.
type RowRefusal string

const (
	RowsGo      RowRefusal = ""
	NoRows      RowRefusal = "empty"    // nobody is in it
	SmallScheme RowRefusal = "small"    // a scheme has fewer people than a description must fit
	TooRare     RowRefusal = "rare"     // more would have to be hidden than is allowed
	FewNew      RowRefusal = "few-new"  // too few people came or left since an earlier file
	AlikeScores RowRefusal = "one-band" // all of a scheme began in the same part of a scale
	mostHidden             = 5          // per cent of cells
	partsOfAll             = 4          // equal parts of a scale
	openParts              = 60         // of a scale without ends
)

// Parts are those of one scale in which somebody may have begun, a bit for each;
// none of somebody without a score on it. They are more than one where no day tells
// which of two scores came first.
type Parts uint64

// PartsOf are the parts in which scores lie: of the four equal ones of the scale,
// and of its published bands where it has such.
func PartsOf(sc measure.Score, levels ...measure.Level) []Parts {
	parts := []Parts{0}
	if len(sc.Bands) > 0 {
		parts = append(parts, 0)
	}
	low, closed := sc.End(measure.LowerIsBetter)
	high, top := sc.End(measure.HigherIsBetter)
	closed = closed && top && high > low
	for _, level := range levels {
		part := (level%openParts + openParts) % openParts
		if closed {
			part = min(partsOfAll-1, max(0, partsOfAll*(level-low)/(high-low)))
		}
		parts[0] |= 1 << part
		if len(parts) > 1 {
			parts[1] |= 1 << band(sc, level)
		}
	}
	return parts
}

// band is which of the first published bands holds a score; 0 for what lies below
// the lowest.
func band(sc measure.Score, level measure.Level) (at int) {
	for i, b := range sc.Bands[0].From {
		if level >= b.Level {
			at = 1 + i
		}
	}
	return at
}

// Together are the parts of either.
func Together(a, b []Parts) []Parts {
	if len(a) == 0 {
		return b
	}
	all := slices.Clone(a)
	for i, more := range b {
		all[i] |= more
	}
	return all
}

// ProtectRows finds the finest rows that tell nobody apart: each description of a
// person (scheme, quarter, age, sex, ethnicity, deprivation) fits at least
// v.Fewest people, who did not all begin in the same part of a scale. Traits are
// made coarser step by step; what is still rare is hidden, up to a twentieth of
// the cells. Scores, occasions and pairs are not its business and stay. Of whom
// earlier files tell and this one does not, there are to be as many.
func ProtectRows(people []Person, gone []Leaver, v scheme.Veil) RowPlan {
	refused := hopeless(people, v)
	if refused.Refused == RowsGo {
		refused = leaving(gone, v)
	}
	if refused.Refused != RowsGo {
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

// leaving refuses where so few left an earlier file that who has both tells them
// apart.
func leaving(gone []Leaver, v scheme.Veil) RowPlan {
	count := map[Leaver]int{}
	for _, l := range gone {
		count[l]++
	}
	v.Steps, v.Traits = scheme.MostSteps(), nil
	p := RowPlan{Veil: v}
	for l, n := range count {
		if n < v.Fewest && (p.Refused == RowsGo || n < p.Fewer || n == p.Fewer && l.Scheme < p.Scheme) {
			p.Refused, p.Scheme, p.Fewer = FewNew, l.Scheme, n
		}
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
