package site

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// A paperRow is one form that is not saved.
type paperRow struct {
	Number    int
	Key       string
	Reference string
	On        string // as it was typed
	Answers   string // digits or a total
	Unlikely  bool
	Wrong     []Wrong
}

// Of names a control of the row.
func (r paperRow) Of(part string) string { return "rows." + strconv.Itoa(r.Number) + "." + part }

// At is what is wrong at one control of the row.
func (r paperRow) At(part string) string {
	var all []string
	for _, w := range r.Wrong {
		if w.name == r.Of(part) {
			all = append(all, w.Text)
		}
	}
	return strings.Join(all, " ")
}

// Elsewhere is what is wrong with the row as a whole.
func (r paperRow) Elsewhere() string { return r.At("row") }

// Said is a control with what is wrong at it.
func (r paperRow) Said(part string) Field {
	f := Field{Name: r.Of(part)}
	if said := r.At(part); said != "" {
		f.Wrong = []string{said}
	}
	return f
}

// blankRow reports whether nothing was typed.
func (r paperRow) blankRow() bool { return r.Reference+r.On+r.Answers == "" }

// newRow is an empty row under a key of its own.
func newRow(number int) (paperRow, error) {
	key, err := uuid.NewRandom()
	return paperRow{Number: number, Key: key.String()}, err
}

// rowOf is one row as it was sent.
func rowOf(f *Form, number int) paperRow {
	r := paperRow{Number: number}
	r.Key = f.text(r.Of("key"))
	r.Reference, r.On, r.Answers = f.text(r.Of("reference")), f.text(r.Of("on")), f.text(r.Of("answers"))
	r.Unlikely = f.text(r.Of("typing")) != ""
	return r
}

// saveRow keeps one row in a transaction of its own, or puts it back with what is
// wrong with it. seen are the rows before, by person and day.
func (s *Site) saveRow(c *gin.Context, p *paperPage, row paperRow, seen map[string]int) (status int, err error) {
	ctx := c.Request.Context()
	by := server.ActorOf(ctx)
	same := strings.ToLower(row.Reference) + " " + paperDay(row.On)
	if before, twice := seen[same]; twice {
		row.Wrong = []Wrong{{Text: "Form " + strconv.Itoa(row.Number) + ": this is the same person and day as form " + strconv.Itoa(before) + ". Check the reference and the date.", Target: row.Of("reference"), name: row.Of("reference")}}
		p.Rows = append(p.Rows, row)
		return http.StatusUnprocessableEntity, nil
	}
	seen[same] = row.Number
	made, err := s.app.RecordForm(ctx, by, p.form(row))
	if err == nil {
		v, err := s.app.Referral(ctx, by, made.Referral)
		if err != nil {
			return 0, err
		}
		w := windowOf(v, made.Measure, made.Occasion)
		alert, err := s.pressing(ctx, made.ID)
		if err != nil {
			return 0, err
		}
		p.waitFor(alert)
		p.Saved = append(p.Saved, paperSaved{row.Reference, made.On, made.Referral, made.ID, w != nil && !w.Holds(made.On)})
		return http.StatusOK, nil
	}
	return s.refuseRow(c, p, row, err)
}

func (s *Site) refuseRow(c *gin.Context, p *paperPage, row paperRow, err error) (status int, other error) {
	all, accident := fault.All(err)
	if accident != nil {
		return 0, accident
	}
	row.Unlikely = fault.Is(err, fault.CheckTyping)
	for _, f := range all {
		at, text := row.Of("row"), f.Detail
		switch {
		case f.Code == fault.KeyReused:
			text = reused
			fresh, err := newRow(row.Number)
			if err != nil {
				return 0, err
			}
			row.Key = fresh.Key
		case f.Field == "reference" || f.Field == "on":
			at = row.Of(f.Field)
		case f.Field == "digits" || f.Field == "score" || strings.HasPrefix(f.Field, "items"):
			at = row.Of("answers")
		case f.Field == "typing":
			at = row.Of("typing")
		}
		if f.Code == fault.DayImpossible {
			text = "Type the day as day month year, such as 7 3 2026."
		}
		target := at
		if at == row.Of("row") {
			target = row.Of("reference")
		}
		row.Wrong = append(row.Wrong, Wrong{Text: "Form " + strconv.Itoa(row.Number) + ": " + text, Target: target, name: at})
	}
	p.Rows = append(p.Rows, row)
	return s.server.Problem(c.Request.Context(), err).Status, nil
}

// form is a row as it is asked to be kept.
func (p paperPage) form(row paperRow) app.PaperForm {
	in := app.PaperForm{Scheme: p.Scheme.ID, Reference: row.Reference, NewAssessment: app.NewAssessment{
		Key: row.Key, Measure: p.Measure.Key, Occasion: p.Occasion, On: paperDay(row.On),
		Channel: scheme.Channel(p.Form.text("channel")), Helper: scheme.Helper(p.Form.text("helper")), Language: scheme.Language(p.Form.text("language")),
		Typing: app.TypingChecked,
	}}
	if row.Unlikely {
		in.Typing = app.TypingConfirmed
	}
	if p.Way == byDigits {
		in.Digits = row.Answers + " "
	} else {
		in.Score = row.Answers
	}
	return in
}

// paperDay is YYYY-MM-DD from a day as it stands on a form: 7/3/26, 7 3 2026,
// 07.03.2026. Two digits of a year are of this century. What is no such day
// passes through, for the rule about dates to refuse.
func paperDay(text string) string {
	parts := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ./-", r) })
	if len(parts) == 1 && (len(text) == 6 || len(text) == 8) {
		parts = []string{text[:2], text[2:4], text[4:]}
	}
	if len(parts) != 3 || len(parts[0]) == 4 {
		return text
	}
	if len(parts[2]) == 2 {
		parts[2] = "20" + parts[2]
	}
	return parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])
}
