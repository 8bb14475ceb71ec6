package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/server"
)

// adopt makes huma refuse in our words, and take a field's name only as it is
// spelled. huma keeps both in variables of its package, so this happens once.
var adopt = sync.OnceFunc(func() {
	huma.ValidateStrictCasing = true
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		return refusal(context.Background(), status, message, errs)
	}
	huma.NewErrorWithContext = func(c huma.Context, status int, message string, errs ...error) huma.StatusError {
		return refusal(c.Context(), status, message, errs)
	}
})

// refusal is what huma itself found wrong, which is little, since the adapter
// has looked before it. The value that was sent is dropped here.
func refusal(ctx context.Context, status int, message string, errs []error) server.Problem {
	var wrong fault.List
	for _, e := range errs {
		wrong.Add(translate(e))
	}
	if len(wrong) == 0 {
		wrong.Add(fault.New(fault.Invalid, codeOf(status), "%s.", sentence(message)))
	}
	return server.Tell(ctx, wrong)
}

func codeOf(status int) fault.Code {
	switch status {
	case http.StatusUnsupportedMediaType:
		return fault.InputMediaType
	case http.StatusRequestEntityTooLarge:
		return fault.InputTooLarge
	case http.StatusBadRequest, http.StatusRequestTimeout, http.StatusInternalServerError:
		return fault.InputUnreadable
	}
	return fault.InputInvalid
}

// translate says one of huma's complaints in our words and without the value
// that it is about.
func translate(e error) *fault.Fault {
	var d *huma.ErrorDetail
	if !errors.As(e, &d) {
		return fault.New(fault.Invalid, fault.InputInvalid, "This request cannot be read. Compare it with /api/docs.")
	}
	at := clipPath(d.Location)
	needed, isNeeded := strings.CutPrefix(d.Message, "expected required property ")
	switch {
	case d.Message == validation.MsgUnexpectedProperty:
		return unknown().At(at)
	case isNeeded:
		name, _, _ := strings.Cut(needed, " ")
		return wrongForm("This field is needed.").At(at + "." + name)
	case strings.HasSuffix(d.Message, "parameter is missing"):
		return wrongForm("This parameter is needed.").At(at)
	}
	if said, ok := words()[d.Message]; ok {
		return wrongForm(said).At(at)
	}
	for bound, said := range bounds() {
		if limit, ok := strings.CutPrefix(d.Message, bound); ok {
			return wrongForm(fmt.Sprintf(said, strings.TrimSuffix(limit, `"`))).At(at) // our limit and not the value
		}
	}
	return wrongForm("This value has the wrong form. Compare it with /api/docs.").At(at)
}

func words() map[string]string {
	return map[string]string{
		validation.MsgExpectedString:  "Write this as text, in quotes.",
		validation.MsgExpectedNumber:  "Write this as a number, without quotes.",
		validation.MsgExpectedInteger: "Write this as a whole number, without quotes.",
		validation.MsgExpectedBoolean: "Write this as true or false, without quotes.",
		validation.MsgExpectedArray:   "Write this as a list, in square brackets.",
		validation.MsgExpectedObject:  "Write this as an object, in curly brackets.",
		"invalid integer":             "Write this as a whole number.",
	}
}

// bounds are the complaints that name a limit or the choices, which come after them.
func bounds() map[string]string {
	return map[string]string{
		"expected number <= ":            "Write a number of at most %s.",
		"expected number >= ":            "Write a number of at least %s.",
		"expected length <= ":            "Write at most %s characters.",
		"expected length >= ":            "Write at least %s characters.",
		"expected array length <= ":      "This list has at most %s items. Send the others in another request.",
		"expected array length >= ":      "This list has at least %s item. Add what you want to send.",
		"expected value to be one of \"": "Choose one of: %s.",
	}
}

func wrongForm(sentence string) *fault.Fault {
	return fault.New(fault.Invalid, fault.InputInvalid, "%s", sentence)
}

func unknown() *fault.Fault {
	return fault.New(fault.Invalid, fault.InputUnknown, "Nothing reads this name here. Check its spelling or leave it out.")
}

func sentence(message string) string {
	if message == "" {
		return message
	}
	return strings.ToUpper(message[:1]) + message[1:]
}

func clipPath(path string) string {
	parts := strings.Split(path, ".")
	for i := range parts {
		parts[i] = clip(parts[i])
	}
	return strings.Join(parts, ".")
}

// at puts the faults of err under a part of the request: "on" of a body is
// body.on. A header's name says itself where it is.
func at(part string, err error) error {
	all, accident := fault.All(err)
	if accident != nil || err == nil {
		return err
	}
	placed := make(fault.List, len(all))
	for i, f := range all {
		switch f.Field {
		case "":
		case idempotencyKey:
			f = f.At("header." + f.Field)
		default:
			f = f.At(part + "." + f.Field)
		}
		placed[i] = f
	}
	return placed.Err()
}

// answer runs what an operation asks of app, with the faults of its form. With
// any, the asking is a rehearsal, and what it finds is added; made is then empty.
func answer[T any](ctx context.Context, a *API, part string, ask func(context.Context) (T, error)) (made T, err error) {
	wrong := formOf(ctx)
	if len(wrong) == 0 {
		made, err = ask(ctx)
		if err != nil {
			return made, a.problem(ctx, at(part, err))
		}
		return made, nil
	}
	_, err = ask(app.Rehearse(ctx))
	var none T
	found, accident := fault.All(at(part, err))
	if accident != nil && !errors.Is(accident, app.ErrRehearsed) {
		return none, a.problem(ctx, accident)
	}
	for _, f := range found {
		if !explained(wrong, f) {
			wrong = append(wrong, f)
		}
	}
	return none, a.problem(ctx, wrong.Err())
}

// explained reports whether a fault of the form lies at, above or under the
// place of f: that a field is empty needs no saying when it could not be read.
func explained(wrong fault.List, f *fault.Fault) bool {
	if f.Field == "" {
		return f.Kind == fault.Invalid
	}
	for _, w := range wrong {
		if f.Field == w.Field || inside(f.Field, w.Field) || inside(w.Field, f.Field) {
			return true
		}
	}
	return false
}

func inside(place, outer string) bool {
	rest, ok := strings.CutPrefix(place, outer)
	return ok && rest != "" && strings.ContainsAny(rest[:1], ".[")
}
