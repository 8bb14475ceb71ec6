package api

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/fault"
	"cairn/internal/server"
)

// conflicts are the codes of 409 by operation, besides version.stale of those that
// name a version. Tests hold every refusal that they see against it.
func conflicts() map[string][]fault.Code {
	all := map[string][]fault.Code{
		"create-scheme": {fault.SchemeNameTaken}, "change-profile": {fault.SchemeNameTaken},
		"create-activity": {fault.ActivityTaken}, "change-activity": {fault.ActivityTaken},
		"create-person": {fault.PersonTaken}, "change-person": {fault.PersonTaken, fault.PersonMerge},
		"merge-people":    {fault.PersonMerge, fault.ReferralOpen},
		"create-referral": {fault.ReferralOpen, fault.PersonTaken}, "change-referral": {fault.ReferralOpen, fault.ReferralReopen},
		"change-prescription": {fault.RegisterSays},
		"create-assessment":   {fault.AssessmentTwice}, "create-assessment-by-reference": {fault.AssessmentTwice},
		"correct-assessment": {fault.AssessmentTwice, fault.AssessmentGone}, "move-assessment": {fault.AssessmentTwice, fault.AssessmentGone},
		"withdraw-assessment": {fault.AssessmentGone},
		"create-not-done":     {fault.DueSettled}, "undo-not-done": {fault.DueSettled},
		"answer-alert": {fault.AlertClosed}, "close-alert-review": {fault.AlertClosed},
		"prepare-release": {fault.ReleaseOpen, fault.ReleaseGrain, fault.ReleaseDraft, fault.ReleaseState},
		"publish-release": {fault.ReleaseState, fault.ReleaseUnsafe},
		"undo-import":     {fault.ImportState}, "import-file": {fault.ImportState}, "send-import-file": {fault.ImportState, fault.ImportWaiting},
		"check-project": {fault.ProjectUnsafe}, "download-project": {fault.TicketGone, fault.ProjectUnsafe, fault.ProjectState},
		"create-measure": {fault.MeasureChanged},
	}
	for code, operations := range map[fault.Code]string{
		fault.ReleaseState: "audit-release withdraw-release open-release create-grant revoke-grant",
		fault.ImportState:  "get-import-file map-import-file check-import-file progress-import-file cancel-import-file remove-import-file report-import-file rejects-import-file",
		fault.ProjectState: "decide-project end-project confirm-project-download",
	} {
		for _, id := range strings.Fields(operations) {
			all[id] = append(all[id], code)
		}
	}
	return all
}

// codes are those of every other status.
func codes() map[int][]fault.Code {
	return map[int][]fault.Code{
		http.StatusBadRequest: {fault.InputUnreadable}, http.StatusUnauthorized: {fault.SignInNeeded}, http.StatusForbidden: {fault.NotAllowed, fault.RequestOrigin},
		http.StatusNotFound: {fault.NotFound}, http.StatusPreconditionFailed: {fault.Stale}, http.StatusRequestEntityTooLarge: {fault.InputTooLarge},
		http.StatusUnsupportedMediaType: {fault.InputMediaType}, http.StatusInternalServerError: {server.Internal}, http.StatusServiceUnavailable: {fault.Busy}, http.StatusInsufficientStorage: {fault.NoRoom},
	}
}

// invalidSays is how a 422 is read.
const invalidSays = "Something is wrong with what was sent. `errors` says of each mistake where it is and which code it has; it is absent of a mistake that is alone and has no place. `type` has the code, `input.invalid` of several. They are"

// describeRefusals says of each refusal of each operation which codes it has.
func describeRefusals(api *huma.OpenAPI) {
	of, usual := conflicts(), codes()
	for _, path := range api.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post} {
			if op == nil {
				continue
			}
			for said, response := range op.Responses {
				status, err := strconv.Atoi(said)
				switch {
				case err != nil || status < http.StatusBadRequest:
				case status == http.StatusUnprocessableEntity:
					response.Description = named(invalidSays, invalidOf(op, api.Components.Schemas))
				case status == http.StatusConflict:
					all := of[op.OperationID]
					if op.Responses[strconv.Itoa(http.StatusPreconditionFailed)] != nil {
						all = append(all, fault.Stale)
					}
					if len(all) == 0 { // nothing can stand against it
						delete(op.Responses, said)
					}
					response.Description = named("What is there stands against it", all)
				case op.OperationID == "confirm-project-download" && status == http.StatusForbidden:
					response.Description = named(http.StatusText(status), append(usual[status], fault.StepUpRefused))
				default:
					response.Description = named(http.StatusText(status), usual[status])
				}
			}
		}
	}
}

// named are codes behind what they have in common.
func named(what string, all []fault.Code) string {
	for i, code := range all {
		what += []string{": ", ", "}[min(i, 1)] + "`" + string(code) + "`"
	}
	return what
}
