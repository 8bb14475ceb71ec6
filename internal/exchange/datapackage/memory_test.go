package datapackage_test

import (
	"io"
	"runtime"
	"testing"

	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
)

// many hands one pair out so many times, and looks at what is kept in memory after
// the first quarter and after the last.
type many struct {
	rows
	times int
	live  [2]uint64
}

func (m *many) Pairs(fn func(scheme.ExtractPair) error) error {
	of := m.subjects[0]
	for i := range m.times {
		pair := of.Pairs[0]
		if err := fn(scheme.ExtractPair{Key: of.Key, Scheme: of.Scheme, Pair: &pair}); err != nil {
			return err
		}
		switch i + 1 {
		case m.times / 4:
			m.live[0] = live()
		case m.times:
			m.live[1] = live()
		}
	}
	return nil
}

func live() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// Rows pass through: four times as many take no more memory. Workbooks and Parquet
// hold some of them back by design, and would take seconds to fill that.
func TestRowsAreNotKept(t *testing.T) {
	x, from, _ := service(t)
	for _, form := range []extract.Form{extract.CSV, extract.Package} {
		m := &many{rows: from, times: 40_000}
		if sent, err := datapackage.Send(io.Discard, datapackage.Order{Shape: scheme.ShapePairs, Form: form}, x, m); err != nil || sent.Rows < m.times {
			t.Fatal(form, sent.Rows, err)
		}
		if grown := int64(m.live[1]) - int64(m.live[0]); grown > int64(m.times) {
			t.Errorf("%s keeps %d bytes of %d more rows", form, grown, m.times*3/4)
		}
	}
}
