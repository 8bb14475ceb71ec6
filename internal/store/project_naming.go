package store

import (
	"slices"
	"strings"

	"cairn/internal/scheme"
)

// A naming turns one project's names of people into another's. Nothing is kept for
// it: both are made anew of everybody who was referred, which nobody can do without
// the organisation's key.
type naming struct {
	to     map[string]string // empty: of a scheme that the other does not have
	others []string          // names of such schemes
}

// naming reads who there is in the schemes of a project.
func (s *scope) naming(of, to scheme.Project) (n naming, err error) {
	old, err := s.ProjectNames(of.ID)
	if err != nil {
		return n, err
	}
	now, err := s.ProjectNames(to.ID)
	if err != nil {
		return n, err
	}
	var rows []referralRow
	found := s.from("referrals").Where(s.oneOf("scheme_id", texts(of.Schemes))).Distinct("scheme_id", "person_id").Find(&rows)
	if found.Error != nil {
		return n, failed("read who was referred", found.Error)
	}
	n.to = make(map[string]string, len(rows))
	for _, r := range rows {
		in, who := scheme.ID(r.SchemeID), scheme.PersonID(r.PersonID)
		name := ""
		if slices.Contains(to.Schemes, in) {
			name = now(in, who)
		}
		n.to[old(in, who)] = name
	}
	apart := slices.DeleteFunc(slices.Clone(of.Schemes), func(id scheme.ID) bool { return slices.Contains(to.Schemes, id) })
	if len(apart) == 0 {
		return n, nil
	}
	err = s.from("schemes").Where(s.oneOf("id", texts(apart))).Pluck("name", &n.others).Error
	return n, failed("read names of schemes", err)
}

// renamed is what a file says, by the other's names. Of somebody who was merged or
// whose import was undone it is known only what the file calls the scheme.
func (n naming) renamed(file map[string]string) map[string]string {
	all := make(map[string]string, len(file))
	for name, says := range file {
		now, known := n.to[name]
		switch {
		case known && now != "":
			all[now] = says
		case !known && !n.apart(says):
			all[name] = says
		}
	}
	return all
}

// apart reports whether a file says something of somebody in a scheme that the other
// project does not have. The scheme comes first, with an apostrophe before a name
// that a spreadsheet would take for a formula.
func (n naming) apart(says string) bool {
	in := scheme.SchemeTold(says)
	return slices.Contains(n.others, in) || slices.Contains(n.others, strings.TrimPrefix(in, "'"))
}
