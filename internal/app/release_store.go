package app

import (
	"context"

	"cairn/internal/scheme"
)

// ReleaseReader reads what an organisation prepared and published.
type ReleaseReader interface {
	// Releases returns all, the newest first; of one scheme unless it is empty.
	Releases(of scheme.ID) ([]scheme.Release, error)
	Release(id scheme.ReleaseID) (scheme.Release, error)
	// ReleaseFigures returns those of releases, each release's in its order.
	ReleaseFigures(ids ...scheme.ReleaseID) ([]scheme.ReleasedFigure, error)
	// Grants returns those of a scheme and of its releases, the newest first,
	// revoked ones too.
	Grants(of scheme.ID) ([]scheme.Grant, error)
	// DisclosurePolicy returns the newest, of version 0 where none was set.
	DisclosurePolicy() (scheme.DisclosurePolicy, error)
}

// CellReader reads everything that releasable figures are made of.
type CellReader interface {
	// Cells counts first referrals to a scheme whose window closes in the period,
	// in one statement. Windows still open on today are marked so.
	Cells(of scheme.ID, in scheme.Period, today scheme.Day) ([]scheme.Cell, error)
}

// ReleaseWriter writes releases on their way out.
type ReleaseWriter interface {
	// AddRelease keeps a draft with the next number; it faults with release.draft
	// when the scheme's period has one.
	AddRelease(r scheme.Release, figures []scheme.ReleasedFigure) error
	// SaveRelease keeps what may change; it faults with version.stale when what is
	// there is of another revision.
	SaveRelease(r scheme.Release) error
	// SaveFigures makes the figures of a draft exactly these.
	SaveFigures(id scheme.ReleaseID, figures []scheme.ReleasedFigure) error
}

// GrantWriter writes who may read releases, and how small a count they show.
type GrantWriter interface {
	AddGrant(g scheme.Grant) error
	// RevokeGrant faults with not-found for one that is revoked already.
	RevokeGrant(g scheme.Grant) error
	// AddDisclosurePolicy faults with version.stale when that version is there.
	AddDisclosurePolicy(p scheme.DisclosurePolicy) error
}

// A GrantedRelease is one release that another organisation may read.
type GrantedRelease struct {
	scheme.Release
	Owner scheme.OrgID
	Zone  string         // the owner's, by which the days of the grant count
	Grant scheme.GrantID // through which; the release may be granted more than once
	From  scheme.Day
	Until scheme.Day // no day: until it is revoked
}

// PublishedReader is what crosses organisations: releases, and nothing else of
// them.
type PublishedReader interface {
	// GrantedTo returns what was granted to an organisation and not revoked, a line
	// for each release and grant, without figures, drafts never, the newest first.
	// Whether the grant's days hold is the caller's to say.
	GrantedTo(ctx context.Context, to scheme.OrgID) ([]GrantedRelease, error)
	// GrantedFigures returns the figures of everybody (no filter) in those of them.
	GrantedFigures(ctx context.Context, to scheme.OrgID, ids ...scheme.ReleaseID) ([]scheme.ReleasedFigure, error)
	// PublicRelease returns whose public release that is; it faults with not-found
	// for any other.
	PublicRelease(ctx context.Context, id scheme.ReleaseID) (scheme.OrgID, error)
}
