package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A ReleaseCover is what a release says of itself. It is frozen with the figures,
// so that a name that changes later changes nothing in what was published.
type ReleaseCover struct {
	Organisation string          `json:"organisation"`
	Scheme       string          `json:"scheme"`
	Primary      measure.Series  `json:"primary"`
	Headline     scheme.Occasion `json:"headline"`
	Scores       []ReleasedScore `json:"scores"`
	Rule         scheme.Rule     `json:"rule"`
	AsOf         scheme.Day      `json:"as_of"` // what was recorded by then is in it
	Threshold    int             `json:"threshold"`
	Reason       string          `json:"reason,omitempty"` // for a threshold below the usual
	Method       string          `json:"method"`
	Software     string          `json:"software"`
	Plan         int             `json:"plan"` // version in force when the figures were worked out
	// PairsAYear is how many people were measured twice in the year before the
	// scheme's first release; it settles what is told of groups, once.
	PairsAYear int `json:"pairs_a_year"`
}

// A ReleasedScore is a score of a released figure.
type ReleasedScore struct {
	Measure string        `json:"measure"` // as people call it
	Score   measure.Score `json:"score"`
}

// Score is the score of that series; ok is false where the cover has none.
func (c ReleaseCover) Score(of measure.Series) (s ReleasedScore, ok bool) {
	i := slices.IndexFunc(c.Scores, func(s ReleasedScore) bool { return s.Score.Series == of })
	if i < 0 {
		return ReleasedScore{}, false
	}
	return c.Scores[i], true
}

// ReleaseMethod names how figures are worked out and hidden. It changes when
// either does, so that two releases can be told apart.
const ReleaseMethod = "Cairn release method 4"

// A ReleaseLine is a release in a list.
type ReleaseLine struct {
	scheme.Release
	SchemeName string
}

// ReleaseList is everything that an organisation prepared and published, and
// what it can prepare.
type ReleaseList struct {
	Lines   []ReleaseLine
	Schemes []scheme.Scheme // of the actor
	Policy  scheme.DisclosurePolicy
	Today   scheme.Day
}

// A ReleasedFigure is one figure of a release, read.
type ReleasedFigure struct {
	disclosure.Figure
	Occasion scheme.Occasion
	Filter   string // empty: everybody
	ETag     string
}

// A GrantView is a grant with the name of whom it lets read.
type GrantView struct {
	scheme.Grant
	ToName string
	Now    bool // it stands today
}

// A ReleaseReport is what the auditor found, for the service alone.
type ReleaseReport struct {
	disclosure.Report
	Unsafe string `json:"unsafe,omitempty"` // what could still be worked out; empty where nothing could
}

// A ReleaseView is one release of the actor's own organisation.
type ReleaseView struct {
	ReleaseLine
	Cover   ReleaseCover
	Report  ReleaseReport // of the audit; empty before it
	Figures []ReleasedFigure
	Grants  []GrantView     // of it and of its scheme
	Next    *scheme.Release // what superseded it
	Mine    bool            // the actor may change it
	// Who did what, by login; empty where nobody did, or the account is gone.
	PreparedBy, AuditedBy, PublishedBy, WithdrawnBy string
}

// Releases returns those of the actor's schemes, the newest first.
func (a *App) Releases(ctx context.Context, by Actor) (list ReleaseList, err error) {
	if err := by.may(SeeReleases); err != nil {
		return ReleaseList{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if list.Today, err = a.today(r); err != nil {
			return err
		}
		if list.Policy, err = r.DisclosurePolicy(); err != nil {
			return err
		}
		schemes, err := r.Schemes(list.Today)
		if err != nil {
			return err
		}
		list.Schemes = slices.DeleteFunc(schemes, func(s scheme.Scheme) bool { return !by.Sees(s.ID) })
		all, err := r.Releases("")
		if err != nil {
			return err
		}
		list.Lines = nil // a read may run again
		for _, one := range all {
			i := slices.IndexFunc(list.Schemes, func(s scheme.Scheme) bool { return s.ID == one.Scheme })
			if i >= 0 {
				list.Lines = append(list.Lines, ReleaseLine{one, list.Schemes[i].Name})
			}
		}
		return nil
	})
	return list, err
}

// Release returns one release of the actor's schemes, with everything about it.
func (a *App) Release(ctx context.Context, by Actor, id scheme.ReleaseID) (v ReleaseView, err error) {
	if err := by.may(SeeReleases); err != nil {
		return ReleaseView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v, err = a.releaseView(r, by, id)
		return err
	})
	if err != nil {
		return ReleaseView{}, err
	}
	orgs, err := a.store.Organisations(ctx)
	for i, g := range v.Grants {
		v.Grants[i].ToName = orgName(orgs, g.To)
	}
	return v, err
}

func orgName(all []scheme.Organisation, id scheme.OrgID) string {
	if i := slices.IndexFunc(all, func(o scheme.Organisation) bool { return o.ID == id }); i >= 0 {
		return all[i].Name
	}
	return ""
}

func (a *App) releaseView(r Reader, by Actor, id scheme.ReleaseID) (v ReleaseView, err error) {
	if v.Release, err = ownRelease(r, by, id); err != nil {
		return v, err
	}
	if v.Cover, err = coverOf(v.Release); err != nil {
		return v, err
	}
	v.SchemeName, v.Mine = v.Cover.Scheme, by.May(MakeReleases)
	if v.Report, err = reportOf(v.Release); err != nil {
		return v, err
	}
	stored, err := r.ReleaseFigures(id)
	if err != nil {
		return v, err
	}
	if v.Figures, err = figuresOf(stored); err != nil {
		return v, err
	}
	today, err := a.today(r)
	if err != nil {
		return v, err
	}
	grants, err := r.Grants(v.Scheme)
	if err != nil {
		return v, err
	}
	for _, g := range grants {
		if g.Release == "" || g.Release == id {
			v.Grants = append(v.Grants, GrantView{Grant: g, Now: g.Stands(today)})
		}
	}
	if v.SupersededBy != "" {
		next, err := r.Release(v.SupersededBy)
		if err != nil {
			return v, err
		}
		v.Next = &next
	}
	members, err := r.Members()
	v.PreparedBy, v.AuditedBy = loginOf(members, v.Prepared.By), loginOf(members, v.Audited.By)
	v.PublishedBy, v.WithdrawnBy = loginOf(members, v.Published.By), loginOf(members, v.Withdrawn.By)
	return v, err
}

// ownRelease is a release of one of the actor's schemes.
func ownRelease(r ReleaseReader, by Actor, id scheme.ReleaseID) (scheme.Release, error) {
	found, err := r.Release(id)
	if err != nil {
		return scheme.Release{}, err
	}
	if !by.Sees(found.Scheme) {
		return scheme.Release{}, notThere()
	}
	return found, nil
}

func coverOf(r scheme.Release) (c ReleaseCover, err error) {
	if err := json.Unmarshal(r.Cover, &c); err != nil {
		return c, fmt.Errorf("read the cover of release %s: %w", r.ID, err)
	}
	return c, nil
}

// reportOf is what the auditor found; an empty report before the audit.
func reportOf(r scheme.Release) (report ReleaseReport, err error) {
	if len(r.Report) == 0 {
		return report, nil
	}
	if err := json.Unmarshal(r.Report, &report); err != nil {
		return report, fmt.Errorf("read the report of release %s: %w", r.ID, err)
	}
	return report, nil
}

// figuresOf reads stored figures.
func figuresOf(stored []scheme.ReleasedFigure) ([]ReleasedFigure, error) {
	all := make([]ReleasedFigure, len(stored))
	for i, f := range stored {
		if err := json.Unmarshal(f.Body, &all[i].Figure); err != nil {
			return nil, fmt.Errorf("read a figure of release %s: %w", f.Release, err)
		}
		all[i].Occasion, all[i].Filter, all[i].ETag = f.Occasion, f.Filter, f.ETag
	}
	return all, nil
}
