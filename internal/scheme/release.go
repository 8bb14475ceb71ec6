package scheme

import (
	"time"

	"cairn/internal/measure"
)

type (
	// ReleaseID is a UUIDv7, part of the release's dated link.
	ReleaseID string
	GrantID   string
)

// A Grain is how long the period of a release is. A scheme keeps to one, so that
// two of its periods are the same or have nothing in common.
type Grain string

const (
	ReleasedQuarterly  Grain = "quarter"
	ReleasedHalfYearly Grain = "half-year"
	ReleasedYearly     Grain = "year"
)

// Grains lists them as people choose them, the shortest first.
func Grains() []Term {
	return []Term{{string(ReleasedQuarterly), "Quarter"}, {string(ReleasedHalfYearly), "Half-year"}, {string(ReleasedYearly), "Year"}}
}

// Over reports whether the period lies wholly before today, so that nothing in
// it can still come about.
func (p Period) Over(today Day) bool { return p.To != 0 && p.To.Last().Before(today) }

// Long is a closed period as people read it: January to March 2026.
func (p Period) Long() string {
	from, to := p.From.First().time(), p.To.Last().time()
	if from.Year() == to.Year() {
		return from.Format("January") + " to " + to.Format("January 2006")
	}
	return from.Format("January 2006") + " to " + to.Format("January 2006")
}

// A ReleaseState is how far a release has come.
type ReleaseState string

const (
	ReleasePrepared   ReleaseState = "prepared"   // worked out, and seen by the service alone
	ReleaseAudited    ReleaseState = "audited"    // the auditor has attacked it
	ReleasePublished  ReleaseState = "published"  // frozen; the one that stands for its period
	ReleaseSuperseded ReleaseState = "superseded" // a later one took its place
	ReleaseWithdrawn  ReleaseState = "withdrawn"  // taken back, with a notice
)

// ReleaseStates lists them as people read them.
func ReleaseStates() []Term {
	return []Term{
		{string(ReleasePrepared), "Prepared"}, {string(ReleaseAudited), "Audited"}, {string(ReleasePublished), "Published"},
		{string(ReleaseSuperseded), "Superseded"}, {string(ReleaseWithdrawn), "Withdrawn"},
	}
}

// Draft reports whether nobody outside has ever seen the release.
func (s ReleaseState) Draft() bool { return s == ReleasePrepared || s == ReleaseAudited }

// Label is the state as people read it.
func (s ReleaseState) Label() string { return Label(ReleaseStates(), string(s)) }

// A Deed is who did something, and when; the zero Deed has not been done.
type Deed struct {
	At time.Time
	By AccountID
}

// A Release is the figures of one scheme in one period as somebody outside may
// see them.
type Release struct {
	ID       ReleaseID
	Number   int // from 1, of the organisation
	Scheme   ID
	Grain    Grain
	Period   Period // both ends closed
	State    ReleaseState
	Revision int

	Cover  []byte // JSON of app's: whose it is, of what, by which method
	Report []byte // JSON of the auditor's; nil before the audit
	Safe   bool   // the auditor found nothing that could be worked out
	// AuditedAfter is how many releases of the scheme had ever been published
	// when it was audited.
	AuditedAfter int
	SHA256       string // of the document; empty before it is published

	Prepared, Audited, Published, Withdrawn Deed

	PublishedOn  Day // in the organisation's zone: part of the dated link
	SupersededBy ReleaseID
	Notice       string    // why it was withdrawn
	FiguresGone  bool      // withdrawn with its figures
	PublicAt     time.Time // anybody may read it since; zero: off
}

// Path is the release's dated link, which leads to the same figures for ever.
func (r Release) Path() string { return "/published/" + r.PublishedOn.String() + "/" + string(r.ID) }

// Public reports whether anybody may read it.
func (r Release) Public() bool { return !r.PublicAt.IsZero() }

// Out reports whether it was ever published.
func (r Release) Out() bool { return !r.State.Draft() }

// A ReleasedFigure is one figure of a release. Body is JSON and holds no exact
// small number.
type ReleasedFigure struct {
	Release  ReleaseID
	Series   measure.Series
	Occasion Occasion
	Filter   string // empty: everybody
	Body     []byte
	ETag     string
}

// A Grant lets one organisation read one release, or every published release of
// a scheme, both days included.
type Grant struct {
	ID      GrantID
	Scheme  ID
	Release ReleaseID // empty: every release of the scheme
	To      OrgID
	From    Day
	Until   Day // no day: until it is revoked
	Granted Deed
	Revoked Deed
}

// Stands reports whether the grant lets anybody read on that day.
func (g Grant) Stands(today Day) bool {
	return g.Revoked.At.IsZero() && !today.Before(g.From) && (g.Until.IsZero() || !today.After(g.Until))
}

// A DisclosurePolicy is how few people an organisation shows outside.
type DisclosurePolicy struct {
	Version   int // 0: the product's own
	Threshold int // people: fewer are never shown as a number
	Reason    string
	By        Deed
}

// Thresholds of the product: Threshold where an organisation set none, and the
// lowest and highest that it can set. Package disclosure holds to the first two.
const (
	Threshold        = 10 // people
	LowestThreshold  = 8
	HighestThreshold = 100
)

// A Cell is how many people of a scheme stand alike in everything that a
// releasable figure looks at.
type Cell struct {
	Tally
	Quarter  Quarter // in which their window closes
	Series   measure.Series
	Occasion Occasion
	Traits   Traits
}

// Group is the cell's value in a trait, empty where it is not recorded.
func (c Cell) Group(d Dimension) string { return Pair{Traits: c.Traits}.Group(d) }
