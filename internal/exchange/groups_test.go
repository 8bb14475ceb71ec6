package exchange_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

// compared are settings that compare by the column ot and by the scheme.
func compared(t testing.TB) exchange.Settings {
	t.Helper()
	s := wellbeing(t)
	s.Compare = []exchange.Comparison{{By: "ot", Ref: "no"}, {By: "scheme", Ref: "Riverside"}}
	return s
}

// grouped reads the same people from a wide file, or from a long one with its
// people file.
func grouped(t *testing.T, form exchange.Form, people string) *exchange.Data {
	t.Helper()
	var d *exchange.Data
	var err error
	if form == exchange.Wide {
		d, err = exchange.Read(strings.NewReader("person_id,scheme,ot,swb.pre,swb.post,steps.pre,steps.post\n"+strings.ReplaceAll(people, "\n", ",18,22,,\n")), compared(t), today(t))
	} else {
		scores := header
		for _, who := range []string{"Ann,Riverside", "Bo,Riverside", "Cy,Hilltop", "Dee,Hilltop"} {
			scores += who + ",swb,pre,0,2026-01-05,18\n" + who + ",swb,post,84,2026-03-30,22\n"
		}
		d, err = exchange.Read(strings.NewReader(scores), compared(t), today(t))
		if err == nil {
			err = d.ReadPeople(strings.NewReader("person_id,scheme,ot\n" + people))
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// groups are how many of the first span are in each group.
func groups(t *testing.T, d *exchange.Data) string {
	t.Helper()
	spans, err := d.Spans()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for by, groups := range spans[0].ByGroup {
		for group, of := range groups {
			all = append(all, fmt.Sprintf("%s %s %d/%d", by, group, of.Flow.Paired, of.Flow.Referred))
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestSpans_ByGroup(t *testing.T) {
	for _, form := range []exchange.Form{exchange.Long, exchange.Wide} {
		for _, c := range []struct{ name, people, want, rejects string }{
			{"two groups and a blank", "Ann,Riverside,yes\nBo,Riverside,no\nCy,Hilltop,\nDee,Hilltop,no\n",
				"ot no 2/2, ot yes 1/1, scheme Hilltop 2/2, scheme Riverside 2/2", ""},
			{"the same row twice", "Ann,Riverside,yes\nAnn,Riverside,yes\nBo,Riverside,no\nCy,Hilltop,no\nDee,Hilltop,no\n",
				"ot no 3/3, ot yes 1/1, scheme Hilltop 2/2, scheme Riverside 2/2", ""},
			{"a blank that a later row fills, and the other way round", "Ann,Riverside,\nAnn,Riverside,yes\nBo,Riverside,no\nBo,Riverside,\nCy,Hilltop,no\nDee,Hilltop,no\n",
				"ot no 3/3, ot yes 1/1, scheme Hilltop 2/2, scheme Riverside 2/2", ""},
			{"another group in the same scheme", "Ann,Riverside,yes\nBo,Riverside,no\nAnn,Riverside,no\nCy,Hilltop,no\nDee,Hilltop,no\n",
				"ot no 3/3, ot yes 1/1, scheme Hilltop 2/2, scheme Riverside 2/2", "4 ot Ann Line 2 has this person in another group of the same scheme. This row does not count. Keep the right one."},
			{"a tab in a group", "Ann,Riverside,y\tes\nBo,Riverside,no\nCy,Hilltop,no\nDee,Hilltop,no\n",
				"ot no 3/3, scheme Hilltop 2/2, scheme Riverside 1/1", "2 ot Ann This cell holds a line break or another control character. Take it out."},
		} {
			t.Run(string(form)+"/"+c.name, func(t *testing.T) {
				d := grouped(t, form, c.people)
				var rejects []string
				for _, r := range d.Rejects {
					if r.Column == "ot" {
						rejects = append(rejects, fmt.Sprintf("%d %s %s %s", r.Line, r.Column, r.Person, r.Why.Detail))
					}
				}
				if got := strings.Join(rejects, "; "); got != c.rejects {
					t.Errorf("rejects %q, want %q", got, c.rejects)
				}
				if got := groups(t, d); got != c.want {
					t.Errorf("%s; want %s", got, c.want)
				}
			})
		}
	}
}

// A row that puts somebody into another group is refused whole, its scores too.
func TestReadWide_TwoGroups(t *testing.T) {
	d, err := exchange.Read(strings.NewReader("person_id,scheme,ot,swb.pre,swb.post,steps.pre,steps.post\n"+
		"Ann,Riverside,yes,18,,,\nAnn,Riverside,no,18,22,,\nAnn,Hilltop,no,19,23,,\n"), compared(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(d); !slices.Equal(got, []string{"2 Ann Riverside swb pre 0  18", "4 Ann Hilltop swb pre 0  19", "4 Ann Hilltop swb post 84  23"}) {
		t.Errorf("%q", got)
	}
	if len(d.Rejects) != 1 || d.Rejects[0].Line != 3 || d.Rejects[0].Column != "ot" || d.Repeats != 0 {
		t.Errorf("rejects %+v, %d repeats", d.Rejects, d.Repeats)
	}
}

// Scores of a long file have no groups: these stand in the people file. Without
// it that comparison cannot be made, which is said, and all else can.
func TestSpans_NoGroups(t *testing.T) {
	const rows = header + "Ann,Riverside,swb,pre,0,2026-01-05,18\nBo,Hilltop,swb,pre,0,2026-01-05,19\n"
	d, err := exchange.Read(strings.NewReader(rows), compared(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	group := r.Results["swb|pre|post"]
	if group.Overall.Counts.Persons != 2 || group.Compared[0].Comparison != nil ||
		group.Reasons["compare_ot"] != "not estimable: no file has that column; it belongs in the people file" {
		t.Errorf("without a people file: %+v, %v", group.Compared, group.Reasons)
	}
	s := wellbeing(t)
	s.Compare = []exchange.Comparison{{By: "scheme", Ref: "Hilltop"}}
	d, err = exchange.Read(strings.NewReader(rows), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := groups(t, d); got != "scheme Hilltop 0/1, scheme Riverside 0/1" {
		t.Errorf("by scheme alone: %s", got)
	}
}

// A comparison by what is no group is a slip in the settings.
func TestRead_ComparesByNoGroup(t *testing.T) {
	for _, by := range []string{"person_id", "swb.pre"} {
		s := wellbeing(t)
		s.Compare = []exchange.Comparison{{By: by, Ref: "x"}}
		_, err := exchange.Read(strings.NewReader("person_id,scheme,swb.pre,swb.post,steps.pre,steps.post\n"), s, today(t))
		if !fault.Is(err, fault.FileHeader) || !strings.Contains(err.Error(), by+", which is no column of groups") {
			t.Errorf("%s: %v", by, err)
		}
	}
}

// Two references in one column make two comparisons, each under its own key.
func TestEvaluate_TwoReferences(t *testing.T) {
	s := wellbeing(t)
	s.Compare = []exchange.Comparison{{By: "scheme", Ref: "Hilltop"}, {By: "scheme", Ref: "Riverside"}}
	rows := "person_id,scheme,measure,timepoint,days,date,score\n"
	for i, place := range []string{"Riverside", "Hilltop", "Riverside", "Hilltop", "Hilltop", "Riverside"} {
		rows += fmt.Sprintf("P%d,%s,swb,pre,0,2026-01-05,%d\nP%d,%s,swb,post,84,2026-03-30,%d\n", i, place, 15+i, i, place, 17+i+i%3)
	}
	d, err := exchange.Read(strings.NewReader(rows), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	var out struct {
		Results map[string]map[string]struct{ Reference string }
	}
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	group := out.Results["swb|pre|post"]
	if a, b := group["compare_scheme|Hilltop"].Reference, group["compare_scheme"].Reference; a != "Hilltop" || b != "Riverside" {
		t.Errorf("references %q and %q, want Hilltop and, under the plain key, Riverside", a, b)
	}
}
