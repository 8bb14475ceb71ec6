package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// ExportAsk says which rows. Empty fields narrow nothing, but for the rule, which
// is the plan's.
type ExportAsk struct {
	Schemes  []scheme.ID `json:"schemes,omitempty"` // of the actor's; none: all of them
	Measure  string      `json:"measure,omitempty"` // a measure's key, or a series
	Occasion string      `json:"occasion,omitempty"`
	From     string      `json:"from,omitempty"` // quarters, 2026-Q1
	To       string      `json:"to,omitempty"`
	Rule     string      `json:"rule,omitempty"` // of pairs: plan | first-last
	Form     string      `json:"form,omitempty"` // what is made of it, for the audit
}

// ExportView is what an export is of and how much that is, before anything is
// written.
type ExportView struct {
	Extract scheme.Extract
	Schemes []scheme.Scheme // those that can be chosen
	Counts  ExportCounts    // without those left out
	LeftOut int             // referrals of people who said no
	Whole   scheme.Extract  // what could be chosen, of these schemes
}

// An exporting is one export as it was asked for, against what there is.
type exporting struct {
	query ExtractQuery
	view  ExportView
	names map[scheme.ID]string
	out   map[scheme.ReferralID]bool
	keys  func(scheme.PersonID) string
	r     Reader
}

// Exportable returns what can be exported and how much of it is asked for.
func (a *App) Exportable(ctx context.Context, by Actor, ask ExportAsk) (v ExportView, err error) {
	err = a.exporting(ctx, by, ask, func(e *exporting) error {
		if len(e.query.Schemes) > 0 {
			out := make([]scheme.ReferralID, 0, len(e.out))
			for id := range e.out {
				out = append(out, id)
			}
			all, err := e.r.ExtractCounts(e.query, nil)
			if err != nil {
				return err
			}
			if e.view.Counts, err = e.r.ExtractCounts(e.query, out); err != nil {
				return err
			}
			e.view.LeftOut = all.Referrals - e.view.Counts.Referrals
		}
		v = e.view
		return nil
	})
	return v, err
}

// ErrExportBroken says that the database let go of a snapshot of which rows had
// been sent already.
var ErrExportBroken = errors.New("the snapshot was lost while rows were being sent")

// Export hands the rows to send in one snapshot, and keeps in the audit that they
// were asked for, before the first, and what was sent, after the last.
func (a *App) Export(ctx context.Context, by Actor, ask ExportAsk, send func(scheme.Extract, scheme.ExtractRows) (scheme.Sent, error)) (sent scheme.Sent, err error) {
	begun := false
	err = a.exporting(ctx, by, ask, func(e *exporting) error {
		if begun {
			return ErrExportBroken
		}
		if err := a.keepExport(ctx, by, "data.export", ask); err != nil {
			return err
		}
		begun = true
		var err error
		sent, err = send(e.view.Extract, e)
		return err
	})
	if err != nil {
		return scheme.Sent{}, err
	}
	return sent, a.keepExport(ctx, by, "data.sent", sent)
}

func (a *App) keepExport(ctx context.Context, by Actor, act string, what any) error {
	e := Entry{Actor: by.Account, Act: act, Object: string(by.Org), RequestID: by.RequestID, Payload: what}
	if err := a.store.Write(ctx, by.Org, func(w Writer) error { return w.Audit(e) }); err != nil {
		return fmt.Errorf("keep an export in the audit: %w", err)
	}
	return nil
}

// exporting resolves what is asked and runs fn in one snapshot.
func (a *App) exporting(ctx context.Context, by Actor, ask ExportAsk, fn func(*exporting) error) error {
	if err := by.may(ExportData); err != nil {
		return err
	}
	for _, id := range ask.Schemes {
		if err := by.mayIn(ExportData, id); err != nil {
			return err
		}
	}
	err := a.store.Read(ctx, by.Org, func(r Reader) error {
		e := &exporting{r: r, names: map[scheme.ID]string{}}
		if err := a.resolve(e, by, ask); err != nil {
			return err
		}
		return fn(e)
	})
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

func (a *App) resolve(e *exporting, by Actor, ask ExportAsk) (err error) {
	x := &e.view.Whole
	org, err := e.r.Organisation()
	if err != nil {
		return err
	}
	if x.Today, err = a.today(e.r); err != nil {
		return err
	}
	x.Organisation, x.Software, x.Rule = org.Name, a.software, scheme.ByPlan
	if err := e.pickSchemes(by, ask.Schemes); err != nil {
		return err
	}
	if err := e.whole(); err != nil {
		return err
	}
	e.view.Extract = *x
	e.query.Extract = &e.view.Extract
	if err := e.narrow(ask); err != nil {
		return err
	}
	if err := e.leaveOut(); err != nil {
		return err
	}
	e.keys, err = e.r.Pseudonyms("internal")
	return err
}

// pickSchemes takes the actor's schemes, or those of them that are named.
func (e *exporting) pickSchemes(by Actor, named []scheme.ID) error {
	all, err := e.r.Schemes(e.view.Whole.Today)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !by.Sees(s.ID) {
			continue
		}
		e.view.Schemes = append(e.view.Schemes, s)
		if len(named) == 0 || slices.Contains(named, s.ID) {
			e.query.Schemes = append(e.query.Schemes, s.ID)
			e.view.Whole.Schemes = append(e.view.Whole.Schemes, s.Name)
			e.names[s.ID] = s.Name
		}
	}
	for _, id := range named {
		if _, there := e.names[id]; !there {
			return notThere()
		}
	}
	return nil
}

// whole finds everything that the plans of the schemes ever collected.
func (e *exporting) whole() error {
	defs, err := e.r.Measures()
	if err != nil {
		return err
	}
	x := &e.view.Whole
	for _, id := range e.query.Schemes {
		plans, err := e.r.Plans(id)
		if err != nil {
			return err
		}
		slices.Reverse(plans)
		for _, key := range everMeasured(plans) {
			for _, o := range everDue(plans, key) {
				if !slices.Contains(x.FollowUps, o) {
					x.FollowUps = append(x.FollowUps, o)
				}
			}
			def, known := defs[key]
			if known && !x.Takes(key) {
				x.Measures = append(x.Measures, def)
				x.Scores = append(x.Scores, def.Reported()...)
			}
		}
	}
	slices.SortStableFunc(x.FollowUps, func(a, b scheme.Occasion) int {
		first, _ := a.Days()
		second, _ := b.Days()
		return first - second
	})
	return nil
}

// narrow applies the filters, or says everything that is wrong with them.
func (e *exporting) narrow(ask ExportAsk) error {
	x := &e.view.Extract
	var wrong fault.List
	if ask.Measure != "" {
		x.Measures, x.Scores = picked(e.view.Whole, ask.Measure)
		if x.Chosen.Measure = measure.Key(ask.Measure); !x.Takes(x.Chosen.Measure) && len(x.Scores) > 0 {
			x.Chosen.Series = measure.Series(ask.Measure)
			x.Chosen.Measure = x.Of(x.Chosen.Series).Key
		}
		if len(x.Scores) == 0 {
			wrong.Add(fault.New(fault.Invalid, fault.MeasureUnknown, "The plans of these schemes do not collect “%.60s”.", ask.Measure).At("measure"))
		}
	}
	if ask.Occasion != "" {
		if !slices.Contains(x.FollowUps, scheme.Occasion(ask.Occasion)) {
			wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "The plans of these schemes have no follow-up “%.40s”. They have %s.", ask.Occasion, listed(x.FollowUps)).At("occasion"))
		}
		x.Chosen.Occasion = scheme.Occasion(ask.Occasion)
		x.FollowUps = []scheme.Occasion{x.Chosen.Occasion}
	}
	e.query.Occasions = x.FollowUps
	switch scheme.Rule(ask.Rule) {
	case "", scheme.ByPlan:
	case scheme.ByFirstLast:
		x.Rule, e.query.Occasions = scheme.ByFirstLast, []scheme.Occasion{scheme.FirstLast}
	default:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "The pairing rule is “plan” or “first-last”.").At("rule"))
	}
	var v EvidenceView
	if accident := wrong.Note("", v.pickPeriod(ask.From, ask.To)); accident != nil {
		return accident
	}
	x.Period = v.Period
	return wrong.Err()
}

// picked are the scores of a measure, or the one of a series.
func picked(of scheme.Extract, name string) (defs []measure.Definition, scores []measure.Score) {
	for _, sc := range of.Scores {
		if def := of.Of(sc.Series); name == string(sc.Series) || name == string(def.Key) {
			if len(scores) == 0 {
				defs = append(defs, def)
			}
			scores = append(scores, sc)
		}
	}
	return defs, scores
}

func (e *exporting) leaveOut() error {
	e.out = map[scheme.ReferralID]bool{}
	for _, id := range e.query.Schemes {
		for _, purpose := range []scheme.Purpose{scheme.ForEvaluation, scheme.ForResearch} {
			out, err := e.r.LeftOut(id, purpose)
			if err != nil {
				return err
			}
			for referral := range out {
				e.out[referral] = true
			}
		}
	}
	return nil
}

// About says in a few words what the rows are of, for a terminal or a title.
func (v ExportView) About() string {
	text := strings.Join(v.Extract.Schemes, ", ")
	if n := len(v.Extract.Schemes); n > 3 {
		text = fmt.Sprintf("%d schemes", n)
	}
	if period := (EvidenceView{Period: v.Extract.Period}).period(); period != "" {
		text += ", " + period
	}
	return text
}
