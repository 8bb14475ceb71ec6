package app

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A ProtocolView is the protocol with the logins of those it names.
type ProtocolView struct {
	scheme.Protocol
	LeadLogin   string
	DeputyLogin string
	ByLogin     string // who confirmed it
}

// A ProtocolChange is what an organisation does about an answer that it must act
// upon. Who sends it confirms it.
type ProtocolChange struct {
	Key     string           `json:"-"`
	Version int              `json:"version"` // that was read; 0 for the first
	Text    string           `json:"text"`
	Phones  []scheme.Phone   `json:"phones"`
	Lead    scheme.AccountID `json:"lead"`
	Deputy  scheme.AccountID `json:"deputy"`
	Minutes int              `json:"minutes"` // until the next one is told
}

// Protocol returns the organisation's; its version is 0 where none is recorded.
func (a *App) Protocol(ctx context.Context, by Actor) (v ProtocolView, err error) {
	if err := by.may(SeeProtocol); err != nil {
		return ProtocolView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		v, err = protocolView(r)
		return err
	})
	return v, err
}

// protocolView is the newest, with its time as clocks show it where the
// organisation is.
func protocolView(r Reader) (ProtocolView, error) {
	p, err := r.Protocol()
	if err != nil || !p.Recorded() {
		return ProtocolView{}, err
	}
	zone, err := zoneOf(r)
	if err != nil {
		return ProtocolView{}, err
	}
	p.At = p.At.In(zone)
	members, err := r.Members()
	return ProtocolView{p, loginOf(members, p.Lead), loginOf(members, p.Deputy), loginOf(members, p.By)}, err
}

// MayLead returns who can be named as lead or deputy: who sees every alert.
func (a *App) MayLead(ctx context.Context, by Actor) (all []Member, err error) {
	if err := by.may(SetProtocol); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		members, err := r.Members()
		for _, m := range members {
			if m.leads() {
				all = append(all, m)
			}
		}
		return err
	})
	return all, err
}

// leads reports whether an alert of any scheme opens for the member.
func (m Member) leads() bool { return m.AllSchemes && (Actor{Role: m.Role}).May(SeeSafety) }

// SetProtocol keeps a new version, confirmed by the actor.
func (a *App) SetProtocol(ctx context.Context, by Actor, in ProtocolChange) (ProtocolView, error) {
	if err := by.may(SetProtocol); err != nil {
		return ProtocolView{}, err
	}
	_, err := a.create(ctx, writing{by, "protocol.set", in.Key, in}, func(w Writer) (string, error) {
		there, err := w.Protocol()
		if err != nil {
			return "", err
		}
		if in.Version != there.Version {
			return "", staleRecord()
		}
		members, err := w.Members()
		if err != nil {
			return "", err
		}
		made, err := in.check(members)
		if err != nil {
			return "", err
		}
		made.Version, made.By = there.Version+1, by.Account
		return fmt.Sprintf("protocol %d", made.Version), w.AddProtocol(made)
	})
	if err != nil {
		return ProtocolView{}, err
	}
	return a.Protocol(ctx, by)
}

const (
	longestProtocol = 4000 // characters
	mostPhones      = 6
)

// check returns the protocol, or every fault in it.
func (in ProtocolChange) check(members []Member) (scheme.Protocol, error) {
	var wrong fault.List
	p := scheme.Protocol{Text: strings.TrimSpace(strings.ReplaceAll(in.Text, "\r\n", "\n")), Lead: in.Lead, Deputy: in.Deputy, Minutes: in.Minutes}
	if n := utf8.RuneCountInString(p.Text); n < 20 || n > longestProtocol {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Write what people do, in 20 to %d characters.", longestProtocol).At("text"))
	}
	if len(in.Phones) > mostPhones {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Give at most %d numbers to ring.", mostPhones).At("phones"))
	}
	for i, ph := range in.Phones {
		ph = scheme.Phone{Name: strings.TrimSpace(ph.Name), Number: strings.TrimSpace(ph.Number)}
		if ph.Name == "" && ph.Number == "" {
			continue
		}
		field := fmt.Sprintf("phones[%d]", i)
		if ph.Name == "" || !dialled(ph.Number) {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Give both: whose number it is, and the number in figures.").At(field))
		}
		short(&wrong, field, ph.Name)
		p.Phones = append(p.Phones, ph)
	}
	if len(p.Phones) == 0 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Give at least one number to ring.").At("phones"))
	}
	in.checkPeople(&wrong, members)
	if in.Minutes < 5 || in.Minutes > 24*60 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose 5 to 1440 minutes.").At("minutes"))
	}
	return p, wrong.Err()
}

func (in ProtocolChange) checkPeople(wrong *fault.List, members []Member) {
	for field, id := range map[string]scheme.AccountID{"lead": in.Lead, "deputy": in.Deputy} {
		if id == "" && field == "deputy" {
			continue
		}
		fit := false
		for _, m := range members {
			fit = fit || m.Account == id && m.leads()
		}
		if !fit {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose a practitioner or manager who sees every scheme: the alert has to open for them.").At(field))
		}
	}
	if in.Lead != "" && in.Lead == in.Deputy {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "The deputy is somebody else than the lead.").At("deputy"))
	}
}

// dialled reports whether a number can be rung: figures, with spaces, brackets,
// a plus, and a word or two after them as in “111, option 2”.
func dialled(number string) bool {
	figures := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			figures++
		}
	}
	return figures >= 3 && utf8.RuneCountInString(number) <= 40 && scheme.Visible(number)
}

// MayAskUnattended reports whether a measure may be answered with nobody beside
// the person: one with a risk item only where a protocol is recorded.
func (a *App) MayAskUnattended(ctx context.Context, by Actor, key measure.Key) (may bool, err error) {
	if err := by.may(SeeProtocol); err != nil {
		return false, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		defs, err := r.Measures()
		if err != nil {
			return err
		}
		def, ok := defs[key]
		if !ok {
			return unknownMeasure(string(key))
		}
		if def, err = a.withRisk(def); err != nil {
			return err
		}
		p, err := r.Protocol()
		may = def.Risk == nil || p.Recorded()
		return err
	})
	return may, err
}
