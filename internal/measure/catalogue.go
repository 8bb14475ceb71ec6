package measure

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
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
	if err := decode(raw, &d); err != nil {
		return Definition{}, err
	}
	d = d.withOwn()
	return d, d.Check()
}

// decode reads one document; unknown keys, and a second document that would
// never be looked at, are refused.
func decode(raw []byte, into any) error {
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		return fault.New(fault.Invalid, fault.MeasureInvalid, "The measure's file cannot be read: %v", err)
	}
	var more yaml.Node
	if err := dec.Decode(&more); !errors.Is(err, io.EOF) {
		return fault.New(fault.Invalid, fault.MeasureInvalid, "The measure's file holds more than one document. Give each measure a file of its own.")
	}
	return nil
}
