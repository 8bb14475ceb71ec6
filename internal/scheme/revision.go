package scheme

import (
	"maps"
	"slices"
	"strings"
	"time"

	"cairn/internal/measure"
)

// An Act is what made a version of an assessment.
type Act string

const (
	Recorded  Act = "recorded"
	Corrected Act = "corrected" // something else was answered
	Moved     Act = "moved"     // it was another referral's
	Withdrawn Act = "withdrawn" // it should not have been recorded
)

// A Revision is one version of an assessment: what it said, and why it came
// about. Versions are only ever added.
type Revision struct {
	Assessment
	Act    Act
	From   ReferralID // of a move: where it was before
	Reason string     // empty for the first
	By     AccountID
	At     time.Time // UTC
}

// Changes names what differs between two versions of an assessment, in words and
// without the values, so that it can be said to anybody who may see either.
func Changes(from, to Assessment) []string {
	var said []string
	for _, c := range []struct {
		differs bool
		what    string
	}{
		{from.On != to.On, "the day"},
		{from.Occasion != to.Occasion, "the occasion"},
		{!SameScores(from.Scores, to.Scores), "the score"},
		{!maps.Equal(from.Responses, to.Responses), "the answers"},
		{!maps.Equal(from.Words, to.Words), "the person's own words"},
		{from.RiskAnswer != to.RiskAnswer, "the answer to the question that has to be acted upon"},
		{from.Channel != to.Channel, "how it was taken"},
		{from.Helper != to.Helper, "who helped"},
		{from.Language != to.Language, "the language"},
		{from.Referral != to.Referral, "the referral"},
		{!from.Withdrawn && to.Withdrawn, "that it counts"},
	} {
		if c.differs {
			said = append(said, c.what)
		}
	}
	return said
}

// SameScores reports whether two lists hold the same scores, in whatever order.
func SameScores(a, b []measure.Scored) bool {
	bySeries := func(x, y measure.Scored) int { return strings.Compare(string(x.Series), string(y.Series)) }
	a, b = slices.Clone(a), slices.Clone(b)
	slices.SortFunc(a, bySeries)
	slices.SortFunc(b, bySeries)
	return slices.Equal(a, b)
}

// SaysTheSame reports whether two records of one measure, moment and rater are of
// one administration: equal in every score and every answer that both hold, and
// with a score in common.
func (a Assessment) SaysTheSame(b Assessment) bool {
	common := false
	for _, x := range a.Scores {
		for _, y := range b.Scores {
			if x.Series != y.Series {
				continue
			}
			if x.Level != y.Level {
				return false
			}
			common = true
		}
	}
	if a.Responses != nil && b.Responses != nil && !maps.Equal(a.Responses, b.Responses) {
		return false
	}
	return common
}
