package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// committed is the document that answers are held against.
var committed = sync.OnceValues(func() (d document, err error) {
	raw, err := os.ReadFile(golden)
	if err != nil {
		return d, err
	}
	return d, json.Unmarshal(raw, &d)
})

// find is the operation that a request asks for.
func (d document) find(r *http.Request) (operation, bool) {
	asked := strings.Split(strings.TrimPrefix(r.URL.Path, "/api/v1"), "/")
	for path, methods := range d.Paths {
		parts := strings.Split(path, "/")
		matches := slices.EqualFunc(parts, asked, func(part, got string) bool { return part == got || strings.HasPrefix(part, "{") })
		if op, ok := methods[strings.ToLower(r.Method)]; ok && matches {
			return op, true
		}
	}
	return operation{}, false
}

// complaints says where a value is not of a schema: the parts of JSON Schema
// that our document uses, written without huma, which made the document.
func (d document) complaints(at string, schema map[string]any, value any) (said []string) {
	if ref, ok := schema["$ref"].(string); ok {
		schema = d.Components.Schemas[strings.TrimPrefix(ref, "#/components/schemas/")]
	}
	if any, ok := schema["anyOf"].([]any); ok {
		for _, option := range any {
			if len(d.complaints(at, option.(m), value)) == 0 {
				return nil
			}
		}
		return []string{at + " is of none of its schemas"}
	}
	if !slices.Contains(typesOf(schema), typeOf(value)) && (typeOf(value) != "integer" || !slices.Contains(typesOf(schema), "number")) {
		return []string{fmt.Sprintf("%s is %s and not %v", at, typeOf(value), typesOf(schema))}
	}
	switch v := value.(type) {
	case m:
		return d.ofObject(at, schema, v)
	case []any:
		for i, item := range v {
			said = append(said, d.complaints(fmt.Sprintf("%s[%d]", at, i), schema["items"].(m), item)...)
		}
	case string:
		return ofText(at, schema, v)
	}
	return said
}

func (d document) ofObject(at string, schema map[string]any, value m) (said []string) {
	properties, _ := schema["properties"].(m)
	for name, v := range value {
		of, ok := properties[name].(m)
		if !ok {
			of, ok = schema["additionalProperties"].(m)
		}
		if !ok {
			said = append(said, at+"."+name+" is not documented")
			continue
		}
		said = append(said, d.complaints(at+"."+name, of, v)...)
	}
	required, _ := schema["required"].([]any)
	for _, name := range required {
		if _, ok := value[name.(string)]; !ok {
			said = append(said, at+"."+name.(string)+" is missing")
		}
	}
	return said
}

func ofText(at string, schema map[string]any, text string) (said []string) {
	if options, ok := schema["enum"].([]any); ok && !slices.Contains(options, any(text)) {
		said = append(said, fmt.Sprintf("%s is %q and none of %v", at, text, options))
	}
	if schema["format"] == "date" {
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			said = append(said, fmt.Sprintf("%s is %q and no date", at, text))
		}
	}
	if pattern, ok := schema["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(text) {
		said = append(said, fmt.Sprintf("%s is %q and not like %s", at, text, pattern))
	}
	return said
}

func typesOf(schema map[string]any) (all []string) {
	switch t := schema["type"].(type) {
	case string:
		return []string{t}
	case []any:
		for _, one := range t {
			all = append(all, one.(string))
		}
	}
	return all
}

func typeOf(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			return "number"
		}
		return "integer"
	case []any:
		return "array"
	}
	return "object"
}
