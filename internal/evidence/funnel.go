package evidence

// Dispersion is how much more schemes differ than chance alone would make them.
type Dispersion struct {
	Phi  *float64 `json:"phi"`
	Tau2 *float64 `json:"tau2"` // the square of the unit
}

// Spread is where schemes lie about the target, in standard errors, and how much
// more than by chance; winsorised, the outermost are drawn in to the 10th and
// 90th percentile first. Lists run in the funnel's order.
type Spread struct {
	Z            []*float64 `json:"z"`
	ZWinsorised  []*float64 `json:"z_winsorised"`
	WinsQ10      *float64   `json:"wins_q10"`
	WinsQ90      *float64   `json:"wins_q90"`
	Raw          Dispersion `json:"raw"`
	Winsorised10 Dispersion `json:"winsorised10"`
}

// A Band is a lower and an upper limit for each scheme, in the funnel's order.
type Band struct {
	Lo []*float64 `json:"lo"`
	Hi []*float64 `json:"hi"`
}

// Limits are 95% and 99.8% limits.
type Limits struct {
	L95  Band `json:"l95"`
	L998 Band `json:"l998"`
}

// A Funnel holds schemes against what chance would do around their common mean
// (C15), with the two ways to allow for more than chance. The lists run in the
// order of Scheme.
type Funnel struct {
	Scheme []string  `json:"scheme"`
	Y      []float64 `json:"y"`
	SE     []float64 `json:"se"`
	Target *float64  `json:"target"`
	Spread
	Unadjusted      Limits   `json:"limits_unadjusted"`
	Multiplicative  Limits   `json:"limits_multiplicative_wins"`
	Additive        Limits   `json:"limits_additive_wins"`
	Outside         []string `json:"outside998_unadjusted"`
	OutsideAdditive []string `json:"outside998_additive_wins"`
}

// A ShareFunnel is a funnel of proportions; limits are unclipped, so that they
// may lie outside 0 to 1, except those of Arcsine.
type ShareFunnel struct {
	Scheme  []string      `json:"scheme"`
	X       []int         `json:"x"`
	N       []int         `json:"n"`
	Target  *float64      `json:"target"` // 0 to 1
	Normal  Limits        `json:"normal"`
	Exact   Limits        `json:"exact_binomial_interpolated"`
	Arcsine ArcsineFunnel `json:"arcsine"`
}

// An ArcsineFunnel works on the scale of asin(√share), where the spread does
// not depend on the share; its limits are brought back to 0 to 1.
type ArcsineFunnel struct {
	Target *float64 `json:"target"` // radians
	Spread
	L95          Band `json:"l95_unadjusted"`
	L998         Band `json:"l998_unadjusted"`
	L95Additive  Band `json:"l95_additive_wins"`
	L998Additive Band `json:"l998_additive_wins"`
}
