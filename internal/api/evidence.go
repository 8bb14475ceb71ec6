package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/scheme"
)

// Pairing is the part of a question that says which pairs count. It is exported,
// as those below are, because huma reads embedded fields of exported types only.
type Pairing struct {
	From quarter `query:"from" doc:"First quarter in which windows closed; absent for all" example:"2025-Q1"`
	To   quarter `query:"to" doc:"Last quarter in which windows closed; absent for all" example:"2025-Q4"`
	Rule rule    `query:"rule" doc:"By which two scores become a pair; absent for plan" example:"plan"`
}

// EvidenceQuery is one question of a scheme.
type EvidenceQuery struct {
	ID       string `path:"id" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Measure  string `query:"measure" doc:"A series, or the key of a measure with one reported score; absent for the plan's primary score" example:"swemwbs-metric"`
	Occasion string `query:"occasion" doc:"A follow-up of the plan; absent for its headline" example:"day-84"`
	Pairing
}

func (in EvidenceQuery) ask() app.EvidenceAsk {
	return app.EvidenceAsk{
		Scheme: scheme.ID(in.ID), Measure: in.Measure, Occasion: in.Occasion,
		From: string(in.From), To: string(in.To), Rule: string(in.Rule),
	}
}

// FiguresBody is what the figures of one scheme are of, as it was asked and as the
// plan fills it in. huma reads embedded fields of exported types only.
type FiguresBody struct {
	Scheme   string     `json:"scheme" doc:"The scheme's identifier"`
	Name     string     `json:"scheme_name" example:"Riverside Garden"`
	Series   string     `json:"series" example:"swemwbs-metric"`
	Occasion string     `json:"occasion" example:"day-84"`
	Rule     rule       `json:"rule" doc:"By which two scores became a pair" example:"plan"`
	Period   periodBody `json:"period" doc:"Quarters as they were asked for, in which the window of the occasion closed"`
	AsOf     day        `json:"as_of" doc:"Windows still open on this day are counted as running" example:"2026-11-22"`
	View     string     `json:"view" enum:"internal" doc:"internal: exact and live, for the service itself; not for publication"`
}

type evidenceBody struct {
	FiguresBody
	Measure   string           `json:"measure" example:"swemwbs"`
	Direction string           `json:"direction" enum:"higher,lower" doc:"Which way is better"`
	Decimals  int              `json:"decimals" doc:"Of the measure's scores" example:"2"`
	Sentence  string           `json:"sentence" doc:"The finding in plain words"`
	Cautions  []string         `json:"cautions" nullable:"false" doc:"What to bear in mind, the biggest first"`
	Level     levelBody        `json:"level" doc:"How well this was measured, and not how well it worked"`
	Claims    claimsBody       `json:"claims"`
	Board     [3]string        `json:"board_answer" doc:"The finding in three sentences to read out"`
	Remarks   []remarkBody     `json:"remarks" nullable:"false" doc:"How the scores were taken; all are told every time"`
	Own       *ownCountBody    `json:"own,omitempty" doc:"Of how many of people's own problems or goals the scores are; absent for other scores"`
	Flow      flowBody         `json:"flow"`
	Losses    []lossBody       `json:"losses" nullable:"false" doc:"People due and not measured again, by the latest reason on record; they add up to due less paired"`
	Finding   evidence.Finding `json:"finding" doc:"Every number, under the names of docs/statistics.md; what cannot be estimated is null, with its reason under reasons"`
	Around    aroundBody       `json:"around" doc:"What lies around the scores: how far people came, how they were measured, how it runs over time, what they took up"`
}

type periodBody struct {
	From quarter `json:"from,omitempty" doc:"Absent where the period is open" example:"2025-Q1"`
	To   quarter `json:"to,omitempty" doc:"Absent where the period is open" example:"2025-Q4"`
}

// ownCountBody is for scores of people's own problems or goals.
type ownCountBody struct {
	People int `json:"people" doc:"Measured twice, of whom it is known" example:"12"`
	Rated  int `json:"rated" doc:"Problems or goals of theirs that were rated both times" example:"31"`
	Fewest int `json:"fewest" doc:"Of one person" example:"1"`
	Most   int `json:"most" example:"4"`
	Typed  int `json:"not_known" doc:"People measured twice of whom it is not known: a score was typed in" example:"2"`
}

// lossBody counts people lost for one reason.
type lossBody struct {
	Reason notDoneReason `json:"reason,omitempty" doc:"Absent where none is on record" example:"declined"`
	People int           `json:"people" example:"3"`
}

// flowBody counts people by how far they came.
type flowBody struct {
	Referred     int       `json:"referred"`
	Accepted     int       `json:"accepted"`
	Started      int       `json:"started"`
	Baseline     int       `json:"baseline" doc:"With a baseline, people who died or moved away included"`
	Due          int       `json:"due" doc:"Of those, still there to be measured"`
	FollowedUp   int       `json:"followed_up" doc:"With a later score, paired or not"`
	Paired       int       `json:"paired"`
	FollowupOnly int       `json:"followup_only" doc:"A later score without a baseline: counted, never paired"`
	Exits        exitsBody `json:"exits" doc:"Left before the later score, and never counted as lost"`
	Running      int       `json:"running" doc:"Still inside their window: neither paired nor lost"`
	RunningAgain int       `json:"running_measured_again" doc:"Of those, already measured twice"`
}

type exitsBody struct {
	Died  int `json:"died"`
	Moved int `json:"moved_away"`
}

func (a *API) evidence() {
	get(a, asked{id: "get-evidence", path: "/schemes/{id}/evidence", tag: "Evidence", right: app.SeeEvidence, summary: "What a scheme's paired scores say",
		about: "The internal view: exact, live figures for the service itself. Each person counts once, by their first referral; only closed windows count."},
		"query", func(ctx context.Context, by app.Actor, in *EvidenceQuery) (evidenceBody, error) {
			v, err := a.app.Evidence(ctx, by, in.ask())
			if err != nil {
				return evidenceBody{}, err
			}
			return evidenceOf(v), nil
		})
	a.figures()
}

func evidenceOf(v app.EvidenceView) evidenceBody {
	b := evidenceBody{
		FiguresBody: figuresOf(v), Measure: string(v.Measure.Key), Direction: betterOf(v.Score.Direction), Decimals: v.Score.Decimals,
		Flow: flowOf(v.Finding.Flow), Finding: v.Finding, Sentence: v.Sentence(),
		Level: levelOf(v), Claims: claimsOf(v), Board: v.BoardAnswer(), Remarks: remarksOf(v.Remarks()),
		Cautions: v.Cautions(), Losses: make([]lossBody, len(v.Losses)),
		Around: aroundOf(v.Journey),
	}
	if v.Own != nil {
		b.Own = &ownCountBody{v.Own.People, v.Own.Rated, v.Own.Fewest, v.Own.Most, v.Own.Typed}
	}
	for i, l := range v.Losses {
		b.Losses[i] = lossBody{Reason: notDoneReason(l.Reason), People: l.People}
	}
	return b
}

func figuresOf(v app.EvidenceView) FiguresBody {
	b := FiguresBody{
		Scheme: string(v.Scheme.ID), Name: v.Scheme.Name, Series: string(v.Score.Series),
		Occasion: string(v.Occasion), Rule: rule(v.Rule), AsOf: day(v.Today.String()), View: "internal",
	}
	if v.Rule == scheme.ByFirstLast {
		b.Occasion = string(scheme.FirstLast)
	}
	if v.Period.From != 0 {
		b.Period.From = quarter(v.Period.From.String())
	}
	if v.Period.To != 0 {
		b.Period.To = quarter(v.Period.To.String())
	}
	return b
}

func flowOf(f scheme.Flow) flowBody {
	return flowBody{
		Referred: f.Referred, Accepted: f.Accepted, Started: f.Started, Baseline: f.Baseline, Due: f.Due,
		FollowedUp: f.FollowedUp(), Paired: f.Paired, FollowupOnly: f.FollowupOnly,
		Exits:   exitsBody{Died: f.Exits[scheme.ExitDied], Moved: f.Exits[scheme.ExitMoved]},
		Running: f.Running, RunningAgain: f.RunningAgain,
	}
}
