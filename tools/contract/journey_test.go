package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	openapi "github.com/oapi-codegen/runtime/types"

	"cairn/contract/client"
)

func day(t *testing.T, text string) openapi.Date {
	t.Helper()
	on, err := time.Parse(time.DateOnly, text)
	must(t, err)
	return openapi.Date{Time: on}
}

func ptr[T any](v T) *T { return &v }

// answered is what an operation gave, held to the document: the status that is
// asked for, and no property that the generated type does not have.
func answered[T any](t *testing.T, what string, found *T, body []byte, status int, err error) *T {
	t.Helper()
	must(t, err)
	if found == nil {
		t.Fatalf("%s: %d %s", what, status, body)
	}
	read := json.NewDecoder(bytes.NewReader(body))
	read.DisallowUnknownFields()
	if err := read.Decode(new(T)); err != nil {
		t.Errorf("%s answers what its description does not have: %v", what, err)
	}
	return found
}

// A service is set up, people are registered and measured twice, an answer is
// corrected, and the evidence has them. A sheet of old scores comes in, its rows go
// out for research, and it is taken back.
func TestContract_FromSchemeToEvidence(t *testing.T) {
	s := serve(t)
	c, ctx := s.as(s.token()), t.Context()

	made, err := c.CreateSchemeWithResponse(ctx, &client.CreateSchemeParams{}, client.NewScheme{
		Name: "Garden", Measures: []string{"swemwbs"}, StartedOn: day(t, "2026-01-01"), Weeks: 12,
	})
	scheme := answered(t, "create-scheme", made.JSON201, made.Body, made.StatusCode(), err)
	grown, err := c.CreateActivityWithResponse(ctx, &client.CreateActivityParams{}, client.NewActivity{Name: "Allotment", Category: client.NewActivityCategoryNature})
	activity := answered(t, "create-activity", grown.JSON201, grown.Body, grown.StatusCode(), err)

	const people = 5
	var last *client.Assessment
	for i := range people {
		registered, err := c.CreatePersonWithResponse(ctx, &client.CreatePersonParams{}, client.NewPerson{Reference: fmt.Sprintf("RS-%04d", i)})
		person := answered(t, "create-person", registered.JSON201, registered.Body, registered.StatusCode(), err)
		referred, err := c.CreateReferralWithResponse(ctx, &client.CreateReferralParams{}, client.NewReferral{
			Person: person.Id, Scheme: scheme.Id, ReceivedOn: day(t, "2026-01-05"), AcceptedOn: ptr(day(t, "2026-01-06")),
		})
		referral := answered(t, "create-referral", referred.JSON201, referred.Body, referred.StatusCode(), err)
		prescribed, err := c.CreatePrescriptionWithResponse(ctx, &client.CreatePrescriptionParams{}, client.NewPrescription{
			Referral: referral.Id, Activity: activity.Id, OfferedOn: day(t, "2026-01-06"), FirstAttendedOn: ptr(day(t, "2026-01-12")),
		})
		answered(t, "create-prescription", prescribed.JSON201, prescribed.Body, prescribed.StatusCode(), err)
		for occasion, form := range map[string]struct{ on, digits string }{
			"baseline": {"2026-01-12", "2222222"},
			"day-84":   {"2026-04-06", fmt.Sprintf("%d444444", 1+i)},
		} {
			saved, err := c.CreateAssessmentWithResponse(ctx, &client.CreateAssessmentParams{IdempotencyKey: ptr(fmt.Sprintf("%d %s", i, occasion))}, client.NewAssessment{
				Referral: referral.Id, Measure: "swemwbs", Occasion: occasion, On: day(t, form.on), Digits: ptr(form.digits),
			})
			last = answered(t, "create-assessment", saved.JSON201, saved.Body, saved.StatusCode(), err)
		}
	}

	again := client.Correction{Occasion: last.Occasion, On: last.On, Digits: ptr("3333333"), Reason: "typed-wrongly", Version: int(last.Version)}
	mended, err := c.CorrectAssessmentWithResponse(ctx, last.Id, &client.CorrectAssessmentParams{}, again)
	if got := answered(t, "correct-assessment", mended.JSON201, mended.Body, mended.StatusCode(), err); got.Version != last.Version+1 {
		t.Errorf("version %d of a correction of %d", got.Version, last.Version)
	}
	stale, err := c.CorrectAssessmentWithResponse(ctx, last.Id, &client.CorrectAssessmentParams{}, again)
	if problem := answered(t, "correct-assessment, stale", stale.ApplicationproblemJSON409, stale.Body, stale.StatusCode(), err); !strings.HasPrefix(problem.Type, "/problems/") {
		t.Errorf("problem %s", problem.Type)
	}

	said, err := c.GetEvidenceWithResponse(ctx, scheme.Id, &client.GetEvidenceParams{})
	found := answered(t, "get-evidence", said.JSON200, said.Body, said.StatusCode(), err)
	if n := found.Finding.Counts.NPaired; n != people {
		t.Errorf("%d pairs, want %d", n, people)
	}
	ed := s.joins("ed@riverside.example", "researcher")
	s.rowsForResearch(c, ed, scheme.Id)
	s.fileForResearch(c, ed, s.imported(c, 40))
	s.undone(c)
}

// A list is read page by page to its end, nobody twice and nobody left out.
func TestContract_Pages(t *testing.T) {
	s := serve(t)
	c, ctx := s.as(s.token()), t.Context()
	want := map[string]bool{}
	for i := range 7 {
		reference := fmt.Sprintf("RS-%04d", i)
		made, err := c.CreatePersonWithResponse(ctx, &client.CreatePersonParams{IdempotencyKey: &reference}, client.NewPerson{Reference: reference})
		first := answered(t, "create-person", made.JSON201, made.Body, made.StatusCode(), err)
		repeated, err := c.CreatePersonWithResponse(ctx, &client.CreatePersonParams{IdempotencyKey: &reference}, client.NewPerson{Reference: reference})
		if got := answered(t, "create-person again", repeated.JSON201, repeated.Body, repeated.StatusCode(), err); got.Id != first.Id {
			t.Errorf("sent again: %s is %s", got.Id, first.Id)
		}
		want[reference] = true
	}
	ask := &client.ListPeopleParams{Limit: ptr(int64(3))}
	for {
		page, err := c.ListPeopleWithResponse(ctx, ask)
		found := answered(t, "list-people", page.JSON200, page.Body, page.StatusCode(), err)
		for _, p := range found.Items {
			if !want[p.Reference] {
				t.Errorf("%s twice, or never made", p.Reference)
			}
			delete(want, p.Reference)
		}
		if found.Next == nil {
			break
		}
		ask.After = found.Next
	}
	if len(want) > 0 {
		t.Errorf("left out: %v", want)
	}
}

// Refusals are the problems that the document describes, and name their place.
func TestContract_Refusals(t *testing.T) {
	s := serve(t)
	ctx := t.Context()
	nobody, err := s.as("").ListPeopleWithResponse(ctx, &client.ListPeopleParams{})
	answered(t, "list-people by nobody", nobody.ApplicationproblemJSON401, nobody.Body, nobody.StatusCode(), err)
	c := s.as(s.token())
	wrong, err := c.CreateSchemeWithResponse(ctx, &client.CreateSchemeParams{}, client.NewScheme{Name: "Garden", Measures: []string{"nothing"}, StartedOn: day(t, "2026-01-01"), Weeks: 300})
	problem := answered(t, "create-scheme of nothing", wrong.ApplicationproblemJSON422, wrong.Body, wrong.StatusCode(), err)
	if problem.Errors == nil || len(*problem.Errors) < 1 || problem.Status != http.StatusUnprocessableEntity {
		t.Errorf("%s", wrong.Body)
	}
	missing, err := c.GetSchemeWithResponse(ctx, "0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b12", &client.GetSchemeParams{})
	answered(t, "get-scheme of nobody", missing.ApplicationproblemJSON404, missing.Body, missing.StatusCode(), err)
}
