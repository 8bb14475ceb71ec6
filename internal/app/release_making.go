package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/disclosure"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewRelease says of what a release is prepared.
type NewRelease struct {
	Key    string       `json:"-"`
	Scheme scheme.ID    `json:"scheme"`
	Grain  scheme.Grain `json:"grain"`  // empty: the scheme's own
	Within string       `json:"within"` // a quarter of the period, 2026-Q1
}

// A ReleaseStep is one step of a release on its way out.
type ReleaseStep struct {
	Key     string           `json:"-"`
	ID      scheme.ReleaseID `json:"id"`
	Version int              `json:"version"` // that was read
}

// PrepareRelease works every releasable figure of a scheme and a period out, as
// it would be seen outside, and keeps them as a draft. A draft that is there
// already is made anew.
func (a *App) PrepareRelease(ctx context.Context, by Actor, in NewRelease) (ReleaseView, error) {
	if err := by.may(MakeReleases); err != nil {
		return ReleaseView{}, err
	}
	if in.Scheme == "" {
		return ReleaseView{}, fault.New(fault.Invalid, fault.InputInvalid, "Choose a scheme.").At("scheme")
	}
	if err := by.mayIn(MakeReleases, in.Scheme); err != nil {
		return ReleaseView{}, err
	}
	var draft plannedRelease
	var figures []disclosure.Figure
	err := a.store.Read(ctx, by.Org, func(r Reader) (err error) {
		if draft, err = a.planned(r, in); err != nil {
			return err
		}
		s, err := a.snapshot(r, draft)
		if err != nil {
			return err
		}
		figures = s.shown()
		draft.Cover, err = json.Marshal(s.cover)
		return err
	})
	if err != nil {
		return ReleaseView{}, fmt.Errorf("prepare a release: %w", err)
	}
	draft.Prepared = scheme.Deed{At: a.now(), By: by.Account}
	object, err := a.create(ctx, writing{by, "release.prepare", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(in.Scheme); err != nil {
			return "", err
		}
		return keepDraft(w, draft.Release, figures)
	})
	if err != nil {
		return ReleaseView{}, err
	}
	return a.Release(ctx, by, scheme.ReleaseID(object))
}

// A planned release is a draft without its figures.
type plannedRelease struct {
	scheme.Release
	pairsAYear int
}

// planned says of what a release is, or why there cannot be one.
func (a *App) planned(r Reader, in NewRelease) (draft plannedRelease, err error) {
	query, _, err := a.query(r, EvidenceAsk{Scheme: in.Scheme})
	if err != nil {
		return draft, err
	}
	quarter, err := scheme.ParseQuarter(in.Within)
	if err != nil {
		var wrong fault.List
		if accident := wrong.Note("within", err); accident != nil {
			return draft, accident
		}
		return draft, wrong.Err()
	}
	last := query.Today.Quarter() - 1
	query.Period = scheme.Period{From: last - 3, To: last}
	table, err := r.Transitions(query)
	if err != nil {
		return draft, err
	}
	before, err := r.Releases(in.Scheme)
	if err != nil {
		return draft, err
	}
	grain, pairs, err := settled(in, before, table.Flow.Paired)
	if err != nil {
		return draft, err
	}
	draft.pairsAYear = pairs
	draft.Release = scheme.Release{Scheme: in.Scheme, Grain: scheme.Grain(grain), Period: grain.Period(quarter), State: scheme.ReleasePrepared}
	if !draft.Period.Over(query.Today) {
		return draft, fault.New(fault.Conflict, fault.ReleaseOpen, "%s is not over: people can still be measured again in it. Prepare this release on %s or later.",
			draft.Period.Long(), draft.Period.To.Last().Plus(1).Long()).At("within")
	}
	return draft, nil
}

// settled are the grain of a scheme's releases and the number of pairs a year that
// it was settled by. The first published release fixes both: two periods that
// overlap in part would tell apart what neither tells. Before it, the grain is the
// one asked for, else the shortest with about thirty people measured twice.
func settled(in NewRelease, before []scheme.Release, pairs int) (disclosure.Grain, int, error) {
	asked := disclosure.Grain(in.Grain)
	if asked != "" && asked.Quarters() == 0 {
		return "", 0, fault.New(fault.Invalid, fault.InputInvalid, "Choose quarter, half-year or year.").At("grain")
	}
	for _, earlier := range slices.Backward(before) { // the newest is the first of them
		if !earlier.Out() {
			continue
		}
		if in.Grain != "" && in.Grain != earlier.Grain {
			return "", 0, fault.New(fault.Conflict, fault.ReleaseGrain, "This scheme is released by the %s since release %d. Periods that overlap would show what each of them hides, so it stays that way.",
				strings.ToLower(scheme.Label(scheme.Grains(), string(earlier.Grain))), earlier.Number).At("grain")
		}
		cover, err := coverOf(earlier)
		return disclosure.Grain(earlier.Grain), cover.PairsAYear, err
	}
	if asked == "" {
		asked = disclosure.GrainFor(pairs)
	}
	return asked, pairs, nil
}

// keepDraft keeps a draft, in the place of one of the same period.
func keepDraft(w Writer, draft scheme.Release, figures []disclosure.Figure) (object string, err error) {
	all, err := w.Releases(draft.Scheme)
	if err != nil {
		return "", err
	}
	for _, there := range all {
		if !there.State.Draft() || there.Period != draft.Period {
			continue
		}
		draft.ID, draft.Revision = there.ID, there.Revision
		rows, err := stored(draft.ID, figures)
		if err != nil {
			return "", err
		}
		if err := w.SaveFigures(draft.ID, rows); err != nil {
			return "", err
		}
		return string(draft.ID), w.SaveRelease(draft)
	}
	if draft.ID, err = newID[scheme.ReleaseID](); err != nil {
		return "", err
	}
	rows, err := stored(draft.ID, figures)
	if err != nil {
		return "", err
	}
	return string(draft.ID), w.AddRelease(draft, rows)
}

// An audit is what the auditor made of a draft.
type audit struct {
	draft   scheme.Release
	figures []disclosure.Figure
}

// AuditRelease works a draft's figures out anew, has the auditor attack them
// together with everything of the scheme that was ever published, and keeps what
// it made of them, with its report.
func (a *App) AuditRelease(ctx context.Context, by Actor, in ReleaseStep) (ReleaseView, error) {
	if err := by.may(MakeReleases); err != nil {
		return ReleaseView{}, err
	}
	var found audit
	err := a.store.Read(ctx, by.Org, func(r Reader) (err error) {
		found, err = a.attacked(r, by, in)
		return err
	})
	if err != nil {
		return ReleaseView{}, fmt.Errorf("audit a release: %w", err)
	}
	found.draft.Audited = scheme.Deed{At: a.now(), By: by.Account}
	rows, err := stored(in.ID, found.figures)
	if err != nil {
		return ReleaseView{}, err
	}
	_, err = a.create(ctx, writing{by, "release.audit", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(found.draft.Scheme); err != nil {
			return "", err
		}
		if err := w.SaveFigures(in.ID, rows); err != nil {
			return "", err
		}
		return string(in.ID), w.SaveRelease(found.draft)
	})
	if err != nil {
		return ReleaseView{}, err
	}
	return a.Release(ctx, by, in.ID)
}

func (a *App) attacked(r Reader, by Actor, in ReleaseStep) (found audit, err error) {
	if found.draft, err = draftOf(r, by, in); err != nil {
		return found, err
	}
	cover, err := coverOf(found.draft)
	if err != nil {
		return found, err
	}
	s, err := a.snapshot(r, plannedRelease{found.draft, cover.PairsAYear})
	if err != nil {
		return found, err
	}
	earlier, err := everPublished(r, found.draft.Scheme)
	if err != nil {
		return found, err
	}
	figures, report, err := disclosure.Audit(s.policy(), s.exact, earlier)
	told, safe := ReleaseReport{Report: report}, err == nil
	switch {
	case errors.Is(err, disclosure.ErrUnsafe):
		told.Unsafe = strings.TrimPrefix(err.Error(), disclosure.ErrUnsafe.Error()+": ")
		figures = s.shown() // for the service to look at; it does not go out
	case err != nil:
		return found, err
	}
	found.figures = figures
	found.draft.State, found.draft.Safe, found.draft.AuditedAfter = scheme.ReleaseAudited, safe, len(earlier)
	if found.draft.Report, err = json.Marshal(told); err != nil {
		return found, err
	}
	found.draft.Cover, err = json.Marshal(s.cover)
	return found, err
}

// draftOf is the draft that a step is about.
func draftOf(r ReleaseReader, by Actor, in ReleaseStep) (scheme.Release, error) {
	draft, err := ownRelease(r, by, in.ID)
	if err != nil {
		return draft, err
	}
	if !draft.State.Draft() {
		return draft, fault.New(fault.Conflict, fault.ReleaseState, "Release %d is published, and what is published is never changed. Prepare the period again: that makes the next release.", draft.Number)
	}
	if draft.Revision != in.Version {
		return draft, staleRecord()
	}
	return draft, nil
}

// everPublished are the figures of every release of a scheme that anybody outside
// may have seen, withdrawn ones too: what was read stays read.
func everPublished(r ReleaseReader, of scheme.ID) (all [][]disclosure.Figure, err error) {
	releases, err := r.Releases(of)
	if err != nil {
		return nil, err
	}
	place := map[scheme.ReleaseID]int{}
	var ids []scheme.ReleaseID
	for _, one := range releases {
		if one.Out() {
			place[one.ID] = len(ids)
			ids = append(ids, one.ID)
		}
	}
	if len(ids) == 0 {
		return all, nil
	}
	rows, err := r.ReleaseFigures(ids...)
	if err != nil {
		return nil, err
	}
	all = make([][]disclosure.Figure, len(ids))
	for _, row := range rows {
		var f disclosure.Figure
		if err := json.Unmarshal(row.Body, &f); err != nil {
			return nil, fmt.Errorf("read a figure of release %s: %w", row.Release, err)
		}
		all[place[row.Release]] = append(all[place[row.Release]], f)
	}
	return all, nil
}
