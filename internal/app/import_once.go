package app

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"cairn/internal/fault"
)

// A BringIn is the request that brings a file in. That of the terminal is empty:
// it repeats by file and mapping.
type BringIn struct {
	Key     string `json:"-"`
	File    string `json:"file"`
	Version int    `json:"version"` // of the file, as it was read
}

// bringInAct is what its sender's key is claimed for, and what the audit calls it.
const bringInAct = "import.publish"

// mostKey is how many characters a sender's key has at most. One of many things that
// are sent at once has its number behind it.
const mostKey = 200

// once identifies a request that may be sent twice.
func (wr writing) once() (Once, error) {
	body, err := json.Marshal(wr.input)
	if err != nil {
		return Once{}, fmt.Errorf("%s: encode: %w", wr.act, err)
	}
	if utf8.RuneCountInString(wr.key) > mostKey+len(" 99") {
		return Once{}, fault.New(fault.Invalid, fault.InputInvalid, "Write at most %d characters.", mostKey).At("Idempotency-Key")
	}
	return Once{Key: wr.key, Account: wr.actor.Account, Act: wr.act, Body: body}, nil
}

// made is what the first copy of the same request made; empty where there was none.
func (a *App) made(ctx context.Context, wr writing) (object string, err error) {
	once, err := wr.once()
	if err != nil || once.Key == "" {
		return "", err
	}
	err = a.store.Read(ctx, wr.actor.Org, func(r Reader) error {
		object, err = r.Made(once)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("what came of a request: %w", err)
	}
	return object, nil
}

// BroughtIn is what came of a request that was sent before, before its file is
// opened for it again; it is empty where the request is a new one. It faults with
// idempotency.reused for the key of another request.
func (a *App) BroughtIn(ctx context.Context, by Actor, in BringIn) (out ImportBatch, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportBatch{}, err
	}
	made, err := a.made(ctx, writing{by, bringInAct, in.Key, in})
	if err != nil || made == "" {
		return ImportBatch{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		out, err = asPublished(r, made)
		return err
	})
	if err != nil {
		return ImportBatch{}, fmt.Errorf("what came of a request: %w", err)
	}
	return out, nil
}

// asPublished is an import as it was when it was brought in, whatever became of it
// since.
func asPublished(r Reader, id string) (ImportBatch, error) {
	b, err := r.ImportBatch(id)
	b.State, b.Reason = ImportPublished, ""
	return b, err
}
