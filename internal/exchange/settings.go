package exchange

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Settings say what the scores in a file are: the measures, the time points,
// and what is to be compared.
type Settings struct {
	Name       string
	Source     string   // where the data come from, in words
	Timepoints []string // in order; the first is the baseline
	Days       []int    // days after the first time point, one for each
	Measures   []MeasureSettings
	Compare    []Comparison
	ExportedOn scheme.Day // of a package, whose windows were open or closed on that day
}

// MeasureSettings describe one measure. What is nil was not given and is never
// guessed.
type MeasureSettings struct {
	Name           string
	HigherIsBetter bool
	Reliability    *float64 // 0 to 1
	SDRef          *float64 // score points, of a reference group
	Min            *float64 // score points
	Max            *float64 // score points
	PopMean        *float64 // score points, of a population
	PopSD          *float64 // score points
	Cutoff         *float64 // score points, that people entered by
	CutoffSide     string   // above or below
	// Score is what a package of Cairn's says is published of it; nil: nothing does.
	Score *measure.Facts
}

// A Comparison names a column of groups and the group others are compared to.
type Comparison struct {
	By  string
	Ref string
}

// mostNamed keeps measures and time points countable in the narrow rows of Data.
const mostNamed = 1000

// mostSpans is of measures at later time points: each is a finding of its own,
// and all are kept until the last is there.
const mostSpans = 2000

// ReadSettings reads case.json. It faults with settings.invalid, all at once
// and each at its path, for keys that nobody reads, keys that are missing, and
// values that contradict each other.
func ReadSettings(r io.Reader) (Settings, error) {
	top, err := openJSON(r)
	if err != nil {
		return Settings{}, err
	}
	f := top.fields("name", "source", "timepoints", "days", "measures", "compare", "exported_on")
	s := Settings{Name: f["name"].text(), Source: f["source"].text()}
	if n := f["exported_on"]; n.text() != "" {
		var err error
		if s.ExportedOn, err = scheme.ParseDay(n.text()); err != nil {
			n.bad("Write the day of the export as year-month-day, such as 2026-03-31.")
		}
	}
	for _, n := range f["timepoints"].list() {
		s.Timepoints = append(s.Timepoints, n.text())
	}
	for _, n := range f["days"].list() {
		s.Days = append(s.Days, n.whole())
	}
	for _, n := range f["measures"].list() {
		s.Measures = append(s.Measures, readMeasure(n))
	}
	for _, n := range f["compare"].list() {
		c := n.fields("by", "ref")
		s.Compare = append(s.Compare, Comparison{By: c["by"].text(), Ref: c["ref"].text()})
	}
	s.check(top)
	return s, top.wrong.Err()
}

func readMeasure(n node) MeasureSettings {
	f := n.fields("name", "higher_is_better", "rel", "sd_ref", "min", "max", "pop_mean", "pop_sd", "cutoff", "cutoff_side", "score")
	return MeasureSettings{
		Name:           f["name"].text(),
		HigherIsBetter: f["higher_is_better"].yes(),
		Reliability:    f["rel"].number(), SDRef: f["sd_ref"].number(),
		Min: f["min"].number(), Max: f["max"].number(),
		PopMean: f["pop_mean"].number(), PopSD: f["pop_sd"].number(),
		Cutoff: f["cutoff"].number(), CutoffSide: f["cutoff_side"].text(), Score: f["score"].facts(),
	}
}

func (s Settings) check(top node) {
	if n := len(s.Timepoints); n < 2 || n > mostNamed {
		top.at("timepoints").bad("Name at least two time points, the first being the baseline, and at most %d.", mostNamed)
	}
	if len(s.Days) != len(s.Timepoints) {
		top.at("days").bad("Give one day for each time point: there are %d days and %d time points.", len(s.Days), len(s.Timepoints))
	}
	for i, name := range s.Timepoints {
		if name == "" || slices.Index(s.Timepoints, name) < i {
			top.at("timepoints").item(i).bad("A time point needs a name of its own.")
		}
	}
	for i := 1; i < len(s.Days); i++ {
		if s.Days[i] <= s.Days[i-1] {
			top.at("days").item(i).bad("The days must rise: %d does not follow %d.", s.Days[i], s.Days[i-1])
		}
	}
	if n := len(s.Measures); n == 0 || n > mostNamed {
		top.at("measures").bad("Name at least one measure, and at most %d.", mostNamed)
	}
	if n, later := len(s.Measures), len(s.Timepoints)-1; n*later > mostSpans {
		top.at("measures").bad("%d measures at %d later time points are %d comparisons; at most %d are made. Take measures or time points out, or split the file.", n, later, n*later, mostSpans)
	}
	seen := map[measure.Key]bool{}
	for i, m := range s.Measures {
		n := top.at("measures").item(i)
		if key := m.Key(); key == "" || seen[key] {
			n.at("name").bad("A measure needs a name of its own, with a letter or a digit in it.")
		}
		seen[m.Key()] = true
		m.check(n)
	}
	for i, c := range s.Compare {
		if c.By == "" || c.Ref == "" {
			top.at("compare").item(i).bad("A comparison names a column (by) and the group to compare with (ref).")
		}
		if first := slices.IndexFunc(s.Compare, func(other Comparison) bool { return other == c }); first < i {
			top.at("compare").item(i).bad("This is asked for already (compare[%d]). Keep one of them.", first)
		}
	}
}

func (m MeasureSettings) check(n node) {
	if m.Reliability != nil && (*m.Reliability < 0 || *m.Reliability > 1) {
		n.at("rel").bad("A reliability lies between 0 and 1.")
	}
	m.checkSD(n.at("sd_ref"), m.SDRef)
	m.checkSD(n.at("pop_sd"), m.PopSD)
	if m.Min != nil && m.Max != nil && *m.Min >= *m.Max {
		n.at("min").bad("The lowest score (min) must be below the highest (max).")
	}
	m.checkEnd(n.at("min"), m.Min)
	m.checkEnd(n.at("max"), m.Max)
	if m.Score != nil && (m.Score.Name == "" || m.Score.Decimals < 0 || m.Score.Decimals > measure.MaxDecimals) {
		n.at("score").bad("What is known of a score has a name and at most %d decimals. Take it as the package has it, or leave it out.", measure.MaxDecimals)
	}
	if m.CutoffSide != "" && m.CutoffSide != "above" && m.CutoffSide != "below" || (m.Cutoff == nil) != (m.CutoffSide == "") {
		n.at("cutoff_side").bad("A cut-off comes with its side: people entered with scores “above” or “below” it.")
	}
}

func (MeasureSettings) checkSD(n node, sd *float64) {
	if sd != nil && *sd <= 0 {
		n.bad("A standard deviation is above 0. Leave it out when it is not known.")
	}
}

func (MeasureSettings) checkEnd(n node, end *float64) {
	if end == nil {
		return
	}
	if _, err := measure.ParseLevel(plain(*end), measure.MaxDecimals); err != nil {
		n.bad("Write it with at most %d decimals.", measure.MaxDecimals)
	}
}

// Key is the measure's name as a key: "Sleep (hours)" becomes "sleep-hours".
func (m MeasureSettings) Key() measure.Key {
	words := strings.FieldsFunc(strings.ToLower(m.Name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return measure.Key(strings.Join(words, "-"))
}

// decimals is how many the ends of the scale need.
func (m MeasureSettings) decimals() int {
	most := 0
	if m.Score != nil {
		most = m.Score.Decimals
	}
	for _, end := range []*float64{m.Min, m.Max} {
		if end != nil {
			n, _ := measure.DecimalsOf(plain(*end))
			most = max(most, n)
		}
	}
	return most
}

// plain writes a number of a settings file as the decimal that was meant:
// 0.10000000000000001 is 0.1.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Definition turns a measure of the settings into a definition whose scores
// have so many decimals (more, where the ends of the scale need them).
func (s Settings) Definition(key measure.Key, decimals int) (measure.Definition, error) {
	i := slices.IndexFunc(s.Measures, func(m MeasureSettings) bool { return m.Key() == key })
	if i < 0 {
		return measure.Definition{}, fault.New(fault.Invalid, fault.MeasureUnknown, "The settings file has no measure of that name.")
	}
	m := s.Measures[i]
	sc := measure.Score{
		Series: measure.Series(key), Name: m.Name, Kind: measure.KindTotal, Enter: true,
		Direction: measure.LowerIsBetter, Decimals: max(decimals, m.decimals()), Open: m.Min == nil || m.Max == nil,
	}
	if m.HigherIsBetter {
		sc.Direction = measure.HigherIsBetter
	}
	if err := m.setRange(&sc); err != nil {
		return measure.Definition{}, fmt.Errorf("definition of %s: %w", key, err)
	}
	source := s.Source
	if source == "" {
		source = "a settings file that names no source"
	}
	if m.Score != nil {
		sc = sc.With(*m.Score)
	}
	if r := sc.Reliability; (m.Reliability != nil || m.SDRef != nil) && (r == nil || !same(r.Coefficient, m.Reliability) || !same(r.SD, m.SDRef)) {
		sc.Reliability = &measure.Reliability{Coefficient: m.Reliability, SD: m.SDRef, Source: source}
	}
	if m.Cutoff != nil {
		sc.Cutoff = &measure.Cutoff{Points: *m.Cutoff, Side: measure.Side(m.CutoffSide)}
	}
	if n := sc.Norm; (m.PopMean != nil || m.PopSD != nil) && (n == nil || !same(n.Mean, m.PopMean) || !same(n.SD, m.PopSD)) {
		sc.Norm = &measure.Norm{Mean: m.PopMean, SD: m.PopSD, Population: "as the settings file says", Source: source}
	}
	d := measure.Definition{
		Key: key, Version: 1, Name: m.Name, Short: m.Name, Rater: measure.Self, Wording: measure.ScoreOnly,
		About:   "A score defined by an imported settings file; how it is made is not known here.",
		Licence: measure.Licence{Terms: "Defined by an imported settings file.", Source: source},
		Scores:  []measure.Score{sc},
	}
	return d, d.Check()
}

// same reports whether a number that stands twice is the same one; whoever changes
// one of the plain keys means it.
func same(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }

// setRange takes the ends that were given; a scale may lack one or both.
func (m MeasureSettings) setRange(sc *measure.Score) error {
	sc.Min, sc.Max = measure.OpenRange()
	for _, end := range []struct {
		given *float64
		into  *measure.Level
	}{{m.Min, &sc.Min}, {m.Max, &sc.Max}} {
		if end.given == nil {
			continue
		}
		level, err := measure.ParseLevel(plain(*end.given), sc.Decimals)
		if err != nil {
			return err
		}
		*end.into = level
	}
	return nil
}

// Plan makes the plan items of one measure from the days of the time points.
func (s Settings) Plan(key measure.Key) ([]scheme.PlanItem, error) {
	return scheme.FromTimes(key, s.Days)
}

// Occasion is the plan's name for a time point; ok is false for one that the
// settings do not have.
func (s Settings) Occasion(timepoint string) (o scheme.Occasion, ok bool) {
	i := slices.Index(s.Timepoints, timepoint)
	switch {
	case i < 0:
		return "", false
	case i == 0:
		return scheme.Baseline, true
	default:
		return scheme.FixedTime(s.Days[i]), true
	}
}
