package app

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// ValueAsk says which figures, and what the reader supposes. Caused and Weeks are
// as they are typed; with neither nothing is supposed and no value is given.
type ValueAsk struct {
	EvidenceAsk
	SetUp  string // apart | spread; empty: apart
	Caused string // per cent of the change, 0 to 100
	Weeks  string // that it lasts
}

// A ValueView is what people cost, and what a change would be worth under the
// reader's ifs. It is the internal view: exact and live.
type ValueView struct {
	EvidenceView
	Value  evidence.Value
	Wellby *evidence.Wellby // nil, with Why, where nothing was supposed or nothing can be said
	Why    string
	// Satisfaction reports that the scheme measures life satisfaction, whichever
	// score was asked about.
	Satisfaction bool
}

// Value puts the costs of one of the actor's schemes beside its people.
func (a *App) Value(ctx context.Context, by Actor, ask ValueAsk) (v ValueView, err error) {
	if err := by.mayIn(SeeEvidence, ask.Scheme); err != nil {
		return ValueView{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		query, view, refusal := a.query(r, ask.EvidenceAsk)
		var wrong fault.List
		if accident := wrong.Note("", refusal); accident != nil {
			return accident
		}
		setUp, supposed, err := ask.check(&wrong)
		if err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		v = ValueView{EvidenceView: view}
		return v.read(r, query, valueOf{setUp, supposed})
	})
	if err != nil {
		return ValueView{}, fmt.Errorf("value of scheme %s: %w", ask.Scheme, err)
	}
	return v, nil
}

// valueOf is what was chosen beside the figures.
type valueOf struct {
	setUp    evidence.SetUp
	supposed *evidence.If // nil: nothing
}

func (v *ValueView) read(r Reader, query PairQuery, of valueOf) error {
	table, err := r.Transitions(query)
	if err != nil {
		return err
	}
	v.Finding = evidence.Of(v.Score, table)
	way := scheme.NewJourney(query.Period, query.Today)
	if err := r.Passages(query, func(p scheme.Passage) error { way.Add(p); return nil }); err != nil {
		return err
	}
	v.Journey.Flow = evidence.JourneyOf(way)
	lines, err := r.Costs(query.Scheme)
	if err != nil {
		return err
	}
	v.Value = evidence.ValueOf(v.Finding, v.Journey.Flow, evidence.Spending{
		Lines: lines, Over: query.Period, First: v.begun(), Today: v.Today, SetUp: of.setUp,
	})
	for _, s := range v.Scores {
		v.Satisfaction = v.Satisfaction || s.Series == evidence.LifeSatisfaction
	}
	if of.supposed == nil {
		return nil
	}
	w, err := v.Finding.Wellby(v.Value, *of.supposed)
	if err != nil {
		v.Why = err.Error()
		return nil
	}
	v.Wellby = &w
	return nil
}

// begun is the quarter in which the scheme's first plan took effect.
func (v ValueView) begun() scheme.Quarter {
	first := v.Scheme.Plan.EffectiveFrom.Quarter()
	for _, p := range v.plans {
		first = min(first, p.EffectiveFrom.Quarter())
	}
	return first
}

// longestSupposed is ten years, in weeks.
const longestSupposed = 520

func (ask ValueAsk) check(wrong *fault.List) (setUp evidence.SetUp, supposed *evidence.If, err error) {
	setUp = evidence.SetUp(ask.SetUp)
	if setUp == "" {
		setUp = evidence.SetUpApart
	}
	choose(wrong, "set_up", string(setUp), evidence.SetUps())
	caused, weeks := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(ask.Caused), "%")), strings.TrimSpace(ask.Weeks)
	if caused == "" && weeks == "" {
		return setUp, nil, nil
	}
	share, err := strconv.ParseFloat(caused, 64)
	if err != nil || math.IsNaN(share) || share < 0 || share > 100 || strings.Trim(caused, "0123456789.") != "" || len(caused) > len("33.333") {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter the share of the change that you suppose was caused: a number from 0 to 100, in per cent.").At("caused"))
	}
	n, err := strconv.Atoi(weeks)
	if err != nil || n < 1 || n > longestSupposed {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter for how many weeks you suppose the change lasts: a whole number from 1 to %d.", longestSupposed).At("weeks"))
	}
	return setUp, &evidence.If{Caused: share, Weeks: n}, nil
}
