package app

import (
	"fmt"
	"strings"

	"cairn/internal/disclosure"
	"cairn/internal/fault"
)

// whyNoRows says in words why rows would tell people apart, and what helps. A
// researcher reads it, so a small number of people is not told.
func whyNoRows(p disclosure.RowPlan) string {
	return whyNot(p, fmt.Sprintf("fewer than %d", p.Veil.Fewest))
}

func whyNot(p disclosure.RowPlan, fewer string) string {
	switch p.Refused {
	case disclosure.NoRows:
		return "There is nobody in it."
	case disclosure.SmallScheme:
		return fmt.Sprintf("%s has %s people in it, and every description has to fit at least %d. Leave the scheme out, or wait.", p.Scheme, fewer, p.Veil.Fewest)
	case disclosure.FewNew:
		return fmt.Sprintf("Beside an earlier file, of this project or of another about the same people, %s people came into %s, left it or changed in it (by a merge of two records, too): whoever has both files could tell them apart. Wait until there are %d, or have the earlier copy deleted and a manager note it on the page of its project.", fewer, p.Scheme, p.Veil.Fewest)
	case disclosure.AlikeScores:
		return fmt.Sprintf("Everybody in %s began in the same part of a scale, so the file would tell it of each of them.", p.Scheme)
	case disclosure.TooRare:
		return fmt.Sprintf("Too few people are alike: more than a twentieth of what the rows say of people would have to be hidden so that every description, with what earlier files say, fits %d. Services of fewer than about 500 people usually find this. Ask for less about people, or for a longer time.", p.Veil.Fewest)
	}
	return ""
}

func tooManyRows() *fault.Fault {
	return fault.New(fault.Conflict, fault.ProjectUnsafe, "A file for research has at most %d referrals, since it is checked whole. Ask for fewer schemes or a shorter time.", mostProjected)
}

func unsafeProject(why string) *fault.Fault {
	return fault.New(fault.Conflict, fault.ProjectUnsafe, "%s", why)
}

// heldAgainst tells a manager which other projects may stand in the way of a file.
func heldAgainst(p disclosure.RowPlan, names []string) string {
	if len(names) == 0 || p.Refused == disclosure.RowsGo || p.Refused == disclosure.NoRows || p.Refused == disclosure.SmallScheme {
		return ""
	}
	return " It was held against files of other projects about the same people, too: " + strings.Join(names, ", ") + "."
}
