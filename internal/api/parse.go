package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"cairn/internal/fault"
)

// deepest is how far JSON may be nested; ours needs three.
const deepest = 16

// parse reads one JSON value strictly: UTF-8, nothing after it, no field twice
// (of which most programs keep one without a word), no NUL in a text (which
// PostgreSQL cannot keep), no half of a character (which would be kept as another),
// no exponents. Numbers stay as they were written.
func parse(raw []byte) (value any, wrong fault.List, err error) {
	if !utf8.Valid(raw) {
		return nil, nil, unreadable("The body is not UTF-8. Save it as UTF-8 and send it again.")
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil, nil, unreadable("The body is empty. Send a JSON object.")
	}
	p := parser{raw: raw, tokens: json.NewDecoder(bytes.NewReader(raw))}
	p.tokens.UseNumber()
	value, err = p.value("body", 0)
	if err == nil {
		if _, more := p.tokens.Token(); !errors.Is(more, io.EOF) {
			err = errTrailing
		}
	}
	if err != nil {
		return nil, nil, unreadable("The body is not JSON: it stops making sense at byte " + strconv.FormatInt(p.tokens.InputOffset(), 10) + ".")
	}
	return value, p.wrong, nil
}

var (
	errTrailing = errors.New("something follows the value")
	errDeep     = errors.New("nested too deep")
)

func unreadable(sentence string) *fault.Fault {
	return fault.New(fault.Invalid, fault.InputUnreadable, "%s", sentence).At("body")
}

type parser struct {
	raw    []byte
	tokens *json.Decoder
	wrong  fault.List
}

func (p *parser) value(at string, depth int) (any, error) {
	begin := p.tokens.InputOffset()
	token, err := p.tokens.Token()
	if err != nil {
		return nil, err
	}
	if depth > deepest {
		return nil, errDeep
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return p.object(at, depth)
		}
		return p.list(at, depth)
	case string:
		p.text(at, t, begin)
	case json.Number:
		p.number(at, t)
	}
	return token, nil
}

func (p *parser) object(at string, depth int) (any, error) {
	all := map[string]any{}
	for p.tokens.More() {
		begin := p.tokens.InputOffset()
		token, err := p.tokens.Token()
		if err != nil {
			return nil, err
		}
		name, ok := token.(string)
		if !ok {
			return nil, errTrailing
		}
		place := at + "." + clip(name)
		p.text(place, name, begin)
		if _, twice := all[name]; twice {
			p.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This field is there twice. Send it once.").At(place))
		}
		if all[name], err = p.value(place, depth+1); err != nil {
			return nil, err
		}
	}
	_, err := p.tokens.Token()
	return all, err
}

func (p *parser) list(at string, depth int) (any, error) {
	all := []any{}
	for p.tokens.More() {
		v, err := p.value(at+"["+strconv.Itoa(len(all))+"]", depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	_, err := p.tokens.Token()
	return all, err
}

// text looks at a text that was read from the byte begin on.
func (p *parser) text(at, text string, begin int64) {
	const unknown = string(utf8.RuneError) // stands for what is no character
	if n := strings.Count(text, unknown); n > 0 {
		written := strings.ToLower(strings.ReplaceAll(string(p.raw[begin:p.tokens.InputOffset()]), `\\`, ""))
		if n > strings.Count(written, unknown)+strings.Count(written, `\ufffd`) {
			p.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This text holds half of a character (a lone surrogate). Send the whole character, or leave it out.").At(at))
		}
	}
	if strings.ContainsRune(text, 0) {
		p.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This text holds a character that cannot be kept (U+0000). Leave it out.").At(at))
	}
}

// number refuses exponents, in scores and counts alike: nobody writes a score so,
// and programs that do have passed it through a float.
func (p *parser) number(at string, n json.Number) {
	if strings.ContainsAny(n.String(), "eE") {
		p.wrong.Add(wrongForm("Write this number out in digits, without an exponent.").At(at))
	}
}

// clip shortens a name that the sender made up, before it becomes part of an
// answer.
func clip(name string) string {
	const most = 60
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), "")
	if r := []rune(name); len(r) > most {
		return string(r[:most]) + "…"
	}
	return name
}

// read fills a body type from JSON whose form has been looked at: what does not
// fit is left empty here, because it has been noted there.
func read(raw []byte, into any) error {
	err := json.Unmarshal(raw, into)
	var misfit *json.UnmarshalTypeError
	if errors.As(err, &misfit) {
		return nil
	}
	return err
}
