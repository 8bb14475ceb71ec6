package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func gardenJoy() measure.Draft {
	return measure.Draft{
		Name: "Joy in the garden", Short: " Garden joy ", Rater: measure.Self, Direction: measure.HigherIsBetter,
		Questions: []string{"I like being outside", " I am calm here "}, Lowest: "0", Highest: "4", Low: "never", High: "always",
		Terms: "Our own words.", Source: "the allotment group", Confirmed: measure.Confirmation{Reference: "our own words", By: "Ann Bell"},
	}
}

// A measure that is written on a page has versions: a preview keeps nothing, a
// change of what somebody else changed meanwhile is refused with what is there.
func TestMeasureOnAPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		rows := w.Rows()
		seen, err := w.App.PreviewMeasure(ctx, w.Ann, app.NewMeasure{Draft: gardenJoy()})
		must(t, err)
		if seen.Short != "Garden joy" || seen.Items[1].Text != "I am calm here" || w.Rows() != rows {
			t.Errorf("the preview is %+v, or it was kept", seen)
		}
		made, err := w.App.MakeMeasure(ctx, w.Ann, app.NewMeasure{Key: "k", Draft: gardenJoy()})
		must(t, err)
		again, err := w.App.MakeMeasure(ctx, w.Ann, app.NewMeasure{Key: "k", Draft: gardenJoy()})
		must(t, err)
		if made.Version != 1 || again.Version != 1 || made.Licence.Confirmed.On != scheme.DayOf(w.Clock()).String() {
			t.Errorf("version %d and then %d, confirmed on %s", made.Version, again.Version, made.Licence.Confirmed.On)
		}
		if _, err := w.App.MakeMeasure(ctx, w.Ann, app.NewMeasure{Draft: gardenJoy()}); !fault.Is(err, fault.MeasureInvalid) {
			t.Errorf("a second one of the name: %v", err)
		}
		if _, err := w.App.Measure(ctx, w.Cy, made.Key); !fault.Is(err, fault.NotFound) {
			t.Errorf("another organisation has it: %v", err)
		}
		longer := gardenJoy()
		longer.Questions = append(longer.Questions, "I sleep well")
		second, err := w.App.MakeMeasure(ctx, w.Ann, app.NewMeasure{Of: made.Key, Follows: 1, Draft: longer})
		must(t, err)
		if second.Version != 2 || second.Scores[0].Series != "garden-joy-v2" {
			t.Errorf("version %d, series %s", second.Version, second.Scores[0].Series)
		}
		_, err = w.App.MakeMeasure(ctx, w.Ann, app.NewMeasure{Of: made.Key, Follows: 1, Draft: gardenJoy()})
		if all, _ := fault.All(err); len(all) != 1 || all[0].Code != fault.Stale || !strings.Contains(all[0].Detail, "3 questions and a score from 0 to 12") {
			t.Errorf("a change of an older version: %v", err)
		}
		for name, c := range map[string]struct {
			by   app.Actor
			of   measure.Key
			want fault.Code
		}{
			"a practitioner":     {w.Bo, "", fault.NotAllowed},
			"the product's":      {w.Ann, "phq9", fault.NotFound},
			"one that is not":    {w.Ann, "garden", fault.NotFound},
			"another's":          {w.Cy, made.Key, fault.NotFound},
			"nobody's signed in": {app.Actor{Org: w.Ann.Org}, "", fault.SignInNeeded},
		} {
			in := app.NewMeasure{Of: c.of, Follows: 1, Draft: gardenJoy()}
			if _, err := w.App.MakeMeasure(ctx, c.by, in); !fault.Is(err, c.want) {
				t.Errorf("%s: %v", name, err)
			}
			if _, err := w.App.PreviewMeasure(ctx, c.by, in); !fault.Is(err, c.want) {
				t.Errorf("%s, preview: %v", name, err)
			}
		}
	})
}

// Words that a licence no longer covers are taken away; scores stay of the same
// series, and words can come back.
func TestWordsWithdrawn(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		words := measure.Words{Of: "who5", Licence: measure.Confirmation{Reference: "W-1", By: "Ann", On: "2026-01-01"}, Items: map[string]string{}}
		plain, err := w.App.Measure(ctx, w.Ann, "who5")
		must(t, err)
		for _, it := range plain.Items {
			words.Items[it.Key] = "Licensed " + it.Key
		}
		for _, by := range []app.Actor{w.Ann, w.Cy} {
			_, err = w.App.SupplyWords(ctx, by, app.NewWords{Words: words})
			must(t, err)
		}
		if _, err := w.App.WithdrawWords(ctx, w.Bo, app.EndOfWords{Measure: "who5"}); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("a practitioner: %v", err)
		}
		for range 2 { // the second press changes nothing
			bare, err := w.App.WithdrawWords(ctx, w.Ann, app.EndOfWords{Measure: "who5"})
			must(t, err)
			if bare.Version != plain.Version+2 || bare.Items[0].Text != "" || bare.Licence.Confirmed != nil || bare.Scores[0].Series != plain.Scores[0].Series {
				t.Errorf("version %d, “%s”, %+v", bare.Version, bare.Items[0].Text, bare.Licence.Confirmed)
			}
			// No text is left in the version that had it; whose licence it was is.
			then, theirs := definitionOf(t, w, w.Ann, plain.Version+1), definitionOf(t, w, w.Cy, plain.Version+1)
			if fmt.Sprintf("%+v", then.Items) != fmt.Sprintf("%+v", plain.Items) || then.Licence.Confirmed == nil || *then.Licence.Confirmed != words.Licence {
				t.Errorf("version %d keeps %+v under %+v", then.Version, then.Items, then.Licence.Confirmed)
			}
			if theirs.Items[0].Text != "Licensed item-1" {
				t.Error("another organisation's words are gone")
			}
		}
		back, err := w.App.SupplyWords(ctx, w.Ann, app.NewWords{Words: words})
		must(t, err)
		if back.Version != plain.Version+3 || back.Items[0].Text != "Licensed "+back.Items[0].Key {
			t.Errorf("version %d, “%s”", back.Version, back.Items[0].Text)
		}
		for key, want := range map[measure.Key]fault.Code{"phq9": fault.MeasureInvalid, "nothing": fault.NotFound} {
			if _, err := w.App.WithdrawWords(ctx, w.Ann, app.EndOfWords{Measure: key}); !fault.Is(err, want) {
				t.Errorf("%s: %v", key, err)
			}
		}
	})
}

func definitionOf(t *testing.T, w *town, by app.Actor, version int) (d measure.Definition) {
	t.Helper()
	must(t, w.Store.Read(t.Context(), by.Org, func(r app.Reader) (err error) {
		d, err = r.Definition("who5", version)
		return err
	}))
	return d
}
