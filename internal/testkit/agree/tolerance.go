package agree

import (
	"math"
	"slices"
	"strings"
)

// path is the way to a leaf: keys, and positions in lists as text.
type path []string

// with is the way one step on. It may lie in p's own memory, so that whoever
// keeps a path keeps a clone.
func (p path) with(key string) path { return append(p, key) }

func (p path) String() string {
	if len(p) == 0 {
		return "(the whole file)"
	}
	return strings.Join(p, " / ")
}

// key is the last part of the path that is not a position in a list.
func (p path) key() string {
	for _, part := range slices.Backward(p) {
		if strings.Trim(part, "0123456789") != "" {
			return part
		}
	}
	return ""
}

// near is the rule of the acceptance conventions, C16.
func (p path) near(want, got float64) bool {
	relative, floor := 1e-9, 1e-12
	switch {
	case p.named(): // a group may be called x or p
	case p.count():
		return want == got
	case p.probability() && math.Abs(want) < 1e-9:
		relative, floor = 1e-6, tail(got)
	case p.iterative():
		relative, floor = 1e-6, 1e-9
	}
	return math.Abs(got-want) <= max(floor, relative*math.Abs(want))
}

// tail is the floor far out in a tail: none, but below the smallest normal
// double R says 0 where there still are numbers. A 0 that was got earns none.
func tail(got float64) float64 {
	if got > 0 {
		return 0x1p-1022
	}
	return 0
}

// named: the last part is a group's name and not a key.
func (p path) named() bool {
	return len(p) > 1 && strings.HasPrefix(p[len(p)-2], "adjusted_mean")
}

// count: people, schemes and degrees of freedom that are whole by definition.
func (p path) count() bool {
	switch key := p.key(); key {
	case "x", "n", "k", "df", "df1", "df2", "df_resid", "Q_df", "completed", "lost":
		return true
	default:
		return strings.HasPrefix(key, "n_") || strings.HasPrefix(key, "counts_if_")
	}
}

func (p path) probability() bool {
	key := p.key()
	return key == "p" || strings.HasPrefix(key, "p_") || key != "log10_p" && (strings.HasSuffix(key, "_p") || strings.Contains(key, "_p_"))
}

// iterative: found by search, so that two good programs agree to fewer digits.
func (p path) iterative() bool {
	if key := p.key(); key == "tau2_ci_qprofile" || strings.HasPrefix(key, "d_z_ci_nct_") {
		return true
	}
	return slices.ContainsFunc([]string{"REML", "PM"}, func(method string) bool {
		at := slices.Index(p, method)
		return at == 0 || at > 0 && strings.HasPrefix(p[at-1], "pooled_") // not a scheme of that name
	})
}

func relative(want, got float64) float64 {
	if want == got {
		return 0
	}
	return math.Abs(got-want) / max(math.Abs(want), math.SmallestNonzeroFloat64)
}
