package main

import (
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// What operations.md lists as not there has no command; and nothing says of
// erasing a person that it happens, while nothing does it.
func TestWhatIsNotThere(t *testing.T) {
	read := func(name string) string {
		raw, err := os.ReadFile("../../" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	_, missing, found := strings.Cut(read("docs/operations.md"), "## What is not there yet\n")
	if !found || !strings.Contains(missing, "Nobody can be erased yet") {
		t.Fatalf("the list is gone, or does not say that nobody can be erased: %s", missing)
	}
	parser, err := kong.New(&commands{}, kong.Vars{"roles": roles()})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range parser.Model.Children {
		if strings.Contains(strings.ToLower(missing), c.Name) {
			t.Errorf("%q is listed as not there, and there is “cairn %s”", c.Name, c.Name)
		}
	}
	if text := read("docs/releases.md"); strings.Contains(text, "is erased") || !strings.Contains(text, "Erasing a person is not built yet") {
		t.Error("releases.md speaks of erasing as if it were there")
	}
	if strings.Contains(read("SECURITY.md"), "disclosure control of releases (until it is there") {
		t.Error("SECURITY.md says that disclosure control is not there")
	}
}
