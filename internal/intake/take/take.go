// Package take takes spreadsheets in, for pages, the API and the terminal alike:
// what the organisation has is told to intake, what intake reads is staged with
// app, and a file that comes over the network is kept sealed from one step to the
// next.
//
// It knows nothing of HTTP, of pages or of the terminal, and has no rule of its
// own about rows or scores. It promises that a file is read the same way wherever
// it came from, and that one that was stopped goes on where it was.
package take

import (
	"bytes"
	"context"
	"slices"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Known is what the actor's organisation has already.
func Known(ctx context.Context, a *app.App, by app.Actor) (k intake.Known, err error) {
	if k.Today, err = a.Today(ctx, by); err != nil {
		return k, err
	}
	if k.Measures, err = a.Measures(ctx, by); err != nil {
		return k, err
	}
	schemes, err := a.Schemes(ctx, by)
	if err != nil {
		return k, err
	}
	if err := collected(ctx, a, by, schemes, &k); err != nil {
		return k, err
	}
	activities, err := a.Activities(ctx, by)
	if err != nil {
		return k, err
	}
	for _, one := range activities {
		k.Activities = append(k.Activities, one.Name)
	}
	if len(schemes) == 0 {
		k.Scheme = by.OrgName
	}
	if k.Former, err = a.FormerReferences(ctx, by); err != nil {
		return k, err
	}
	k.Kept = func(fn func(intake.Kept) error) error {
		return a.KeptScores(ctx, by, func(s app.KeptScore) error {
			return fn(intake.Kept{Reference: s.Reference, Scheme: s.Scheme, Measure: s.Measure, Occasion: s.Occasion, Dated: dating(s.Dated), On: s.On, Series: s.Series, Level: s.Level, Before: s.Before, Closed: s.Closed})
		})
	}
	return k, nil
}

// collected adds the schemes, and what their plans ever collected.
func collected(ctx context.Context, a *app.App, by app.Actor, schemes []scheme.Scheme, k *intake.Known) error {
	k.Collected = map[string][]measure.Key{}
	for _, s := range schemes {
		plans, err := a.Plans(ctx, by, s.ID)
		if err != nil {
			return err
		}
		k.Schemes = append(k.Schemes, s.Name)
		for _, p := range plans {
			k.Collected[s.Name] = append(k.Collected[s.Name], p.Measures()...)
		}
	}
	return nil
}

func dating(d scheme.Dating) intake.Dating {
	for of, is := range datings() {
		if is == d {
			return of
		}
	}
	return intake.ByDay
}

func datings() map[intake.Dating]scheme.Dating {
	return map[intake.Dating]scheme.Dating{intake.ByMonth: scheme.ToTheMonth, intake.ByOrder: scheme.ByOrder}
}

// staged is a verdict as it is kept until it is published.
func staged(position int, v intake.Verdict) app.ImportRow {
	row := app.ImportRow{Position: position, Sheet: v.Sheet, Line: v.Line, Outcome: string(v.Outcome), Reason: v.Reason}
	for _, s := range v.Scores {
		row.Reference = s.Reference
		row.Scores = append(row.Scores, app.StagedScore{
			Scheme: s.Scheme, Activity: s.Activity, Measure: s.Measure, Series: s.Series, Text: s.Text, Answers: s.Answers,
			Occasion: s.Occasion, On: s.On, Order: s.Occasion.Order(), Dated: datings()[s.Dated], Referred: s.Referred, ReferredDated: datings()[s.ReferredDated],
		})
	}
	return row
}

// stagedAtOnce is how many rows share a transaction.
const stagedAtOnce = 2000

// A Batch is one file with one mapping on its way into the records.
type Batch struct {
	App     *app.App
	By      app.Actor
	Known   intake.Known
	Mapping intake.Mapping
	SHA     string                                                                     // of the file
	File    string                                                                     // as it is kept here; empty for a file of the terminal
	Asked   app.BringIn                                                                // the request that brings it in; empty likewise
	Refused func(rows []app.RefusedRow, keep func(app.ImportPart, []byte) error) error // see app.Publication

	begun app.ImportBatch
	from  scheme.Day // the first day of any score
	named []string   // schemes that rows are taken to, by name
}

// Begin begins the import, or goes on with one that was stopped.
func (b *Batch) Begin(ctx context.Context) (app.ImportBatch, error) {
	digest, err := b.Mapping.Digest()
	if err != nil {
		return app.ImportBatch{}, err
	}
	text, err := written(b.Mapping)
	if err != nil {
		return app.ImportBatch{}, err
	}
	b.begun, err = b.App.BeginImport(ctx, b.By, app.ImportBatch{
		Source: b.Mapping.Source, FileSHA: b.SHA, MappingSHA: digest, Mapping: text, File: b.File,
	})
	return b.begun, err
}

func written(m intake.Mapping) (string, error) {
	var text bytes.Buffer
	err := m.Write(&text)
	return text.String(), err
}

// Forget forgets what the actor has staged, where nothing of it can be used.
func (b *Batch) Forget(ctx context.Context) error {
	if b.begun.State != app.ImportStaging || b.begun.By != b.By.Account {
		return nil
	}
	return b.App.ForgetImport(ctx, b.By, b.begun.ID)
}

// Alone forgets what the actor has put by of the same file by another mapping: that
// is another import, and nobody goes on with it. It reports whether there was any.
func (b *Batch) Alone(ctx context.Context) (was bool, err error) {
	digest, err := b.Mapping.Digest()
	if err != nil {
		return false, err
	}
	there, err := b.App.ImportBatches(ctx, b.By, app.Page{Limit: 200})
	if err != nil {
		return false, err
	}
	for _, one := range there {
		if one.State != app.ImportStaging || one.FileSHA != b.SHA || one.MappingSHA == digest || one.By != b.By.Account {
			continue
		}
		if err := b.App.ForgetImport(ctx, b.By, one.ID); err != nil {
			return was, err
		}
		was = was || one.Staged > 0
	}
	return was, nil
}

// Stage keeps the rows that walk hands on, bit by bit, but for those that are
// there from before. Some are kept while the next ones are being read.
func (b *Batch) Stage(ctx context.Context, walk func(func(intake.Verdict) error) error) error {
	position, waiting := 0, []app.ImportRow(nil)
	kept := func() error { return nil } // waits for those that are being kept
	stage := func() error {
		if err := kept(); err != nil || len(waiting) == 0 {
			return err
		}
		kept = b.keeping(ctx, waiting)
		waiting = make([]app.ImportRow, 0, stagedAtOnce)
		return nil
	}
	err := walk(func(v intake.Verdict) error {
		position++
		for _, s := range v.Scores {
			if !s.On.IsZero() && (b.from.IsZero() || s.On.Before(b.from)) {
				b.from = s.On
			}
			if at, there := slices.BinarySearch(b.named, s.Scheme); !there {
				b.named = slices.Insert(b.named, at, s.Scheme)
			}
		}
		if b.begun.State != app.ImportStaging || position <= b.begun.Staged {
			return nil
		}
		if waiting = append(waiting, staged(position-1, v)); len(waiting) < stagedAtOnce {
			return nil
		}
		return stage()
	})
	if err == nil {
		err = stage()
	}
	if last := kept(); err == nil {
		err = last
	}
	return err
}

// keeping begins to keep rows. What it returns waits until they are kept, and can
// be asked again.
func (b *Batch) keeping(ctx context.Context, rows []app.ImportRow) func() error {
	done := make(chan struct{})
	var err error
	go func() {
		defer close(done)
		_, err = b.App.StageImport(ctx, b.By, b.begun.ID, rows)
	}()
	return func() error {
		<-done
		return err
	}
}

// Publish keeps everything that is staged, and the schemes that the file brings
// with it, in one piece. done is told how many people are through.
func (b *Batch) Publish(ctx context.Context, done func(people int)) (app.ImportBatch, error) {
	in := b.setUp()
	if len(in.Schemes) > 0 && len(in.Measures) == 0 {
		return app.ImportBatch{}, fault.New(fault.Invalid, fault.PlanInvalid, "The scheme “%.60s” is not here yet, and the file does not say what it measures. Say which score is in its columns, or set the scheme up first.", in.Schemes[0])
	}
	return b.App.PublishImport(ctx, b.By, app.Publication{Batch: b.begun.ID, Asked: b.Asked, SetUp: in, Done: done, Refused: b.Refused})
}

// setUp are the schemes that rows are taken to and nobody has set up, each with a
// plan of the file's measures and times.
func (b *Batch) setUp() app.ImportSetUp {
	in := app.ImportSetUp{Known: true, From: b.from, Days: b.Mapping.Days()}
	for _, name := range b.named {
		if !slices.Contains(b.Known.Schemes, name) {
			in.Schemes = append(in.Schemes, name)
		}
	}
	if in.From.IsZero() {
		in.From = b.Known.Today
	}
	for _, key := range b.Mapping.Keys(b.Known.Measures) {
		for _, d := range b.Known.Measures {
			if d.Key == key {
				in.Measures = append(in.Measures, d)
			}
		}
	}
	return in
}
