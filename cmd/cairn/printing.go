package main

import (
	"os"
	"os/exec"

	"cairn/internal/press"
	"cairn/internal/site"
)

// printFlag names the browser that prints pages as PDF.
type printFlag struct {
	Browser string `help:"Chromium that makes pages as PDF: its path, or none (default: one that is found on the path; without one, pages say to print them with your own browser)." placeholder:"FILE" env:"CAIRN_BROWSER"`
}

// printer is a press with the browser that is set, or found; nil where there is
// none. It faults when one is set that is not there.
func (s *settings) printer(given string) site.Printer {
	named := s.or(setBrowser, given, "")
	if named == "none" {
		return nil
	}
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell", "chrome"}
	if named != "" {
		names = []string{named}
	}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return press.New(path, browserFlags()...)
		}
	}
	if named != "" {
		s.bad(setBrowser, "There is no program at %s. Name a Chromium, or say none.", named)
	}
	return nil
}

// browserFlags are those that this machine needs: Chromium's own sandbox refuses
// to start for root.
func browserFlags() []string {
	if os.Geteuid() == 0 {
		return []string{"no-sandbox"}
	}
	return nil
}
