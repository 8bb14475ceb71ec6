package store

import (
	"time"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// notDoneRow is table not_done, migration 0015.
type notDoneRow struct {
	Owner
	ID         string `gorm:"primaryKey"`
	ReferralID string
	MeasureKey string
	Occasion   string
	Reason     string
	Attempt    int
	OnDay      scheme.Day `gorm:"type:date"`
	ComeBackOn scheme.Day `gorm:"type:date"`
	ByAccount  string
	AddedAt    time.Time
	UndoneAt   *time.Time
	UndoneBy   *string
}

func (notDoneRow) TableName() string { return "not_done" }

func (r notDoneRow) notDone() scheme.NotDone {
	return scheme.NotDone{
		ID: scheme.NotDoneID(r.ID), Referral: scheme.ReferralID(r.ReferralID), Measure: measure.Key(r.MeasureKey),
		Occasion: scheme.Occasion(r.Occasion), Reason: scheme.NotDoneReason(r.Reason), Attempt: r.Attempt,
		On: r.OnDay, ComeBack: r.ComeBackOn, By: scheme.AccountID(r.ByAccount), Undone: r.UndoneAt != nil,
	}
}

// notDone returns the reasons that count, by referral, the first one first.
func (s *scope) notDone(of run) (map[scheme.ReferralID][]scheme.NotDone, error) {
	var rows []notDoneRow
	err := of.narrow(s.from("not_done"), "not_done.referral_id").Where("undone_at IS NULL").Order("id").Find(&rows).Error
	if err != nil {
		return nil, failed("read why something was not done", err)
	}
	all := map[scheme.ReferralID][]scheme.NotDone{}
	for _, r := range rows {
		id := scheme.ReferralID(r.ReferralID)
		all[id] = append(all[id], r.notDone())
	}
	return all, nil
}

// NotDone returns one, taken back or not.
func (s *scope) NotDone(id scheme.NotDoneID) (scheme.NotDone, error) {
	var row notDoneRow
	if err := s.at("not_done", string(id)).Take(&row).Error; err != nil {
		return scheme.NotDone{}, failed("read why something was not done", err)
	}
	return row.notDone(), nil
}

// AddNotDone keeps a reason.
func (s *scope) AddNotDone(n scheme.NotDone) error {
	row := notDoneRow{
		ID: string(n.ID), ReferralID: string(n.Referral), MeasureKey: string(n.Measure), Occasion: string(n.Occasion),
		Reason: string(n.Reason), Attempt: n.Attempt, OnDay: n.On, ComeBackOn: n.ComeBack, ByAccount: string(n.By), AddedAt: s.store.now(),
	}
	_, err := add(s.tenant, []*notDoneRow{&row})
	return failed("keep why something was not done", err)
}

// UndoNotDone marks a reason as a slip; it counts no more.
func (s *scope) UndoNotDone(id scheme.NotDoneID, by scheme.AccountID) error {
	return changed("take back why something was not done", s.at("not_done", string(id)).Where("undone_at IS NULL").
		Updates(map[string]any{"undone_at": s.store.now(), "undone_by": string(by)}))
}
