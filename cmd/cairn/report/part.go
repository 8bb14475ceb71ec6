package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/charts"
	"cairn/internal/evidence"
)

// A part is one section of the page.
type part struct {
	ID, Title string
	Several   bool   // more than one scheme
	Only      string // the scheme, where there is one
	Terse     string // why schemes have no pictures of their own, where they have none
	Everybody group
	Listed    table // every scheme in a line
	Together  []piece
	Compared  []piece
	Schemes   []group
}

// A group is everybody, or one scheme.
type group struct {
	ID, Name string
	Line     string // in short, beside the name
	Level    int    // of its headings
	Sentence string
	Evidence evidence.Level
	MayNot   []string
	Cautions []string
	Tables   []table // before the figures
	Figures  []charts.Figure
	More     []table // after them
}

// A piece is something said about several groups.
type piece struct {
	Heading string
	Says    []string
	Figures []charts.Figure
	Tables  []table
}

// A table has a caption, a head and rows; the cells of a row belong to one
// number or to several.
type table struct {
	ID      string
	Caption string
	Note    string
	Head    []string
	Rows    []row
}

type row struct {
	Name  string
	Key   string // as JSON calls the number; empty for rows of several
	Cells []string
}

func (s section) title() string {
	return fmt.Sprintf("%s, %s to %s", s.Measure, s.Baseline, s.Followup)
}

// part makes one of so many parts.
func (s section) part(id string, of int) (part, error) {
	names := slices.Sorted(maps.Keys(s.Group.ByScheme))
	p := part{ID: id, Title: s.title(), Several: len(names) > 1}
	var err error
	if p.Everybody, err = s.group(id, "", detailed); err != nil {
		return part{}, err
	}
	p.Everybody.Level = 4
	much := detailed
	if len(names) > mostDrawn || len(names)*of > mostDetails {
		much = brief
		p.Terse = fmt.Sprintf("There are %s schemes in %d parts of this page. Pictures and long tables of each are given for up to %d schemes, and %d in all parts together.",
			evidence.People(len(names)), of, mostDrawn, mostDetails)
		if of == 1 {
			p.Terse = fmt.Sprintf("There are %s schemes. Pictures and long tables of each are given for up to %d.", evidence.People(len(names)), mostDrawn)
		}
	}
	if !p.Several {
		p.Only = strings.Join(names, "")
		names = nil // everybody is that scheme
	}
	for i, name := range names {
		g, err := s.group(fmt.Sprintf("%s-%d", id, i+1), name, much)
		if err != nil {
			return part{}, fmt.Errorf("scheme %s: %w", name, err)
		}
		g.Level = 5
		p.Schemes = append(p.Schemes, g)
	}
	if p.Several {
		p.Listed = s.listed(id, names)
		if p.Together, err = s.together(id); err != nil {
			return part{}, err
		}
	}
	for i, c := range s.Compared {
		p.Compared = append(p.Compared, compared(fmt.Sprintf("%s-compared-%d", id, i+1), c, s.Score))
	}
	return p, nil
}

// detail is how much is shown of a group.
type detail int

const (
	brief    detail = iota // sentence, cautions and who is counted
	detailed               // and the figures and every number
)

// group is what is said of one scheme, or of everybody, who have no name.
func (s section) group(id, name string, much detail) (group, error) {
	f := s.Group.Overall
	if name != "" {
		f = s.Group.ByScheme[name]
	}
	about := evidence.Context{Scheme: name, Measure: s.Measure, Occasion: s.Followup}
	file := evidence.Design{Ground: evidence.SettingsFile}
	g := group{
		ID: id, Name: name, Line: line(f),
		Sentence: f.Sentence(about), Evidence: f.Level(file), MayNot: f.Claims(about, file).MayNot, Cautions: f.Cautions(),
	}
	n := numbers{id: id, f: f}
	g.Tables = []table{n.counted()}
	if much == brief {
		return g, nil
	}
	draws := []func(evidence.Finding) (charts.Figure, error){charts.Movement, charts.Change, charts.Distribution, charts.Bounds}
	g.More = []table{n.scores(), n.movement(), n.change(), n.signedRanks(), n.standardised(), n.bounds(), n.regression(), n.attrition()}
	if f.Counts.Paired == 1 { // of one person the sentence says why there is no mean
		draws = draws[2:3]
		g.More = []table{n.bounds(), n.regression(), n.attrition()}
		if f.Counts.Lost == 0 {
			g.More = nil // these would be the one person's change again
		}
	}
	for _, draw := range draws {
		fig, err := draw(f)
		if err != nil {
			return group{}, err
		}
		g.Figures = append(g.Figures, fig.Within(id))
	}
	return g, nil
}

// line is a finding in short.
func line(f evidence.Finding) string {
	text := evidence.Share(f.Counts.OfBaseline) + " measured twice"
	if f.Counts.Baseline == 0 {
		text = "nobody with a baseline"
	}
	if f.Change.Mean == nil || f.Counts.Paired == 1 {
		return text
	}
	text += ", mean change " + evidence.Signed(f.Change.Mean, f.Score)
	if _, _, why := f.Told(); why != "" {
		return text
	}
	return text + " (95% interval " + evidence.ToldEnds(f, f.Score) + ")"
}

// onePerson stands where a mean would be of one person.
const onePerson = "one person: not given"

// listed is every scheme in a line, by name: whoever wants the largest change
// first has to ask why.
func (s section) listed(id string, names []string) table {
	t := table{
		ID: id + "-listed", Caption: "Every scheme in a line, by name",
		Note: "Score points; " + s.Score.Better() + ".",
		Head: []string{"Scheme", "Measured twice", "Mean before", "Mean after", "Mean change", "95% interval", "Better, neither, worse"},
	}
	for _, name := range names {
		f := s.Group.ByScheme[name]
		better, same, worse, _ := f.Movement()
		trio := fmt.Sprintf("%s, %s, %s", evidence.People(better.X), evidence.People(same.X), evidence.People(worse.X))
		if f.Counts.Paired == 1 {
			t.Rows = append(t.Rows, row{Name: name, Cells: []string{evidence.Share(f.Counts.OfBaseline), onePerson, onePerson, onePerson, onePerson, onePerson}})
			continue
		}
		t.Rows = append(t.Rows, row{Name: name, Cells: []string{
			evidence.Share(f.Counts.OfBaseline), evidence.Points(f.BaselinePaired.Mean, s.Score), evidence.Points(f.FollowupPaired.Mean, s.Score),
			evidence.Signed(f.Change.Mean, s.Score), ends(f.Change.CILo, f.Change.CIHi, signed(s.Score)), trio,
		}})
	}
	if _, _, _, by := s.Group.Overall.Movement(); by != "" {
		t.Note += " Better and worse is reliable change: " + by + "."
	} else {
		t.Note += " Better and worse is by any amount, since no threshold of reliable change is known."
	}
	return t
}
