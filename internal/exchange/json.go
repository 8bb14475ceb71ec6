package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// A node is a value of a settings file with its path. Reading it notes what is
// wrong and goes on, so that everything is told at once; encoding/json would
// stop at the first unknown key and not say where it is.
type node struct {
	path  string
	value any // nil where there is none
	wrong *fault.List
}

func openJSON(r io.Reader) (node, error) {
	dec := json.NewDecoder(r)
	dec.UseNumber()
	top := node{wrong: new(fault.List)}
	err := dec.Decode(&top.value)
	if err == nil {
		if _, after := dec.Token(); !errors.Is(after, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return node{}, fault.New(fault.Invalid, fault.SettingsInvalid, "The settings file is not JSON: look near byte %d.", dec.InputOffset()).Because(err)
	case err != nil && dec.InputOffset() > 0:
		return node{}, fault.New(fault.Invalid, fault.SettingsInvalid, "The settings file holds something after its closing brace. Take it out.").Because(err)
	case err != nil:
		return node{}, fmt.Errorf("read settings: %w", err)
	}
	return top, nil
}

// bad notes a complaint about the value at n: the first, since what follows
// from a value that could not be read is not worth a second.
func (n node) bad(format string, args ...any) {
	for _, f := range *n.wrong {
		if f.Field == n.path {
			return
		}
	}
	n.wrong.Add(fault.New(fault.Invalid, fault.SettingsInvalid, format, args...).At(n.path))
}

// at is the path of a key of n, for complaints about it.
func (n node) at(key string) node {
	if n.path != "" {
		key = n.path + "." + key
	}
	return node{path: key, wrong: n.wrong}
}

func (n node) item(i int) node {
	return node{path: fmt.Sprintf("%s[%d]", n.path, i), wrong: n.wrong}
}

// fields reads an object and complains of every key that is not among known.
func (n node) fields(known ...string) map[string]node {
	fields := map[string]node{}
	for _, key := range known {
		fields[key] = n.at(key)
	}
	object, ok := n.value.(map[string]any)
	if !ok {
		n.bad("Write this as an object: {…}.")
		return fields
	}
	var keys []string
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		f := n.at(key)
		if f.value = object[key]; slices.Contains(known, key) {
			fields[key] = f
			continue
		}
		f.bad("Nothing reads this key. It may be one of %s.", strings.Join(known, ", "))
	}
	return fields
}

func (n node) list() []node {
	if n.value == nil {
		return nil
	}
	values, ok := n.value.([]any)
	if !ok {
		n.bad("Write this as a list: […].")
		return nil
	}
	var nodes []node
	for i, v := range values {
		item := n.item(i)
		item.value = v
		nodes = append(nodes, item)
	}
	return nodes
}

func (n node) text() string {
	text, ok := n.value.(string)
	if !ok && n.value != nil {
		n.bad("Write this as text, in quotes.")
	}
	return strings.TrimSpace(text)
}

// yes reads true or false, which must be there: neither is a safe guess.
func (n node) yes() bool {
	v, ok := n.value.(bool)
	if !ok {
		n.bad("Say true or false.")
	}
	return v
}

func (n node) number() *float64 {
	if n.value == nil {
		return nil
	}
	if text, ok := n.value.(json.Number); ok {
		if v, err := text.Float64(); err == nil {
			return &v
		}
	}
	n.bad("Write this as a number.")
	return nil
}

func (n node) whole() int {
	v := n.number()
	if v == nil {
		return 0
	}
	if *v != math.Trunc(*v) || math.Abs(*v) > 100_000 {
		n.bad("Write this as a whole number of days.")
		return 0
	}
	return int(*v)
}
