package app

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// Operator is the person at the terminal: whoever can run the binary with the
// database and its key acts as a manager of one organisation, named so in the
// audit.
const Operator scheme.AccountID = "00000000-0000-7000-8000-000000000001"

// AtTerminal is the operator's actor for one organisation.
func AtTerminal(o scheme.Organisation, source string) Actor {
	return Actor{Account: Operator, Login: "terminal", Org: o.ID, OrgName: o.Name, Role: Manager, AllSchemes: true, Source: source}
}

// NewUser is an account with one membership.
type NewUser struct {
	Login      string
	Password   string
	Org        scheme.OrgID
	Role       Role
	Profession string
	AllSchemes bool
	Schemes    []scheme.ID
}

// NewService is what the first run asks for.
type NewService struct {
	Code     string // the one-time set-up code
	Name     string // of the organisation
	TimeZone string
	Login    string
	Password string
}

// SignIn returns the account of login when password is right. Every refusal is
// the same fault.
func (a *App) SignIn(ctx context.Context, login, password string) (Account, error) {
	acc, err := a.store.Login(ctx, strings.ToLower(strings.TrimSpace(login)))
	if err != nil && !fault.Is(err, fault.NotFound) {
		return Account{}, fmt.Errorf("sign in: %w", err)
	}
	ok, err := a.passwords.Matches(password, acc.PasswordHash)
	if err != nil {
		return Account{}, fmt.Errorf("sign in: %w", err)
	}
	if !ok || len(acc.Memberships) == 0 {
		return Account{}, fault.New(fault.Anonymous, fault.SignInRefused, "The login or the password is not right. Check both and try again.")
	}
	return acc, nil
}

// Actor returns what an account is in an organisation; it faults with
// account.sign-in when it is nothing there (any more).
func (a *App) Actor(ctx context.Context, id scheme.AccountID, org scheme.OrgID) (Actor, error) {
	acc, err := a.store.Account(ctx, id)
	if fault.Is(err, fault.NotFound) {
		return Actor{}, fault.New(fault.Anonymous, fault.SignInNeeded, "Sign in again.")
	}
	if err != nil {
		return Actor{}, fmt.Errorf("actor %s: %w", id, err)
	}
	for _, m := range acc.Memberships {
		if m.Org != org {
			continue
		}
		actor := Actor{Account: acc.ID, Login: acc.Login, Org: org, Role: m.Role, AllSchemes: m.AllSchemes, Schemes: m.Schemes}
		err := a.store.Read(ctx, org, func(r Reader) error {
			o, err := r.Organisation()
			actor.OrgName = o.Name
			return err
		})
		return actor, err
	}
	return Actor{}, fault.New(fault.Anonymous, fault.SignInNeeded, "Sign in again.")
}

// Bearer returns the actor of an API token; it faults with account.sign-in for
// one that is unknown or has expired.
func (a *App) Bearer(ctx context.Context, token string) (Actor, error) {
	account, org, err := a.store.Token(ctx, TokenHash(token), a.now())
	if fault.Is(err, fault.NotFound) {
		return Actor{}, fault.New(fault.Anonymous, fault.SignInNeeded, "This token is not known or has expired. Ask your administrator for a new one.")
	}
	if err != nil {
		return Actor{}, fmt.Errorf("bearer: %w", err)
	}
	return a.Actor(ctx, account, org)
}

// NeedsSetUp reports whether there is no organisation yet.
func (a *App) NeedsSetUp(ctx context.Context) (bool, error) {
	all, err := a.store.Organisations(ctx)
	return len(all) == 0, err
}

// SetUpDone is the fault of a set-up that comes too late.
func SetUpDone() *fault.Fault {
	return fault.New(fault.Conflict, fault.SetUpDone, "This installation is set up already. Sign in instead.")
}

// SetUp makes the first organisation and its manager. It works once, with the
// code that the terminal shows.
func (a *App) SetUp(ctx context.Context, in NewService) error {
	needed, err := a.NeedsSetUp(ctx)
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	if !needed {
		return SetUpDone()
	}
	if a.setUpCode == "" || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(in.Code)), []byte(a.setUpCode)) != 1 {
		return fault.New(fault.Forbidden, fault.SetUpToken, "That is not the set-up code. It was printed where the program was started.").At("code")
	}
	org := scheme.Organisation{Name: strings.TrimSpace(in.Name), TimeZone: in.TimeZone, Kind: scheme.Provider}
	user := NewUser{Login: in.Login, Password: in.Password, Role: Manager, AllSchemes: true}
	var wrong fault.List
	checkOrganisation(&wrong, org)
	user.check(&wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	if org.ID, err = newID[scheme.OrgID](); err != nil {
		return err
	}
	user.Org = org.ID
	acc, err := a.account(user)
	if err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	if err := a.store.Found(ctx, org, acc); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}

// AddOrganisation keeps a new tenant. It is for the terminal and the first run.
func (a *App) AddOrganisation(ctx context.Context, o scheme.Organisation) (scheme.Organisation, error) {
	var wrong fault.List
	checkOrganisation(&wrong, o)
	if err := wrong.Err(); err != nil {
		return scheme.Organisation{}, err
	}
	id, err := newID[scheme.OrgID]()
	if err != nil {
		return scheme.Organisation{}, err
	}
	o.ID = id
	if err := a.store.AddOrganisation(ctx, o); err != nil {
		return scheme.Organisation{}, fmt.Errorf("add organisation: %w", err)
	}
	return o, nil
}

func checkOrganisation(wrong *fault.List, o scheme.Organisation) {
	named(wrong, "name", o.Name)
	if _, err := time.LoadLocation(o.TimeZone); err != nil || o.TimeZone == "" || o.TimeZone == "Local" {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not a time zone. Use a name such as Europe/London.", o.TimeZone).At("time_zone"))
	}
}

// Organisations returns all, by name, for the terminal.
func (a *App) Organisations(ctx context.Context) ([]scheme.Organisation, error) {
	return a.store.Organisations(ctx)
}

// AddUser keeps an account with one membership. It is for the terminal and the
// first run.
func (a *App) AddUser(ctx context.Context, in NewUser) (Account, error) {
	var wrong fault.List
	in.check(&wrong)
	if err := wrong.Err(); err != nil {
		return Account{}, err
	}
	acc, err := a.account(in)
	if err != nil {
		return Account{}, fmt.Errorf("add user: %w", err)
	}
	if err := a.store.AddAccount(ctx, acc); err != nil {
		return Account{}, fmt.Errorf("add user: %w", err)
	}
	return acc, nil
}

// account is the account of a user who was checked, with the password hashed.
func (a *App) account(in NewUser) (Account, error) {
	hash, err := a.passwords.Hash(in.Password)
	if err != nil {
		return Account{}, err
	}
	id, err := newID[scheme.AccountID]()
	if err != nil {
		return Account{}, err
	}
	return Account{
		ID: id, Login: strings.ToLower(strings.TrimSpace(in.Login)), PasswordHash: hash,
		Memberships: []Membership{{Org: in.Org, Role: in.Role, Profession: in.Profession, AllSchemes: in.AllSchemes, Schemes: in.Schemes}},
	}, nil
}

func (in NewUser) check(wrong *fault.List) {
	if n := len(strings.TrimSpace(in.Login)); n < 2 || n > 200 {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Enter a login of 2 to 200 characters, such as an e-mail address.").At("login"))
	}
	if n := len([]rune(in.Password)); n < 12 || n > 200 {
		wrong.Add(fault.New(fault.Invalid, fault.PasswordWeak, "A password has 12 to 200 characters. Three or four unrelated words do well.").At("password"))
	}
	known := false
	for _, r := range Roles() {
		known = known || r == in.Role
	}
	if !known {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "“%.40s” is not a role.", in.Role).At("role"))
	}
}

// AddToken makes an API token for an account and returns it; only its hash is
// kept.
func (a *App) AddToken(ctx context.Context, account Account, name string, days int) (token string, err error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("add token: %w", err)
	}
	token = "cairn_" + base64.RawURLEncoding.EncodeToString(raw)
	err = a.store.AddToken(ctx, Token{
		Hash: TokenHash(token), Account: account.ID, Org: account.Memberships[0].Org,
		Name: name, Expires: a.now().Add(time.Duration(days) * 24 * time.Hour).UTC(),
	})
	if err != nil {
		return "", fmt.Errorf("add token: %w", err)
	}
	return token, nil
}

// Login returns an account by login, for the terminal.
func (a *App) Login(ctx context.Context, login string) (Account, error) {
	return a.store.Login(ctx, strings.ToLower(strings.TrimSpace(login)))
}
