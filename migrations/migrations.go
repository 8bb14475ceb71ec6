// Package migrations is the history of the schema, and nothing else.
//
// A file here serves both databases; one in sqlite or postgres says what the
// other cannot. It promises that both end with the same tables, columns and
// keys (a test of package store compares them).
package migrations

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed *.sql sqlite/*.sql postgres/*.sql
var files embed.FS

// A History is the files for one database, as one flat folder. Its value is the
// name of the folder with that database's own files.
type History string

const (
	SQLite   History = "sqlite"
	Postgres History = "postgres"
)

// Fingerprint changes with every change to the history; it can be part of a
// file name.
func (h History) Fingerprint() (string, error) {
	names, err := fs.Glob(h, "*.sql")
	if err != nil {
		return "", fmt.Errorf("list migrations: %w", err)
	}
	sum := sha256.New()
	for _, name := range names {
		raw, err := fs.ReadFile(h, name)
		if err != nil {
			return "", fmt.Errorf("read migration: %w", err)
		}
		sum.Write(fmt.Appendf(nil, "%s %d\n%s", name, len(raw), raw))
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// Open finds a database's own file before a portable one.
func (h History) Open(name string) (fs.File, error) {
	f, err := files.Open(string(h) + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return files.Open(name)
	}
	return f, err
}

// ReadDir lists both kinds, in order of name.
func (h History) ReadDir(name string) ([]fs.DirEntry, error) {
	if name != "." {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	var all []fs.DirEntry
	for _, dir := range []string{".", string(h)} {
		found, err := files.ReadDir(dir)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, fs.DirEntry.IsDir)
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return all, nil
}
