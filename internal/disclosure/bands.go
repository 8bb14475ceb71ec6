package disclosure

import (
	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// wide is as many equal parts as a scale without published bands has at most.
const wide = 5

// distribution counts people in bands: the score's first published ones, since
// two sets over the same people would cut each other; else equal parts.
func (s showing) distribution() {
	sc := s.from.Score
	d := Distribution{About: "equal parts of the scale", Bands: []Band{}}
	var edges []measure.Band
	if len(sc.Bands) > 0 {
		d.About, d.Source, edges = sc.Bands[0].About, sc.Bands[0].Source, sc.Bands[0].From
	} else {
		edges = parts(sc)
	}
	if len(edges) < 2 {
		s.hide("distribution.bands", "the scale has no parts that were fixed beforehand")
	} else {
		for i, edge := range edges {
			to := sc.Max
			if i+1 < len(edges) {
				to = edges[i+1].Level - 1
			}
			band := Band{Name: edge.Name, From: sc.Text(edge.Level), To: sc.Text(to)}
			if band.Name == "" {
				band.Name = band.From + " to " + band.To
			}
			band.Before = s.count(between(s.from.Before, edge.Level, to))
			band.After = s.count(between(s.from.After, edge.Level, to))
			d.Bands = append(d.Bands, band)
		}
	}
	s.Figure.Distribution = d
}

// parts divides a scale into equal parts of two levels or more; none where it
// has no ends, or is too short for two parts.
func parts(sc measure.Score) []measure.Band {
	if sc.Open {
		return nil
	}
	levels := sc.Max - sc.Min + 1
	width := max((levels+wide-1)/wide, 2)
	if unit := measure.Level(measure.Pow10(sc.Decimals)); sc.Decimals > 0 && width > unit {
		width = (width + unit - 1) / unit * unit
	}
	var all []measure.Band
	for from := sc.Min; from+1 <= sc.Max; from += width {
		all = append(all, measure.Band{Level: from})
	}
	return all
}

// between is how many people lie from one level to another, both included.
func between(bars []evidence.Bar, from, to measure.Level) int {
	n := 0
	for _, bar := range bars {
		if bar.Level >= from && bar.Level <= to {
			n += bar.People
		}
	}
	return n
}
