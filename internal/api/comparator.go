package api

import (
	"context"
	"time"

	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// importedBody is one version of a group that was brought in.
type importedBody struct {
	address string

	Series       string    `json:"series" example:"swemwbs-metric"`
	Version      int       `json:"version" doc:"Send it with the next version or a withdrawal" example:"1"`
	Label        string    `json:"label" doc:"Who these people are" example:"Two practices without the offer"`
	Source       string    `json:"source" doc:"Where the scores are from"`
	Eligible     string    `json:"eligible" doc:"Who could be in the group"`
	From         day       `json:"from" doc:"Of the first scores" example:"2026-01-05"`
	Until        day       `json:"until" doc:"Of the later scores" example:"2026-06-30"`
	Weeks        int       `json:"weeks" doc:"Between a person's two scores" example:"12"`
	Random       bool      `json:"random" doc:"It is recorded that chance decided who was in which group" example:"false"`
	RandomSource string    `json:"random_source,omitempty" doc:"Where that is recorded"`
	People       int       `json:"people" doc:"Measured twice" example:"40"`
	Lost         int       `json:"lost" doc:"With a first score and no later one, as far as they were brought in; with 0 it is not known whether there were any" example:"6"`
	Withdrawn    string    `json:"withdrawn,omitempty" doc:"Why it was withdrawn; absent where it stands"`
	By           string    `json:"by" doc:"The account that brought it in or withdrew it"`
	At           time.Time `json:"at" example:"2026-07-01T09:30:00Z"`
}

type newImportedBody struct {
	Series       string `json:"series" doc:"By which score they are compared; one that the scheme's plan collects" example:"swemwbs-metric"`
	Version      whole  `json:"version" doc:"The newest version that you read; 0 for the first" example:"0"`
	Label        string `json:"label" doc:"Who these people are" example:"Two practices without the offer"`
	Source       string `json:"source" doc:"Where the scores are from, so that it can be looked up" example:"Survey of the practices, 2026"`
	Eligible     string `json:"eligible" doc:"Who could be in the group" example:"Adults who were not offered a place"`
	From         day    `json:"from" doc:"The day of the first score" example:"2026-01-05"`
	Until        day    `json:"until" doc:"The day of the last score" example:"2026-06-30"`
	Weeks        whole  `json:"weeks" doc:"Between a person's two scores, 1 to 260" example:"12"`
	Random       string `json:"random" enum:"yes,no" doc:"Whether chance decided who was in which group" example:"no"`
	RandomSource string `json:"random_source,omitempty" doc:"Where that is recorded; needed with yes" example:"Letter of the trial unit, March 2026"`
	Rows         string `json:"rows" doc:"CSV. The first line names the columns before and after, and people where lines count several; no other column is taken. An empty after is somebody who was not measured again" example:"before,after,people\n18.59,19.25,4\n"`
}

type comparatorWithdrawalBody struct {
	Series  string `json:"series" example:"swemwbs-metric"`
	Version whole  `json:"version" doc:"The version that you read" example:"1"`
	Reason  string `json:"reason" doc:"Why it must not be compared with" example:"Counted twice"`
}

// waitAllocationBody is what is on record of who of a scheme's people waited.
type waitAllocationBody struct {
	address string

	Version      int       `json:"version" doc:"Send it with the next one" example:"1"`
	Random       bool      `json:"random" doc:"It is recorded that chance decided who waited" example:"false"`
	RandomSource string    `json:"random_source,omitempty" doc:"Where that is recorded"`
	By           string    `json:"by" doc:"The account that recorded it"`
	At           time.Time `json:"at" example:"2026-07-01T09:30:00Z"`
}

type newWaitAllocationBody struct {
	Version      whole  `json:"version" doc:"The newest version that you read; 0 for the first" example:"0"`
	Random       string `json:"random" enum:"yes,no" doc:"Whether chance decided who waited" example:"no"`
	RandomSource string `json:"random_source,omitempty" doc:"Where that is recorded; needed with yes" example:"Letter of the trial unit, March 2026"`
}

type comparatorBody struct {
	FiguresBody
	Imported    *importedBody       `json:"imported,omitempty" doc:"The newest version of the group that was brought in, withdrawn ones too; absent where there is none"`
	Wait        *waitAllocationBody `json:"wait_allocation,omitempty" doc:"Who decided who of the scheme's own people waited; absent where that is not on record"`
	Comparisons []againstBody       `json:"comparisons" nullable:"false" doc:"Empty where there is no group to compare with"`
}

// againstBody is the scheme's people against one group.
type againstBody struct {
	Name       string               `json:"name" doc:"The comparison group" example:"Two practices without the offer"`
	Source     string               `json:"source"`
	Eligible   string               `json:"eligible" doc:"Who could be in it"`
	Noun       string               `json:"noun" enum:"difference from the comparison group,effect" doc:"What may be said; effect only where it is recorded that chance decided, and 60% or more of both groups were measured again" example:"difference from the comparison group"`
	Sentence   string               `json:"sentence" doc:"The difference at the same baseline, interval by HC3; or that the groups are not compared"`
	Change     string               `json:"difference_in_change,omitempty" doc:"Without regard to where people began, interval by Welch"`
	Refused    []string             `json:"refused" nullable:"false" doc:"Why the groups are not compared; empty where they are"`
	Cautions   []string             `json:"cautions" nullable:"false"`
	InBoth     *int                 `json:"in_both,omitempty" doc:"Of the scheme's own people who were measured twice while they waited: how many were after the start, too. They count while waiting only. Absent for a group from elsewhere" example:"5"`
	Concurrent bool                 `json:"concurrent" doc:"Measured in the same period"`
	SameTimes  bool                 `json:"same_times" doc:"About as long between the two scores"`
	Inside     groupsInsideBody     `json:"overlap" doc:"How alike the two groups began"`
	Group      evidence.Finding     `json:"group" doc:"Of the comparison group"`
	Own        evidence.Finding     `json:"own" doc:"Of the scheme's people"`
	Compared   *evidence.Comparison `json:"compared,omitempty" doc:"The scheme's people against the comparison group as reference; absent where refused"`
}

// groupsInsideBody has null where nobody was measured twice.
type groupsInsideBody struct {
	Group *float64 `json:"inside_group" doc:"Share of the comparison group that began from the 5th to the 95th percentile of the scheme's people" example:"0.93"`
	Own   *float64 `json:"inside_own" doc:"The same of the scheme's people" example:"0.91"`
	SMD   *float64 `json:"baseline_smd" doc:"Baseline of the scheme's people less the group's, pooled standard deviations" example:"-0.12"`
}

func (a *API) comparator() {
	get(a, asked{id: "get-comparator", path: "/schemes/{id}/comparator", tag: "Evidence", right: app.SeeEvidence, summary: "A scheme's people beside those they are compared with",
		about: "The internal view: exact and live. A group that was brought in, and the scheme's own people who were measured twice while they waited; each person is on one side. The groups are compared at the same baseline only where they began alike; else the reasons are given instead."},
		"query", func(ctx context.Context, by app.Actor, in *EvidenceQuery) (comparatorBody, error) {
			v, err := a.app.Comparator(ctx, by, in.ask())
			if err != nil {
				return comparatorBody{}, err
			}
			return comparatorOf(v), nil
		})
	post(a, asked{id: "add-comparator", path: "/schemes/{id}/comparator", tag: "Evidence", right: app.SetComparators, summary: "Bring in a comparison group",
		about: "Adds a version, which takes the place of the one before. Nothing but pairs of scores is taken: no identifier, no other column. Every bad line is named, and then nothing is kept."},
		func(b importedBody) string { return b.address },
		func(ctx context.Context, by app.Actor, in *change[newImportedBody]) (importedBody, error) {
			b := in.Body
			made, err := a.app.AddComparator(ctx, by, app.NewComparator{
				Key: in.Key, Scheme: scheme.ID(in.ID), Series: measure.Series(b.Series), Version: int(b.Version), Label: b.Label, Source: b.Source,
				Eligible: b.Eligible, From: string(b.From), Until: string(b.Until), Weeks: int(b.Weeks), Random: b.Random, RandomSource: b.RandomSource, Rows: b.Rows,
			})
			return importedOf(in.ID, made), err
		})
	post(a, asked{id: "withdraw-comparator", path: "/schemes/{id}/comparator/withdrawal", tag: "Evidence", right: app.SetComparators, summary: "Withdraw a comparison group",
		about: "It stays readable with the reason, and nothing is compared with it any more."},
		func(b importedBody) string { return b.address },
		func(ctx context.Context, by app.Actor, in *change[comparatorWithdrawalBody]) (importedBody, error) {
			b := in.Body
			made, err := a.app.WithdrawComparator(ctx, by, app.ComparatorWithdrawal{
				Key: in.Key, Scheme: scheme.ID(in.ID), Series: measure.Series(b.Series), Version: int(b.Version), Reason: b.Reason,
			})
			return importedOf(in.ID, made), err
		})
}

// waitAllocation is who decided who of a scheme's people waited.
func (a *API) waitAllocation() {
	post(a, asked{id: "record-wait-allocation", path: "/schemes/{id}/comparator/waiting", tag: "Evidence", right: app.SetComparators, summary: "Record whether chance decided who waited",
		about: "Adds a version, which takes the place of the one before. Only where it says where the lot is recorded is the difference from people while they waited called an effect."},
		func(b waitAllocationBody) string { return b.address },
		func(ctx context.Context, by app.Actor, in *change[newWaitAllocationBody]) (waitAllocationBody, error) {
			made, err := a.app.RecordWaitAllocation(ctx, by, app.NewWaitAllocation{
				Key: in.Key, Scheme: scheme.ID(in.ID), Version: int(in.Body.Version), Random: in.Body.Random, RandomSource: in.Body.RandomSource,
			})
			return waitAllocationOf(in.ID, made), err
		})
}

func waitAllocationOf(of string, w scheme.WaitAllocation) waitAllocationBody {
	return waitAllocationBody{
		address: "/schemes/" + of + "/comparator", Version: w.Version, Random: w.RandomSource != "", RandomSource: w.RandomSource, By: string(w.By), At: w.At,
	}
}

func importedOf(of string, c scheme.Comparator) importedBody {
	return importedBody{
		address: "/schemes/" + of + "/comparator?measure=" + string(c.Series),
		Series:  string(c.Series), Version: c.Version, Label: c.Label, Source: c.Source, Eligible: c.Eligible,
		From: day(c.Span.First.String()), Until: day(c.Span.Last.String()), Weeks: c.Weeks, Random: c.RandomSource != "", RandomSource: c.RandomSource,
		People: c.People(), Lost: c.Lost(), Withdrawn: c.Withdrawn, By: string(c.By), At: c.At,
	}
}

func comparatorOf(v app.ComparatorView) comparatorBody {
	b := comparatorBody{FiguresBody: figuresOf(v.EvidenceView), Comparisons: []againstBody{}}
	if v.Imported.Version > 0 {
		made := importedOf(b.Scheme, v.Imported)
		b.Imported = &made
	}
	if v.Wait.Version > 0 {
		made := waitAllocationOf(b.Scheme, v.Wait)
		b.Wait = &made
	}
	for _, x := range v.Against {
		b.Comparisons = append(b.Comparisons, againstBody{
			Name: x.Group.Name, Source: x.Group.Source, Eligible: x.Group.Eligible, Noun: x.Noun(), Sentence: x.Sentence(), Change: x.Plain(),
			Refused: listOf(x.Sides.Refused), Cautions: listOf(x.Cautions), InBoth: x.Group.Both, Concurrent: x.Facts.Concurrent, SameTimes: x.Facts.SameScore,
			Inside: groupsInsideBody{x.Sides.Overlap.Inside[0].P, x.Sides.Overlap.Inside[1].P, x.Sides.Overlap.SMD}, Group: x.Sides.Reference, Own: x.Sides.Other, Compared: x.Sides.Compared,
		})
	}
	return b
}
