package take

import (
	"context"
	"errors"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
)

// Import brings a file in as it was when somebody looked at it: whole, or not at
// all. One that was stopped goes on where it was, and one that is in is answered
// with what came of it; a request that was sent before, as it was then.
func (d Desk) Import(ctx context.Context, in app.BringIn) (app.ImportBatch, error) {
	if before, err := d.App.BroughtIn(ctx, d.By, in); err != nil || before.ID != "" {
		return before, err
	}
	f, err := d.Open(ctx, in.File)
	if fault.Is(err, fault.ImportState) {
		of, _, failed := d.App.ImportBatch(ctx, d.By, f.Batch)
		if failed != nil {
			return app.ImportBatch{}, failed
		}
		if of.State == app.ImportPublished {
			return d.App.PublishImport(ctx, d.By, app.Publication{Batch: of.ID, Asked: in})
		}
	}
	if err != nil {
		return app.ImportBatch{}, err
	}
	if f.Revision != in.Version {
		return app.ImportBatch{}, fault.New(fault.Conflict, fault.Stale, "How this file is read was changed after you looked at it, in another window. Look at what would become of it now, and bring it in then.").At("version")
	}
	return d.bringIn(ctx, f, in)
}

// bringIn is under watch, so that its sender can see how far it is, and cancel it.
func (d Desk) bringIn(ctx context.Context, f File, asked app.BringIn) (app.ImportBatch, error) {
	defer Frugally()()
	ctx, watch := d.App.WatchImport(ctx, f.ID)
	defer watch.End()
	b, k, err := d.book(ctx, f.ImportFile)
	if err != nil {
		return app.ImportBatch{}, watch.Ended(err)
	}
	k.Kept = nil // it is found out by bringing it in
	r, err := intake.Read(b, f.Mapping, k)
	if err != nil {
		return app.ImportBatch{}, watch.Ended(err)
	}
	batch := &Batch{App: d.App, By: d.By, Known: k, Mapping: f.Mapping, SHA: f.SHA, File: f.ID, Asked: asked}
	if _, err := batch.Begin(ctx); err != nil {
		return app.ImportBatch{}, watch.Ended(err)
	}
	s := staging{batch, watch, f, r}
	batch.Refused = s.again
	sum, err := d.stage(ctx, s)
	if err != nil {
		return app.ImportBatch{}, watch.Ended(err)
	}
	if sum.Nothing() {
		if err := batch.Forget(ctx); err != nil {
			return app.ImportBatch{}, watch.Ended(err)
		}
		return app.ImportBatch{}, fault.New(fault.Invalid, fault.FileRow, "No row of the file can be used, so nothing was brought in. Look at the reasons, correct the file, and send it again.")
	}
	done, err := batch.Publish(ctx, func(people int) {
		watch.Note(func(p *app.ImportProgress) { p.People, p.OfPeople = min(people, sum.People), sum.People })
	})
	return done, watch.Ended(err)
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
		if sum, err = s.reading.Walk(func(v intake.Verdict) error {
			s.watch.Note(func(p *app.ImportProgress) { p.Rows, p.Of = p.Rows+1, s.reading.Total() })
			return errors.Join(kept.add(v), fn(v))
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
