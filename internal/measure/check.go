package measure

import (
	"fmt"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// What a form can hold.
const (
	mostResponses = 1001 // of one item: a scale from 0 to 100 in tenths
	mostOwn       = 20   // own problems
	mostItems     = 200
)

// A checking collects what is wrong with a definition, each at its field.
type checking struct {
	Definition
	wrong fault.List
}

func (c *checking) say(field, format string, args ...any) {
	c.wrong.Add(fault.New(fault.Invalid, fault.MeasureInvalid, format, args...).At(field))
}

// Check faults for everything in d that contradicts itself or is missing.
func (d Definition) Check() error {
	c := checking{Definition: d}
	c.checkName()
	c.checkLicence()
	c.checkItems()
	c.checkGroups()
	c.checkOwn()
	if len(c.wrong) > 0 {
		return c.wrong.Err() // scores are checked against sound items
	}
	seen := map[Series]bool{}
	for i, sc := range d.Scores {
		s := scoreCheck{checking: &c, Score: sc, field: fmt.Sprintf("scores[%d]", i)}
		if seen[sc.Series] {
			s.bad("Two scores have the series %s. Scores that may not be compared have series of their own.", sc.Series)
		}
		seen[sc.Series] = true
		s.check()
	}
	c.checkTable()
	c.checkRisk()
	c.checkCodes()
	return c.wrong.Err()
}

func (c *checking) checkName() {
	if c.Key == "" || c.Version < 1 || c.Name == "" || c.Short == "" {
		c.say("key", "A measure needs a key, a version from 1, a name and a short name.")
	}
	if strings.Trim(string(c.Key), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		c.say("key", "A key is of small letters, digits and hyphens.")
	}
	if !slices.Contains(Raters(), c.Rater) {
		c.say("rater", "Say whose judgement it is: self, clinician or proxy.")
	}
	if a := c.MinAge; a != nil && (a.Years < 1 || a.Source == "") {
		c.say("min_age", "A lowest age is above zero and has a source.")
	}
	for _, w := range c.Presentation.Ways {
		if w != Paper && w != Screen && w != ReadAloud && w != Rated {
			c.say("presentation", "A way of asking is paper, screen, read_aloud or rated.")
		}
	}
	if len(c.Scores) == 0 {
		c.say("scores", "A measure needs at least one score.")
	}
}

func (c *checking) checkLicence() {
	if c.Licence.Terms == "" || c.Licence.Source == "" {
		c.say("licence", "A measure needs the terms of its licence and where they were read.")
	}
	words := c.Intro != "" || slices.ContainsFunc(c.Items, func(it Item) bool { return it.Text != "" })
	confirmed := c.Licence.Confirmed
	switch c.Wording {
	case Bundled:
		if len(c.Items) == 0 {
			c.say("wording", "A measure with bundled wording has items.")
		}
		if i := slices.IndexFunc(c.Items, func(it Item) bool { return it.Text == "" && it.Place == 0 }); i >= 0 {
			c.say(fmt.Sprintf("items[%d]", i), "A measure with bundled wording has the words of every item.")
		}
	case OperatorSupplied:
		if words && confirmed == nil {
			c.say("wording", "These words may stand here only under a licence of the service's own: its reference, and who confirmed it on which day.")
		}
	case ScoreOnly:
		if words {
			c.say("wording", "A measure entered only as a score has no wording. Name what each item is about instead.")
		}
	default:
		c.say("wording", "The wording is bundled, operator_supplied or score_only.")
	}
	if confirmed != nil && (confirmed.Reference == "" || confirmed.By == "" || !isDay(confirmed.On)) {
		c.say("licence.confirmed", "A licence is confirmed with its reference, by whom, and on which day (2026-11-22).")
	}
}

func (c *checking) checkItems() {
	seen := map[string]bool{}
	for i, it := range c.Items {
		field := fmt.Sprintf("items[%d]", i)
		if it.Key == "" || it.Min >= it.Max {
			c.say(field, "An item needs a key and a lowest response below its highest.")
			continue
		}
		if seen[it.Key] {
			c.say(field, "Two items have the key %s.", it.Key)
		}
		seen[it.Key] = true
		if it.Responses() > mostResponses {
			c.say(field, "An item has at most %d responses.", mostResponses)
			continue
		}
		if it.Decimals < 0 || it.Decimals > MaxDecimals || it.Step < 0 || (it.Max-it.Min)%it.step() != 0 {
			c.say(field, "An item has 0 to %d decimals, and its step leads from the lowest response to the highest.", MaxDecimals)
		}
		c.checkOptions(field, it.Options, it)
	}
	for _, it := range c.Items {
		if len(it.Options) == 0 && it.Place == 0 && len(c.Options) > 0 {
			c.checkOptions("options", c.Options, it)
		}
	}
	if len(c.Items) > mostItems {
		c.say("items", "A measure has at most %d items.", mostItems)
	}
	if n := len(c.Items); c.MissingItems < 0 || n > 0 && c.MissingItems >= n {
		c.say("missing_items", "Fewer items may be left out than there are.")
	}
}

func (c *checking) checkOptions(field string, options []Option, it Item) {
	if len(options) > 0 && len(options) != it.Responses() {
		c.say(field, "The item %s has %d responses and %d options.", it.Key, it.Responses(), len(options))
	}
	for i, o := range options {
		if !it.Takes(o.Value) || slices.IndexFunc(options, func(other Option) bool { return other.Value == o.Value }) < i {
			c.say(field, "The item %s cannot be answered with %d, or two options say it.", it.Key, o.Value)
		}
	}
}

func (c *checking) checkOwn() {
	o := c.Own
	if o == nil {
		return
	}
	if o.Name == "" || strings.Trim(o.Name, "abcdefghijklmnopqrstuvwxyz") != "" || o.Most < 1 || o.Most > mostOwn || len(o.Ratings) == 0 {
		c.say("own", "Own problems have a name of small letters, 1 to %d places and at least one rating.", mostOwn)
	}
	for _, r := range o.Ratings {
		if r.Key == "" || r.Name == "" || r.Min >= r.Max {
			c.say("own", "A rating needs a key, a name and a lowest number below its highest.")
		}
	}
}

func (c *checking) checkTable() {
	for i, row := range c.Table {
		if i > 0 && row.Raw <= c.Table[i-1].Raw {
			c.say("table", "The raw scores of the table must rise.")
			return
		}
	}
	if len(c.Table) > 0 && !slices.ContainsFunc(c.Scores, func(s Score) bool { return s.Kind == KindMetric && s.Times == 0 }) {
		c.say("table", "No score is converted by the table.")
	}
}

func (c *checking) checkRisk() {
	if c.Risk == nil {
		return
	}
	it, ok := c.Item(c.Risk.Item)
	if !ok || c.Risk.From <= it.Min || !it.Takes(c.Risk.From) || c.Risk.Asks == "" {
		c.say("risk", "A risk item is an item of the measure, with the lowest response to act upon, above its lowest, and what it asks about.")
	}
}

func (c *checking) checkCodes() {
	for i, code := range c.Codes {
		field := fmt.Sprintf("codes[%d]", i)
		if code.System != SNOMED && code.System != LOINC {
			c.say(field, "The system of a code is snomed or loinc.")
		} else if !code.sound() {
			c.say(field, "%s.", code.corrupted())
		}
		if _, ok := c.Score(code.Series); code.Series != "" && !ok || code.Means == "" || code.Source == "" {
			c.say(field, "A code says what it means, where it was read, and a score of this measure if it is of one.")
		}
	}
}
