package api

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// recordBody is what is recorded of one person, and what their scores say.
type recordBody struct {
	Person    string              `json:"person" doc:"The person's identifier"`
	Reference string              `json:"reference" example:"RS-0042"`
	AsOf      day                 `json:"as_of" doc:"The organisation's day" example:"2026-06-30"`
	Courses   []courseBody        `json:"courses" nullable:"false" doc:"Scores by referral and series: the newest open referral first"`
	Profiles  []answerProfileBody `json:"profiles" nullable:"false" doc:"Measures that are read as digits side by side, by referral. Nothing of them is added up; each dimension is a course, too"`
	Timeline  []eventBody         `json:"timeline" nullable:"false" doc:"Newest first"`
	Withdrawn []withdrawnBody     `json:"withdrawn" nullable:"false" doc:"Assessments that were withdrawn: in no course"`
	ForGP     string              `json:"gp_text" doc:"Plain text for a GP's record. It holds no name, no reference and nobody's own words"`
}

type answerProfileBody struct {
	Referral string         `json:"referral" doc:"The referral's identifier"`
	Measure  string         `json:"measure" example:"eq5d5l"`
	Taken    []answeredBody `json:"taken" nullable:"false" doc:"Oldest first"`
	Says     string         `json:"says" doc:"What changed, dimension by dimension, between the first and the last by the rater whom the measure asks"`
}

type answeredBody struct {
	Assessment string `json:"assessment" doc:"The assessment's identifier"`
	On         day    `json:"on" example:"2026-01-12"`
	Dated      dating `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Profile    string `json:"profile" doc:"The answers side by side; a hyphen for one that was left out" example:"21132"`
	Rater      rater  `json:"rater" example:"self"`
}

type courseBody struct {
	Referral  string       `json:"referral" doc:"The referral's identifier"`
	Scheme    string       `json:"scheme" doc:"The scheme's identifier"`
	Measure   string       `json:"measure" example:"swemwbs"`
	Series    string       `json:"series" example:"swemwbs-metric"`
	Name      string       `json:"name" example:"SWEMWBS (converted)"`
	Direction int          `json:"direction" doc:"1: higher is better, -1: lower is better" example:"1"`
	Points    []pointBody  `json:"points" nullable:"false" doc:"By the rater whom the measure asks, oldest first"`
	Others    []pointBody  `json:"others,omitempty" doc:"By other raters: never compared"`
	Change    *changedBody `json:"change,omitempty" doc:"The last score on a later day minus the first; absent with one score"`
	Threshold *float64     `json:"threshold,omitempty" doc:"How far a score must move to be reliable change, score points; absent where none is agreed" example:"2.87"`
	Verdict   verdict      `json:"verdict" doc:"By the rule that counts people in a scheme's figures" example:"reliably_better"`
	Says      string       `json:"says" doc:"The change and the verdict in words"`
	Asides    []string     `json:"asides,omitempty" doc:"What else can have moved the score: the end of a scale, another channel or helper"`
}

type changedBody struct {
	From       decimal `json:"from" doc:"The first score that is compared; of an individualised measure over the problems rated both times" example:"19.25"`
	To         decimal `json:"to" example:"22.35"`
	Since      day     `json:"since" example:"2026-01-12"`
	Until      day     `json:"until" example:"2026-04-06"`
	SinceDated dating  `json:"since_dated,omitempty" doc:"How well the first of the two days is known, as of an assessment"`
	UntilDated dating  `json:"until_dated,omitempty" doc:"Likewise of the second"`
	Rated      int     `json:"rated,omitempty" doc:"Of a score of the person's own problems or goals: how many were rated both times" example:"3"`
	By         decimal `json:"by" doc:"To minus from, score points, whatever the direction" example:"3.1"`
}

type pointBody struct {
	Assessment string  `json:"assessment" doc:"The assessment's identifier"`
	On         day     `json:"on" example:"2026-01-12"`
	Dated      dating  `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Score      decimal `json:"score" example:"19.25"`
	Rated      int     `json:"rated,omitempty" doc:"Of how many of the person's own problems or goals the score is; absent for other scores, and where it was typed in as a number" example:"3"`
	Rater      rater   `json:"rater" example:"self"`
	Channel    channel `json:"channel,omitempty" example:"in-person"`
	Helper     helper  `json:"helper,omitempty" example:"nobody"`
}

type eventBody struct {
	On         day       `json:"on" example:"2026-01-12"`
	Dated      dating    `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Until      day       `json:"until,omitempty" doc:"Of a pause, its last day; absent until further notice" example:"2026-02-12"`
	Kind       eventKind `json:"kind" example:"measured"`
	Referral   string    `json:"referral" doc:"The referral's identifier"`
	Activity   string    `json:"activity,omitempty" doc:"The activity's identifier"`
	EndReason  endReason `json:"end_reason,omitempty"`
	OT         otLevel   `json:"ot,omitempty"`
	Measure    string    `json:"measure,omitempty" example:"swemwbs"`
	Occasion   string    `json:"occasion,omitempty" example:"baseline"`
	Rater      rater     `json:"rater,omitempty" example:"self"`
	Assessment string    `json:"assessment,omitempty" doc:"The assessment's identifier"`
	Channel    string    `json:"channel,omitempty" doc:"Of a contact" example:"phone"`
	Result     string    `json:"result,omitempty" doc:"Of a contact" example:"attended"`
	Reason     string    `json:"reason,omitempty" doc:"Why something due was not taken" example:"declined"`
}

type withdrawnBody struct {
	Assessment string `json:"assessment" doc:"The assessment's identifier"`
	Measure    string `json:"measure" example:"swemwbs"`
	On         day    `json:"on" example:"2026-01-12"`
	Dated      dating `json:"dated,omitempty" doc:"How well that day is known, as of an assessment. Absent: it is the day"`
	Reason     string `json:"reason" example:"Answered by somebody else"`
}

type (
	verdict   string // what a change comes to
	eventKind string // what happened
)

func (verdict) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": evidence.Verdicts()})
}

func (eventKind) Schema(huma.Registry) *huma.Schema {
	return documented(map[string]any{"enum": scheme.EventKinds()})
}

func (a *API) records() {
	get(a, asked{id: "get-person-record", path: "/people/{id}/record", tag: "People", right: app.SeePeople, summary: "What happened to one person, and what changed",
		about: "Everything in the referrals that you may see. A change is judged by the rule that counts people in a scheme's figures, between the first score of a referral and its last on a later day. It says what happened and not what caused it."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (recordBody, error) {
			found, err := a.app.Record(ctx, by, scheme.PersonID(in.ID))
			if err != nil {
				return recordBody{}, err
			}
			return recordOf(found), nil
		})
}

func recordOf(v app.RecordView) recordBody {
	b := recordBody{
		Person: string(v.Person.ID), Reference: v.Person.Reference, AsOf: day(v.Today.String()),
		Courses: []courseBody{}, Profiles: []answerProfileBody{}, Timeline: []eventBody{}, Withdrawn: []withdrawnBody{}, ForGP: v.ForGP(),
	}
	for _, s := range v.Stays {
		for _, r := range s.Readings {
			b.Courses = append(b.Courses, courseOf(s, r))
		}
		for _, p := range s.Profiles {
			b.Profiles = append(b.Profiles, answerProfileOf(s, p))
		}
	}
	for _, e := range v.Timeline {
		b.Timeline = append(b.Timeline, eventBody{
			On: day(e.On.String()), Dated: dating(e.Dated), Until: day(e.Until.String()), Kind: eventKind(e.Kind), Referral: string(e.Referral), Activity: string(e.Activity),
			EndReason: endReason(e.End), OT: otLevel(e.Level), Measure: string(e.Measure), Occasion: string(e.Occasion),
			Rater: rater(e.Rater), Assessment: string(e.Assessment),
			Channel: string(e.Way), Result: string(e.Outcome), Reason: string(e.Why),
		})
	}
	for _, w := range v.Withdrawn {
		b.Withdrawn = append(b.Withdrawn, withdrawnOf(w))
	}
	return b
}

func answerProfileOf(s app.Stay, p evidence.ProfileReading) answerProfileBody {
	b := answerProfileBody{Referral: string(s.Referral.ID), Measure: string(p.Measure.Key), Taken: []answeredBody{}, Says: p.Says()}
	for _, one := range p.Taken {
		b.Taken = append(b.Taken, answeredBody{Assessment: string(one.Assessment), On: day(one.On.String()), Dated: dating(one.Dated), Profile: one.Text, Rater: rater(one.By)})
	}
	return b
}

func withdrawnOf(w scheme.Revision) withdrawnBody {
	return withdrawnBody{Assessment: string(w.ID), Measure: string(w.Measure), On: day(w.On.String()), Dated: dating(w.Dated), Reason: w.Reason}
}

func courseOf(s app.Stay, r evidence.Reading) courseBody {
	text := r.Score.Text
	b := courseBody{
		Referral: string(s.Referral.ID), Scheme: string(s.Referral.Scheme), Measure: string(r.Measure.Key), Series: string(r.Score.Series),
		Name: r.Score.Name, Direction: int(r.Score.Direction), Points: []pointBody{}, Threshold: r.Threshold,
		Verdict: verdict(r.Verdict), Says: r.Says(), Asides: r.Asides(),
	}
	point := func(p scheme.Point, by rater) pointBody {
		return pointBody{
			Assessment: string(p.Assessment), On: day(p.On.String()), Dated: dating(r.Dated[p.Assessment]), Score: decimal(text(p.Level)), Rated: p.Rated, Rater: by,
			Channel: channel(p.Channel), Helper: helper(p.Helper),
		}
	}
	for _, p := range r.Points {
		b.Points = append(b.Points, point(p, rater(r.Measure.Rater)))
	}
	for _, o := range r.Others {
		for _, p := range o.Points {
			b.Others = append(b.Others, point(p, rater(o.By)))
		}
	}
	if r.Later != nil {
		b.Change = &changedBody{
			From: decimal(text(r.Base.Level)), To: decimal(text(r.Later.Level)), Since: day(r.Base.On.String()), Until: day(r.Later.On.String()),
			SinceDated: dating(r.Dated[r.Base.Assessment]), UntilDated: dating(r.Dated[r.Later.Assessment]),
			By: decimal(text(r.Later.Level - r.Base.Level)), Rated: r.Named,
		}
	}
	return b
}
