package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"cairn/internal/fault"
)

// A SentFile is a file on its way here.
type SentFile struct {
	Name string
	Most int64 // bytes; more are refused
	From io.Reader
	Look func(ImportFile) (ImportFile, error) // says how it is read and like which import, or faults
}

// KeepFile seals a file bit by bit as it arrives, has it looked at, and only then
// lets it be seen. The same file that its sender has not finished with is answered
// with the one that is here. Where MostImportFiles of them wait already it faults
// before it reads anything. What is refused leaves nothing of itself behind.
func (a *App) KeepFile(ctx context.Context, by Actor, in SentFile) (out ImportFile, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportFile{}, err
	}
	out = ImportFile{By: by.Account, Name: in.Name, SentAt: a.now(), Revision: 1}
	if out.ID, err = newID[string](); err != nil {
		return ImportFile{}, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		if err := w.ExpireImports(); err != nil {
			return err
		}
		if err := roomToWait(w, by); err != nil {
			return err
		}
		return w.AddImportFile(out)
	})
	if err == nil {
		err = a.keepParts(ctx, by, &out, in)
	}
	if err == nil {
		var kept ImportFile
		if kept, err = a.keptFile(ctx, by, out, in.Look); err == nil {
			return kept, nil
		}
	}
	return ImportFile{}, errors.Join(fmt.Errorf("keep a file: %w", err), a.dropFile(context.WithoutCancel(ctx), by, out.ID))
}

// keepParts seals what arrives, each part in a transaction of its own, so that a
// slow line holds nobody up.
func (a *App) keepParts(ctx context.Context, by Actor, out *ImportFile, in SentFile) error {
	sum, part := sha256.New(), make([]byte, ImportPartSize)
	for position := 0; ; position++ {
		n, err := io.ReadFull(in.From, part)
		ended := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !ended {
			return err
		}
		if out.Size += int64(n); out.Size > in.Most {
			return fault.New(fault.Invalid, fault.InputTooLarge, "The file has more than %d MB. Split it, or import it at the terminal (cairn import).", in.Most>>20).At("file")
		}
		sum.Write(part[:n])
		if n > 0 {
			err := a.store.Write(ctx, by.Org, func(w Writer) error {
				return w.AddImportPart(ImportPart{File: out.ID, By: by.Account, What: WhatWasSent, Position: position}, part[:n])
			})
			if err != nil {
				return err
			}
		}
		if ended {
			out.SHA = hex.EncodeToString(sum.Sum(nil))
			return nil
		}
	}
}

// keptFile looks at a file that is here whole, and lets it be seen, unless its sender
// has it here already. Of copies that come at the same moment each is looked at for
// itself, and the first to be kept is the file of them all.
func (a *App) keptFile(ctx context.Context, by Actor, in ImportFile, look func(ImportFile) (ImportFile, error)) (out ImportFile, err error) {
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		out, err = sameFile(w, by, in)
		return err
	})
	if err != nil || out.ID != "" {
		return out, err
	}
	if in, err = look(in); err != nil {
		return ImportFile{}, err
	}
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		if err := w.LockAccount(by.Account); err != nil { // copies come one by one
			return err
		}
		if out, err = sameFile(w, by, in); err != nil || out.ID != "" {
			return err
		}
		if err := roomToWait(w, by); err != nil { // others came in meanwhile
			return err
		}
		out = in
		out.Revision++
		if err := w.SaveImportFile(out); err != nil {
			return err
		}
		return w.Audit(Entry{Actor: by.Account, Act: "import.send", Object: out.ID, RequestID: by.RequestID, Payload: out})
	})
	return out, err
}

// sameFile is the file that waits already with what in holds, instead of which in is
// dropped; it is empty where there is none.
func sameFile(w Writer, by Actor, in ImportFile) (ImportFile, error) {
	there, err := w.ImportFiles(by.Account)
	if err != nil {
		return ImportFile{}, err
	}
	for _, f := range there {
		if f.SHA == in.SHA {
			return f, w.DropImportFile(in.ID)
		}
	}
	return ImportFile{}, nil
}

func (a *App) dropFile(ctx context.Context, by Actor, id string) error {
	return a.store.Write(ctx, by.Org, func(w Writer) error { return w.DropImportFile(id) })
}
