package app

import (
	"context"
	"reflect"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// library are the organisation's measures as they are shown: with the codes of
// the operator's file (measure.Definition.CodesOf), which is not kept.
func (a *App) library(r SchemeReader) (map[measure.Key]measure.Definition, error) {
	all, err := r.Measures()
	for key, d := range all {
		all[key] = a.codes.On(d)
	}
	return all, err
}

// AddMeasure keeps a measure of the organisation's own. The same again changes
// nothing; another definition under the same key and version faults with
// measure.changed.
func (a *App) AddMeasure(ctx context.Context, by Actor, d measure.Definition) (measure.Definition, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return measure.Definition{}, err
	}
	if err := d.Check(); err != nil {
		return measure.Definition{}, err
	}
	_, err := a.create(ctx, writing{by, "measure.add", "", d}, func(w Writer) (string, error) {
		return string(d.Key), w.AddMeasure(d)
	})
	if err != nil {
		return measure.Definition{}, err
	}
	return a.Measure(ctx, by, d.Key)
}

// NewWords are the licensed words of a measure.
type NewWords struct {
	Key string `json:"-"` // idempotency
	measure.Words
}

// withoutIdentity leaves the words out: the audit keeps under which licence they
// came, and must not outlast it with them.
func (in NewWords) withoutIdentity() any {
	return struct {
		Of      measure.Key          `json:"words_of"`
		Licence measure.Confirmation `json:"licence"`
		Items   int                  `json:"items"`
	}{in.Of, in.Licence, len(in.Items)}
}

// SupplyWords keeps the wording of a measure under the organisation's own
// licence, as a version of that measure which only this organisation has.
// Scores stay comparable: nothing about them changes.
func (a *App) SupplyWords(ctx context.Context, by Actor, in NewWords) (measure.Definition, error) {
	if err := by.may(SetUpSchemes); err != nil {
		return measure.Definition{}, err
	}
	_, err := a.create(ctx, writing{by, "measure.words", in.Key, in}, func(w Writer) (string, error) {
		all, err := w.Measures()
		if err != nil {
			return "", err
		}
		there, ok := all[in.Of]
		if !ok {
			return "", fault.New(fault.Missing, fault.MeasureUnknown, "There is no measure “%.40s” here. Choose one from the library.", in.Of).At("words_of")
		}
		made, err := there.Supply(in.Words)
		if err != nil || reflect.DeepEqual(made, there) {
			return string(in.Of), err
		}
		made.Version = there.Version + 1
		return string(in.Of), w.SupplyWords(made)
	})
	if err != nil {
		return measure.Definition{}, err
	}
	return a.Measure(ctx, by, in.Of)
}
