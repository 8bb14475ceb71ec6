package api

import (
	"bytes"
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/server"
)

const (
	ifMatch     = "If-Match"
	ifNoneMatch = "If-None-Match"
)

// A tagged answer has a strong ETag, which begins with the version of what has
// one; its body is left out with 304.
type tagged[O any] struct {
	Status int
	ETag   string `header:"ETag" doc:"Of this answer, strong; send it as If-None-Match, or as If-Match with a change"`
	Body   *O
}

// tag tags an answer, and leaves its body out for who has the same already.
func tag[O any](ctx context.Context, made O) (*tagged[O], error) {
	raw, err := encoded(made)
	if err != nil {
		return nil, err
	}
	etag := `"` + app.Fingerprint(raw)[:16] + `"`
	if version, ok := versionOf(made); ok {
		etag = `"v` + strconv.Itoa(version) + "-" + etag[1:]
	}
	for known := range strings.SplitSeq(conditionsOf(ctx).known, ",") {
		if strings.TrimPrefix(strings.TrimSpace(known), "W/") == etag {
			return &tagged[O]{Status: http.StatusNotModified, ETag: etag}, nil
		}
	}
	return &tagged[O]{Status: http.StatusOK, ETag: etag, Body: &made}, nil
}

// versionOf is the version of an answer that has one.
func versionOf(made any) (int, bool) {
	v := reflect.ValueOf(made)
	if v.Kind() != reflect.Struct {
		return 0, false
	}
	version := v.FieldByName("Version")
	if !version.IsValid() || version.Kind() != reflect.Int {
		return 0, false
	}
	return int(version.Int()), true
}

// conditions are what a request says of the answers that its sender has.
type conditions struct {
	known   string // If-None-Match
	matched bool   // the version of a change came as If-Match
}

type conditionsKey struct{}

func conditionsOf(ctx context.Context) conditions {
	of, _ := ctx.Value(conditionsKey{}).(conditions)
	return of
}

// conditional notes the conditions of a request for the operation.
func conditional(c *gin.Context) {
	of := conditions{known: c.GetHeader(ifNoneMatch), matched: c.GetHeader(ifMatch) != ""}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), conditionsKey{}, of))
}

// matching writes the version that If-Match names into a body that names none.
func matching(c *gin.Context, schemas huma.Registry, schema *huma.Schema, raw []byte) ([]byte, error) {
	said := c.GetHeader(ifMatch)
	if said == "" {
		return raw, nil
	}
	wrong := func(sentence string) error { return wrongForm(sentence).At("header." + ifMatch) }
	name := versionProperty(schemas, schema)
	if name == "" {
		return nil, wrong("This operation takes no version: nothing that could have changed is asked about. Leave If-Match out.")
	}
	version, hash, _ := strings.Cut(strings.TrimPrefix(said, `"v`), "-")
	_, err := strconv.ParseUint(version, 10, 31)
	if err != nil || said != `"v`+version+"-"+hash || strings.Count(hash, `"`) != 1 || !strings.HasSuffix(hash, `"`) {
		return nil, wrong("Send the ETag of the answer that you read, with its quotation marks.")
	}
	value, _, err := parse(raw)
	object, isObject := value.(map[string]any)
	if err != nil || !isObject {
		return raw, nil //nolint:nilerr // what is wrong with the body is said where it is read
	}
	if _, twice := object[name]; twice {
		return nil, wrong("The version is in the body as well. Send it once.")
	}
	begin := bytes.IndexByte(raw, '{') + 1
	between := ","
	if len(object) == 0 {
		between = ""
	}
	return append([]byte(`{"`+name+`":`+version+between), raw[begin:]...), nil
}

// versionProperty is what a body calls the version that it was made from; empty
// when it names none.
func versionProperty(schemas huma.Registry, schema *huma.Schema) string {
	if schema.Ref != "" {
		schema = schemas.SchemaFromRef(schema.Ref)
	}
	for _, name := range []string{"version", "follows"} {
		if schema.Properties[name] != nil {
			return name
		}
	}
	return ""
}

// preconditioned adds to the description of a change that names a version how to
// name it by If-Match.
func preconditioned[I any](op *huma.Operation) {
	body, ok := reflect.TypeFor[I]().FieldByName("Body")
	if !ok || body.Type.Kind() != reflect.Struct {
		return
	}
	_, version := body.Type.FieldByName("Version")
	_, follows := body.Type.FieldByName("Follows")
	if !version && !follows {
		return
	}
	op.Errors = append(op.Errors, http.StatusPreconditionFailed)
	op.Parameters = append(op.Parameters, headerParameter(ifMatch, "Instead of the version in the body: the ETag of the answer that the change was made from. Somebody else's change meanwhile is then answered with 412."))
}

func headerParameter(name, about string) *huma.Param {
	return &huma.Param{Name: name, In: "header", Description: about, Schema: &huma.Schema{Type: huma.TypeString}}
}

// problem is the server's, but that a stale If-Match is a failed precondition.
func (a *API) problem(ctx context.Context, err error) server.Problem {
	p := a.server.Problem(ctx, err)
	if conditionsOf(ctx).matched && fault.Is(err, fault.Stale) {
		p.Status, p.Title = http.StatusPreconditionFailed, http.StatusText(http.StatusPreconditionFailed)
	}
	return p
}
