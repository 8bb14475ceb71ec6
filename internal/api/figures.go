package api

import (
	"context"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/figures"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// The queries below name one figure and what it is asked of.
type evidenceFigureQuery struct {
	Figure string `path:"figure" doc:"flow.csv, and with two people measured twice better-worse.csv, change.csv, distribution.csv, lost.csv; run-referrals.csv, run-first_contact.csv, run-start.csv or run-acceptance.csv, and run-completeness.csv run over time" example:"change.csv"`
	EvidenceQuery
}

type equityFigureQuery struct {
	Figure string `path:"figure" doc:"A trait and what is drawn of it: age-changes.csv, sex-changes.csv, ethnicity-changes.csv, deprivation-changes.csv" example:"age-changes.csv"`
	EvidenceQuery
}

type comparatorFigureQuery struct {
	Figure string `path:"figure" doc:"A comparison, in the order of the answer without figures, and what is drawn of it: comparison-1-difference.csv, comparison-1-changes.csv" example:"comparison-1-changes.csv"`
	EvidenceQuery
}

type compareFigureQuery struct {
	Figure string `path:"figure" doc:"forest.csv, funnel.csv, funnel-completion.csv, funnel-improved.csv" example:"forest.csv"`
	CompareQuery
}

type contributionFigureQuery struct {
	Figure string `path:"figure" doc:"difference.csv" example:"difference.csv"`
	AcrossQuery
}

type grantedFigureQuery struct {
	Figure string `path:"figure" doc:"forest.csv" example:"forest.csv"`
	GrantedQuery
}

// sameFile is said of every figure.
const sameFile = "The file that the page offers: the numbers of the figure, and in every row what they are of, so that a row keeps its source wherever it is pasted. A figure that cannot be drawn from so few people is answered with 404."

// figures are the tables of pages' figures as files: what is saved is what the
// page shows.
func (a *API) figures() {
	figureFile(a, asked{id: "get-evidence-figure", path: "/schemes/{id}/evidence/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of one figure, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *evidenceFigureQuery) (drawn, error) {
			v, err := a.app.Evidence(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			all, err := figures.Evidence(v)
			return drawn{in.Figure, all, a.maker().Scheme(v)}, err
		})
	figureFile(a, asked{id: "get-equity-figure", path: "/schemes/{id}/equity/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of one trait's figure, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *equityFigureQuery) (drawn, error) {
			v, err := a.app.Equity(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			all, err := figures.Equity(v)
			return drawn{in.Figure, all, a.maker().Scheme(v.EvidenceView)}, err
		})
	figureFile(a, asked{id: "get-comparator-figure", path: "/schemes/{id}/comparator/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of one figure of a comparison group, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *comparatorFigureQuery) (drawn, error) {
			v, err := a.app.Comparator(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			all, err := figures.Comparator(v)
			return drawn{in.Figure, all, a.maker().Scheme(v.EvidenceView)}, err
		})
	a.figuresAcross()
}

// figuresAcross are those of several schemes.
func (a *API) figuresAcross() {
	figureFile(a, asked{id: "get-compare-figure", path: "/compare/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of one figure of schemes or groups side by side, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *compareFigureQuery) (drawn, error) {
			v, err := a.app.Compare(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			all, err := figures.Compare(v)
			return drawn{in.Figure, all, a.maker().Schemes(v, by.OrgName)}, err
		})
	figureFile(a, asked{id: "get-ot-contribution-figure", path: "/ot-contribution/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of the figure of people with and without an occupational therapist, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *contributionFigureQuery) (drawn, error) {
			v, err := a.app.Contribution(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			f, err := figures.Contribution(v)
			return drawn{in.Figure, []charts.Figure{f}, a.maker().Schemes(v.CompareView, by.OrgName)}, err
		})
	figureFile(a, asked{id: "get-granted-comparison-figure", path: "/granted-comparison/figures/{figure}", tag: "Releases", right: app.ReadGranted, summary: "The table of the figure of granted releases, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *grantedFigureQuery) (drawn, error) {
			v, err := a.app.CompareGranted(ctx, by, in.ask())
			if err != nil {
				return drawn{}, err
			}
			f, err := figures.Granted(v)
			return drawn{in.Figure, []charts.Figure{f}, a.maker().Granted(v, by.OrgName)}, err
		})
}

// maker is this program, as its figures name it.
func (a *API) maker() figures.Maker {
	return figures.Maker{Software: a.app.Software(), Invented: a.server.Demo()}
}

// drawn are the figures of one answer, and which of them is wanted.
type drawn struct {
	name string
	all  []charts.Figure
	of   charts.Source
}

// figureFile adds an operation that answers with the table of a figure.
func figureFile[I any](a *API, o asked, draw func(context.Context, app.Actor, *I) (drawn, error)) {
	file(a, o, csvMedia, func(ctx context.Context, by app.Actor, in *I) (download, error) {
		d, err := draw(ctx, by, in)
		if err != nil {
			return download{}, err
		}
		figure, ok := figures.Called(d.name, d.all)
		if !ok {
			return download{}, server.NotThere()
		}
		text, err := figure.CSV(d.of)
		return download{figure.FileName(d.of) + ".csv", bytesOf(text)}, err
	})
}

// ask is the same question as the page's, whose period is one word.
func (in GrantedQuery) ask() app.GrantedAsk {
	ask := app.GrantedAsk{Series: measure.Series(in.Series), Occasion: scheme.Occasion(in.Occasion)}
	if in.From != "" || in.To != "" {
		ask.Period = string(in.From) + " " + string(in.To)
	}
	return ask
}
