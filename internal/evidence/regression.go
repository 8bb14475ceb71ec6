package evidence

import (
	"cairn/internal/measure"
	"cairn/internal/stat"
)

const (
	errNoPopulation   stat.Refusal = "no mean of a population is known for this score"
	errNoPopulationSD stat.Refusal = "no standard deviation of a population is known for this score"
	errNoCutoff       stat.Refusal = "no cut-off for entry is known for this score"
)

// RegressionToMean is how much of the change was to be expected of people who
// came when they were low (C11); score points unless a field says otherwise.
type RegressionToMean struct {
	PopMean         *float64 `json:"pop_mean"`
	Rho             *float64 `json:"rho"` // 0 to 1, the reliability
	ExpectedRho     *float64 `json:"expected_change_rho"`
	NetRho          *float64 `json:"net_change_rho"`
	ExpectedSampleR *float64 `json:"expected_change_sample_r"`

	Range RegressionRange `json:"range"`

	Cutoff          Selection `json:"cutoff"`
	Slope           *float64  `json:"slope_post_on_pre"`
	RBaselineChange *float64  `json:"r_baseline_change"` // −1 to 1, the naive figure
	OldhamR         *float64  `json:"oldham_r"`          // −1 to 1
	OldhamP         *float64  `json:"oldham_p"`          // 0 to 1
}

// Selection is the same for people who entered by a cut-off, which is nil where
// they did not.
type Selection struct {
	Cutoff    *float64      `json:"cutoff"`
	Side      *measure.Side `json:"side"`
	PopSD     *float64      `json:"pop_sd"`
	Z         *float64      `json:"z"`   // standard deviations
	C         *float64      `json:"C_z"` // standard deviations
	Magnitude *float64      `json:"rtm_effect_magnitude"`
	Expected  *float64      `json:"expected_change"`
}

func (c *counted) regressionToMean() RegressionToMean {
	const path = "regression_to_mean."
	paired, rho, popMean := c.paired, c.reliability(), c.popMean()
	expected, net, sample := stat.Refused(errNoPopulation), stat.Refused(errNoPopulation), stat.Refused(errNoPopulation)
	if mean, err := popMean.Value(); err == nil {
		sample = paired.ExpectedChangeSampleR(mean)
		expected, net = rho, rho
		if r, err := rho.Value(); err == nil {
			expected, net = paired.ExpectedChange(mean, r), paired.NetChange(mean, r)
		}
	}
	oldham := c.table.Oldham()
	return RegressionToMean{
		PopMean:         c.number(path+"pop_mean", popMean),
		Rho:             c.number(path+"rho", rho),
		ExpectedRho:     c.number(path+"expected_change_rho", expected),
		NetRho:          c.number(path+"net_change_rho", net),
		ExpectedSampleR: c.number(path+"expected_change_sample_r", sample),
		Range:           c.regressionRange(),
		Cutoff:          c.selection(path + "cutoff"),
		Slope:           c.number(path+"slope_post_on_pre", c.table.SlopeAfterOnBefore()),
		RBaselineChange: c.number(path+"r_baseline_change", c.table.RBaselineChange()),
		OldhamR:         c.number(path+"oldham_r", oldham.R),
		OldhamP:         c.number(path+"oldham_p", oldham.P),
	}
}

func (c *counted) popMean() stat.Number {
	if c.score.Norm == nil {
		return stat.Refused(errNoPopulation)
	}
	return given(c.score.Norm.Mean, errNoPopulation)
}

func (c *counted) popSD() stat.Number {
	if c.score.Norm == nil {
		return stat.Refused(errNoPopulationSD)
	}
	return given(c.score.Norm.SD, errNoPopulationSD)
}

// selection is what follows from the cut-off: z and C need the population only,
// the expected change the reliability too.
func (c *counted) selection(path string) Selection {
	mean, sd, reliability := c.popMean(), c.popSD(), c.reliability()
	s := Selection{PopSD: c.number(path+".pop_sd", sd)}
	cut := c.score.Cutoff
	if cut == nil {
		for _, part := range []string{".cutoff", ".side", ".z", ".C_z", ".rtm_effect_magnitude", ".expected_change"} {
			c.missing(path+part, errNoCutoff)
		}
		return s
	}
	s.Cutoff, s.Side = &cut.Points, &cut.Side
	ask := stat.Selection{Cutoff: cut.Points, Entry: stat.EntryAbove}
	if cut.Side == measure.Below {
		ask.Entry = stat.EntryBelow
	}
	ask.PopulationMean, _ = mean.Value()
	ask.PopulationSD, _ = sd.Value()
	ask.Reliability, _ = reliability.Value() // 0 stands in: z and C do not depend on it
	got := ask.Selected()
	for _, need := range []stat.Number{sd, mean} {
		if need.Ptr() == nil {
			got = stat.Selected{Z: need, C: need, Magnitude: need, Expected: need}
		}
	}
	s.Z, s.C = c.number(path+".z", got.Z), c.number(path+".C_z", got.C)
	if reliability.Ptr() == nil {
		got.Magnitude, got.Expected = reliability, reliability
	}
	s.Magnitude = c.number(path+".rtm_effect_magnitude", got.Magnitude)
	s.Expected = c.number(path+".expected_change", got.Expected)
	return s
}
