package evidence

// Wilcoxon is the signed-rank test of the changes in the variants that are in
// use (C5); ranks for V, standard errors for z, 0 to 1 for p.
type Wilcoxon struct {
	Pairs         int      `json:"n_pairs"`
	Zero          int      `json:"n_zero"`
	NonZero       int      `json:"n_nonzero"`
	Ties          bool     `json:"ties_in_nonzero"`
	VPlus         *float64 `json:"V_plus"`
	VMinus        *float64 `json:"V_minus"`
	PDefault      *float64 `json:"p_r_default"`
	Method        *string  `json:"r_default_method"`
	ZPlain        *float64 `json:"z_nocc"`
	PPlain        *float64 `json:"p_normal_nocc"`
	ZCorrected    *float64 `json:"z_cc"`
	PCorrected    *float64 `json:"p_normal_cc"`
	PExact        *float64 `json:"p_exact"`
	ZPratt        *float64 `json:"z_pratt"`
	PPratt        *float64 `json:"p_pratt_normal"`
	PPrattExact   *float64 `json:"p_pratt_exact"`
	RankBiserial  *float64 `json:"rank_biserial"`
	HodgesLehmann *float64 `json:"hodges_lehmann"` // score points
}

func (c *counted) wilcoxon() Wilcoxon {
	t := c.changes.SignedRank()
	w := Wilcoxon{
		Pairs: int(t.Pairs), Zero: int(t.Zero), NonZero: int(t.NonZero), Ties: t.TiesInNonZero,
		VPlus:         c.number("wilcoxon.V_plus", t.VPlus),
		VMinus:        c.number("wilcoxon.V_minus", t.VMinus),
		PDefault:      c.number("wilcoxon.p_r_default", t.PDefault),
		ZPlain:        c.number("wilcoxon.z_nocc", t.ZPlain),
		PPlain:        c.number("wilcoxon.p_normal_nocc", t.PPlain),
		ZCorrected:    c.number("wilcoxon.z_cc", t.ZCorrected),
		PCorrected:    c.number("wilcoxon.p_normal_cc", t.PCorrected),
		PExact:        c.number("wilcoxon.p_exact", t.PExact),
		ZPratt:        c.number("wilcoxon.z_pratt", t.ZPratt),
		PPratt:        c.number("wilcoxon.p_pratt_normal", t.PPratt),
		PPrattExact:   c.number("wilcoxon.p_pratt_exact", t.PPrattExact),
		RankBiserial:  c.number("wilcoxon.rank_biserial", t.RankBiserial),
		HodgesLehmann: c.number("wilcoxon.hodges_lehmann", c.changes.HodgesLehmann()),
	}
	if w.PDefault == nil {
		c.missing("wilcoxon.r_default_method", t.PDefault.Why())
		return w
	}
	method := string(t.DefaultMethod)
	w.Method = &method
	return w
}
