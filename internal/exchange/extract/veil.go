package extract

import (
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// A veiled lays rows out for research: of the columns only those that are on the
// list, days to the week, and what is said of people as it may be shown.
type veiled struct {
	columns []Column
	from    []int // places among the plain cells
	traits  []string
	cells   []Cell
}

// allowed are the columns that go out for research as they are. What is not on
// this list stays, a column that somebody adds later among it.
func allowed() []string {
	return []string{
		"scheme", "person_id", "referral_no", "stage", "exit", "category", "ot",
		"measure", "instrument", "score_kind", "measure_version", "timepoint", "occasion", "rule", "state", "in_figures",
		"score", "baseline", "later", "change", "days", "rater", "channel", "helper",
		"baseline_channel", "baseline_helper", "later_channel", "later_helper", "missing_reason", "attempts",
		"dated", "baseline_dated", "later_dated",
	}
}

// allowedOf begin the names of columns that belong to one score at one time.
func allowedOf() []string { return []string{"channel.", "helper.", "missing_reason.", "attempts."} }

func goesOut(c Column) bool {
	if slices.Contains(allowed(), c.Name) || c.Kind == KindScore {
		return true
	}
	return slices.ContainsFunc(allowedOf(), func(begin string) bool { return strings.HasPrefix(c.Name, begin) })
}

func newVeiled(x scheme.Extract, plain []Column) *veiled {
	v := &veiled{}
	for i, c := range plain {
		if !goesOut(c) {
			continue
		}
		switch c.Name {
		case "person_id":
			c.About = "Stands for the person in this scheme: the same in every table and every file of this project, and in no other place. A person in two schemes has two."
		case "days":
			c.About += " To the nearest week."
		}
		v.columns, v.from = append(v.columns, c), append(v.from, i)
	}
	for _, t := range scheme.ProjectTraits() {
		if x.Veil.Tells(t.Value) {
			v.columns, v.traits = append(v.columns, traitColumn(*x.Veil, t.Value)), append(v.traits, t.Value)
		}
	}
	v.cells = make([]Cell, len(v.columns))
	return v
}

func traitColumn(v scheme.Veil, trait string) Column {
	c := Column{Name: trait, Values: v.Terms(trait)}
	switch trait {
	case scheme.TraitQuarter:
		c.About = "The " + v.Time() + " in which the person first started in the scheme."
	case scheme.TraitAge:
		c.About = "Age at that start, by year of birth."
	case scheme.TraitSex:
		c.About = "As recorded."
	case scheme.TraitEthnicity:
		c.About = "Ethnic group, by the groups of the census of England and Wales."
	default:
		c.About = "Fifth of the index of multiple deprivation where the person lives: 1 is the most deprived."
	}
	c.About += " The same on every row of the person; empty where it is not recorded or was hidden."
	return c
}

// row is good until the next.
func (v *veiled) row(plain []Cell, shown scheme.Shown) []Cell {
	for i, from := range v.from {
		v.cells[i] = plain[from]
		if v.columns[i].Name == "days" && plain[from].filled {
			v.cells[i].number = week(plain[from].number)
		}
	}
	for i, trait := range v.traits {
		v.cells[len(v.from)+i] = Text(*shown.At(trait))
	}
	return v.cells
}

// week is the nearest multiple of seven days.
func week(days int64) int64 {
	if days < 0 {
		return -week(-days)
	}
	return (days + 3) / 7 * 7
}
