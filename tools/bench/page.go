package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// A page is what was measured, for docs/performance.md.
type page struct {
	day      time.Time
	busy     string
	peerSays string // its versions
	rows     int
	rounds   int
	pairs    int // that leave as CSV
	command  string
	peer     []run
	long     []run
	people   []run
	wide     []run
	within   []within
}

// within is one Go benchmark.
type within struct {
	room, name string
	each       time.Duration
}

// readWithin reads what go test -bench prints.
func readWithin(r io.Reader) (all []within, err error) {
	result := regexp.MustCompile(`^Benchmark(\S+?)(-\d+)?\s+\d+\s+([\d.]+) ns/op`)
	room := ""
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if name, ok := strings.CutPrefix(lines.Text(), "pkg: "); ok {
			room = name[strings.LastIndex(name, "/")+1:]
		}
		if m := result.FindStringSubmatch(lines.Text()); m != nil {
			ns, err := strconv.ParseFloat(m[3], 64)
			if err != nil {
				return nil, err
			}
			all = append(all, within{room, m[1], time.Duration(ns)})
		}
	}
	return all, lines.Err()
}

// write writes the page as Markdown.
func (p page) write(w io.Writer) error {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("# Performance\n")
	say("`%s` wrote this page: run it again to know what holds where you are. Only the ratios", p.command)
	say("mean something elsewhere; they are of whole processes that took turns on one machine.\n")
	say("- %s, %s", p.day.Format("2 January 2006"), machine())
	say("- %s; %s", runtime.Version(), p.peerSays)
	say("- programs that wanted to run in the minute before: %s\n", p.busy)
	say("## A file of %s rows\n", thousands(p.rows))
	say("Synthetic scores of people in %d schemes at three time points, from a seeded generator", schemes)
	say("(`tools/bench`); nobody in them exists. The peer is `scripts/bench/evidence.R`: it reads")
	say("five of the seven columns with `data.table::fread`, joins by key, and gives the paired t")
	say("test and the signed rank test, overall and for each scheme. `cairn evidence` checks every")
	say("cell, says what is wrong with each row that it does not take, and gives these and all the")
	say("other figures of [statistics.md](statistics.md). %d rounds; the first, uncounted, filled the", p.rounds)
	say("disk's cache.\n")
	say("| | seconds, median (least to most) | most memory |")
	say("|---|---|---|")
	for _, row := range []struct {
		name string
		runs []run
	}{
		{"R, `evidence.R long.csv`", p.peer}, {"`cairn evidence long.csv`", p.long},
		{"`cairn evidence long.csv --people people.csv`", p.people}, {"`cairn evidence wide.csv`", p.wide},
	} {
		s := spreadOf(seconds(row.runs))
		say("| %s | %.2f (%.2f to %.2f) | %.0f MB |", row.name, s.median, s.least, s.most, peak(row.runs))
	}
	s := spreadOf(ratios(p.peer, p.long))
	say("\n**R takes %.1f times as long** (%.1f to %.1f, round by round). The aim is 10 times or more,", s.median, s.least, s.most)
	say("under 200 MB, for a million rows. In a smaller file other things weigh more.\n")
	say("## Inside\n")
	say("Go benchmarks of `internal/stat`, `internal/evidence`, `internal/store` and `internal/site`. The aims:")
	say("every statistic of a 29 x 29 table under 1 ms, but for the exact signed rank test;")
	say("1,000 studies pooled by REML under 10 ms; the caseload of somebody with 10,000 open")
	say("referrals, its counts and its first page, under 100 ms on both databases. Pages of site are")
	say("whole requests on SQLite: one scheme of 5,000 people, and that beside ten of 500. They have")
	say("no aim yet. Export is %s pairs as CSV, as a page and the terminal write them; psql is", thousands(p.pairs))
	say("its copy of the same rows out of the same server, which the aim is not to be slower than.")
	say("Import is a first file of 50,000 rows, two scores of everybody, read, checked, put by and")
	say("published with its pairs; Staging is the part before publishing, and psql copies the same")
	say("file into a table without a key. The aims are half of psql's speed, and nine tenths for staging.\n")
	say("| room | benchmark | each |")
	say("|---|---|---|")
	for _, one := range p.within {
		say("| %s | %s | %s |", one.room, one.name, one.each.Round(100*time.Nanosecond))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// thousands writes a number with commas.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
