package evidence_test

import (
	"math"
	"strings"
	"testing"

	"cairn/internal/evidence"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

func say(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// What schemes say together, word for word. Every number is another one, so that
// none can stand in another's place.
func TestPoolSentence(t *testing.T) {
	p := func(v float64) *float64 { return &v }
	points := evidence.PointsOf(anxiety())
	pool := evidence.Pool{K: 1234, I2: p(61.4), Q: p(77), REML: &evidence.RandomEffects{
		Estimate: p(-1.25), HKScaleQ: p(0.9), Wald: evidence.MeanTest{CILo: p(-8), CIHi: p(8)},
		HK: evidence.MeanTest{CILo: p(-9), CIHi: p(9)}, HKAdhoc: evidence.MeanTest{CILo: p(-2.04), CIHi: p(0.56)},
		Prediction: evidence.Prediction{TK2: evidence.Range{p(-3.3), p(1.9)}, HKTK2: evidence.Range{p(-4.4), p(2.2)}},
	}}
	const mean = "Mean change of 1,234 schemes together: −1.2 points, 95% interval −2.0 to +0.6 (lower is better)."
	say(t, "a pool", pool.Sentence("Mean change", "schemes", points), mean+
		" The true mean of another one like these would lie between −3.3 and +1.9 (95% prediction); what is measured of it strays further. Of the spread between them 61% is more than chance would make (I²).")
	pool.REML.HKScaleQ = p(1.1)
	say(t, "wider by Hartung and Knapp", pool.Sentence("Mean change", "schemes", points), mean+
		" The true mean of another one like these would lie between −4.4 and +2.2 (95% prediction); what is measured of it strays further. Of the spread between them 61% is more than chance would make (I²).")
	pool.I2, pool.REML.Tau2 = p(0), p(0)
	say(t, "no spread beyond chance", pool.Sentence("Mean change", "schemes", points), mean+
		" The true mean of another one like these would lie between −4.4 and +2.2 (95% prediction); what is measured of it strays further. It holds the doubt about the mean once more and nothing else, since no spread beyond chance was found. No more spread between them was found than chance would make.")
	pool.I2 = p(38.2)
	say(t, "spread by Q and none by REML", pool.Sentence("Mean change", "schemes", points), mean+
		" The true mean of another one like these would lie between −4.4 and +2.2 (95% prediction); what is measured of it strays further. It holds the doubt about the mean once more and nothing else, since REML found no spread beyond chance. Of the spread between them 38% is more than chance would make by Cochran's Q (I²), and none by REML, which the mean, its interval and the prediction go by: the two are estimates, and do not agree here.")
	pool.I2, pool.REML.Tau2 = p(0.4), p(1.69)
	say(t, "spread by REML and none by Q", pool.Sentence("Mean change", "schemes", points), mean+
		" The true mean of another one like these would lie between −4.4 and +2.2 (95% prediction); what is measured of it strays further. By Cochran's Q the spread between them is no more than chance would make (I²), and by REML, which the mean, its interval and the prediction go by, it is more: the two are estimates, and do not agree here.")
	pool.REML.Tau2 = p(0)
	pool.I2, pool.REML.HKScaleQ, pool.REML.Prediction.TK2 = p(0.4), nil, evidence.Range{}
	say(t, "no prediction", pool.Sentence("Mean change", "schemes", points), mean+" No more spread between them was found than chance would make.")
	pool.K = 2
	say(t, "two schemes", pool.Sentence("Mean change", "schemes", points), strings.Replace(mean, "1,234", "2", 1)+
		" No more spread between them was found than chance would make; with 2 schemes it could hardly be found.")
	pool.K = 1234
	pool.I2, pool.REML.HKAdhoc.CIHi = nil, nil
	say(t, "without spread or interval", pool.Sentence("Mean", "studies", evidence.Plain()),
		"Mean of 1,234 studies together: −1.25, 95% interval not estimable. How far they differ is not estimable.")
	pool.REML = nil
	say(t, "nothing to pool", pool.Sentence("Mean", "studies", evidence.Plain()),
		"Mean: nothing is pooled, since fewer than 2 studies have an estimate.")
}

func TestFunnelSentence(t *testing.T) {
	three := []string{"Choir", "Garden", "Walks"}
	for want, f := range map[string]evidence.Funnel{
		"None of the 3 lies further from the common mean than chance alone would put it (99.8% limits).": {Scheme: three},
		"Further from the common mean than chance alone would put them (99.8% limits): Choir, Walks. None of them once allowance is made for how much all of them differ.": {
			Scheme: three, Outside: []string{"Choir", "Walks"}},
		"Further from the common mean than chance alone would put them (99.8% limits): Choir, Walks. Still so once allowance is made for how much all of them differ: Walks.": {
			Scheme: three, Outside: []string{"Choir", "Walks"}, OutsideAdditive: []string{"Walks"}},
	} {
		say(t, "a funnel", f.Sentence(), want)
	}
}

func TestCompletionSentence(t *testing.T) {
	p := func(v float64) *float64 { return &v }
	c := evidence.CompletionByGroup{ChiSquare: p(3.456), P: p(0.178), FisherP: p(0.205), MinExpected: p(4.96)}
	const first = "Shares measured again by scheme: χ² = 3.46, p 0.178"
	say(t, "three groups", c.Sentence("scheme"), first+" (Fisher's exact p 0.205). The smallest expected count is 5.0; below 5 the χ² is rough.")
	c.FisherP, c.MinExpected = nil, p(5)
	say(t, "five expected are enough", c.Sentence("scheme"), first+".")
	c.MinExpected = nil
	say(t, "nothing expected", c.Sentence("scheme"), first+".")
}

func TestComparisonSentence(t *testing.T) {
	p := func(v float64) *float64 { return &v }
	x := evidence.Contrast{Diff: p(1.26), SE: p(9), P: p(0.013), CILo: p(-0.44), CIHi: p(2.96), SEHC3: p(0.8), PHC3: p(0.021)}
	c := evidence.Comparison{Reference: "Choir", ANCOVA: evidence.ANCOVA{Contrasts: map[string]evidence.Contrast{"Garden": x}}}
	say(t, "a contrast", c.Sentence("Garden", satisfaction()),
		"Garden against Choir, at the same baseline: +1.3 points, 95% interval −0.4 to +3.0 (higher is better; p 0.013, and 0.021 with standard errors that allow for unequal spreads).")
	x.SEHC3 = nil
	c.ANCOVA.Contrasts["Garden"] = x
	say(t, "one person decides", c.Sentence("Garden", satisfaction()), "Garden against Choir, at the same baseline: +1.3 points, 95% interval −0.4 to +3.0 (higher is better; p 0.013; with standard errors that allow for unequal spreads not estimable).")
	c.Reasons = map[string]string{"ancova.contrasts.Garden.se_hc3": "not estimable: one person decides their own fitted score"}
	say(t, "and why", c.Sentence("Garden", satisfaction()), "Garden against Choir, at the same baseline: +1.3 points, 95% interval −0.4 to +3.0 (higher is better; p 0.013; with standard errors that allow for unequal spreads not estimable: one person decides their own fitted score).")
	x.P = nil
	c.ANCOVA.Contrasts["Garden"] = x
	say(t, "no test", c.Sentence("Garden", satisfaction()), "Garden against Choir, at the same baseline: +1.3 points, 95% interval −0.4 to +3.0 (higher is better).")
	say(t, "no difference", c.Sentence("Walks", satisfaction()), "Walks against Choir: the adjusted difference is not estimable.")
}

func TestUnits(t *testing.T) {
	for _, c := range []struct {
		se   float64
		want int
	}{{0, 2}, {3, 2}, {0.3, 2}, {0.03, 3}, {0.001, 4}, {1e-9, 9}, {1e-12, 9}} {
		if got := evidence.PlainOf([]evidence.Estimate{{Variance: 4}, {Variance: c.se * c.se}}).Decimals; got != c.want {
			t.Errorf("with a standard error of %v: %d decimals, want %d", c.se, got, c.want)
		}
	}
	zero, small, nought := 0.3, 0.004, 0.0
	say(t, "above zero", evidence.Plain().Signed(&zero), "+0.30")
	say(t, "no plus before a zero", evidence.Plain().Signed(&small), "0.00")
	say(t, "zero", evidence.Plain().Signed(&nought), "0.00")
	say(t, "none", evidence.Plain().Signed(nil), "not estimable")
	if lo, hi := evidence.NormalInterval(3, 4); math.Abs(lo+0.919927969080108) > 1e-12 || math.Abs(hi-6.919927969080108) > 1e-12 {
		t.Errorf("the interval of 3 with a variance of 4 is %v to %v", lo, hi)
	}
}

// What a comparison is of, by its own numbers and not by made-up ones.
func TestCautions_WhereTheyBegan(t *testing.T) {
	from := func(score measure.Score, before, after measure.Level) string {
		f := evidence.Of(score, steps(map[scheme.Step]int{{From: before, To: after}: 20, {From: before + 2, To: after + 1}: 20}))
		all := f.Cautions()
		return all[len(all)-1]
	}
	score := withReliability()
	score.Norm = &measure.Norm{Mean: new(23.5), SD: new(4.0)}
	// The mean before is 22. Of the 1.5 to the population's 15% come back by
	// themselves; of people below 22 it is 4·0.15·φ(0.375)/(1 − Φ(0.375)) = 0.63.
	const here = "A change of about +0.2 points could be expected of people who began here without any help, if their usual level is 23.5 points (regression to the mean)."
	say(t, "below the population", from(score, 21, 24), here)
	last := func(points float64, side measure.Side) string {
		score.Cutoff = &measure.Cutoff{Points: points, Side: side}
		return from(score, 21, 24)
	}
	const by = "People were taken in with scores "
	const rest = " points could be expected of them without any help, if they were taken in from people with a mean of 23.5 and a standard deviation of 4 points (regression to the mean)."
	score.Cutoff = &measure.Cutoff{Points: 22, Side: measure.Below}
	f := evidence.Of(score, steps(map[scheme.Step]int{{From: 21, To: 24}: 20, {From: 23, To: 25}: 20}))
	const held = "About +0.6 points could be expected of people taken in by a cut-off for entry without any help, if they were taken in from"
	if got := f.Sentence(evidence.Context{}); !strings.Contains(got, held) || strings.Contains(got, "who began here") {
		t.Errorf("by a cut-off: %q", got)
	}
	if got := f.ExpectedWords(); !strings.Contains(got, "would give people who begin here +0.2 points") || !strings.HasSuffix(got, " By the cut-off for entry it would be about +0.6 points, and the change is held against that.") {
		t.Errorf("by where they began and by a cut-off: %q", got)
	}
	say(t, "below a cut-off, at it", last(22, measure.Below), by+"below 22.0: a change of about +0.6"+rest)
	say(t, "above a cut-off, at it", last(22, measure.Above), by+"above 22.0: a change of about −0.3"+rest)
	say(t, "not below the cut-off", last(21.9, measure.Below), here)
	say(t, "not above the cut-off", last(22.1, measure.Above), here)
	score.Cutoff = nil
	say(t, "above the population", from(score, 25, 24), "There is no comparison group: people may have changed without the scheme.")
}

// Six of forty, 15%, began at an end: that is many.
func TestCautions_AtAnEnd(t *testing.T) {
	for people, want := range map[int]string{
		6: "6 of 40 (15%) began at the worst end of the scale, where a score cannot get worse.",
		5: "No threshold of reliable change is agreed for this score: some of the movement is the measure's own error.",
	} {
		f := evidence.Of(satisfaction(), steps(map[scheme.Step]int{{From: 0, To: 2}: people, {From: 4, To: 5}: 40 - people}))
		all := f.Cautions()
		say(t, "at the worst end", all[len(all)-1], want)
	}
}

// One person's change is not explained by a population, and a cut-off explains
// nothing where no reliability is known.
func TestCautions_NothingToExplain(t *testing.T) {
	score := withReliability()
	score.Norm = &measure.Norm{Mean: new(23.5), SD: new(4.0)}
	const measured = "There is no comparison group: people may have changed without the scheme."
	one := evidence.Of(score, steps(map[scheme.Step]int{{From: 12, To: 14}: 1})).Cautions()
	say(t, "one person", one[len(one)-1], measured)
	score.Reliability, score.Cutoff = nil, &measure.Cutoff{Points: 22, Side: measure.Below}
	unknown := evidence.Of(score, steps(map[scheme.Step]int{{From: 12, To: 14}: 20, {From: 13, To: 14}: 20})).Cautions()
	say(t, "no reliability", unknown[len(unknown)-1], "No threshold of reliable change is agreed for this score: some of the movement is the measure's own error.")
}

// One is told apart from many.
func TestCautions_OnePerson(t *testing.T) {
	table := with(steps(map[scheme.Step]int{{From: 4, To: 6}: 40}),
		scheme.Tally{State: scheme.FollowupOnly, To: 5, People: 1}, scheme.Tally{State: scheme.BaselineOnly, Open: true, People: 1},
		scheme.Tally{State: scheme.BaselineOnly, Exit: scheme.ExitMoved, People: 1})
	all := evidence.Of(satisfaction(), table).Cautions()
	say(t, "moved away", all[len(all)-2], "0 died and 1 moved away before the later score: counted apart, and not as lost.")
	say(t, "a later score only", all[len(all)-3], "1 person has a later score and no baseline: counted, and in no comparison.")
	say(t, "still inside", all[len(all)-1], "1 person is still inside the time for the later score, and not counted yet.")
}
