package api

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// Values of releases.
type (
	grain        string
	releaseState string
	stayGone     string
	onOff        string
)

func (grain) Schema(huma.Registry) *huma.Schema        { return choice(scheme.Grains()) }
func (releaseState) Schema(huma.Registry) *huma.Schema { return choice(scheme.ReleaseStates()) }

func (stayGone) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []string{app.FiguresStay, app.FiguresGone}})
}

func (onOff) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": []string{"on", "off"}})
}

// A releasedBody is one figure of a release. Every number has passed disclosure
// control.
type releasedBody struct {
	Series       string                  `json:"series" example:"swemwbs-metric"`
	Measure      string                  `json:"measure" doc:"As people call it" example:"SWEMWBS"`
	Occasion     string                  `json:"occasion" example:"day-84"`
	From         quarter                 `json:"from" example:"2026-Q1"`
	To           quarter                 `json:"to" example:"2026-Q1"`
	Filters      []disclosure.Filter     `json:"filters" nullable:"false" doc:"The group of people; none for everybody. An empty group is of those of whom it is not recorded"`
	ETag         string                  `json:"etag" doc:"SHA-256 of the figure as it was kept"`
	Sentence     string                  `json:"sentence" doc:"The figure in plain words"`
	Cautions     []string                `json:"cautions" nullable:"false"`
	Policy       disclosure.Policy       `json:"policy" doc:"The rule for small numbers as it was applied"`
	Scale        disclosure.Scale        `json:"scale"`
	Flow         disclosure.Flow         `json:"flow" doc:"People, rounded one by one"`
	Completion   disclosure.Share        `json:"completion" doc:"Measured twice, of those due"`
	OfReferred   disclosure.Share        `json:"of_referred" doc:"Measured twice, of everybody referred"`
	Before       disclosure.Summary      `json:"before"`
	After        disclosure.Summary      `json:"after"`
	Change       disclosure.Change       `json:"change"`
	Movement     disclosure.Movement     `json:"movement"`
	Distribution disclosure.Distribution `json:"distribution"`
	Ends         disclosure.Ends         `json:"ends"`
	Lost         disclosure.Summary      `json:"lost"`
	Bounds       disclosure.Bounds       `json:"bounds"`
	Regression   disclosure.Regression   `json:"regression_to_mean"`
	Taken        *disclosure.Taken       `json:"taken,omitempty" doc:"How people came to be measured, and how the scores of those measured twice were taken; absent of groups, and of releases made before it was told"`
	Level        *disclosure.Level       `json:"level,omitempty" doc:"How well it was measured, as far as what is shown can carry it; absent of groups, and of releases made before it was kept"`
	Claims       *disclosure.Claims      `json:"claims,omitempty" doc:"What may be said of it and what not; absent where level is"`
	Remarks      []remarkBody            `json:"remarks,omitempty" doc:"What must be known of how the scores were taken, all of it every time; absent where taken is"`
	Board        []string                `json:"board,omitempty" doc:"The figure in three sentences for a board; absent where level is, and of releases made before it could be given"`
	Hidden       map[string]string       `json:"hidden,omitempty" doc:"Why numbers are null, by their path"`
}

// releasedOf makes figures of one release.
func releasedOf(cover app.ReleaseCover) func(app.ReleasedFigure) releasedBody {
	return func(f app.ReleasedFigure) releasedBody {
		score, _ := cover.Score(f.Question.Series)
		about := evidence.Context{Scheme: cover.Scheme, Occasion: f.Occasion.Label(), Rule: cover.Rule, Period: f.Question.Period.Long()}
		b := releasedBody{
			Series: string(f.Question.Series), Measure: score.Measure, Occasion: string(f.Occasion),
			From: quarter(f.Question.Period.From.String()), To: quarter(f.Question.Period.To.String()),
			Filters: append([]disclosure.Filter{}, f.Question.Filters...), ETag: f.ETag,
			Sentence: f.Sentence(about), Cautions: append([]string{}, f.Cautions()...),
			Policy: f.Policy, Scale: f.Scale, Flow: f.Flow, Completion: f.Completion, OfReferred: f.OfReferred,
			Before: f.Before, After: f.After, Change: f.Change, Movement: f.Movement, Distribution: f.Distribution,
			Ends: f.Ends, Lost: f.Lost, Bounds: f.Bounds, Regression: f.Regression, Taken: f.Taken, Level: f.Level, Claims: f.Claims, Remarks: remarksOf(f.Remarks), Board: f.BoardAnswer(about), Hidden: f.Hidden,
		}
		if b.Distribution.Bands == nil {
			b.Distribution.Bands = []disclosure.Band{}
		}
		return b
	}
}

// A grantedBody is a release that another organisation granted.
type grantedBody struct {
	ID           string         `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Organisation string         `json:"organisation" doc:"Who published it" example:"Riverside Community Health"`
	Scheme       string         `json:"scheme" doc:"Its name when this was published" example:"Riverside Garden"`
	Number       int            `json:"number" example:"4"`
	From         quarter        `json:"from" example:"2026-Q1"`
	To           quarter        `json:"to" example:"2026-Q1"`
	State        releaseState   `json:"state" example:"published"`
	PublishedOn  day            `json:"published_on" example:"2026-07-01"`
	Link         string         `json:"link" doc:"The dated link, which leads to the same figures for ever"`
	SHA256       string         `json:"sha256"`
	Notice       string         `json:"notice,omitempty" doc:"Why it was withdrawn"`
	Until        day            `json:"until,omitempty" doc:"The last day of the grant; absent where none is set" example:"2027-06-30"`
	Figures      []releasedBody `json:"figures,omitempty" doc:"Of a single release only"`
}

// A releaseLinkBody is a release in the list of its scheme.
type releaseLinkBody struct {
	ID          string       `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Number      int          `json:"number" example:"4"`
	From        quarter      `json:"from" example:"2026-Q1"`
	To          quarter      `json:"to" example:"2026-Q1"`
	State       releaseState `json:"state" example:"published"`
	PublishedOn day          `json:"published_on" example:"2026-07-01"`
	Link        string       `json:"link" doc:"The dated link, which leads to the same figures for ever"`
	SHA256      string       `json:"sha256"`
	Public      bool         `json:"public" doc:"Anybody with the link can read it"`
}

type grantedComparisonBody struct {
	Series   string            `json:"series" example:"swemwbs-metric"`
	Occasion string            `json:"occasion" example:"day-84"`
	Lines    []grantedLineBody `json:"lines" nullable:"false" doc:"In the order of names; there is no ranking"`
	Pooled   evidence.Pool     `json:"pooled" doc:"What the schemes say together, from what is shown of each"`
	Excluded []string          `json:"excluded" nullable:"false" doc:"Schemes that show too little to be pooled"`
}

type grantedLineBody struct {
	Release string        `json:"release" doc:"The release's identifier"`
	Name    string        `json:"name" example:"Riverside Garden (Riverside Community Health)"`
	From    quarter       `json:"from" example:"2026-Q1"`
	To      quarter       `json:"to" example:"2026-Q1"`
	Pooled  bool          `json:"pooled" doc:"Part of what all say together"`
	Figure  *releasedBody `json:"figure,omitempty" doc:"Absent where the release has none of that score and follow-up"`
}

// GrantedQuery is what granted releases are compared by. It is exported because
// huma reads embedded fields of exported types only.
type GrantedQuery struct {
	Series   string  `query:"series" doc:"Absent for what most releases lead with" example:"swemwbs-metric"`
	Occasion string  `query:"occasion" doc:"Absent for what most releases lead with" example:"day-84"`
	From     quarter `query:"from" doc:"First quarter of a period that was released, with to; absent for the newest release of each scheme" example:"2026-Q1"`
	To       quarter `query:"to" doc:"Its last quarter" example:"2026-Q1"`
}

func (a *API) granted() {
	get(a, asked{id: "list-granted-releases", path: "/granted-releases", tag: "Releases", right: app.ReadGranted, summary: "Releases that were granted to your organisation",
		about: "By organisation and scheme, the newest period first."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[grantedBody], error) {
			all, err := a.app.Granted(ctx, by)
			return listed(all, 0, func(l app.GrantedLine) grantedBody {
				b := grantedOf(l.Release, l.Cover)
				b.Until = day(l.Until.String())
				return b
			}, nil), err
		})
	get(a, asked{id: "compare-granted-releases", path: "/granted-comparison", tag: "Releases", right: app.ReadGranted, summary: "Granted releases beside each other",
		about: "The standing release of each scheme, and what they say together. Worked out from what is shown alone."},
		"query", func(ctx context.Context, by app.Actor, in *GrantedQuery) (grantedComparisonBody, error) {
			c, err := a.app.CompareGranted(ctx, by, in.ask())
			return comparisonOf(c), err
		})
	get(a, asked{id: "get-granted-release", path: "/granted-releases/{id}", tag: "Releases", right: app.ReadGranted, summary: "One release, as it was published",
		about: "From what was kept when it was published: the same answer always, but for its state. Each reading is noted for the service that granted it."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (grantedBody, error) {
			v, err := a.app.Published(ctx, by, scheme.ReleaseID(in.ID))
			if err != nil {
				return grantedBody{}, err
			}
			return publishedViewOf(v), nil
		})
}

func (a *API) publishedOf() {
	get(a, asked{id: "list-published-releases", path: "/schemes/{id}/releases", tag: "Releases", right: app.SeeEvidence, summary: "What was published of a scheme",
		about: "Of one of your schemes, the newest first, superseded and withdrawn ones too."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[releaseLinkBody], error) {
			all, err := a.app.PublishedOf(ctx, by, scheme.ID(in.ID))
			return listed(all, 0, func(r scheme.Release) releaseLinkBody {
				return releaseLinkBody{
					ID: string(r.ID), Number: r.Number, From: quarter(r.Period.From.String()), To: quarter(r.Period.To.String()), State: releaseState(r.State),
					PublishedOn: day(r.PublishedOn.String()), Link: r.Path(), SHA256: r.SHA256, Public: r.Public(),
				}
			}, nil), err
		})
}

func grantedOf(r scheme.Release, c app.ReleaseCover) grantedBody {
	return grantedBody{
		ID: string(r.ID), Organisation: c.Organisation, Scheme: c.Scheme, Number: r.Number,
		From: quarter(r.Period.From.String()), To: quarter(r.Period.To.String()), State: releaseState(r.State),
		PublishedOn: day(r.PublishedOn.String()), Link: r.Path(), SHA256: r.SHA256, Notice: r.Notice,
	}
}

func publishedViewOf(v app.PublishedView) grantedBody {
	b := grantedOf(v.Release, v.Cover)
	b.Until = day(v.Until.String())
	b.Figures = listed(v.Figures, 0, releasedOf(v.Cover), nil).Items
	return b
}

func comparisonOf(c app.GrantedComparison) grantedComparisonBody {
	b := grantedComparisonBody{
		Series: string(c.Ask.Series), Occasion: string(c.Ask.Occasion), Lines: make([]grantedLineBody, len(c.Lines)),
		Pooled: c.Pooled.Pool, Excluded: append([]string{}, c.Pooled.Excluded...),
	}
	for i, l := range c.Lines {
		b.Lines[i] = grantedLineBody{
			Release: string(l.ID), Name: l.Name(), From: quarter(l.Period.From.String()), To: quarter(l.Period.To.String()), Pooled: l.Pooled,
		}
		if l.Figure != nil {
			f := releasedOf(l.Cover)(*l.Figure)
			b.Lines[i].Figure = &f
		}
	}
	return b
}

func releaseOf(r scheme.Release) releaseBody {
	b := releaseBody{
		ID: string(r.ID), Version: r.Revision, Number: r.Number, Scheme: string(r.Scheme), Grain: grain(r.Grain),
		From: quarter(r.Period.From.String()), To: quarter(r.Period.To.String()), State: releaseState(r.State), Safe: r.Safe,
		SHA256: r.SHA256, PreparedAt: r.Prepared.At, AuditedAt: when(r.Audited), PublishedAt: when(r.Published), WithdrawnAt: when(r.Withdrawn),
		SupersededBy: string(r.SupersededBy), Notice: r.Notice, FiguresGone: r.FiguresGone, Public: r.Public(),
	}
	if r.Out() {
		b.Link = r.Path()
	}
	return b
}

func releaseViewOf(v app.ReleaseView) releaseBody {
	b := releaseOf(v.Release)
	b.Figures = len(v.Figures)
	if v.Audited.At.IsZero() {
		return b
	}
	b.Report = &reportBody{Rounds: v.Report.Rounds, Why: v.Report.Unsafe, Hidden: []hideBody{}}
	for _, h := range v.Report.Hidden {
		b.Report.Hidden = append(b.Report.Hidden, hideBody(h))
	}
	return b
}

func when(d scheme.Deed) *time.Time {
	if d.At.IsZero() {
		return nil
	}
	return &d.At
}

func grantOf(g app.GrantView) releaseGrantBody {
	return releaseGrantBody{
		ID: string(g.ID), Scheme: string(g.Scheme), Release: string(g.Release), To: string(g.To), ToName: g.ToName,
		From: day(g.From.String()), Until: day(g.Until.String()), Stands: g.Now, Revoked: when(g.Revoked),
	}
}
