package exchange_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"cairn/internal/exchange"
)

// given for what is there.
func TestWriteJSON_EveryNullHasItsReason(t *testing.T) {
	poor := `{"name": "poor", "timepoints": ["a", "b"], "days": [0, 7],
		"measures": [{"name": "mood", "higher_is_better": false, "min": 0}],
		"compare": [{"by": "scheme", "ref": "Riverside"}]}`
	s, err := exchange.ReadSettings(strings.NewReader(poor))
	if err != nil {
		t.Fatal(err)
	}
	d, err := exchange.Read(strings.NewReader("person_id,scheme,mood.a,mood.b\na,Riverside,3,2.5\nb,Riverside,4,\nc,Hilltop,3,4\nd,Hilltop,5,6\ne,Hilltop,1,\nf,Quiet,,2\n"), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]*exchange.Data{"poor": d, "madeup": load(t, "madeup", "wide.csv"), "sleep": load(t, "sleep", "wide.csv")} {
		r, err := data.Evaluate()
		if err != nil {
			t.Fatal(err)
		}
		var raw bytes.Buffer
		if err := r.WriteJSON(&raw); err != nil {
			t.Fatal(err)
		}
		var all struct {
			Results map[string]map[string]any `json:"results"`
		}
		if err := json.Unmarshal(raw.Bytes(), &all); err != nil {
			t.Fatal(err)
		}
		nulls := 0
		for span, group := range all.Results {
			nulls += explained(t, name+" "+span, group)
		}
		if nulls == 0 {
			t.Errorf("%s has no null at all", name)
		}
	}
}

// explained checks one object that holds reasons, and those within it, and
// returns how many nulls there were.
func explained(t *testing.T, where string, scope map[string]any) int {
	t.Helper()
	reasons, _ := scope["reasons"].(map[string]any)
	used := map[string]bool{}
	nulls := 0
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case nil:
			nulls++
			at := path
			for reasons[at] == nil && strings.Contains(at, ".") {
				at = at[:strings.LastIndex(at, ".")]
			}
			if reasons[at] == nil {
				t.Errorf("%s: %s is null without a reason", where, path)
			}
			used[at] = true
		case []any:
			for _, one := range v {
				walk(path, one)
			}
		case map[string]any:
			for key, below := range v {
				inner, object := below.(map[string]any)
				switch {
				case key == "reasons":
				case object && (path == "by_scheme" || path == "" && (key == "overall" || strings.HasPrefix(key, "compare_"))):
					nulls += explained(t, where+" "+key, inner)
				default:
					walk(strings.TrimPrefix(path+"."+key, "."), below)
				}
			}
		}
	}
	walk("", scope)
	var idle []string
	for at := range reasons {
		if !used[at] {
			idle = append(idle, at)
		}
	}
	slices.Sort(idle)
	if len(idle) > 0 {
		t.Errorf("%s: a reason is given for what is there: %s", where, strings.Join(idle, ", "))
	}
	return nulls
}
