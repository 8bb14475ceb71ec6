package store

import (
	"strings"
	"testing"

	"cairn/internal/scheme"
)

// Codes are stored in every pair, so what they mean never changes: this test
// may gain words at the end of a line and lose or move none.
func TestCodesKeepTheirMeaning(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		list []scheme.Term
		want string
	}{
		"ages":        {scheme.AgeBands(), "under-18 18-24 25-34 35-44 45-54 55-64 65-74 75-84 85-over"},
		"sexes":       {scheme.Sexes(), "female male other"},
		"ethnicities": {scheme.Ethnicities(), "asian black mixed white other"},
		"sources":     {scheme.Sources(), "general-practice pharmacy multidisciplinary-team hospital-discharge allied-health fire-service police job-centre social-care housing voluntary-sector self"},
		"categories":  {scheme.Categories(), "volunteering arts group-learning gardening befriending cookery healthy-eating sport nature heritage peer-support advice"},
		"OT":          {scheme.OTLevels(), "none advised assessed led"},
		"channels":    {scheme.Channels(), "in-person phone video post online"},
		"helpers":     {scheme.Helpers(), "nobody deliverer staff interpreter family"},
	} {
		var c0 coder
		var d decoder
		for i, value := range strings.Fields(c.want) {
			if got := c0.term(c.list, value); got != i+1 {
				t.Errorf("%s: %s has the code %d, not %d", name, value, got, i+1)
			}
			if got := d.term(c.list, i+1); got != value {
				t.Errorf("%s: the code %d is %s, not %s", name, i+1, got, value)
			}
		}
		if len(c.list) != len(strings.Fields(c.want)) {
			t.Errorf("%s gained a value: add it here, at the end", name)
		}
		if c0.err != nil || d.err != nil {
			t.Error(c0.err, d.err)
		}
	}
	for code, o := range map[int]scheme.Occasion{0: scheme.FirstLast, -1: scheme.Baseline, -2: scheme.Waiting, -3: scheme.End, -4: scheme.Later, 84: "day-84"} {
		var c coder
		var d decoder
		if c.occasion(o) != code || d.occasion(code) != o || c.err != nil || d.err != nil {
			t.Errorf("%s is %d and %d is %s", o, c.occasion(o), code, d.occasion(code))
		}
	}
}

func TestWhatHasNoCodeIsRefused(t *testing.T) {
	t.Parallel()
	for name, act := range map[string]func(*coder, *decoder){
		"term":      func(c *coder, d *decoder) { c.term(scheme.Sexes(), "none"); d.term(scheme.Sexes(), 4) },
		"negative":  func(c *coder, d *decoder) { c.category("none"); d.category(-2) },
		"occasions": func(c *coder, d *decoder) { c.occasion("none"); d.occasion(-9) },
		"states":    func(c *coder, d *decoder) { place(c, states(), "none"); at(d, states(), -1) },
	} {
		var c coder
		var d decoder
		act(&c, &d)
		if c.err == nil || d.err == nil {
			t.Errorf("%s: %v, %v", name, c.err, d.err)
		}
	}
}
