package app

import (
	"context"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// NewGrant lets a commissioning organisation read a release, or every published
// release of a scheme, those to come too.
type NewGrant struct {
	Key     string           `json:"-"`
	Scheme  scheme.ID        `json:"scheme"`
	Release scheme.ReleaseID `json:"release"` // empty: every release of the scheme
	To      scheme.OrgID     `json:"to"`
	From    string           `json:"from"`  // empty: today
	Until   string           `json:"until"` // empty: until it is revoked
}

// A Revocation ends a grant.
type Revocation struct {
	Key string         `json:"-"`
	Of  scheme.ID      `json:"scheme"`
	ID  scheme.GrantID `json:"id"`
}

// Commissioners returns the organisations that can be granted something.
func (a *App) Commissioners(ctx context.Context, by Actor) ([]scheme.Organisation, error) {
	if err := by.may(MakeReleases); err != nil {
		return nil, err
	}
	all, err := a.store.Organisations(ctx)
	return slices.DeleteFunc(all, func(o scheme.Organisation) bool { return o.Kind != scheme.Commissioner || o.ID == by.Org }), err
}

// GrantRelease lets a commissioning organisation read.
func (a *App) GrantRelease(ctx context.Context, by Actor, in NewGrant) (GrantView, error) {
	if err := by.mayIn(MakeReleases, in.Scheme); err != nil {
		return GrantView{}, err
	}
	may, err := a.Commissioners(ctx, by)
	if err != nil {
		return GrantView{}, err
	}
	object, err := a.create(ctx, writing{by, "release.grant", in.Key, in}, func(w Writer) (string, error) {
		if err := w.LockScheme(in.Scheme); err != nil {
			return "", err
		}
		g, err := a.checkGrant(w, by, in)
		if err != nil {
			return "", err
		}
		if !slices.ContainsFunc(may, func(o scheme.Organisation) bool { return o.ID == in.To }) {
			return "", fault.New(fault.Invalid, fault.InputInvalid, "Choose a commissioning organisation from the list.").At("to")
		}
		if g.ID, err = newID[scheme.GrantID](); err != nil {
			return "", err
		}
		g.Granted = scheme.Deed{At: a.now(), By: by.Account}
		return string(g.ID), w.AddGrant(g)
	})
	if err != nil {
		return GrantView{}, err
	}
	return a.grant(ctx, by, in.Scheme, scheme.GrantID(object))
}

func (a *App) checkGrant(r Reader, by Actor, in NewGrant) (scheme.Grant, error) {
	g := scheme.Grant{Scheme: in.Scheme, Release: in.Release, To: in.To}
	if in.Release != "" {
		of, err := ownRelease(r, by, in.Release)
		if err != nil {
			return g, err
		}
		if of.Scheme != in.Scheme || !of.Out() {
			return g, fault.New(fault.Conflict, fault.ReleaseState, "Only a published release can be granted by itself. Publish it first.")
		}
	}
	today, err := a.today(r)
	if err != nil {
		return g, err
	}
	var wrong fault.List
	g.From, g.Until = readDay(&wrong, "from", in.From), readDay(&wrong, "until", in.Until)
	if in.From == "" {
		g.From = today
	}
	notBefore(&wrong, "until", g.Until, g.From, "the first day")
	return g, wrong.Err()
}

// grant is one grant of a scheme, with names.
func (a *App) grant(ctx context.Context, by Actor, of scheme.ID, id scheme.GrantID) (v GrantView, err error) {
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		today, err := a.today(r)
		if err != nil {
			return err
		}
		all, err := r.Grants(of)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(g scheme.Grant) bool { return g.ID == id })
		if i < 0 {
			return notThere()
		}
		v = GrantView{Grant: all[i], Now: all[i].Stands(today)}
		return nil
	})
	if err != nil {
		return GrantView{}, err
	}
	orgs, err := a.store.Organisations(ctx)
	v.ToName = orgName(orgs, v.To)
	return v, err
}

// RevokeGrant ends a grant at once.
func (a *App) RevokeGrant(ctx context.Context, by Actor, in Revocation) (GrantView, error) {
	if err := by.mayIn(MakeReleases, in.Of); err != nil {
		return GrantView{}, err
	}
	_, err := a.create(ctx, writing{by, "release.revoke", in.Key, in}, func(w Writer) (string, error) {
		all, err := w.Grants(in.Of)
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(all, func(g scheme.Grant) bool { return g.ID == in.ID })
		switch {
		case i < 0:
			return "", notThere()
		case !all[i].Revoked.At.IsZero():
			return "", fault.New(fault.Conflict, fault.ReleaseState, "This grant is revoked already.")
		}
		g := all[i]
		g.Revoked = scheme.Deed{At: a.now(), By: by.Account}
		return string(g.ID), w.RevokeGrant(g)
	})
	if err != nil {
		return GrantView{}, err
	}
	return a.grant(ctx, by, in.Of, in.ID)
}

// NewDisclosurePolicy says how few people the organisation shows outside.
type NewDisclosurePolicy struct {
	Key       string `json:"-"`
	Version   int    `json:"version"` // that was read; 0 for the first
	Threshold int    `json:"threshold"`
	Reason    string `json:"reason"`
}

// DisclosurePolicy returns the organisation's.
func (a *App) DisclosurePolicy(ctx context.Context, by Actor) (p scheme.DisclosurePolicy, err error) {
	if err := by.may(SeeReleases); err != nil {
		return p, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		p, err = r.DisclosurePolicy()
		return err
	})
	return p, err
}

// SetDisclosurePolicy keeps how few people are shown outside from now on. What is
// published stays as it is.
func (a *App) SetDisclosurePolicy(ctx context.Context, by Actor, in NewDisclosurePolicy) (scheme.DisclosurePolicy, error) {
	if err := by.may(MakeReleases); err != nil {
		return scheme.DisclosurePolicy{}, err
	}
	_, err := a.create(ctx, writing{by, "release.threshold", in.Key, in}, func(w Writer) (string, error) {
		there, err := w.DisclosurePolicy()
		if err != nil {
			return "", err
		}
		if there.Version != in.Version {
			return "", staleRecord()
		}
		var wrong fault.List
		if in.Threshold < scheme.LowestThreshold || in.Threshold > scheme.HighestThreshold {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose %d to %d people.", scheme.LowestThreshold, scheme.HighestThreshold).At("threshold"))
		}
		reason := strings.TrimSpace(in.Reason)
		if in.Threshold < scheme.Threshold {
			reason = reasoned(&wrong, "reason", in.Reason)
		}
		short(&wrong, "reason", reason)
		if err := wrong.Err(); err != nil {
			return "", err
		}
		made := scheme.DisclosurePolicy{Version: in.Version + 1, Threshold: in.Threshold, Reason: reason, By: scheme.Deed{At: a.now(), By: by.Account}}
		return ofVersion("threshold", made.Version), w.AddDisclosurePolicy(made)
	})
	if err != nil {
		return scheme.DisclosurePolicy{}, err
	}
	return a.DisclosurePolicy(ctx, by)
}
