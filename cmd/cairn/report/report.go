// Package report writes the findings of one file as one HTML page.
//
// It is for whoever keeps, sends or prints what `cairn evidence` found: the page
// opens from a disk, asks no host for anything, and can be read without its
// script. It refuses to know of files, flags and the clock, and works out nothing
// but the ends of an interval by HC3. It promises that a page is written whole or
// not at all, that its content policy lets only its own style and script in, by
// their hashes, that schemes stand in the order of their names, and that what
// cannot be estimated is said with its reason.
package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"cairn/internal/evidence"
	"cairn/internal/exchange"
	"cairn/internal/scheme"
)

// How many schemes have pictures and long tables of their own: in one part of
// the page, and in all. With more it would be too large to open and to look
// through.
const (
	mostDrawn   = 30
	mostDetails = 200
)

// A Report is what a page is made of.
type Report struct {
	exchange.Results
	File    string // its name
	Version string // of Cairn
	On      scheme.Day
}

// A section is one measure from the first time point to a later one.
type section struct {
	exchange.Span
	exchange.Group
}

// page is the data of the template.
type page struct {
	Report
	Parts  []part
	Style  template.CSS
	Script template.JS
}

// Write makes the page from the template and the built assets in files.
func (r Report) Write(w io.Writer, files fs.FS) error {
	words := template.FuncMap{
		"notCausal": func() string { return evidence.NotCausal },
	}
	pages, err := template.New("report").Funcs(words).ParseFS(files, "report/*.tmpl")
	if err != nil {
		return fmt.Errorf("read the report's template: %w", err)
	}
	p := page{Report: r}
	if p.Style, p.Script, err = assets(files); err != nil {
		return err
	}
	for i, span := range r.Spans() {
		s := section{span, r.Results.Results[span.Key()]}
		made, err := s.part(fmt.Sprintf("s%d", i+1), len(r.Spans()))
		if err != nil {
			return fmt.Errorf("report on %s: %w", s.title(), err)
		}
		p.Parts = append(p.Parts, made)
	}
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, "report", p); err != nil {
		return fmt.Errorf("fill the report: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write the report: %w", err)
	}
	return nil
}

// assets are the style and the script that the page carries.
func assets(files fs.FS) (template.CSS, template.JS, error) {
	style, err := fs.ReadFile(files, "dist/report.css")
	if errors.Is(err, fs.ErrNotExist) {
		return "", "", errors.New("this cairn was built without its assets (make build makes both): no page can be written")
	}
	if err != nil {
		return "", "", fmt.Errorf("read the report's style: %w", err)
	}
	script, err := fs.ReadFile(files, "dist/report.js")
	if err != nil {
		return "", "", fmt.Errorf("read the report's script: %w", err)
	}
	return template.CSS(style), template.JS(script), nil //nolint:gosec // our own, from our own build
}

// Title is the name of the case, else of the file.
func (p page) Title() string {
	if p.Case != "" {
		return p.Case
	}
	return p.File
}

// Policy lets nothing in but the style and the script of this very page.
func (p page) Policy() string {
	return fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
		digest(string(p.Style)), digest(string(p.Script)))
}

// digest is a content's hash as policies write it.
func digest(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
