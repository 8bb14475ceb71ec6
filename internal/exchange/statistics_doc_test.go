package exchange_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/exchange"
)

// statistics is the page that these tests keep from going stale.
func statistics(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../../docs/statistics.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// printed walks the types of the results and returns every path that their JSON
// can hold. What stands in several places is a shape of its own, under the name
// that the page gives it; an empty name begins paths anew.
type printed struct {
	shapes map[reflect.Type]string
	done   map[reflect.Type]bool
	paths  map[string]bool
}

func everyPath() map[string]bool {
	p := printed{done: map[reflect.Type]bool{}, paths: map[string]bool{}, shapes: map[reflect.Type]string{
		reflect.TypeFor[exchange.Group]():         "",
		reflect.TypeFor[evidence.Finding]():       "",
		reflect.TypeFor[evidence.Comparison]():    "<comparison>",
		reflect.TypeFor[evidence.Descriptives]():  "<scores>",
		reflect.TypeFor[evidence.Proportion]():    "<share>",
		reflect.TypeFor[evidence.Pool]():          "<pool>",
		reflect.TypeFor[evidence.RandomEffects](): "<random>",
		reflect.TypeFor[evidence.MeanTest]():      "<test>",
		reflect.TypeFor[evidence.Funnel]():        "<funnel>",
		reflect.TypeFor[evidence.ShareFunnel]():   "<shares>",
		reflect.TypeFor[evidence.Limits]():        "<limits>",
		reflect.TypeFor[evidence.Band]():          "<band>",
	}}
	p.fields("", reflect.TypeFor[exchange.Results]())
	p.fields("", reflect.TypeFor[exchange.PoolResult]())
	p.value("compare_<by>", reflect.TypeFor[evidence.Comparison]()) // a group writes its comparisons itself
	return p.paths
}

func (p printed) fields(path string, of reflect.Type) {
	for i := range of.NumField() {
		f := of.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		_, shape := p.shapes[f.Type]
		switch {
		case f.Anonymous && shape:
			p.shape(f.Type)
		case f.Anonymous:
			p.fields(path, f.Type)
		case name != "-" && f.IsExported():
			p.value(strings.TrimPrefix(path+"."+name, "."), f.Type)
		}
	}
}

func (p printed) shape(of reflect.Type) {
	if !p.done[of] {
		p.done[of] = true
		p.fields(p.shapes[of], of)
	}
}

func (p printed) value(path string, of reflect.Type) {
	if of.Kind() == reflect.Pointer {
		of = of.Elem()
	}
	_, shape := p.shapes[of]
	switch {
	case shape:
		p.paths[path] = true
		p.shape(of)
	case of.Kind() == reflect.Struct:
		p.fields(path, of)
	case of.Kind() == reflect.Map && of.Elem().Kind() != reflect.String:
		key := map[string]string{"results": "<span>", "by_scheme": "<scheme>"}[path]
		if key == "" {
			key = "<level>"
		}
		p.value(path+"."+key, of.Elem())
	default:
		p.paths[path] = true
	}
}

// documented returns every path in the first column of the page's tables headed
// "key", with a.{b,c} written out.
func documented(page string) map[string]bool {
	paths := map[string]bool{}
	quoted := regexp.MustCompile("`([^`]+)`")
	inside := false
	for line := range strings.Lines(page) {
		if !strings.HasPrefix(line, "|") {
			inside = false
			continue
		}
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		inside = inside || strings.TrimSpace(cell) == "key"
		for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
			for _, path := range writtenOut(m[1]) {
				paths[path] = paths[path] || inside
			}
		}
	}
	for path, key := range paths {
		if !key {
			delete(paths, path)
		}
	}
	return paths
}

func writtenOut(path string) []string {
	before, rest, found := strings.Cut(path, "{")
	if !found {
		return []string{path}
	}
	choice, after, _ := strings.Cut(rest, "}")
	var all []string
	for part := range strings.SplitSeq(choice, ",") {
		all = append(all, writtenOut(before+strings.TrimSpace(part)+after)...)
	}
	return all
}

func TestStatisticsPage_EveryKey(t *testing.T) {
	paths, page := everyPath(), documented(statistics(t))
	if len(paths) < 250 {
		t.Fatalf("only %d paths were found in the types", len(paths))
	}
	for path := range paths {
		if !page[path] {
			t.Errorf("docs/statistics.md has no row for %s", path)
		}
	}
	for path := range page {
		if !paths[path] {
			t.Errorf("docs/statistics.md names %s, which no result has", path)
		}
	}
}

func TestStatisticsPage_EveryReason(t *testing.T) {
	page := statistics(t)
	reason := regexp.MustCompile(`Refusal\s*=\s*"([^"]+)"`)
	found := 0
	for _, room := range []string{"../stat/*.go", "../evidence/*.go"} {
		files, err := filepath.Glob(room)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range reason.FindAllSubmatch(raw, -1) {
				found++
				if !strings.Contains(page, "`"+string(m[1])+"`") {
					t.Errorf("docs/statistics.md does not name the reason %q of %s", m[1], file)
				}
			}
		}
	}
	if found < 40 {
		t.Errorf("only %d reasons were found", found)
	}
}

// Every quotation (a line that begins with >) is what the product prints of the
// acceptance cases, or of five estimates; line breaks and columns apart.
func TestStatisticsPage_EveryQuotation(t *testing.T) {
	var out bytes.Buffer
	for _, name := range []string{"madeup", "sleep"} {
		r, err := load(t, name, "wide.csv").Evaluate()
		if err != nil {
			t.Fatal(err)
		}
		if err := r.WriteText(&out); err != nil {
			t.Fatal(err)
		}
	}
	pool, err := exchange.ReadEstimates(strings.NewReader("study,yi,vi\nAnna,2.1,0.4\nBert,-4,0.3\nCora,9.5,0.8\nDora,3,0.2\nEmil,0.2,0.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Pool().WriteText(&out); err != nil {
		t.Fatal(err)
	}
	said := strings.Join(strings.Fields(out.String()), " ")
	found := 0
	for line := range strings.Lines(statistics(t)) {
		quotation, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		found++
		if quotation = strings.Join(strings.Fields(quotation), " "); !strings.Contains(said, quotation) {
			t.Errorf("docs/statistics.md quotes what the product does not say: %s", quotation)
		}
	}
	if found < 20 {
		t.Errorf("only %d quotations", found)
	}
}

// Nothing is null without a reason at its path or above it, and no reason is
