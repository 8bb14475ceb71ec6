package datapackage_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/exchange"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func day(t *testing.T, text string) scheme.Day {
	t.Helper()
	d, err := scheme.ParseDay(text)
	must(t, err)
	return d
}

// rows is what a database would hand out.
type rows struct{ subjects []scheme.Subject }

func (r rows) Subjects(fn func(scheme.Subject) error) error {
	for _, s := range r.subjects {
		if err := fn(s); err != nil {
			return err
		}
	}
	return nil
}

func (r rows) Pairs(fn func(scheme.ExtractPair) error) error {
	return r.Subjects(func(s scheme.Subject) error {
		for _, p := range s.Pairs {
			if err := fn(scheme.ExtractPair{Key: s.Key, Scheme: s.Scheme, Pair: &p}); err != nil {
				return err
			}
		}
		return nil
	})
}

func (rows) LeftOut() int { return 3 }

// service is 40 people, some not measured again, each with a score that counts for
// nothing; every eighth was referred again. Names are such as break files.
func service(t *testing.T) (scheme.Extract, rows, scheme.Transitions) {
	t.Helper()
	all, err := measure.Catalogue()
	must(t, err)
	var def measure.Definition
	for _, d := range all {
		if d.Key == "swemwbs" {
			def = d
		}
	}
	x := scheme.Extract{
		Organisation: "Riverside", Schemes: []string{`=Zoë's "garden", east`}, Measures: []measure.Definition{def}, Scores: def.Reported(),
		FollowUps: []scheme.Occasion{"day-84"}, Rule: scheme.ByPlan, Today: day(t, "2026-11-22"), Software: "test",
	}
	var from rows
	table := scheme.NewTransitions()
	for i := range 40 {
		for ordinal := 1; ordinal <= 1+(i+1)%8/7; ordinal++ {
			start := day(t, "2026-01-05").Plus(i + 30*ordinal)
			s := scheme.Spell{
				Person:   scheme.Person{Sex: "female"},
				Referral: scheme.Referral{ID: scheme.ReferralID(fmt.Sprint(i, ordinal)), Ordinal: ordinal, ReceivedOn: start, AcceptedOn: start},
				Plan:     scheme.Plan{Version: 1, Items: scheme.Standard("swemwbs", 12)},
			}
			for n, raw := range []int{16 + i*7%9, 30, 18 + i*5%11} {
				if n == 2 && i%7 == 3 {
					continue
				}
				scores, err := def.FromScore("swemwbs-raw", strconv.Itoa(raw))
				must(t, err)
				s.Assessments = append(s.Assessments, scheme.Assessment{
					ID: scheme.AssessmentID(fmt.Sprint("a", n)), Measure: def.Key, Version: def.Version, On: start.Plus(42 * n), Occasion: scheme.Later, Rater: def.Rater, Scores: scores,
				})
			}
			subject := scheme.Subject{Key: fmt.Sprint("p", i), Scheme: x.Schemes[0], Spell: s.Nameless()}
			for _, p := range s.Pairs(map[measure.Key]measure.Definition{def.Key: def}) {
				if p.Occasion == scheme.FirstLast {
					continue
				}
				subject.Pairs = append(subject.Pairs, p)
				if tally := (scheme.Tally{State: p.State, Stage: p.Stage, People: 1, From: p.Base.Level}); ordinal == 1 {
					if p.Later != nil {
						tally.To = p.Later.Level
					}
					table.Add(tally)
				}
			}
			from.subjects = append(from.subjects, subject)
		}
	}
	return x, from, table
}

// unpacked is a package in a folder of its own.
func unpacked(t *testing.T, x scheme.Extract, from rows) (folder string, files map[string]string) {
	t.Helper()
	var out, again bytes.Buffer
	order := datapackage.Order{Form: extract.Package}
	sent, err := datapackage.Send(&out, order, x, from)
	must(t, err)
	_, err = datapackage.Send(&again, order, x, from)
	must(t, err)
	if sum := sha256.Sum256(out.Bytes()); !bytes.Equal(out.Bytes(), again.Bytes()) || hex.EncodeToString(sum[:]) != sent.SHA256 || sent.LeftOut != 3 {
		t.Errorf("sent %+v; the same rows make the same bytes: %v", sent, bytes.Equal(out.Bytes(), again.Bytes()))
	}
	archive, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	must(t, err)
	folder, files = t.TempDir(), map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		must(t, err)
		raw, err := io.ReadAll(r)
		must(t, err)
		files[f.Name] = string(raw)
		must(t, os.WriteFile(filepath.Join(folder, f.Name), raw, 0o600))
	}
	return folder, files
}

// Whoever takes a package away gets the figures of the pages out of it, by
// whichever way they load it.
func TestPackageGivesTheFigures(t *testing.T) {
	x, from, table := service(t)
	folder, files := unpacked(t, x, from)
	want := evidence.Of(x.Scores[0], table)
	if want.Counts.Paired < 30 || want.Change.CILo == nil {
		t.Fatalf("nothing to compare with: %+v", want.Counts)
	}
	for name, run := range loaders {
		t.Run(name, func(t *testing.T) {
			lines := loaded(t, run, folder)
			if len(lines) != 2 || lines[1][0] != x.Schemes[0] || lines[1][3] != strconv.Itoa(want.Counts.Paired) {
				t.Fatalf("%v, want %d people of %s", lines, want.Counts.Paired, x.Schemes[0])
			}
			for i, number := range []*float64{want.Change.Mean, want.Change.CILo, want.Change.CIHi} {
				if got, err := strconv.ParseFloat(lines[1][4+i], 64); err != nil || math.Abs(got-*number) > 1e-9 {
					t.Errorf("%s is %s, want %v", lines[0][4+i], lines[1][4+i], *number)
				}
			}
		})
	}
	for _, name := range []string{"wide.csv", "long.csv", "pairs.csv"} {
		data, got := worked(t, x, files, name)
		if data.PassedOver < 5 || !reflect.DeepEqual(got.Change, want.Change) || !reflect.DeepEqual(got.Counts, want.Counts) {
			t.Errorf("%s (%d passed over) gives %+v and %+v, want %+v and %+v", name, data.PassedOver, got.Counts, got.Change, want.Counts, want.Change)
		}
	}
}

// worked is what cairn evidence makes of a file of the package.
func worked(t *testing.T, x scheme.Extract, files map[string]string, name string) (*exchange.Data, evidence.Finding) {
	t.Helper()
	settings, err := exchange.ReadSettings(strings.NewReader(files["settings.json"]))
	must(t, err)
	data, err := exchange.Read(strings.NewReader(files[name]), settings, x.Today)
	must(t, err)
	if len(data.Rejects) > 0 || !data.Usable() {
		t.Errorf("%s: rejects %v", name, data.Rejects)
	}
	results, err := data.Evaluate()
	must(t, err)
	var told bytes.Buffer
	must(t, results.WriteJSON(&told))
	var found struct {
		Results map[string]struct {
			Overall evidence.Finding `json:"overall"`
		} `json:"results"`
	}
	must(t, json.Unmarshal(told.Bytes(), &found))
	return data, found.Results["swemwbs-metric|baseline|day-84"].Overall
}

// A package explains itself, and everything in it is in its sums.
func TestPackageExplainsItself(t *testing.T) {
	x, from, table := service(t)
	_, files := unpacked(t, x, from)
	for _, line := range strings.Split(strings.TrimSpace(files["SHA256SUMS"]), "\n") {
		sum, name, _ := strings.Cut(line, "  ")
		if got := sha256.Sum256([]byte(files[name])); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s is not what its sum says", name)
		}
	}
	if got := strings.Count(files["SHA256SUMS"], "\n"); got != len(files)-1 {
		t.Errorf("%d sums of %d files", got, len(files))
	}
	var described struct {
		Profile   string
		Resources []struct {
			Path   string
			Bytes  int
			Schema struct{ Fields []struct{ Name, Type string } }
		}
	}
	must(t, json.Unmarshal([]byte(files["datapackage.json"]), &described))
	if described.Profile != "tabular-data-package" || len(described.Resources) != 6 {
		t.Errorf("%s with %d tables", described.Profile, len(described.Resources))
	}
	book := files["codebook.csv"]
	for _, r := range described.Resources {
		lines, err := csv.NewReader(strings.NewReader(files[r.Path])).ReadAll()
		must(t, err)
		if r.Bytes != len(files[r.Path]) || len(lines[0]) != len(r.Schema.Fields) {
			t.Errorf("%s has %d bytes and %d columns, described as %d and %d", r.Path, len(files[r.Path]), len(lines[0]), r.Bytes, len(r.Schema.Fields))
		}
		for i, f := range r.Schema.Fields {
			if lines[0][i] != f.Name {
				t.Errorf("%s: column %d is %s, described as %s", r.Path, i, lines[0][i], f.Name)
			}
			if r.Path != "codebook.csv" && !strings.Contains(book, r.Path+","+f.Name+",") {
				t.Errorf("the codebook lacks %s of %s", f.Name, r.Path)
			}
		}
	}
	flow := files["flow.csv"]
	for step, n := range map[string]int{",day-84,paired": table.Flow.Paired, ",day-84,referred": 40, ",day-84,later_referrals": 5, ",left_out": 3, ",,,referrals": 45} {
		if !strings.Contains(flow, step+","+strconv.Itoa(n)+"\r\n") {
			t.Errorf("the flow lacks %s,%d:\n%s", step, n, flow)
		}
	}
	if page := files["codebook.html"]; !strings.Contains(page, "Zoë&#39;s") || strings.Contains(page, "<script") || strings.Contains(page, "ZgotmplZ") {
		t.Error("the codebook does not stand as a page")
	}
	if !strings.Contains(files["METHODS.txt"], "Left out are 3 referrals") || !strings.Contains(files["measures.csv"], "University of Warwick") {
		t.Error("the methods or the terms are not told")
	}
}
