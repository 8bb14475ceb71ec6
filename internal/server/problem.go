package server

import (
	"context"
	"fmt"
	"net/http"

	"cairn/internal/fault"
)

// A Problem is what the reader of a refusal or an accident gets: problem+json
// (RFC 9457) from the API, the same words on a page.
type Problem struct {
	Type     string         `json:"type" example:"/problems/score.out-of-range" doc:"Reference to the meaning of the code"`
	Title    string         `json:"title" example:"Unprocessable Entity"`
	Status   int            `json:"status" example:"422"`
	Detail   string         `json:"detail" doc:"What to do about it, for people"`
	Instance string         `json:"instance" example:"urn:uuid:0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11" doc:"Names this one answer in the log"`
	Errors   []ProblemError `json:"errors,omitempty" doc:"Everything that is wrong with the request, each with its place"`
}

// A ProblemError is one thing to mend.
type ProblemError struct {
	Location string     `json:"location,omitempty" example:"body.items.anxiety" doc:"Where in the request"`
	Message  string     `json:"message" doc:"What to do about it, for people"`
	Code     fault.Code `json:"code" example:"score.out-of-range" doc:"The same, for programs"`
}

// mostErrors bounds one answer: who has sent a thousand mistakes mends the first
// hundred and asks again.
const mostErrors = 100

// Internal is the code of an accident, which is no fault of the reader's.
const Internal fault.Code = "internal"

// clientGone is what the log says of a reader who did not wait (nginx's 499).
const clientGone = 499

// Error lets a Problem travel as the error that it tells.
func (p Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p Problem) GetStatus() int { return p.Status }

// GetHeaders is what HTTP wants beside some statuses.
func (p Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="cairn"`)
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	}
	return h
}

// ContentType is application/problem+json for JSON.
func (p Problem) ContentType(string) string { return "application/problem+json" }

// status is the one place where a fault becomes an HTTP status: by its code
// where HTTP has a status of its own for it, else by its kind.
func status(f *fault.Fault) int {
	switch f.Code {
	case fault.InputUnreadable:
		return http.StatusBadRequest
	case fault.InputMediaType:
		return http.StatusUnsupportedMediaType
	case fault.InputTooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.MethodNotAllowed:
		return http.StatusMethodNotAllowed
	case fault.KeyReused:
		return http.StatusUnprocessableEntity
	case fault.NoRoom: // waiting does not help
		return http.StatusInsufficientStorage
	}
	switch f.Kind {
	case fault.Missing:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Anonymous:
		return http.StatusUnauthorized
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusUnprocessableEntity
}

// Tell is the problem that says all of the faults at once; there is at least
// one. The first decides the status.
func Tell(ctx context.Context, all fault.List) Problem { return tell(all, RequestID(ctx)) }

func tell(all fault.List, requestID string) Problem {
	first := all[0]
	p := Problem{
		Type:     "/problems/" + string(first.Code),
		Status:   status(first),
		Detail:   first.Detail,
		Instance: instance(requestID),
	}
	p.Title = http.StatusText(p.Status)
	for _, f := range all[:min(len(all), mostErrors)] {
		if f.Field != "" || len(all) > 1 {
			p.Errors = append(p.Errors, ProblemError{Location: f.Field, Message: f.Detail, Code: f.Code})
		}
		if f.Code != first.Code {
			p.Type = "/problems/" + string(fault.InputInvalid)
		}
	}
	switch {
	case len(all) > mostErrors:
		p.Detail = fmt.Sprintf("There are %d things to mend; errors says where the first %d are.", len(all), mostErrors)
	case len(all) > 1:
		p.Detail = fmt.Sprintf("There are %d things to mend; errors says which and where.", len(all))
	}
	return p
}

// accident is the one answer to everything that is nobody's fault.
func accident(requestID string) Problem {
	return Problem{
		Type:     "/problems/" + string(Internal),
		Title:    http.StatusText(http.StatusInternalServerError),
		Status:   http.StatusInternalServerError,
		Detail:   "Something went wrong on our side. It is in the log as " + requestID + ": give your administrator that number.",
		Instance: instance(requestID),
	}
}

func instance(requestID string) string { return "urn:uuid:" + requestID }
