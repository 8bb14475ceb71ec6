package app

import (
	"slices"
	"strings"

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
// names, of each whose copy is still about.
func toldBefore(r ProjectReader, p scheme.Project) (files []map[string]string, err error) {
	of, err := meeting(r, p)
	if err != nil {
		return nil, err
	}
	for _, o := range of {
		more, err := r.ProjectTold(o, p)
		if err != nil {
			return nil, err
		}
		files = append(files, more...)
	}
	return files, nil
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
			in, _, _ := strings.Cut(strings.TrimPrefix(says, "'"), "|")
			gone = append(gone, disclosure.Leaver{Scheme: in, Before: beforeOf(e.told, name)})
		}
	}
	return gone
}
