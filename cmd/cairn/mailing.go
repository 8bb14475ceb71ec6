package main

import (
	"context"
	"strings"
	"time"

	"cairn/internal/app"
	"cairn/internal/mail"
)

// mailer is what alerts are mailed with; nil where no server is named.
func (s *settings) mailer(f mailFlags) app.Mailer {
	addr := s.or(setSMTPAddr, f.SMTPAddr, "")
	if addr == "" {
		return nil
	}
	m, err := mail.New(mail.Settings{
		Addr: addr, From: s.or(setSMTPFrom, f.SMTPFrom, ""), User: s.or(setSMTPUser, f.SMTPUser, ""),
		Password: s.t.env("CAIRN_SMTP_PASSWORD"), Now: s.t.now,
	})
	if err != nil {
		s.bad(setSMTPAddr, "Mail cannot be sent with these settings (%s).", strings.TrimPrefix(err.Error(), "mail settings: "))
		return nil
	}
	return m
}

// betweenMails is how long a mail that is due may wait.
const betweenMails = 20 * time.Second

// mail sends what is due, at once and then now and again until ctx ends. What
// does not go is tried again, and said in the log without anybody's name.
func (v venue) mail(ctx context.Context, s *service) {
	again := time.NewTicker(betweenMails)
	defer again.Stop()
	for s.SendsMail() {
		if _, err := s.SendLetters(ctx); err != nil && ctx.Err() == nil {
			v.logger.ErrorContext(ctx, "mail about alerts could not be sent", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
