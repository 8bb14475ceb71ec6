package site

import (
	"fmt"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/figures"
	"cairn/internal/scheme"
)

// onePage is a scheme's result on one sheet of paper: of a release from what was
// kept of it, or of the internal view, which says so.
type onePage struct {
	Frame    Frame
	Scheme   string
	Org      string
	Score    string
	Occasion string
	Period   string
	Back     string // where it is on the screen, in full
	PDF      string // its address as PDF; empty where no browser is there to print it

	Internal *internalStamp // one of the two is there
	Released *releasedStamp

	Sentence string
	Flow     sheetFlow
	Nobody   string // why nobody is in it; empty where somebody is
	Figure   charts.Figure
	Moves    []sheetMove
	Asked    string // what those shares answer: reliable change, a move to another band, or any amount
	By       string // the threshold of reliable change in words; empty without one
	Bounds   sheetBounds
	Level    *sheetLevel // nil in a release made before levels were kept
	May      []string
	MayNot   []string
	Cautions []string
	Minds    []evidence.Remark // how the scores were taken, where there is something to mind
	Basis    string
}

func (onePage) folder() string { return "one-page" }

// An internalStamp says that figures are exact and live.
type internalStamp struct {
	AsOf     string
	Software string
}

// A releasedStamp is whose release it is, and its hash.
type releasedStamp struct {
	View    app.PublishedView
	Address string // to be typed from the paper
}

// Withdrawn reports that it does not stand any more.
func (r releasedStamp) Withdrawn() bool { return r.View.State == scheme.ReleaseWithdrawn }

// Superseded says what took its place; empty where it stands or was withdrawn.
func (r releasedStamp) Superseded() string {
	if r.View.State != scheme.ReleaseSuperseded {
		return ""
	}
	return figures.Superseded(r.View)
}

// sheetFlow is how far people came, in words: "949", "about 80".
type sheetFlow struct{ Referred, Started, Baseline, Due, Paired string }

// A sheetMove is one of better, same and worse.
type sheetMove struct{ Name, People, Share, Interval string }

// sheetBounds is the mean change with what those lost could hide; each is a
// number, or why there is none.
type sheetBounds struct {
	Lost                          string // people
	Worst, Carried, Best, Tipping string
	Known                         bool
}

// A sheetLevel is how well it was measured.
type sheetLevel struct {
	Number       int
	Name         string
	Held, Failed []string
}

// Title is what the file is called by whoever opens it: with the whole hash, so
// that a print can be traced without reading it off the paper.
func (p onePage) Title() string {
	if p.Released == nil {
		return p.Scheme + ", internal, not for publication"
	}
	title := fmt.Sprintf("%s, release %d, SHA-256 %s", p.Scheme, p.Released.View.Number, p.Released.View.SHA256)
	if p.Released.Withdrawn() {
		return "Withdrawn: " + title
	}
	return title
}

func internalPage(v app.EvidenceView) (p onePage, err error) {
	f, about := v.Finding, v.About()
	p = onePage{
		Scheme: v.Scheme.Name, Score: v.Score.Name, Occasion: about.Occasion, Period: about.Period,
		Sentence: v.Sentence(), Cautions: v.Cautions(), Basis: about.Basis(),
		Flow: sheetFlow{
			evidence.People(f.Flow.Referred), started(f.Flow), evidence.People(f.Flow.Baseline), evidence.People(f.Flow.Due), evidence.People(f.Flow.Paired),
		},
	}
	if f.Flow.Referred == 0 {
		p.Nobody = v.Journey.Flow.Sentence()
	}
	level, claims := v.Level(), v.Claims()
	p.Level = &sheetLevel{level.Number, level.Name, level.Held, level.Failed}
	p.May, p.MayNot = claims.May, claims.MayNot
	p.mind(v.Remarks())
	if f.Counts.Paired < 2 { // a figure would be about one person
		return p, nil
	}
	b, points := f.Bounds, func(v *float64) string { return evidence.Signed(v, f.Score) }
	if f.TooFew() != "" {
		b.TippingPoint = nil
	}
	p.Bounds = sheetBounds{evidence.People(b.Lost), points(b.Worst), points(b.Carried.Mean), points(b.Best), tipping(b.TippingPoint, f.Score.Length(), evidence.Decimals(f.Score)), b.Lost > 0 && b.Worst != nil}
	moves, err := charts.Movement(f)
	if err != nil {
		return p, err
	}
	p.Asked = moves.Question
	for _, row := range moves.Rows {
		p.Moves = append(p.Moves, sheetMove{row[0], row[1], row[2], row[3]})
	}
	_, _, _, p.By = f.Movement()
	p.Figure, err = charts.Change(f)
	return p, err
}

// mind keeps what is to be minded.
func (p *onePage) mind(all []evidence.Remark) {
	for _, r := range all {
		if r.Minds {
			p.Minds = append(p.Minds, r)
		}
	}
}

// tipping is how those measured again and the others would have to have changed
// apart, on a scale of that length; empty where there is no such point.
func tipping(v *float64, length float64, decimals int) string {
	switch {
	case v == nil:
		return ""
	case evidence.OutOfReach(*v, length):
		return evidence.NoTipping
	}
	return "Tipping point: if their score " + evidence.TippingWay(*v, decimals) + " than that of the others, the interval would reach no change."
}

func releasedPage(v app.PublishedView) (p onePage, err error) {
	p = onePage{Scheme: v.Cover.Scheme, Org: v.Cover.Organisation, Period: v.Period.Long(), Released: &releasedStamp{View: v}}
	first, ok := v.Headline()
	if !ok {
		return p, nil
	}
	f := releaseShown{v.Release, v.Cover, v.Figures}.shown(first)
	p.Score, p.Occasion, p.Sentence, p.Cautions, p.Basis = f.Score.Name, f.Occasion.Label(), f.Sentence(), f.Cautions(), f.Basis()
	p.Flow = sheetFlow{f.Flow.Referred.Text(), f.Flow.Started.Text(), f.Flow.Baseline.Text(), f.Flow.Due.Text(), f.Flow.Paired.Text()}
	p.Asked = f.MovesAsked()
	for _, m := range f.Moves() {
		p.Moves = append(p.Moves, sheetMove{m.Name, m.Share.People.Text(), m.Share.PercentText(), m.Range()})
	}
	if f.Movement.Reliable {
		p.By = f.Movement.By
	}
	p.Bounds = sheetBounds{f.Flow.Lost.Text(), signed(f.Bounds.Worst), signed(f.Bounds.Carried), signed(f.Bounds.Best), tipping(f.Bounds.TippingPoint, f.Scale.Length(), 1), f.Bounds.Worst != nil}
	if f.Level != nil && f.Claims != nil {
		p.Level = &sheetLevel{f.Level.Number, f.Level.Name, f.Level.Held, f.Level.Failed}
		p.May, p.MayNot = f.May(), f.Claims.MayNot
	}
	p.mind(f.Remarks)
	p.Figure, err = f.Change()
	return p, err
}
