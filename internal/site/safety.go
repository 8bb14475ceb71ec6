package site

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// safetyPage is GET /safety: what waits for somebody.
type safetyPage struct {
	Frame Frame
	View  app.SafetyView
	Done  bool
}

func (safetyPage) folder() string { return "safety" }

// alertPage is GET and POST /safety/alerts/:alert: one alert, and what is said
// about it. It is where saving an answer that needs action leads.
type alertPage struct {
	Frame     Frame
	View      app.AlertView
	Form      Form
	JustSaved bool
	Said      bool
}

func (alertPage) folder() string { return "safety-alert" }

// Question is what is happening about it. What was taken in hand can be closed;
// so can a question that was left out, which nobody has to take in hand first.
func (p alertPage) Question() (Field, error) {
	f, err := p.Form.Field("choice")
	f = f.Ask("What is happening about it?").Of(scheme.Choices())
	if p.View.State == scheme.AlertHeld || p.View.Kind == scheme.LeftOut {
		f = f.Or(string(scheme.Closing), "It is over, and I write down what was done")
	}
	return f, err
}

// importPage is GET and POST /safety/imports/:batch: the review list of one file.
type importPage struct {
	Frame Frame
	Of    app.AlertBatch
	Lines []app.AlertView
	Form  Form
}

func (importPage) folder() string { return "safety-import" }

func (s *Site) safetyRoutes() {
	for _, r := range []struct {
		method, path string
		right        app.Right
		do           func(*gin.Context) error
	}{
		{http.MethodGet, "/safety", app.SeeSafety, s.safety},
		{http.MethodGet, "/safety/alerts/:alert", app.SeeSafety, s.alert},
		{http.MethodPost, "/safety/alerts/:alert", app.AnswerSafety, s.answerAlert},
		{http.MethodGet, "/safety/imports/:batch", app.SeeSafety, s.reviewImport},
		{http.MethodPost, "/safety/imports/:batch", app.AnswerSafety, s.closeImport},
		{http.MethodGet, "/safety/protocol", app.SeeProtocol, s.protocol},
		{http.MethodPost, "/safety/protocol", app.SetProtocol, s.setProtocol},
	} {
		s.server.Route(r.method, r.path, server.Policy{Right: r.right}, r.do)
	}
}

func (s *Site) safety(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.Safety(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, safetyPage{Frame: s.frame(c, "safety"), View: v, Done: c.Query("done") == "kept"})
}

// afterSaving is where a saved assessment leads: to the alert that it raised,
// else to where the page would go.
func (s *Site) afterSaving(ctx context.Context, made scheme.AssessmentID, otherwise string) (string, error) {
	v, err := s.pressing(ctx, made)
	if err != nil || v.ID == "" {
		return otherwise, err
	}
	return "/safety/alerts/" + string(v.ID) + "?saved=1", nil
}

// pressing is the alert of an assessment that nobody has in hand yet; without
// an ID where there is none. Own words press nobody.
func (s *Site) pressing(ctx context.Context, made scheme.AssessmentID) (app.AlertView, error) {
	raised, err := s.app.Raised(ctx, server.ActorOf(ctx), made)
	for _, v := range raised {
		if v.Kind != scheme.WordsToRead && v.State == scheme.AlertOpen {
			return v, err
		}
	}
	return app.AlertView{}, err
}

func (s *Site) alert(c *gin.Context) error {
	form, err := blank("choice", "note")
	if err != nil {
		return err
	}
	return s.showAlert(c, http.StatusOK, form)
}

func (s *Site) showAlert(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	v, err := s.app.Alert(ctx, server.ActorOf(ctx), scheme.AlertID(c.Param("alert")))
	if err != nil {
		return err
	}
	return s.render(c, status, alertPage{
		Frame: s.frame(c, "safety").refused(form), View: v, Form: form, JustSaved: c.Query("saved") != "", Said: c.Query("said") != "",
	})
}

func (s *Site) answerAlert(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "choice", "note")
	if err != nil {
		return err
	}
	v, err := s.app.AnswerAlert(ctx, server.ActorOf(ctx), app.AlertAnswer{
		Key: form.sentKey(), Alert: scheme.AlertID(c.Param("alert")), Version: form.number("version"),
		Choice: scheme.Choice(form.text("choice")), Note: form.text("note"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showAlert(c, status, form)
	}
	if v.Kind == scheme.WordsToRead {
		c.Redirect(http.StatusSeeOther, "/safety?done=kept")
		return nil
	}
	c.Redirect(http.StatusSeeOther, "/safety/alerts/"+string(v.ID)+"?said=1")
	return nil
}

func (s *Site) reviewImport(c *gin.Context) error {
	form, err := blank("note")
	if err != nil {
		return err
	}
	return s.showImport(c, http.StatusOK, form)
}

func (s *Site) showImport(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	of, lines, err := s.app.Import(ctx, server.ActorOf(ctx), c.Param("batch"))
	if err != nil {
		return err
	}
	return s.render(c, status, importPage{Frame: s.frame(c, "safety").refused(form), Of: of, Lines: lines, Form: form})
}

func (s *Site) closeImport(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "note")
	if err != nil {
		return err
	}
	err = s.app.ReviewImport(ctx, server.ActorOf(ctx), app.ImportReview{Key: form.sentKey(), Batch: c.Param("batch"), Note: form.text("note")})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showImport(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/safety?done=kept")
	return nil
}

// riskQuestion asks for the answer that a score alone does not show.
func riskQuestion(f Field, def measure.Definition) Field {
	it, _ := def.Item(def.Risk.Item)
	f = f.Ask("What was the answer to " + app.RiskQuestion(def, *def.Risk) + "?").
		Explain("It asks about " + def.Risk.Asks + ". A score alone does not show it")
	for _, o := range def.Answers(it) {
		label := it.Response(o.Value)
		if o.Text != "" {
			label += ", " + o.Text
		}
		f = f.Or(it.Response(o.Value), label)
	}
	return f.Or(string(scheme.NotAnswered), "Not answered, or not on the form")
}

// riskUnsaid is the fault of a page on which the question that goes with a score
// was passed over.
func riskUnsaid(p entry, f Form) *fault.Fault {
	def := p.Measure
	if def.Risk == nil || p.Way != byScore || f.text("risk_answer") != "" {
		return nil
	}
	return fault.New(fault.Invalid, fault.InputInvalid, "Choose the answer to %s, or that it was not answered.", app.RiskQuestion(def, *def.Risk)).At("risk_answer")
}

// RiskAnswer asks for the answer that a score alone does not show.
func (p entry) RiskAnswer() (Field, error) {
	f, err := p.Form.Field("risk_answer")
	if err != nil {
		return Field{}, err
	}
	return riskQuestion(f, p.Measure), nil
}

// asked writes an assessment, unless the page passed over the question that goes
// with its score: then everything that is wrong is said with that.
func asked(ctx context.Context, own *fault.Fault, write func(context.Context) (scheme.Assessment, error)) (scheme.Assessment, error) {
	if own == nil {
		return write(ctx)
	}
	return scheme.Assessment{}, unsaid(func() error { _, err := write(app.Rehearse(ctx)); return err }, own)
}
