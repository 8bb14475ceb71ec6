// Command bench measures `cairn evidence` against R and writes what it found.
//
// It makes synthetic files of scores, runs whole processes in turn, and reads
// the Go benchmarks that it is handed. It knows nothing of the product but its
// command line and the form of its files. It promises that a number of rows
// always gives the same files, and that nothing on its page names the machine's
// owner or a folder of it. No figure makes it fail: whether one will do is for
// people to say.
//
// Run it through scripts/bench.sh, which finds or installs what it needs.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	rows := flag.Int("rows", 1_000_000, "rows of the long file, without its header")
	rounds := flag.Int("rounds", 5, "how often each command is run")
	folder := flag.String("in", "bench-output", "where the synthetic files go")
	cairn := flag.String("cairn", "bin/cairn", "the product")
	peer := flag.String("peer", "scripts/bench/evidence.R", "the script that R runs")
	inside := flag.String("inside", "", "what go test -bench printed")
	to := flag.String("page", "", "write the page here, too")
	pairs := flag.Int("pairs", 200_000, "how many pairs the benchmark of exports wrote")
	flag.Parse()
	p := page{day: time.Now(), busy: busy(), rows: *rows, rounds: *rounds, pairs: *pairs, command: "make bench"}
	if *rows != 1_000_000 {
		p.command = fmt.Sprintf("BENCH_ROWS=%d make bench", *rows)
	}
	err := p.measure(filesIn(*folder), *cairn, *peer)
	if err == nil {
		err = p.readInside(*inside)
	}
	if err == nil {
		err = p.publish(*to)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// measure runs R and the product on the long file in turn, and then the product
// on the other files.
func (p *page) measure(f files, cairn, peer string) error {
	fmt.Fprintln(os.Stderr, "making synthetic files")
	if err := f.write(p.rows); err != nil {
		return err
	}
	p.peerSays = said("Rscript", "-e", `cat(R.version.string, "with data.table", as.character(packageVersion("data.table")))`)
	fmt.Fprintln(os.Stderr, "R and cairn in turn")
	runs, err := inTurn(p.rounds,
		[]string{"Rscript", peer, f.long},
		[]string{cairn, "evidence", f.long, "--settings", f.settings})
	if err != nil {
		return err
	}
	p.peer, p.long = runs[0], runs[1]
	runs, err = inTurn(p.rounds,
		[]string{cairn, "evidence", f.long, "--settings", f.settings, "--people", f.people},
		[]string{cairn, "evidence", f.wide, "--settings", f.settings})
	if err != nil {
		return err
	}
	p.people, p.wide = runs[0], runs[1]
	return nil
}

func (p *page) readInside(path string) error {
	if path == "" {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() //nolint:errcheck // only read
	p.within, err = readWithin(file)
	return err
}

// publish prints the page and writes it where it was asked for.
func (p *page) publish(path string) error {
	out := []io.Writer{os.Stdout}
	if path != "" {
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		defer file.Close() //nolint:errcheck // written through
		out = append(out, file)
	}
	return p.write(io.MultiWriter(out...))
}
