package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
)

// A comparison holds figures against an expected.json: every key that both
// have, within the tolerances of docs/statistics.md. A key of ours that the
// expected file does not have is the product's own.
type comparison struct {
	t    *testing.T
	keys int // numbers, texts and nulls compared
}

func (c *comparison) same(path string, got, want any) {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			c.t.Errorf("%s is no object", path)
			return
		}
		for key, w := range want {
			if g, there := got[key]; there {
				c.same(path+"."+key, g, w)
			}
		}
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			c.t.Errorf("%s is %v, want %v", path, got, want)
			return
		}
		for i := range want {
			c.same(fmt.Sprintf("%s[%d]", path, i), got[i], want[i])
		}
	case float64:
		c.keys++
		if g, ok := got.(float64); !ok || !near(path, g, want) {
			c.t.Errorf("%s is %v, want %v", path, got, want)
		}
	default:
		c.keys++
		if got != want {
			c.t.Errorf("%s is %v, want %v", path, got, want)
		}
	}
}

// near: closed forms to 1e-9, what is iterated or a p-value beyond 1e-9 to 1e-6.
func near(path string, got, want float64) bool {
	relative, floor := 1e-9, 1e-12
	if strings.Contains(path, "_nct_") || math.Abs(want) < 1e-9 {
		relative, floor = 1e-6, 1e-9
		if strings.Contains(path, ".p") {
			floor = 0
		}
	}
	return math.Abs(got-want) <= math.Max(relative*math.Abs(want), floor)
}

// tree is v as JSON sees it.
func tree(t *testing.T, v any) map[string]any {
	t.Helper()
	raw, ok := v.([]byte)
	if !ok {
		var err error
		if raw, err = json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
	var top map[string]any
	if err := json.Unmarshal(raw, &top); err != nil {
		t.Fatal(err)
	}
	return top
}
