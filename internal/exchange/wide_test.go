package exchange_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/exchange"
	"cairn/internal/fault"
)

func wide(t *testing.T, text string) *exchange.Data {
	t.Helper()
	d, err := exchange.Read(strings.NewReader(text), wellbeing(t), today(t))
	if err != nil {
		t.Fatal(err)
	}
	if d.Form != exchange.Wide {
		t.Fatalf("taken for a %s file", d.Form)
	}
	return d
}

const wideHeader = "person_id,scheme,ot,swb.pre,swb.post,steps.pre,steps.post,steps.later\n"

func TestReadWide(t *testing.T) {
	d := wide(t, wideHeader+"Ann,Riverside,yes,18,22,,5400.25,\nBo,Hilltop,no,,,,,\nCy,Hilltop,no,36,20,low,,\nAnn,Riverside,yes,18,22,,5400.25,\n")
	want := []string{
		"2 Ann Riverside swb pre 0  18", "2 Ann Riverside swb post 84  22", "2 Ann Riverside steps post 84  5400.25",
		"4 Cy Hilltop swb post 84  20",
	}
	if got := lines(d); !slices.Equal(got, want) || d.Repeats != 3 {
		t.Errorf("%q, %d repeats; want %q and 3", got, d.Repeats, want)
	}
	var who []string
	for e := range d.Enrolled() {
		who = append(who, e.Person+" "+e.Scheme)
	}
	if !slices.Equal(who, []string{"Ann Riverside", "Bo Hilltop", "Cy Hilltop"}) {
		t.Errorf("enrolled %q: somebody without a score counts too, and once", who)
	}
	if len(d.Rejects) != 2 || d.Rejects[0].Column != "swb.pre" || d.Rejects[1].Column != "steps.pre" || d.Rejects[0].Line != 4 {
		t.Errorf("rejects %+v", d.Rejects)
	}
	if err := d.ReadPeople(strings.NewReader("person_id,scheme\n")); !fault.Is(err, fault.InputInvalid) {
		t.Errorf("a people file for a wide file: %v", err)
	}
}

func TestReadWide_TwoRowsThatDiffer(t *testing.T) {
	d := wide(t, wideHeader+"Ann,Riverside,yes,18,22,,,\nAnn,Riverside,yes,19,22,,,\n")
	if got := lines(d); !slices.Equal(got, []string{"2 Ann Riverside swb post 84  22"}) {
		t.Errorf("%q; want only what both rows say", got)
	}
	if len(d.Rejects) != 2 || d.Rejects[0].Column != "swb.pre" || d.Rejects[0].Line != 2 || d.Rejects[1].Line != 3 {
		t.Errorf("rejects %+v", d.Rejects)
	}
}

func TestReadWide_Header(t *testing.T) {
	for _, c := range []struct {
		name, header string
		says         []string
	}{
		{"a misspelt time point", "person_id,scheme,swb.pre,swb.Post,steps.pre,steps.post", []string{"No column holds a later score of swb", "The column swb.Post looks like a score"}},
		{"no baseline", "person_id,scheme,swb.post,steps.pre,steps.post", []string{"The column swb.pre is missing"}},
		{"no scheme", "person_id,swb.pre,swb.post,steps.pre,steps.post", []string{"The column scheme is missing"}},
	} {
		_, err := exchange.Read(strings.NewReader(c.header+"\n"), wellbeing(t), today(t))
		all, accident := fault.All(err)
		if accident != nil || len(all) != len(c.says) {
			t.Errorf("%s: accident %v, faults %v; want %q", c.name, accident, all, c.says)
			continue
		}
		for i, f := range all {
			if f.Code != fault.FileHeader || !strings.Contains(f.Detail, c.says[i]) {
				t.Errorf("%s: %v, want %q", c.name, f, c.says[i])
			}
		}
	}
}

// A column that the settings compare by has to be there.
func TestRead_ComparisonColumn(t *testing.T) {
	s := wellbeing(t)
	s.Compare = []exchange.Comparison{{By: "ot", Ref: "no"}}
	_, err := exchange.Read(strings.NewReader("person_id,scheme,swb.pre,swb.post,steps.pre,steps.post\n"), s, today(t))
	if !fault.Is(err, fault.FileHeader) || !strings.Contains(err.Error(), "ot is missing") {
		t.Errorf("wide file: %v", err)
	}
	d, err := exchange.Read(strings.NewReader(header), s, today(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ReadPeople(strings.NewReader("person_id,scheme\n")); !fault.Is(err, fault.FileHeader) || !strings.Contains(err.Error(), "ot is missing") {
		t.Errorf("people file: %v", err)
	}
}

func TestReadPeople(t *testing.T) {
	d := long(t, "Ann,Riverside,swb,pre,0,2026-01-05,18\nBo,Riverside,swb,pre,0,2026-01-05,18.5\nCy,Riverside,swb,pre,0,2026-01-05,20\n")
	err := d.ReadPeople(strings.NewReader("person_id,scheme,ot\nAnn,Riverside,yes\nBo,Hilltop,no\nDee,Hilltop,no\nCy,Riverside,no\n,Hilltop,no\nEli,Hilltop\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := lines(d); !slices.Equal(got, []string{"2 Ann Riverside swb pre 0 2026-01-05 18", "4 Cy Riverside swb pre 0 2026-01-05 20"}) {
		t.Errorf("%q", got)
	}
	var where []string
	for _, r := range d.Rejects {
		where = append(where, fmt.Sprintf("%s %d %s", r.Input, r.Line, r.Column))
	}
	if !slices.Equal(where, []string{"scores 3 person_id", "people 6 person_id", "people 7 "}) {
		t.Errorf("rejects at %q", where)
	}
	spans, err := d.Spans()
	if err != nil {
		t.Fatal(err)
	}
	if f := spans[0].Overall.Flow; f.Referred != 4 || f.Due != 2 || spans[0].ByScheme["Hilltop"].Flow.Referred != 2 {
		t.Errorf("flow %+v; want four people, two with a baseline", f)
	}
	if spans[0].Score.Decimals != 0 {
		t.Error("the score of somebody who is not listed made the measure finer")
	}
}

// The two forms of the same scores give the same tables.
func TestSpans_LongEqualsWide(t *testing.T) {
	s := wellbeing(t)
	points := []string{"pre", "post", "later"}
	rapid.Check(t, func(t *rapid.T) {
		var longText, wideText, people bytes.Buffer
		longText.WriteString(header)
		wideText.WriteString("person_id,scheme,swb.pre,swb.post,swb.later,steps.pre,steps.post,steps.later\n")
		people.WriteString("person_id,scheme\n")
		for i := range rapid.IntRange(0, 12).Draw(t, "people") {
			who := fmt.Sprintf("P%d,%s", i, rapid.SampledFrom([]string{"Riverside", "Hilltop"}).Draw(t, "scheme"))
			fmt.Fprintln(&people, who)
			fmt.Fprint(&wideText, who)
			for _, m := range []string{"swb", "steps"} {
				for k, point := range points {
					score := rapid.SampledFrom([]string{"", "7", "8.5", "20", "35", "12.0625"}).Draw(t, "score")
					fmt.Fprint(&wideText, ","+score)
					if score != "" {
						fmt.Fprintf(&longText, "%s,%s,%s,%d,2026-0%d-01,%s\n", who, m, point, 84*k, k+1, score)
					}
				}
			}
			fmt.Fprintln(&wideText)
		}
		l, err := exchange.Read(&longText, s, today(t))
		if err == nil {
			err = l.ReadPeople(&people)
		}
		if err != nil {
			t.Fatal(err)
		}
		w, err := exchange.Read(&wideText, s, today(t))
		if err != nil {
			t.Fatal(err)
		}
		if len(l.Rejects)+len(w.Rejects) > 0 {
			t.Fatalf("rejects %v %v", l.Rejects, w.Rejects)
		}
		if got, want := evaluated(t, l), evaluated(t, w); got != want {
			t.Fatalf("long:\n%s\nwide:\n%s", got, want)
		}
	})
}

func evaluated(t *rapid.T, d *exchange.Data) string {
	r, err := d.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := r.WriteJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
