package take

import (
	"context"
	"fmt"
	"io"
	"strings"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
)

// Left writes what was not taken of a sheet of a file that was published.
func (d Desk) Left(ctx context.Context, file app.ImportFile, sheet int, w io.Writer) error {
	for position := 0; ; position++ {
		part, err := d.App.OpenPart(ctx, d.By, app.ImportPart{File: file.ID, What: 1 + sheet, Position: position})
		if err != nil {
			return err
		}
		if len(part) == 0 {
			if position == 0 {
				return fault.New(fault.Missing, fault.NotFound, "There is nothing here. What was not taken is kept for %d days, for whoever sent the file.", app.ImportFileDays)
			}
			return nil
		}
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("write what was not taken: %w", err)
		}
	}
}

// A Leftover is a sheet of which some rows were not taken.
type Leftover struct {
	Sheet int    // from 0
	Name  string // empty for a file without sheets
}

// LeftOf are the sheets of which what was not taken is kept for the actor.
func (d Desk) LeftOf(ctx context.Context, of app.ImportBatch, file app.ImportFile) (all []Leftover, err error) {
	if file.ID == "" {
		return nil, nil
	}
	m, err := intake.ReadMapping(strings.NewReader(of.Mapping))
	if err != nil {
		return nil, err
	}
	for i, s := range m.Sheets {
		part, err := d.App.OpenPart(ctx, d.By, app.ImportPart{File: file.ID, What: 1 + i})
		if err != nil {
			return nil, err
		}
		if len(part) > 0 {
			all = append(all, Leftover{i, s.Name})
		}
	}
	return all, nil
}

// Outcomes writes one line for each row of an import.
func (d Desk) Outcomes(ctx context.Context, batch string, w io.Writer) error {
	report, err := intake.NewOutcomes(w)
	if err != nil {
		return err
	}
	for from := 0; ; {
		_, rows, err := d.App.ImportRows(ctx, d.By, app.ImportRowsAsk{Batch: batch, From: from})
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return report.Flush()
		}
		for _, r := range rows {
			if err := report.Add(intake.Verdict{Sheet: r.Sheet, Line: r.Line, Outcome: intake.Outcome(r.Outcome), Reason: r.Reason}); err != nil {
				return err
			}
		}
		from = rows[len(rows)-1].Position + 1
	}
}
