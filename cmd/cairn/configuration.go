package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"cairn/internal/fault"
)

// readConfiguration reads a file of settings: one key a line, named as the
// flags are, in YAML or JSON (which YAML contains). It faults, all at once, for
// keys that nothing reads and for values that are not plain text or numbers.
func readConfiguration(path string) (map[string]string, error) {
	f, err := os.Open(path) //nolint:gosec // the person at the terminal names the file
	if err != nil {
		return nil, configurationFault("The configuration file cannot be opened: %v.", plainly(err))
	}
	defer f.Close() //nolint:errcheck // only read
	var top yaml.Node
	if err := yaml.NewDecoder(io.LimitReader(f, 1<<20)).Decode(&top); err != nil {
		if errors.Is(err, io.EOF) {
			return map[string]string{}, nil
		}
		return nil, configurationFault("The configuration file is neither YAML nor JSON: %v.", err)
	}
	if len(top.Content) != 1 || top.Content[0].Kind != yaml.MappingNode {
		return nil, configurationFault("The configuration file needs one setting a line, such as “addr: 127.0.0.1:8080”.")
	}
	return readSettings(top.Content[0])
}

func readSettings(mapping *yaml.Node) (map[string]string, error) {
	values := map[string]string{}
	var wrong fault.List
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key, value := mapping.Content[i], mapping.Content[i+1]
		_, twice := values[key.Value]
		switch {
		case !slices.Contains(settable(), key.Value):
			wrong.Add(configurationFault("Line %d: nothing reads “%.40s”. The settings are %s.", key.Line, key.Value, strings.Join(settable(), ", ")))
		case value.Kind != yaml.ScalarNode:
			wrong.Add(configurationFault("Line %d: “%s” takes one value.", value.Line, key.Value))
		case twice:
			wrong.Add(configurationFault("Line %d: “%s” is there twice. Keep one.", key.Line, key.Value))
		default:
			values[key.Value] = value.Value
		}
	}
	return values, wrong.Err()
}

func configurationFault(format string, args ...any) *fault.Fault {
	return fault.New(fault.Invalid, fault.SettingsInvalid, format, args...).At("--config (CAIRN_CONFIG)")
}

// plainly is what is wrong with a file, without the name of the system call.
func plainly(err error) string {
	var of *os.PathError
	if errors.As(err, &of) {
		return fmt.Sprintf("%s: %v", of.Path, of.Err)
	}
	return err.Error()
}
