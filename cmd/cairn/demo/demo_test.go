package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"cairn/cmd/cairn/demo"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// days on which every promise is checked: two weekdays, a Sunday, the end of a
// leap February.
func days(t *testing.T) []scheme.Day {
	t.Helper()
	var all []scheme.Day
	for _, text := range []string{"2026-11-23", "2026-12-31", "2027-05-09", "2028-02-29"} {
		d, err := scheme.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d)
	}
	return all
}

// A studied scheme is its people, their spells and their pairs, as the product
// would make them.
type studied struct {
	demo.Scheme
	arrivals []app.Arrival
	spells   []scheme.Spell
	pairs    []scheme.Pair
	defs     map[measure.Key]measure.Definition
	today    scheme.Day
}

func study(t *testing.T, org demo.Organisation, s demo.Scheme, today scheme.Day) studied {
	t.Helper()
	bundled, err := measure.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	found := studied{Scheme: s, defs: map[measure.Key]measure.Definition{}, today: today}
	for _, d := range bundled {
		found.defs[d.Key] = d
	}
	with := demo.SetUp{Scheme: scheme.ID(s.Prefix), Measures: found.defs}
	for _, name := range s.Activities {
		for _, a := range org.Activities {
			if a.Name == name {
				with.Activities = append(with.Activities, scheme.Activity{ID: scheme.ActivityID(name), Name: name, Category: a.Category})
			}
		}
	}
	if found.arrivals, err = demo.Arrivals(demo.Seed, s, with, today); err != nil {
		t.Fatal(err)
	}
	plan := scheme.Plan{}
	for _, key := range s.Measures {
		plan.Items = append(plan.Items, scheme.Standard(key, demo.Weeks)...)
	}
	ordinal := map[string]int{}
	for _, a := range found.arrivals {
		ordinal[a.Person.Reference]++
		spell := scheme.Spell{Referral: a.Referral, Person: a.Person, Plan: plan, Prescriptions: a.Prescriptions}
		spell.Referral.Ordinal = ordinal[a.Person.Reference]
		for _, x := range a.Assessments {
			spell.Assessments = append(spell.Assessments, x.Assessment)
		}
		found.spells = append(found.spells, spell)
		found.pairs = append(found.pairs, spell.Pairs(found.defs)...)
	}
	return found
}

func everyScheme(t *testing.T, today scheme.Day) map[string]studied {
	t.Helper()
	all := map[string]studied{}
	for _, org := range demo.Organisations() {
		for _, s := range org.Schemes {
			all[s.Prefix] = study(t, org, s, today)
		}
	}
	return all
}

// finding is the scheme's figures for one score over windows that closed in
// the period.
func (s studied) finding(t *testing.T, series measure.Series, in scheme.Period) evidence.Finding {
	t.Helper()
	key := measure.Key(strings.Split(string(series), "-")[0])
	score, ok := s.defs[key].Score(series)
	if !ok {
		t.Fatalf("no score %s", series)
	}
	table := scheme.NewTransitions()
	for _, p := range s.pairs {
		if p.Ordinal != 1 || p.Series != series || p.Occasion != scheme.FixedTime(7*demo.Weeks) || !in.Holds(p.Closes.Quarter()) {
			continue
		}
		tally := scheme.Tally{State: p.State, Stage: p.Stage, Exit: p.Exit, Open: !p.Closes.Before(s.today), People: 1}
		if p.Base != nil {
			tally.From = p.Base.Level
		}
		if p.Later != nil {
			tally.To = p.Later.Level
		}
		table.Add(tally)
	}
	return evidence.Of(score, table)
}

func TestSameSeedAndDayGiveTheSameData(t *testing.T) {
	today := days(t)[0]
	sum := sha256.New()
	for _, org := range demo.Organisations() {
		for _, s := range org.Schemes {
			one, two := study(t, org, s, today), study(t, org, s, today)
			if !reflect.DeepEqual(one.arrivals, two.arrivals) {
				t.Errorf("%s differs from one run to the next", s.Name)
			}
			if err := json.NewEncoder(sum).Encode(one.arrivals); err != nil {
				t.Fatal(err)
			}
		}
	}
	const want = "db253e83cd71d8ac"
	if got := hex.EncodeToString(sum.Sum(nil))[:16]; got != want {
		t.Errorf("the data of %s is %s, was %s: raise demo.Version and write the new value here", today, got, want)
	}
}

func TestAnotherSeedGivesOtherPeople(t *testing.T) {
	org := demo.Organisations()[0]
	s := org.Schemes[2]
	base := study(t, org, s, days(t)[0])
	with := demo.SetUp{Scheme: "x", Activities: []scheme.Activity{{ID: "a", Category: "arts"}}, Measures: base.defs}
	other, err := demo.Arrivals(demo.Seed+1, s, with, days(t)[0])
	if err != nil {
		t.Fatal(err)
	}
	same := 0
	for i := range min(len(other), len(base.arrivals)) {
		if reflect.DeepEqual(other[i].Assessments, base.arrivals[i].Assessments) && len(other[i].Assessments) > 0 {
			same++
		}
	}
	if same > 0 {
		t.Errorf("%d people have the same assessments under another seed", same)
	}
}

func TestASchemeWithoutActivitiesIsRefused(t *testing.T) {
	if _, err := demo.Arrivals(demo.Seed, demo.Organisations()[0].Schemes[0], demo.SetUp{}, days(t)[0]); err == nil {
		t.Error("a scheme that prescribes nothing was filled")
	} else if fault.Is(err, fault.NotFound) {
		t.Error("the refusal is a fault for a visitor; it is ours")
	}
}
