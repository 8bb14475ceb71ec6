package disclosure_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/disclosure"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func everyTrait() (all []string) {
	for _, t := range scheme.ProjectTraits() {
		all = append(all, t.Value)
	}
	return all
}

// somebodyIn is one of a crowd in which some are alike.
func somebodyIn(t *rapid.T) disclosure.Person {
	return disclosure.Person{
		Scheme:  rapid.SampledFrom([]string{"Garden", "Choir"}).Draw(t, "scheme"),
		Started: scheme.Quarter(2026*4 + rapid.IntRange(0, 3).Draw(t, "quarter")),
		Traits: &scheme.Traits{
			Age:       rapid.SampledFrom([]string{"", "18-24", "25-34", "35-44", "85-over"}).Draw(t, "age"),
			Sex:       rapid.SampledFrom([]scheme.Sex{"female", "male", ""}).Draw(t, "sex"),
			Ethnicity: rapid.SampledFrom([]scheme.Ethnicity{"white", "white", "asian", "black"}).Draw(t, "ethnicity"), Deprivation: rapid.IntRange(0, 5).Draw(t, "deprivation"),
		},
		Parts:  []disclosure.Parts{rapid.SampledFrom([]disclosure.Parts{0, 1, 2, 2, 3}).Draw(t, "parts")},
		Before: rapid.SampledFrom([]string{"", "", "", "met"}).Draw(t, "before"),
	}
}

// Whoever goes out is described as at least the fewest others are, who did not all
// begin alike; nobody is said to be what was not recorded; and little is hidden.
func TestRowsTellNobodyApart(t *testing.T) {
	went := 0
	rapid.Check(t, func(t *rapid.T) {
		var people []disclosure.Person
		for range rapid.IntRange(0, 12).Draw(t, "kinds") {
			one := somebodyIn(t)
			for n := range rapid.SampledFrom([]int{1, 3, 11, 40}).Draw(t, "alike") {
				one.Parts = []disclosure.Parts{one.Parts[0] << (n % 2)}
				people = append(people, one)
			}
		}
		ask := scheme.Veil{Fewest: rapid.SampledFrom([]int{5, 10}).Draw(t, "fewest"), Traits: everyTrait()[rapid.IntRange(0, 5).Draw(t, "without"):]}
		plan := disclosure.ProtectRows(people, nil, ask)
		if plan.Refused != disclosure.RowsGo {
			return
		}
		went++
		count, began, filled := map[string]int{}, map[string]disclosure.Parts{}, 0
		for i, p := range people {
			shown := *plan.Shown[i]
			key := fmt.Sprint(p.Scheme, "|", p.Before, "|", shown)
			count[key]++
			if count[key] == 1 {
				began[key] = p.Parts[0]
			}
			began[key] &= p.Parts[0]
			recorded := plan.Veil.Shown(p.Started, *p.Traits)
			for _, trait := range everyTrait() {
				is, was := *shown.At(trait), *recorded.At(trait)
				switch {
				case is != "" && (is != was || !slices.Contains(ask.Traits, trait)):
					t.Fatalf("%s of %+v is said to be %q", trait, p, is)
				case is == "" && was != "":
					filled++
				}
			}
		}
		for key, n := range count {
			if n < ask.Fewest {
				t.Fatalf("%s fits %d people, fewer than %d", key, n, ask.Fewest)
			}
			if began[key] != 0 {
				t.Fatalf("everybody of %s may have begun alike", key)
			}
		}
		if filled != plan.Veil.Hidden || 100*filled > 5*len(people)*len(ask.Traits) {
			t.Fatalf("%d cells are hidden, %d are said to be, of %d people", filled, plan.Veil.Hidden, len(people))
		}
	})
	if went < 10 {
		t.Errorf("only %d crowds went out: the law was hardly tried", went)
	}
}

// crowdOf are people alike but for when they began.
func crowdOf(n int, change func(int, *disclosure.Person)) (all []disclosure.Person) {
	for i := range n {
		p := disclosure.Person{
			Scheme: "Garden", Started: 2026 * 4, Traits: &scheme.Traits{Age: "25-34", Sex: "female", Ethnicity: "white", Deprivation: 1},
			Parts: []disclosure.Parts{1 << (i % 2)},
		}
		change(i, &p)
		all = append(all, p)
	}
	return all
}

func TestWhatBecomesOfACrowd(t *testing.T) {
	for name, c := range map[string]struct {
		people []disclosure.Person
		gone   []disclosure.Leaver
		fewest int
		want   disclosure.RowRefusal
		steps  scheme.Steps
		hidden int
	}{
		"nobody":           {want: disclosure.NoRows},
		"nine":             {people: crowdOf(9, func(int, *disclosure.Person) {}), want: disclosure.SmallScheme},
		"nine of five":     {people: crowdOf(9, func(int, *disclosure.Person) {}), fewest: 5},
		"ten":              {people: crowdOf(10, func(int, *disclosure.Person) {})},
		"all began alike":  {people: crowdOf(40, func(_ int, p *disclosure.Person) { p.Parts = []disclosure.Parts{8} }), want: disclosure.AlikeScores},
		"all may have":     {people: crowdOf(40, func(i int, p *disclosure.Person) { p.Parts = []disclosure.Parts{8 | 1<<(i%3)} }), want: disclosure.AlikeScores},
		"nobody began":     {people: crowdOf(40, func(_ int, p *disclosure.Person) { p.Parts = []disclosure.Parts{0} })},
		"half in each age": {people: crowdOf(16, func(i int, p *disclosure.Person) { p.Traits.Age = []string{"25-34", "35-44"}[i/8] }), steps: scheme.Steps{Age: 1}},
		"one man of many": {people: crowdOf(200, func(i int, p *disclosure.Person) {
			if i == 7 {
				p.Traits.Sex = "male"
			}
		}), hidden: 5 + 0},
		"one man of few": {people: crowdOf(12, func(i int, p *disclosure.Person) {
			if i == 7 {
				p.Traits.Sex = "male"
			}
		}), want: disclosure.TooRare},
		"two who are new": {people: crowdOf(40, func(i int, p *disclosure.Person) {
			if i > 1 {
				p.Before = "there"
			}
		}), want: disclosure.FewNew},
		"two who are gone": {
			people: crowdOf(40, func(_ int, p *disclosure.Person) { p.Before = "there" }),
			gone:   slices.Repeat([]disclosure.Leaver{{Scheme: "Garden", Before: "there"}}, 2), want: disclosure.FewNew,
		},
		"ten are gone": {
			people: crowdOf(40, func(_ int, p *disclosure.Person) { p.Before = "there" }),
			gone:   slices.Repeat([]disclosure.Leaver{{Scheme: "Garden", Before: "there"}}, 10),
		},
		"twelve are new": {people: crowdOf(40, func(i int, p *disclosure.Person) {
			if i > 11 {
				p.Before = "there"
			}
		})},
	} {
		t.Run(name, func(t *testing.T) {
			if c.fewest == 0 {
				c.fewest = 10
			}
			plan := disclosure.ProtectRows(c.people, c.gone, scheme.Veil{Fewest: c.fewest, Traits: everyTrait()})
			if plan.Refused != c.want {
				t.Fatalf("refused %q, want %q", plan.Refused, c.want)
			}
			if c.want == "" && plan.Veil.Steps != c.steps {
				t.Errorf("made coarser by %+v, want %+v", plan.Veil.Steps, c.steps)
			}
			if c.want == "" && c.hidden > 0 && (plan.Veil.Hidden < c.hidden || plan.Shown[7].Sex == "male") {
				t.Errorf("%d cells hidden; the man is %+v", plan.Veil.Hidden, plan.Shown[7])
			}
		})
	}
}

func TestPartsOfAScale(t *testing.T) {
	sc := measure.Score{Direction: measure.HigherIsBetter, Min: 0, Max: 10}
	for level, want := range map[measure.Level]disclosure.Parts{0: 1, 2: 1, 3: 2, 5: 4, 8: 8, 10: 8} {
		if got := disclosure.PartsOf(sc, level); len(got) != 1 || got[0] != want {
			t.Errorf("%d lies in %v, want %d", level, got, want)
		}
	}
	if got := disclosure.PartsOf(sc); got[0] != 0 {
		t.Errorf("no score lies in %v", got)
	}
	if got := disclosure.PartsOf(sc, 0, 10); got[0] != 1|8 {
		t.Errorf("two scores lie in %v", got)
	}
	sc.Bands = []measure.Bands{{From: []measure.Band{{Level: 0}, {Level: 7}}}}
	if got := disclosure.PartsOf(sc, 6, 7); len(got) != 2 || got[1] != 2|4 {
		t.Errorf("two scores lie in %v of the published parts", got)
	}
}
