package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
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
	raw, err := io.ReadAll(r)
	if err != nil {
		return node{}, fmt.Errorf("read settings: %w", err)
	}
	raw = bytes.TrimPrefix(raw, []byte("\uFEFF"))
	if err := checkJSON(raw); err != nil {
		return node{}, err
	}
	top := node{wrong: new(fault.List)}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if top.value, err = top.read(dec); err != nil {
		return node{}, fmt.Errorf("read settings: %w", err)
	}
	return top, nil
}

// checkJSON faults for what is not one JSON value in UTF-8.
func checkJSON(raw []byte) error {
	invalid := func(format string, args ...any) *fault.Fault {
		return fault.New(fault.Invalid, fault.SettingsInvalid, format, args...)
	}
	start := string(raw[:min(len(raw), 2)])
	if start == "\xff\xfe" || start == "\xfe\xff" || len(start) == 2 && strings.Contains(start, "\x00") {
		return invalid("The settings file is UTF-16 text. Save it as UTF-8 and try again.")
	}
	for i, text := range bytes.Split(raw, []byte("\n")) {
		if !utf8.Valid(text) {
			return invalid("Line %d of the settings file is not UTF-8 text. Save it as UTF-8 and try again.", i+1)
		}
	}
	var all json.RawMessage
	err := json.Unmarshal(raw, &all)
	if err == nil {
		return nil
	}
	if first := json.NewDecoder(bytes.NewReader(raw)).Decode(&all); first == nil {
		return invalid("The settings file holds something after its closing brace. Take it out.").Because(err)
	}
	before := raw
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && strings.Contains(err.Error(), "invalid") { // else it is the end that comes too early
		before = raw[:max(0, int(syntax.Offset)-1)]
	}
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return invalid("The settings file is not JSON: look at line %d, column %d or just before it.", line, column).Because(err)
}

// read reads the value at n from JSON that has been checked. It goes token by
// token, since a map alone would let the last of two equal keys win in silence.
func (n node) read(dec *json.Decoder) (any, error) {
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return n.readObject(dec)
	case json.Delim('['):
		values := []any{}
		for dec.More() {
			v, err := n.item(len(values)).read(dec)
			if err != nil {
				return nil, err
			}
			values = append(values, v)
		}
		_, err := dec.Token()
		return values, err
	}
	return token, nil
}

func (n node) readObject(dec *json.Decoder) (any, error) {
	object := map[string]any{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		at := n.at(name)
		if _, again := object[name]; again {
			at.bad("This key stands here twice. Keep one of them.")
		}
		if object[name], err = at.read(dec); err != nil {
			return nil, err
		}
	}
	_, err := dec.Token()
	return object, err
}

// mostBad is far more than anybody mends at once.
const mostBad = 1000

// bad notes a complaint about the value at n: the first, since what follows
// from a value that could not be read is not worth a second.
func (n node) bad(format string, args ...any) {
	if len(*n.wrong) == mostBad {
		return
	}
	for _, f := range *n.wrong {
		if f.Field == n.path {
			return
		}
	}
	n.wrong.Add(fault.New(fault.Invalid, fault.SettingsInvalid, format, args...).At(n.path))
}

// at is the path of a key of n, for complaints about it.
func (n node) at(key string) node {
	if !scheme.Visible(key) {
		key = strconv.QuoteToASCII(key)
	}
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
	text = strings.TrimSpace(text)
	if !scheme.Visible(text) {
		n.bad("This text holds a line break or another control character. Take it out.")
	}
	return text
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

// facts reads what is known of a score, as a package has it: nobody writes that by
// hand, so one complaint says enough.
func (n node) facts() *measure.Facts {
	if n.value == nil {
		return nil
	}
	var facts measure.Facts
	raw, err := json.Marshal(n.value)
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		err = dec.Decode(&facts)
	}
	if err != nil {
		n.bad("This is not what a package of Cairn's says of a score. Take it as the package has it, or leave it out.")
		return nil
	}
	return &facts
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
