package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// userCommand adds people with a login.
type userCommand struct {
	Add   userAddCommand   `cmd:"" help:"Add somebody who can sign in."`
	Token userTokenCommand `cmd:"" help:"Make a token with which a program acts as somebody; it is printed once."`
}

type userAddCommand struct {
	databaseFlags
	Login        string   `arg:"" help:"What they sign in with, such as an e-mail address."`
	Organisation string   `help:"Where they work." placeholder:"NAME" required:""`
	Role         string   `help:"${roles}." required:"" enum:"${roles}"`
	Profession   string   `help:"Such as occupational therapist."`
	Scheme       []string `help:"A scheme they work in; may be given again." placeholder:"NAME" sep:"none"`
	AllSchemes   bool     `help:"They work in every scheme, also later ones."`
	PasswordFile string   `help:"Read the password from this file, - for the standard input (default: it is asked for)." placeholder:"FILE"`
}

func (userAddCommand) Help() string {
	return `A password has 12 characters or more. It is never given on the command line, where others
on the machine could read it.

  cairn user add jo@example.org --organisation "Riverside" --role practitioner --scheme "Allotments"`
}

func (c *userAddCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	if app.Role(c.Role) == app.Practitioner && len(c.Scheme) == 0 && !c.AllSchemes {
		return fault.New(fault.Invalid, fault.InputInvalid, "Say which schemes this practitioner works in, or give --all-schemes.").At("--scheme")
	}
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	org, err := s.organisation(ctx, c.Organisation)
	if err != nil {
		return err
	}
	in := app.NewUser{
		Login: c.Login, Org: org.ID, Role: app.Role(c.Role), Profession: c.Profession,
		AllSchemes: c.AllSchemes || app.Role(c.Role) != app.Practitioner && len(c.Scheme) == 0,
	}
	if in.Schemes, err = s.schemes(ctx, app.AtTerminal(org, "terminal"), c.Scheme); err != nil {
		return err
	}
	if in.Password, err = t.password(c.PasswordFile); err != nil {
		return err
	}
	made, err := s.AddUser(ctx, in)
	if err != nil {
		return err
	}
	t.say("%s can sign in now, as %s of %s.\n", made.Login, c.Role, org.Name)
	return nil
}

// schemes finds each by name or identifier, and says of all that are not
// there.
func (s *service) schemes(ctx context.Context, by app.Actor, names []string) (ids []scheme.ID, err error) {
	var wrong fault.List
	for _, name := range names {
		found, err := s.scheme(ctx, by, name)
		if accident := wrong.Note("--scheme", err); accident != nil {
			return nil, accident
		}
		ids = append(ids, found.ID)
	}
	return ids, wrong.Err()
}

// password is what the person types, twice, or the first line of a file or of
// the standard input.
func (t *terminal) password(file string) (string, error) {
	switch {
	case file == "-" || file == "" && t.hidden == nil:
		return t.line()
	case file != "":
		raw, err := os.ReadFile(file) //nolint:gosec // the person at the terminal names the file
		if err != nil {
			return "", fault.New(fault.Missing, fault.InputUnreadable, "The file cannot be read: %v.", plainly(err)).At("--password-file")
		}
		first, _, _ := strings.Cut(string(raw), "\n")
		return strings.TrimRight(first, "\r"), nil
	}
	typed, err := t.hidden("Password (12 characters or more):")
	if err != nil {
		return "", err
	}
	again, err := t.hidden("The same again:")
	if err == nil && again != typed {
		return "", fault.New(fault.Invalid, fault.InputInvalid, "The two passwords are not the same. Nobody was added.")
	}
	return typed, err
}

type userTokenCommand struct {
	databaseFlags
	Login string `arg:"" help:"Whom the program acts as."`
	Name  string `help:"What it is for." default:"made at the terminal"`
	Days  int    `help:"How long it lasts." default:"90"`
}

func (userTokenCommand) Help() string {
	return `For example:

  curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8080/api/v1/schemes`
}

func (c *userTokenCommand) Run(ctx context.Context, t *terminal, all *commands) error {
	if c.Days < 1 || c.Days > 3650 {
		return fault.New(fault.Invalid, fault.InputInvalid, "A token lasts 1 to 3650 days.").At("--days")
	}
	s, err := all.openExisting(ctx, t, c.databaseFlags)
	if err != nil {
		return err
	}
	defer s.close(t)
	whom, err := s.Login(ctx, c.Login)
	if fault.Is(err, fault.NotFound) {
		return fault.New(fault.Missing, fault.NotFound, "Nobody signs in as “%.80s”.", c.Login).At("LOGIN")
	}
	if err != nil {
		return err
	}
	if len(whom.Memberships) == 0 {
		return errors.New("an account without an organisation")
	}
	token, err := s.AddToken(ctx, whom, c.Name, c.Days)
	if err != nil {
		return err
	}
	t.say("This token acts as %s for %s. It is shown this once:\n", whom.Login, count(c.Days, "day", "days"))
	_, err = io.WriteString(t.out, token+"\n")
	return err
}

// roles are the words for --role.
func roles() string {
	var all []string
	for _, r := range app.Roles() {
		all = append(all, string(r))
	}
	return strings.Join(all, ",")
}
