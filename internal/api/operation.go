package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/server"
)

const idempotencyKey = "Idempotency-Key"

// An asked is one operation as its room writes it down.
type asked struct {
	id      string // operationId, and the name in client libraries
	path    string
	tag     string
	right   app.Right
	why     string // why it needs no right of a role, where it is server.SignedIn
	file    bool   // a whole file is sent or worked through: see server.Policy
	summary string
	about   string
}

func (o asked) operation(method string) huma.Operation {
	op := huma.Operation{
		OperationID: o.id, Method: method, Path: o.path, Tags: []string{o.tag},
		Summary: o.summary, Description: o.about,
		Errors:           []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusServiceUnavailable, http.StatusInsufficientStorage},
		Security:         []map[string][]string{{"bearer": {}}, {"session": {}}},
		Metadata:         map[string]any{policyKey: server.Policy{Right: o.right, Why: o.why, File: o.file}},
		SkipValidateBody: true, // the adapter has done it
		MaxBodyBytes:     -1,   // the server has done it
	}
	return op
}

// get adds an operation that reads; part is where its faults lie.
func get[I, O any](a *API, o asked, part string, ask func(context.Context, app.Actor, *I) (O, error)) {
	op := o.operation(http.MethodGet)
	op.Errors = append(op.Errors, http.StatusNotFound)
	if o.file {
		op.Errors = append(op.Errors, http.StatusConflict) // it may be in already
	}
	op.Responses = map[string]*huma.Response{"304": {Description: "The answer is the one that If-None-Match names"}}
	op.Parameters = append(op.Parameters, headerParameter(ifNoneMatch, "The ETag of the answer that you have: 304 if it is still the same"))
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*tagged[O], error) {
		made, err := answer(ctx, a, part, func(ctx context.Context) (O, error) { return ask(ctx, server.ActorOf(ctx), in) })
		if err == nil {
			err = a.opened(ctx)
		}
		if err != nil {
			return nil, err
		}
		return tag(ctx, made)
	})
}

// Keyed is the part of a request that keeps it from being done twice. It is
// exported because huma reads embedded fields of exported types only.
type Keyed struct {
	Key string `header:"Idempotency-Key" doc:"A name of your own for this request, up to 200 characters. The same request sent again under it is answered as the first time and makes nothing; another request under it is refused with 422. Remembered for 7 days." maxLength:"200" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
}

// A creation is a request that makes something.
type creation[B any] struct {
	Keyed
	Body B
}

// A change is a request about what is there, which it leaves with one version
// more.
type change[B any] struct {
	ID string `path:"id" doc:"Its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Keyed
	Body B
}

// A created is the answer to either.
type created[O any] struct {
	Location string `header:"Location" doc:"The address of what was made"`
	Body     O
}

// post adds an operation that makes something; at is its address.
func post[I, O any](a *API, o asked, at func(O) string, ask func(context.Context, app.Actor, *I) (O, error)) {
	op := o.operation(http.MethodPost)
	op.DefaultStatus = http.StatusCreated
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict,
		http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	preconditioned[I](&op)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*created[O], error) {
		made, err := answer(ctx, a, "body", func(ctx context.Context) (O, error) { return ask(ctx, server.ActorOf(ctx), in) })
		if err != nil {
			return nil, err
		}
		return &created[O]{Location: prefix + at(made), Body: made}, nil
	})
}

// look adds an operation that reads what is asked for in a body.
func look[I, O any](a *API, o asked, ask func(context.Context, app.Actor, *I) (O, error)) {
	op := o.operation(http.MethodPost)
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*struct{ Body O }, error) {
		found, err := answer(ctx, a, "body", func(ctx context.Context) (O, error) { return ask(ctx, server.ActorOf(ctx), in) })
		if err == nil {
			err = a.opened(ctx)
		}
		if err != nil {
			return nil, err
		}
		return &struct{ Body O }{found}, nil
	})
}

// opened has the audit know of an answer that shows people before it goes out.
func (a *API) opened(ctx context.Context) error {
	if err := a.server.Opened(ctx); err != nil {
		return a.server.Problem(ctx, err)
	}
	return nil
}

// A list is one page of things.
type list[T any] struct {
	Items []T    `json:"items" nullable:"false"`
	Next  string `json:"next,omitempty" doc:"Send this as after for the next page; absent on the last"`
}

// Paged is the part of a query that says which page. It is exported because
// huma reads embedded fields of exported types only.
type Paged struct {
	After string `query:"after" doc:"The next of the page before, as it is; absent for the first. What is none of this list, sorted so, is refused" example:"kq3nX0sVb1u8yA7cEw"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many at most"`
}

// listed makes one page of answers; mark is the place of the last of a full page.
func listed[F, T any](found []F, limit int, body func(F) T, mark func(F) string) list[T] {
	l := list[T]{Items: make([]T, len(found))}
	for i, f := range found {
		l.Items[i] = body(f)
	}
	if limit > 0 && len(found) >= limit {
		l.Next = mark(found[len(found)-1])
	}
	return l
}

type none struct{}

type byID struct {
	ID string `path:"id" doc:"Its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
}
