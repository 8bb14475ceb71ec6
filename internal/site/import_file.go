package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// importColumnsPage is GET /imports/files/:file: what the columns are read as.
type importColumnsPage struct {
	Frame Frame
	Form  Form
	File  take.File
	Like  app.ImportBatch // whose mapping it is; without ID where it was guessed
	names scoreNames
}

func (importColumnsPage) folder() string { return "import-columns" }

// A columnLine is one column as a page shows it.
type columnLine struct {
	intake.Column
	Letter  string // as spreadsheets call it
	Address string // where it is changed
	Score   string // its name; empty for what is no score
}

// When is the occasion of its scores.
func (l columnLine) When() string {
	if l.Occasion == "" {
		return ""
	}
	return strings.ToLower(l.Occasion.Label()[:1]) + l.Occasion.Label()[1:]
}

// A sheetLines is one sheet with its columns.
type sheetLines struct {
	Name    string
	Read    []columnLine
	LeftOut []columnLine
}

// Told is the sheet as a heading has it; empty of a file that has none.
func (l sheetLines) Told() string {
	switch {
	case l.Name == "":
		return ""
	case strings.HasPrefix(l.Name, "sheet "): // by its place
		return "S" + l.Name[1:]
	}
	return "Sheet " + l.Name
}

// Sheets are the columns that are read, and those that are not.
func (p importColumnsPage) Sheets() (all []sheetLines) {
	for i, s := range p.File.Mapping.Sheets {
		lines := sheetLines{Name: s.Name}
		for n, c := range s.Columns {
			if c.Heading == "" && !c.Takes.Read() {
				continue
			}
			l := columnLine{Column: c, Letter: intake.ColumnName(n), Address: at(p.File.ID, "columns", strconv.Itoa(i), strconv.Itoa(n)), Score: p.names.of(c)}
			if c.Takes.Read() {
				lines.Read = append(lines.Read, l)
			} else {
				lines.LeftOut = append(lines.LeftOut, l)
			}
		}
		all = append(all, lines)
	}
	return all
}

// opened is the file of the address, and what is known here to hold it against.
func (s *Site) opened(c *gin.Context) (f take.File, k intake.Known, err error) {
	if f, err = s.desk(c).Open(c.Request.Context(), c.Param("file")); err != nil {
		return f, k, err
	}
	k, err = s.desk(c).Known(c.Request.Context())
	return f, k, err
}

// at is the address of a step of a file.
func at(file string, steps ...string) string {
	return "/imports/files/" + strings.Join(append([]string{file}, steps...), "/")
}

func (s *Site) importColumns(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank()
	if err != nil {
		return err
	}
	p := importColumnsPage{Frame: s.frame(c, "imports"), Form: form}
	if p.File, err = s.desk(c).Open(ctx, c.Param("file")); err != nil {
		return s.settled(c, p.File, err)
	}
	k, err := s.desk(c).Known(ctx)
	if err != nil {
		return err
	}
	p.names = namesOf(k)
	if p.File.Like != "" {
		if p.Like, _, err = s.app.ImportBatch(ctx, server.ActorOf(ctx), p.File.Like); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, p)
}

// importColumnPage is GET and POST of one column: what it is read as.
type importColumnPage struct {
	Frame  Frame
	Form   Form
	File   take.File
	Column intake.Column
	Letter string
	Scores []scheme.Term
	Times  []scheme.Term
	At     string
}

func (importColumnPage) folder() string { return "import-column" }

func columnForm() []string { return []string{"takes", "score", "occasion"} }

func (s *Site) importColumn(c *gin.Context) error {
	form, err := blank(columnForm()...)
	if err != nil {
		return err
	}
	return s.showColumn(c, http.StatusOK, form)
}

func (s *Site) showColumn(c *gin.Context, status int, form Form) error {
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	p := importColumnPage{Frame: s.frame(c, "imports").refused(form), File: f}
	sheet, column := sheetOf(c), indexIn(c, "column")
	if sheet < 0 || sheet >= len(p.File.Mapping.Sheets) || column < 0 || column >= len(p.File.Mapping.Sheets[sheet].Columns) {
		return server.NotThere()
	}
	p.Column, p.Letter = p.File.Mapping.Sheets[sheet].Columns[column], intake.ColumnName(column)
	p.At = at(p.File.ID, "columns", strconv.Itoa(sheet), strconv.Itoa(column))
	p.Scores, p.Times = scoresOf(k, p.File.Mapping), occasionTerms(p.File.Mapping)
	if status == http.StatusOK {
		form.start("takes", string(readAs(p.Column.Takes)))
		form.start("score", scoreOf(p.Column))
		form.start("occasion", string(p.Column.Occasion))
	}
	p.Form = form
	return s.render(c, status, p)
}

// readAs puts the kinds of columns that are left out together, and scores with
// answers.
func readAs(t intake.Takes) intake.Takes {
	switch {
	case !t.Read():
		return intake.TakesNothing
	case t == intake.TakesAnswer:
		return intake.TakesScore
	}
	return t
}

func scoreOf(c intake.Column) string {
	switch {
	case c.Item != "":
		return "answer:" + string(c.Measure) + ":" + c.Item
	case c.Series != "":
		return "score:" + string(c.Series)
	}
	return ""
}

// scoresOf is what a column of numbers can be of: scores, and answers of the
// measures that the file has.
func scoresOf(k intake.Known, m intake.Mapping) (all []scheme.Term) {
	names := namesOf(k)
	for _, d := range k.Measures {
		if d.Own != nil {
			continue
		}
		for _, sc := range d.Scores {
			if sc.Enter {
				all = append(all, scheme.Term{Value: "score:" + string(sc.Series), Label: sc.Name})
			}
		}
		if !slices.Contains(m.Keys(k.Measures), d.Key) {
			continue
		}
		for _, it := range d.Items {
			value := "answer:" + string(d.Key) + ":" + it.Key
			all = append(all, scheme.Term{Value: value, Label: names[value]})
		}
	}
	return all
}

// occasionTerms are the times that a score can be of.
func occasionTerms(m intake.Mapping) (all []scheme.Term) {
	times := []scheme.Occasion{scheme.Waiting, scheme.Baseline}
	days := append(m.Days(), 42, 84, 182)
	slices.Sort(days)
	for _, n := range slices.Compact(days) {
		if n > 0 {
			times = append(times, scheme.Occasion("day-"+strconv.Itoa(n)))
		}
	}
	for _, o := range append(times, scheme.End, scheme.Later) {
		all = append(all, scheme.Term{Value: string(o), Label: o.Label()})
	}
	return all
}

func (s *Site) takeColumn(c *gin.Context) error {
	form, err := posted(c, columnForm()...)
	if err != nil {
		return err
	}
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	as := intake.Column{Takes: intake.Takes(form.text("takes")), Occasion: scheme.Occasion(form.text("occasion"))}
	if as.Takes == intake.TakesScore {
		of := scored(k, form.text("score"))
		of.Occasion = as.Occasion
		as = of
	}
	m, there := f.Mapping.Taking(sheetOf(c), indexIn(c, "column"), as)
	if !there {
		return server.NotThere()
	}
	return s.reread(c, f, rereading{form: form, mapping: m, next: "", again: s.showColumn})
}

// A rereading is another mapping on its way in.
type rereading struct {
	form    Form
	mapping intake.Mapping
	next    string // the step after it
	again   func(*gin.Context, int, Form) error
}

// reread keeps a mapping and goes on, or shows the step again.
func (s *Site) reread(c *gin.Context, f take.File, r rereading) error {
	ctx := c.Request.Context()
	_, err := s.desk(c).Change(ctx, f.ID, take.Change{Key: r.form.sentKey(), Version: r.form.number("version"), Mapping: r.mapping})
	if err == nil {
		to := at(f.ID)
		if r.next != "" {
			to = at(f.ID, r.next)
		}
		c.Redirect(http.StatusSeeOther, to)
		return nil
	}
	status, err := s.refuse(ctx, &r.form, err)
	if err != nil {
		return err
	}
	return r.again(c, status, r.form)
}
