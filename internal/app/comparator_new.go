package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewComparator is a comparison group as it is brought in.
type NewComparator struct {
	Key          string         `json:"-"`
	Scheme       scheme.ID      `json:"scheme"`
	Series       measure.Series `json:"series"`
	Version      int            `json:"version"` // the newest as it was read; 0 for the first
	Label        string         `json:"label"`
	Source       string         `json:"source"`
	Eligible     string         `json:"eligible"`
	From         string         `json:"from"`   // YYYY-MM-DD
	Until        string         `json:"until"`  // YYYY-MM-DD
	Weeks        int            `json:"weeks"`  // between the two scores of a person
	Random       string         `json:"random"` // yes | no
	RandomSource string         `json:"random_source"`
	Rows         string         `json:"rows"` // CSV: before,after and perhaps people
}

// withoutIdentity leaves the rows out of the audit: they are kept in the version.
func (in NewComparator) withoutIdentity() any { in.Rows = ""; return in }

// A ComparatorWithdrawal takes a comparison group back.
type ComparatorWithdrawal struct {
	Key     string         `json:"-"`
	Scheme  scheme.ID      `json:"scheme"`
	Series  measure.Series `json:"series"`
	Version int            `json:"version"`
	Reason  string         `json:"reason"`
}

// AddComparator keeps a group from elsewhere as the one that the scheme's people
// are compared with by one score, in the place of the one before.
func (a *App) AddComparator(ctx context.Context, by Actor, in NewComparator) (scheme.Comparator, error) {
	return a.versionComparator(ctx, comparatorWriting{writing{by, "comparator.add", in.Key, in}, in.Scheme, in.Series, in.Version},
		func(r Reader, score measure.Score, _ scheme.Comparator) (scheme.Comparator, error) {
			today, err := a.today(r)
			if err != nil {
				return scheme.Comparator{}, err
			}
			return in.check(score, today)
		})
}

// WithdrawComparator takes the group back; it stays readable and is compared with
// no more.
func (a *App) WithdrawComparator(ctx context.Context, by Actor, in ComparatorWithdrawal) (scheme.Comparator, error) {
	return a.versionComparator(ctx, comparatorWriting{writing{by, "comparator.withdraw", in.Key, in}, in.Scheme, in.Series, in.Version},
		func(_ Reader, _ measure.Score, there scheme.Comparator) (scheme.Comparator, error) {
			if !there.Stands() {
				return there, fault.New(fault.Invalid, fault.InputInvalid, "There is no comparison group to withdraw.").At("version")
			}
			var wrong fault.List
			there.Withdrawn = reasoned(&wrong, "reason", in.Reason)
			return there, wrong.Err()
		})
}

// comparatorWriting is which group is written, and the version that was read.
type comparatorWriting struct {
	writing
	of      scheme.ID
	series  measure.Series
	version int
}

// versionComparator adds the version that next makes of the newest one.
func (a *App) versionComparator(ctx context.Context, wr comparatorWriting, next func(Reader, measure.Score, scheme.Comparator) (scheme.Comparator, error)) (made scheme.Comparator, err error) {
	if err := wr.actor.mayIn(SetComparators, wr.of); err != nil {
		return scheme.Comparator{}, err
	}
	object, err := a.create(ctx, wr.writing, func(w Writer) (string, error) {
		if err := w.LockScheme(wr.of); err != nil {
			return "", err
		}
		_, view, err := a.query(w, EvidenceAsk{Scheme: wr.of, Measure: string(wr.series)})
		if err != nil {
			return "", err
		}
		if !(ComparatorView{EvidenceView: view}).Compares() {
			return "", fault.New(fault.Invalid, fault.MeasureUnknown, "Scores of %s are not compared between groups: it is about each person's own goals, or has no mean.", view.Measure.Short).At("measure")
		}
		there, err := w.Comparator(wr.of, view.Score.Series, 0)
		if err != nil {
			return "", err
		}
		if wr.version != there.Version {
			return "", staleRecord()
		}
		now, err := next(w, view.Score, there)
		if err != nil {
			return "", err
		}
		now.Series, now.Version, now.By = view.Score.Series, there.Version+1, wr.actor.Account
		return ofVersion(now.Series, now.Version), w.AddComparator(wr.of, now)
	})
	if err != nil {
		return scheme.Comparator{}, err
	}
	series, version := versionOf[measure.Series](object)
	err = a.store.Read(ctx, wr.actor.Org, func(r Reader) error {
		made, err = r.Comparator(wr.of, series, version)
		return err
	})
	return made, err
}

const (
	mostWeeks   = 260
	longestSpan = 10 * 366 // days from the first score to the last
)

// check returns the group, or every fault in it.
func (in NewComparator) check(score measure.Score, today scheme.Day) (scheme.Comparator, error) {
	var wrong fault.List
	c := scheme.Comparator{
		Label: strings.TrimSpace(in.Label), Source: strings.TrimSpace(in.Source), Eligible: strings.TrimSpace(in.Eligible),
		RandomSource: strings.TrimSpace(in.RandomSource), Weeks: in.Weeks,
	}
	need := func(field, text, what string) {
		if text == "" {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "%s", what).At(field))
		}
		short(&wrong, field, text)
	}
	need("label", c.Label, "Say in a few words who these people are.")
	need("source", c.Source, "Say where the scores are from, so that somebody can look it up.")
	need("eligible", c.Eligible, "Say who could be in the group.")
	c.Span = scheme.Span{First: needDay(&wrong, "from", in.From), Last: needDay(&wrong, "until", in.Until)}
	notAfter(&wrong, "until", c.Span.Last, today)
	notBefore(&wrong, "until", c.Span.Last, c.Span.First, "the day of the first score")
	if !c.Span.First.IsZero() && !c.Span.Last.IsZero() && (c.Span.Length() == 1 || c.Span.Length() > longestSpan) {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "The last score is taken after the first, and at most ten years later. Check both dates.").At("until"))
	}
	if in.Weeks < 1 || in.Weeks > mostWeeks {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter the weeks between a person's two scores, 1 to %d.", mostWeeks).At("weeks"))
	}
	checkRandom(&wrong, in.Random, c.RandomSource)
	cells, err := readCells(in.Rows, score)
	if accident := wrong.Note("rows", err); accident != nil {
		return c, accident
	}
	c.Cells = cells
	return c, wrong.Err()
}

// checkRandom notes what is wrong with whether chance decided, and where that is
// recorded.
func checkRandom(wrong *fault.List, random, where string) {
	short(wrong, "random_source", where)
	switch {
	case random != "yes" && random != "no":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose whether chance decided who was in which group.").At("random"))
	case random == "yes" && where == "":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say where it is recorded that chance decided, such as a protocol or a trial's number.").At("random_source"))
	case random == "no" && where != "":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Leave this empty, or choose that chance decided.").At("random_source"))
	}
}
