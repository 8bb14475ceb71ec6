package api

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// examples are a whole body of each operation that takes one, by its name, as the
// document shows them. They are one story in their order, which the tests send.
//
//go:embed examples.json
var examples []byte

// exampled puts them into the document: what the examples of single properties come
// to together contradicts itself. None may be missing, and none be of no operation.
func exampled(doc *huma.OpenAPI) error {
	var left map[string]json.RawMessage
	if err := json.Unmarshal(examples, &left); err != nil {
		return fmt.Errorf("api: read examples.json: %w", err)
	}
	for _, path := range doc.Paths {
		op := path.Post
		if op == nil || op.RequestBody == nil || op.RequestBody.Content["application/json"] == nil {
			continue
		}
		body, ok := left[op.OperationID]
		if !ok {
			return fmt.Errorf("api: examples.json has no body of %s", op.OperationID)
		}
		op.RequestBody.Content["application/json"].Example = body
		delete(left, op.OperationID)
	}
	if len(left) > 0 {
		return fmt.Errorf("api: no operation takes %v of examples.json", slices.Sorted(maps.Keys(left)))
	}
	return nil
}
