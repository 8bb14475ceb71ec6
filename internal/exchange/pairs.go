package exchange

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A PairWriter writes outcome pairs as CSV, one row each, as they come.
type PairWriter struct {
	csv    *csv.Writer
	scores map[measure.Series]measure.Score
}

// NewPairWriter writes the header. scores says how the levels of each series
// are written.
func NewPairWriter(w io.Writer, scores map[measure.Series]measure.Score) (*PairWriter, error) {
	p := &PairWriter{csv: csv.NewWriter(w), scores: scores}
	header := []string{
		"scheme", "referral", "series", "occasion", "rule", "state",
		"baseline", "later", "change", "days", "period", "closes_on",
	}
	if err := p.csv.Write(header); err != nil {
		return nil, fmt.Errorf("write pairs: %w", err)
	}
	return p, nil
}

// Write writes one pair; name is its scheme's. What a pair does not have is an
// empty cell. change is later minus baseline in score points, days the time
// between them, period the quarter in which the window closes.
func (p *PairWriter) Write(name string, pair scheme.Pair) error {
	sc, ok := p.scores[pair.Series]
	if !ok {
		return fmt.Errorf("write pair of referral %s: series %s is not defined", pair.Referral, pair.Series)
	}
	var before, later, change, days, period string
	if pair.Base != nil {
		before = sc.Text(pair.Base.Level)
	}
	if pair.Later != nil {
		later = sc.Text(pair.Later.Level)
	}
	if pair.State == scheme.Paired {
		change = sc.Text(pair.Later.Level - pair.Base.Level)
		days = strconv.Itoa(pair.Days())
	}
	if !pair.Closes.IsZero() {
		period = pair.Closes.Quarter().String()
	}
	row := []string{
		textCell(name), textCell(string(pair.Referral)), textCell(string(pair.Series)), textCell(string(pair.Occasion)),
		string(RuleOf(pair.Occasion)), string(pair.State),
		before, later, change, days, period, pair.Closes.String(),
	}
	if err := p.csv.Write(row); err != nil {
		return fmt.Errorf("write pairs: %w", err)
	}
	return nil
}

// Flush writes what is still held back.
func (p *PairWriter) Flush() error {
	p.csv.Flush()
	if err := p.csv.Error(); err != nil {
		return fmt.Errorf("write pairs: %w", err)
	}
	return nil
}

// RuleOf is the rule that pairs of an occasion were made by.
func RuleOf(o scheme.Occasion) scheme.Rule {
	if o == scheme.FirstLast {
		return scheme.ByFirstLast
	}
	return scheme.ByPlan
}

// textCell keeps a spreadsheet from taking a text for a formula: one that
// begins like a formula gets an apostrophe in front. Numbers never pass here.
func textCell(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n\x00") {
		return "'" + text
	}
	for _, wide := range []string{"＝", "＋", "－", "＠"} {
		if strings.HasPrefix(text, wide) {
			return "'" + text
		}
	}
	return text
}
