package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
)

// detail is how much of a comparison is printed.
type detail int

const (
	disagreements detail = iota // what differs, and the closing line
	everything                  // what is softly missing, and the widest difference that passed, too
)

// finding is one leaf that was not plainly equal.
type finding struct {
	at   path
	want string
	got  string
	off  float64 // relative difference; NaN where there is none
}

// tally is the outcome of one comparison.
type tally struct {
	compared int // leaves looked at, softly missing ones apart
	differ   []finding
	soft     []finding
	widest   finding // largest relative difference among those that passed
}

func (t *tally) agree() bool { return t.compared > 0 && len(t.differ) == 0 }

// absent stands for a key that GOT does not have.
type absent struct {
	underNull bool // something on the way to it is null
}

func compare(want, got any) *tally {
	t := &tally{}
	t.walk(nil, want, got)
	return t
}

func (t *tally) walk(at path, want, got any) {
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

func (t *tally) leaf(at path, want, got any) {
	if want == nil {
		switch missing, gone := got.(absent); {
		case got == nil:
			t.compared++
		case gone && missing.underNull, !gone && hollow(got):
			t.soft = append(t.soft, finding{at: at, want: "null", got: show(got), off: math.NaN()})
		default:
			t.unequal(at, want, got)
		}
		return
	}
	w, wanted := want.(float64)
	g, given := got.(float64)
	if !wanted || !given {
		if same(want, got) {
			t.compared++
			return
		}
		t.unequal(at, want, got)
		return
	}
	if !at.near(w, g) {
		t.unequal(at, want, got)
		return
	}
	t.compared++
	if off := relative(w, g); off > t.widest.off || t.widest.at == nil {
		t.widest = finding{at: at, want: show(want), got: show(got), off: off}
	}
}

func (t *tally) unequal(at path, want, got any) {
	t.compared++
	off := math.NaN()
	if w, ok := want.(float64); ok {
		if g, ok := got.(float64); ok {
			off = relative(w, g)
		}
	}
	t.differ = append(t.differ, finding{at: at, want: show(want), got: show(got), off: off})
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

func (t *tally) print(to io.Writer, how detail) error {
	for _, f := range t.differ {
		line := fmt.Sprintf("%s: want %s, got %s", f.at, f.want, f.got)
		if !math.IsNaN(f.off) {
			line += fmt.Sprintf(", relative difference %.3g", f.off)
		}
		if _, err := fmt.Fprintln(to, line); err != nil {
			return err
		}
	}
	if how == everything {
		for _, f := range t.soft {
			if _, err := fmt.Fprintf(to, "%s: softly missing, got %s\n", f.at, f.got); err != nil {
				return err
			}
		}
		if t.widest.at != nil {
			if _, err := fmt.Fprintf(to, "widest that passed: %s: want %s, got %s, relative difference %.3g\n",
				t.widest.at, t.widest.want, t.widest.got, t.widest.off); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintf(to, "%d keys compared, %d differ, %d softly missing\n", t.compared, len(t.differ), len(t.soft))
	return err
}
