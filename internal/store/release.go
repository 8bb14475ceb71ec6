package store

import (
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// releaseRow is table releases, migration 0023.
type releaseRow struct {
	Owner
	ID           string `gorm:"primaryKey"`
	Number       int
	SchemeID     string
	Grain        string
	PeriodFrom   int
	PeriodTo     int
	State        string
	Version      int
	Cover        string
	Report       string
	Safe         bool
	AuditedAfter int
	SHA256       string `gorm:"column:sha256"`
	PreparedAt   time.Time
	PreparedBy   string
	AuditedAt    *time.Time
	AuditedBy    *string
	PublishedAt  *time.Time
	PublishedOn  scheme.Day `gorm:"type:date"`
	PublishedBy  *string
	SupersededBy *string
	WithdrawnAt  *time.Time
	WithdrawnBy  *string
	Notice       string
	FiguresGone  bool
	PublicAt     *time.Time
}

func (releaseRow) TableName() string { return "releases" }

func (r releaseRow) release() scheme.Release {
	return scheme.Release{
		ID: scheme.ReleaseID(r.ID), Number: r.Number, Scheme: scheme.ID(r.SchemeID), Grain: scheme.Grain(r.Grain),
		Period: scheme.Period{From: scheme.Quarter(r.PeriodFrom), To: scheme.Quarter(r.PeriodTo)},
		State:  scheme.ReleaseState(r.State), Revision: r.Version,
		Cover: []byte(r.Cover), Report: []byte(r.Report), Safe: r.Safe, AuditedAfter: r.AuditedAfter, SHA256: r.SHA256,
		Prepared: deed(&r.PreparedAt, &r.PreparedBy), Audited: deed(r.AuditedAt, r.AuditedBy),
		Published: deed(r.PublishedAt, r.PublishedBy), Withdrawn: deed(r.WithdrawnAt, r.WithdrawnBy),
		PublishedOn: r.PublishedOn, SupersededBy: scheme.ReleaseID(deref(r.SupersededBy)),
		Notice: r.Notice, FiguresGone: r.FiguresGone, PublicAt: deed(r.PublicAt, nil).At,
	}
}

func deed(at *time.Time, by *string) scheme.Deed {
	if at == nil {
		return scheme.Deed{}
	}
	return scheme.Deed{At: at.UTC(), By: scheme.AccountID(deref(by))}
}

// done is a deed's instant as a row keeps it; NULL where it has not been done.
func done(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = instant(at)
	return &at
}

// releaseFigureRow is table release_figures, migration 0023.
type releaseFigureRow struct {
	Owner
	ReleaseID string `gorm:"primaryKey"`
	Position  int    `gorm:"primaryKey;autoIncrement:false"`
	SchemeID  string
	Series    string
	Occasion  string
	FilterKey string
	Body      string
	ETag      string `gorm:"column:etag"`
}

func (releaseFigureRow) TableName() string { return "release_figures" }

func (r releaseFigureRow) figure() scheme.ReleasedFigure {
	return scheme.ReleasedFigure{
		Release: scheme.ReleaseID(r.ReleaseID), Series: measure.Series(r.Series), Occasion: scheme.Occasion(r.Occasion),
		Filter: r.FilterKey, Body: []byte(r.Body), ETag: r.ETag,
	}
}

// Releases returns all, the newest first.
func (s *scope) Releases(of scheme.ID) ([]scheme.Release, error) {
	q := s.from("releases")
	if of != "" {
		if !isID(string(of)) {
			return nil, missing()
		}
		q = q.Where("scheme_id = ?", string(of))
	}
	var rows []releaseRow
	if err := q.Order("number DESC").Find(&rows).Error; err != nil {
		return nil, failed("list releases", err)
	}
	all := make([]scheme.Release, len(rows))
	for i, r := range rows {
		all[i] = r.release()
	}
	return all, nil
}

// Release returns one.
func (s *scope) Release(id scheme.ReleaseID) (scheme.Release, error) {
	var row releaseRow
	if err := s.at("releases", string(id)).Take(&row).Error; err != nil {
		return scheme.Release{}, failed("read a release", err)
	}
	return row.release(), nil
}

// ReleaseFigures returns the figures of releases, each one's in its order.
func (s *scope) ReleaseFigures(ids ...scheme.ReleaseID) ([]scheme.ReleasedFigure, error) {
	return figuresOf(s.from("release_figures").Where("release_id IN ?", texts(ids)))
}

func figuresOf(q *gorm.DB) ([]scheme.ReleasedFigure, error) {
	var rows []releaseFigureRow
	if err := q.Order("release_figures.release_id, release_figures.position").Find(&rows).Error; err != nil {
		return nil, failed("read released figures", err)
	}
	all := make([]scheme.ReleasedFigure, len(rows))
	for i, r := range rows {
		all[i] = r.figure()
	}
	return all, nil
}

// AddRelease keeps a draft with the next number.
func (s *scope) AddRelease(r scheme.Release, figures []scheme.ReleasedFigure) error {
	// Numbers are handed out one after the other: the organisation's row is the
	// queue, as it is for those of schemes.
	lock := s.db.Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("id = ?", s.org).Select("id").Take(&organisationRow{})
	if lock.Error != nil {
		return failed("wait for other releases", lock.Error)
	}
	row := releaseRow{
		ID: string(r.ID), SchemeID: string(r.Scheme), Grain: string(r.Grain), PeriodFrom: int(r.Period.From), PeriodTo: int(r.Period.To),
		State: string(r.State), Version: 1, Cover: string(r.Cover), PreparedAt: instant(r.Prepared.At), PreparedBy: string(r.Prepared.By),
	}
	if err := s.from("releases").Select("COALESCE(MAX(number), 0) + 1").Scan(&row.Number).Error; err != nil {
		return failed("number a release", err)
	}
	added, err := add(s.tenant, []*releaseRow{&row},
		unlessTakenWhere("state IN ('prepared', 'audited')", "org_id", "scheme_id", "period_from", "period_to"))
	if err != nil {
		return failed("add a release", err)
	}
	if added == 0 {
		return fault.New(fault.Conflict, fault.ReleaseDraft, "Somebody prepared this release meanwhile. Open the list and go on from there.")
	}
	return s.addFigures(r.ID, r.Scheme, figures)
}

// SaveRelease keeps what may change about a release. It faults with
// version.stale when r is not of the revision that is there.
func (s *scope) SaveRelease(r scheme.Release) error {
	return s.onlyOf(r.Revision, "save a release", s.at("releases", string(r.ID)), map[string]any{
		"state": string(r.State), "cover": string(r.Cover), "report": string(r.Report), "safe": r.Safe,
		"audited_after": r.AuditedAfter, "sha256": r.SHA256, "prepared_at": instant(r.Prepared.At), "prepared_by": string(r.Prepared.By),
		"audited_at": done(r.Audited.At), "audited_by": optional(string(r.Audited.By)),
		"published_at": done(r.Published.At), "published_on": r.PublishedOn, "published_by": optional(string(r.Published.By)),
		"superseded_by": optional(string(r.SupersededBy)),
		"withdrawn_at":  done(r.Withdrawn.At), "withdrawn_by": optional(string(r.Withdrawn.By)),
		"notice": r.Notice, "figures_gone": r.FiguresGone, "public_at": done(r.PublicAt),
	})
}

// SaveFigures makes the figures of a draft exactly these.
func (s *scope) SaveFigures(id scheme.ReleaseID, figures []scheme.ReleasedFigure) error {
	r, err := s.Release(id)
	if err != nil {
		return err
	}
	if !r.State.Draft() {
		return stale() // published meanwhile: nothing of it changes any more
	}
	if err := s.from("release_figures").Where("release_id = ?", string(id)).Delete(&releaseFigureRow{}).Error; err != nil {
		return failed("empty a draft", err)
	}
	return s.addFigures(id, r.Scheme, figures)
}

func (s *scope) addFigures(id scheme.ReleaseID, of scheme.ID, figures []scheme.ReleasedFigure) error {
	rows := make([]*releaseFigureRow, len(figures))
	for i, f := range figures {
		rows[i] = &releaseFigureRow{
			ReleaseID: string(id), Position: i + 1, SchemeID: string(of), Series: string(f.Series), Occasion: string(f.Occasion),
			FilterKey: f.Filter, Body: string(f.Body), ETag: f.ETag,
		}
	}
	_, err := add(s.tenant, rows)
	return failed("keep the figures of a release", err)
}
