package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// How somebody came to read a release.
type Audience string

const (
	AudienceOwn     Audience = "own"     // of the organisation that published it
	AudienceGranted Audience = "granted" // of one that it was granted to
	AudiencePublic  Audience = "public"
)

// A PublishedView is a release as somebody outside reads it: from what was kept
// when it was published, and from no record of any person.
type PublishedView struct {
	scheme.Release
	Cover    ReleaseCover
	Figures  []ReleasedFigure // none where they were withdrawn with it
	Audience Audience
	Until    scheme.Day // the last day of the grant; no day: none is set
	// Stands reports that another release stands for its period now. Next is that
	// one, where whoever reads this may read it.
	Stands bool
	Next   *scheme.Release
}

// Headline is the figure that is shown first: the primary score of everybody at
// the headline occasion, else the first there is. ok is false where there is none.
func (v PublishedView) Headline() (f ReleasedFigure, ok bool) {
	for _, f := range v.Figures {
		if f.Filter == "" && f.Question.Series == v.Cover.Primary && f.Occasion == v.Cover.Headline {
			return f, true
		}
	}
	for _, f := range v.Figures {
		if f.Filter == "" {
			return f, true
		}
	}
	return ReleasedFigure{}, false
}

// Published returns a release for whoever may read it: anybody where it is
// public, a commissioning organisation that it was granted to, and the service
// itself. For everybody else it is as if it were not there.
func (a *App) Published(ctx context.Context, by Actor, id scheme.ReleaseID) (v PublishedView, err error) {
	read, err := a.reading(ctx, by, id)
	if err != nil {
		return PublishedView{}, err
	}
	err = a.store.Read(ctx, read.owner, func(r Reader) error {
		v, err = publishedView(r, id)
		return err
	})
	if err != nil {
		return PublishedView{}, fmt.Errorf("published release %s: %w", id, err)
	}
	v.Audience, v.Until, v.Stands = read.audience, read.until, v.Next != nil
	if v.Next != nil {
		_, err := a.reading(ctx, by, v.Next.ID)
		switch {
		case fault.Is(err, fault.NotFound):
			v.Next = nil
		case err != nil:
			return PublishedView{}, err
		}
	}
	if read.audience == AudienceGranted {
		return v, a.noteReading(ctx, by, read.owner, []scheme.ReleaseID{id})
	}
	return v, nil
}

// PublishedOf returns the releases of one of the actor's schemes that were ever
// published, the newest first, for those who see its figures inside.
func (a *App) PublishedOf(ctx context.Context, by Actor, of scheme.ID) (all []scheme.Release, err error) {
	if err := by.mayIn(SeeEvidence, of); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		if _, err := r.Scheme(of, today); err != nil {
			return err
		}
		all, err = r.Releases(of)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("published releases of scheme %s: %w", of, err)
	}
	return slices.DeleteFunc(all, func(r scheme.Release) bool { return !r.Out() }), nil
}

// Document returns the text whose SHA-256 is the release's.
func (a *App) Document(ctx context.Context, by Actor, id scheme.ReleaseID) (document []byte, err error) {
	read, err := a.reading(ctx, by, id)
	if err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, read.owner, func(r Reader) error {
		release, err := publishedRelease(r, id)
		if err != nil {
			return err
		}
		if release.FiguresGone {
			return notThere()
		}
		figures, err := r.ReleaseFigures(id)
		if err != nil {
			return err
		}
		document, err = documentOf(release, figures)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("document of release %s: %w", id, err)
	}
	if read.audience == AudienceGranted {
		return document, a.noteReading(ctx, by, read.owner, []scheme.ReleaseID{id})
	}
	return document, nil
}

// access is by what somebody may read a release, and whose it is.
type access struct {
	owner    scheme.OrgID
	audience Audience
	until    scheme.Day
}

// reading is by what the actor may read a release. A right that comes with a
// sign-in goes before its being public, so that a commissioner's reading is noted.
func (a *App) reading(ctx context.Context, by Actor, id scheme.ReleaseID) (access, error) {
	if by.Account != "" && by.May(ReadGranted) {
		granted, err := a.grantedTo(ctx, by)
		if err != nil {
			return access{}, err
		}
		if i := slices.IndexFunc(granted, func(g GrantedRelease) bool { return g.ID == id }); i >= 0 {
			return access{granted[i].Owner, AudienceGranted, granted[i].Until}, nil
		}
	}
	if by.Account != "" && (by.May(SeeReleases) || by.May(SeeEvidence)) {
		err := a.store.Read(ctx, by.Org, func(r Reader) error {
			found, err := publishedRelease(r, id)
			if err == nil && !by.Sees(found.Scheme) {
				err = notThere()
			}
			return err
		})
		if err == nil || !fault.Is(err, fault.NotFound) {
			return access{by.Org, AudienceOwn, scheme.Day{}}, err
		}
	}
	owner, err := a.store.PublicRelease(ctx, id)
	return access{owner, AudiencePublic, scheme.Day{}}, err
}

func publishedRelease(r ReleaseReader, id scheme.ReleaseID) (scheme.Release, error) {
	found, err := r.Release(id)
	if err == nil && !found.Out() {
		err = notThere()
	}
	return found, err
}

func publishedView(r Reader, id scheme.ReleaseID) (v PublishedView, err error) {
	if v.Release, err = publishedRelease(r, id); err != nil {
		return v, err
	}
	if v.Cover, err = coverOf(v.Release); err != nil {
		return v, err
	}
	if v.State != scheme.ReleasePublished {
		all, err := r.Releases(v.Scheme)
		if err != nil {
			return v, err
		}
		v.Next = standsFor(all, v.Period)
	}
	if v.FiguresGone {
		return v, nil
	}
	stored, err := r.ReleaseFigures(id)
	if err != nil {
		return v, err
	}
	v.Figures, err = figuresOf(stored)
	return v, err
}

// standsFor is the release that stands for a period; nil where none does.
func standsFor(all []scheme.Release, of scheme.Period) *scheme.Release {
	i := slices.IndexFunc(all, func(r scheme.Release) bool { return r.State == scheme.ReleasePublished && r.Period == of })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// grantedTo are the releases that the actor's organisation may read now, each
// once. The days of a grant are those of whoever granted it.
func (a *App) grantedTo(ctx context.Context, by Actor) (granted []GrantedRelease, err error) {
	all, err := a.store.GrantedTo(ctx, by.Org)
	if err != nil {
		return nil, err
	}
	for _, g := range all {
		zone, err := time.LoadLocation(g.Zone)
		if err != nil {
			return nil, fmt.Errorf("time zone of organisation %s: %w", g.Owner, err)
		}
		stands := scheme.Grant{From: g.From, Until: g.Until}.Stands(scheme.DayOf(a.now().In(zone)))
		if n := len(granted); stands && (n == 0 || granted[n-1].ID != g.ID) {
			granted = append(granted, g)
		}
	}
	return granted, nil
}

// noteReading keeps in the owner's audit that somebody of another organisation
// read its releases: one row for a page.
func (a *App) noteReading(ctx context.Context, by Actor, owner scheme.OrgID, ids []scheme.ReleaseID) error {
	return a.store.Write(ctx, owner, func(w Writer) error {
		return w.Audit(Entry{
			Actor: by.Account, Act: "release.read", Object: string(ids[0]), RequestID: by.RequestID,
			Payload: readNote{Organisation: by.Org, Releases: ids},
		})
	})
}

// A readNote is who read which releases, in the audit of whose they are.
type readNote struct {
	Organisation scheme.OrgID       `json:"organisation"`
	Releases     []scheme.ReleaseID `json:"releases"`
}

// A GrantedLine is a release that the actor's organisation may read.
type GrantedLine struct {
	GrantedRelease
	Cover ReleaseCover
}

// Granted returns the releases that the actor's organisation may read today, by
// organisation and scheme, the newest period first.
func (a *App) Granted(ctx context.Context, by Actor) ([]GrantedLine, error) {
	if err := by.may(ReadGranted); err != nil {
		return nil, err
	}
	granted, err := a.grantedTo(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("granted releases: %w", err)
	}
	lines := make([]GrantedLine, len(granted))
	for i, g := range granted {
		cover, err := coverOf(g.Release)
		if err != nil {
			return nil, err
		}
		lines[i] = GrantedLine{g, cover}
	}
	slices.SortStableFunc(lines, byService)
	return lines, nil
}
