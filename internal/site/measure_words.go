package site

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// wordsPage is GET and POST /measures/:key/words: the licensed words of a
// measure, pasted in by whoever holds the licence.
type wordsPage struct {
	Frame   Frame
	Measure measure.Definition
	Form    Form
}

func (wordsPage) folder() string { return "measure-words" }

func wordsForm() []string {
	return []string{"intro", "items", "options", "ways", "reference", "by", "on"}
}

// TakesWords are the items to be worded.
func (p wordsPage) TakesWords() int {
	n := 0
	for _, it := range p.Measure.Items {
		if it.Place == 0 {
			n++
		}
	}
	return n
}

// Answers are what the items share, lowest first.
func (p wordsPage) Answers() []measure.Option { return p.Measure.Answers(p.Measure.Items[0]) }

// Ways are the ways of asking that a licence may allow.
func (wordsPage) Ways() []scheme.Term {
	var all []scheme.Term
	for _, w := range []measure.Way{measure.Paper, measure.Screen, measure.ReadAloud} {
		all = append(all, scheme.Term{Value: string(w), Label: w.Label()})
	}
	return all
}

// takesWords reports whether the words of a measure are a service's to bring.
func takesWords(d measure.Definition) bool {
	return measure.Shipped(d.Key) && d.Wording == measure.OperatorSupplied && len(d.Items) > 0
}

// wordable is the measure of the address, if its words may be brought in.
func (s *Site) wordable(c *gin.Context) (measure.Definition, error) {
	ctx := c.Request.Context()
	found, err := s.app.Measure(ctx, server.ActorOf(ctx), measure.Key(c.Param("key")))
	if err == nil && !takesWords(found) {
		err = server.NotThere()
	}
	return found, err
}

func (s *Site) measureWords(c *gin.Context) error {
	found, err := s.wordable(c)
	if err != nil {
		return err
	}
	form, err := blank(wordsForm()...)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, wordsPage{Frame: s.frame(c, "measures"), Measure: found, Form: form})
}

func (s *Site) supplyWords(c *gin.Context) error {
	ctx := c.Request.Context()
	found, err := s.wordable(c)
	if err != nil {
		return err
	}
	form, err := posted(c, wordsForm()...)
	if err != nil {
		return err
	}
	words, err := wordsOf(found, form)
	var made measure.Definition
	if err == nil {
		made, err = s.app.SupplyWords(ctx, server.ActorOf(ctx), app.NewWords{Key: form.sentKey(), Words: words})
	}
	if err != nil {
		form.at = map[string]string{"licence.confirmed": "reference", "wording": "reference"}
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.render(c, status, wordsPage{Frame: s.frame(c, "measures").refused(form), Measure: found, Form: form})
	}
	c.Redirect(http.StatusSeeOther, fmt.Sprintf("/measures/%s?kept=%d", made.Key, made.Version))
	return nil
}

// wordsOf is what was typed: a line for each item, and one for each answer.
func wordsOf(d measure.Definition, form Form) (measure.Words, error) {
	w := measure.Words{
		Of: d.Key, Intro: form.text("intro"), Items: map[string]string{}, Options: map[int]string{},
		Licence: measure.Confirmation{Reference: form.text("reference"), By: form.text("by"), On: form.day("on")},
	}
	for _, way := range form.typed["ways"] {
		w.Presentation.Ways = append(w.Presentation.Ways, measure.Way(strings.TrimSpace(way)))
	}
	var wrong fault.List
	say := func(field, format string, args ...any) {
		wrong.Add(fault.New(fault.Invalid, fault.MeasureInvalid, format, args...).At(field))
	}
	typed, p := lines(form.text("items")), wordsPage{Measure: d}
	if len(typed) != p.TakesWords() {
		say("items", "%s has %d items; lines here: %d. Put each item on one line of its own, in the order of the form.", d.Short, p.TakesWords(), len(typed))
	}
	answers := lines(form.text("options"))
	if len(answers) > 0 && len(answers) != len(p.Answers()) {
		say("options", "%d answers can be chosen; lines here: %d. Put each answer on one line, the lowest first, or leave all of them out.", len(p.Answers()), len(answers))
	}
	if w.Licence.Reference == "" || w.Licence.By == "" {
		say("reference", "Give the reference of your licence, and who confirmed that it covers this use.")
	}
	if w.Licence.On == "" {
		say("on", "Give the day on which it was confirmed.")
	} else if _, err := scheme.ParseDay(w.Licence.On); err != nil {
		all, _ := fault.All(err)
		for _, f := range all {
			wrong.Add(f.At("on"))
		}
	}
	if err := wrong.Err(); err != nil {
		return measure.Words{}, err
	}
	for _, it := range d.Items {
		if it.Place == 0 {
			w.Items[it.Key], typed = typed[0], typed[1:]
		}
	}
	for i, text := range answers {
		w.Options[p.Answers()[i].Value] = text
	}
	return w, nil
}

// withdrawWords is POST /measures/:key/words/withdraw.
func (s *Site) withdrawWords(c *gin.Context) error {
	ctx := c.Request.Context()
	made, err := s.app.WithdrawWords(ctx, server.ActorOf(ctx), app.EndOfWords{Measure: measure.Key(c.Param("key"))})
	if err != nil {
		return err
	}
	c.Redirect(http.StatusSeeOther, "/measures/"+string(made.Key)+"?withdrawn="+strconv.Itoa(made.Version))
	return nil
}
