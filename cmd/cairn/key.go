package main

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"cairn/internal/fault"
)

const keyBytes = 32

// key is the master key: from CAIRN_KEY, else from the key file. Where neither
// a key file nor its SQLite database is there yet, it says where one is to be
// made.
func (s *settings) key(database, file string) (key []byte, makeAt string) {
	given := strings.TrimSpace(s.t.env("CAIRN_KEY"))
	file = s.or(setKeyFile, file, "")
	switch {
	case given != "" && file != "":
		s.bad(setKeyFile, "CAIRN_KEY holds a key and this names a file with one. Keep one of the two.")
		return nil, ""
	case given != "":
		key, err := decodeKey(given)
		if err != nil {
			s.badKey("This is not a key: %v. “cairn new-key” prints one.", err)
		}
		return key, ""
	case isPostgres(database) && file == "":
		s.badKey("A PostgreSQL database needs a key that is kept apart from it. Make one with “cairn new-key”, keep a copy in a safe place, and name the file with --key-file or put the key into CAIRN_KEY.")
		return nil, ""
	}
	if file == "" {
		path := strings.TrimPrefix(database, sqliteScheme)
		file = strings.TrimSuffix(path, filepath.Ext(path)) + ".key"
	}
	return s.keyFile(file, database)
}

func (s *settings) badKey(format string, args ...any) {
	s.wrong.Add(fault.New(fault.Invalid, fault.SettingsInvalid, format, args...).At("CAIRN_KEY"))
}

// keyFile reads the key file, which must be there when the database is.
func (s *settings) keyFile(file, database string) (key []byte, makeAt string) {
	needed := isPostgres(database) || exists(strings.TrimPrefix(database, sqliteScheme))
	raw, err := os.ReadFile(file) //nolint:gosec // the person at the terminal names the file
	switch {
	case errors.Is(err, fs.ErrNotExist) && !needed:
		return nil, file
	case errors.Is(err, fs.ErrNotExist):
		s.bad(setKeyFile, "The key file %s is not there, and without it names in the database cannot be read. Put it back from your backup.", file)
		return nil, ""
	case err != nil:
		s.bad(setKeyFile, "The key file cannot be read: %v.", plainly(err))
		return nil, ""
	}
	if key, err = decodeKey(strings.TrimSpace(string(raw))); err != nil {
		s.bad(setKeyFile, "%s does not hold a key: %v.", file, err)
	}
	return key, ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func decodeKey(text string) ([]byte, error) {
	key, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, errors.New("it is not base64")
	}
	if len(key) != keyBytes {
		return nil, fmt.Errorf("it has %d bytes and needs %d", len(key), keyBytes)
	}
	return key, nil
}

// newKey makes a key and how it is written down.
func newKey() (key []byte, text string) {
	key = make([]byte, keyBytes)
	rand.Read(key) // never fails
	return key, base64.StdEncoding.EncodeToString(key)
}

// makeKeyFile writes a new key where only this person can read it.
func makeKeyFile(path string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	key, text := newKey()
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // as above
	if err != nil {
		return nil, err
	}
	_, err = f.WriteString(text + "\n")
	return key, errors.Join(err, f.Sync(), f.Close())
}

// newKeyCommand prints a key.
type newKeyCommand struct{}

func (newKeyCommand) Help() string {
	return `The key encrypts names in the database and proves its audit. Whoever has only the
database cannot read them; whoever loses the key cannot either.

  cairn new-key > /etc/cairn/key && chmod 600 /etc/cairn/key`
}

func (newKeyCommand) Run(t *terminal) error {
	_, text := newKey()
	_, err := fmt.Fprintln(t.out, text)
	return err
}
