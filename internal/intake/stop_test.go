package intake_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cairn/internal/fault"
	"cairn/internal/intake"
)

// A file that takes long is given up soon after nobody waits for it any more, whatever
// stands in it: rows that hold nothing, cells of no row, one row without an end, or
// plain text. It is not called damaged.
func TestReadingStops(t *testing.T) {
	const long = 48 << 20
	full := "<c><v>1</v></c>"
	head := `<row><c t="inlineStr"><is><t>ID</t></is></c><c t="inlineStr"><is><t>Date</t></is></c><c t="inlineStr"><is><t>PHQ-9</t></is></c></row>`
	for name, raw := range map[string][]byte{
		"empty rows":  rowsOf(t, head+strings.Repeat("<row/>", long/6), ""),
		"no rows":     rowsOf(t, head+strings.Repeat("<x/>", long/4), ""),
		"full rows":   rowsOf(t, head+strings.Repeat("<row>"+full+full+full+"</row>", long/60), ""),
		"text":        []byte("ID,Date,PHQ-9\n" + strings.Repeat("G-1,05/01/2026,9\n", long/17)),
		"empty lines": []byte("ID,Date,PHQ-9\n" + strings.Repeat("\n", long)),
	} {
		limits := intake.TerminalLimits()
		limits.Empty = 0
		ctx, cancel := context.WithCancel(t.Context())
		b, err := intake.Open(ctx, bytes.NewReader(raw), int64(len(raw)), limits)
		must(t, err)
		var began time.Time
		time.AfterFunc(30*time.Millisecond, func() { began = time.Now(); cancel() })
		_, err = intake.Guess(b, known(t, "Riverside"))
		if took := time.Since(began); !errors.Is(err, context.Canceled) || took > time.Second {
			t.Errorf("%s: %v, %s after it was stopped", name, err, took)
		}
	}
}

// Texts, and the formats of cells, are read as a spreadsheet is opened, and given up
// likewise.
func TestOpeningStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, raw := range map[string][]byte{
		"texts": rowsOf(t, "", strings.Repeat("<si><t>x</t></si>", 1<<16)),
		"text":  []byte("ID,Date,PHQ-9\nG-1,05/01/2026,9\n"),
	} {
		b, err := intake.Open(ctx, bytes.NewReader(raw), int64(len(raw)), intake.PageLimits())
		if err == nil {
			_, err = intake.Guess(b, known(t))
		}
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Whoever runs the machine is told of a file that unpacks to nothing, too.
func TestEmptyRowsAtTheTerminal(t *testing.T) {
	for name, raw := range map[string][]byte{
		"rows":  rowsOf(t, strings.Repeat("<row/>", 1<<20+1), ""),
		"lines": []byte("a,b\n" + strings.Repeat(",\n", 1<<20+1)),
	} {
		_, err := looked(t, raw, intake.TerminalLimits())
		if !fault.Is(err, fault.InputTooLarge) || !strings.Contains(err.Error(), "1048576 rows that hold nothing") {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := looked(t, rowsOf(t, "<row>"+strings.Repeat("<c/>", 20_000)+"</row>", ""), intake.TerminalLimits())
	refused(t, err, fault.InputTooLarge, "Row 1 has more than 16384 cells")
	if b := open(t, rowsOf(t, strings.Repeat("<row>"+strings.Repeat("<c/>", 9_000)+"</row>", 3), "")); b.Each(0, func(intake.Line) error { return nil }) != nil {
		t.Error("rows of as many cells as a spreadsheet has are refused")
	}
}
