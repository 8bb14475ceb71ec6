// Command mutate changes one thing at a time in a package and asks whether its
// tests notice: an operator, a bound, a number, a field, a statement.
//
//	mutate [flags] PACKAGE...
//
// All changes are compiled into one test binary, and each run of it switches
// one on, so that a change costs a run of the tests and no build. It knows
// nothing of what the packages do. It promises that the packages' own files are
// never touched, that a change that the compiler refuses is counted and named,
// and that every change which no test noticed is printed with its place.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// options are what may be asked for.
type options struct {
	module  string        // folder that go runs in
	also    []string      // packages whose tests are asked when the own ones notice nothing
	sample  int           // changes to try in each package; 0 for all
	seed    uint64        // of the sample
	workers int           // runs at a time
	limit   time.Duration // of processor time, for one run
	least   float64       // per cent that must be noticed in each package
	files   string        // part of a file's name; empty for all
	same    known         // changes that make no difference, as somebody explains
	again   known         // changes to try; nil for all
	list    bool          // print the changes and try none
}

var errTooFew = errors.New("too few changes were noticed")

func main() {
	err := run(os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(args []string, to io.Writer) error {
	var o options
	var also, same, again string
	flags := flag.NewFlagSet("mutate", flag.ContinueOnError)
	flags.StringVar(&o.module, "module", ".", "folder of the module")
	flags.StringVar(&also, "also", "", "packages whose tests are asked, too, for changes that the package's own did not notice; by comma")
	flags.IntVar(&o.sample, "sample", 0, "try so many changes of each package; 0 for all")
	flags.Uint64Var(&o.seed, "seed", 1, "of the sample")
	flags.IntVar(&o.workers, "workers", 2, "runs at a time")
	flags.DurationVar(&o.limit, "limit", 20*time.Second, "processor time of one run; a change that takes longer was noticed")
	flags.Float64Var(&o.least, "least", 0, "per cent that must be noticed in each package")
	flags.StringVar(&o.files, "files", "", "only files with this in their name")
	flags.StringVar(&same, "explained", "", "a page with a table of changes that make no difference; they are not tried")
	flags.StringVar(&again, "again", "", "try only what this earlier output says was not noticed")
	flags.BoolVar(&o.list, "list", false, "print every change and try none")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("name a package")
	}
	if also != "" {
		o.also = strings.Split(also, ",")
	}
	var err error
	if o.same, err = explained(same); err != nil {
		return err
	}
	if o.again, err = missed(again); err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }() // a folder left behind is no result
	few := false
	for i, name := range flags.Args() {
		t, err := try(o, name, filepath.Join(work, fmt.Sprint(i)), to)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		few = few || t.share() < o.least
	}
	if few {
		return errTooFew
	}
	return nil
}

// tally is how one package came out.
type tally struct {
	tried, noticed int // changes
}

// share is the per cent noticed.
func (t tally) share() float64 {
	if t.tried == 0 {
		return 0
	}
	return 100 * float64(t.noticed) / float64(t.tried)
}

// try mutates one package and prints, as it turns up, what was not noticed.
func try(o options, name, work string, to io.Writer) (tally, error) {
	began := time.Now()
	m, err := build(o, name, work)
	if err != nil {
		return tally{}, err
	}
	p := printer{to: to}
	for _, s := range m.refused {
		p.print("%s: refused by the compiler: %s\n", s.place, s.what)
	}
	without := slices.DeleteFunc(slices.Clone(m.sites), func(s site) bool {
		return o.same.has(s) || len(o.again) > 0 && !o.again.has(s)
	})
	chosen := sampled(without, o)
	if o.list {
		for _, s := range chosen {
			p.print("%s: %s\n", s.place, s.what)
		}
		return tally{}, p.err
	}
	t := tally{tried: len(chosen), noticed: len(chosen)}
	m.try(o, chosen, func(s site) {
		p.print("%s: not noticed: %s\n", s.place, s.what)
		t.noticed--
	})
	p.print("%s: %d of %d changes noticed, %.1f%% (%d possible, %d not tried as explained, %d refused by the compiler, %s)\n",
		name, t.noticed, t.tried, t.share(), len(m.sites), o.explained(m.sites), len(m.refused), time.Since(began).Round(time.Second))
	return t, p.err
}

// explained counts the changes that are not tried.
func (o options) explained(all []site) int {
	n := 0
	for _, s := range all {
		if o.same.has(s) {
			n++
		}
	}
	return n
}

// A printer remembers that something could not be written.
type printer struct {
	to  io.Writer
	err error
}

func (p *printer) print(format string, args ...any) {
	if _, err := fmt.Fprintf(p.to, format, args...); err != nil {
		p.err = err
	}
}
