package evidence

import (
	"encoding/json"
	"fmt"
)

// A Pool is what several estimates say together (C14). K is how many there are;
// with fewer than two nothing is pooled and the rest is nil.
type Pool struct {
	K     int            `json:"k"`
	Fixed *FixedEffect   `json:"fixed"`
	Q     *float64       `json:"Q"`
	QDF   *int           `json:"Q_df"`
	QP    *float64       `json:"Q_p"`
	I2    *float64       `json:"I2_higgins"` // per cent
	DL    *RandomEffects `json:"DL"`
	REML  *RandomEffects `json:"REML"`
	PM    *RandomEffects `json:"PM"`

	Reasons map[string]string `json:"reasons,omitempty"` // by JSON path, of a pool that stands alone
}

// FixedEffect is the inverse-variance mean, in the unit of the estimates.
type FixedEffect struct {
	Estimate *float64 `json:"estimate"`
	SE       *float64 `json:"se"`
	CILo     *float64 `json:"ci_lo"`
	CIHi     *float64 `json:"ci_hi"`
	Z        *float64 `json:"z"`
	P        *float64 `json:"p"`
}

// RandomEffects is the mean of effects that differ between schemes, by one
// estimator of their variance; the unit of the estimates, tau2 its square.
type RandomEffects struct {
	Tau2       *float64   `json:"tau2"`
	Tau        *float64   `json:"tau"`
	Tau2CI     Range      `json:"tau2_ci_qprofile"`
	Estimate   *float64   `json:"estimate"`
	I2         *float64   `json:"I2_metafor"` // per cent
	H2         *float64   `json:"H2_metafor"`
	TypicalV   *float64   `json:"typical_v"`
	HKScaleQ   *float64   `json:"hk_scale_q"`
	Wald       MeanTest   `json:"wald"`
	HK         MeanTest   `json:"hk"`
	HKAdhoc    MeanTest   `json:"hk_adhoc"`
	Prediction Prediction `json:"prediction"`
	Weights    []*float64 `json:"weights_pct"` // per cent
}

// MeanTest is the standard error of a pooled mean by one method, and what
// follows from it.
type MeanTest struct {
	SE   *float64 `json:"se"`
	CILo *float64 `json:"ci_lo"`
	CIHi *float64 `json:"ci_hi"`
	Stat *float64 `json:"stat"` // standard errors
	P    *float64 `json:"p"`
}

// Prediction is where 95% of the effects of other schemes like these would lie,
// low and high, by the reference distribution in the name.
type Prediction struct {
	Normal Range `json:"normal"`
	TK1    Range `json:"t_k1"`
	TK2    Range `json:"t_k2"`
	HKTK1  Range `json:"hk_t_k1"`
	HKTK2  Range `json:"hk_t_k2"`
}

// Pooled is a Pool of schemes, and which they are.
type Pooled struct {
	Schemes  []string  `json:"schemes"`
	Excluded []string  `json:"excluded"` // those of Small, and with fewer than 2 measured twice or no spread
	Small    []string  `json:"-"`        // with fewer measured twice than LeastOnASide, where that keeps them out
	Y        []float64 `json:"yi"`
	V        []float64 `json:"vi"`
	Ends     []Range   `json:"-"` // each scheme's own 95% interval by t, where it is known
	Pool
}

// Interval is the 95% interval of one of them: its own where that is known, else
// from its sampling variance by the normal distribution.
func (p Pooled) Interval(i int) (lo, hi float64) {
	if i < len(p.Ends) && p.Ends[i][0] != nil && p.Ends[i][1] != nil {
		return *p.Ends[i][0], *p.Ends[i][1]
	}
	return NormalInterval(p.Y[i], p.V[i])
}

// An Estimate is one number with its sampling variance, ready to be pooled.
type Estimate struct {
	Study    string
	Value    float64
	Variance float64 // the square of Value's unit, above 0
}

// A Range is a low and a high end; both are there or neither.
type Range [2]*float64

// MarshalJSON writes a range that is not there as null and not as a list of
// them.
func (r Range) MarshalJSON() ([]byte, error) {
	if r[0] == nil || r[1] == nil {
		return []byte("null"), nil
	}
	raw, err := json.Marshal([2]float64{*r[0], *r[1]})
	if err != nil {
		return nil, fmt.Errorf("write a range: %w", err)
	}
	return raw, nil
}

// Predicted is the prediction interval that goes with HKAdhoc: k − 2 degrees of
// freedom, and the larger of the two standard errors.
func (r RandomEffects) Predicted() Range {
	if r.HKScaleQ != nil && *r.HKScaleQ > 1 {
		return r.Prediction.HKTK2
	}
	return r.Prediction.TK2
}
