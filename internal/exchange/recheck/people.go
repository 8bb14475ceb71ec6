package recheck

import (
	"encoding/csv"
	"math"
	"strconv"
	"strings"
)

// row holds what a row says of its person against what others said.
func (c *check) row(table string, of map[string]string) {
	says := []byte(of["scheme"])
	for _, trait := range []string{"quarter", "age_band", "sex", "ethnicity", "deprivation"} {
		says = append(append(says, '|'), of[trait]...)
	}
	p := c.people[of["person_id"]]
	switch {
	case p == nil && table != "wide.csv":
		c.wrong("%s: has a person who is not in wide.csv", table)
		return
	case p == nil:
		p = &person{says: c.once(string(says))}
		c.people[strings.Clone(of["person_id"])] = p
	case p.says != string(says):
		c.wrong("%s: rows of one person say different things of them", table)
	}
	if table != "wide.csv" {
		return
	}
	for column, cell := range of {
		if strings.HasSuffix(column, ".baseline") && !strings.Contains(strings.TrimSuffix(column, ".baseline"), ".") {
			p.begin(column, c.once(cell))
		}
	}
}

// begin notes a first score; of several rows the first that has one counts.
func (p *person) begin(column, cell string) {
	for i, f := range p.firsts {
		if f.column == column {
			if f.cell == "" {
				p.firsts[i].cell = cell
			}
			return
		}
	}
	p.firsts = append(p.firsts, first{column, cell})
}

// once is a text of its own, and the same one for all who are told so: a cell holds
// on to the whole of its row.
func (c *check) once(text string) string {
	kept, there := c.words[text]
	if !there {
		kept = strings.Clone(text)
		c.words[kept] = kept
	}
	return kept
}

// alike counts the people whom each description fits, and looks whether all of
// them began in the same part of a scale.
func (c *check) alike() {
	count, began := map[string]int{}, map[string]map[string]bool{}
	ends := c.ends()
	for _, p := range c.people {
		count[p.says]++
		for _, f := range p.firsts {
			key := p.says + "\n" + f.column
			if began[key] == nil {
				began[key] = map[string]bool{}
			}
			began[key][ends[strings.TrimSuffix(f.column, ".baseline")].part(f.cell)] = true
		}
	}
	for _, n := range count {
		if n < c.fewest {
			c.wrong("a description of a person fits only %d, fewer than %d", n, c.fewest)
		}
	}
	for _, parts := range began {
		if len(parts) == 1 && !parts[""] {
			c.wrong("everybody whom a description fits began in the same part of a scale")
		}
	}
	if len(c.people) == 0 {
		c.wrong("nobody is in it")
	}
}

// A scale runs from the lowest score to the highest; NaN where there is none.
type scale struct{ low, high float64 }

// part is in which quarter of a scale a score lies; of a scale without ends the
// score itself.
func (s scale) part(cell string) string {
	v, err := strconv.ParseFloat(cell, 64)
	if cell == "" || err != nil || !(s.high > s.low) || math.IsInf(s.high-s.low, 0) {
		return cell
	}
	return strconv.Itoa(1 + int(min(3, math.Floor(4*(v-s.low)/(s.high-s.low)+1e-9))))
}

// ends are those of every score, as measures.csv gives them.
func (c *check) ends() map[string]scale {
	all := map[string]scale{}
	rows, err := csv.NewReader(strings.NewReader(string(c.files["measures.csv"]))).ReadAll()
	if err != nil || len(rows) == 0 {
		c.wrong("measures.csv: is not a table")
		return all
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	number := func(row []string, column string) float64 {
		i, there := at[column]
		if !there {
			return math.NaN()
		}
		v, err := strconv.ParseFloat(row[i], 64)
		if err != nil {
			return math.NaN()
		}
		return v
	}
	for _, row := range rows[1:] {
		all[row[at["measure"]]] = scale{number(row, "lowest"), number(row, "highest")}
	}
	return all
}

// together joins the file to the earlier ones: who came, who left and of whom
// other things are said now are to be as many as any description fits.
func (c *check) together(before []map[string]string) {
	if len(before) == 0 {
		return
	}
	all, count := map[string]bool{}, map[string]int{}
	for name := range c.people {
		all[name] = true
	}
	for _, file := range before {
		for name := range file {
			all[name] = true
		}
	}
	for name := range all {
		joined := "gone"
		if p := c.people[name]; p != nil {
			joined = p.says
		}
		for _, file := range before {
			joined += "\n" + file[name]
		}
		count[joined]++
	}
	for _, n := range count {
		if n < c.fewest {
			c.wrong("beside earlier files of the project it tells %d people apart, fewer than %d", n, c.fewest)
		}
	}
}
