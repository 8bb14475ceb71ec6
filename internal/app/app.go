// Package app has one method for each thing somebody asks of the product. Each
// checks the right first, then validates everything it can, then does its work
// in one transaction with its audit.
//
// It knows nothing of HTTP, forms, SQL or files. It promises that a refused or
// failed request leaves nothing behind, and that a repeated one (Once) is
// answered with what the first made.
package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// App answers requests. It is safe for concurrent use.
type App struct {
	store     Store
	passwords Passwords
	now       func() time.Time
	setUpCode string
	codes     measure.Codes
	mail      Mailer // nil: none is sent
	risky     func() ([]measure.Definition, error)
	software  string
	research  Research
	imports   *underway
}

// Config is what an App is told at start.
type Config struct {
	Now       func() time.Time // the only clock
	SetUpCode string           // one-time; empty: the first run is done at the terminal only
	Codes     measure.Codes    // of the operator's own file; nil where there is none
	Mail      Mailer           // nil: alerts are shown in Cairn and sent to nobody
	Software  string           // version of the program, printed on what is published
	Research  Research         // without it no file for research is made
}

// Research makes files for research and checks them, each knowing nothing of the
// other.
type Research struct {
	Pack func(scheme.Extract, scheme.ExtractRows) (Package, scheme.Sent, error)
	// Check returns what the finished file says of each person in it, and every rule
	// that it breaks, beside what earlier files say.
	Check func(file Package, fewest int, schemes []string, before ...map[string]string) (now map[string]string, broken []string)
}

// A Package is a finished file, which may be larger than memory. Whoever has it
// closes it, and it is gone.
type Package interface {
	io.ReaderAt
	io.Closer
	Size() int64 // bytes
}

// Passwords hashes and checks them; account has the real one.
type Passwords interface {
	Hash(password string) (string, error)
	// Matches takes about the same time whether hash is empty or not.
	Matches(password, hash string) (bool, error)
}

// New returns an App.
func New(store Store, passwords Passwords, c Config) *App {
	return &App{
		store: store, passwords: passwords, now: c.Now, setUpCode: c.SetUpCode, codes: c.Codes,
		mail: c.Mail, risky: sync.OnceValues(riskyMeasures), software: cmp.Or(c.Software, "unversioned"), research: c.Research,
		imports: &underway{all: map[string]*ImportWatch{}},
	}
}

// Software is the version of the program.
func (a *App) Software() string { return a.software }

// Prepare makes the bundled measures known to the store, and the due lists of a
// database that had none. It is called once at start and changes nothing the
// second time.
func (a *App) Prepare(ctx context.Context) error {
	defs, err := measure.Catalogue()
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	if err := a.store.RegisterMeasures(ctx, defs); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	if err := a.fillDue(ctx); err != nil {
		return fmt.Errorf("prepare due lists: %w", err)
	}
	return nil
}

// today is the organisation's calendar day.
func (a *App) today(r SchemeReader) (scheme.Day, error) {
	org, err := r.Organisation()
	if err != nil {
		return scheme.Day{}, fmt.Errorf("today: %w", err)
	}
	zone, err := time.LoadLocation(org.TimeZone)
	if err != nil {
		return scheme.Day{}, fmt.Errorf("today: time zone of organisation %s: %w", org.ID, err)
	}
	return scheme.DayOf(a.now().In(zone)), nil
}

// Today is the calendar day of the actor's organisation.
func (a *App) Today(ctx context.Context, by Actor) (day scheme.Day, err error) {
	if err := by.may(SeeSchemes); err != nil {
		return scheme.Day{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		day, err = a.today(r)
		return err
	})
	return day, err
}

// newID is a UUIDv7, which sorts in order of making.
func newID[T ~string]() (T, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("new id: %w", err)
	}
	return T(id.String()), nil
}

// writing is one write as the methods of App hand it to create.
type writing struct {
	actor Actor
	act   string // as "assessment.record"
	key   string // the sender's Idempotency-Key, empty when there is none
	input any    // what makes it this request
}

// create runs fn in one transaction with its idempotency key and audit row,
// and returns the identifier of what was made, now or by the first copy of the
// same request. fn returns that identifier; of what has versions it is followed
// by a stroke and the version, so that a repeat is answered with that one.
func (a *App) create(ctx context.Context, wr writing, fn func(Writer) (string, error)) (object string, err error) {
	once, err := wr.once()
	if err != nil {
		return "", err
	}
	err = a.store.Write(ctx, wr.actor.Org, func(w Writer) error {
		if once.Key != "" {
			made, err := w.Claim(once)
			if err != nil || made != "" {
				object = made
				return err
			}
		}
		if object, err = fn(w); err != nil {
			return err
		}
		if ctx.Value(rehearsing{}) != nil {
			return ErrRehearsed
		}
		if once.Key != "" {
			if err := w.Settle(once, object); err != nil {
				return err
			}
		}
		id, _, _ := strings.Cut(object, "/")
		return w.Audit(Entry{
			Actor: wr.actor.Account, Act: wr.act, Object: id,
			RequestID: wr.actor.RequestID, Payload: wr.said(),
		})
	})
	if err != nil {
		return "", fmt.Errorf("%s: %w", wr.act, err)
	}
	return object, nil
}

// A discreet request holds what the audit has no need to repeat: what identifies a
// person, or words that are only lent.
type discreet interface{ withoutIdentity() any }

// said is what the audit keeps of a request.
func (wr writing) said() any {
	if d, ok := wr.input.(discreet); ok {
		return d.withoutIdentity()
	}
	return wr.input
}

// ofVersion names one version of something.
func ofVersion[T ~string](id T, version int) string { return string(id) + "/" + strconv.Itoa(version) }

// versionOf is ofVersion backward; 0 is whichever stands now.
func versionOf[T ~string](object string) (id T, version int) {
	text, number, _ := strings.Cut(object, "/")
	if n, err := strconv.Atoi(number); err == nil {
		version = n
	}
	return T(text), version
}

// readDay reads one day of a form and notes what is wrong with it at field. An
// empty text is no day.
func readDay(wrong *fault.List, field, text string) scheme.Day {
	if text == "" {
		return scheme.Day{}
	}
	d, err := scheme.ParseDay(text)
	if err != nil {
		all, _ := fault.All(err)
		for _, f := range all {
			wrong.Add(f.At(field))
		}
	}
	return d
}

// needDay is readDay for a day that must be given.
func needDay(wrong *fault.List, field, text string) scheme.Day {
	if text == "" {
		wrong.Add(fault.New(fault.Invalid, fault.DayImpossible, "Enter a date.").At(field))
	}
	return readDay(wrong, field, text)
}

// notAfter notes a day that lies after today.
func notAfter(wrong *fault.List, field string, day, today scheme.Day) {
	if day.After(today) {
		wrong.Add(fault.New(fault.Invalid, fault.DayFuture, "%s is in the future. Enter today's date or an earlier one.", day.Long()).At(field))
	}
}

// notBefore notes a day that must not lie before another.
func notBefore(wrong *fault.List, field string, day, other scheme.Day, what string) {
	if !day.IsZero() && !other.IsZero() && day.Before(other) {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "%s lies before %s (%s). Check both dates.", day.Long(), what, other.Long()).At(field))
	}
}

// choose notes a value that is not one of the terms; empty is not recorded.
func choose(wrong *fault.List, field, value string, terms []scheme.Term) {
	if value != "" && !scheme.Known(terms, value) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not one of the choices.", value).At(field))
	}
}

// named notes what cannot be a name.
func named(wrong *fault.List, field, name string) {
	if all, _ := fault.All(scheme.AcceptName(name)); len(all) > 0 {
		wrong.Add(all[0].At(field))
	}
}

// short notes a text that is too long for one line, or holds what cannot be
// seen in one.
func short(wrong *fault.List, field, text string) {
	switch {
	case len([]rune(text)) > 200:
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter at most 200 characters.").At(field))
	case !scheme.Visible(text):
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds a character that cannot be seen, such as a line break. Type it again.").At(field))
	}
}

// reasoned notes a reason that is missing or cannot be kept, and returns it
// trimmed.
func reasoned(wrong *fault.List, field, text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Say why, in a few words. Whoever reads this later sees it beside what was changed.").At(field))
	}
	if scheme.HoldsNHSNumber(text) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This holds what looks like an NHS number. Say why without it: reasons are kept beside every version.").At(field))
	}
	short(wrong, field, text)
	return text
}

// TokenHash is what is kept of a bearer token.
func TokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
