package fhir

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// A reading goes through JSON that somebody else wrote. What it does not know is
// wrong; what it knows and has no use for is noted.
type reading struct {
	wrong fault.List
	notes []Issue
}

// object is the fields of an object: those in reads; those in passes are noted.
func (r *reading) object(value any, at string, reads, passes []string) map[string]any {
	all, ok := value.(map[string]any)
	if !ok {
		r.say(at, "Write this as an object, in curly brackets.")
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		place := at + "." + shortened(name)
		switch {
		case slices.Contains(reads, name):
		case slices.Contains(passes, name):
			r.notes = append(r.notes, Note("This was not kept: Cairn has no place for it.", place))
		default:
			r.wrong.Add(fault.New(fault.Invalid, fault.InputUnknown, "Nothing reads this element here. Check its spelling, or leave it out if nothing is lost with it.").At(place))
		}
	}
	return all
}

// text is a field that is text; empty where there is none.
func (r *reading) text(of map[string]any, name, at string) string {
	value, there := of[name]
	if !there {
		return ""
	}
	text, ok := value.(string)
	if !ok || text == "" {
		r.say(at+"."+name, "Write this as text, in quotes.")
	}
	return text
}

// list is a field that is a list; empty where there is none.
func (r *reading) list(of map[string]any, name, at string) []any {
	value, there := of[name]
	if !there {
		return nil
	}
	all, ok := value.([]any)
	if !ok || len(all) == 0 {
		r.say(at+"."+name, "Write this as a list with something in it, in square brackets.")
	}
	return all
}

// one is the only entry of a list.
func (r *reading) one(of map[string]any, name, at string) any {
	all := r.list(of, name, at)
	if len(all) > 1 {
		r.say(at+"."+name, "There can be one of these here. Send one.")
	}
	if len(all) == 0 {
		return nil
	}
	return all[0]
}

func (r *reading) say(at, sentence string, args ...any) {
	r.wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "%s", fmt.Sprintf(sentence, args...)).At(at))
}

// A pointing is what a Reference says.
type pointing struct {
	id, kind   string
	identifier Identifier
	place      string
}

// reference reads a Reference to one of our resources of a kind; without a kind,
// to whatever.
func (n Names) reference(r *reading, value any, at, kind string) (to pointing) {
	to.place = at
	all := r.object(value, at, []string{"reference", "type", "identifier", "display"}, nil)
	to.kind = r.text(all, "type", at)
	r.text(all, "display", at)
	if id, there := all["identifier"]; there {
		to.identifier = r.identifier(id, at+".identifier")
	}
	said := r.text(all, "reference", at)
	if said == "" {
		return to
	}
	of, id, ok := strings.Cut(strings.TrimPrefix(said, n.Root+"/"), "/")
	switch {
	case !ok || strings.Contains(id, "/") || strings.Contains(of, ":"):
		r.say(at+".reference", "Refer to a resource of this service, such as %s/0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11.", kindOr(kind))
	case kind != "" && of != kind:
		r.say(at+".reference", "Refer to a %s here.", kind)
	default:
		to.id, to.kind = id, of
	}
	return to
}

func kindOr(kind string) string {
	if kind == "" {
		return "Patient"
	}
	return kind
}

func (r *reading) identifier(value any, at string) Identifier {
	all := r.object(value, at, []string{"system", "value", "use", "type"}, []string{"period", "assigner"})
	return Identifier{System: r.text(all, "system", at), Value: r.text(all, "value", at)}
}

// figure is a number as it was written.
func figure(value any) (text string, ok bool) {
	n, ok := value.(json.Number)
	return n.String(), ok
}

// shortened is a name that the sender made up, before it becomes part of an
// answer.
func shortened(name string) string {
	const most = 60
	name = strings.ToValidUTF8(strings.ReplaceAll(name, "\x00", ""), "")
	if all := []rune(name); len(all) > most {
		return string(all[:most]) + "…"
	}
	return name
}
