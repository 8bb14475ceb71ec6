package evidence

// CompletionByGroup asks whether the share measured again differs between
// groups (C12); people.
type CompletionByGroup struct {
	Groups      []string `json:"groups"`
	Completed   []int    `json:"completed"`
	Lost        []int    `json:"lost"`
	ChiSquare   *float64 `json:"chisq_nocc"`
	DF          *int     `json:"df"`
	P           *float64 `json:"p"`
	FisherP     *float64 `json:"fisher_p"` // up to three groups
	MinExpected *float64 `json:"min_expected"`
}
