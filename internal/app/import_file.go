package app

import (
	"context"
	"fmt"
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
	Rows     int       `json:"-"` // of the file as it is read; 0 until an import counted them
	Revision int       `json:"revision"`
}

// ImportPartSize is how much of a file is sealed at once, bytes.
const ImportPartSize = 256 << 10

// ImportFileDays is how long a file that nobody finishes with is kept.
const ImportFileDays = 7

// WhatWasSent is the file itself, among the parts of what is kept of it; n is
// what was not taken of its nth sheet.
const WhatWasSent = 0

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
		f.Mapping, f.Like, f.Rows = in.Mapping, in.Like, 0
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
