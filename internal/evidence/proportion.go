package evidence

import (
	"encoding/json"
	"fmt"

	"cairn/internal/stat"
)

// A Proportion is X people of N with Wilson's 95% interval, 0 to 1 (C9). With
// nobody to count (N = 0) and where X itself is not known (no threshold to
// count by) P, Lo and Hi are nil; the second is Unknown.
type Proportion struct {
	X  int      `json:"x" nullable:"true"`
	N  int      `json:"n"`
	P  *float64 `json:"p"`
	Lo *float64 `json:"lo"`
	Hi *float64 `json:"hi"`
}

// Unknown reports that X was not counted and stands for nothing.
func (p Proportion) Unknown() bool { return p.N > 0 && p.P == nil }

// MarshalJSON writes x as null where it was not counted: a 0 would read as
// nobody.
func (p Proportion) MarshalJSON() ([]byte, error) {
	type fields Proportion
	all := struct {
		X *int `json:"x"`
		fields
	}{&p.X, fields(p)}
	if p.Unknown() {
		all.X = nil
	}
	raw, err := json.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("write a proportion: %w", err)
	}
	return raw, nil
}

func (c *counted) proportion(path string, x, n int) Proportion {
	w := stat.Wilson(int64(x), int64(n))
	return Proportion{
		X: x, N: n,
		P:  c.gaps.counted(path+".p", w.P),
		Lo: c.gaps.counted(path+".lo", w.CI.Low),
		Hi: c.gaps.counted(path+".hi", w.CI.High),
	}
}

// uncounted is a proportion of n people of which nobody knows how many count.
func (c *counted) uncounted(path string, n int, why error) Proportion {
	if n == 0 {
		return c.proportion(path, 0, 0)
	}
	for _, part := range []string{".x", ".p", ".lo", ".hi"} {
		c.missing(path+part, why)
	}
	return Proportion{N: n}
}
