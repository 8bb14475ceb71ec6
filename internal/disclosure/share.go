package disclosure

import (
	"fmt"

	"cairn/internal/stat"
)

// A Share is people of people, from their counts as shown. Percent is there
// where both those who count and those who do not are enough; else Under or
// Over bounds it, and with fewer people than the threshold there is neither.
// All are whole per cents.
type Share struct {
	People  Count `json:"people"`
	Of      Count `json:"of"`
	Percent *int  `json:"percent"`
	Under   *int  `json:"under"` // the share is smaller than this
	Over    *int  `json:"over"`  // the share is larger than this
	Lo      *int  `json:"lo"`    // Wilson's 95% interval of the rounded counts
	Hi      *int  `json:"hi"`
}

// share shows x people of n.
func (p Policy) share(x, n int) Share {
	s := Share{People: p.count(x), Of: p.count(n)}
	switch {
	case !s.Of.Known():
	case x < p.Threshold:
		s.Under = new(p.under(s.Of))
	case n-x < p.Threshold:
		s.Over = new(p.over(s.Of))
	default:
		s.Percent = percent(*s.People.N, *s.Of.N)
		w := stat.Wilson(int64(*s.People.N), int64(*s.Of.N))
		s.Lo, s.Hi = wholePercent(w.CI.Low), wholePercent(w.CI.High)
	}
	return s
}

// under is the bound that fewer than the threshold are below: true of every
// count that the shown one can stand for.
func (p Policy) under(of Count) int {
	t := p.Threshold
	return max((100*t+*of.N-1) / *of.N, 100*(t-1)/max(of.least(), t)+1)
}

// over is the bound that everybody but fewer than the threshold are above; those
// who count are no fewer than the threshold either.
func (p Policy) over(of Count) int {
	t, least := p.Threshold, max(of.least(), p.Threshold)
	return max(min(100*(*of.N-t) / *of.N, (100*(least-t+1)-1)/least), (100*t-1)/of.most())
}

func percent(x, n int) *int { return new((200*x + n) / (2 * n)) }

func wholePercent(v stat.Number) *int {
	share, err := v.Value()
	if err != nil {
		return nil
	}
	return new(int(share*100 + 0.5))
}

// Text is the share in words: "about 45 of about 80 (56%)", "fewer than 10 of
// about 80 (under 13%)".
func (s Share) Text() string {
	text := s.People.Text() + " of " + s.Of.Text()
	if part := s.PercentText(); part != "" {
		text += " (" + part + ")"
	}
	return text
}

// PercentText is the per cent or its bound; empty where there is neither.
func (s Share) PercentText() string {
	switch {
	case s.Percent != nil:
		return fmt.Sprintf("%d%%", *s.Percent)
	case s.Under != nil:
		return fmt.Sprintf("under %d%%", *s.Under)
	case s.Over != nil:
		return fmt.Sprintf("over %d%%", *s.Over)
	}
	return ""
}

// alone is the share without the whole that was named before it.
func (s Share) alone() string {
	if part := s.PercentText(); part != "" {
		return s.People.Text() + " (" + part + ")"
	}
	return s.People.Text()
}
