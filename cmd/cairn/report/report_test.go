package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"cairn/cmd/cairn/report"
	"cairn/internal/exchange"
	"cairn/internal/scheme"
	"cairn/web"
)

// assets is the template with a style and a script of the test's, so that the
// page can be made without a build.
func assets(t *testing.T) fstest.MapFS {
	t.Helper()
	page, err := web.Files.ReadFile("report/report.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"report/report.tmpl": {Data: page},
		"dist/report.css":    {Data: []byte("body > p { color: #000 }")},
		"dist/report.js":     {Data: []byte("if (1 < 2 && '\\u2212') { drawn() }")},
	}
}

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	on, err := scheme.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return on
}

// read makes a report of a file and its settings, as the command does.
func read(t *testing.T, scores, settings string) report.Report {
	t.Helper()
	s, err := exchange.ReadSettings(strings.NewReader(settings))
	if err != nil {
		t.Fatal(err)
	}
	on := day(t, "2026-02-01")
	data, err := exchange.Read(strings.NewReader(scores), s, on)
	if err != nil {
		t.Fatal(err)
	}
	results, err := data.Evaluate()
	if err != nil {
		t.Fatal(err)
	}
	return report.Report{Results: results, File: "wide.csv", Version: "v0", On: on}
}

func acceptance(t *testing.T, name string) report.Report {
	t.Helper()
	var files []string
	for _, file := range []string{"wide.csv", "case.json"} {
		content, err := os.ReadFile("../../../testdata/acceptance/" + name + "/" + file)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, string(content))
	}
	return read(t, files[0], files[1])
}

func write(t *testing.T, r report.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := r.Write(&out, assets(t)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// made makes a file of so many schemes of three people each.
func made(t *testing.T, schemes int) report.Report {
	t.Helper()
	rows := "person_id,scheme,swb.pre,swb.post\n"
	for i := range schemes {
		for j := range 3 {
			rows += fmt.Sprintf("p%d-%d,Scheme %03d,%d,%d\n", i, j, i, 3+j, 3+(i*7+j*5)%7)
		}
	}
	return read(t, rows, `{"name":"made","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":0,"max":10}]}`)
}

var inside = regexp.MustCompile(`(?s)<style>(.*?)</style>|<script>(.*?)</script>`)

// The policy lets in what the page holds and nothing else.
func TestPolicy(t *testing.T) {
	page := write(t, acceptance(t, "madeup"))
	policy := regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`).FindStringSubmatch(page)
	if policy == nil || !strings.HasPrefix(policy[1], "default-src &#39;none&#39;;") {
		t.Fatalf("policy: %v", policy)
	}
	allowed := strings.NewReplacer("&#39;", "'", "&#43;", "+").Replace(policy[1])
	found := inside.FindAllStringSubmatch(page, -1)
	if len(found) != 2 {
		t.Fatalf("%d styles and scripts, want one of each", len(found))
	}
	for _, f := range found {
		sum := sha256.Sum256([]byte(f[1] + f[2]))
		if hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(allowed, hash) {
			t.Errorf("the policy %s has no %s", allowed, hash)
		}
	}
	for _, loose := range []string{"unsafe", "http:", "https:", "data:", "*"} {
		if strings.Contains(allowed, loose) {
			t.Errorf("the policy lets %s in", loose)
		}
	}
	for _, asks := range []string{"http:", "https:", " style=", "src=", "<link", "onload"} {
		if strings.Contains(strings.ToLower(inside.ReplaceAllString(page, "")), asks) {
			t.Errorf("the page holds %s", asks)
		}
	}
}

// The numbers are those of the acceptance case, in every part of the page.
func TestNumbers(t *testing.T) {
	page := write(t, acceptance(t, "madeup"))
	for _, want := range []string{
		`<tr data-key="change.mean"><th scope="row">Mean change</th><td>2.71</td></tr>`,
		`<tr data-key="wilcoxon.hodges_lehmann"><th scope="row">Typical change (Hodges and Lehmann), score points</th><td>2.50</td></tr>`,
		`<tr data-key="counts.completion_of_baseline"><th scope="row">Of those with a baseline; 95% interval (Wilson)</th><td>21 of 25 (84%); 65% to 94%</td></tr>`,
		"Mean change of 3 schemes together: &#43;2.5 points, 95% interval −0.9 to &#43;5.8",
		// R: adjusted 1.666, HC3 error 0.8669, 18 degrees of freedom; p 0.0706
		`<th scope="row">with_ot</th><td>&#43;1.7</td><td>−0.2 to &#43;3.5</td><td>0.071</td><td>−0.5 to &#43;3.8</td><td>0.126</td><td>&#43;2.2</td>`,
		"was not drawn by lot",
		"1 February 2026, with Cairn v0", "made up by hand for this set", "Every row was taken",
		`data-key="completion_by_scheme.p"><th scope="row">p</th><td>0.682</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

// One page, one element a name: labels would point at the wrong table.
func TestIDsAreUnique(t *testing.T) {
	page := inside.ReplaceAllString(write(t, acceptance(t, "madeup")), "")
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if seen[id[1]] {
			t.Errorf("two elements are called %s", id[1])
		}
		seen[id[1]] = true
	}
	for _, to := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !seen[to[1]] {
			t.Errorf("nothing is called %s", to[1])
		}
	}
	if len(seen) < 30 {
		t.Errorf("only %d elements have a name", len(seen))
	}
}

// What is not known says why, and is never NaN or a zero.
func TestNotEstimable(t *testing.T) {
	settings := `{"name":"tiny","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":false}]}`
	page := write(t, read(t, "person_id,scheme,swb.pre,swb.post\na,Hilltop,3,4\nb,Hilltop,5,\nc,Riverside,4.5,\n", settings))
	page = inside.ReplaceAllString(page, "")
	for _, want := range []string{"not estimable: ", "Pooled mean change, score points: not estimable", "nobody was measured twice"} {
		if !strings.Contains(strings.ToLower(page), strings.ToLower(want)) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, wrong := range []string{"NaN", "Inf", "%!", "&lt;nil&gt;"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the page holds %q", wrong)
		}
	}
}

// One person's change is no mean: neither everybody's, nor a scheme's, nor in a
// list of schemes.
func TestOnePerson(t *testing.T) {
	settings := `{"name":"tiny","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":0,"max":50}]}`
	page := inside.ReplaceAllString(write(t, read(t, "person_id,scheme,swb.pre,swb.post\na,Hilltop,30,41\nb,Hilltop,35,\nc,Riverside,45,\n", settings)), "")
	for _, wrong := range []string{"&#43;11", "11.0", "41.0", `data-key="change.mean"><th scope="row">Mean change</th><td>1`, "Signed ranks"} {
		if strings.Contains(page[:strings.Index(page, "Riverside</h4>")], wrong) {
			t.Errorf("the page gives %s of one person", wrong)
		}
	}
	for _, kept := range []string{"so no mean is given", "one person: not given", "Who is in these figures?", "What could those who were lost hide?"} {
		if !strings.Contains(page, kept) {
			t.Errorf("the page lacks %s", kept)
		}
	}
}

// What became of the file stands above the figures.
func TestRowsThatWereNotTaken(t *testing.T) {
	settings := `{"name":"tiny","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":0,"max":50}]}`
	page := write(t, read(t, "person_id,scheme,swb.pre,swb.post\na,Hilltop,30,41\na,Hilltop,30,\nb,Hilltop,35,99\n", settings))
	head, _, _ := strings.Cut(page, "<main")
	for _, want := range []string{"<dd>1 score was not taken; whoever has no other score there counts as lost or without a baseline.<br>1 score is said again by a later row and was counted once.</dd>"} {
		if !strings.Contains(head, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "Every row was taken") {
		t.Error("it says that every row was taken")
	}
}

// With many schemes the page stays small and says what it leaves out.
func TestManySchemes(t *testing.T) {
	few, many := write(t, made(t, 30)), write(t, made(t, 200))
	if n := strings.Count(few, "<figure"); n < 120 {
		t.Errorf("30 schemes have %d figures", n)
	}
	if n := strings.Count(many, "<figure"); n > 8 {
		t.Errorf("200 schemes have %d figures", n)
	}
	if !strings.Contains(many, "There are 200 schemes. Pictures and long tables of each are given for up to 30.") || strings.Contains(few, "Pictures and long tables") {
		t.Error("what is left out is not said, or said where nothing is")
	}
	if n := strings.Count(many, `<details class="scheme"`); n != 200 {
		t.Errorf("%d of 200 schemes are on the page", n)
	}
	if len(many) > 1<<20 {
		t.Errorf("200 schemes weigh %d bytes", len(many))
	}
}

// Names come from files, and files from anybody.
func TestHostileNames(t *testing.T) {
	const evil = `</script><script>alert(1)</script><img src=x onerror=alert(1)>`
	settings := `{"name":"</title><script>alert(1)</script>","source":"<b>","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"swb","higher_is_better":true,"min":0,"max":10}]}`
	page := write(t, read(t, "person_id,scheme,swb.pre,swb.post\na,"+evil+",3,4\nb,"+evil+",5,9\nc,Hilltop,4,3\nd,Hilltop,4,8\n", settings))
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") || strings.Contains(page, "<b>") {
		t.Error("a name became part of the page")
	}
	if n := strings.Count(page, "<script>"); n != 1 {
		t.Errorf("%d scripts", n)
	}
}

// A page is written whole or not at all.
func TestWithoutAssets(t *testing.T) {
	files := assets(t)
	delete(files, "dist/report.css")
	var out bytes.Buffer
	err := acceptance(t, "sleep").Write(&out, files)
	if err == nil || !strings.Contains(err.Error(), "built without its assets") || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}

// Whoever sees many intervals is told that some miss; whoever sees one is not.
func TestReportSaysHowManyIntervals(t *testing.T) {
	const settings = `{"name":"n","timepoints":["pre","post"],"days":[0,84],"measures":[{"name":"m","higher_is_better":true}]}`
	const said = "intervals of a mean change stand in this report"
	for rows, want := range map[string]bool{
		"a,A,1,2\nb,A,2,5\n":                   false,
		"a,A,1,2\nb,A,2,5\nc,B,3,3\nd,B,1,4\n": true,
	} {
		var page bytes.Buffer
		if err := read(t, "person_id,scheme,m.pre,m.post\n"+rows, settings).Write(&page, assets(t)); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(page.String(), said); got != want {
			t.Errorf("%q: said %v, want %v", rows, got, want)
		}
	}
}

// Where nobody changed, formulas give intervals of one point. They stand, and it is
// said that they are no certainty.
func TestIntervalsOfOnePoint(t *testing.T) {
	settings := `{"timepoints": ["a", "b"], "days": [0, 7], "measures": [{"name": "h", "higher_is_better": true}], "compare": []}`
	const rows = "person_id,scheme,h.a,h.b\nAnn,Riverside,1,1\nBo,Riverside,3,3\nCy,Riverside,4,4\nDi,Riverside,2,"
	const effect, correlation = "the formula of SMCR gives an interval of one point: that is no certainty", "Fisher&#39;s interval of the correlation is one point: that is no certainty"
	for last, want := range map[string]bool{"2": true, "5": false} {
		page := write(t, read(t, rows+last+"\n", settings))
		if strings.Contains(page, effect) != want || strings.Contains(page, correlation) != want {
			t.Errorf("Di came to %s: said %v and %v, want %v", last, strings.Contains(page, effect), strings.Contains(page, correlation), want)
		}
	}
}
