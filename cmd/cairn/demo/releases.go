package demo

import (
	"context"
	"fmt"
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// published are the schemes whose figures the commissioner can read, and how
// many of their newest periods.
func published() map[string]int {
	return map[string]int{
		"Riverside Green Roots (demo)": 2, "Hilltop Connect (demo)": 1, "Hilltop Arts and Memory (demo)": 1, "Hilltop Money Worries (demo)": 1,
	}
}

// releases publishes figures of some schemes and grants them to the commissioner.
func (f *filling) releases(ctx context.Context) error {
	all, err := f.app.Organisations(ctx)
	if err != nil {
		return err
	}
	var board scheme.OrgID
	for _, o := range all {
		if o.Kind == scheme.Commissioner {
			board = o.ID
		}
	}
	for _, o := range all {
		if o.Kind != scheme.Provider {
			continue
		}
		by := app.AtTerminal(o, "demo")
		schemes, err := f.app.Schemes(ctx, by)
		if err != nil {
			return err
		}
		for _, s := range schemes {
			if err := f.publish(ctx, by, s, board); err != nil {
				return fmt.Errorf("releases of %s: %w", s.Name, err)
			}
		}
	}
	return nil
}

func (f *filling) publish(ctx context.Context, by app.Actor, s scheme.Scheme, board scheme.OrgID) error {
	periods := published()[s.Name]
	if periods == 0 {
		return nil
	}
	within := f.today.Quarter() - 1
	for n := range periods {
		v, err := f.period(ctx, by, s, within)
		if err != nil {
			return err
		}
		within = v.Period.From - 1
		if n == 0 && v.Out() && strings.HasPrefix(s.Name, "Riverside") {
			if _, err := f.app.OpenRelease(ctx, by, app.ReleaseOpening{ID: v.ID, Version: v.Revision, Public: "on"}); err != nil {
				return err
			}
		}
	}
	_, err := f.app.GrantRelease(ctx, by, app.NewGrant{Scheme: s.ID, To: board})
	return err
}

// period takes one release all the way: of the period that holds a quarter, or of
// the one before where that is not over.
func (f *filling) period(ctx context.Context, by app.Actor, s scheme.Scheme, within scheme.Quarter) (app.ReleaseView, error) {
	v, err := f.app.PrepareRelease(ctx, by, app.NewRelease{Scheme: s.ID, Within: within.String()})
	for n := 1; err != nil && n < 4; n++ {
		v, err = f.app.PrepareRelease(ctx, by, app.NewRelease{Scheme: s.ID, Within: (within - scheme.Quarter(n)).String()})
	}
	if err != nil {
		return v, err
	}
	v, err = f.app.AuditRelease(ctx, by, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	if err != nil || !v.Safe {
		return v, err // what the auditor holds back stays for the manager to look at
	}
	return f.app.PublishRelease(ctx, by, app.ReleaseStep{ID: v.ID, Version: v.Revision})
}
