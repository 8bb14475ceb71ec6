package demo

import (
	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Organisations are the two providers and the commissioner of the
// demonstration.
func Organisations() []Organisation {
	return []Organisation{riverside(), hilltop(), commissioners()}
}

func wellbeing() []measure.Key  { return []measure.Key{"ons4"} }
func bothScales() []measure.Key { return []measure.Key{"ons4", "swemwbs"} }

func riverside() Organisation {
	return Organisation{
		Name: "Riverside Community Health (demo)", Kind: scheme.Provider,
		Activities: []app.NewActivity{
			{Name: "Riverside allotment", Category: "gardening", Provider: "Made-up Growers"},
			{Name: "Woodland walks", Category: "nature", Provider: "Made-up Growers"},
			{Name: "Community orchard helpers", Category: "volunteering", Provider: "Made-up Growers"},
			{Name: "Cook and share", Category: "cookery", Provider: "Sample Street Kitchen"},
			{Name: "Eating well on a budget", Category: "healthy-eating", Provider: "Sample Street Kitchen"},
			{Name: "Chair-based exercise", Category: "sport", Provider: "Example Leisure"},
			{Name: "Walking football", Category: "sport", Provider: "Example Leisure"},
			{Name: "Telephone befriending", Category: "befriending", Provider: "Made-up Neighbours"},
		},
		Schemes: []Scheme{
			{
				Name: "Riverside Green Roots (demo)", Prefix: "RGR", Referrals: 1100, Measures: bothScales(), Names: firstNames(),
				Activities: []string{"Riverside allotment", "Woodland walks", "Community orchard helpers"},
				Accepted:   0.97, Started: 0.95, Measured: 0.97, FollowedUp: 0.90, Therapist: 0.40, Effect: 0.35,
			},
			{
				Name: "Riverside Moving Well (demo)", Prefix: "RMW", Referrals: 330, Measures: wellbeing(), Names: firstNames(),
				Activities: []string{"Chair-based exercise", "Walking football", "Cook and share", "Eating well on a budget"},
				Accepted:   0.90, Started: 0.85, Measured: 0.85, FollowedUp: 0.38, Therapist: 0.20, Effect: 0.30,
			},
			{
				Name: "Riverside First Steps (demo)", Prefix: "RST", Referrals: 21, Measures: bothScales(), Names: firstNames(),
				Activities: []string{"Telephone befriending", "Riverside allotment"},
				Accepted:   0.95, Started: 0.95, Measured: 0.95, FollowedUp: 0.85, Therapist: 1, Effect: 0.10,
			},
		},
		Accounts: []Account{
			{
				Login: "ot", Password: "demo-practitioner-1", Role: app.Practitioner, Profession: "occupational therapist",
				Schemes: []string{"Riverside Green Roots (demo)", "Riverside First Steps (demo)"},
				Sees:    "an occupational therapist in two of Riverside's schemes: referrals, assessments, evidence",
			},
			{Login: "manager", Password: "demo-manager-1", Role: app.Manager, Profession: "service manager", Sees: "Riverside's service manager: every scheme, and setting schemes up"},
			{Login: "administrator", Password: "demo-administrator-1", Role: app.Administrator, Sees: "Riverside's administrator: schemes and measures, no people"},
			{Login: "researcher", Password: "demo-researcher-1", Role: app.Researcher, Sees: "a researcher: rows for a project that was approved, and the library of measures"},
		},
	}
}

func hilltop() Organisation {
	return Organisation{
		Name: "Hilltop Wellbeing Partnership (demo)", Kind: scheme.Provider,
		Activities: []app.NewActivity{
			{Name: "Hilltop befrienders", Category: "befriending", Provider: "Invented Friends"},
			{Name: "Language café", Category: "group-learning", Provider: "Pretend College"},
			{Name: "Men's talking group", Category: "peer-support", Provider: "Invented Friends"},
			{Name: "Charity shop team", Category: "volunteering", Provider: "Invented Friends"},
			{Name: "Sunday choir", Category: "arts", Provider: "Fictional Arts"},
			{Name: "Museum handling sessions", Category: "heritage", Provider: "Fictional Arts"},
			{Name: "Debt and benefits advice", Category: "advice", Provider: "Imaginary Law Centre"},
		},
		Schemes: []Scheme{
			{
				Name: "Hilltop Connect (demo)", Prefix: "HCO", Referrals: 1100, Measures: bothScales(),
				Activities: []string{"Hilltop befrienders", "Language café", "Men's talking group", "Charity shop team"},
				Accepted:   0.97, Started: 0.96, Measured: 0.97, FollowedUp: 0.89, Therapist: 0.05, Effect: 0.22, Waiters: 40,
			},
			{
				Name: "Hilltop Arts and Memory (demo)", Prefix: "HAM", Referrals: 230, Measures: bothScales(),
				Activities: []string{"Sunday choir", "Museum handling sessions"},
				Accepted:   0.93, Started: 0.90, Measured: 0.92, FollowedUp: 0.72, Therapist: 0.10, Effect: 0,
			},
			{
				Name: "Hilltop Money Worries (demo)", Prefix: "HMW", Referrals: 220, Measures: wellbeing(),
				Activities: []string{"Debt and benefits advice"},
				Accepted:   0.95, Started: 0.92, Measured: 0.92, FollowedUp: 0.70, Effect: -0.40,
			},
			{
				Name: "Hilltop Open Door (demo)", Prefix: "HOD", Referrals: 110, Measures: wellbeing(),
				Activities: []string{"Hilltop befrienders", "Men's talking group"},
				Accepted:   0.95, Started: 0.92, Measured: 0.95, FollowedUp: 0.80, Effect: 0, Entry: 3,
			},
		},
		Accounts: []Account{
			{
				Login: "linkworker", Password: "demo-practitioner-2", Role: app.Practitioner, Profession: "link worker",
				Sees: "a link worker in all of Hilltop's schemes: referrals, assessments, evidence",
			},
		},
	}
}

func commissioners() Organisation {
	return Organisation{
		Name: "Valley Commissioning Board (demo)", Kind: scheme.Commissioner,
		Accounts: []Account{
			{Login: "commissioner", Password: "demo-commissioner-1", Role: app.Commissioner, Sees: "a commissioner: releases that services granted, side by side, and no row of any person"},
		},
	}
}

// firstNames and lastNames make names that are plainly nobody's.
func firstNames() []string {
	return []string{"Ann", "Bo", "Cy", "Dot", "Eli", "Flo", "Gus", "Hal", "Ivy", "Jo", "Kit", "Lou", "Max", "Nell", "Ole", "Pip", "Ray", "Sal", "Tom", "Una", "Vi", "Wyn", "Xan", "Yaz", "Zoe"}
}

func lastNames() []string {
	return []string{"Sample", "Example", "Specimen", "Testcase", "Placeholder", "Demo", "Mockup", "Fiction", "Pretend", "Invented"}
}
