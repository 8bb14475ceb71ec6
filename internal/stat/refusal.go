package stat

// A Refusal is the reason why a number cannot be worked out. It holds no data,
// so it can go on a page as it is, after "not estimable: ".
type Refusal string

// Error makes a Refusal an error whose text is its sentence.
func (r Refusal) Error() string { return string(r) }

// Reasons that lie in the people who were measured.
const (
	ErrNobody     Refusal = "nobody to count"
	ErrUnder2     Refusal = "fewer than 2 people"
	ErrUnder3     Refusal = "fewer than 3 people"
	ErrUnder4     Refusal = "fewer than 4 people"
	ErrSameChange Refusal = "everyone changed by the same amount"
	ErrNoChange   Refusal = "nobody's score changed"
	ErrSameBefore Refusal = "everyone had the same score before"
	ErrSameAfter  Refusal = "everyone had the same score after"
	ErrSameBoth   Refusal = "everyone had the same score, before and after"
	ErrOnOneLine  Refusal = "the scores before and after lie on one straight line"
	ErrBeyond30   Refusal = "t is more than 30 away from zero"
	ErrOver200    Refusal = "more than 200 people changed, too many to list every arrangement"
	ErrManyZeros  Refusal = "too many people are unchanged to list every arrangement"
)

// Reasons that lie in what the caller passed in.
const (
	ErrNotWorkedOut  Refusal = "not worked out"
	ErrNotFinite     Refusal = "the result is not a finite number"
	ErrImpossible    Refusal = "a count is below zero or above its total"
	ErrTooMany       Refusal = "more people than can be counted exactly"
	ErrLevelTooLarge Refusal = "a score is too large to be counted exactly"
	ErrDecimals      Refusal = "a score has fewer than 0 or more than 9 decimals"
	ErrUnlikeScores  Refusal = "the scores have different numbers of decimals"
	ErrReliability   Refusal = "the reliability is not between 0 and 1"
	ErrThreshold     Refusal = "the threshold does not tell up from down"
	ErrShare         Refusal = "the share is not between 0 and 1"
)
