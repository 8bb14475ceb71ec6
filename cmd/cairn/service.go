package main

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"cairn/internal/account"
	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/recheck"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/store"
)

// A place is one database with its key.
type place struct {
	database string
	key      []byte
	makeAt   string // where a new key is to be written; empty when there is one
	codes    measure.Codes
	mail     app.Mailer // nil: none is sent
}

// place is where the data are. It faults with everything that is wrong with
// the configuration.
func (s *settings) place(f databaseFlags) (place, error) {
	p := place{database: s.database(f.DatabaseURL)}
	p.key, p.makeAt = s.key(p.database, f.KeyFile)
	return p, s.wrong.Err()
}

// placeOf is the place of a command that needs no other setting.
func (c *commands) placeOf(t *terminal, f databaseFlags) (place, error) {
	s, err := c.settings(t)
	if err != nil {
		return place{}, err
	}
	return s.place(f)
}

// existingPlaceOf is placeOf for a command that has nothing to do where there
// is no database yet.
func (c *commands) existingPlaceOf(t *terminal, f databaseFlags) (place, error) {
	s, err := c.settings(t)
	if err != nil {
		return place{}, err
	}
	url := s.database(f.DatabaseURL)
	if path, ok := strings.CutPrefix(url, sqliteScheme); ok && len(s.wrong) == 0 && !exists(path) {
		return place{}, fault.New(fault.Missing, fault.NotFound, "There is no database at %s yet.", path).At("--" + setDatabase)
	}
	return s.place(f)
}

// A service is an open database with the application on it.
type service struct {
	*app.App
	store *store.Store
	code  string // for the set-up page; empty when set-up is done
	clock func() time.Time
	codes measure.Codes
	mail  app.Mailer
}

// open opens the database and makes it ready. A SQLite database is brought up
// to date on the way; a PostgreSQL one never is, because the application's role
// there may not.
func (p place) open(ctx context.Context, t *terminal) (*service, error) {
	if err := p.makeKey(t); err != nil {
		return nil, err
	}
	where := store.Config{URL: p.database, Key: p.key, Clock: t.now}
	if !isPostgres(p.database) {
		if err := store.Migrate(ctx, where); err != nil {
			return nil, err
		}
	}
	kept, err := store.Open(ctx, where)
	if err != nil {
		return nil, err
	}
	s := &service{store: kept, clock: t.now, codes: p.codes, mail: p.mail}
	if err := s.start(ctx); err != nil {
		s.close(t)
		return nil, err
	}
	return s, nil
}

// openExisting opens a database for a command that has nothing to do where
// there is none yet.
func (c *commands) openExisting(ctx context.Context, t *terminal, f databaseFlags) (*service, error) {
	p, err := c.existingPlaceOf(t, f)
	if err != nil {
		return nil, err
	}
	return p.open(ctx, t)
}

// makeKey makes the key of a database that is new.
func (p *place) makeKey(t *terminal) (err error) {
	if p.makeAt == "" {
		return nil
	}
	if p.key, err = makeKeyFile(p.makeAt); err != nil {
		return fault.New(fault.Invalid, fault.SettingsInvalid, "The key file cannot be made: %v.", plainly(err)).At("--" + setKeyFile)
	}
	t.say("A new key was written to %s. Keep a copy of it in a safe place, apart from the database and its backups: without it names cannot be read again.\n", p.makeAt)
	return nil
}

// research makes files for research, and checks them by another room that knows
// nothing of the first.
func research() app.Research {
	return app.Research{
		Pack: func(x scheme.Extract, rows scheme.ExtractRows) (app.Package, scheme.Sent, error) {
			file, sent, err := datapackage.Pack(x, rows)
			if err != nil {
				return nil, scheme.Sent{}, err
			}
			return file, sent, nil
		},
		Check: func(file app.Package, fewest int, schemes []string, before ...map[string]string) (now map[string]string, broken []string) {
			return recheck.Check(file, fewest, schemes, before...)
		},
	}
}

func (s *service) start(ctx context.Context) error {
	passwords := account.NewPasswords(account.Standard())
	s.App = app.New(s.store, passwords, app.Config{Now: s.clock, Codes: s.codes, Mail: s.mail, Software: version, Research: research()})
	needed, err := s.NeedsSetUp(ctx)
	if err != nil {
		return err
	}
	if needed {
		s.code = rand.Text()
		s.App = app.New(s.store, passwords, app.Config{Now: s.clock, Codes: s.codes, Mail: s.mail, Software: version, Research: research(), SetUpCode: s.code})
	}
	return s.Prepare(ctx)
}

func (s *service) close(t *terminal) {
	if err := s.store.Close(); err != nil {
		t.complain(err)
	}
}

// organisation finds one by name, whatever its capitals.
func (s *service) organisation(ctx context.Context, name string) (scheme.Organisation, error) {
	all, err := s.Organisations(ctx)
	if err != nil {
		return scheme.Organisation{}, err
	}
	var names []string
	for _, o := range all {
		if strings.EqualFold(o.Name, strings.TrimSpace(name)) {
			return o, nil
		}
		names = append(names, "“"+o.Name+"”")
	}
	missing := fault.New(fault.Missing, fault.NotFound, "There is no organisation “%.80s” here.", name)
	if len(names) > 0 {
		missing = fault.New(fault.Missing, fault.NotFound, "There is no organisation “%.80s” here. There is %s.", name, strings.Join(names, ", "))
	}
	return scheme.Organisation{}, missing.At("--organisation")
}

// scheme finds one of the actor's by name or identifier.
func (s *service) scheme(ctx context.Context, by app.Actor, name string) (scheme.Scheme, error) {
	all, err := s.Schemes(ctx, by)
	if err != nil {
		return scheme.Scheme{}, err
	}
	var names []string
	for _, found := range all {
		if strings.EqualFold(found.Name, strings.TrimSpace(name)) || string(found.ID) == name {
			return found, nil
		}
		names = append(names, "“"+found.Name+"”")
	}
	has := "It has none yet."
	if len(names) > 0 {
		has = "It has " + strings.Join(names, ", ") + "."
	}
	return scheme.Scheme{}, fault.New(fault.Missing, fault.NotFound, "There is no scheme “%.80s” in %s. %s", name, by.OrgName, has).At("--scheme")
}
