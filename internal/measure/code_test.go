package measure_test

import (
	"fmt"
	"testing"

	"cairn/internal/measure"
)

// Identifiers as NHS England's reference tables have them, and what became of
// one in a spreadsheet.
func TestCheckDigits(t *testing.T) {
	const made = `key: k
version: 1
name: N
short: N
rater: self
wording: score_only
licence: {terms: t, source: s}
scores: [{series: k, name: N, kind: total, direction: 1, min: 0, max: 10, enter: true}]
codes: [{system: %s, code: "%s", means: m, source: s}]
`
	sound := func(system measure.System, code string) bool {
		_, err := measure.Read(fmt.Appendf(nil, made, system, code))
		return err == nil
	}
	for _, code := range []string{"718466001", "960481000000107", "445455005", "1034351000000101", "871731000000106"} {
		if !sound(measure.SNOMED, code) {
			t.Errorf("%s is refused", code)
		}
		digits := []byte(code)
		for i := range digits { // no single slip passes
			was := digits[i]
			for d := byte('0'); d <= '9'; d++ {
				if digits[i] = d; d != was && sound(measure.SNOMED, string(digits)) {
					t.Errorf("%s passes for %s", digits, code)
				}
			}
			digits[i] = was
		}
	}
	for _, code := range []string{"", "0", "1034351000000100", "718466010", "71846600l", "0718466001", "718466001-"} {
		if sound(measure.SNOMED, code) {
			t.Errorf("“%s” passes", code)
		}
	}
	for code, want := range map[string]bool{"70274-6": true, "44261-6": true, "44250-9": true, "70274-7": false, "702746": false, "-6": false, "7o274-6": false} {
		if sound(measure.LOINC, code) != want {
			t.Errorf("LOINC %s: want %v", code, want)
		}
	}
	if sound("icd", "718466001") {
		t.Error("a terminology that nobody reads passes")
	}
}
