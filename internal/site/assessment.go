package site

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// assessmentPage is GET /assessments/:assessment: every version side by side.
type assessmentPage struct {
	Frame     Frame
	Now       scheme.Assessment
	Reference string
	Scheme    scheme.Scheme
	Measure   measure.Definition
	Versions  []versionColumn
	Done      string // corrected or withdrawn, just now
}

func (assessmentPage) folder() string { return "assessment" }

// A versionColumn is what one version says.
type versionColumn struct {
	Number   int
	Act      scheme.Act
	By       string // login; empty for somebody who has none any more
	At       time.Time
	Reason   string
	When     string // as far as the day is known
	Occasion scheme.Occasion
	Profile  string
	Scores   []scoreLine
	Answers  []answerLine
	Words    []string
	Channel  string
	Helper   string
	Language string
	Elsewhen []string // what differs from the version before
	Moved    bool     // it is of a referral that is not shown here
}

// An answerLine is the answer to one question.
type answerLine struct {
	Question string
	Answer   string // empty where it was left out
}

func (s *Site) assessment(c *gin.Context) error {
	h, err := s.history(c)
	if err != nil {
		return err
	}
	p := assessmentPage{
		Frame: s.frame(c, "schemes"), Now: h.Now, Reference: h.Referral.Person.Reference, Scheme: h.Referral.Scheme,
		Measure: h.Measure, Versions: columns(h), Done: c.Query("done"),
	}
	return s.render(c, http.StatusOK, p)
}

func (s *Site) history(c *gin.Context) (app.AssessmentHistory, error) {
	ctx := c.Request.Context()
	return s.app.AssessmentHistory(ctx, server.ActorOf(ctx), scheme.AssessmentID(c.Param("assessment")))
}

// columns are the versions, the first one first.
func columns(h app.AssessmentHistory) []versionColumn {
	var all []versionColumn
	for i, v := range h.Versions {
		col := versionColumn{
			Number: v.Revision, Act: v.Act, By: h.Logins[v.By], At: v.At, Reason: v.Reason, When: v.When(), Occasion: v.Occasion,
			Channel:  scheme.Label(scheme.Channels(), string(v.Channel)),
			Helper:   scheme.Label(scheme.Helpers(), string(v.Helper)),
			Language: scheme.Label(scheme.Languages(), string(v.Language)),
			Moved:    v.Referral != h.Now.Referral,
		}
		if i > 0 {
			col.Elsewhen = scheme.Changes(h.Versions[i-1].Assessment, v.Assessment)
		}
		col.content(h.Measure, v.Assessment)
		all = append(all, col)
	}
	return all
}

// content are the scores, the answers and the words.
func (col *versionColumn) content(def measure.Definition, a scheme.Assessment) {
	col.Scores = scoreLinesOf(def, a)
	col.Profile, _ = def.ProfileOf(a.Responses)
	col.Words = assessmentLine{Assessment: a, Measure: def}.Said()
	if a.Responses == nil {
		return
	}
	for i, it := range def.Asked(a.Responses) {
		r, answered := a.Responses[it.Key]
		line := answerLine{Question: strconv.Itoa(i + 1)}
		if it.Place > 0 || it.Group != "" {
			line.Question = it.Name
		}
		if answered {
			line.Answer = it.Response(r)
		}
		if answered || it.Place == 0 {
			col.Answers = append(col.Answers, line)
		}
	}
}
