package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"cairn/internal/fault"
)

// An ImportFile is a file that somebody sent to be brought in, kept from one step
// to the next. Only they see it.
type ImportFile struct {
	ID       string    `json:"id"`
	By       AccountID `json:"-"`
	Batch    string    `json:"batch,omitempty"` // the import that it was staged as
	Like     string    `json:"like,omitempty"`  // the import whose mapping was taken over
	Name     string    `json:"-"`
	SHA      string    `json:"file_sha"`
	Size     int64     `json:"size"` // bytes
	Mapping  string    `json:"-"`    // JSON
	SentAt   time.Time `json:"-"`
	Revision int       `json:"revision"`
}

// ImportPartSize is how much of a file is sealed at once, bytes.
const ImportPartSize = 256 << 10

// ImportFileDays is how long a file that nobody finishes with is kept.
const ImportFileDays = 7

// WhatWasSent is the file itself, among the parts of what is kept of it; n is
// what was not taken of its nth sheet.
const WhatWasSent = 0

// A SentFile is a file on its way here.
type SentFile struct {
	Name string
	Most int64 // bytes; more are refused
	From io.Reader
}

// KeepFile seals a file bit by bit as it arrives. The same file that its sender
// has not finished with is answered with the one that is here. Where
// MostImportFiles of them wait already it faults before it reads anything.
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
		out, err = a.keptFile(ctx, by, out)
	}
	if err != nil {
		return ImportFile{}, errors.Join(fmt.Errorf("keep a file: %w", err), a.dropFile(context.WithoutCancel(ctx), by, out.ID))
	}
	return out, nil
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

// keptFile notes that a file is here whole, unless its sender has it here
// already.
func (a *App) keptFile(ctx context.Context, by Actor, in ImportFile) (out ImportFile, err error) {
	err = a.store.Write(ctx, by.Org, func(w Writer) error {
		there, err := w.ImportFiles(by.Account)
		if err != nil {
			return err
		}
		for _, f := range there {
			if f.SHA == in.SHA {
				out = f
				return w.DropImportFile(in.ID)
			}
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

func (a *App) dropFile(ctx context.Context, by Actor, id string) error {
	return a.store.Write(ctx, by.Org, func(w Writer) error { return w.DropImportFile(id) })
}

// ImportFile is one of the actor's own.
func (a *App) ImportFile(ctx context.Context, by Actor, id string) (out ImportFile, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportFile{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		out, err = ownFile(r, by, id)
		return err
	})
	if err != nil {
		return ImportFile{}, fmt.Errorf("file on its way in: %w", err)
	}
	return out, nil
}

func ownFile(r Reader, by Actor, id string) (ImportFile, error) {
	f, err := r.ImportFile(id)
	if err == nil && (f.By != by.Account || f.SHA == "") {
		err = notThere()
	}
	return f, err
}

// An ImportPart names a part of what is kept of a file.
type ImportPart struct {
	File     string
	By       AccountID
	What     int // see WhatWasSent
	Position int // from 0
}

// OpenPart opens one part of what is kept of a file of the actor's own; it is
// empty where there is none.
func (a *App) OpenPart(ctx context.Context, by Actor, at ImportPart) (text []byte, err error) {
	if err := by.may(ImportScores); err != nil {
		return nil, err
	}
	at.By = by.Account
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		text, err = r.ImportPart(at)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open a part of a file: %w", err)
	}
	return text, nil
}

// KeepPart seals a part of what was not taken of a file of the actor's own.
func (a *App) KeepPart(ctx context.Context, by Actor, at ImportPart, text []byte) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	at.By = by.Account
	err := a.store.Write(ctx, by.Org, func(w Writer) error {
		if _, err := ownFile(w, by, at.File); err != nil {
			return err
		}
		return w.AddImportPart(at, text)
	})
	if err != nil {
		return fmt.Errorf("keep a part of a file: %w", err)
	}
	return nil
}

// EndParts forgets the part of that position of a file of the actor's own, and
// those behind it, from when there were more.
func (a *App) EndParts(ctx context.Context, by Actor, at ImportPart) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	err := a.store.Write(ctx, by.Org, func(w Writer) error {
		if _, err := ownFile(w, by, at.File); err != nil {
			return err
		}
		return w.EndImportParts(at)
	})
	if err != nil {
		return fmt.Errorf("end what is kept of a file: %w", err)
	}
	return nil
}

// A FileMapping is how a file is to be read.
type FileMapping struct {
	Key     string `json:"-"`
	File    string `json:"file"`
	Version int    `json:"version"` // of the file, as it was read
	Mapping string `json:"mapping"`
	Like    string `json:"like"` // the import whose mapping was taken over; empty where it is of its own
}

func (in FileMapping) withoutIdentity() any {
	in.Mapping = "" // its words are of the file, and kept beside it
	return in
}

// MapFile keeps how a file is to be read; what was put by of it as it was read
// before is forgotten.
func (a *App) MapFile(ctx context.Context, by Actor, in FileMapping) (out ImportFile, err error) {
	if err := by.may(ImportScores); err != nil {
		return ImportFile{}, err
	}
	_, err = a.create(ctx, writing{by, "import.map", in.Key, in}, func(w Writer) (string, error) {
		f, err := ownFile(w, by, in.File)
		if err != nil {
			return "", err
		}
		if f.Revision != in.Version {
			return "", staleRecord()
		}
		if err := forgetStaged(w, f); err != nil {
			return "", err
		}
		f.Mapping, f.Like = in.Mapping, in.Like
		f.Revision++
		return f.ID, w.SaveImportFile(f)
	})
	if err != nil {
		return ImportFile{}, err
	}
	return a.ImportFile(ctx, by, in.File)
}

// A FileRemoval says which file is deleted.
type FileRemoval struct {
	Key     string `json:"-"`
	File    string `json:"file"`
	Version *int   `json:"version"` // as it was read; nil: as it is now
}

// ForgetFile deletes a file of the actor's own, and all that is kept of it.
func (a *App) ForgetFile(ctx context.Context, by Actor, in FileRemoval) error {
	if err := by.may(ImportScores); err != nil {
		return err
	}
	_, err := a.create(ctx, writing{by, "import.forget", in.Key, in}, func(w Writer) (string, error) {
		f, err := ownFile(w, by, in.File)
		if err != nil {
			return "", err
		}
		if in.Version != nil && f.Revision != *in.Version {
			return "", staleRecord()
		}
		if err := forgetStaged(w, f); err != nil && !fault.Is(err, fault.ImportState) { // what is in stays
			return "", err
		}
		return f.ID, w.DropImportFile(f.ID)
	})
	return err
}
