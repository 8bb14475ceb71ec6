package store_test

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// An extracted pair is one as it leaves.
type extracted struct {
	Person scheme.PersonID
	Pair   scheme.Pair
}

// extract reads pairs at these occasions.
func (w *world) extract(ctx context.Context, s *store.Store, occasions []scheme.Occasion, fn func(scheme.PersonID, *scheme.Pair) error) error {
	x := scheme.Extract{Rule: scheme.ByPlan}
	if slices.Contains(occasions, scheme.FirstLast) {
		x.Rule = scheme.ByFirstLast
	}
	for _, def := range w.defs {
		x.Scores = append(x.Scores, def.Scores...)
	}
	q := app.ExtractQuery{Extract: &x, Schemes: []scheme.ID{w.scheme.ID}, Occasions: occasions}
	return s.Read(ctx, w.org.ID, func(tx app.Reader) error { return tx.ExtractPairs(q, fn) })
}

// checkExtracted demands that the pairs that leave are those of the records, all of
// them, in whichever form PostgreSQL sends them, and that whoever breaks off is told
// and leaves a connection that others can use.
func (w *world) checkExtracted() {
	w.t.Helper()
	stores := []*store.Store{w.store}
	if strings.HasPrefix(w.url, "postgres") {
		stores = append(stores, open(w.t, config(w.url+"&default_query_exec_mode=simple_protocol")))
	}
	for _, occasions := range [][]scheme.Occasion{{scheme.FirstLast}, {scheme.FixedTime(84), scheme.End, scheme.Waiting}} {
		want := w.toExtract(occasions)
		if len(want) < 50 {
			w.t.Fatalf("%d pairs at %v", len(want), occasions)
		}
		for _, s := range stores {
			var got []extracted
			must(w.t, w.extract(w.t.Context(), s, occasions, func(person scheme.PersonID, p *scheme.Pair) error {
				got = append(got, extracted{person, apartFrom(*p)})
				return nil
			}))
			if !slices.IsSortedFunc(got, func(a, b extracted) int { return strings.Compare(string(a.Pair.Referral), string(b.Pair.Referral)) }) {
				w.t.Error("pairs leave in no order")
			}
			slices.SortFunc(got, extracted.compare)
			same(w.t, "pairs that leave", want, got)
			w.breakOff(s, occasions, len(want))
		}
	}
}

// toExtract are the pairs that the records make.
func (w *world) toExtract(occasions []scheme.Occasion) (all []extracted) {
	w.read(func(tx app.Reader) error {
		return tx.Spells(func(s scheme.Spell) error {
			for _, p := range s.Pairs(w.defs) {
				if slices.Contains(occasions, p.Occasion) {
					all = append(all, extracted{s.Person.ID, apartFrom(p)})
				}
			}
			return nil
		})
	})
	slices.SortFunc(all, extracted.compare)
	return all
}

func (e extracted) compare(o extracted) int {
	key := func(p scheme.Pair) string { return string(p.Referral) + string(p.Series) + string(p.Occasion) }
	return strings.Compare(key(e.Pair), key(o.Pair))
}

// apartFrom is a pair with points of its own, which say nothing of records.
func apartFrom(p scheme.Pair) scheme.Pair {
	for _, at := range []**scheme.Point{&p.Base, &p.Later} {
		if *at != nil {
			kept := **at
			kept.Assessment = ""
			*at = &kept
		}
	}
	return p
}

// breakOff ends in the middle of the rows in each way there is.
func (w *world) breakOff(s *store.Store, occasions []scheme.Occasion, of int) {
	w.t.Helper()
	enough := errors.New("enough")
	for name, end := range map[string]func(stop func()) error{
		"an error":         func(func()) error { return enough },
		"a panic":          func(func()) error { panic(enough) },
		"nobody who waits": func(stop func()) error { stop(); return nil },
	} {
		ctx, stop := context.WithCancel(w.t.Context())
		seen, err := 0, error(nil)
		func() {
			defer func() {
				if thrown := recover(); thrown != nil {
					err = thrown.(error)
				}
			}()
			err = w.extract(ctx, s, occasions, func(scheme.PersonID, *scheme.Pair) error {
				if seen++; seen == of/2 {
					return end(stop)
				}
				return nil
			})
		}()
		stop()
		if err == nil || seen < of/2 {
			w.t.Errorf("%s after %d of %d rows: %v", name, seen, of, err)
		}
		must(w.t, s.Ping(w.t.Context()))
	}
}
