package site

import (
	"math"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// newAssessmentPage is GET and POST /referrals/:referral/assessments/new. It
// holds nothing of any earlier score: whoever asks must not be led.
type newAssessmentPage struct {
	Frame     Frame
	Referral  scheme.ReferralID
	Scheme    scheme.Scheme
	Reference string
	Measure   measure.Definition
	Occasion  scheme.Occasion
	Named     map[string]string // the person's own words so far, by place
	Form      Form
	Channels  []scheme.Term
	Helpers   []scheme.Term
	Care      carePanel
}

func (newAssessmentPage) folder() string { return "assessment-new" }

// A scale is one item with its answers: in a row, in a list where each has
// words of its own, or typed where there are too many for either.
type scale struct {
	Field Field
	Item  measure.Item
	// Optional is true where the measure's rule lets items be left out.
	Optional bool
	Worded   bool
	Typed    bool
	// Words, before the first rating of a person's own problem, asks for it in
	// their words; Named are the words where they have used them already.
	Words *Field
	Named string
}

// mostInARow is how many answers a row of circles holds: 0 to 10.
const mostInARow = 11

// Scales are the items of a measure that is asked item by item.
func (p newAssessmentPage) Scales() ([]scale, error) {
	var all []scale
	for _, it := range p.Measure.Items {
		f, err := p.Form.Field("items." + it.Key)
		if err != nil {
			return nil, err
		}
		if p.settled(it) {
			continue
		}
		s := scale{Field: f.Ask(it.Label()), Item: it, Optional: p.Measure.MissingItems > 0, Typed: it.Responses() > mostInARow}
		for _, o := range p.Measure.Answers(it) {
			if s.Typed {
				break
			}
			label := it.Response(o.Value)
			if o.Text != "" {
				s.Worded, label = true, o.Text
			}
			s.Field = s.Field.Or(it.Response(o.Value), label)
		}
		if first := it.Place > 0 && (len(all) == 0 || all[len(all)-1].Item.Place != it.Place); first {
			if err := p.name(&s); err != nil {
				return nil, err
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// settled reports whether a rating was given when the problem was named and
// holds from then on.
func (p newAssessmentPage) settled(it measure.Item) bool {
	return it.Place > 0 && p.Named[p.Measure.Own.WordsKey(it.Place)] != "" && p.Measure.Own.Keeps(it.Rating)
}

// name puts the person's own words before the first rating of a problem, or asks
// for them.
func (p newAssessmentPage) name(s *scale) error {
	place := p.Measure.Own.WordsKey(s.Item.Place)
	if s.Named = p.Named[place]; s.Named != "" {
		return nil
	}
	f, err := p.Form.Field("own_words." + place)
	if err != nil {
		return err
	}
	f = f.Ask(p.Measure.Own.Title(s.Item.Place))
	s.Words = &f
	return nil
}

// Ends reports whether the ends of the scale are named above it. Answers in
// words need none.
func (s scale) Ends() bool { return !s.Worded && s.Item.Low != "" }

// Described are the elements that say more about the scale.
func (s scale) Described() string {
	var all []string
	if s.Ends() {
		all = append(all, s.Field.Name+"-ends")
	}
	if len(s.Field.Wrong) > 0 {
		all = append(all, s.Field.Name+"-error")
	}
	return strings.Join(all, " ")
}

// Range says what can be typed.
func (s scale) Range() string {
	return s.Item.Response(s.Item.Min) + " to " + s.Item.Response(s.Item.Max)
}

// Unanswered reports whether “left out” was chosen.
func (s scale) Unanswered() bool { return len(s.Field.Values) > 0 && s.Field.Value == "" }

// Entered are the scores that can be typed in.
func (p newAssessmentPage) Entered() []measure.Score {
	var all []measure.Score
	for _, sc := range p.Measure.Scores {
		if sc.Enter {
			all = append(all, sc)
		}
	}
	return all
}

// WhichScore is the question of which score is typed in, asked only where there
// are several: a number alone never says.
func (p newAssessmentPage) WhichScore() (Field, error) {
	f, err := p.Form.Field("series")
	for _, sc := range p.Entered() {
		f = f.OrExplained(string(sc.Series), sc.Name, sc.Text(sc.Min)+" to "+sc.Text(sc.Max)+", "+sc.Better())
	}
	return f, err
}

// assessmentForm names the fields of a measure's form in the order of the page.
// What is wrong with the answers as a whole is shown at the first of them.
func assessmentForm(d measure.Definition) (names []string, at map[string]string) {
	names = []string{"measure", "occasion", "on"}
	for _, it := range d.Items {
		if it.Place > 0 && !slices.Contains(names, "own_words."+d.Own.WordsKey(it.Place)) {
			names = append(names, "own_words."+d.Own.WordsKey(it.Place))
		}
		names = append(names, "items."+it.Key)
	}
	if len(d.Items) > 0 {
		at = map[string]string{"items": "items." + d.Items[0].Key, "own_words": "items." + d.Items[0].Key}
	}
	return append(names, "series", "score", "risk_answer", "channel", "helper"), at
}

func (s *Site) newAssessment(c *gin.Context) error {
	p, err := s.assessmentPage(c, measure.Key(c.Query("measure")), scheme.Occasion(c.Query("occasion")))
	if err != nil {
		return err
	}
	names, at := assessmentForm(p.Measure)
	if p.Form, err = blank(names...); err != nil {
		return err
	}
	p.Form.at = at
	p.Form.startDay("on", p.today.String())
	return s.render(c, http.StatusOK, p.newAssessmentPage)
}

func (s *Site) record(c *gin.Context) error {
	ctx := c.Request.Context()
	if err := c.Request.ParseForm(); err != nil {
		return unreadable(err)
	}
	p, err := s.assessmentPage(c, measure.Key(c.PostForm("measure")), scheme.Occasion(c.PostForm("occasion")))
	if err != nil {
		return err
	}
	names, at := assessmentForm(p.Measure)
	form, err := posted(c, names...)
	if err != nil {
		return err
	}
	form.at = at
	made, err := s.recordAsked(ctx, p.Measure, form.assessment(p.newAssessmentPage))
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		p.Frame, p.Form = p.Frame.refused(form), form
		return s.render(c, status, p.newAssessmentPage)
	}
	to, err := s.afterSaving(ctx, made.ID, "/referrals/"+string(p.Referral)+"?recorded="+string(made.ID))
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, to)
	return nil
}

// assessment is what was typed, item by item or as a score.
func (f *Form) assessment(p newAssessmentPage) app.NewAssessment {
	in := app.NewAssessment{
		Key: f.sentKey(), Referral: p.Referral, Measure: p.Measure.Key, Occasion: p.Occasion, On: f.day("on"),
		Channel: scheme.Channel(f.text("channel")), Helper: scheme.Helper(f.text("helper")),
	}
	if !p.Measure.ByItems() {
		in.Series, in.Score = measure.Series(f.text("series")), f.text("score")
		in.RiskAnswer = scheme.RiskAnswer(f.text("risk_answer"))
		return in
	}
	in.Responses = map[string]int{}
	for _, it := range p.Measure.Items {
		if text := f.text("items." + it.Key); text != "" {
			in.Responses[it.Key] = response(it, text)
		}
	}
	if p.Measure.Own != nil {
		in.Words = map[string]string{}
		for _, place := range p.Measure.Own.WordsKeys() {
			if text := f.text("own_words." + place); text != "" {
				in.Words[place] = text
			}
		}
	}
	return in
}

// response is what was chosen or typed for an item. What is no number of its
// decimals becomes one that no item has, which the measure then refuses.
func response(it measure.Item, text string) int {
	level, err := measure.ParseLevel(text, it.Decimals)
	if err != nil {
		return math.MinInt
	}
	return int(level)
}

type assessmentView struct {
	newAssessmentPage
	today scheme.Day
}

// assessmentPage is the page without its form.
func (s *Site) assessmentPage(c *gin.Context, key measure.Key, occasion scheme.Occasion) (assessmentView, error) {
	ctx := c.Request.Context()
	view, err := s.app.Referral(ctx, server.ActorOf(ctx), scheme.ReferralID(c.Param("referral")))
	if err != nil {
		return assessmentView{}, err
	}
	def, ok := view.Measures[key]
	if !ok || !view.Plan.Takes(key, occasion) {
		return assessmentView{}, fault.New(fault.Missing, fault.NotFound,
			"This scheme's plan does not ask for that measure at that time. Go back to the referral and choose one that it lists.")
	}
	return assessmentView{today: view.Today, newAssessmentPage: newAssessmentPage{
		Frame: s.frame(c, "schemes"), Referral: view.Referral.ID, Scheme: view.Scheme, Reference: view.Person.Reference,
		Measure: def, Occasion: occasion, Named: view.OwnWords(key), Channels: scheme.Channels(), Helpers: scheme.Helpers(),
		Care: carePanelOf(view.Care),
	}}, nil
}
