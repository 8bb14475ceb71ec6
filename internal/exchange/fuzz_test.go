package exchange_test

import (
	"bytes"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

// Whatever a file holds: no panic, no accident, every row is kept, repeated or
// rejected with a line that the file has, and the figures can be written.
func FuzzLong(f *testing.F) {
	for _, rows := range []string{
		"", "Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,post,84,2026-03-30,22.5\n",
		"Ann,Riverside,swb,pre,0,2026-01-05,18\nAnn,Riverside,swb,pre,0,2026-01-05,19\n",
		"Ann,\"River\nside\",swb,pre,0,2026-01-05,18\r\n,,,,,,\n", "Bo,Hilltop,steps,later,-3,2026-02-30,-1e9\n",
		"Bo,Hilltop,steps,pre,0,2026-02-28,9999999999.9999\nBo,Hilltop,steps,post,0,2026-02-28,-9999999999.9999\n",
		"\"", "Zo\xeb,x,swb,pre,0,2026-01-05,18\n", "a\x00b,c,swb,pre,0,2026-01-05,18\na,b\x00c,swb,pre,0,2026-01-05,18\n",
	} {
		f.Add(header + rows)
	}
	f.Add("\uFEFFscore;date\n")
	f.Add("person_id,scheme,swb.pre,swb.post,steps.pre,steps.post\nAnn,Riverside,18,22,,\n")
	s := wellbeing(f)
	f.Fuzz(func(t *testing.T, text string) {
		d, err := exchange.Read(strings.NewReader(text), s, today(t))
		if err != nil {
			if all, accident := fault.All(err); accident != nil || len(all) == 0 {
				t.Fatalf("an accident: %v", err)
			}
			return
		}
		rows := 0
		for r := range d.Rows() {
			rows++
			if r.Person == "" || r.Scheme == "" || r.Line < 2 {
				t.Fatalf("row %+v", r)
			}
		}
		if rows != d.Len() {
			t.Fatalf("%d rows, Len says %d", rows, d.Len())
		}
		last := strings.Count(text, "\n") + 1
		for _, r := range d.Rejects {
			if r.Line < 2 || r.Line > last || r.Why.Detail == "" {
				t.Fatalf("reject %+v in a file of %d lines", r, last)
			}
		}
		results, err := d.Evaluate()
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := results.WriteJSON(&out); err != nil {
			t.Fatal(err)
		}
		if err := results.WriteText(&out); err != nil {
			t.Fatal(err)
		}
		if err := exchange.WriteRejects(&out, d.Rejects); err != nil {
			t.Fatal(err)
		}
	})
}
