package exchange_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

const plainSettings = `{"name": "x", "timepoints": ["a", "b"], "days": [0, 7], "measures": [{"name": "m", "higher_is_better": true}]}`

// faultsOf are what is wrong with settings, each as its path and its sentence.
func faultsOf(t *testing.T, text string) []string {
	t.Helper()
	_, err := exchange.ReadSettings(strings.NewReader(text))
	all, accident := fault.All(err)
	if accident != nil {
		t.Fatal(accident)
	}
	var said []string
	for _, f := range all {
		if f.Code != fault.SettingsInvalid {
			t.Errorf("code %s", f.Code)
		}
		said = append(said, f.Field+": "+f.Detail)
	}
	return said
}

// Of two values under one key nothing here knows which was meant.
func TestReadSettings_KeyTwice(t *testing.T) {
	for name, c := range map[string]struct{ text, at string }{
		"at the top":        {strings.Replace(plainSettings, `"name"`, `"name": "y", "name"`, 1), "name"},
		"written otherwise": {strings.Replace(plainSettings, `"name"`, `"n\u0061me": "y", "name"`, 1), "name"},
		"two lists":         {strings.Replace(plainSettings, `"days"`, `"measures": [], "days"`, 1), "measures"},
		"in a measure":      {strings.Replace(plainSettings, `"higher_is_better": true`, `"higher_is_better": false, "higher_is_better": true`, 1), "measures[0].higher_is_better"},
	} {
		if got := faultsOf(t, c.text); !slices.Equal(got, []string{c.at + ": This key stands here twice. Keep one of them."}) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := faultsOf(t, plainSettings); len(got) > 0 {
		t.Errorf("one of each: %q", got)
	}
}

// Whoever mends a file looks for a line, not for a byte.
func TestReadSettings_WhereItBreaksOff(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"empty":                {"", "line 1, column 1"},
		"a comma too many":     {"{\n  \"name\": \"é\",}", "line 2, column 15"},
		"the same, with CRLF":  {"{\r\n  \"name\": \"é\",}", "line 2, column 15"},
		"broken off":           {"{\"name\": \"x\"\n", "line 2, column 1"},
		"a quotation mark off": {"{\"name: \"x\"}", "line 1, column 10"},
	} {
		if got := faultsOf(t, c.text); len(got) != 1 || !strings.Contains(got[0], "is not JSON: look at "+c.says+" or just before it.") {
			t.Errorf("%s: %q, want %s", name, got, c.says)
		}
	}
}

// As editors save it.
func TestReadSettings_Encodings(t *testing.T) {
	if got := faultsOf(t, "\uFEFF"+plainSettings); len(got) > 0 {
		t.Errorf("with a byte order mark: %q", got)
	}
	utf16 := func(low, high string) string {
		return strings.ReplaceAll(fmt.Sprintf("%q", plainSettings), `"`, low+`"`+high)
	}
	for name, c := range map[string]struct{ text, says string }{
		"UTF-16":               {"\xff\xfe" + utf16("", "\x00"), "UTF-16"},
		"UTF-16, high first":   {"\xfe\xff" + utf16("\x00", ""), "UTF-16"},
		"UTF-16 without marks": {"{\x00\"\x00", "UTF-16"},
		"and high first":       {"\x00{\x00\"", "UTF-16"},
		"Latin-1":              {strings.Replace(plainSettings, `"x"`, "\n\"Zo\xeb\"", 1), "Line 2 of the settings file is not UTF-8"},
	} {
		if got := faultsOf(t, c.text); len(got) != 1 || !strings.Contains(got[0], c.says) || !strings.Contains(got[0], "Save it as UTF-8") {
			t.Errorf("%s: %q, want %s", name, got, c.says)
		}
	}
}

// What cannot be seen would be written to a terminal and into pages.
func TestReadSettings_Unseen(t *testing.T) {
	for _, unseen := range []string{`\u001b[2J`, `\u0080`, `\u009b`, `\u202e`, `\u2066`, `\n`, "\u202a", "\u2069", `\u007f`, `\u2028`} {
		for _, at := range []string{"name", "source", "timepoints[1]", "measures[0].name", "compare[0].by", "compare[0].ref"} {
			names := map[string]string{}
			names[at] = unseen
			text := fmt.Sprintf(`{"name": "x%sy", "source": "x%sy", "timepoints": ["a", "x%sy"], "days": [0, 7],
				"measures": [{"name": "x%sy", "higher_is_better": true}], "compare": [{"by": "x%sy", "ref": "x%sy"}]}`,
				names["name"], names["source"], names["timepoints[1]"], names["measures[0].name"], names["compare[0].by"], names["compare[0].ref"])
			if got := faultsOf(t, text); len(got) != 1 || got[0] != at+": This text holds a line break or another control character. Take it out." {
				t.Errorf("%s in %s: %q", unseen, at, got)
			}
		}
	}
	if got := faultsOf(t, `{"\u001b[2J": 1, `+plainSettings[1:]); len(got) != 1 || strings.Contains(got[0], "\x1b") {
		t.Errorf("a key: %q", got)
	}
	if got := faultsOf(t, strings.Replace(plainSettings, `"x"`, `"Zoë – 3 µg “ok” 日本 a\u00a0b"`, 1)); len(got) > 0 {
		t.Errorf("letters of any kind: %q", got)
	}
}

// Nobody mends a thousand things at once, and to look whether each was said
// before took long.
func TestReadSettings_EndlessComplaints(t *testing.T) {
	var keys strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&keys, `"k%d": 0, `, i)
	}
	if got := faultsOf(t, "{"+keys.String()+plainSettings[1:]); len(got) != 1000 {
		t.Errorf("%d complaints, want the first 1000", len(got))
	}
}
