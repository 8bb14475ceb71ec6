// Package recheck reads a finished package of rows for research and says which
// rule it breaks, before anybody has it.
//
// It knows bytes and nothing of ours: not how they were written, nor what was
// meant. What it allows is written down here a second time, by hand, so that a
// mistake of the writer's is not its own. It promises that a file which it finds
// nothing in holds no column but those listed here, no date, no free text and no
// formula, and that each description of a person, together with what earlier files
// said of them, fits as many people as was asked for. What it says names no
// person.
package recheck

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A check is one file while it is read.
type check struct {
	fewest  int
	schemes []string
	parts   map[string]*zip.File
	files   map[string][]byte // whole, but for the tables of people
	sum     map[string]string // SHA-256 of each
	people  map[string]*person
	words   map[string]string // each once, however many people it is said of
	broken  []string

	scales   map[string]scale // of every score
	parted   map[part]int32   // their numbers
	trying   *person          // of whom rows of long.csv are read,
	referral string           // in which referral,
	trials   []trial          // and what there was of it
}

// A person is one name in the file.
type person struct {
	says  string  // scheme and traits, as rows say them
	began []int32 // parts of scales, by their numbers
}

// A File is the finished package, wherever it lies.
type File interface {
	io.ReaderAt
	Size() int64 // bytes
}

// Check returns what the file says of each person in it, by their names there,
// and every rule that it breaks: a description has to fit at least fewest people,
// schemes are those that may be in it, and before is what Check found in each
// earlier file that is still about.
func Check(file File, fewest int, schemes []string, before ...map[string]string) (now map[string]string, broken []string) {
	c := &check{fewest: fewest, schemes: schemes, people: map[string]*person{}, words: map[string]string{}, parted: map[part]int32{}}
	c.parts, c.files, c.sum = map[string]*zip.File{}, map[string][]byte{}, map[string]string{}
	if c.open(file) {
		c.scales = c.ends()
		for _, table := range tables() {
			c.table(table)
		}
		c.settle()
		c.flow()
		c.alike()
		c.together(before)
	}
	now = map[string]string{}
	for name, p := range c.people {
		now[name] = p.says
	}
	slices.Sort(c.broken)
	return now, slices.Compact(c.broken)
}

func (c *check) wrong(format string, of ...any) {
	const most = 200 // one sentence of each kind says enough
	if len(c.broken) < most {
		c.broken = append(c.broken, fmt.Sprintf(format, of...))
	}
}

// tables are those with rows of people, that of all people first.
func tables() []string { return []string{"wide.csv", "pairs.csv", "long.csv"} }

// contents are what a package holds.
func contents() []string {
	return []string{
		"METHODS.txt", "SHA256SUMS", "codebook.csv", "codebook.html", "datapackage.json", "flow.csv", "load.R", "load.py",
		"long.csv", "measures.csv", "pairs.csv", "settings.json", "wide.csv",
	}
}

// open reads the archive; false where there is nothing to go on with.
func (c *check) open(file File) bool {
	archive, err := zip.NewReader(file, file.Size())
	if err != nil {
		c.wrong("the file is not a zip archive")
		return false
	}
	var names []string
	for _, f := range archive.File {
		names = append(names, f.Name)
		if f.Comment != "" || archive.Comment != "" || f.Modified.Year() != 1980 {
			c.wrong("%s: the archive says more of it than its name", f.Name)
		}
		if err := c.look(f); err != nil {
			c.wrong("%s: cannot be read", f.Name)
			return false
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, contents()) {
		c.wrong("the files are not those of a package")
		return false
	}
	c.sums()
	return true
}

// look sums a file up, and keeps it unless it is a table of people.
func (c *check) look(f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	sum, kept := sha256.New(), bytes.Buffer{}
	to := io.MultiWriter(sum, &kept)
	if slices.Contains(tables(), f.Name) {
		to = sum
	}
	if _, err := io.Copy(to, from); err != nil { //nolint:gosec // it was just made here, and only sums are made of what is long
		return fmt.Errorf("read: %w", err)
	}
	c.parts[f.Name], c.files[f.Name], c.sum[f.Name] = f, kept.Bytes(), hex.EncodeToString(sum.Sum(nil))
	return from.Close()
}

// flow looks whether anybody is told how many said no.
func (c *check) flow() {
	if strings.Contains(string(c.files["flow.csv"]), ",left_out,") {
		c.wrong("flow.csv: says how many were left out")
	}
}
