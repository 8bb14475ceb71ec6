package datapackage

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	_ "embed" // the loaders
	"encoding/hex"
	"fmt"
	"io"
	"time"

	"cairn/internal/exchange/extract"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

//go:embed load.R
var loadR string

//go:embed load.py
var loadPython string

// A pack is one package on its way out.
type pack struct {
	zip   *zip.Writer
	x     scheme.Extract
	files []file
	steps flow
	rows  map[scheme.Shape]int
	out   int // referrals left out
}

// A file stands in the archive.
type file struct {
	name    string
	about   string
	columns []extract.Column // of a table
	bytes   int64
	sha256  string
}

// write writes the package. Data come first, since what explains them says how much
// there is and what the bytes add up to.
func (p *pack) write(from scheme.ExtractRows) error {
	for _, shape := range []scheme.Shape{scheme.ShapePairs, scheme.ShapeWide, scheme.ShapeLong} {
		if err := p.table(shape, from); err != nil {
			return err
		}
	}
	p.out = from.LeftOut()
	for _, one := range []struct {
		name, about string
		columns     []extract.Column
		make        func(io.Writer) error
	}{
		{"flow.csv", "How many people came how far.", flowColumns(p.x), p.writeFlow},
		{"measures.csv", "What the scores are, and the terms of each measure.", measureColumns(), p.writeMeasures},
		{"settings.json", "What the scores are, for “cairn evidence pairs.csv --settings settings.json”.", nil, p.writeSettings},
		{"codebook.csv", "What every column of every table holds.", codebookColumns(), p.writeCodebook},
		{"codebook.html", "The same, to read.", nil, p.writeBook},
		{"METHODS.txt", "How the data came about and how figures are made of them.", nil, p.writeMethods},
		{"load.R", "Loads the tables into R, and works the changes out.", nil, said(loadR)},
		{"load.py", "Loads the tables into Python, and works the changes out.", nil, said(loadPython)},
		{"datapackage.json", "The tables and their columns, for programs.", nil, p.describe},
	} {
		if err := p.add(file{name: one.name, about: one.about, columns: one.columns}, one.make); err != nil {
			return err
		}
	}
	return p.add(file{name: "SHA256SUMS"}, p.writeSums)
}

// said writes a text that is always the same.
func said(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

// table adds one of the three tables of data.
func (p *pack) table(shape scheme.Shape, from scheme.ExtractRows) error {
	about := map[scheme.Shape]string{
		scheme.ShapePairs: "One row for each referral, score and follow-up: both scores, or how far it came.",
		scheme.ShapeWide:  "One row for each referral, with a column for each score at each time point.",
		scheme.ShapeLong:  "One row for each score, and for each that was due and not taken.",
	}
	columns := extract.Columns(p.x, shape)
	return p.add(file{name: string(shape) + ".csv", about: about[shape], columns: columns}, func(w io.Writer) error {
		sheet, err := extract.NewCSV(w, columns)
		if err != nil {
			return err
		}
		p.rows[shape], err = extract.Write(sheet, p.x, shape, counted{from, p})
		return err
	})
}

// counted adds the flow up while pairs pass.
type counted struct {
	scheme.ExtractRows
	pack *pack
}

func (c counted) Pairs(fn func(scheme.ExtractPair) error) error {
	return c.ExtractRows.Pairs(func(p scheme.ExtractPair) error {
		c.pack.steps.add(p, c.pack.x.Today)
		return fn(p)
	})
}

// early is the time of every file: an archive cannot say an earlier one, and none
// of them says when it was made.
func early() time.Time { return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) }

// add adds a file as it is made.
func (p *pack) add(f file, make func(io.Writer) error) error {
	to, err := p.zip.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: early()})
	if err != nil {
		return fmt.Errorf("package %s: %w", f.name, err)
	}
	hash, size := sha256.New(), counter(0)
	if err := make(io.MultiWriter(to, hash, &size)); err != nil {
		return fmt.Errorf("package %s: %w", f.name, err)
	}
	f.bytes, f.sha256 = int64(size), hex.EncodeToString(hash.Sum(nil))
	p.files = append(p.files, f)
	return nil
}

type counter int64

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

// writeSums is what sha256sum -c reads.
func (p *pack) writeSums(w io.Writer) error {
	var out bytes.Buffer
	for _, f := range p.files {
		fmt.Fprintf(&out, "%s  %s\n", f.sha256, f.name)
	}
	_, err := out.WriteTo(w)
	return err
}

// measured are the measures of the package with a score each.
func (p *pack) measured() (all []measured) {
	for _, d := range p.x.Measures {
		for _, sc := range d.Scores {
			if p.x.Chosen.Holds(sc.Series) {
				all = append(all, measured{d, sc})
			}
		}
	}
	return all
}

type measured struct {
	of    measure.Definition
	score measure.Score
}
