package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/server"
)

// A bulk is many creations of one kind. Each is a request of its own: one that is
// refused keeps no other from being made.
type bulk[B any] struct {
	Key  string `header:"Idempotency-Key" doc:"A name of your own for this request, up to 200 characters. Sent again under it, what was made is answered as the first time, and what was refused is tried again. Remembered for 7 days." maxLength:"200" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Body struct {
		Items []B `json:"items" minItems:"1" maxItems:"100" nullable:"false" doc:"Made one after the other, in this order"`
	}
}

// A bulkResult is what became of one item.
type bulkResult[O any] struct {
	Status   int             `json:"status" doc:"As if the item had been sent alone" example:"201"`
	Location string          `json:"location,omitempty" doc:"The address of what was made"`
	Made     *O              `json:"made,omitempty" doc:"What was made; absent where it was refused"`
	Problem  *server.Problem `json:"problem,omitempty" doc:"Why it was refused, each place within the whole request"`
}

type bulkAnswer[O any] struct {
	Made    int             `json:"made" doc:"How many were made, or had been" example:"2"`
	Results []bulkResult[O] `json:"results" nullable:"false" doc:"One for each item, in their order"`
}

// posts adds an operation that makes one thing, and under /bulk one that makes
// many; id and summary are the second's.
func posts[B, O any](a *API, o asked, id, summary string, address func(O) string, ask func(context.Context, app.Actor, *creation[B]) (O, error)) {
	post(a, o, address, ask)
	o.id, o.path, o.summary = id, o.path+"/bulk", summary
	o.about = "Up to 100, each as if it had been sent alone: what is wrong with one keeps no other from being made. The answer says for each what became of it. " + o.about
	op := o.operation(http.MethodPost)
	op.Errors = append(op.Errors, http.StatusBadRequest, http.StatusNotFound, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	huma.Register(a.huma, op, func(ctx context.Context, in *bulk[B]) (*struct{ Body bulkAnswer[O] }, error) {
		items, whole := byItem(formOf(ctx), len(in.Body.Items))
		if len(whole) > 0 {
			return nil, a.problem(ctx, whole.Err())
		}
		answer := bulkAnswer[O]{Results: make([]bulkResult[O], len(in.Body.Items))}
		for i, body := range in.Body.Items {
			one := creation[B]{Body: body}
			if in.Key != "" {
				one.Key = fmt.Sprintf("%s %d", in.Key, i)
			}
			made, err := *new(O), items[i].Err()
			if err == nil {
				made, err = ask(ctx, server.ActorOf(ctx), &one)
				err = at(fmt.Sprintf("body.items[%d]", i), err)
			}
			if err != nil {
				p := a.problem(ctx, err)
				answer.Results[i] = bulkResult[O]{Status: p.Status, Problem: &p}
				continue
			}
			answer.Made++
			answer.Results[i] = bulkResult[O]{Status: http.StatusCreated, Location: prefix + address(made), Made: &made}
		}
		return &struct{ Body bulkAnswer[O] }{answer}, nil
	})
}

// byItem parts what is wrong with the form of a bulk into what each item is
// refused for, and what the whole request is.
func byItem(wrong fault.List, items int) (of []fault.List, whole fault.List) {
	of = make([]fault.List, items)
	for _, f := range wrong {
		place, inItem := strings.CutPrefix(f.Field, "body.items[")
		number, _, _ := strings.Cut(place, "]")
		i, err := strconv.Atoi(number)
		if !inItem || err != nil || i >= items {
			whole.Add(f)
			continue
		}
		of[i].Add(f)
	}
	return of, whole
}
