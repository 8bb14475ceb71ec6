package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/exchange/fhir"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// batch keeps the QuestionnaireResponses of a Bundle, each by itself.
func (a *API) batch(c *gin.Context) error {
	raw, err := sentAs(c, fhir.Media)
	if err != nil {
		return err
	}
	value, form, err := parse(raw)
	if err != nil {
		return err
	}
	names := a.names(c)
	all, mistakes, wrong := names.Batch(value)
	for _, f := range form {
		at := strings.Replace(f.Field, "body", "Bundle", 1)
		if of, ok := entryOf(at, len(all)); ok {
			mistakes[of] = append(mistakes[of], f.At(at))
			continue
		}
		wrong.Add(f.At(at))
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	answers := make([]fhir.EntryAnswer, len(all))
	for i, in := range all {
		answers[i] = a.receive(c.Request.Context(), in, mistakes[i])
	}
	return sendFHIR(c, http.StatusOK, fhir.Answers(answers))
}

// entryOf is which entry of a Bundle a place lies in.
func entryOf(place string, entries int) (int, bool) {
	inside, ok := strings.CutPrefix(place, "Bundle.entry[")
	number, _, _ := strings.Cut(inside, "]")
	i, err := strconv.Atoi(number)
	return i, ok && err == nil && i < entries
}

// receive keeps one entry of a batch, or says why not.
func (a *API) receive(ctx context.Context, in fhir.Incoming, wrong fault.List) fhir.EntryAnswer {
	made, already, err := scheme.Assessment{}, false, wrong.Err()
	if err == nil {
		made, already, err = a.received(ctx, in)
	}
	if err != nil {
		p := a.server.Problem(ctx, err)
		if len(p.Errors) == 0 {
			if all, _ := fault.All(err); len(all) == 1 {
				p.Errors = []server.ProblemError{{Location: all[0].Field, Message: all[0].Detail, Code: all[0].Code}}
			}
		}
		return fhir.EntryAnswer{Status: statusText(p.Status), Outcome: outcomeOf(p, in.Place)}
	}
	kept := fhir.EntryAnswer{Status: statusText(http.StatusCreated), Location: "QuestionnaireResponse/" + string(made.ID), Etag: `W/"` + strconv.Itoa(made.Revision) + `"`}
	if already {
		kept.Status = statusText(http.StatusOK)
	}
	if len(in.Notes) > 0 {
		kept.Outcome = fhir.Issues(in.Notes...)
	}
	return kept
}

func statusText(status int) string { return strconv.Itoa(status) + " " + http.StatusText(status) }

// received holds one response against its measure and keeps it.
func (a *API) received(ctx context.Context, in fhir.Incoming) (scheme.Assessment, bool, error) {
	by := server.ActorOf(ctx)
	def, err := a.app.Measure(ctx, by, in.Measure)
	if fault.Is(err, fault.NotFound) {
		return scheme.Assessment{}, false, unknownMeasure()
	}
	if err != nil {
		return scheme.Assessment{}, false, err
	}
	sheet, wrong := in.Held(def)
	if err := wrong.Err(); err != nil {
		return scheme.Assessment{}, false, err
	}
	return a.app.Receive(ctx, by, app.Received{
		NewAssessment: app.NewAssessment{
			Referral: in.Referral, Measure: in.Measure, On: in.On, Occasion: in.Occasion, Rater: in.Rater, Channel: in.Channel, Helper: in.Helper,
			Language: in.Language, Responses: sheet.Responses, Words: sheet.Words, Series: sheet.Series, Score: sheet.Score, RiskAnswer: in.Risk,
		},
		System: in.Identifier.System, Value: in.Identifier.Value, Here: in.Here, Person: in.Person, Reference: in.Reference,
	})
}

func unknownMeasure() error {
	return fault.New(fault.Missing, fault.MeasureUnknown, "There is no such measure here. Questionnaire lists those that there are.").At("measure")
}
