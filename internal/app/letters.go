package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"cairn/internal/scheme"
)

// A Mailer sends one message, or says why not. It may be given the same message
// again after a crash, under the same identifier.
type Mailer interface {
	Send(ctx context.Context, m Message) error
}

// A Message is one mail. Nothing in it says what it is about.
type Message struct {
	ID   string // the same for the same mail
	To   []string
	Head string
	Text string
}

// What every mail says. It must give nothing away to whoever sees it arrive.
const (
	letterHead = "Cairn needs you"
	letterText = "Somebody recorded something in Cairn that needs you. Sign in.\r\n"
)

// claimed is how long a mail belongs to the server that took it. After a crash
// another one takes it then.
const claimed = 5 * time.Minute

// SendsMail reports whether there is anything to send mail with.
func (a *App) SendsMail() bool { return a.mail != nil }

// SendLetters sends every mail that is due, in each organisation, and returns how
// many went. One that fails waits, longer each time, and does not keep the
// others. Without a Mailer all wait, and are shown in Cairn.
func (a *App) SendLetters(ctx context.Context) (sent int, err error) {
	if a.mail == nil {
		return 0, nil
	}
	all, err := a.store.Organisations(ctx)
	if err != nil {
		return 0, fmt.Errorf("send mail: %w", err)
	}
	var failures []error
	for _, o := range all {
		n, err := a.sendLettersOf(ctx, o.ID)
		sent += n
		if err != nil {
			failures = append(failures, fmt.Errorf("send mail of organisation %s: %w", o.ID, err))
		}
	}
	return sent, errors.Join(failures...)
}

func (a *App) sendLettersOf(ctx context.Context, org scheme.OrgID) (sent int, err error) {
	var failures []error
	for {
		var l Letter
		var to []string
		there := false
		err := a.store.Write(ctx, org, func(w Writer) error {
			now := a.now()
			if l, there, err = w.ClaimLetter(now, now.Add(claimed)); err != nil || !there {
				return err
			}
			to, err = addressees(w, l.Step)
			return err
		})
		if err != nil {
			return sent, errors.Join(append(failures, err)...)
		}
		if !there {
			return sent, errors.Join(failures...)
		}
		if err := a.post(ctx, &l, to); err != nil {
			failures = append(failures, err)
		}
		if l.State == LetterSent {
			sent++
		}
		if err := a.store.Write(ctx, org, func(w Writer) error { return w.SettleLetter(l) }); err != nil {
			return sent, errors.Join(append(failures, err)...)
		}
	}
}

// post sends a claimed mail and says in l what became of it.
func (a *App) post(ctx context.Context, l *Letter, to []string) error {
	if len(to) == 0 {
		l.State, l.DoneAt = LetterUnaddressed, a.now()
		return nil
	}
	err := a.mail.Send(ctx, Message{ID: string(l.Alert) + "." + string(l.Step), To: to, Head: letterHead, Text: letterText})
	if err != nil {
		l.NotDue = a.now().Add(min(time.Duration(l.Attempts)*time.Minute, time.Hour))
		return fmt.Errorf("mail to the %s: %w", l.Step, err)
	}
	l.State, l.DoneAt = LetterSent, a.now()
	return nil
}

// addressees are the mail addresses of a step: logins that are addresses.
func addressees(r ProtocolReader, step scheme.MailStep) ([]string, error) {
	p, err := r.Protocol()
	if err != nil {
		return nil, err
	}
	members, err := r.Members()
	var to []string
	for _, m := range members {
		meant := step == scheme.ToLead && m.Account == p.Lead || step == scheme.ToDeputy && m.Account == p.Deputy ||
			step == scheme.ToManagers && m.Role == Manager
		if meant && addressed(m.Login) {
			to = append(to, m.Login)
		}
	}
	return to, err
}

// addressed reports whether a login is a mail address.
func addressed(login string) bool {
	name, host, ok := strings.Cut(login, "@")
	return ok && name != "" && strings.Contains(host, ".") && !strings.ContainsAny(login, " \t\r\n<>,;:\"") && strings.Count(login, "@") == 1
}
