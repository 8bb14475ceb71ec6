// Package charts draws findings with go-echarts.
//
// A chart here is a pure function from a finding to a Figure. It draws nothing
// that it was not given, decides nothing about numbers or about which way is
// better, and never writes HTML: pages put the option into an application/json
// element that our own script draws, next to a table that says the same to
// whoever cannot see the picture.
//
// It promises that an axis runs over the measure's whole range, or says where it
// is cut (changes, and schemes beside each other), that a figure can be read without colour,
// that schemes are never ranked by their results, and that no text of a user can
// end the element that an option stands in.
package charts

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// A Figure is one chart, ready for a page.
type Figure struct {
	ID       string      // of the element; fixed, so that pages render the same twice (see Within)
	Question string      // what the figure answers; its caption
	Answer   string      // in one sentence; also the text alternative of the picture
	Option   template.JS // ECharts option, safe in <script type="application/json">; empty where there is nothing to draw
	Size     string      // "low" where the picture is one line, "high" where it needs room, else empty
	Lines    int         // how many lines a picture of many has, which says how high it is; else 0
	Notes    []string    // how to read the picture
	Head     []string    // the same numbers as a table
	Rows     [][]string
	Led      bool   // the page leads with the answer, and shows it once
	Missing  string // who is not in the figure
	Saved    *Saved // how it can be taken away; nil where it cannot
}

// Within is the figure as one of several like it on a page: its ID is unique
// where the section's is.
func (f Figure) Within(section string) Figure {
	f.ID = section + "-" + f.ID
	return f
}

// Two colours that differ in lightness as much as in hue; series also differ
// by pattern.
const (
	blue   = "#005eb8"
	orange = "#ed8b00"
	grey   = "#4c6272"
	pale   = "#e8edee"
	ink    = "#212b32"
)

// frame is what every chart has: no animation, patterns beside colours, and a
// name for assistive technology that our script takes from the answer.
func frame() []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{Theme: "cairn"}), // our script's; without it comes a palette of its own
		charts.WithAnimation(false),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Decal: &opts.AriaDecal{Show: opts.Bool(true)}}),
	}
}

// option encodes an ECharts option for a script element. It is json.Marshal and
// not go-echarts' own rendering because Marshal escapes <, > and &, so that a
// score called "</script>" is only a badly named score.
func option(c chart) (template.JS, error) {
	raw, err := json.Marshal(c.JSON())
	if err != nil {
		return "", fmt.Errorf("encode chart: %w", err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		return "", fmt.Errorf("encode chart: %w", err)
	}
	if raw, err = json.Marshal(drawable(tree)); err != nil {
		return "", fmt.Errorf("encode chart: %w", err)
	}
	return template.JS(raw), nil //nolint:gosec // Marshal has escaped what could end a script; TestNoTextEndsTheScript holds it
}

// drawable rounds numbers to eight digits, more than any screen has: the last
// places of a float say nothing and would be most of a page's weight.
func drawable(tree any) any {
	switch v := tree.(type) {
	case map[string]any:
		for key := range v {
			v[key] = drawable(v[key])
		}
	case []any:
		for i := range v {
			v[i] = drawable(v[i])
		}
	case float64:
		if short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 8, 64), 64); err == nil {
			return short
		}
	}
	return tree
}

// unit names an axis of score points, with the direction as the measure says it.
func unit(s measure.Score) string { return "score points (" + s.Better() + ")" }

// missing says who had a baseline and is in no paired figure.
func missing(f evidence.Finding) string {
	switch f.Counts.Lost {
	case 0:
		return ""
	case 1:
		return "1 person with a baseline was not measured again and is not in this figure."
	}
	return evidence.People(f.Counts.Lost) + " people with a baseline were not measured again and are not in this figure."
}

// measuredTwice is how many people a paired figure is about, in words.
func measuredTwice(f evidence.Finding) string {
	if f.Counts.Paired == 1 {
		return "1 person measured twice"
	}
	return evidence.People(f.Counts.Paired) + " people measured twice"
}
