package evidence_test

import (
	"encoding/binary"
	"encoding/json"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// FuzzTable makes tables of three schemes out of any bytes: levels and numbers
// of people far beyond what a store would hold. Whatever comes: no panic, no NaN
// or infinity in JSON, counts that add up, and every gap with its reason.
func FuzzTable(f *testing.F) {
	f.Add(uint8(0), []byte{})
	f.Add(uint8(1), []byte{0, 18, 22, 3, 0, 20, 20, 1, 4, 19, 0, 2, 1, 18, 30, 2, 1, 25, 18, 1, 2, 0, 7, 1})
	f.Add(uint8(2), []byte{0, 5, 6, 1, 0, 5, 6, 1, 1, 5, 6, 1, 1, 250, 6, 1, 5, 9, 9, 9, 33, 9, 9, 9, 66, 1, 1, 1})
	f.Add(uint8(0x89), append([]byte{16, 0, 0, 0, 0, 0, 0, 0, 0x40, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0x70}, 0, 1, 2, 3))
	f.Fuzz(func(t *testing.T, kind uint8, raw []byte) {
		score := fuzzedScore(kind)
		schemes := fuzzedTables(raw)
		all, findings := scheme.NewTransitions(), map[string]evidence.Finding{}
		for name, table := range schemes {
			all.Merge(table)
			findings[name] = evidence.Of(score, table)
			holds(t, findings[name], table)
		}
		whole := evidence.Of(score, all)
		holds(t, whole, all)
		written(t, whole.Cautions(), whole.Sentence(evidence.Context{}), evidence.Bins(score, whole.Before, whole.After))
		together := evidence.Across(findings)
		written(t, together)
		compared, err := evidence.Compare(score, "Garden", schemes)
		written(t, compared)
		if err == nil && (len(compared.Levels) != len(compared.N) || len(compared.Levels) != len(compared.ANCOVA.AdjustedMeans)) {
			t.Fatalf("%d levels, %d counts, %d adjusted means", len(compared.Levels), len(compared.N), len(compared.ANCOVA.AdjustedMeans))
		}
	})
}

func fuzzedScore(kind uint8) measure.Score {
	s := measure.Score{Name: "any", Direction: measure.HigherIsBetter, Decimals: int(kind % 5), Min: -1000, Max: 1000, Open: kind&8 > 0}
	if kind&16 > 0 {
		s.Direction = measure.LowerIsBetter
	}
	if kind&32 > 0 {
		s.Reliability = &measure.Reliability{Coefficient: new(float64(kind%11) / 10), SD: new(float64(kind % 7))}
	}
	if kind&64 > 0 {
		s.Norm = &measure.Norm{Mean: new(float64(kind)), SD: new(float64(kind % 3))}
		s.Cutoff = &measure.Cutoff{Points: float64(kind) / 8, Side: measure.Below}
	}
	if kind&128 > 0 {
		s.Threshold = &measure.Threshold{Points: float64(kind%4) / 2, Inclusive: kind&1 > 0}
	}
	return s
}

// fuzzedTables reads tallies: a byte for the scheme, the state, the exit and the
// size of what follows, which is two levels and a number of people.
func fuzzedTables(raw []byte) map[string]scheme.Transitions {
	names := []string{"Choir", "Garden", "Walks"}
	states := []scheme.State{scheme.Paired, scheme.BaselineOnly, scheme.FollowupOnly, scheme.Enrolled}
	tables := map[string]scheme.Transitions{}
	for len(raw) >= 4 {
		head := raw[0]
		one := scheme.Tally{State: states[head>>2&3], Stage: scheme.StageStarted, Open: head&32 > 0}
		if head&64 > 0 {
			one.Exit = scheme.ExitDied
		}
		if head&16 == 0 || len(raw) < 21 {
			one.From, one.To, one.People = measure.Level(int8(raw[1])), measure.Level(int8(raw[2])), int(raw[3])
			raw = raw[4:]
		} else {
			one.From = measure.Level(binary.LittleEndian.Uint64(raw[1:]))
			one.To = measure.Level(binary.LittleEndian.Uint64(raw[9:]))
			one.People = int(binary.LittleEndian.Uint32(raw[17:]) >> 1)
			raw = raw[21:]
		}
		name := names[int(head&3)%len(names)]
		if _, known := tables[name]; !known {
			tables[name] = scheme.NewTransitions()
		}
		table := tables[name]
		table.Add(one)
		tables[name] = table
	}
	return tables
}

func written(t *testing.T, values ...any) {
	t.Helper()
	for _, v := range values {
		if _, err := json.Marshal(v); err != nil {
			t.Fatal(err)
		}
	}
}

// holds says that a finding's counts add up to the table's people. One that
// could not be counted exactly has no numbers but those of the flow.
func holds(t *testing.T, f evidence.Finding, table scheme.Transitions) {
	t.Helper()
	written(t, f)
	n, paired, lost := f.Counts, 0, 0
	for _, people := range table.Paired {
		paired += people
	}
	for _, people := range table.Lost {
		lost += people
	}
	if n.Paired != paired || n.Lost != lost || n.Baseline != paired+lost || n.Persons < n.Baseline+n.FollowupOnly {
		t.Fatalf("%d paired and %d lost in the table, counts %+v", paired, lost, n)
	}
	if f.BaselineAll.N == 0 && paired+lost > 0 {
		if f.Change.Mean != nil || f.BaselineAll.Mean != nil || f.Reasons["change.mean"] == "" {
			t.Fatalf("could not be counted, and yet mean %v and reasons %v", f.Change.Mean, f.Reasons)
		}
		return
	}
	before, after := 0, 0
	for _, b := range f.Before {
		before += b.People
	}
	for _, b := range f.After {
		after += b.People
	}
	c, w, r := f.Change, f.Wilcoxon, f.RCIFixedSD
	sums := []int{
		before, after, f.BaselinePaired.N, f.FollowupPaired.N, f.BaselineAll.N - lost, f.Attrition.Completers.N,
		c.ImprovedAny + c.Unchanged + c.WorseAny, w.Pairs, w.Zero + w.NonZero, f.Bounds.N - lost,
	}
	if r.Known() {
		sums = append(sums, r.Improved.X+r.NoChange.X+r.Deteriorated.X)
	}
	for i, sum := range sums {
		if sum != paired {
			t.Fatalf("sum %d is %d, want the %d people measured twice", i, sum, paired)
		}
	}
}
