// Package fault is the one vocabulary for what goes wrong in a way that
// somebody can act on.
//
// A Fault is safe to show: its Detail is a sentence for the person who caused
// it, says what to do next, and never holds personal data, SQL or a path of
// this machine. Any other error is an accident: logged whole, shown to nobody.
//
// Nothing here knows about HTTP, forms or terminals. A Kind says what sort of
// trouble it is; each way out of the product decides how to say it.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind sorts faults by what the reader can do next.
type Kind uint8

const (
	Invalid     Kind = iota + 1 // change the input
	Missing                     // look elsewhere; it is not there, or not for you
	Conflict                    // reload; something else got there first
	Forbidden                   // ask for the right to do it
	Anonymous                   // sign in first
	Unavailable                 // wait; the product cannot answer now
)

// Code names a fault for machines, as "assessment.out-of-range". A code is
// never reused and outlives its wording; catalogue.go lists them all.
type Code string

// A Fault is an error that may be shown to whoever caused it.
type Fault struct {
	Kind   Kind
	Code   Code
	Detail string // one or two sentences, plain English, no personal data
	Field  string // where in the input, dotted, "items[2]"; empty when it is not one place

	cause error
}

// New returns a fault; format is the sentence its reader sees.
func New(kind Kind, code Code, format string, args ...any) *Fault {
	return &Fault{Kind: kind, Code: code, Detail: fmt.Sprintf(format, args...)}
}

// At returns a copy of f that points at one field of the input.
func (f Fault) At(field string) *Fault { f.Field = field; return &f }

// Because returns a copy of f that remembers the error behind it, for the log.
func (f Fault) Because(err error) *Fault { f.cause = err; return &f }

func (f *Fault) Error() string { return string(f.Code) + ": " + f.Detail }
func (f *Fault) Unwrap() error { return f.cause }

// List is everything that is wrong with one input, so that its reader mends it
// in one go. An empty list is no error: return it through Err.
type List []*Fault

// Add appends f unless it is nil.
func (l *List) Add(f *Fault) {
	if f != nil {
		*l = append(*l, f)
	}
}

// Note appends err when it is a fault (at field, unless it already says where)
// and hands back any other error, which the caller returns as an accident.
func (l *List) Note(field string, err error) error {
	if err == nil {
		return nil
	}
	all, accident := All(err)
	if accident != nil {
		return accident
	}
	for _, f := range all {
		if f.Field == "" {
			f = f.At(field)
		}
		l.Add(f)
	}
	return nil
}

// Err is nil for an empty list, the fault itself for one, the list for more.
func (l List) Err() error {
	switch len(l) {
	case 0:
		return nil
	case 1:
		return l[0]
	}
	return l
}

func (l List) Error() string {
	said := make([]string, len(l))
	for i, f := range l {
		said[i] = f.Error()
	}
	return strings.Join(said, "; ")
}

// All returns the faults in err, or err itself as accident when it holds none.
func All(err error) (faults List, accident error) {
	if err == nil {
		return nil, nil
	}
	var l List
	if errors.As(err, &l) {
		return l, nil
	}
	var f *Fault
	if errors.As(err, &f) {
		return List{f}, nil
	}
	return nil, err
}

// Is reports whether err holds a fault of that code.
func Is(err error, code Code) bool {
	all, _ := All(err)
	for _, f := range all {
		if f.Code == code {
			return true
		}
	}
	return false
}
