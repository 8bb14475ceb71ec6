package disclosure_test

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cairn/internal/disclosure"
	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// anyFinding is of any score and of few or many people, alike or not.
func anyFinding(t *rapid.T) evidence.Finding {
	score := rapid.SampledFrom(scores()).Draw(t, "score")
	wide := int(score.Max - score.Min)
	level := func(label string) measure.Level {
		return score.Min + measure.Level(rapid.IntRange(0, wide).Draw(t, label))
	}
	table := scheme.NewTransitions()
	for range rapid.IntRange(0, 12).Draw(t, "kinds") {
		table.Add(scheme.Tally{
			State: rapid.SampledFrom([]scheme.State{scheme.Paired, scheme.Paired, scheme.BaselineOnly, scheme.FollowupOnly, scheme.Enrolled}).Draw(t, "state"),
			Stage: rapid.SampledFrom([]scheme.Stage{scheme.StageReferred, scheme.StageAccepted, scheme.StageStarted}).Draw(t, "stage"),
			From:  level("from"), To: level("to"), People: rapid.SampledFrom([]int{1, 2, 5, 9, 10, 17, 60}).Draw(t, "people"),
		})
	}
	for range rapid.IntRange(0, 3).Draw(t, "left") {
		table.Add(scheme.Tally{State: scheme.BaselineOnly, Exit: scheme.ExitDied, From: level("from"), People: 1})
	}
	return evidence.Of(score, table)
}

// fataller is a test or a property.
type fataller interface {
	Helper()
	Fatal(...any)
}

// numbers are all numbers of a body, by path.
func numbers(t fataller, f disclosure.Figure) map[string]float64 {
	t.Helper()
	var tree any
	if err := json.Unmarshal([]byte(body(t, f)), &tree); err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	var walk func(string, any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, inner := range v {
				walk(path+"."+key, inner)
			}
		case []any:
			for i, inner := range v {
				walk(fmt.Sprintf("%s.%d", path, i), inner)
			}
		case float64:
			all[strings.TrimPrefix(path, ".")] = v
		}
	}
	walk("", tree)
	return all
}

func multiple(v, of float64) bool { return math.Abs(v/of-math.Round(v/of)) < 1e-6 }

// Every number of a body is of a kind that there is a rule for.
func TestShow_EveryNumberFollowsARule(t *testing.T) {
	counts := regexp.MustCompile(`^(flow|distribution|movement|ends|completion|of_referred|taken)\..*\bn$`)
	shares := regexp.MustCompile(`\.(percent|under|over|lo|hi)$|^bounds\.(better|worse)_(lo|hi)$`)
	published := regexp.MustCompile(`^(policy|scale)\.|^movement\.threshold$|^regression_to_mean\.(pop_mean|rho|range\.(r|mean)_(low|high))$|\.(people|of|before|after|[a-z_]+)\.under$`)
	days := regexp.MustCompile(`^taken\.(to_first_contact|to_baseline|between_scores)\.(lower|median|upper)$`)
	rapid.Check(t, func(t *rapid.T) {
		f := disclosure.Show(disclosure.Policy{}, anyFinding(t))
		if rapid.Bool().Draw(t, "with the way") {
			f = anybody(t, rapid.IntRange(0, 150).Draw(t, "people")).Shown(disclosure.Policy{})
		}
		for path, v := range numbers(t, f) {
			ok := false
			switch {
			case counts.MatchString(path):
				ok = multiple(v, 5) && v >= 10
			case shares.MatchString(path):
				ok = multiple(v, 1) && v >= 0 && v <= 101
			case published.MatchString(path):
				ok = true
			case days.MatchString(path):
				ok = multiple(v, 5) && v >= 0
			case path == "change.se", path == "change.d_z":
				ok = multiple(v, 0.01)
			case path == "change.p":
				ok = multiple(v, 0.001) && v >= 0.001 && v <= 1
			case regexp.MustCompile(`^(before|after|lost|change)\.(mean|median)$`).MatchString(path):
				ok = multiple(v, f.Scale.Unit)
			case regexp.MustCompile(`^(before|after|lost|change|bounds|regression_to_mean)\.`).MatchString(path):
				ok = multiple(v, 0.1)
			}
			if !ok {
				t.Fatalf("%s is %v", path, v)
			}
		}
	})
}

// No number is shown of fewer people than its rule asks for, and a count is never
// further than 2 from the truth.
func TestShow_NothingOfTooFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threshold := rapid.SampledFrom([]int{0, 13, 20, 45}).Draw(t, "threshold")
		from := anyFinding(t)
		f := disclosure.Show(disclosure.Policy{Threshold: threshold}, from)
		threshold = f.Policy.Threshold
		flow := map[string]struct {
			shown disclosure.Count
			truth int
		}{
			"referred": {f.Flow.Referred, from.Flow.Referred}, "due": {f.Flow.Due, from.Flow.Due}, "paired": {f.Flow.Paired, from.Flow.Paired},
			"lost": {f.Flow.Lost, from.Flow.Due - from.Flow.Paired}, "died": {f.Flow.Died, from.Flow.Exits[scheme.ExitDied]},
		}
		for name, c := range flow {
			if c.shown.N != nil && (c.truth < threshold || math.Abs(float64(*c.shown.N-c.truth)) > 2) || c.shown.N == nil && c.truth >= threshold {
				t.Fatalf("%d %s are shown as %s under %d", c.truth, name, c.shown.Text(), threshold)
			}
		}
		for least, shown := range map[int][]*float64{
			max(10, threshold): {f.Before.Mean, f.After.Mean, f.Change.Mean, f.Regression.Expected, f.Bounds.Carried},
			max(20, threshold): {f.Before.SD, f.Change.SD, f.Change.Lo, f.Change.Hi, f.Bounds.TippingPoint},
			max(50, threshold): {f.Change.T, f.Change.P, f.Change.D, f.Change.SE, f.Before.Median, f.After.Median, f.Change.Median},
		} {
			for i, v := range shown {
				if v != nil && from.Flow.Paired < least {
					t.Fatalf("number %d of those for %d people is shown of %d", i, least, from.Flow.Paired)
				}
			}
		}
		if lost := from.Flow.Due - from.Flow.Paired; lost < threshold && f.Bounds != (disclosure.Bounds{}) {
			t.Fatalf("bounds are shown with %d lost", lost)
		}
	})
}

// What is shown under a higher threshold is shown under a lower one, the same.
func TestShow_RaisingTheThresholdOnlyTakesAway(t *testing.T) {
	bounds := regexp.MustCompile(`(^policy\.|\.(under|over)$)`)
	rapid.Check(t, func(t *rapid.T) {
		from := anyFinding(t)
		low := rapid.SampledFrom([]int{10, 15, 23}).Draw(t, "low")
		high := low + rapid.SampledFrom([]int{5, 10, 50}).Draw(t, "more")
		less := numbers(t, disclosure.Show(disclosure.Policy{Threshold: high}, from))
		more := numbers(t, disclosure.Show(disclosure.Policy{Threshold: low}, from))
		for path, v := range less {
			if had, ok := more[path]; !bounds.MatchString(path) && (!ok || had != v) {
				t.Fatalf("%s is %v under %d and %v under %d", path, v, high, had, low)
			}
		}
	})
}

// Every bound in words is true.
func TestShow_BoundsAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		better := rapid.IntRange(0, 60).Draw(t, "better")
		worse := rapid.IntRange(0, 60).Draw(t, "worse")
		f := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), group{people: better, from: 10, to: 20}, group{people: worse, from: 20, to: 10}))
		n := float64(better + worse)
		for x, s := range map[int]disclosure.Share{better: f.Movement.Better, worse: f.Movement.Worse} {
			share := 100 * float64(x) / n
			if s.Under != nil && share >= float64(*s.Under) || s.Over != nil && share <= float64(*s.Over) {
				t.Fatalf("%d of %v are %s", x, n, s.Text())
			}
			if n >= 10 && s.PercentText() == "" {
				t.Fatalf("%d of %v are dropped: %s", x, n, s.Text())
			}
		}
	})
}

// In a large scheme harm to one in twenty is shown as a number.
func TestShow_HarmToTheFewOfManyIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := 20 * rapid.IntRange(10, 200).Draw(t, "twenties")
		f := disclosure.Show(disclosure.Policy{}, finding(wellbeing(), append(spreadOver(n-n/20), group{people: n / 20, from: 30, to: 20})...))
		worse := f.Movement.Worse
		if worse.People.N == nil || worse.Percent == nil || *worse.Percent < 4 {
			t.Fatalf("%d of %d are reliably worse: %s", n/20, n, worse.Text())
		}
		if said := f.Sentence(evidence.Context{}); !strings.Contains(said, "reliably worse") {
			t.Fatalf("the sentence does not say so: %s", said)
		}
	})
}

// spreadOver is so many people who got better or stayed.
func spreadOver(n int) []group {
	return []group{{people: n / 2, from: 10, to: 20}, {people: n - n/2, from: 20, to: 21}}
}

// Worked out from rounded numbers, the interval is near the exact one and hardly
// ever narrower.
func TestShow_TheIntervalIsNearTheExactOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := finding(wellbeing(), spread(rapid.IntRange(23, 300).Draw(t, "people"))...)
		f := disclosure.Show(disclosure.Policy{}, from)
		exact, shown := *from.Change.CIHi-*from.Change.CILo, *f.Change.Hi-*f.Change.Lo
		if math.Abs(*f.Change.Lo-*from.Change.CILo) > 0.15+exact/20 || math.Abs(*f.Change.Hi-*from.Change.CIHi) > 0.15+exact/20 {
			t.Fatalf("%v to %v, exactly %v to %v", *f.Change.Lo, *f.Change.Hi, *from.Change.CILo, *from.Change.CIHi)
		}
		if shown < exact-0.15 {
			t.Fatalf("as wide as %v, exactly %v", shown, exact)
		}
	})
}
