package intake_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/intake"
)

// canaries are cells that no column takes, each with something in it that nobody
// else may read.
func canaries() []string {
	return []string{
		"943476591912345678901", "94347659191234.5678901", "-943476591912345678901", "94347.6", "94347", "1.94347", "94347659,19", "9.4347659E+20", "94/34/7659",
		"Jane Canary", "=Canary()", "#CANARY!", "Canary 943 476 5919", "31/02/2026 Canary",
	}
}

// No reason, and so no report, repeats what stands in a cell, in whatever column a
// slip has put it and however it is refused.
func TestNoReasonRepeatsACell(t *testing.T) {
	k := known(t, "Riverside", "Hilltop")
	k.Activities = []string{"Choir"}
	for name, layout := range map[string][2][]string{
		"scores": {
			{"Client ID", "Scheme", "Activity", "Referral date", "Date", "Stage", "Completed?", "SWEMWBS raw", "ONS happiness", "GAD-7"},
			{"G", "Riverside", "Choir", "01/01/2026", "05/01/2026", "pre", "yes", "20", "7", "9"},
		},
		"converted": {{"Client ID", "Date", "SWEMWBS metric"}, {"G", "05/01/2026", "18.59"}},
		"answers":   {{"Client ID", "Date", "SWEMWBS Q1", "SWEMWBS Q2", "SWEMWBS Q3", "SWEMWBS Q4", "SWEMWBS Q5", "SWEMWBS Q6", "SWEMWBS Q7", "SWEMWBS total"}, {"G", "05/01/2026", "3", "3", "3", "3", "3", "3", "3", "21"}},
		"named":     {{"Client ID", "Date", "Measure", "Score"}, {"G", "05/01/2026", "GAD-7", "9"}},
	} {
		t.Run(name, func(t *testing.T) {
			text, tried := strings.Join(layout[0], ",")+"\n", 0
			for n := range 40 {
				text += strings.Replace(strings.Join(layout[1], ",")+"\n", "G,", fmt.Sprintf("G-%d,", n), 1)
			}
			for at := range layout[0] {
				for _, cell := range canaries() {
					cells := slices.Clone(layout[1])
					cells[0] = fmt.Sprint("H-", tried)
					cells[at] = `"` + cell + `"`
					text += strings.Join(cells, ",") + "\n"
					tried++
				}
			}
			d, refused := read(t, text, k), 0
			var out bytes.Buffer
			report, err := intake.NewReport(&out)
			must(t, err)
			for _, v := range d.verdicts {
				must(t, report.Add(v))
				if v.Outcome != intake.Accepted {
					refused++
				}
			}
			must(t, report.Flush())
			for line := range strings.Lines(out.String()) {
				if strings.Contains(strings.ToUpper(line), "CANARY") || strings.Contains(line, "4347") {
					t.Errorf("%s", line)
				}
			}
			if refused < tried/2 {
				t.Errorf("only %d of %d rows were refused: the rule was hardly tried", refused, tried)
			}
		})
	}
}

// A name that the file brings with it is a cell too, though another row's.
func TestNoReasonRepeatsAnothersCell(t *testing.T) {
	text := "Client ID,Location,Date,GAD-7\n" + strings.Repeat("G-1,Mrs Ada Canary,05/01/2026,9\n", 6) + "G-2,Mrs Ada Canry,05/01/2026,9\n"
	d := read(t, text, known(t))
	if v := d.at(8); v.Outcome != intake.Review || strings.Contains(v.Reason, "Canary") {
		t.Errorf("%+v", v)
	}
	if d.mapping.Schemes[1].Nearest != "Mrs Ada Canary" { // whoever looks at the mapping sees it
		t.Errorf("%+v", d.mapping.Schemes)
	}
}
