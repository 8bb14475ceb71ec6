// Package agree compares figures that are wanted (R's answers) with figures
// that were got (the product's), leaf by leaf.
//
// It is for tests and for no room of the product. It knows the tolerances of
// the acceptance conventions and nothing of any statistic. It promises that no
// wanted key is passed over: every leaf is equal, different, or said to be
// softly missing (null was wanted, and what would hold it is null as a whole).
// Keys that only the product has are its own.
package agree

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Tally is the outcome of one comparison.
type Tally struct {
	Compared int // leaves looked at, softly missing ones apart
	Differ   int // of those, leaves that are not within the tolerance
	Soft     int // leaves softly missing

	differ []finding
	soft   []finding
	widest finding // largest relative difference among those that passed
}

// finding is one leaf that was not plainly equal.
type finding struct {
	at   path
	want string
	got  string
	off  float64 // relative difference; NaN where there is none
}

// Agree reports that something was compared and nothing differs: a comparison
// that looked at nothing must not pass.
func (t *Tally) Agree() bool { return t.Compared > 0 && t.Differ == 0 }

// absent stands for a key that the figures got do not have.
type absent struct {
	underNull bool // something on the way to it is null
}

// Compare walks what is wanted and looks for each leaf in what was got. Both
// are trees as encoding/json makes them of any; see Tree.
func Compare(want, got any) *Tally {
	t := &Tally{}
	t.walk(nil, want, got)
	t.Differ, t.Soft = len(t.differ), len(t.soft)
	return t
}

// Tree is v as encoding/json reads it back. Bytes are JSON already.
func Tree(v any) (any, error) {
	raw, written := v.([]byte)
	if !written {
		var err error
		if raw, err = json.Marshal(v); err != nil {
			return nil, fmt.Errorf("write as JSON: %w", err)
		}
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return nil, fmt.Errorf("read as JSON: %w", err)
	}
	return tree, nil
}

func (t *Tally) walk(at path, want, got any) {
	switch want := want.(type) {
	case map[string]any:
		if _, ok := got.(map[string]any); len(want) == 0 && !ok {
			t.unequal(at, want, got) // an empty object has no leaf, so a right one counts for nothing
		}
		for _, key := range slices.Sorted(maps.Keys(want)) {
			t.walk(at.with(key), want[key], member(got, key))
		}
	case []any:
		list, ok := got.([]any)
		if len(want) == 0 || (ok && len(list) != len(want)) {
			t.leaf(at, want, got)
			return
		}
		for i, value := range want {
			t.walk(at.with(strconv.Itoa(i)), value, element(got, i))
		}
	default:
		t.leaf(at, want, got)
	}
}

func member(got any, key string) any {
	switch got := got.(type) {
	case nil:
		return absent{underNull: true}
	case absent:
		return got
	case map[string]any:
		if value, ok := got[key]; ok {
			return value
		}
	}
	return absent{}
}

func element(got any, i int) any {
	switch got := got.(type) {
	case nil:
		return absent{underNull: true}
	case absent:
		return got
	case []any:
		return got[i] // the lengths are known to be equal
	}
	return absent{}
}

func (t *Tally) leaf(at path, want, got any) {
	if want == nil {
		switch missing, gone := got.(absent); {
		case got == nil:
			t.Compared++
		case gone && missing.underNull, !gone && hollow(got):
			t.soft = append(t.soft, finding{at: slices.Clone(at), want: "null", got: show(got), off: math.NaN()})
		default:
			t.unequal(at, want, got)
		}
		return
	}
	w, wanted := want.(float64)
	g, given := got.(float64)
	if !wanted || !given {
		if same(want, got) {
			t.Compared++
			return
		}
		t.unequal(at, want, got)
		return
	}
	if !at.near(w, g) {
		t.unequal(at, want, got)
		return
	}
	t.Compared++
	if off := relative(w, g); off > t.widest.off || t.widest.at == nil {
		t.widest = finding{at: slices.Clone(at), want: show(want), got: show(got), off: off}
	}
}

func (t *Tally) unequal(at path, want, got any) {
	t.Compared++
	off := math.NaN()
	if w, ok := want.(float64); ok {
		if g, ok := got.(float64); ok {
			off = relative(w, g)
		}
	}
	t.differ = append(t.differ, finding{at: slices.Clone(at), want: show(want), got: show(got), off: off})
}

// same compares what is not a pair of numbers. Lists come here only when they
// are empty or of different length.
func same(want, got any) bool {
	switch want := want.(type) {
	case []any:
		list, ok := got.([]any)
		return ok && len(want) == len(list)
	case string, bool:
		return want == got
	}
	return false
}

// hollow says that nothing inside holds a value.
func hollow(got any) bool {
	switch got := got.(type) {
	case nil:
		return true
	case []any:
		return len(got) > 0 && !slices.ContainsFunc(got, func(v any) bool { return !hollow(v) })
	case map[string]any:
		for _, value := range got {
			if !hollow(value) {
				return false
			}
		}
		return len(got) > 0
	}
	return false
}

func show(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case absent:
		return "missing"
	case float64:
		return strconv.FormatFloat(value, 'g', 17, 64)
	case string:
		return strconv.Quote(value)
	}
	text := fmt.Sprint(value)
	if len(text) > 200 {
		return text[:200] + "..."
	}
	return text
}

// String lists what differs, what is softly missing and the widest difference
// that passed, one a line, and closes with the counts.
func (t *Tally) String() string {
	var text strings.Builder
	for _, f := range t.differ {
		fmt.Fprintf(&text, "%s: want %s, got %s", f.at, f.want, f.got)
		if !math.IsNaN(f.off) {
			fmt.Fprintf(&text, ", relative difference %.3g", f.off)
		}
		text.WriteByte('\n')
	}
	for _, f := range t.soft {
		fmt.Fprintf(&text, "%s: softly missing, got %s\n", f.at, f.got)
	}
	if w := t.widest; w.at != nil {
		fmt.Fprintf(&text, "widest that passed: %s: want %s, got %s, relative difference %.3g\n", w.at, w.want, w.got, w.off)
	}
	fmt.Fprintf(&text, "%d keys compared, %d differ, %d softly missing", t.Compared, t.Differ, t.Soft)
	return text.String()
}
