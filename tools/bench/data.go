package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"
)

// The synthetic files: a wellbeing score from 7 to 35, of people in a hundred
// schemes, at three time points that fewer and fewer reach.
const (
	seed       = 20260331
	schemes    = 100
	lowest     = 7 // score points
	highest    = 35
	keepsPost  = 0.70 // of those with a baseline
	keepsLater = 0.45
	firstDay   = "2022-01-03"
	settings   = `{
  "name": "synthetic",
  "source": "synthetic: nobody in these files exists",
  "timepoints": ["pre", "post", "later"],
  "days": [0, 84, 182],
  "measures": [{"name": "swb", "higher_is_better": true, "rel": 0.8, "sd_ref": 5, "min": 7, "max": 35}],
  "compare": []
}
`
)

var points = []struct {
	name string
	days int
}{{"pre", 0}, {"post", 84}, {"later", 182}}

// files are where the synthetic data lie.
type files struct{ long, people, wide, settings string }

func filesIn(dir string) files {
	at := func(name string) string { return filepath.Join(dir, name) }
	return files{at("long.csv"), at("people.csv"), at("wide.csv"), at("case.json")}
}

// write makes the files, the long one with so many rows. The same number gives
// the same bytes.
func (f files) write(rows int) (err error) {
	if err := os.MkdirAll(filepath.Dir(f.long), 0o750); err != nil {
		return err
	}
	if err := os.WriteFile(f.settings, []byte(settings), 0o600); err != nil {
		return err
	}
	var out [3]*bufio.Writer
	for i, path := range []string{f.long, f.people, f.wide} {
		file, opened := os.Create(path)
		if opened != nil {
			return opened
		}
		w := bufio.NewWriter(file)
		out[i] = w
		defer func() { err = errors.Join(err, w.Flush(), file.Close()) }()
	}
	return draw(rows, out[0], out[1], out[2])
}

// draw draws one person after another until the long file has its rows. What a
// writer could not take, its Flush says.
func draw(rows int, long, people, wide io.Writer) error {
	first, err := time.Parse(time.DateOnly, firstDay)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(seed, 0))
	line := func(w io.Writer, format string, cells ...any) { _, _ = fmt.Fprintf(w, format+"\n", cells...) }
	line(long, "person_id,scheme,measure,timepoint,days,date,score")
	line(people, "person_id,scheme,ot")
	line(wide, "person_id,scheme,ot,swb.pre,swb.post,swb.later")
	for n := 1; rows > 0; n++ {
		scheme := r.IntN(schemes)
		who := fmt.Sprintf("P%06d,Scheme %03d", n, scheme+1)
		group := []string{"with_ot", "without_ot"}[r.IntN(2)]
		start := first.AddDate(0, 0, r.IntN(1000))
		scores := drawScores(r, scheme)
		row := who + "," + group
		for i, p := range points {
			if scores[i] == 0 || rows == 0 {
				row += ","
				continue
			}
			row += fmt.Sprint(",", scores[i])
			line(long, "%s,swb,%s,%d,%s,%d", who, p.name, p.days, start.AddDate(0, 0, p.days).Format(time.DateOnly), scores[i])
			rows--
		}
		line(people, "%s,%s", who, group)
		line(wide, "%s", row)
	}
	return nil
}

// drawScores makes the scores of one person; 0 is none.
func drawScores(r *rand.Rand, scheme int) (scores [3]int) {
	level := 18 + float64(scheme%7)/3 + 5*r.NormFloat64()
	better := 2 + float64(scheme%11)/5
	scores[0] = onScale(level)
	if r.Float64() < keepsPost {
		scores[1] = onScale(level + better + 4*r.NormFloat64())
	}
	if r.Float64() < keepsLater {
		scores[2] = onScale(level + 1.2*better + 5*r.NormFloat64())
	}
	return scores
}

func onScale(level float64) int { return int(min(max(math.Round(level), lowest), highest)) }
