package agree_test

import (
	"os"
	"strings"
	"testing"

	"cairn/internal/testkit/agree"
)

func parsed(t *testing.T, text string) any {
	t.Helper()
	tree, err := agree.Tree([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, want, got        string
		compared, differ, soft int
	}{
		{"equal", `{"a":1.5,"s":"x","l":["a","b"],"b":true,"z":null}`, `{"a":1.5,"s":"x","l":["a","b"],"b":true,"z":null,"more":7}`, 6, 0, 0},
		{"closed form, inside", `{"t":3.0}`, `{"t":3.0000000029}`, 1, 0, 0},
		{"closed form, outside", `{"t":3.0}`, `{"t":3.0000000031}`, 1, 1, 0},
		{"the floor holds near 0", `{"t":0}`, `{"t":9e-13}`, 1, 0, 0},
		{"the floor ends", `{"t":0}`, `{"t":2e-12}`, 1, 1, 0},
		{"counts are exact", `{"n_paired":1000000000000}`, `{"n_paired":1000000000001}`, 1, 1, 0},
		{"counts in lists are exact", `{"counts_if_qnorm":[3,0]}`, `{"counts_if_qnorm":[3,1e-13]}`, 2, 1, 0},
		{"iterative", `{"pooled_smcr":{"REML":{"tau2":1}}}`, `{"pooled_smcr":{"REML":{"tau2":1.0000009}}}`, 1, 0, 0},
		{"iterative, outside", `{"REML":{"tau2":1}}`, `{"REML":{"tau2":1.0000011}}`, 1, 1, 0},
		{"closed form beside it", `{"DL":{"tau2":1}}`, `{"DL":{"tau2":1.0000009}}`, 1, 1, 0},
		{"Q-profile under DL", `{"DL":{"tau2_ci_qprofile":[0,1]}}`, `{"DL":{"tau2_ci_qprofile":[0,1.0000009]}}`, 2, 0, 0},
		{"a scheme called PM", `{"by_scheme":{"PM":{"t":1}}}`, `{"by_scheme":{"PM":{"t":1.0000009}}}`, 1, 1, 0},
		{"far tail, inside", `{"p":1e-40}`, `{"p":1.0000009e-40}`, 1, 0, 0},
		{"far tail has no floor", `{"p":1e-40}`, `{"p":2e-40}`, 1, 1, 0},
		{"far tail is not 0", `{"p_exact":1e-13}`, `{"p_exact":0}`, 1, 1, 0},
		{"0 wanted, below the normal doubles got", `{"p":0}`, `{"p":1e-310}`, 1, 0, 0},
		{"0 got, below the normal doubles wanted", `{"p":1e-310}`, `{"p":0}`, 1, 1, 0},
		{"0 wanted, a number got", `{"p":0}`, `{"p":1e-300}`, 1, 1, 0},
		{"a group called n", `{"adjusted_means":{"n":3}}`, `{"adjusted_means":{"n":3.0000000001}}`, 1, 0, 0},
		{"log10_p is not a probability", `{"log10_p":0}`, `{"log10_p":1e-13}`, 1, 0, 0},
		{"null is not 0", `{"p":null}`, `{"p":0}`, 1, 1, 0},
		{"0 is not null", `{"p":0}`, `{"p":null}`, 1, 1, 0},
		{"a key is missing", `{"a":{"b":1}}`, `{"a":{}}`, 1, 1, 0},
		{"a key for null is missing", `{"a":{"b":null}}`, `{"a":{}}`, 1, 1, 0},
		{"its parent is null", `{"a":{"b":null,"c":2}}`, `{"a":null}`, 1, 1, 1},
		{"null wanted, hollow got", `{"a":null}`, `{"a":{"b":null,"c":[null,null]}}`, 0, 0, 1},
		{"null wanted, one value got", `{"a":null}`, `{"a":{"b":null,"c":[null,1]}}`, 1, 1, 0},
		{"strings", `{"m":"exact"}`, `{"m":"exakt"}`, 1, 1, 0},
		{"a list is shorter", `{"l":["a","b"]}`, `{"l":["a"]}`, 1, 1, 0},
		{"an empty list", `{"l":[]}`, `{"l":[]}`, 1, 0, 0},
		{"an empty list against null", `{"l":[]}`, `{"l":null}`, 1, 1, 0},
		{"text for a number", `{"t":1}`, `{"t":"1"}`, 1, 1, 0},
		{"nothing to compare", `{"results":{}}`, `{"results":{}}`, 0, 0, 0},
		{"an empty object against null", `{"a":{}}`, `{"a":null}`, 1, 1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			tally := agree.Compare(parsed(t, c.want), parsed(t, c.got))
			if tally.Compared != c.compared || tally.Differ != c.differ || tally.Soft != c.soft {
				t.Errorf("%d compared, %d differ, %d soft; want %d, %d, %d",
					tally.Compared, tally.Differ, tally.Soft, c.compared, c.differ, c.soft)
			}
		})
	}
}

// A comparison that looked at nothing must not pass.
func TestNothingComparedIsRed(t *testing.T) {
	for _, pair := range [][2]string{{`{"a":null}`, `{"a":{"b":null}}`}, {`{"results":{}}`, `{"results":{}}`}, {`{}`, `{"a":1}`}} {
		if agree.Compare(parsed(t, pair[0]), parsed(t, pair[1])).Agree() {
			t.Errorf("%s and %s agreed without a single leaf compared", pair[0], pair[1])
		}
	}
}

// An acceptance case agrees with itself, and every single number of it, when it
// is moved, is reported.
func TestCompare_GoesRedAtEveryNumber(t *testing.T) {
	raw, err := os.ReadFile("../../../testdata/acceptance/madeup/expected.json")
	if err != nil {
		t.Fatal(err)
	}
	want, moving := parsed(t, string(raw)), parsed(t, string(raw))
	whole := agree.Compare(want, moving)
	if !whole.Agree() {
		t.Errorf("against itself:\n%s", whole)
	}
	moved := 0
	nudge(moving, func(restore func()) {
		moved++
		tally := agree.Compare(want, moving)
		restore()
		if tally.Differ != 1 || tally.Compared != whole.Compared {
			t.Errorf("number %d moved: %d differ of %d", moved, tally.Differ, tally.Compared)
		}
	})
	if moved < 1000 {
		t.Errorf("only %d numbers moved", moved)
	}
}

// nudge moves each number once, by a part in 100,000, and calls look.
func nudge(value any, look func(restore func())) {
	move := func(number float64, set func(any)) {
		set(number*1.00001 + 1e-8)
		look(func() { set(number) })
	}
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			if number, ok := inner.(float64); ok {
				move(number, func(v any) { value[key] = v })
			}
			nudge(inner, look)
		}
	case []any:
		for i, inner := range value {
			if number, ok := inner.(float64); ok {
				move(number, func(v any) { value[i] = v })
			}
			nudge(inner, look)
		}
	}
}

func TestString(t *testing.T) {
	got := agree.Compare(parsed(t, `{"a":{"t":2,"z":null},"n":3,"u":0.5}`), parsed(t, `{"a":null,"n":4,"u":0.5}`)).String()
	want := strings.Join([]string{
		"a / t: want 2, got missing",
		"n: want 3, got 4, relative difference 0.333",
		"a / z: softly missing, got missing",
		"widest that passed: u: want 0.5, got 0.5, relative difference 0",
		"3 keys compared, 2 differ, 1 softly missing",
	}, "\n")
	if got != want {
		t.Errorf("printed\n%s\nwant\n%s", got, want)
	}
}

// A struct is compared as it is written: by its JSON names, and what has no
// number in JSON is refused.
func TestTree(t *testing.T) {
	tree, err := agree.Tree(struct {
		N int      `json:"n"`
		P *float64 `json:"p"`
	}{N: 3})
	if err != nil {
		t.Fatal(err)
	}
	if tally := agree.Compare(parsed(t, `{"n":3,"p":null}`), tree); !tally.Agree() {
		t.Errorf("a struct: %s", tally)
	}
	if _, err := agree.Tree(func() {}); err == nil {
		t.Error("a function was written as JSON")
	}
	if _, err := agree.Tree([]byte(`{"n":NaN}`)); err == nil {
		t.Error("NaN was read as JSON")
	}
}
