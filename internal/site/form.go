package site

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"cairn/internal/fault"
)

// A Form is what was typed into a page and what is wrong with it, field by
// field. It is shown again just as it was sent, so that nothing is typed twice.
// Its fields have the names that the API and its faults use.
type Form struct {
	// Key makes two presses of one button one request.
	Key   string
	names []string
	typed url.Values
	wrong []Wrong
	at    map[string]string // where faults about no single control are shown
}

// Wrong is one line of the summary of errors.
type Wrong struct {
	Text   string
	Target string // the id of the control; empty where it is about the whole
	name   string
}

// blank is an untouched form with these fields, in the order of the page.
func blank(names ...string) (Form, error) {
	key, err := uuid.NewRandom()
	if err != nil {
		return Form{}, fmt.Errorf("form key: %w", err)
	}
	return Form{Key: key.String(), names: names, typed: url.Values{}}, nil
}

// posted is the form as it was sent; fields of other names are not looked at.
func posted(c *gin.Context, names ...string) (Form, error) {
	f, err := blank(names...)
	if err != nil {
		return Form{}, err
	}
	if err := c.Request.ParseForm(); err != nil {
		return Form{}, unreadable(err)
	}
	for _, values := range c.Request.PostForm {
		for _, v := range values {
			if !utf8.ValidString(v) || strings.ContainsRune(v, 0) {
				return Form{}, unreadable(errors.New("a text is not UTF-8, or holds U+0000, which no keyboard sends"))
			}
		}
	}
	f.typed = c.Request.PostForm
	return f, nil
}

func unreadable(err error) error {
	return fault.New(fault.Invalid, fault.InputUnreadable, "The form could not be read. Go back and send it again.").Because(err)
}

// sentKey is the key that the form was rendered with.
func (f *Form) sentKey() string { return f.typed.Get("key") }

// start fills a field of an untouched form.
func (f *Form) start(name, value string) { f.typed.Set(name, value) }

// startDay fills the three boxes of a date with YYYY-MM-DD.
func (f *Form) startDay(name, day string) {
	parts := strings.Split(day, "-")
	if len(parts) != 3 {
		return
	}
	f.typed.Set(name+"-year", parts[0])
	f.typed.Set(name+"-month", strings.TrimLeft(parts[1], "0"))
	f.typed.Set(name+"-day", strings.TrimLeft(parts[2], "0"))
}

func (f *Form) text(name string) string { return strings.TrimSpace(f.typed.Get(name)) }

// Typed is text for a template.
func (f Form) Typed(name string) string { return f.text(name) }

// number is a whole number, 0 for an empty field. What is no number becomes -1,
// which every rule of the product refuses with its own sentence.
func (f *Form) number(name string) int {
	text := f.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}

// day is YYYY-MM-DD from the three boxes, empty when all are. What was typed
// passes through otherwise, for the rule about dates to refuse.
func (f *Form) day(name string) string {
	d, m, y := f.text(name+"-day"), f.text(name+"-month"), f.text(name+"-year")
	if d+m+y == "" {
		return ""
	}
	return y + "-" + twoDigits(m) + "-" + twoDigits(d)
}

func twoDigits(n string) string {
	if len(n) == 1 {
		return "0" + n
	}
	return n
}

// refuse puts the faults of err at the fields of the form. It hands back what
// cannot be mended in the form: an accident, or a fault that is about something
// else than what was typed.
func (f *Form) refuse(err error) error {
	all, accident := fault.All(err)
	if accident != nil {
		return accident
	}
	for _, one := range all {
		name := one.Field
		if to, ok := f.at[name]; ok {
			name = to
		}
		known := slices.Contains(f.names, name)
		if !known && one.Kind != fault.Invalid && one.Kind != fault.Conflict {
			return err
		}
		w := Wrong{Text: one.Detail}
		if known {
			w.Target, w.name = name, name
		}
		switch {
		case one.Code == fault.KeyReused:
			w.Text = reused
		case one.Code == fault.Stale:
			w.Text, w.Target = one.Detail+" "+stillTyped, "" // no control holds a version
		case one.Code == fault.DayImpossible && known && f.day(name) != "":
			w.Text, w.Target = f.noDay(name)
		}
		f.wrong = append(f.wrong, w)
	}
	slices.SortStableFunc(f.wrong, func(a, b Wrong) int {
		return slices.Index(f.names, a.name) - slices.Index(f.names, b.name)
	})
	return nil
}

// refuse shows the faults of err in the form and returns their status, or hands
// back what the form cannot show.
func (s *Site) refuse(ctx context.Context, f *Form, err error) (status int, other error) {
	if other := f.refuse(err); other != nil {
		return 0, other
	}
	return s.server.Problem(ctx, err).Status, nil
}

// Wrong is everything that is wrong, in the order of the page.
func (f Form) Wrong() []Wrong { return f.wrong }

var errNoField = errors.New("the page asks for a field that its form does not have")

// Field is one field by name. A name that the form does not have is an error,
// which shows when the page is rendered at all.
func (f Form) Field(name string) (Field, error) {
	if !slices.Contains(f.names, name) {
		return Field{}, fmt.Errorf("%w: %s", errNoField, name)
	}
	field := Field{
		Name: name, Values: f.typed[name], Value: f.typed.Get(name), Kind: "text",
		Day: f.typed.Get(name + "-day"), Month: f.typed.Get(name + "-month"), Year: f.typed.Get(name + "-year"),
	}
	for _, w := range f.wrong {
		if w.name == name {
			field.Wrong = append(field.Wrong, w.Text)
		}
	}
	return field, nil
}

// Has reports whether any of the fields was filled in or refused, so that a
// part of a form that is folded away opens.
func (f Form) Has(names ...string) bool {
	for _, name := range names {
		refused := slices.ContainsFunc(f.wrong, func(w Wrong) bool { return w.name == name })
		if f.text(name) != "" || refused {
			return true
		}
	}
	return false
}
