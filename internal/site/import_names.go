package site

import (
	"strconv"
	"strings"

	"cairn/internal/intake"
)

// scoreNames are the names of what can be read, by what a column is of.
type scoreNames map[string]string

func (n scoreNames) of(c intake.Column) string {
	switch {
	case c.Takes == intake.TakesDate && c.Asked != "":
		var all []string
		for part := range strings.SplitSeq(c.Asked, "-or-") {
			all = append(all, n["measure:"+part])
		}
		return strings.Join(all, " or ")
	case c.Takes == intake.TakesDate:
		return n["measure:"+string(c.Measure)]
	case c.Item != "":
		return n["answer:"+string(c.Measure)+":"+c.Item]
	}
	return n["score:"+string(c.Series)]
}

func namesOf(k intake.Known) scoreNames {
	all := scoreNames{}
	for _, d := range k.Measures {
		all["measure:"+string(d.Key)] = d.Short
		for _, sc := range d.Scores {
			all["score:"+string(sc.Series)] = sc.Name
		}
		for i, it := range d.Items {
			all["answer:"+string(d.Key)+":"+it.Key] = d.Short + ", question " + strconv.Itoa(i+1)
		}
	}
	return all
}
