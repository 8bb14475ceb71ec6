package app_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// histories is how many random histories each database sees: CAIRN_HISTORIES, or
// a few where nobody asked for more.
func histories(t *testing.T) {
	t.Helper()
	n := "24"
	if asked := os.Getenv("CAIRN_HISTORIES"); asked != "" {
		n = asked
	}
	if _, err := strconv.Atoi(n); err != nil {
		t.Fatalf("CAIRN_HISTORIES is %q and no number", n)
	}
	must(t, flag.Set("rapid.checks", n))
	must(t, flag.Set("rapid.nofailfile", "true"))
}

// Whatever is registered, recorded, corrected, moved, withdrawn, merged and
// planned anew, whoever comes to a group and whatever is left undone, in any order
// and sent any number of times: after each act the stored pairs and due lists are what a model without any rule of ours makes of what is
// recorded, and the tables that figures come from count them.
func TestAnyHistoryKeepsItsPairs(t *testing.T) {
	histories(t)
	kit.Each(t, func(t *testing.T, w *kit.Town) {
		must(t, w.App.Prepare(t.Context()))
		n := 0
		rapid.Check(t, func(rt *rapid.T) {
			n++
			h := begin(rt, w, n)
			for range rapid.IntRange(4, 18).Draw(rt, "acts") {
				h.act()
				h.compare()
			}
			h.finish()
		})
	})
}

// A history is one organisation on its way, beside its model.
type history struct {
	*rapid.T
	ctx   context.Context
	app   *app.App
	store app.Store
	by    app.Actor
	plot  scheme.ActivityID
	acts  int
	sent  int
	past  []func() // requests that went through, sent again
	model
}

func begin(rt *rapid.T, w *kit.Town, n int) *history {
	h := &history{T: rt, ctx: w.T.Context(), app: w.App, store: w.Store}
	org, err := w.App.AddOrganisation(h.ctx, scheme.Organisation{Name: fmt.Sprint("History ", n), TimeZone: "Europe/London", Kind: scheme.Provider})
	h.must(err)
	h.by = app.AtTerminal(org, "demo")
	act, err := w.App.AddActivity(h.ctx, h.by, app.NewActivity{Name: "Allotment", Category: "gardening"})
	h.must(err)
	h.plot = act.ID
	h.defs = map[measure.Key]measure.Definition{}
	for _, key := range []measure.Key{"swemwbs", "ons4"} {
		h.defs[key], err = w.App.Measure(h.ctx, h.by, key)
		h.must(err)
	}
	for _, name := range []string{"Riverside", "Hilltop"} {
		s, err := w.App.AddScheme(h.ctx, h.by, app.NewScheme{Name: name, Measures: []measure.Key{"swemwbs"}, Weeks: 4, StartedOn: "2026-01-01"})
		h.must(err)
		h.schemes = append(h.schemes, &mScheme{s.ID, []scheme.Plan{s.Plan}})
	}
	for range 3 {
		h.register()
	}
	return h
}

func (h *history) must(err error) {
	h.Helper()
	if err != nil {
		h.Fatalf("after %d acts: %v", h.acts, err)
	}
}

// act does one thing that can be done.
func (h *history) act() {
	h.acts++
	doing := map[string]func(){
		"register": h.register, "refer": h.referAgain, "change": h.changeReferral, "pause": h.pause, "prescribe": h.prescribe,
		"attend": h.attend, "record": h.record, "correct": h.correct, "move": h.move, "withdraw": h.withdraw,
		"plan": h.plan, "merge": h.mergeTwo, "again": h.again,
		"group": h.takeRegister, "leave": h.leaveUndone, "undo": h.undo,
	}
	names := []string{"record", "record", "record", "record", "register", "refer", "change", "pause", "prescribe", "attend", "correct", "correct", "move", "move", "withdraw", "plan", "merge", "merge", "again", "again", "group", "group", "leave", "leave", "undo"}
	doing[rapid.SampledFrom(names).Draw(h.T, "act")]()
}

// sent sends a request once, or twice under one key, and demands the same answer
// again. It reports whether the request went through; codes are the faults that
// the model expects of it.
func sent[T any](h *history, ask func(key string) (T, error), codes ...fault.Code) (T, bool) {
	h.Helper()
	key := ""
	h.sent++
	if rapid.IntRange(0, 2).Draw(h.T, "again") == 0 {
		key = fmt.Sprint("request ", h.sent)
	}
	got, err := ask(key)
	if len(codes) == 0 {
		h.must(err)
	} else {
		h.faults(err, codes)
	}
	if key != "" {
		again, repeated := ask(key)
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(again)
		if string(a) != string(b) || fmt.Sprint(err) != fmt.Sprint(repeated) {
			h.Fatalf("the same request again: %s %v, and first %s %v", b, repeated, a, err)
		}
	}
	if key != "" && err == nil {
		h.past = append(h.past, func() { h.sameAnswer(got, func() (any, error) { return ask(key) }) })
	}
	return got, len(codes) == 0
}

// again sends an earlier request once more.
func (h *history) again() {
	if len(h.past) > 0 {
		rapid.SampledFrom(h.past).Draw(h.T, "request")()
	}
}

// sameAnswer demands the answer that a request had: the version that it made,
// where there are versions. Whose an assessment's referral is a merge may change.
func (h *history) sameAnswer(first any, ask func() (any, error)) {
	h.Helper()
	got, err := ask()
	h.must(err)
	switch was := first.(type) {
	case scheme.Assessment:
		now := got.(scheme.Assessment)
		now.Person = was.Person
		got = now
	case scheme.Plan:
	default:
		return
	}
	if !reflect.DeepEqual(first, got) {
		h.Fatalf("the same request later: %+v, and first %+v", got, first)
	}
}

func (h *history) faults(err error, codes []fault.Code) {
	h.Helper()
	all, accident := fault.All(err)
	var said []fault.Code
	for _, f := range all {
		said = append(said, f.Code)
	}
	slices.Sort(said)
	slices.Sort(codes)
	if accident != nil || !slices.Equal(said, codes) {
		h.Fatalf("after %d acts: %v, want %v", h.acts, err, codes)
	}
}

// compare holds every stored pair, and everything stored as due, against the model's.
func (h *history) compare() {
	h.Helper()
	h.must(h.store.Read(h.ctx, h.by.Org, func(r app.Reader) error {
		for _, of := range h.referrals {
			pairs, err := r.PairsOf(of.id)
			if err != nil {
				return err
			}
			var stored []row
			for _, p := range pairs {
				stored = append(stored, rowOf(p))
			}
			if want := h.rows(of); !slices.Equal(sorted(stored), want) {
				h.Fatalf("after %d acts, referral %s:\nstored %v\nwant   %v", h.acts, of.id, stored, want)
			}
			if err := h.compareDue(r, of); err != nil {
				return err
			}
		}
		return nil
	}))
}

// finish looks at the whole: the tables behind the figures, the check that the
// product has of itself, who is found under which reference, and versions.
func (h *history) finish() {
	h.Helper()
	today := h.day("today")
	h.must(h.store.Read(h.ctx, h.by.Org, func(r app.Reader) error {
		for _, s := range h.schemes {
			for _, q := range h.questions(s) {
				q.Today = today
				got, err := r.Transitions(q)
				if err != nil {
					return err
				}
				if want := h.table(s, q); !reflect.DeepEqual(got, want) {
					h.Fatalf("%+v: counted %+v, want %+v", q, got, want)
				}
			}
		}
		for _, p := range h.people {
			kept := p
			if p.into != nil {
				kept = p.into
			}
			if found, err := r.PersonByReference(p.reference); err != nil || found.ID != kept.id {
				h.Fatalf("%s leads to %s, %v; want %s", p.reference, found.ID, err, kept.id)
			}
		}
		for _, a := range h.assessments {
			all, err := r.Revisions(a.id)
			if err != nil || len(all) != a.version || all[a.version-1].Withdrawn != a.withdrawn || all[a.version-1].Person != a.in.of.id {
				h.Fatalf("versions of %+v: %+v, %v", a, all, err)
			}
		}
		return nil
	}))
	differ, err := h.app.CheckPairs(h.ctx, h.by, func(int) {})
	h.must(err)
	if len(differ) > 0 {
		h.Fatalf("the product's own check finds %v", differ)
	}
}

// questions are what may be asked of a scheme under any of its plans.
func (h *history) questions(s *mScheme) (all []app.PairQuery) {
	seen := map[app.PairQuery]bool{}
	for _, p := range s.plans {
		for _, it := range p.Items {
			for _, sc := range h.defs[it.Measure].Reported() {
				for _, q := range []app.PairQuery{{Occasion: it.Occasion}, {Occasion: it.Occasion, But: scheme.Waiting}, {Occasion: scheme.FirstLast}, {Occasion: scheme.Waiting}} {
					if q.Scheme, q.Series = s.id, sc.Series; !seen[q] {
						seen[q] = true
						all = append(all, q)
					}
				}
			}
		}
	}
	return all
}
