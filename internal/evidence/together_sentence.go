package evidence

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"cairn/internal/measure"
)

// A Unit says how an estimate is written.
type Unit struct {
	Name     string // " points", empty for a number without unit
	Better   string // " (lower is better)", empty where nothing is known of it
	Decimals int
}

// PointsOf is the unit of a change of this score.
func PointsOf(s measure.Score) Unit {
	return Unit{Name: " points", Better: " (" + s.Better() + ")", Decimals: Decimals(s)}
}

// Plain is the unit of standardised estimates.
func Plain() Unit { return Unit{Decimals: 2} }

// PlainOf is the unit of estimates of which nothing is known but how sure they
// are: decimals enough to show the smallest of their standard errors.
func PlainOf(estimates []Estimate) Unit {
	const most = 9
	decimals := 2
	for _, e := range estimates {
		if se := math.Sqrt(e.Variance); se > 0 {
			decimals = max(decimals, min(most, 1-int(math.Floor(math.Log10(se)))))
		}
	}
	return Unit{Decimals: decimals}
}

// Signed writes a number with its sign and no unit.
func (u Unit) Signed(v *float64) string {
	text := Fixed(v, u.Decimals)
	if v != nil && *v > 0 && strings.Trim(text, "0.") != "" {
		return "+" + text
	}
	return text
}

func (u Unit) between(lo, hi *float64) string {
	if lo == nil || hi == nil {
		return NotEstimable
	}
	return u.Signed(lo) + " to " + u.Signed(hi)
}

// Sentence is the pool in plain words: the mean with the interval that is never
// too sure of itself, what another scheme like these may show, and how far the
// schemes differ. what names the estimates ("Mean change") and of what they are
// ("schemes").
func (p Pool) Sentence(what, of string, u Unit) string {
	if p.REML == nil {
		return fmt.Sprintf("%s: nothing is pooled, since fewer than 2 %s have an estimate.", what, of)
	}
	r := p.REML
	text := fmt.Sprintf("%s of %s %s together: %s%s, 95%% interval %s%s.",
		what, People(p.K), of, u.Signed(r.Estimate), u.Name, u.between(r.HKAdhoc.CILo, r.HKAdhoc.CIHi), u.Better)
	if ends := r.Predicted(); ends[0] != nil && ends[1] != nil {
		text += fmt.Sprintf(" The true mean of another one like these would lie between %s and %s (95%% prediction); what is measured of it strays further.", u.Signed(ends[0]), u.Signed(ends[1]))
		if p.alike() {
			found := "no spread beyond chance was found"
			if !p.alikeByQ() {
				found = "REML found no spread beyond chance"
			}
			text += " It holds the doubt about the mean once more and nothing else, since " + found + "."
		}
	}
	return text + " " + p.spread(of)
}

// fewToSpread is under how many estimates a spread could hardly be found.
const fewToSpread = 10

// alike says whether REML found no more spread than chance would make.
func (p Pool) alike() bool { return p.REML.Tau2 != nil && *p.REML.Tau2 == 0 }

// alikeByQ says whether Cochran's Q found none, in whole per cents.
func (p Pool) alikeByQ() bool { return p.I2 != nil && math.Round(*p.I2) == 0 }

// spread says how much more the estimates differ than chance would make them. That
// no more is found is no proof that there is none, with few of them least of all.
// Q and REML are two estimates, and can say different things of it.
func (p Pool) spread(of string) string {
	const disagree = "the two are estimates, and do not agree here."
	switch {
	case p.I2 == nil:
		return "How far they differ is " + NotEstimable + "."
	case p.alikeByQ() && p.REML.Tau2 != nil && !p.alike():
		return "By Cochran's Q the spread between them is no more than chance would make (I²), and by REML, which the mean, its interval and the prediction go by, it is more: " + disagree
	case p.alike() && !p.alikeByQ():
		return fmt.Sprintf("Of the spread between them %.0f%% is more than chance would make by Cochran's Q (I²), and none by REML, which the mean, its interval and the prediction go by: %s", *p.I2, disagree)
	case p.alikeByQ():
		text := "No more spread between them was found than chance would make"
		if p.K < fewToSpread {
			text += fmt.Sprintf("; with %s %s it could hardly be found", People(p.K), of)
		}
		return text + "."
	}
	return fmt.Sprintf("Of the spread between them %.0f%% is more than chance would make (I²).", *p.I2)
}

// PoolMethod says how pools are made; it is printed with every one.
const PoolMethod = "Random effects by REML; interval by Hartung and Knapp, never narrower than Wald's; prediction by t on k − 2, with the larger of the two standard errors."

// NormalInterval is the 95% interval of one estimate from its sampling variance.
func NormalInterval(value, variance float64) (lo, hi float64) {
	const z975 = 1.959963984540054
	half := z975 * math.Sqrt(variance)
	return value - half, value + half
}

// Sentence says who lies outside what chance allows. Outside is no verdict: it
// says where to look.
func (f Funnel) Sentence() string {
	return furtherThanChance(f.Outside, f.OutsideAdditive, len(f.Scheme))
}

func furtherThanChance(outside, additive []string, of int) string {
	if len(outside) == 0 {
		return fmt.Sprintf("None of the %s lies further from the common mean than chance alone would put it (99.8%% limits).", People(of))
	}
	text := fmt.Sprintf("Further from the common mean than chance alone would put them (99.8%% limits): %s.", strings.Join(outside, ", "))
	if len(additive) == 0 {
		return text + " None of them once allowance is made for how much all of them differ."
	}
	return text + fmt.Sprintf(" Still so once allowance is made for how much all of them differ: %s.", strings.Join(additive, ", "))
}

// Sentence says whether completion differs between groups; by is what makes
// them, "scheme".
func (c CompletionByGroup) Sentence(by string) string {
	text := fmt.Sprintf("Shares measured again by %s: χ² = %s, p %s", by, Fixed(c.ChiSquare, 2), PValue(c.P))
	if c.FisherP != nil {
		text += fmt.Sprintf(" (Fisher's exact p %s)", PValue(c.FisherP))
	}
	text += "."
	if c.MinExpected != nil && *c.MinExpected < 5 {
		text += fmt.Sprintf(" The smallest expected count is %s; below 5 the χ² is rough.", Fixed(c.MinExpected, 1))
	}
	return text
}

// Sentence is one group's difference from the reference in plain words.
func (c Comparison) Sentence(group string, s measure.Score) string {
	x := c.ANCOVA.Contrasts[group]
	if x.Diff == nil {
		return fmt.Sprintf("%s against %s: the adjusted difference is %s.", group, c.Reference, NotEstimable)
	}
	u := PointsOf(s)
	notes := s.Better()
	const unequal = " with standard errors that allow for unequal spreads"
	switch {
	case x.SEHC3 != nil:
		notes += fmt.Sprintf("; p %s, and %s%s", PValue(x.P), PValue(x.PHC3), unequal)
	case x.P != nil:
		notes += fmt.Sprintf("; p %s;%s %s", PValue(x.P), unequal, cmp.Or(c.Reasons["ancova.contrasts."+group+".se_hc3"], NotEstimable))
	}
	return fmt.Sprintf("%s against %s, at the same baseline: %s%s, 95%% interval %s (%s).",
		group, c.Reference, u.Signed(x.Diff), u.Name, u.between(x.CILo, x.CIHi), notes)
}

// Together says whether the groups differ at all, at the same baseline; empty
// where that cannot be tested.
func (c Comparison) Together() string {
	f := c.ANCOVA.Omnibus
	if f.P == nil || f.F == nil || f.DF1 == nil || f.DF2 == nil {
		return ""
	}
	test := fmt.Sprintf("F(%d, %d) = %s, p %s", *f.DF1, *f.DF2, Fixed(f.F, 2), PValue(f.P))
	if *f.P < 0.05 {
		return "At the same baseline the groups' later scores differ by more than chance alone would often make them (" + test + ")."
	}
	return "At the same baseline the groups' later scores differ no more than chance alone often makes them (" + test + "). That is no proof that they are alike."
}

// NotCausal stands under every comparison of groups that nobody drew lots for.
const NotCausal = "Who was in which group was not drawn by lot. A difference that is left at the same baseline is associated with the group, and need not be caused by it."
