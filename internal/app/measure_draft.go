package app

import (
	"context"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewMeasure is a measure of the organisation's own, as it is written down on a
// page.
type NewMeasure struct {
	Key     string        `json:"-"` // idempotency
	Of      measure.Key   `json:"of,omitempty"`
	Follows int           `json:"follows,omitempty"` // the version of Of that was read
	Draft   measure.Draft `json:"draft"`
}

// PreviewMeasure is the definition that NewMeasure describes. Nothing is kept.
func (a *App) PreviewMeasure(ctx context.Context, by Actor, in NewMeasure) (made measure.Definition, err error) {
	if err := by.may(SetUpSchemes); err != nil {
		return measure.Definition{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		made, err = a.drafted(r, in)
		return err
	})
	return made, err
}

// MakeMeasure keeps it. Where a newer version than the one that it follows is
// there, it faults with version.stale and says which.
func (a *App) MakeMeasure(ctx context.Context, by Actor, in NewMeasure) (measure.Definition, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return measure.Definition{}, err
	}
	object, err := a.create(ctx, writing{by, "measure.make", in.Key, in}, func(w Writer) (string, error) {
		made, err := a.drafted(w, in)
		if err != nil {
			return "", err
		}
		return string(made.Key), w.AddMeasure(made)
	})
	if err != nil {
		return measure.Definition{}, err
	}
	return a.Measure(ctx, by, measure.Key(object))
}

func (a *App) drafted(r SchemeReader, in NewMeasure) (measure.Definition, error) {
	all, err := r.Measures()
	if err != nil {
		return measure.Definition{}, err
	}
	today, err := a.today(r)
	if err != nil {
		return measure.Definition{}, err
	}
	draft := trimmed(in.Draft, today)
	if in.Of == "" {
		made, err := draft.First()
		if there, ok := all[made.Key]; err == nil && ok {
			return measure.Definition{}, fault.New(fault.Invalid, fault.MeasureInvalid, "There is a measure called %s already. Open that one and change it, or choose another short name.", there.Short).At("short")
		}
		return made, err
	}
	there, ok := all[in.Of]
	if !ok || measure.Shipped(in.Of) {
		return measure.Definition{}, notThere()
	}
	if _, simple := measure.DraftOf(there); !simple {
		return measure.Definition{}, fault.New(fault.Invalid, fault.MeasureInvalid, "%s was written as a file and says more than this page can. Change the file, and add it with “cairn measure add”.", there.Short)
	}
	if there.Version != in.Follows {
		sc := there.Scores[0]
		return measure.Definition{}, fault.New(fault.Conflict, fault.Stale,
			"Somebody changed this measure while you did. Version %d is “%s”, with %d questions and a score from %s to %s. You changed version %d. Open the measure again and make your change to the newest version.",
			there.Version, there.Name, len(there.Items), sc.Text(sc.Min), sc.Text(sc.Max), in.Follows)
	}
	return draft.Next(there)
}

// trimmed is the draft without spaces around its texts; a licence is confirmed
// on the day that it is written down.
func trimmed(d measure.Draft, today scheme.Day) measure.Draft {
	for _, text := range []*string{&d.Name, &d.Short, &d.About, &d.Recall, &d.Lowest, &d.Highest, &d.Low, &d.High, &d.Terms, &d.Source, &d.Confirmed.Reference, &d.Confirmed.By} {
		*text = strings.TrimSpace(*text)
	}
	d.Questions = slices.Clone(d.Questions)
	for i, q := range d.Questions {
		d.Questions[i] = strings.TrimSpace(q)
	}
	d.Confirmed.On = today.String()
	return d
}

// EndOfWords says which measure's words are to be taken away.
type EndOfWords struct {
	Key     string      `json:"-"` // idempotency
	Measure measure.Key `json:"measure"`
}

// WithdrawWords takes the organisation's words of a measure away, when a licence
// has ended: a version without them, whose scores are of the same series, and no
// text left in the versions before. What was recorded stays, and so does which
// licence it was.
func (a *App) WithdrawWords(ctx context.Context, by Actor, in EndOfWords) (measure.Definition, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return measure.Definition{}, err
	}
	_, err := a.create(ctx, writing{by, "measure.words-withdraw", in.Key, in}, func(w Writer) (string, error) {
		all, err := w.Measures()
		if err != nil {
			return "", err
		}
		there, ok := all[in.Measure]
		if !ok {
			return "", notThere()
		}
		made, err := there.WithoutWords()
		if err != nil {
			return "", err
		}
		if there.Licence.Confirmed != nil { // nil at a second press of the button
			made.Version = there.Version + 1
			if err := w.SupplyWords(made); err != nil {
				return "", err
			}
		}
		return string(in.Measure), w.EraseWords(in.Measure)
	})
	if err != nil {
		return measure.Definition{}, err
	}
	return a.Measure(ctx, by, in.Measure)
}
