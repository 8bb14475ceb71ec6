package scheme

import (
	"slices"
	"strconv"
	"strings"

	"cairn/internal/fault"
)

// A CostID names a cost line.
type CostID string

// A CostKind is what money was spent on.
type CostKind string

const (
	CostStaff      CostKind = "staff"
	CostActivity   CostKind = "activity"
	CostPremises   CostKind = "premises"
	CostVolunteers CostKind = "volunteers"
	CostSetUp      CostKind = "set-up" // once, for all the quarters that it serves
)

// CostKinds lists every kind, the running ones first.
func CostKinds() []Term {
	return []Term{
		{string(CostStaff), "Staff"}, {string(CostActivity), "Activities"}, {string(CostPremises), "Premises"},
		{string(CostVolunteers), "Volunteers"}, {string(CostSetUp), "Set-up"},
	}
}

// Label is the kind in words.
func (k CostKind) Label() string { return Label(CostKinds(), string(k)) }

// Pence is an amount of money.
type Pence int64

// MostPence is the largest amount of one line: £100 million.
const MostPence Pence = 100_000_000_00

// ParsePounds reads what people type for pounds: "12500", "12,500.00", "£12,500".
// A comma only stands before three digits and pence are two, so that what is
// written in the way of another country is asked about and not taken for a
// hundredth of itself.
func ParsePounds(text string) (Pence, error) {
	plain := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), "£"))
	wrong := func(sentence string) (Pence, error) {
		return 0, fault.New(fault.Invalid, fault.InputInvalid, "%s", sentence)
	}
	if plain == "" {
		return wrong("Enter an amount in pounds, such as 12,500.00.")
	}
	if strings.HasPrefix(plain, "-") || strings.HasPrefix(plain, "−") {
		return wrong("A cost is not below nothing. Enter what was spent; income is not a cost.")
	}
	pounds, pence, dot := strings.Cut(plain, ".")
	if strings.Contains(pence, ",") || !grouped(pounds) {
		return wrong("The comma does not stand where thousands do. Write pounds and pence as in 12,500.00.")
	}
	pounds = strings.ReplaceAll(pounds, ",", "")
	if !figures(pounds) || dot && (len(pence) != 2 || !figures(pence)) {
		return wrong("This is not an amount of pounds. Write it in figures, with two for pence if there are any, as in 12,500.00.")
	}
	if !dot {
		pence = "00"
	}
	const longest = 12 // figures, far above the most
	all, err := strconv.ParseInt(pounds+pence, 10, 64)
	if err != nil || len(pounds) > longest || Pence(all) > MostPence {
		return wrong("This is more than £100 million. Check that it is in pounds and not in pence.")
	}
	return Pence(all), nil
}

// grouped reports whether every comma stands before three figures.
func grouped(pounds string) bool {
	first, rest, found := strings.Cut(pounds, ",")
	if !found {
		return true
	}
	if len(first) < 1 || len(first) > 3 {
		return false
	}
	for part := range strings.SplitSeq(rest, ",") {
		if len(part) != 3 {
			return false
		}
	}
	return true
}

func figures(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// Pounds writes the amount as ParsePounds reads it, without commas: "12500.00".
func (p Pence) Pounds() string {
	const hundred = 100
	cents := strconv.Itoa(int(p % hundred))
	if len(cents) == 1 {
		cents = "0" + cents
	}
	return strconv.Itoa(int(p/hundred)) + "." + cents
}

// A Cost is one line of what a scheme cost: one kind of money over a run of
// quarters, from somewhere. A nought is a statement too: nothing was spent.
type Cost struct {
	ID       CostID
	Scheme   ID
	Kind     CostKind
	Over     Period // both ends are given
	Amount   Pence
	Source   string // where the amount comes from
	Note     string
	Removed  bool // kept, and counted nowhere
	Revision int
}

// MostCostQuarters is the longest run of quarters of one line: ten years.
const MostCostQuarters = 40

// Quarters is how many quarters the line is over.
func (c Cost) Quarters() int { return int(c.Over.To-c.Over.From) + 1 }

// In is the part of the amount, in pence, that falls on the quarters of a
// period: each quarter of the line has the same share.
func (c Cost) In(p Period) float64 {
	n := 0
	for q := c.Over.From; q <= c.Over.To; q++ {
		if p.Holds(q) {
			n++
		}
	}
	return float64(c.Amount) * float64(n) / float64(c.Quarters())
}

// Label is the line in words, "Staff, 2026-Q1 to 2026-Q4".
func (c Cost) Label() string {
	if c.Over.From == c.Over.To {
		return c.Kind.Label() + ", " + c.Over.From.String()
	}
	return c.Kind.Label() + ", " + c.Over.From.String() + " to " + c.Over.To.String()
}

// Counted are the lines that are not removed.
func Counted(all []Cost) []Cost {
	return slices.DeleteFunc(slices.Clone(all), func(c Cost) bool { return c.Removed })
}

// An Overlap is two lines of one kind over some of the same quarters, which may
// be the same money twice.
type Overlap struct {
	One, Other Cost
	Shared     Period
}

// Overlaps are all of them among the lines that count.
func Overlaps(all []Cost) (found []Overlap) {
	counted := Counted(all)
	for i, one := range counted {
		for _, other := range counted[i+1:] {
			shared := Period{From: max(one.Over.From, other.Over.From), To: min(one.Over.To, other.Over.To)}
			if one.Kind == other.Kind && shared.From <= shared.To {
				found = append(found, Overlap{one, other, shared})
			}
		}
	}
	return found
}
