package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"cairn/cmd/cairn/demo"
	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/site"
)

// demoCommand serves made-up data.
type demoCommand struct {
	listenFlags
	printFlag
	Dir string `help:"Where everything it writes is kept." placeholder:"FOLDER" default:"demo-data" type:"path"`
}

func (demoCommand) Help() string {
	return `Everybody in it is made up. Two organisations with seven schemes and about 3,100 referrals are
written into the folder the first time and used again the next time. Remove the folder to
be rid of all of it.

  cairn demo`
}

func (c *demoCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	s, err := all.settings(t)
	if err != nil {
		return err
	}
	at, format, printer := s.address(c.Addr), s.logFormat(c.LogFormat, "none"), s.printer(c.Browser)
	if len(s.wrong) == 0 && !at.loopback() {
		s.bad(setAddr, "A demonstration listens on this machine only, because its passwords are known to everybody. Use 127.0.0.1 and a port.")
	}
	if err := s.wrong.Err(); err != nil {
		return err
	}
	t.say("Everything of this demonstration is made up, and lies in %s\n", c.Dir)
	d := demonstration{folder: c.Dir, t: t}
	open, err := d.open(ctx)
	if err != nil {
		return err
	}
	defer open.close(t)
	v := venue{address: at, demo: logins(), logger: t.logger(format), printer: printer}
	return v.serve(ctx, open, func(base string) { d.welcome(ctx, open, base) })
}

// A demonstration is one folder with a database, its key, and a note of what
// was put in.
type demonstration struct {
	folder string
	t      *terminal
}

// A note says what is in the folder. It is written last: a folder without one
// was left half made.
type note struct {
	Seed    uint64     `json:"seed"`
	Version int        `json:"version"`
	Day     scheme.Day `json:"day"` // the last day of the data
}

func (d demonstration) open(ctx context.Context) (*service, error) {
	database := filepath.Join(d.folder, "cairn.db")
	s := &settings{t: &terminal{env: func(string) string { return "" }}}
	p, err := s.place(databaseFlags{DatabaseURL: sqliteScheme + database})
	if err != nil {
		return nil, err
	}
	if exists(database) {
		return d.reopen(ctx, p)
	}
	if p.makeAt != "" { // made here, since nobody needs a copy of this one
		if p.key, err = makeKeyFile(p.makeAt); err != nil {
			return nil, fault.New(fault.Invalid, fault.SettingsInvalid, "The folder cannot be used: %v.", plainly(err)).At("--dir")
		}
		p.makeAt = ""
	}
	open, err := p.open(ctx, d.t)
	if err != nil {
		return nil, err
	}
	if err := d.fill(ctx, open); err != nil {
		open.close(d.t)
		return nil, err
	}
	return open, nil
}

func (d demonstration) fill(ctx context.Context, open *service) error {
	today := d.t.today()
	d.t.say("Making people up. This takes a moment, once.\n")
	var step func(int)
	var finish func()
	err := demo.Fill(ctx, open.App, today, func(n, of int) {
		if step == nil {
			step, finish = d.t.progress("Making people up", of)
		}
		step(n)
	})
	if finish != nil {
		finish()
	}
	if err != nil {
		return fmt.Errorf("make the demonstration up: %w", err)
	}
	return writing(d.note(), func(w io.Writer) error {
		return json.NewEncoder(w).Encode(note{demo.Seed, demo.Version, today})
	})
}

func (d demonstration) note() string { return filepath.Join(d.folder, "demo.json") }

// reopen uses what is there, if this binary would make the same.
func (d demonstration) reopen(ctx context.Context, p place) (*service, error) {
	var n note
	raw, err := os.ReadFile(d.note())
	if err == nil {
		err = json.Unmarshal(raw, &n)
	}
	if err != nil || n.Seed != demo.Seed || n.Version != demo.Version {
		return nil, fault.New(fault.Conflict, fault.SettingsInvalid, "The demonstration in %s was left half made, or comes from another version. Remove that folder, or name another one, and start again.", d.folder).At("--dir")
	}
	if age := d.t.today().DaysSince(n.Day); age > 0 {
		d.t.say("It was made %s ago; remove the folder to have one that ends today.\n", count(age, "day", "days"))
	}
	return p.open(ctx, d.t)
}

// welcome says where to go, as whom, and what to try.
func (d demonstration) welcome(ctx context.Context, open *service, base string) {
	say := d.t.say
	say("\nOpen %s and sign in as one of these:\n\n", base)
	say("  %-15s %-22s %s\n", "login", "password", "who that is")
	for _, org := range demo.Organisations() {
		for _, a := range org.Accounts {
			say("  %-15s %-22s %s\n", a.Login, a.Password, a.Sees)
		}
	}
	try, ok, err := d.toTry(ctx, open)
	if err != nil {
		d.t.complain(err)
	}
	if ok {
		say("\nTo see a figure move: sign in as ot and open\n  %s/referrals/%s\nNobody measured this person. Record a baseline of %s and a follow-up of %s,\nthen look at the evidence of %s.\n",
			base, try.Referral.ID, try.Start().Long(), try.Start().Plus(7*demo.Weeks).Long(), try.Scheme.Name)
	}
	say("\nStop it with Ctrl-C.\n")
}

// toTry is the newest referral that was left for a visitor and has no scores
// yet; ok is false when all have been measured.
func (d demonstration) toTry(ctx context.Context, open *service) (v app.ReferralView, ok bool, err error) {
	org := demo.Organisations()[0]
	kept, err := open.organisation(ctx, org.Name)
	if err != nil {
		return v, false, err
	}
	by := app.AtTerminal(kept, "demo")
	of, err := open.scheme(ctx, by, org.Schemes[0].Name)
	if err != nil {
		return v, false, err
	}
	page := app.Page{Limit: 200}
	for {
		found, err := open.Referrals(ctx, by, app.ReferralsAsk{Scheme: of.ID, Page: page})
		if err != nil || len(found) == 0 {
			return v, false, err
		}
		for _, line := range found {
			if !demo.IsToTry(line.Reference) {
				continue
			}
			if v, err = open.Referral(ctx, by, line.Referral.ID); err != nil || len(v.Assessments) == 0 {
				return v, err == nil, err
			}
		}
		page.After = string(found[len(found)-1].Referral.ID)
	}
}

// logins are shown on the sign-in page of a demonstration.
func logins() []site.DemoLogin {
	var all []site.DemoLogin
	for _, org := range demo.Organisations() {
		for _, a := range org.Accounts {
			all = append(all, site.DemoLogin{Login: a.Login, Password: a.Password, Role: a.Sees, Organisation: org.Name})
		}
	}
	return all
}
