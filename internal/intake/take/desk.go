package take

import (
	"context"
	"io"
	"path"
	"strings"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
)

// A Desk is where files that come over the network are looked at, step by step.
type Desk struct {
	App    *app.App
	By     app.Actor
	Limits intake.Limits
}

// At is the desk of an actor.
func At(a *app.App, by app.Actor) Desk {
	return Desk{App: a, By: by, Limits: intake.PageLimits()}
}

// A File is one that was sent, with how it is to be read.
type File struct {
	app.ImportFile
	Mapping intake.Mapping
}

// Send takes a file, works out how it is to be read, and keeps both. A file that
// cannot be read is refused and not kept. Where a file with the same headings
// came in before, it is read as that one was.
func (d Desk) Send(ctx context.Context, name string, from io.Reader) (File, error) {
	sent, err := d.App.KeepFile(ctx, d.By, app.SentFile{Name: named(name), Most: d.Limits.Bytes, From: from, Look: func(f app.ImportFile) (app.ImportFile, error) {
		m, like, err := d.understand(ctx, f)
		if err != nil {
			return f, err
		}
		f.Mapping, err = written(m)
		f.Like = like
		return f, err
	}})
	if err != nil {
		return File{}, err
	}
	return d.Open(ctx, sent.ID)
}

// named is the last part of a name, short enough to be shown.
func named(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(name, `\`, "/")))
	if r := []rune(name); len(r) > 100 {
		name = string(r[:60]) + "…" + string(r[len(r)-39:])
	}
	if name == "" || name == "." || name == "/" {
		return "file"
	}
	return name
}

// understand guesses how a file is to be read, or remembers it.
func (d Desk) understand(ctx context.Context, sent app.ImportFile) (m intake.Mapping, like string, err error) {
	defer app.Frugally(app.WhileReading)()
	defer func() { m.Source = sent.Name }()
	b, k, err := d.book(ctx, sent)
	if err != nil {
		return m, "", err
	}
	before, err := d.App.ImportBatches(ctx, d.By, app.Page{Limit: 200})
	if err != nil {
		return m, "", err
	}
	for _, one := range before {
		if one.State != app.ImportPublished {
			continue
		}
		last, err := intake.ReadMapping(strings.NewReader(one.Mapping))
		if err != nil {
			continue // of an earlier release
		}
		if m, same, err := intake.Like(b, last, k); err != nil || same {
			return m, one.ID, err
		}
	}
	m, err = intake.Guess(b, k)
	return m, "", err
}

func (d Desk) book(ctx context.Context, sent app.ImportFile) (*intake.Book, intake.Known, error) {
	b, err := intake.Open(ctx, &sealed{ctx: ctx, desk: d, of: sent}, sent.Size, d.Limits)
	if err != nil {
		return nil, intake.Known{}, err
	}
	k, err := Known(ctx, d.App, d.By)
	return b, k, err
}

// Open is one of the actor's own files. One that is in already faults, and is
// answered with its import.
func (d Desk) Open(ctx context.Context, id string) (File, error) {
	sent, err := d.App.ImportFile(ctx, d.By, id)
	if err != nil {
		return File{}, err
	}
	if sent.Batch != "" {
		of, _, err := d.App.ImportBatch(ctx, d.By, sent.Batch)
		if err == nil && of.State != app.ImportStaging {
			err = fault.New(fault.Conflict, fault.ImportState, "This file was brought in already, and is not kept any more. Look at its import.")
		}
		if err != nil {
			return File{ImportFile: sent}, err
		}
	}
	if sent.Mapping == "" { // it was sent to an earlier release
		m, like, err := d.understand(ctx, sent)
		if err != nil {
			return File{}, err
		}
		f, err := d.keep(ctx, app.FileMapping{File: id, Version: sent.Revision, Like: like}, m)
		if fault.Is(err, fault.Stale) { // by now it was looked at elsewhere
			return d.Open(ctx, id)
		}
		return f, err
	}
	m, err := intake.ReadMapping(strings.NewReader(sent.Mapping))
	if err != nil {
		return File{}, err
	}
	return File{sent, m}, nil
}

// A Change is another mapping of a file.
type Change struct {
	Key     string
	Version int // of the file, as it was read
	Mapping intake.Mapping
}

// Change reads a file another way. It faults for a mapping that does not fit, that
// is of another form, or of which something would be lost.
func (d Desk) Change(ctx context.Context, id string, to Change) (File, error) {
	defer app.Frugally(app.WhileReading)()
	f, err := d.Open(ctx, id)
	if err != nil {
		return File{}, err
	}
	if err := to.Mapping.Formed(); err != nil {
		return File{}, err
	}
	b, k, err := d.book(ctx, f.ImportFile)
	if err != nil {
		return File{}, err
	}
	said := intake.Said{Read: f.Mapping, Sent: to.Mapping}
	if to.Mapping, err = intake.Again(b, to.Mapping, k); err != nil {
		return File{}, err
	}
	if to.Version == f.Revision { // else it is of another reading, and is stale or sent again
		if err := said.Check(to.Mapping); err != nil {
			return File{}, err
		}
	}
	to.Mapping.Source = f.Name
	if _, err := intake.Read(b, to.Mapping, k); err != nil {
		return File{}, err
	}
	return d.keep(ctx, app.FileMapping{Key: to.Key, File: id, Version: to.Version, Like: f.Like}, to.Mapping)
}

func (d Desk) keep(ctx context.Context, in app.FileMapping, m intake.Mapping) (File, error) {
	var err error
	if in.Mapping, err = written(m); err != nil {
		return File{}, err
	}
	kept, err := d.App.MapFile(ctx, d.By, in)
	return File{kept, m}, err
}

// Known is what the file is held against, for whoever asks about it.
func (d Desk) Known(ctx context.Context) (intake.Known, error) { return Known(ctx, d.App, d.By) }

// Check says what would become of every row, and keeps nothing.
func (d Desk) Check(ctx context.Context, f File, fn func(intake.Verdict) error) (intake.Summary, error) {
	defer app.Frugally(app.WhileReading)()
	b, k, err := d.book(ctx, f.ImportFile)
	if err != nil {
		return intake.Summary{}, err
	}
	r, err := intake.Read(b, f.Mapping, k)
	if err != nil {
		return intake.Summary{}, err
	}
	return r.Walk(fn)
}

// Report writes one line for each row of a file that is not published yet.
func (d Desk) Report(ctx context.Context, f File, w io.Writer) error {
	report, err := intake.NewReport(w)
	if err != nil {
		return err
	}
	if _, err := d.Check(ctx, f, report.Add); err != nil {
		return err
	}
	return report.Flush()
}

// Rejects writes the rows of one sheet that would not be taken.
func (d Desk) Rejects(ctx context.Context, f File, sheet int, w io.Writer) error {
	if sheet < 0 || sheet >= len(f.Mapping.Sheets) {
		return fault.New(fault.Missing, fault.NotFound, "The file has no such sheet.")
	}
	b, k, err := d.book(ctx, f.ImportFile)
	if err != nil {
		return err
	}
	r, err := intake.Read(b, f.Mapping, k)
	if err != nil {
		return err
	}
	rejects, err := r.NewRejects(w, f.Mapping.Sheets[sheet].Name)
	if err != nil {
		return err
	}
	_, err = r.Walk(func(v intake.Verdict) error {
		if v.Sheet != f.Mapping.Sheets[sheet].Name {
			return nil
		}
		return rejects.Add(v)
	})
	if err != nil {
		return err
	}
	return rejects.Flush()
}
