package measure_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cairn/internal/fault"
	"cairn/internal/measure"
)

// pasted is a file of words for SWEMWBS. The words are nobody's.
func pasted() string {
	var b strings.Builder
	b.WriteString("words_of: swemwbs\nlicence: {reference: W-1, by: Ann, on: 2026-11-22}\npresentation: {ways: [screen]}\nintro: Read on.\nitems:\n")
	for i := 1; i <= 7; i++ {
		fmt.Fprintf(&b, "  item-%d: Statement %d\n", i, i)
	}
	b.WriteString("options: {1: one, 2: two, 3: three, 4: four, 5: five}\n")
	return b.String()
}

// Words change what is asked and shown, and nothing about scores.
func TestSuppliedWords(t *testing.T) {
	plain := bundled(t, "swemwbs")
	if plain.ByItems() {
		t.Fatal("without words there is nothing to ask by")
	}
	w, err := measure.ReadWords([]byte(pasted()))
	if err != nil {
		t.Fatal(err)
	}
	d, err := plain.Supply(w)
	if err != nil {
		t.Fatal(err)
	}
	if !d.ByItems() || d.Items[6].Text != "Statement 7" || d.Answers(d.Items[0])[4].Text != "five" || d.Licence.Confirmed.By != "Ann" || d.Presentation.Ways[0] != measure.Screen {
		t.Errorf("%+v", d)
	}
	if plain.Items[0].Text != "" || len(plain.Options) > 0 {
		t.Error("the library's own copy was written into")
	}
	ignored := cmpopts.IgnoreFields(measure.Definition{}, "Items", "Options", "Intro", "Licence", "Presentation")
	if diff := cmp.Diff(plain, d, ignored); diff != "" {
		t.Error(diff)
	}
	if bare, err := d.Unworded(); err != nil || bare.Intro != "" || bare.Items[6].Text != "" || bare.Options != nil || *bare.Licence.Confirmed != w.Licence || bare.Presentation.Ways[0] != measure.Screen {
		t.Errorf("%v: %+v", err, bare)
	}
	if again, err := d.Supply(w); err != nil || !cmp.Equal(d, again) {
		t.Errorf("the same words again: %v, %s", err, cmp.Diff(d, again))
	}
	if !measure.HoldsWords([]byte(pasted())) || measure.HoldsWords([]byte("key: k\n")) || measure.HoldsWords([]byte("{")) {
		t.Error("a file of words is told by words_of")
	}
}

// Both ways round: the points of an answer outlast its words.
func TestSuppliedWordsKeepPoints(t *testing.T) {
	w := measure.Words{Of: "djg6", Licence: measure.Confirmation{Reference: "r", By: "Ann", On: "2026-11-22"}, Items: map[string]string{}, Options: map[int]string{1: "a", 2: "b", 3: "c"}}
	plain := bundled(t, "djg6")
	for _, it := range plain.Items {
		w.Items[it.Key] = "Statement " + it.Key
	}
	d, err := plain.Supply(w)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]int{"emotional-1": 3, "social-1": 3, "social-2": 1, "emotional-2": 1, "social-3": 2, "emotional-3": 2}
	if diff := cmp.Diff(scoredOf(plain, said), scoredOf(d, said)); diff != "" {
		t.Error(diff)
	}
	bare, err := d.Unworded()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(plain, bare, cmpopts.IgnoreFields(measure.Definition{}, "Licence")); diff != "" {
		t.Errorf("without its words it is not as it ships: %s", diff)
	}
	if d.Items[0].Text == "" || d.Items[0].Options[0].Text != "a" {
		t.Error("the version with words was written into")
	}
}

func TestSupplyRefuses(t *testing.T) {
	for name, c := range map[string]struct{ from, to string }{
		"unknown key":        {"intro:", "outro:"},
		"an item too few":    {"  item-7: Statement 7\n", ""},
		"an item too many":   {"options:", "  item-8: Statement 8\noptions:"},
		"an answer too few":  {", 5: five", ""},
		"an answer too many": {", 5: five", ", 5: five, 6: six"},
		"no reference":       {"reference: W-1, ", ""},
		"nobody":             {"by: Ann, ", ""},
		"no day":             {"2026-11-22", "last week"},
		"bundled":            {"swemwbs", "phq9"},
		"score only":         {"swemwbs", "mohost"},
		"without items":      {"swemwbs", "eq-vas"},
	} {
		raw := strings.Replace(pasted(), c.from, c.to, 1)
		w, err := measure.ReadWords([]byte(raw))
		if err == nil {
			_, err = bundled(t, w.Of).Supply(w)
		}
		if !fault.Is(err, fault.MeasureInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A preview says what a form would ask and what answers give.
func TestPreview(t *testing.T) {
	for key, says := range map[measure.Key][]string{
		"core10":  {"2. I have felt I have someone", "counted in reverse", "All answers lowest: core10 8", "All answers highest: core10 32", "at least 6 points"},
		"swemwbs": {"in the words of the licensed form", "converted from swemwbs-raw by a table", "swemwbs-metric 35", "more than 2.87 points"},
		"who5":    {"who5-raw times 4", "no agreed threshold"},
		"gas":     {"Goal 1: attainment [goal-1-attained: -2 to 2]", "goal attainment T"},
		"tom":     {"0 to 5", "All answers highest: tom-impairment 5"},
		"eq-vas":  {"typed in, 0 to 100, higher is better"},
	} {
		var b bytes.Buffer
		if err := bundled(t, key).Preview(&b); err != nil {
			t.Fatal(err)
		}
		for _, s := range says {
			if !strings.Contains(b.String(), s) {
				t.Errorf("%s does not say “%s”:\n%s", key, s, b.String())
			}
		}
	}
}

// The file that the documentation shows is one that can be added.
func TestDocumentedMeasure(t *testing.T) {
	text, err := os.ReadFile("../../docs/measures.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	d, err := measure.Read([]byte(example))
	if err != nil {
		t.Fatal(err)
	}
	made, err := d.FromItems(map[string]int{"outside": 2, "bored": 0})
	if err != nil || len(made) != 1 || made[0].Level != 6 {
		t.Errorf("%v, %v", made, err)
	}
}
