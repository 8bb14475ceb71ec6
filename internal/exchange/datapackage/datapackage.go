// Package datapackage sends what leaves Cairn: one table, or a package of tables
// that explains itself, after the Frictionless Data Package specification, version
// 1.
//
// It knows files and zip archives, and nothing of rights, databases or HTTP. It
// promises that rows pass through and none is kept, that the same rows give the
// same bytes, that every file of a package stands in it with its SHA-256, and that
// no words of a measure are in it, licensed or not.
package datapackage

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
)

// An Order is what is made of an extract. A package has all shapes.
type Order struct {
	Shape scheme.Shape
	Form  extract.Form
}

// Name is what a file of it is called, without anything that says of whom.
func (o Order) Name(day scheme.Day) string {
	name := "cairn-" + string(o.Shape)
	if o.Form == extract.Package {
		name = "cairn-package"
	}
	return name + "-" + day.String() + "." + o.Form.Suffix()
}

// Send writes it, and says how much there was and what the bytes add up to.
func Send(w io.Writer, o Order, x scheme.Extract, from scheme.ExtractRows) (sent scheme.Sent, err error) {
	hash := sha256.New()
	to := io.MultiWriter(w, hash)
	if o.Form == extract.Package {
		p := &pack{zip: zip.NewWriter(to), x: x, steps: flow{}, rows: map[scheme.Shape]int{}}
		if err = p.write(from); err == nil {
			err = p.zip.Close()
		}
		for _, n := range p.rows {
			sent.Rows += n
		}
	} else {
		var sheet extract.Sheet
		if sheet, err = extract.NewSheet(o.Form, to, string(o.Shape), extract.Columns(x, o.Shape)); err != nil {
			return scheme.Sent{}, err
		}
		sent.Rows, err = extract.Write(sheet, x, o.Shape, from)
	}
	if err != nil {
		return scheme.Sent{}, err
	}
	sent.LeftOut, sent.SHA256 = from.LeftOut(), hex.EncodeToString(hash.Sum(nil))
	return sent, nil
}
