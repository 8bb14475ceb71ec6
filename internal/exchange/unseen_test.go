package exchange_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

// What cannot be seen in a name would turn the line round in which it is shown,
// or send commands to the terminal.
func TestRead_Unseen(t *testing.T) {
	for _, unseen := range []string{"\x1b[2J", "\u0080", "\u009b", "\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\u2028"} {
		name := "x" + unseen + "y"
		for _, between := range []string{plainly, carefully} {
			for column, row := range map[string]string{
				"person_id": name + ",Riverside,yes,18,22,,,\n", "scheme": "Ann," + name + ",yes,18,22,,,\n", "ot": "Ann,Riverside," + name + ",18,22,,,\n",
			} {
				d, err := exchange.Read(strings.NewReader(wideHeader+between+row), compared(t), today(t))
				if err != nil {
					t.Fatal(err)
				}
				if len(d.Rejects) != 1 || d.Rejects[0].Column != column || d.Rejects[0].Why.Detail != "This cell holds a line break or another control character. Take it out." || d.Len() != 0 {
					t.Errorf("%q in %s: %d scores, rejects %v", unseen, column, d.Len(), d.Rejects)
				}
			}
		}
		for _, columns := range []string{strings.Replace(header, "date", "date,"+name, 1), "person_id,scheme,swb.pre,swb.post,steps.pre,steps.post,swb." + name + "\n"} {
			_, err := exchange.Read(strings.NewReader(columns), wellbeing(t), today(t))
			if !fault.Is(err, fault.FileHeader) || strings.Contains(fmt.Sprint(err), unseen) {
				t.Errorf("%q in a column's name: %q", unseen, err)
			}
		}
	}
}

// Letters of any script are nothing to refuse, plainly or carefully.
func TestRead_Letters(t *testing.T) {
	for _, between := range []string{plainly, carefully} {
		d := wide(t, wideHeader+between+"Zoë-日本,Grünes Café – “Süd”\u00a02,yes,18,22,,,\n")
		if len(d.Rejects) > 0 || d.Len() != 2 {
			t.Errorf("%d scores, rejects %v", d.Len(), d.Rejects)
		}
	}
}

// A column that two measures can claim belongs to neither.
func TestReadWide_ColumnOfTwoMeasures(t *testing.T) {
	s, err := exchange.ReadSettings(strings.NewReader(`{"timepoints": ["pre", "b.c", "c"], "days": [0, 84, 182],
		"measures": [{"name": "a", "higher_is_better": true}, {"name": "a.b", "higher_is_better": true}]}`))
	if err != nil {
		t.Fatal(err)
	}
	_, err = exchange.Read(strings.NewReader("person_id,scheme,a.pre,a.c,a.b.pre,a.b.b.c,a.b.c\n"), s, today(t))
	const says = "The column a.b.c fits both the measure a at b.c and the measure a.b at c. Rename one of them in the settings file and in the header."
	if all, _ := fault.All(err); len(all) != 1 || all[0].Detail != says || all[0].Code != fault.FileHeader {
		t.Errorf("%v, want %s", err, says)
	}
	if _, err := exchange.Read(strings.NewReader("person_id,scheme,a.pre,a.c,a.b.pre,a.b.b.c\n"), s, today(t)); err != nil {
		t.Errorf("without that column: %v", err)
	}
}

// Every measure at every later time point is a finding of its own, in memory
// until all are written.
func TestReadSettings_TooManyFindings(t *testing.T) {
	settings := func(measures, times int) string {
		var points, days, names []string
		for i := range times {
			points, days = append(points, fmt.Sprintf(`"t%d"`, i)), append(days, fmt.Sprint(i))
		}
		for i := range measures {
			names = append(names, fmt.Sprintf(`{"name": "m%d", "higher_is_better": true}`, i))
		}
		return fmt.Sprintf(`{"timepoints": [%s], "days": [%s], "measures": [%s]}`, strings.Join(points, ","), strings.Join(days, ","), strings.Join(names, ","))
	}
	for _, c := range []struct{ measures, times int }{{2, 1000}, {1000, 3}, {40, 51}, {1, 2}} {
		if got := faultsOf(t, settings(c.measures, c.times)); len(got) > 0 {
			t.Errorf("%d measures, %d times: %q", c.measures, c.times, got)
		}
	}
	for _, c := range []struct{ measures, times int }{{3, 1000}, {1000, 4}, {1000, 1000}} {
		want := fmt.Sprintf("measures: %d measures at %d later time points are %d comparisons; at most 2000 are made. Take measures or time points out, or split the file.", c.measures, c.times-1, c.measures*(c.times-1))
		if got := faultsOf(t, settings(c.measures, c.times)); len(got) != 1 || got[0] != want {
			t.Errorf("%d measures, %d times: %.200q", c.measures, c.times, got)
		}
	}
}
