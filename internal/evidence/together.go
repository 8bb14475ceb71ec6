package evidence

// Together is what several schemes say together. A part is nil where it cannot
// be had, and Reasons says why, by its JSON name.
type Together struct {
	PooledMeanChange       *Pooled            `json:"pooled_mean_change"` // score points
	PooledSMCR             *Pooled            `json:"pooled_smcr"`        // standard deviations of the baseline
	FunnelMeanChange       *Funnel            `json:"funnel_mean_change"` // score points
	FunnelCompletion       *ShareFunnel       `json:"funnel_completion"`
	FunnelReliablyImproved *ShareFunnel       `json:"funnel_reliably_improved"`
	CompletionByScheme     *CompletionByGroup `json:"completion_by_scheme"`
	Reasons                map[string]string  `json:"reasons,omitempty"`
}
