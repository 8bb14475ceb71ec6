package charts

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// leastInFunnel is how many a funnel is drawn of: of two it could say that they
// differ, and of each the same.
const leastInFunnel = 3

// Funnel draws each scheme's mean change against its precision, and around the
// mean of all how far chance alone would let schemes of that precision stray.
func Funnel(title string, of Groups, f evidence.Funnel, s measure.Score) (Figure, error) {
	points := meanPoints(f, s)
	fig := Figure{
		ID:       "funnel",
		Question: title + ": do " + of.Many + " differ by more than chance?",
		Size:     "high",
		Answer:   "A funnel needs at least three " + of.Many + " with a spread of changes: of two it could say no more than that they differ. None is drawn.",
		Head: []string{capital(of.One), "Mean change", "Standard error", "95% limits", "99.8% limits",
			"99.8% limits, allowing for overdispersion"},
		Rows: funnelTable(points, func(p point) []string {
			return []string{evidence.Signed(&p.y, s), evidence.Fixed(&p.size, evidence.Decimals(s)+1)}
		}),
	}
	if f.Target == nil || len(points) < leastInFunnel {
		return fig, nil
	}
	common := evidence.Signed(f.Target, s)
	fig.Rows = append(fig.Rows, []string{"Common mean", common, "", "", "", ""})
	fig.Answer = funnelAnswer(of, points, common+" points")
	whole := meanAxis(points, *f.Target)
	axis := whole.within(possible(s)).rounded()
	fig.Notes = append(funnelNotes(of, "precision (1 / standard error), so that the more precise stand to the right",
		"The common mean weighs each by its precision"), axis.note(s))
	if whole.low < axis.low || whole.top > axis.top {
		fig.Notes = append(fig.Notes, "Some limits lie further out than the scale could show, and so outside of the picture. The table has them.")
	}
	for i := range points {
		points[i].x = 1 / points[i].size
	}
	var err error
	fig.Option, err = option(funnelChart(points, *f.Target, funnelAxes{
		X: "Precision (1 / standard error)", Y: "Mean change (" + s.Better() + ")", span: axis, curves: meanCurves(f),
	}))
	return fig, err
}

// A Share names what a funnel of shares counts.
type Share struct {
	ID    string // of the figure
	Title string // "SWEMWBS, start to 12 weeks"
	What  string // "measured twice"
	Of    string // "people with a baseline"
	Among Groups // side by side
}

// ShareFunnel draws the share of each scheme's people against how many they
// are. Its limits are those of the binomial distribution, cut off at none and
// at all; overdispersion is allowed for on the arcsine scale.
func ShareFunnel(share Share, f evidence.ShareFunnel) (Figure, error) {
	points := sharePoints(f)
	fig := Figure{
		ID:       share.ID,
		Question: fmt.Sprintf("%s: does the share %s differ by more than chance?", share.Title, share.What),
		Size:     "high",
		Answer:   "A funnel needs at least three " + share.Among.Many + " with somebody to count: of two it could say no more than that they differ. None is drawn.",
		Head: []string{capital(share.Among.One), capital(share.What), capital(share.Of), "Share", "95% limits", "99.8% limits",
			"99.8% limits, allowing for overdispersion"},
		Rows: funnelTable(points, func(p point) []string {
			return []string{evidence.People(p.count), evidence.People(int(p.size)), p.said}
		}),
	}
	if f.Target == nil || len(points) < leastInFunnel {
		return fig, nil
	}
	common := evidence.Percent(f.Target)
	fig.Rows = append(fig.Rows, []string{"Common mean", "", "", common, "", "", ""})
	fig.Answer = funnelAnswer(share.Among, points, common+" "+share.What)
	fig.Notes = append(funnelNotes(share.Among, "number of "+share.Of, "The common mean is that of everybody"),
		"Of few people only few shares are possible, and the lines lie between them; who is outside is decided by the binomial distribution itself.")
	for i := range points {
		points[i].x = points[i].size
		points[i].scale(100)
	}
	var err error
	fig.Option, err = option(funnelChart(points, 100**f.Target, funnelAxes{
		X: capital(share.Of), Y: capital(share.What) + " (%)", span: span{0, 100}, curves: shareCurves(f),
	}))
	return fig, err
}

// A pair of limits, of which either may be missing.
type limits struct{ low, top *float64 }

func at(b evidence.Band, i int) limits {
	l := limits{}
	if i < len(b.Lo) {
		l.low = b.Lo[i]
	}
	if i < len(b.Hi) {
		l.top = b.Hi[i]
	}
	return l
}

// outside reports that v lies beyond a limit that is known.
func (l limits) outside(v float64) bool {
	return l.low != nil && v < *l.low || l.top != nil && v > *l.top
}

// beyondChance reports that fewer people, or more, than x of n would count by
// chance in less than one case of a thousand. Between two counts the exact
// limits are interpolated, so that all of two people would lie above a limit
// that they reach in every other case: it is the whole count at or above a limit
// that decides.
func beyondChance(x, n int, l limits) bool {
	whole := func(limit *float64) float64 { return math.Ceil(*limit*float64(n) - 1e-9) }
	return l.low != nil && float64(x) < whole(l.low) || l.top != nil && float64(x) > whole(l.top)
}

func (l limits) each(fn func(v float64) float64) limits {
	for _, end := range []**float64{&l.low, &l.top} {
		if *end != nil {
			v := fn(**end)
			*end = &v
		}
	}
	return l
}

// A point is one scheme of a funnel; the unit of its figure.
type point struct {
	name     string
	number   int // in the table, and beside the point
	count    int // people who count, of a share
	x, y     float64
	size     float64 // standard error of a mean, or people of a share
	p95      limits
	p998     limits
	additive limits // 99.8%, allowing for overdispersion
	beyond   bool   // the 99.8% limits
	still    bool   // beyond them even allowing for overdispersion
	said     string // y in words
	text     func(v float64) string
}

func meanPoints(f evidence.Funnel, s measure.Score) []point {
	var points []point
	for i, name := range f.Scheme {
		points = append(points, point{
			name: name, y: f.Y[i], size: f.SE[i],
			p95: at(f.Unadjusted.L95, i), p998: at(f.Unadjusted.L998, i), additive: at(f.Additive.L998, i),
			beyond: slices.Contains(f.Outside, name), still: slices.Contains(f.OutsideAdditive, name),
			text: func(v float64) string { return evidence.Signed(&v, s) },
		})
	}
	return numbered(points)
}

func sharePoints(f evidence.ShareFunnel) []point {
	var points []point
	for i, name := range f.Scheme {
		if f.N[i] == 0 {
			continue
		}
		p := point{
			name: name, count: f.X[i], y: float64(f.X[i]) / float64(f.N[i]), size: float64(f.N[i]),
			p95: at(f.Exact.L95, i), p998: at(f.Exact.L998, i), additive: at(f.Arcsine.L998Additive, i),
			text: func(v float64) string { return evidence.Percent(&v) },
		}
		p.beyond, p.still = beyondChance(p.count, f.N[i], p.p998), p.additive.outside(p.y)
		for _, l := range []*limits{&p.p95, &p.p998, &p.additive} {
			*l = l.each(func(v float64) float64 { return math.Max(0, math.Min(1, v)) })
		}
		points = append(points, p)
	}
	return numbered(points)
}

// numbered puts schemes in the order of their names and numbers them.
func numbered(points []point) []point {
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.name, b.name) })
	for i := range points {
		points[i].number, points[i].said = i+1, points[i].text(points[i].y)
	}
	return points
}

// scale turns shares into per cent and the like.
func (p *point) scale(by float64) {
	times := func(v float64) float64 { return v * by }
	p.y, p.p95, p.p998, p.additive = p.y*by, p.p95.each(times), p.p998.each(times), p.additive.each(times)
}

func (p point) ends(l limits) string {
	if l.low == nil || l.top == nil {
		return evidence.NotEstimable
	}
	return p.text(*l.low) + " to " + p.text(*l.top)
}

func funnelTable(points []point, own func(point) []string) [][]string {
	var rows [][]string
	for _, p := range points {
		row := append([]string{fmt.Sprintf("%d. %s", p.number, p.name)}, own(p)...)
		rows = append(rows, append(row, p.ends(p.p95), p.ends(p.p998), p.ends(p.additive)))
	}
	return rows
}
