package measure

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"

	"go.yaml.in/yaml/v3"

	"cairn/internal/fault"
)

//go:embed catalogue/*.yaml
var files embed.FS

// Catalogue returns the measures the product ships, in order of key. It fails
// when a file contradicts itself, which a test makes impossible in a release.
func Catalogue() ([]Definition, error) {
	names, err := fs.Glob(files, "catalogue/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list catalogue: %w", err)
	}
	var all []Definition
	for _, name := range names {
		raw, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		d, err := Read(raw)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, d)
	}
	return all, nil
}

// Read reads one definition from YAML (or JSON, which YAML contains). Unknown
// keys are refused, and so is a definition that contradicts itself.
func Read(raw []byte) (Definition, error) {
	var d Definition
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&d); err != nil {
		return Definition{}, fault.New(fault.Invalid, fault.MeasureInvalid, "The measure's file cannot be read: %v", err)
	}
	return d, d.Check()
}

// Check faults for everything in d that contradicts itself or is missing.
func (d Definition) Check() error {
	var wrong fault.List
	say := func(field, format string, args ...any) {
		wrong.Add(fault.New(fault.Invalid, fault.MeasureInvalid, format, args...).At(field))
	}
	if d.Key == "" || d.Version < 1 || d.Name == "" || d.Short == "" {
		say("key", "A measure needs a key, a version from 1, a name and a short name.")
	}
	if d.Licence.Terms == "" || d.Licence.Source == "" {
		say("licence", "A measure needs the terms of its licence and where they were read.")
	}
	if d.Wording == Bundled && len(d.Items) == 0 || d.Wording == ScoreOnly && len(d.Items) > 0 {
		say("wording", "A measure with bundled wording has items; one entered only as a score has none.")
	}
	if len(d.Scores) == 0 {
		say("scores", "A measure needs at least one score.")
	}
	for i, it := range d.Items {
		if it.Key == "" || it.Min >= it.Max {
			say(fmt.Sprintf("items[%d]", i), "An item needs a key and a lowest response below its highest.")
		}
	}
	for i, sc := range d.Scores {
		d.checkScore(sc, func(format string, args ...any) { say(fmt.Sprintf("scores[%d]", i), format, args...) })
	}
	return wrong.Err()
}

func (d Definition) checkScore(sc Score, say func(string, ...any)) {
	if sc.Series == "" || sc.Name == "" {
		say("A score needs a series and a name.")
	}
	if sc.Direction != HigherIsBetter && sc.Direction != LowerIsBetter {
		say("A score's direction is 1 (higher is better) or -1.")
	}
	if sc.Decimals < 0 || sc.Decimals > MaxDecimals {
		say("A score has 0 to %d decimals.", MaxDecimals)
	}
	if sc.Min >= sc.Max {
		say("A score's lowest value must be below its highest.")
	}
	if _, ok := d.Item(sc.Item); sc.Kind == KindItem && !ok {
		say("A score of one item names an item of the measure.")
	}
	if t := sc.Threshold; t != nil && (t.Points <= 0 || t.Source == "") {
		say("A threshold is above zero and has a source.")
	}
	if r := sc.Reliability; r != nil && (r.Coefficient != nil && (*r.Coefficient < 0 || *r.Coefficient > 1) || r.SD != nil && *r.SD <= 0) {
		say("A reliability lies between 0 and 1, and its SD is above 0.")
	}
	if c := sc.Cutoff; c != nil && c.Side != Above && c.Side != Below {
		say("A cut-off says whether people are taken in above or below it.")
	}
	if sc.Kind == KindMetric {
		for _, c := range d.Table {
			if c.Metric < sc.Min || c.Metric > sc.Max {
				say("The conversion table leaves the range of the score.")
			}
		}
	}
}
