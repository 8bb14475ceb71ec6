// Package account is about people with a login: for now, their passwords.
//
// It knows nothing of who they are, what they may do or where hashes are kept.
// It promises that a password is never kept or logged, that checking one takes
// the same work whether there is an account or not, and that many sign-ins at
// once wait for each other instead of taking all memory.
package account

import (
	_ "embed"
	"fmt"
	"runtime"
	"strings"

	"github.com/alexedwards/argon2id"

	"cairn/internal/fault"
)

//go:embed known.txt
var known string

// Cost is how much work one hash is (argon2id, RFC 9106).
type Cost struct {
	Memory     uint32 // KiB
	Iterations uint32 // passes over the memory
	AtOnce     int    // hashes worked on at the same time
	Waiting    int    // hashes that may wait for a turn
}

// Standard is OWASP's first recommendation for argon2id (Password Storage Cheat
// Sheet: 46 MiB, one pass, one lane), one at a time: 46 MiB whatever arrives, and
// another core for those who are signed in (docs/decisions/0078).
func Standard() Cost { return Cost{Memory: 46 << 10, Iterations: 1, AtOnce: 1, Waiting: 128} }

// large is what is too much to be left lying about, KiB.
const large = 16 << 10

// Passwords hashes and checks passwords. It is safe for concurrent use.
type Passwords struct {
	params argon2id.Params
	turns  chan struct{} // one for each hash being worked on
	queue  chan struct{} // one for each caller inside
	known  map[string]bool
}

// NewPasswords returns Passwords of that cost. Hashes made at another cost are
// still checked, since a hash says its own.
func NewPasswords(c Cost) *Passwords {
	p := &Passwords{
		params: argon2id.Params{Memory: c.Memory, Iterations: c.Iterations, Parallelism: 1, SaltLength: 16, KeyLength: 32},
		turns:  make(chan struct{}, c.AtOnce),
		queue:  make(chan struct{}, c.AtOnce+c.Waiting),
		known:  map[string]bool{},
	}
	for line := range strings.Lines(known) {
		if word := strings.TrimSpace(line); word != "" && !strings.HasPrefix(word, "#") {
			p.known[word] = true
		}
	}
	return p
}

// Hash returns what may be kept of a password. It faults with account.weak, at
// "password", for one that is guessed first, and with unavailable when too many
// callers wait.
func (p *Passwords) Hash(password string) (string, error) {
	if p.weak(password) {
		return "", fault.New(fault.Invalid, fault.PasswordWeak, "This password is among the first that are guessed. Three or four unrelated words do well.").At("password")
	}
	leave, err := p.enter()
	if err != nil {
		return "", err
	}
	defer leave()
	hash, err := argon2id.CreateHash(password, &p.params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// Matches reports whether hash was made of password. Without a hash it does the
// work of one and says no.
func (p *Passwords) Matches(password, hash string) (bool, error) {
	leave, err := p.enter()
	if err != nil {
		return false, err
	}
	defer leave()
	if hash == "" {
		if _, err := argon2id.CreateHash(password, &p.params); err != nil {
			return false, fmt.Errorf("check password: %w", err)
		}
		return false, nil
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return ok, nil
}

// enter waits for a turn, or faults at once when the queue is full.
func (p *Passwords) enter() (leave func(), err error) {
	select {
	case p.queue <- struct{}{}:
	default:
		return nil, fault.New(fault.Unavailable, fault.Busy, "Too many people are signing in at this moment. Wait a little and try again.")
	}
	p.turns <- struct{}{}
	return func() {
		if p.params.Memory >= large {
			runtime.GC() // else the next one's memory is taken beside this one's
		}
		<-p.turns
		<-p.queue
	}, nil
}

// weak reports whether a password is on our list, perhaps with digits or signs
// hung on either end, or repeats a few characters.
func (p *Passwords) weak(password string) bool {
	plain := strings.ToLower(strings.TrimSpace(password))
	core := strings.Trim(plain, "0123456789!?.,-_#*$@& ")
	distinct := map[rune]bool{}
	for _, r := range plain {
		distinct[r] = true
	}
	return p.known[plain] || p.known[core] || len(distinct) < 5
}
