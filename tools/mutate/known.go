package main

import (
	"os"
	"regexp"
	"strings"
)

// known are changes by file and by what becomes of it, since lines move.
type known map[[2]string]bool

func (k known) has(s site) bool {
	file, _, _ := strings.Cut(s.place, ":")
	return k[[2]string{file, s.what}]
}

// read takes the first two groups of every line that the pattern fits.
func read(name, pattern string) (known, error) {
	k := known{}
	if name == "" {
		return k, nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for _, found := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(raw), -1) {
		k[[2]string{found[1], strings.ReplaceAll(found[2], `\|`, `|`)}] = true
	}
	return k, nil
}

// explained reads the rows of a table that say why a change makes no difference:
//
//	| `internal/stat/welch.go` | `a + b becomes a - b` | why |
func explained(name string) (known, error) {
	return read(name, "(?m)^\\| `([^`]+)` \\| `(.+)` \\| .+ \\|$")
}

// missed reads what an earlier run printed.
func missed(name string) (known, error) {
	return read(name, `(?m)^([^:\s]+):\d+:\d+: not noticed: (.+)$`)
}
