package stat

import "testing"

func TestSignedRank_R(t *testing.T) {
	v := vectors[[]struct {
		people
		VPlus         *float64 `json:"v_plus"`
		VMinus        *float64 `json:"v_minus"`
		Method        Method
		PDefault      *float64 `json:"p_default"`
		PCorrected    *float64 `json:"p_cc"`
		PPlain        *float64 `json:"p_nocc"`
		ZPlain        *float64 `json:"z_nocc"`
		PExact        *float64 `json:"p_exact"`
		ZPratt        *float64 `json:"z_pratt"`
		PPratt        *float64 `json:"p_pratt"`
		PPrattExact   *float64 `json:"p_pratt_exact"`
		RankBiserial  *float64 `json:"rank_biserial"`
		HodgesLehmann *float64 `json:"hodges_lehmann"`
	}](t, "signed_rank")
	methods := map[Method]int{}
	for _, c := range v.Cases {
		methods[c.Method]++
		t.Run(c.Name, func(t *testing.T) {
			h := c.table(t).Changes()
			got := h.SignedRank()
			if got.DefaultMethod != c.Method {
				t.Errorf("method %q, want %q", got.DefaultMethod, c.Method)
			}
			near(t, "V+", got.VPlus, c.VPlus, v.Tolerance)
			near(t, "V-", got.VMinus, c.VMinus, v.Tolerance)
			nearP(t, "p default", got.PDefault, c.PDefault, v.Tolerance)
			nearP(t, "p corrected", got.PCorrected, c.PCorrected, v.Tolerance)
			nearP(t, "p plain", got.PPlain, c.PPlain, v.Tolerance)
			near(t, "z plain", got.ZPlain, c.ZPlain, v.Tolerance)
			nearP(t, "p exact", got.PExact, c.PExact, v.Tolerance)
			near(t, "z Pratt", got.ZPratt, c.ZPratt, v.Tolerance)
			nearP(t, "p Pratt", got.PPratt, c.PPratt, v.Tolerance)
			nearP(t, "p Pratt exact", got.PPrattExact, c.PPrattExact, v.Tolerance)
			near(t, "rank-biserial", got.RankBiserial, c.RankBiserial, v.Tolerance)
			near(t, "Hodges-Lehmann", h.HodgesLehmann(), c.HodgesLehmann, v.Tolerance)
		})
	}
	if methods[SignedRankExact] == 0 || methods[SignedRankCorrection] == 0 {
		t.Errorf("the file holds %v; want both methods", methods)
	}
}

func TestSignedRank_Refusals(t *testing.T) {
	nobody, unchanged := histogramOf(t, 0).SignedRank(), histogramOf(t, 0, 0, 0, 0).SignedRank()
	for what, c := range map[string]struct {
		got  Number
		want Refusal
	}{
		"nobody: p":              {nobody.PDefault, ErrNobody},
		"nobody: Hodges-Lehmann": {histogramOf(t, 0).HodgesLehmann(), ErrNobody},
		"no change: p":           {unchanged.PDefault, ErrNoChange},
		"no change: p exact":     {unchanged.PExact, ErrNoChange},
		"no change: p Pratt":     {unchanged.PPratt, ErrNoChange},
		"no change: z":           {unchanged.ZCorrected, ErrNoChange},
		"no change: r":           {unchanged.RankBiserial, ErrNoChange},
	} {
		if c.got.Why() != c.want {
			t.Errorf("%s: %+v, want %q", what, c.got, c.want)
		}
	}
	if nobody.VPlus != Known(0) || nobody.VMinus != Known(0) {
		t.Errorf("nobody: the sums of no ranks are %+v and %+v, want 0", nobody.VPlus, nobody.VMinus)
	}
	if unchanged.VPlus != Known(0) || unchanged.Zero != 3 || unchanged.DefaultMethod != "" {
		t.Errorf("nobody changed: %+v", unchanged)
	}
}

// What cannot be listed in time is refused, and the rest stands.
func TestSignedRank_TooManyToList(t *testing.T) {
	many, err := NewHistogram(0, []Bin{{1, 120}, {-1, 81}})
	if err != nil {
		t.Fatal(err)
	}
	if got := many.SignedRank(); got.PExact.Why() != ErrOver200 || got.PPlain.Ptr() == nil {
		t.Errorf("201 people changed: %+v", got)
	}
	zeros, err := NewHistogram(0, []Bin{{1, 100}, {0, 1_000_000}, {-1, 90}})
	if err != nil {
		t.Fatal(err)
	}
	if got := zeros.SignedRank(); got.PPrattExact.Why() != ErrManyZeros || got.PExact.Ptr() == nil {
		t.Errorf("a million unchanged: %+v", got)
	}
}

// R counts every arrangement below 50 people who changed, all by another amount,
// and not from 50 on.
func TestSignedRank_ExactBelow50(t *testing.T) {
	for people, want := range map[int64]Method{49: SignedRankExact, 50: SignedRankCorrection} {
		var bins []Bin
		for size := int64(1); size <= people; size++ {
			bins = append(bins, Bin{Level: size * (1 - 2*(size%2)), Count: 1})
		}
		h, err := NewHistogram(0, bins)
		if err != nil {
			t.Fatal(err)
		}
		if r := h.SignedRank(); r.DefaultMethod != want || (r.PDefault == r.PExact) != (want == SignedRankExact) {
			t.Errorf("%d people: %q with p %v, want %q", people, r.DefaultMethod, r.PDefault, want)
		}
	}
}

// Two hundred are still listed: with all of them the same way, one of 2²⁰⁰ ways
// and its opposite.
func TestSignedRank_TwoHundred(t *testing.T) {
	h, err := NewHistogram(0, []Bin{{1, 200}})
	if err != nil {
		t.Fatal(err)
	}
	if p := h.SignedRank().PExact; p != Known(0x1p-199) {
		t.Errorf("p %v (%q), want 2⁻¹⁹⁹", p, p.Why())
	}
}
