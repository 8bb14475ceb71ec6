package demo

import (
	"fmt"

	"cairn/internal/scheme"
)

// person makes somebody up. About one in fifteen of each detail was never
// recorded.
func (c chance) person(s Scheme, number int, year int) scheme.Person {
	p := scheme.Person{Reference: fmt.Sprintf("%s-%04d", s.Prefix, number)}
	p.BirthYear = year - clamp(c.near(54, 18), 18, 97)
	p.Sex = pick(c, []shared[scheme.Sex]{{"female", 62}, {"male", 36}, {"other", 1}, {"", 1}})
	p.Ethnicity = pick(c, []shared[scheme.Ethnicity]{{"white", 74}, {"asian", 9}, {"black", 6}, {"mixed", 3}, {"other", 2}, {"", 6}})
	p.Deprivation = pick(c, []shared[int]{{1, 31}, {2, 24}, {3, 17}, {4, 13}, {5, 9}, {0, 6}})
	if c.hits(0.06) {
		p.BirthYear = 0
	}
	if len(s.Names) > 0 {
		last := lastNames()
		first, at := s.Names[c.IntN(len(s.Names))], c.IntN(len(last))
		// The second part keeps all but a few from having the name and the year of
		// birth of somebody else.
		p.Name = first + " " + last[at] + "-" + last[(at+1+number%(len(last)-1))%len(last)]
	}
	return p
}

func (c chance) source() scheme.Source {
	return pick(c, []shared[scheme.Source]{
		{"general-practice", 55}, {"allied-health", 9}, {"self", 8}, {"social-care", 6}, {"multidisciplinary-team", 5},
		{"voluntary-sector", 5}, {"hospital-discharge", 4}, {"pharmacy", 3}, {"housing", 2}, {"job-centre", 1},
		{"fire-service", 0.5}, {"police", 0.5}, {"", 1},
	})
}

// baselineWay and laterWay are how an assessment was taken: a visit at first,
// more often a call later.
func (c chance) baselineWay() (scheme.Channel, scheme.Helper) {
	return pick(c, []shared[scheme.Channel]{{"in-person", 72}, {"phone", 19}, {"video", 4}, {"online", 3}, {"post", 1}, {"", 1}}), c.helper()
}

func (c chance) laterWay() (scheme.Channel, scheme.Helper) {
	return pick(c, []shared[scheme.Channel]{{"in-person", 48}, {"phone", 37}, {"video", 5}, {"online", 6}, {"post", 3}, {"", 1}}), c.helper()
}

func (c chance) helper() scheme.Helper {
	return pick(c, []shared[scheme.Helper]{{"nobody", 50}, {"deliverer", 34}, {"staff", 7}, {"family", 6}, {"interpreter", 2}, {"", 1}})
}

// involvement is the occupational therapist's part, mostly from the first
// weeks on; somebody's part may begin too late to be counted with the start.
func (c chance) involvement(s Scheme, accepted scheme.Day) []scheme.Involvement {
	if !c.hits(s.Therapist) {
		return nil
	}
	level := pick(c, []shared[scheme.OTLevel]{{"advised", 40}, {"assessed", 38}, {"led", 22}})
	on := accepted.Plus(c.between(0, 14))
	if c.hits(0.08) {
		on = accepted.Plus(c.between(60, 90))
	}
	return []scheme.Involvement{{Level: level, On: workday(on)}}
}
