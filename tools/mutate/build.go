package main

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// switches is what the changes call; it goes into the package beside them.
//
//go:embed switch.go.txt
var switches string

// A mutated package is its changes and the tests that hold them.
type mutated struct {
	sites   []site
	refused []site
	tests   []test // its own, then those that are asked, too
}

// A test is the compiled tests of one package.
type test struct {
	binary, folder string
	flags          []string
}

// listed is what go list says of a package.
type listed struct {
	Dir, ImportPath, Name, Export      string
	GoFiles, TestImports, XTestImports []string
}

// build compiles the tests of a package with all changes in it. Where the
// compiler refuses one, that line stays as it is.
func build(o options, name, work string) (*mutated, error) {
	module, err := filepath.Abs(o.module)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(work, 0o700); err != nil {
		return nil, err
	}
	l := &loader{module: module, work: work, fset: token.NewFileSet()}
	if err := l.load(name); err != nil {
		return nil, err
	}
	off := map[string]bool{}
	for range 20 {
		m, err := l.marked(o, off)
		if err != nil {
			return nil, err
		}
		m.tests = nil
		lines, err := l.compile(m, append([]string{name}, o.also...))
		if err == nil {
			return m, m.untouched()
		}
		before := len(off)
		for _, line := range lines {
			off[line] = true
		}
		if len(off) == before {
			return nil, err
		}
	}
	return nil, errors.New("the compiler refuses more and more")
}

type loader struct {
	module, work string
	fset         *token.FileSet
	pkg          listed
	files        map[string]*ast.File // by path from the module's folder
	info         *types.Info
	types        *types.Package
}

func (l *loader) goes(args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir = l.module
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return out, fmt.Errorf("go %s: %w\n%s", args[0], err, exit.Stderr)
	}
	return out, err
}

// load parses the package and works its types out.
func (l *loader) load(name string) error {
	out, err := l.goes("list", "-export", "-deps", "-json=Dir,ImportPath,Name,Export,GoFiles,TestImports,XTestImports", name)
	if err != nil {
		return err
	}
	exports := map[string]string{}
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return err
		}
		exports[p.ImportPath] = p.Export
		l.pkg = p // the last is the package itself
	}
	l.files = map[string]*ast.File{}
	var all []*ast.File
	for _, base := range l.pkg.GoFiles {
		path := filepath.Join(l.pkg.Dir, base)
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		short, err := filepath.Rel(l.module, path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(l.fset, short, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		l.files[short], all = file, append(all, file)
	}
	l.info = &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}
	config := types.Config{Importer: importer.ForCompiler(l.fset, "gc", func(path string) (io.ReadCloser, error) {
		return os.Open(exports[path])
	})}
	l.types, err = config.Check(l.pkg.ImportPath, l.fset, all, l.info)
	return err
}

// marked notes the changes and writes the files with all of them.
func (l *loader) marked(o options, off map[string]bool) (*mutated, error) {
	m := &mutated{}
	replace := map[string]string{}
	write := func(path, text string) error {
		to := filepath.Join(l.work, filepath.Base(path))
		replace[filepath.Join(l.pkg.Dir, filepath.Base(path))] = to
		return os.WriteFile(to, []byte(text), 0o600)
	}
	var paths []string
	for path := range l.files {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		if !strings.Contains(filepath.Base(path), o.files) {
			continue
		}
		source, err := os.ReadFile(filepath.Join(l.module, path))
		if err != nil {
			return nil, err
		}
		mark := &marker{
			fset: l.fset, info: l.info, pkg: l.types, file: l.files[path], source: source, sites: &m.sites,
			skip: map[ast.Node]bool{}, parent: map[ast.Node]ast.Node{}, off: off, lost: &m.refused,
		}
		mark.mark()
		if err := write(path, string(mark.edited())); err != nil {
			return nil, err
		}
	}
	if err := write("zz_mutate_switch.go", strings.Replace(switches, "PACKAGE", l.pkg.Name, 1)); err != nil {
		return nil, err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return nil, err
	}
	return m, os.WriteFile(filepath.Join(l.work, "overlay.json"), overlay, 0o600)
}

// compile builds each package's tests with the changes; where that fails it
// returns the lines that the compiler names.
func (l *loader) compile(m *mutated, names []string) ([]string, error) {
	for i, name := range names {
		out, err := l.goes("list", "-json=Dir,TestImports,XTestImports", name)
		if err != nil {
			return nil, err
		}
		var p listed
		if err := json.Unmarshal(out, &p); err != nil {
			return nil, err
		}
		t := test{binary: filepath.Join(l.work, fmt.Sprintf("test%d", i)), folder: p.Dir, flags: []string{"-test.failfast"}}
		if slices.Contains(slices.Concat(p.TestImports, p.XTestImports), "pgregory.net/rapid") {
			t.flags = append(t.flags, "-rapid.seed=1", "-rapid.nofailfile", "-rapid.shrinktime=1ns")
		}
		_, err = l.goes("test", "-c", "-vet=off", "-gcflags=-e", "-overlay", filepath.Join(l.work, "overlay.json"), "-o", t.binary, name)
		if err != nil {
			var lines []string
			for _, found := range regexp.MustCompile(`(?m)^([^\s:]+\.go:\d+):`).FindAllStringSubmatch(err.Error(), -1) {
				lines = append(lines, strings.TrimPrefix(found[1], "./"))
			}
			return lines, err
		}
		m.tests = append(m.tests, t)
	}
	return nil, nil
}
