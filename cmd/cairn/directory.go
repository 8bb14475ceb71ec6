package main

import (
	"errors"
	"path/filepath"
	"runtime"
)

// dataDirectory is where programs of this person keep their data, as each
// system has it.
func (s *settings) dataDirectory() (string, error) {
	env := s.t.env
	switch runtime.GOOS {
	case "windows":
		if local := env("LocalAppData"); local != "" {
			return filepath.Join(local, "Cairn"), nil
		}
		return "", errors.New("LocalAppData is not set")
	case "darwin":
		if home := env("HOME"); home != "" {
			return filepath.Join(home, "Library", "Application Support", "Cairn"), nil
		}
	default:
		if xdg := env("XDG_DATA_HOME"); filepath.IsAbs(xdg) {
			return filepath.Join(xdg, "cairn"), nil
		}
		if home := env("HOME"); home != "" {
			return filepath.Join(home, ".local", "share", "cairn"), nil
		}
	}
	return "", errors.New("HOME is not set")
}
