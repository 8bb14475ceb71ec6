package testkit_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// top is the repository's folder.
const top = "../.."

// Every control of the hazard log names a test, and each of them is there.
func TestHazardLogNamesTestsThatExist(t *testing.T) {
	written, err := os.ReadFile(filepath.Join(top, "docs", "hazard-log.md"))
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	declared := regexp.MustCompile(`(?m)^func (Test\w+)\(`)
	each(t, ".go", func(path, text string) {
		if strings.HasSuffix(path, "_test.go") {
			for _, m := range declared.FindAllStringSubmatch(text, -1) {
				there[m[1]] = true
			}
		}
	})
	rows := 0
	for line := range strings.SplitSeq(string(written), "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		if _, err := strconv.Atoi(strings.TrimSpace(cells[0])); err != nil {
			continue
		}
		rows++
		named := regexp.MustCompile("`(Test\\w+)`").FindAllStringSubmatch(cells[len(cells)-1], -1)
		if len(cells) != 6 || len(named) == 0 {
			t.Errorf("no test proves row %s", line)
		}
		for _, n := range named {
			if !there[n[1]] {
				t.Errorf("row %s names %s, which is nowhere", cells[0], n[1])
			}
		}
	}
	if rows < 15 {
		t.Errorf("only %d hazards were read", rows)
	}
	if !strings.Contains(string(written), "unsigned") || !strings.Contains(string(written), "Clinical Safety Officer") {
		t.Error("the hazard log does not say that nobody has signed it")
	}
}

// reassuring is what nobody may be told about an answer or a person.
func reassuring() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(no|low|lower|minimal|little|without) risk\b|\bnot at risk\b|\bno (cause for )?concerns?\b|\bnothing to worry\b|\bno need to worry\b|` +
		`\b(do not|don't|don’t) worry\b|\ball clear\b|\breassur|\b(is|are|be|seems?|looks?) (now )?safe([.,;!?"”]|$| (now|and|at|from)\b)|\bno action (is )?(needed|required)\b|\bno danger\b|\bout of danger\b|\brisk[- ]free\b`)
}

// No template, and no text in the program or its measures, reassures.
func TestNothingReassures(t *testing.T) {
	words := reassuring()
	seen := 0
	for _, ext := range []string{".tmpl", ".yaml", ".html"} {
		each(t, ext, func(path, text string) {
			seen++
			for _, said := range words.FindAllString(text, -1) {
				t.Errorf("%s reassures: %q", path, said)
			}
		})
	}
	each(t, ".go", func(path, text string) {
		if strings.HasSuffix(path, "_test.go") || strings.HasPrefix(path, "tools") {
			return
		}
		seen++
		for _, literal := range texts(t, path, text) {
			if said := words.FindString(literal); said != "" {
				t.Errorf("%s reassures: %q in %q", path, said, literal)
			}
		}
	})
	if seen < 200 {
		t.Errorf("only %d files were read", seen)
	}
	// The control: the test would notice.
	for _, said := range []string{"This is low risk.", "No risk", "There is no cause for concern", "She is safe", "Do not worry", "No action needed"} {
		if !words.MatchString(said) {
			t.Errorf("%q went unnoticed", said)
		}
	}
}

// texts are the string literals of a Go file.
func texts(t *testing.T, path, source string) (all []string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			all = append(all, lit.Value)
		}
		return true
	})
	return all
}

// each reads every file of the repository with that ending that is ours.
func each(t *testing.T, ext string, fn func(path, text string)) {
	t.Helper()
	for _, room := range []string{"cmd", "charts", "internal", "web", "tools"} {
		err := filepath.WalkDir(filepath.Join(top, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ext {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name, err := filepath.Rel(top, path)
			fn(name, string(raw))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
