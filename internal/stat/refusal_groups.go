package stat

// Reasons that lie in how groups of people compare.
const (
	ErrUnder2InGroup Refusal = "fewer than 2 people in a group"
	ErrAlikeInGroups Refusal = "within each group everyone has the same value"
	ErrAllAlike      Refusal = "everyone has the same score"
	ErrUnder2Groups  Refusal = "fewer than 2 groups"
	ErrOver3Groups   Refusal = "more than 3 groups, too many to list every arrangement"
	ErrFisherTooMany Refusal = "too many people to list every arrangement"
	ErrNobodyLost    Refusal = "nobody was lost"
	ErrNobodyStayed  Refusal = "nobody was measured again"
	ErrUnder2More    Refusal = "fewer people than the number of groups and 2 more"
	ErrPerfectFit    Refusal = "the scores fit without any error"
	ErrSameBeforeIn  Refusal = "within each group everyone had the same score before"
	ErrNoSlopes      Refusal = "fewer than 2 groups whose people began at different scores"
	ErrNoDFLeft      Refusal = "too few people for a slope in each group"
	ErrOwnFit        Refusal = "one person decides their own fitted score"
	ErrPopulationSD  Refusal = "the standard deviation of the population is not above 0"
	ErrSameMiddle    Refusal = "everyone has the same mean of before and after"
	ErrEntry         Refusal = "it is not said whether people enter above or below the cut-off"
)
