package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// importQuestionsPage is GET and POST of what no file says of itself.
type importQuestionsPage struct {
	Frame     Frame
	Form      Form
	File      take.File
	HasDates  bool
	Schemes   []scheme.Term // of rows that name none; nil where nobody has to say
	Questions []askedQuestion
}

func (importQuestionsPage) folder() string { return "import-questions" }

// An askedQuestion is one question with its field.
type askedQuestion struct {
	intake.Question
	Name  string
	Field Field
}

// dontKnow leaves a question open: its rows are to be reviewed.
const dontKnow = "unknown"

func questionForm(m intake.Mapping) []string {
	names := []string{"dates", "scheme"}
	for i := range m.Questions {
		names = append(names, "question-"+strconv.Itoa(i+1))
	}
	return names
}

func (s *Site) importQuestions(c *gin.Context) error {
	f, err := s.desk(c).Open(c.Request.Context(), c.Param("file"))
	if err != nil {
		return err
	}
	form, err := blank(questionForm(f.Mapping)...)
	if err != nil {
		return err
	}
	form.start("dates", string(f.Mapping.Dates))
	form.start("scheme", f.Mapping.Scheme)
	for i, q := range f.Mapping.Questions {
		form.start("question-"+strconv.Itoa(i+1), q.Answer)
	}
	return s.showQuestions(c, http.StatusOK, form)
}

func (s *Site) showQuestions(c *gin.Context, status int, form Form) error {
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	p := importQuestionsPage{
		Frame: s.frame(c, "imports").refused(form), Form: form, File: f, Schemes: namesFor(k.Schemes, nil),
		HasDates: taken(f.Mapping, intake.TakesDate) || taken(f.Mapping, intake.TakesReferred),
	}
	for i, q := range p.File.Mapping.Questions {
		one := askedQuestion{Question: q, Name: "question-" + strconv.Itoa(i+1)}
		if one.Field, err = form.Field(one.Name); err != nil {
			return err
		}
		for _, choice := range q.Choices {
			one.Field = one.Field.Or(string(choice.Series), choice.Says)
		}
		p.Questions = append(p.Questions, one)
	}
	if !p.HasDates && p.Schemes == nil && p.Questions == nil {
		c.Redirect(http.StatusSeeOther, at(p.File.ID, "words"))
		return nil
	}
	return s.render(c, status, p)
}

func taken(m intake.Mapping, t intake.Takes) bool {
	return slices.ContainsFunc(m.Sheets, func(s intake.Sheet) bool {
		return slices.ContainsFunc(s.Columns, func(c intake.Column) bool { return c.Takes == t })
	})
}

func (s *Site) answerQuestions(c *gin.Context) error {
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	form, err := posted(c, questionForm(f.Mapping)...)
	if err != nil {
		return err
	}
	m := f.Mapping
	if order := form.text("dates"); order != "" {
		m.Dates = intake.DateOrder(order)
	}
	if len(k.Schemes) > 0 { // else nobody is asked
		m.Scheme = form.text("scheme")
	}
	for i, q := range f.Mapping.Questions {
		answer := form.text("question-" + strconv.Itoa(i+1))
		if answer == "" || answer == q.Answer {
			continue
		}
		if answer == dontKnow {
			answer = ""
		}
		if answered, ok := m.Answer(q.Key, answer); ok {
			m = answered
		}
	}
	return s.reread(c, f, rereading{form: form, mapping: m, next: "words", again: s.showQuestions})
}

// importWordsPage is GET and POST of the words of the file that nobody knows
// here.
type importWordsPage struct {
	Frame Frame
	Form  Form
	File  take.File
	Words []unknownWord
}

func (importWordsPage) folder() string { return "import-words" }

// An unknownWord is one word of the file with what it may stand for.
type unknownWord struct {
	Kind    string // scheme, activity, occasion, measure
	Says    string
	Nearest string
	Name    string // of its field
	Field   Field
	at      int
}

// mostUnknown is how many words one page asks about; more are no slips of the
// keyboard.
const mostUnknown = 100

// unknownWords are the words that a mapping leaves to be looked at, and those that
// somebody said the meaning of.
func unknownWords(m intake.Mapping) (all []unknownWord) {
	for _, group := range []struct {
		kind   string
		values []intake.Value
	}{{"scheme", m.Schemes}, {"activity", m.Activities}, {"occasion", m.Occasions}} {
		for i, v := range group.values {
			if v.Means == "" || v.Nearest != "" {
				all = append(all, unknownWord{Kind: group.kind, Says: v.Says, Nearest: v.Nearest, Name: group.kind + "-" + strconv.Itoa(i+1), at: i})
			}
		}
	}
	for i, n := range m.Measures {
		if n.Measure == "" && n.Series == "" && n.Asked == "" {
			all = append(all, unknownWord{Kind: "measure", Says: n.Says, Name: "measure-" + strconv.Itoa(i+1), at: i})
		}
	}
	return all[:min(len(all), mostUnknown)]
}

func wordForm(m intake.Mapping) (names []string) {
	for _, w := range unknownWords(m) {
		names = append(names, w.Name)
	}
	return names
}

func (s *Site) importWords(c *gin.Context) error {
	f, err := s.desk(c).Open(c.Request.Context(), c.Param("file"))
	if err != nil {
		return err
	}
	words := unknownWords(f.Mapping)
	if len(words) == 0 {
		c.Redirect(http.StatusSeeOther, at(f.ID, "check"))
		return nil
	}
	form, err := blank(wordForm(f.Mapping)...)
	if err != nil {
		return err
	}
	for _, w := range words {
		form.start(w.Name, w.meant(f.Mapping))
	}
	return s.showWords(c, http.StatusOK, form)
}

// meant is what the mapping takes the word for so far.
func (w unknownWord) meant(m intake.Mapping) string {
	switch w.Kind {
	case "scheme":
		return m.Schemes[w.at].Means
	case "activity":
		return m.Activities[w.at].Means
	case "occasion":
		return m.Occasions[w.at].Means
	}
	return ""
}

func (s *Site) showWords(c *gin.Context, status int, form Form) error {
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	p := importWordsPage{Frame: s.frame(c, "imports").refused(form), Form: form, File: f}
	choices := map[string][]scheme.Term{
		"scheme": namesFor(k.Schemes, p.File.Mapping.SchemesMeant()), "activity": namesFor(k.Activities, nil),
		"occasion": occasionTerms(p.File.Mapping), "measure": scoresOf(k, p.File.Mapping),
	}
	for _, w := range unknownWords(p.File.Mapping) {
		if w.Field, err = form.Field(w.Name); err != nil {
			return err
		}
		w.Field = w.Field.Or("", "Leave these rows out").Of(choices[w.Kind])
		p.Words = append(p.Words, w)
	}
	return s.render(c, status, p)
}

// namesFor are the names that are here; where there are none, those that the file
// brings with it.
func namesFor(here, brought []string) (all []scheme.Term) {
	if len(here) == 0 {
		here = brought
	}
	for _, name := range here {
		all = append(all, scheme.Term{Value: name, Label: name})
	}
	return all
}

func (s *Site) answerWords(c *gin.Context) error {
	f, k, err := s.opened(c)
	if err != nil {
		return err
	}
	form, err := posted(c, wordForm(f.Mapping)...)
	if err != nil {
		return err
	}
	m := f.Mapping
	m.Schemes, m.Activities, m.Occasions, m.Measures = slices.Clone(m.Schemes), slices.Clone(m.Activities), slices.Clone(m.Occasions), slices.Clone(m.Measures)
	for _, w := range unknownWords(f.Mapping) {
		means := form.text(w.Name)
		switch w.Kind {
		case "scheme":
			m.Schemes[w.at].Means = means
		case "activity":
			m.Activities[w.at].Means = means
		case "occasion":
			m.Occasions[w.at].Means = means
		case "measure":
			if of := scored(k, means); of.Measure != "" {
				m.Measures[w.at].Measure, m.Measures[w.at].Series, m.Measures[w.at].Item = of.Measure, of.Series, of.Item
			}
		}
	}
	return s.reread(c, f, rereading{form: form, mapping: m, next: "check", again: s.showWords})
}

// scored is a column of what a choice of a score or an answer names. A score that
// nobody knows is of no measure, for intake to refuse.
func scored(k intake.Known, choice string) intake.Column {
	kind, name, _ := strings.Cut(choice, ":")
	if key, item, answers := strings.Cut(name, ":"); kind == "answer" && answers {
		return intake.Column{Takes: intake.TakesAnswer, Measure: measure.Key(key), Item: item}
	}
	of := intake.Column{Takes: intake.TakesScore, Series: measure.Series(name)}
	for _, d := range k.Measures {
		if _, ok := d.Score(of.Series); ok {
			of.Measure = d.Key
			break
		}
	}
	return of
}
