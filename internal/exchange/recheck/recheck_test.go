package recheck_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cairn/internal/exchange/recheck"
)

// name is what a person of a file is called.
func name(n int) string {
	return "p" + strings.Repeat("a", 24) + string("abcdefghijklmnopqrstuvwxyz"[n/26]) + string("abcdefghijklmnopqrstuvwxyz"[n%26])
}

// tables are a file of 24 people in which nothing is wrong: twelve women and
// twelve men, half of whom began low.
func tables() map[string]string {
	wide := "scheme,person_id,referral_no,stage,wb.baseline,missing_reason.wb.day-84,quarter,sex\r\n"
	pairs := "scheme,person_id,referral_no,measure,timepoint,state,baseline,later,change,days,in_figures,quarter,sex\r\n"
	long := "scheme,person_id,referral_no,measure,days,score,quarter,sex\r\n"
	for n := range 24 {
		start := []string{"Garden", name(n), "1"}
		traits := []string{"2026-Q1", []string{"female", "male"}[n%2]}
		score := []string{"8", "30"}[n/2%2]
		line := func(cells ...string) string {
			return strings.Join(slices.Concat(start, cells, traits), ",") + "\r\n"
		}
		wide += line("started", score, "")
		pairs += line("wb", "day-84", "paired", score, "31", "-1.5", "84", "yes")
		long += line("wb", "-7", score)
	}
	all := map[string]string{
		"wide.csv": wide, "pairs.csv": pairs, "long.csv": long, "measures.csv": "measure,lowest,highest\r\nwb,7,35\r\n",
		"flow.csv": "scheme,measure,timepoint,step,people\r\n,,,referrals,24\r\n",
	}
	for _, rest := range []string{"METHODS.txt", "codebook.csv", "codebook.html", "datapackage.json", "load.R", "load.py", "settings.json"} {
		all[rest] = "as it is"
	}
	return all
}

// packed is a package of those files, with a list of their sums.
func packed(t *testing.T, files map[string]string, year int) []byte {
	t.Helper()
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	put := func(name, text string) {
		w, err := to.CreateHeader(&zip.FileHeader{Name: name, Modified: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	sums := ""
	for name, text := range files {
		put(name, text)
		sums += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(text)), name)
	}
	put("SHA256SUMS", sums)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestSoundFileIsFoundSo(t *testing.T) {
	now, broken := recheck.Check(bytes.NewReader(packed(t, tables(), 1980)), 10, []string{"Garden"})
	if len(broken) > 0 || len(now) != 24 || now[name(0)] != "Garden|2026-Q1||female||" {
		t.Errorf("%v; of %d people: %q", broken, len(now), now[name(0)])
	}
	if _, broken := recheck.Check(bytes.NewReader(packed(t, tables(), 1980)), 10, []string{"Garden"}, now); len(broken) > 0 {
		t.Errorf("the same file again: %v", broken)
	}
	before := map[string]string{"gone": "Garden|2026-Q1||female||"}
	for n := 1; n < 24; n++ {
		before[name(n)] = now[name(n)]
	}
	if _, broken := recheck.Check(bytes.NewReader(packed(t, tables(), 1980)), 10, []string{"Garden"}, before); len(broken) == 0 {
		t.Error("one who came and one who went were not noticed")
	}
}

// Every rule broken on its own is noticed, in words that name nobody.
func TestEveryBrokenRuleIsNoticed(t *testing.T) {
	in := func(file, old, new string) func(map[string]string) {
		return func(files map[string]string) {
			if !strings.Contains(files[file], old) {
				t.Fatalf("%s has no %q to break", file, old)
			}
			files[file] = strings.Replace(files[file], old, new, 1)
		}
	}
	every := func(old, new string) func(map[string]string) {
		return func(files map[string]string) {
			for _, file := range []string{"wide.csv", "pairs.csv", "long.csv"} {
				files[file] = strings.ReplaceAll(files[file], old, new)
			}
		}
	}
	first := name(0)
	const alike = "same part of a scale"
	for what, c := range map[string]struct {
		breaks func(map[string]string)
		says   string
	}{
		"another column":          {in("wide.csv", ",stage,", ",practice,"), "not on the list"},
		"a date":                  {in("long.csv", "wb,-7,", "wb,2026-01-05,"), "form"},
		"a date beside":           {in("pairs.csv", ",paired,", ",2026-01-05,"), "looks like a date"},
		"days not of a week":      {in("pairs.csv", ",84,", ",85,"), "form"},
		"free text":               {in("wide.csv", ",started,", ",she said so,"), "form"},
		"a formula":               {in("wide.csv", ",started,", ",=1+1,"), "formula"},
		"another scheme":          {in("wide.csv", "Garden", "Choir"), "form"},
		"a reference for a name":  {every(first, "p-1"), "form"},
		"an age of no band":       {every(",quarter,sex", ",age_band,sex"), "form"},
		"a man of his own":        {func(f map[string]string) { oneLine(f, first) }, "fits fewer than 10"},
		"all began alike":         {every(",30,", ",8,"), alike},
		"alike without days":      {func(f map[string]string) { undated(f, 24, "8,order,baseline") }, alike},
		"alike by the month":      {func(f map[string]string) { undated(f, 24, "8,month,baseline") }, alike},
		"alike afterwards only":   {func(f map[string]string) { undated(f, 24, "8,,day-84") }, alike},
		"alike by one rater":      {func(f map[string]string) { undated(f, 24, "8,order,baseline,proxy", "30,order,baseline") }, alike},
		"one of all without days": {func(f map[string]string) { every(",30,", ",8,")(f); undated(f, 2, "8,order,baseline") }, alike},
		"two that may be first":   {func(f map[string]string) { undated(f, 24, "8,order,baseline", "30,month,baseline") }, alike},
		"an order of rows":        {func(f map[string]string) { undated(f, 24, "30,order,end", "8,order,waiting") }, alike},
		"others without days":     {func(f map[string]string) { undated(f, 12, "8,order,baseline", "8,order,day-84") }, ""},
		"another without days":    {func(f map[string]string) { every(",30,", ",8,")(f); undated(f, 2, "30,order,baseline") }, ""},
		"two things of one":       {in("pairs.csv", "2026-Q1,female", "2026-Q1,male"), "different things"},
		"somebody of no row":      {in("long.csv", name(23), name(30)), "not in wide.csv"},
		"an order":                {in("wide.csv", name(23), name(1)), "order"},
		"how many said no":        {in("flow.csv", "referrals", "left_out"), "left out"},
		"one more file":           {func(f map[string]string) { f["names.csv"] = "x" }, "not those of a package"},
		"a row with its own time": {nil, "says more of it"},
	} {
		t.Run(what, func(t *testing.T) {
			files, year := tables(), 1980
			if c.breaks == nil {
				year = 2026
			} else {
				c.breaks(files)
			}
			_, broken := recheck.Check(bytes.NewReader(packed(t, files, year)), 10, []string{"Garden"})
			said := strings.Join(broken, "; ")
			if c.says == "" && said != "" || c.says != "" && !strings.Contains(said, c.says) {
				t.Errorf("found %q, want %q", said, c.says)
			}
			if strings.Contains(said, first) {
				t.Errorf("names somebody: %s", said)
			}
		})
	}
	if _, broken := recheck.Check(strings.NewReader("no archive"), 10, nil); len(broken) == 0 {
		t.Error("bytes of no archive were let through")
	}
	sound := packed(t, tables(), 1980)
	if _, broken := recheck.Check(bytes.NewReader(sound[:len(sound)-30]), 10, []string{"Garden"}); len(broken) == 0 {
		t.Error("half a file was let through")
	}
}

// oneLine moves one person to a quarter in which nobody else is.
func oneLine(files map[string]string, of string) {
	for file, text := range files {
		lines := strings.SplitAfter(text, "\n")
		for i, line := range lines {
			if strings.Contains(line, of) {
				lines[i] = strings.Replace(line, "2026-Q1", "2026-Q3", 1)
			}
		}
		files[file] = strings.Join(lines, "")
	}
}

// undated takes the days of the first scores of some people away, who have these
// scores instead: score, how well the day is known, occasion and who judged.
func undated(files map[string]string, people int, scores ...string) {
	for n := range people {
		lines := strings.SplitAfter(files["wide.csv"], "\r\n")
		i := slices.IndexFunc(lines, func(line string) bool { return strings.Contains(line, name(n)) })
		for _, score := range []string{",8,", ",30,"} {
			lines[i] = strings.Replace(lines[i], score, ",,", 1)
		}
		files["wide.csv"] = strings.Join(lines, "")
	}
	var long strings.Builder
	for i, line := range strings.Split(strings.TrimSuffix(files["long.csv"], "\r\n"), "\r\n") {
		switch {
		case i == 0:
			long.WriteString(line + ",dated,occasion,rater\r\n")
		case i > people:
			long.WriteString(line + ",,baseline,self\r\n")
		default:
			cells := strings.Split(line, ",")
			for _, one := range scores {
				told := strings.Split(one+",self", ",")
				cells[4], cells[5] = "", told[0]
				long.WriteString(strings.Join(append(cells, told[1:4]...), ",") + "\r\n")
			}
		}
	}
	files["long.csv"] = long.String()
}
