package api

import (
	"context"
	"io"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/server"
)

// A figureQuery names one figure of a scheme's evidence.
type figureQuery struct {
	Figure string `path:"figure" doc:"flow.csv, and with two people measured twice better-worse.csv, change.csv, distribution.csv, lost.csv; run-referrals.csv, run-first_contact.csv, run-start.csv or run-acceptance.csv, and run-completeness.csv run over time" example:"change.csv"`
	EvidenceQuery
}

// figures are the tables of the evidence page as files: what is saved is what the
// page shows.
func (a *API) figures() {
	csvFile(a, asked{id: "get-evidence-figure", path: "/schemes/{id}/evidence/figures/{figure}", tag: "Evidence", right: app.SeeEvidence, summary: "The table of one figure, as CSV",
		about: "The file that the page of the evidence offers: the numbers of the figure, and in every row what they are of, so that a row keeps its source wherever it is pasted. A figure that cannot be drawn from so few people is answered with 404."},
		func(ctx context.Context, by app.Actor, in *figureQuery) (table, error) {
			v, err := a.app.Evidence(ctx, by, in.ask())
			if err != nil {
				return table{}, err
			}
			figure, err := figureOf(v, in.Figure)
			if err != nil {
				return table{}, err
			}
			of := charts.Internal(v.About(), v.Score.Name)
			of.AsOf, of.Made, of.Invented = "As of "+v.Today.Long(), "Cairn "+a.app.Software(), a.server.Demo()
			text, err := figure.CSV(of)
			return table{figure.FileName(of) + ".csv", func(w io.Writer) error {
				_, err := w.Write(text)
				return err
			}}, err
		})
}

// figureOf draws what the evidence page draws until it is the one of that name.
func figureOf(v app.EvidenceView, name string) (charts.Figure, error) {
	draw := []func() (charts.Figure, error){func() (charts.Figure, error) { return charts.Flow(v.Journey.Flow) }}
	if v.Finding.Counts.Paired > 1 {
		for _, one := range []func(evidence.Finding) (charts.Figure, error){charts.Movement, charts.Change, charts.Distribution, charts.Bounds} {
			draw = append(draw, func() (charts.Figure, error) { return one(v.Finding) })
		}
	}
	for _, r := range v.Journey.Runs {
		draw = append(draw, func() (charts.Figure, error) { return charts.Run(r) })
	}
	for _, one := range draw {
		f, err := one()
		if err != nil || f.ID+".csv" == name && len(f.Rows) > 0 {
			return f, err
		}
	}
	return charts.Figure{}, server.NotThere()
}
