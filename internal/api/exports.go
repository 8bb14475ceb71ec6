package api

import (
	"context"
	"io"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// Exporting is the part of a query that says which rows. It is exported because
// huma reads embedded fields of exported types only.
type Exporting struct {
	Scheme   string  `query:"scheme" doc:"One scheme; absent: all of yours" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string  `query:"measure" doc:"A measure's key, for all of its scores, or a series, for that one alone; absent: all that the plans collect" example:"swemwbs-metric"`
	Occasion string  `query:"occasion" doc:"A follow-up, with the baseline: what belongs to neither is left out; absent: all" example:"day-84"`
	From     quarter `query:"from" doc:"The first quarter: of pairs, in which windows close; else in which referrals start; absent: all" example:"2026-Q1"`
	To       quarter `query:"to" doc:"The last quarter; absent: all" example:"2026-Q2"`
	Rule     rule    `query:"rule" doc:"By which two scores become a pair; absent: plan" example:"plan"`
}

func (in Exporting) ask(form string) app.ExportAsk {
	ask := app.ExportAsk{Measure: in.Measure, Occasion: in.Occasion, From: string(in.From), To: string(in.To), Rule: string(in.Rule), Form: form}
	if in.Scheme != "" {
		ask.Schemes = []scheme.ID{scheme.ID(in.Scheme)}
	}
	return ask
}

type exportBody struct {
	Schemes   []string `json:"schemes" nullable:"false" doc:"Whose rows, by name"`
	Scores    []string `json:"scores" nullable:"false" doc:"The series" example:"swemwbs-metric"`
	FollowUps []string `json:"follow_ups" nullable:"false" example:"day-84"`
	Referrals int      `json:"referrals" doc:"Rows of the wide shape"`
	Taken     int      `json:"scores_taken" doc:"Scores in the long shape, which has further rows for what was not taken"`
	Pairs     int      `json:"pairs" doc:"Rows of pairs"`
	LeftOut   int      `json:"left_out" doc:"Referrals left out, because people said no to evaluation or research or opted out nationally"`
}

type exportInput struct {
	Shape string `path:"shape" enum:"long,wide,pairs,package" doc:"One table, or a package with all three and what explains them"`
	Form  string `query:"form" enum:"csv,xlsx,parquet" doc:"How a table is written; absent: csv. A package is a zip archive of CSV files"`
	Exporting
}

func (a *API) exports() {
	get(a, asked{id: "count-export", path: "/exports", tag: "Exports", right: app.ExportData, summary: "What an export would hold",
		about: "Counts before anything is downloaded. Rows are of people referred, under names that stand for them and say nothing of them; they are exact and for work inside the service, never for publication."},
		"query", func(ctx context.Context, by app.Actor, in *struct{ Exporting }) (exportBody, error) {
			v, err := a.app.Exportable(ctx, by, in.ask(""))
			b := exportBody{
				Schemes: append([]string{}, v.Extract.Schemes...), Scores: []string{}, FollowUps: []string{},
				Referrals: v.Counts.Referrals, Taken: v.Counts.Scores, Pairs: v.Counts.Pairs, LeftOut: v.LeftOut,
			}
			for _, sc := range v.Extract.Scores {
				b.Scores = append(b.Scores, string(sc.Series))
			}
			for _, o := range v.Extract.FollowUps {
				b.FollowUps = append(b.FollowUps, string(o))
			}
			return b, err
		})
	o := asked{id: "export", path: "/exports/{shape}", tag: "Exports", right: app.ExportData, summary: "Download rows",
		about: "The rows stream, and the audit keeps that they were asked for and the SHA-256 of what was sent. A connection that ends before the file does is cut, so a file that arrives is whole. People who said no to evaluation or research, or opted out nationally, are left out."}
	op := o.operation("GET")
	op.Errors = append(op.Errors, 404)
	op.Responses = fileOf(extract.CSV.Media(), extract.XLSX.Media(), extract.Parquet.Media(), extract.Package.Media())
	huma.Register(a.huma, op, func(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
		by, order := server.ActorOf(ctx), datapackage.Order{Shape: scheme.Shape(in.Shape), Form: extract.Form(in.Form)}
		switch {
		case in.Shape == "package":
			order.Form = extract.Package
		case in.Form == "":
			order.Form = extract.CSV
		}
		ask := in.ask(in.Shape + " " + string(order.Form))
		view, err := answer(ctx, a, "query", func(ctx context.Context) (app.ExportView, error) {
			if in.Shape == "package" && in.Form != "" && in.Form != string(extract.CSV) {
				return app.ExportView{}, wrongForm("A package is a zip archive of CSV files and has no other form. Leave form out.").At("form")
			}
			return a.app.Exportable(ctx, by, ask)
		})
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(h huma.Context) {
			c := humagin.Unwrap(h)
			err := a.server.Send(c, server.Download{Name: order.Name(view.Extract.Today), Media: order.Form.Media(), Write: func(w io.Writer) error {
				_, err := a.app.Export(ctx, by, ask, func(x scheme.Extract, rows scheme.ExtractRows) (scheme.Sent, error) {
					return datapackage.Send(w, order, x, rows)
				})
				return err
			}})
			if err != nil {
				a.server.Answer(c, err)
			}
		}}, nil
	})
}
