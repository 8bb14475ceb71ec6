package recheck

import "strings"

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
	switch table {
	case "wide.csv":
		for column, cell := range of {
			if score, first := strings.CutSuffix(column, ".baseline"); first && !strings.Contains(score, ".") {
				c.begin(p, score, cell)
			}
		}
	case "long.csv":
		c.tried(p, of)
	}
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
// them may have begun in the same part of a scale.
func (c *check) alike() {
	type shared struct {
		says string
		part int32
	}
	count, began := map[string]int{}, map[shared]int{}
	for _, p := range c.people {
		count[p.says]++
		for _, part := range p.began {
			began[shared{p.says, part}]++
		}
	}
	for _, n := range count {
		if n < c.fewest {
			c.wrong("a description of a person fits fewer than %d", c.fewest)
		}
	}
	for of, n := range began {
		if n == count[of.says] {
			c.wrong("everybody whom a description fits began in the same part of a scale")
		}
	}
	if len(c.people) == 0 {
		c.wrong("nobody is in it")
	}
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
			c.wrong("beside earlier files it tells fewer than %d people apart from others", c.fewest)
		}
	}
}
