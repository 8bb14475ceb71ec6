package app

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// CheckPairs makes every pair anew from the assessments, and what is due, and
// returns the referrals of which what is stored differs, which is none unless something is
// broken. done is told how many referrals are through.
func (a *App) CheckPairs(ctx context.Context, by Actor, done func(referrals int)) (differ []scheme.ReferralID, err error) {
	if err := by.mayRebuild(); err != nil {
		return nil, err
	}
	n := 0
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		defs, err := r.Measures()
		if err != nil {
			return err
		}
		return r.Spells(func(s scheme.Spell) error {
			stored, err := r.PairsOf(s.Referral.ID)
			if err != nil {
				return err
			}
			due, err := r.DueOf(s.Referral.ID)
			if err != nil {
				return err
			}
			if !SamePairs(stored, s.Pairs(defs)) || !sameDue(due, s.Outstanding(defs)) {
				differ = append(differ, s.Referral.ID)
			}
			n++
			done(n)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("check pairs: %w", err)
	}
	return differ, nil
}

// RebuildPairs repairs the stored pairs of those referrals, in batches.
func (a *App) RebuildPairs(ctx context.Context, by Actor, differ []scheme.ReferralID) error {
	if err := by.mayRebuild(); err != nil {
		return err
	}
	for batch := range slices.Chunk(differ, loadBatch) {
		err := a.store.Write(ctx, by.Org, func(w Writer) error {
			if err := w.LockPeopleOf(batch...); err != nil {
				return err
			}
			for _, id := range batch {
				if err := a.repair(w, id); err != nil {
					return err
				}
			}
			return w.Audit(Entry{Actor: by.Account, Act: "pairs.rebuild", Object: string(by.Org), RequestID: by.RequestID, Payload: batch})
		})
		if err != nil {
			return fmt.Errorf("rebuild pairs: %w", err)
		}
	}
	return nil
}

// mayRebuild: a rebuild touches every referral, so seeing all schemes is part
// of the right.
func (a Actor) mayRebuild() error {
	if err := a.may(RecordPeople); err != nil {
		return err
	}
	if !a.AllSchemes {
		return notThere()
	}
	return nil
}

// SamePairs reports whether two sets of pairs of one referral are equal,
// whatever their order.
func SamePairs(x, y []scheme.Pair) bool {
	sorted := func(in []scheme.Pair) []scheme.Pair {
		out := slices.Clone(in)
		slices.SortFunc(out, func(a, b scheme.Pair) int {
			return strings.Compare(string(a.Series)+" "+string(a.Occasion), string(b.Series)+" "+string(b.Occasion))
		})
		return out
	}
	return len(x) == len(y) && reflect.DeepEqual(sorted(x), sorted(y))
}
