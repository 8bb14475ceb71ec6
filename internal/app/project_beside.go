package app

import (
	"bytes"
	"slices"
	"strings"

	"github.com/google/uuid"

	"cairn/internal/disclosure"
	"cairn/internal/scheme"
)

// meeting are the projects whose files may have the same people, p itself among
// them, the oldest first: whoever has files of two can join rows by their scores and
// count who is in one alone.
func meeting(r ProjectReader, p scheme.Project) ([]scheme.Project, error) {
	all, err := r.Projects()
	all = slices.DeleteFunc(all, func(o scheme.Project) bool { return !o.Meets(p) })
	slices.Reverse(all)
	return all, err
}

// toldBefore is what files of p and of those that meet it say of people, by p's
// names, of each whose copy is still about. A file of another time is about other
// people, and what it says is left out but of those of whom rows has the same
// referral: they started in that time when it was made.
func toldBefore(r ProjectReader, p scheme.Project, rows []projected) (files []map[string]string, err error) {
	of, err := meeting(r, p)
	if err != nil {
		return nil, err
	}
	for _, o := range of {
		more, err := r.ProjectTold(o, p)
		if err != nil {
			return nil, err
		}
		for _, file := range more {
			if !p.Period.Meets(o.Period) {
				file.People = file.shared(rows)
			}
			files = append(files, file.People)
		}
	}
	return files, nil
}

// A ToldFile is what a file says, and of whom.
type ToldFile struct {
	People    map[string]string // what it says of each, by their names
	Referrals []uuid.UUID       // that it has, sorted; nil: nobody knows
}

// shared is what a file says of those of whom rows has a referral that it had, too.
func (f ToldFile) shared(rows []projected) map[string]string {
	const merged = "under another name" // two records of one person were merged since
	both := map[string]string{}
	for _, row := range rows {
		_, had := slices.BinarySearchFunc(f.Referrals, row.id, compareIDs)
		switch says := f.People[row.name]; {
		case says != "" && (had || f.Referrals == nil):
			both[row.name] = says
		case had:
			both[row.name] = merged
		}
	}
	return both
}

func compareIDs(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) }

// referrals are those of a file, sorted.
func (e *projecting) referrals() []uuid.UUID {
	all := make([]uuid.UUID, len(e.rows))
	for i, row := range e.rows {
		all[i] = row.id
	}
	slices.SortFunc(all, compareIDs)
	return all
}

// An outFile is a file whose copy is still about.
type outFile struct {
	id scheme.ProjectFileID
	of scheme.Project
}

// about are the files that one of p is held against. Where they change while one is
// made, it was held against others.
func about(r ProjectReader, p scheme.Project) (all []outFile, err error) {
	of, err := meeting(r, p)
	if err != nil {
		return nil, err
	}
	for _, o := range of {
		files, err := r.ProjectFiles(o.ID)
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			if f.Deleted.At.IsZero() {
				all = append(all, outFile{f.ID, o})
			}
		}
	}
	return all, nil
}

func sameFiles(a, b []outFile) bool {
	return slices.EqualFunc(a, b, func(a, b outFile) bool { return a.id == b.id })
}

// besideNames are the other projects with files that one of p is held against, for
// whoever decides; nobody else is told what other projects there are.
func besideNames(r ProjectReader, by Actor, p scheme.Project) (names []string, err error) {
	if !by.May(DecideProjects) {
		return nil, nil
	}
	files, err := about(r, p)
	for _, f := range files {
		name := "“" + f.of.Name + "”"
		if !by.seesProject(f.of) {
			name = "a project with schemes of other managers"
		}
		if f.of.ID != p.ID && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names, err
}

// leavers are those of whom earlier files tell and this one does not.
func (e *projecting) leavers() (gone []disclosure.Leaver) {
	seen := make(map[string]bool, len(e.rows))
	for _, row := range e.rows {
		seen[row.name] = true
	}
	for _, file := range e.told {
		for name, says := range file {
			if seen[name] {
				continue
			}
			seen[name] = true
			in := strings.TrimPrefix(scheme.SchemeTold(says), "'")
			gone = append(gone, disclosure.Leaver{Scheme: in, Before: beforeOf(e.told, name)})
		}
	}
	return gone
}
