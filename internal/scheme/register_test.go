package scheme_test

import (
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/scheme"
)

func dose(first, offered, attended int) scheme.Dose {
	d := scheme.Dose{Offered: offered, Attended: attended}
	if first > 0 {
		on, _ := scheme.ParseDay("2026-01-05")
		d.First = on.Plus(first)
	}
	return d
}

// What was typed and what registers hold, together.
func TestDoseWithRegisters(t *testing.T) {
	for name, c := range map[string]struct{ told, registers, want scheme.Dose }{
		"no register":                   {dose(3, 8, 2), dose(0, 0, 0), dose(3, 8, 2)},
		"registers alone":               {dose(0, 0, 0), dose(7, 3, 2), dose(7, 3, 2)},
		"a course of 8 is used up":      {dose(0, 8, 0), dose(7, 3, 2), dose(7, 8, 2)},
		"and then counted on":           {dose(0, 8, 0), dose(7, 9, 9), dose(7, 9, 9)},
		"6 of 6 before, 1 missed since": {dose(3, 6, 6), dose(0, 1, 0), dose(3, 7, 6)},
		"the earlier day is the first":  {dose(9, 1, 1), dose(7, 1, 1), dose(7, 2, 2)},
		"attended without an offer":     {dose(3, 0, 3), dose(7, 1, 1), dose(3, 4, 4)},
	} {
		if got := c.told.With(c.registers); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

// A prescription that is told to say something says it, and says it still when
// registers are taken back and given again; only what registers hold more of is
// refused.
func TestRetold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(name string) scheme.Dose {
			attended := rapid.IntRange(0, 4).Draw(rt, name+" attended")
			first := 0
			if attended > 0 {
				first = rapid.IntRange(1, 9).Draw(rt, name+" first")
			}
			return dose(first, attended+rapid.IntRange(0, 4).Draw(rt, name+" missed"), attended)
		}
		registers := draw("registers")
		p := scheme.Prescription{Told: draw("told")}.Registered(registers)
		all := draw("all")
		told, possible := p.Retold(all, registers)
		if !possible {
			less := all.Attended < registers.Attended || all.Offered < all.Attended-registers.Attended+registers.Offered ||
				!registers.First.IsZero() && (all.First.IsZero() || all.First.After(registers.First)) || all.First == p.FirstAttendedOn || all.First.IsZero()
			if !less {
				rt.Fatalf("%+v beside %+v is refused", all, registers)
			}
			return
		}
		p.Told = told
		if got := p.Registered(registers).Dose(); got != all {
			rt.Fatalf("told to say %+v it says %+v", all, got)
		}
		if same, ok := p.Registered(registers).Retold(all, registers); !ok || same != told {
			rt.Fatalf("told the same again: %+v, %+v", told, same)
		}
	})
}
