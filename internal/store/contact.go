package store

import (
	"time"

	"cairn/internal/scheme"
)

// contactRow is table contacts, migration 0014.
type contactRow struct {
	Owner
	ID         string `gorm:"primaryKey"`
	ReferralID string
	OnDay      scheme.Day `gorm:"type:date"`
	Channel    string
	Result     string
	Minutes    string
	State      string
	Version    int
	AddedAt    time.Time
}

func (contactRow) TableName() string { return "contacts" }

func (r contactRow) contact() scheme.WorkingContact {
	return scheme.WorkingContact{
		ID: scheme.ContactID(r.ID), Referral: scheme.ReferralID(r.ReferralID), On: r.OnDay, Way: scheme.Way(r.Channel),
		Outcome: scheme.Outcome(r.Result), Minutes: scheme.Minutes(r.Minutes), Withdrawn: r.State == withdrawn, Revision: r.Version,
	}
}

// Contacts returns those of referrals that were not withdrawn, newest first.
func (s *scope) Contacts(referrals ...scheme.ReferralID) (map[scheme.ReferralID][]scheme.WorkingContact, error) {
	var rows []contactRow
	err := s.from("contacts").Where("referral_id IN ? AND state = ?", texts(referrals), live).Find(&rows).Error
	if err != nil {
		return nil, failed("read contacts", err)
	}
	all := map[scheme.ReferralID][]scheme.WorkingContact{}
	for _, r := range rows {
		c := r.contact()
		all[c.Referral] = append(all[c.Referral], c)
	}
	for _, of := range all {
		scheme.NewestFirst(of)
	}
	return all, nil
}

// Contact returns one as it stands, a withdrawn one too.
func (s *scope) Contact(id scheme.ContactID) (scheme.WorkingContact, error) {
	var row contactRow
	if err := s.at("contacts", string(id)).Take(&row).Error; err != nil {
		return scheme.WorkingContact{}, failed("read a contact", err)
	}
	return row.contact(), nil
}

// AddContact keeps c.
func (s *scope) AddContact(c scheme.WorkingContact) error {
	row := contactRow{
		ID: string(c.ID), ReferralID: string(c.Referral), OnDay: c.On, Channel: string(c.Way), Result: string(c.Outcome),
		Minutes: string(c.Minutes), State: live, Version: 1, AddedAt: s.store.now(),
	}
	_, err := add(s.tenant, []*contactRow{&row})
	return failed("add a contact", err)
}

// SaveContact keeps what c says now. It faults with version.stale when c is not
// of the revision that is there.
func (s *scope) SaveContact(c scheme.WorkingContact) error {
	state := live
	if c.Withdrawn {
		state = withdrawn
	}
	return s.onlyOf(c.Revision, "save a contact", s.at("contacts", string(c.ID)), map[string]any{
		"on_day": c.On, "channel": string(c.Way), "result": string(c.Outcome), "minutes": string(c.Minutes), "state": state,
	})
}
