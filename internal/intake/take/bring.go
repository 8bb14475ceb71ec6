package take

import (
	"context"
	"errors"
	"sync"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
)

// Import brings a file in as it was when somebody looked at it: whole, or not at
// all. One that was stopped goes on where it was, and one that is in is answered
// with what came of it; a request that was sent before, as it was then. It is under
// watch, so that its sender can see how far it is, and cancel it; the same file asked
// for meanwhile waits for it.
func (d Desk) Import(ctx context.Context, in app.BringIn) (app.ImportBatch, error) {
	if before, err := d.App.BroughtIn(ctx, d.By, in); err != nil || before.ID != "" {
		return before, err
	}
	if _, err := d.App.ImportFile(ctx, d.By, in.File); err != nil { // the right, and whose it is
		return app.ImportBatch{}, err
	}
	ctx, watch, err := d.App.WatchImport(ctx, in.File)
	if err != nil {
		return app.ImportBatch{}, err
	}
	defer watch.End()
	out, err := d.bringIn(ctx, watch, in)
	return out, watch.Ended(err)
}

func (d Desk) bringIn(ctx context.Context, watch *app.ImportWatch, in app.BringIn) (app.ImportBatch, error) {
	defer app.Frugally(app.WhileReading)()
	f, err := d.Open(ctx, in.File)
	if fault.Is(err, fault.ImportState) {
		return d.overtaken(ctx, f.Batch, in, err)
	}
	if err != nil {
		return app.ImportBatch{}, err
	}
	if f.Revision != in.Version {
		return app.ImportBatch{}, fault.New(fault.Conflict, fault.Stale, "How this file is read was changed after you looked at it, in another window. Look at what would become of it now, and bring it in then.").At("version")
	}
	b, k, err := d.book(ctx, f.ImportFile)
	if err != nil {
		return app.ImportBatch{}, err
	}
	k.Kept = nil // it is found out by bringing it in
	r, err := intake.Read(b, f.Mapping, k)
	if err != nil {
		return app.ImportBatch{}, err
	}
	batch := &Batch{App: d.App, By: d.By, Known: k, Mapping: f.Mapping, SHA: f.SHA, File: f.ID, Asked: in}
	begun, err := batch.Begin(ctx)
	if err != nil {
		return app.ImportBatch{}, err
	}
	s := staging{batch, watch, f, r}
	batch.Refused = s.again
	out, err := d.through(ctx, s)
	if fault.Is(err, fault.ImportState) || fault.Is(err, fault.Stale) {
		return d.overtaken(ctx, begun.ID, in, err)
	}
	return out, err
}

// overtaken answers with an import that is in by now, instead of with what was wrong.
// A colleague, or another server, may bring in the same file by the same mapping at
// the same moment.
func (d Desk) overtaken(ctx context.Context, batch string, in app.BringIn, wrong error) (app.ImportBatch, error) {
	of, _, err := d.App.ImportBatch(ctx, d.By, batch)
	switch {
	case err != nil:
		return app.ImportBatch{}, err
	case of.State == app.ImportPublished:
		return d.App.PublishImport(ctx, d.By, app.Publication{Batch: of.ID, Asked: in})
	case of.State == app.ImportStaging && fault.Is(wrong, fault.Stale):
		return app.ImportBatch{}, fault.New(fault.Conflict, fault.ImportState, "This file is being brought in at this moment, by a colleague or in another window. Send it again when that is through; you are answered with its import then.").Because(wrong)
	}
	return app.ImportBatch{}, wrong
}

// through brings in what was begun.
func (d Desk) through(ctx context.Context, s staging) (app.ImportBatch, error) {
	sum, err := d.stage(ctx, s)
	if err != nil {
		return app.ImportBatch{}, err
	}
	if sum.Nothing() {
		if err := s.batch.Forget(ctx); err != nil {
			return app.ImportBatch{}, err
		}
		return app.ImportBatch{}, fault.New(fault.Invalid, fault.FileRow, "No row of the file can be used, so nothing was brought in. Look at the reasons, correct the file, and send it again.")
	}
	return s.batch.Publish(ctx, func(people int) {
		s.watch.Note(func(p *app.ImportProgress) { p.People, p.OfPeople = min(people, sum.People), sum.People })
	})
}

// staging is a file on its way into a batch.
type staging struct {
	batch   *Batch
	watch   *app.ImportWatch
	file    File
	reading *intake.Reading
}

func (d Desk) stage(ctx context.Context, s staging) (sum intake.Summary, err error) {
	err = s.batch.Stage(ctx, func(fn func(intake.Verdict) error) error {
		kept := &notTaken{file: s.file, reading: s.reading, keep: func(at app.ImportPart, text []byte) error { return d.App.KeepPart(ctx, d.By, at, text) }}
		counted := sync.OnceValue(func() error { return d.App.CountedRows(ctx, d.By, s.file.ID, s.reading.Total()) })
		if sum, err = s.reading.Walk(func(v intake.Verdict) error {
			s.watch.Note(func(p *app.ImportProgress) { p.Rows, p.Of = p.Rows+1, s.reading.Total() })
			return errors.Join(counted(), kept.add(v), fn(v))
		}); err != nil {
			return err
		}
		if err := kept.close(); err != nil {
			return err
		}
		return kept.alone(func(at app.ImportPart) error { return d.App.EndParts(ctx, d.By, at) })
	})
	return sum, err
}

// again writes the rows that were not taken once more, with those that publishing
// refused, while the file is still there. There can only be more of them.
func (s staging) again(rows []app.RefusedRow, keep func(app.ImportPart, []byte) error) error {
	kept := &notTaken{file: s.file, reading: s.reading, keep: keep}
	if _, err := s.reading.But(Late(rows)).Walk(kept.add); err != nil {
		return err
	}
	return kept.close()
}

// Late is what publishing refused, for reading the file again.
func Late(rows []app.RefusedRow) map[int]intake.Late {
	all := map[int]intake.Late{}
	for _, r := range rows {
		all[r.Position] = intake.Late{Outcome: intake.Outcome(r.Outcome), Reason: r.Reason, Kept: r.Kept}
	}
	return all
}
