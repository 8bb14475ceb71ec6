package intake_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

// Names are no references, also with an initial, a number, or run together; codes are.
func TestReferencesAreNoNames(t *testing.T) {
	first := strings.Fields("Aisha Bob Carol David Emma Fiona George Harriet")
	last := strings.Fields("Begum Carpenter Hopper Ali Raman")
	var r *rand.Rand
	random := func(n int, of string) string {
		var out strings.Builder
		for range n {
			out.WriteByte(of[r.IntN(len(of))])
		}
		return out.String()
	}
	const base36, hex = "0123456789abcdefghijklmnopqrstuvwxyz", "0123456789abcdef"
	for what, c := range map[string]struct {
		as   func(f, l string, n int) string
		name bool
	}{
		"initial and surname": {func(f, l string, _ int) string { return f[:1] + " " + l }, true},
		"name and initial":    {func(f, l string, _ int) string { return f + " " + l[:1] }, true},
		"name and number":     {func(f, _ string, n int) string { return fmt.Sprint(f, n) }, true},
		"names and number":    {func(f, l string, n int) string { return fmt.Sprint(f, " ", l, " ", n) }, true},
		"with a dot":          {func(f, l string, _ int) string { return f[:1] + "." + l }, true},
		"run together":        {func(f, l string, _ int) string { return strings.ToLower(l + f[:1]) }, true},
		"in capitals":         {func(f, l string, _ int) string { return strings.ToUpper(l) + "_" + f[:1] }, true},
		"accents": {func(_, _ string, n int) string {
			return []string{"Śliwa", "Müller", "Ó Briain", "Żakowska", "Łukaszx", "Groß"}[n%6] + fmt.Sprint(n)
		}, true},
		"one word":            {func(_, _ string, n int) string { return fmt.Sprintf("Client-%03d", n) }, false},
		"of sites":            {func(_, _ string, n int) string { return []string{"Garden", "Hilltop", "Choir"}[n%3] + fmt.Sprint(n) }, false},
		"numbers":             {func(_, _ string, n int) string { return fmt.Sprint(1000 + n) }, false},
		"letters and numbers": {func(_, _ string, n int) string { return random(2, "ABCDEFGHIJ") + fmt.Sprint(1000+n) }, false},
		"months": {func(_, _ string, n int) string {
			return strings.Fields("March April June July August September October")[n%7] + fmt.Sprint(n)
		}, false},
		"base 36":             {func(string, string, int) string { return random(8, base36) }, false},
		"capitals of base 36": {func(string, string, int) string { return strings.ToUpper(random(10, base36)) }, false},
		"hex":                 {func(string, string, int) string { return random(16, hex) }, false},
		"UUIDs": {func(string, string, int) string {
			return random(8, hex) + "-" + random(4, hex) + "-" + random(4, hex) + "-" + random(12, hex)
		}, false},
		"letters of a machine": {func(string, string, int) string { return random(5, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }, false},
	} {
		t.Run(what, func(t *testing.T) {
			r = rand.New(rand.NewPCG(1, 2))
			for _, times := range []int{1, 2} {
				text := "Client ID,Stage,Date,PHQ-9\n"
				for n := range 40 {
					who := c.as(first[n/5], last[n%5], n)
					for range times {
						text += who + ",pre,05/01/2026,9\n"
					}
				}
				m, err := intake.Guess(open(t, []byte(text)), known(t, "Riverside"))
				if c.name {
					refused(t, err, fault.FileHeader, "A name or an NHS number is no reference")
				} else if err != nil || m.Sheets[0].Columns[0].Takes != intake.TakesReference {
					t.Errorf("%v: %s", err, text[:120])
				}
			}
		})
	}
	// A few rows say too little, unless hardly any two of them are alike.
	for text, name := range map[string]bool{"Aisha1": false, "Aisha1 Aisha2 Aisha3": false, "Aisha1 Carpenter2 Begum3": true, "Garden1 Garden2 Choir1": false, "FHIR-ORDER FHIR-ONCE": false, "CARE-Aisha CARE-Carpenter CARE-Begum": true} {
		file := "Client ID,Stage,Date,PHQ-9\n"
		for _, who := range strings.Fields(text) {
			file += who + ",pre,05/01/2026,9\n"
		}
		if _, err := intake.Guess(open(t, []byte(file)), known(t, "Riverside")); (err != nil) != name {
			t.Errorf("%s: %v", text, err)
		}
	}
	// References of which each begins with its scheme are none of names.
	file := "Client ID,Service,Date,PHQ-9\n"
	for n, site := range strings.Fields("Garden Hilltop Choir Allotment Lowland Riverside") {
		file += fmt.Sprintf("%s-%d,%s,05/01/2026,9\n", site, n, site)
	}
	if _, err := intake.Guess(open(t, []byte(file)), known(t)); err != nil {
		t.Error(err)
	}
}
