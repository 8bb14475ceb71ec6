package api

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"cairn/internal/fault"
	"cairn/internal/server"
)

// adapter puts huma's operations on our server, each with its policy, and looks
// at the form of a request before huma does: a body's fields against its
// schema, the query against the operation's parameters. What is wrong is kept
// for the operation, which adds what is wrong with the content.
type adapter struct {
	server  *server.Server
	schemas huma.Registry
}

// policyKey is where an operation keeps its row of the policy table.
const policyKey = "policy"

// Handle adds one operation. One without a policy cannot be added.
func (a *adapter) Handle(op *huma.Operation, next func(huma.Context)) {
	policy, ok := op.Metadata[policyKey].(server.Policy)
	if !ok {
		panic("api: " + op.OperationID + " has no policy")
	}
	path := strings.NewReplacer("{", ":", "}", "").Replace(op.Path)
	a.server.Route(op.Method, prefix+path, policy, func(c *gin.Context) error {
		conditional(c)
		wrong := unknownParameters(op, c.Request)
		if op.RequestBody != nil && op.RequestBody.Content[octets] == nil { // a file is read as it arrives
			form, err := a.readBody(c, op)
			if err != nil {
				return err
			}
			wrong = append(wrong, form...)
		}
		c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), formKey{}, wrong))
		c.Request.Header.Del("Accept") // JSON is all there is: nothing to negotiate
		next(humagin.NewContext(op, c))
		return nil
	})
}

func (a *adapter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.server.Engine().ServeHTTP(w, r)
}

type formKey struct{}

// formOf is what is wrong with the form of the request, each at its place.
func formOf(ctx context.Context) fault.List {
	wrong, _ := ctx.Value(formKey{}).(fault.List)
	return wrong
}

// unknownParameters is what the operation would not look at: names that it does
// not read, and all values but the first of one that is sent twice.
func unknownParameters(op *huma.Operation, r *http.Request) (wrong fault.List) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		wrong.Add(wrongForm("The query of this address cannot be read. Write every part as name=value, joined by &.").At("query"))
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		taken := slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "query" && p.Name == name })
		switch {
		case !taken:
			wrong.Add(notTaken(op).At("query." + clip(name)))
		case len(query[name]) > 1:
			wrong.Add(wrongForm("This parameter is there more than once. Send it once.").At("query." + name))
		}
	}
	return wrong
}

// notTaken says that the operation does not look at a parameter, and which it looks
// at.
func notTaken(op *huma.Operation) *fault.Fault {
	var names []string
	for _, p := range op.Parameters {
		if p.In == "query" {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return fault.New(fault.Invalid, fault.InputUnknown, "Nothing reads this name here, and no other: leave it out.")
	}
	return fault.New(fault.Invalid, fault.InputUnknown, "Nothing reads this name here. Check its spelling or leave it out; this address takes %s.", strings.Join(names, ", "))
}

// sentAs is the whole body of a request that says it is JSON of that kind.
func sentAs(c *gin.Context, media string) ([]byte, error) {
	kind, parameters, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	charset := strings.ToLower(parameters["charset"])
	if err != nil || kind != media || charset != "" && charset != "utf-8" {
		return nil, fault.New(fault.Invalid, fault.InputMediaType, "Send JSON in UTF-8, with the header Content-Type: %s.", media).At("header.Content-Type")
	}
	raw, err := io.ReadAll(c.Request.Body)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, err
	case err != nil:
		return nil, fault.New(fault.Invalid, fault.InputUnreadable, "The request ended before its body did. Send it again.").Because(err)
	}
	return raw, nil
}

// readBody reads the whole body, puts it back for huma, and says what is wrong
// with its form. A body that is no JSON at all is an error of its own.
func (a *adapter) readBody(c *gin.Context, op *huma.Operation) (fault.List, error) {
	raw, err := sentAs(c, "application/json")
	if err != nil {
		return nil, err
	}
	schema := op.RequestBody.Content["application/json"].Schema
	if raw, err = matching(c, a.schemas, schema, raw); err != nil {
		return nil, err
	}
	value, wrong, err := parse(raw)
	if err != nil {
		return nil, err
	}
	var found huma.ValidateResult
	huma.Validate(a.schemas, schema, huma.NewPathBuffer([]byte("body"), 4), huma.ModeWriteToServer, value, &found)
	for _, e := range found.Errors {
		f := translate(e)
		said := slices.ContainsFunc(wrong, func(w *fault.Fault) bool { return w.Field == f.Field })
		if !said {
			wrong.Add(f)
		}
	}
	slices.SortStableFunc(wrong, func(x, y *fault.Fault) int { return strings.Compare(x.Field, y.Field) })
	c.Request.Body = io.NopCloser(bytes.NewReader(raw))
	return wrong, nil
}
