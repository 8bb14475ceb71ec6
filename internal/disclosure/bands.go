package disclosure

import (
	"cairn/internal/evidence"
	"cairn/internal/measure"
)

// wide is as many equal parts as a scale without published bands has at most.
const wide = 5

// A stretch is the parts that a scale is cut into, both ends of each included.
type stretch []struct {
	name     string
	from, to measure.Level
}

// stretched cuts a scale into its first published bands, since two sets over the
// same people would cut each other; else into equal parts. Fewer than two parts
// are none.
func stretched(sc measure.Score) stretch {
	edges := parts(sc)
	if len(sc.Bands) > 0 {
		edges = sc.Bands[0].From
	}
	if len(edges) < 2 {
		return nil
	}
	all := make(stretch, len(edges))
	for i, edge := range edges {
		part := &all[i]
		part.name, part.from, part.to = edge.Name, edge.Level, sc.Max
		if i+1 < len(edges) {
			part.to = edges[i+1].Level - 1
		}
	}
	return all
}

// distribution counts people in the parts of the scale.
func (s showing) distribution() {
	sc := s.from.Score
	d := Distribution{About: "equal parts of the scale", Bands: []Band{}}
	if len(sc.Bands) > 0 {
		d.About, d.Source = sc.Bands[0].About, sc.Bands[0].Source
	}
	for _, part := range stretched(sc) {
		band := Band{Name: part.name, From: sc.Text(part.from), To: sc.Text(part.to)}
		if band.Name == "" {
			band.Name = band.From + " to " + band.To
		}
		band.Before = s.count(between(s.from.Before, part.from, part.to))
		band.After = s.count(between(s.from.After, part.from, part.to))
		d.Bands = append(d.Bands, band)
	}
	if len(d.Bands) == 0 {
		s.hide("distribution.bands", "the scale has no parts that were fixed beforehand")
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
