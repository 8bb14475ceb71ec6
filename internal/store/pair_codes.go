package store

import (
	"fmt"

	"cairn/internal/scheme"
)

// Codes of narrow rows. They are stored: a code is never given to another
// value, and new values get new codes. The lists of package scheme keep the
// same promise.

// several is the code of scheme.Several, which is on no list.
const several = -1

func states() []scheme.State {
	return []scheme.State{scheme.Enrolled, scheme.BaselineOnly, scheme.Paired, scheme.FollowupOnly} // from 1
}

func exits() []scheme.Exit {
	return []scheme.Exit{scheme.Stayed, scheme.ExitDied, scheme.ExitMoved} // from 0
}

// occasions are those without a number of days, as 0, -1, -2 and so on.
func occasions() []scheme.Occasion {
	return []scheme.Occasion{scheme.FirstLast, scheme.Baseline, scheme.Waiting, scheme.End, scheme.Later}
}

// A coder writes codes and remembers the first value that has none.
type coder struct{ err error }

// term is 0 for not recorded, else the value's number on its list.
func (c *coder) term(list []scheme.Term, value string) int {
	n := scheme.Code(list, value)
	if n == 0 && value != "" {
		c.unknown(value)
	}
	return n
}

func (c *coder) unknown(value string) {
	if c.err == nil {
		c.err = fmt.Errorf("%q has no code", value)
	}
}

// place is the index of value in list.
func place[T ~string](c *coder, list []T, value T) int {
	for i, v := range list {
		if v == value {
			return i
		}
	}
	c.unknown(string(value))
	return 0
}

func (c *coder) occasion(o scheme.Occasion) int {
	if days, fixed := o.Days(); fixed {
		return days
	}
	return -place(c, occasions(), o)
}

func (c *coder) category(value scheme.Category) int {
	if value == scheme.Several {
		return several
	}
	return c.term(scheme.Categories(), string(value))
}

// A decoder is a coder backward.
type decoder struct{ err error }

func (d *decoder) term(list []scheme.Term, code int) string {
	if code == 0 {
		return ""
	}
	if code < 0 || code > len(list) {
		d.unknown(code)
		return ""
	}
	return list[code-1].Value
}

func (d *decoder) unknown(code int) {
	if d.err == nil {
		d.err = fmt.Errorf("nothing has the code %d", code)
	}
}

func at[T any](d *decoder, list []T, i int) (value T) {
	if i < 0 || i >= len(list) {
		d.unknown(i)
		return value
	}
	return list[i]
}

func (d *decoder) occasion(code int) scheme.Occasion {
	if code > 0 {
		return scheme.FixedTime(code)
	}
	return at(d, occasions(), -code)
}

func (d *decoder) category(code int) scheme.Category {
	if code == several {
		return scheme.Several
	}
	return scheme.Category(d.term(scheme.Categories(), code))
}
