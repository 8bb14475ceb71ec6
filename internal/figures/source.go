package figures

import (
	"strconv"
	"strings"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A Maker is the program that makes figures, and whether its people are invented.
type Maker struct {
	Software string
	Invented bool
}

// Scheme is where the figures of the internal view are from.
func (m Maker) Scheme(v app.EvidenceView) charts.Source {
	of := charts.Internal(v.About(), v.Score.Name)
	of.AsOf, of.Made, of.Invented = "As of "+v.Today.Long(), "Cairn "+m.Software, m.Invented
	return of
}

// Schemes is where the figures of schemes beside each other are from.
func (m Maker) Schemes(v app.CompareView, organisation string) charts.Source {
	of := m.Scheme(v.EvidenceView)
	if of.Of = v.Only.Name; of.Of == "" {
		of.Of = "Schemes of " + organisation
	}
	return of
}

// Granted is where a figure of several releases is from.
func (m Maker) Granted(v app.GrantedComparison, reader string) charts.Source {
	of := charts.Source{
		Of: "Schemes whose releases are granted to " + reader, Score: v.Score.Score.Name, Occasion: v.Ask.Occasion.Label(),
		Audience: "Granted, not public", Made: "Cairn " + m.Software, Invented: m.Invented,
	}
	var from []string
	for _, l := range v.Lines {
		from = append(from, "release "+strconv.Itoa(l.Number)+" of "+l.Name()+", "+l.GrantedLine.Period.Long())
	}
	of.Release = strings.Join(from, "; ")
	return of
}

// Release is where the figures of a release are from: what it says of itself, and
// nothing else. address is where it can be read.
func (m Maker) Release(v app.PublishedView, address string) charts.Source {
	of := charts.Source{
		Of: v.Cover.Scheme + " (" + v.Cover.Organisation + ")", Period: v.Period.Long(), AsOf: "Recorded by " + v.Cover.AsOf.Long(),
		Audience: "Granted, not public", Made: "Cairn " + v.Cover.Software + ", " + v.Cover.Method + ", " + address,
		Release: "Release " + strconv.Itoa(v.Number) + " of " + v.PublishedOn.Long(), SHA256: v.SHA256, Invented: m.Invented,
	}
	if v.Public() {
		of.Audience = "Open to everybody"
	}
	if f, ok := v.Headline(); ok {
		score, _ := v.Cover.Score(f.Question.Series)
		of.Score, of.Occasion = score.Score.Name, f.Occasion.Label()
	}
	switch {
	case v.State == scheme.ReleaseWithdrawn:
		of.Standing = "Withdrawn: not to be used"
	case v.State == scheme.ReleaseSuperseded:
		of.Standing = Superseded(v)
	}
	return of
}

// Superseded says what became of the period of a release that another took the
// place of.
func Superseded(v app.PublishedView) string {
	switch {
	case v.Next != nil:
		return "Superseded by release " + strconv.Itoa(v.Next.Number)
	case v.Stands:
		return "Superseded by a later release"
	}
	return "Superseded by a later release, which was withdrawn since"
}
