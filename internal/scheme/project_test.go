package scheme_test

import (
	"testing"

	"cairn/internal/scheme"
)

func TestSchemeTold(t *testing.T) {
	for says, want := range map[string]string{
		"Garden|||||":                             "Garden",
		"Garden|2026-Q1|45-54|female|white|1-2":   "Garden",
		"Plots | North|2026-Q1|||Asian or other|": "Plots | North",
		"'=Garden|||male||":                       "'=Garden",
		"of another time":                         "",
	} {
		if got := scheme.SchemeTold(says); got != want {
			t.Errorf("%q is of %q, not of %q", says, got, want)
		}
	}
}
