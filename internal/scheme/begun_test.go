package scheme_test

import (
	"testing"

	"cairn/internal/scheme"
)

// What stands in for a start is worked out again; what somebody recorded stays, and
// so does a day that follows from no score.
func TestBegun(t *testing.T) {
	d := func(text string) scheme.Day { return day(t, text) }
	at := func(on string, dated scheme.Dating, o scheme.Occasion) scheme.Assessment {
		return scheme.Assessment{On: d(on), Dated: dated, Occasion: o}
	}
	assumed := func(on string) scheme.StandIn { return scheme.StandIn{On: d(on), Dated: scheme.Assumed} }
	pre, post := at("2026-01-10", "", scheme.Baseline), at("2026-04-04", "", scheme.Later)
	plans := []scheme.Plan{
		{ID: "1", EffectiveFrom: d("2025-01-01"), Headline: scheme.FixedTime(84), Items: []scheme.PlanItem{{Measure: "once", Occasion: scheme.FixedTime(182)}}},
		{ID: "2", Version: 2, EffectiveFrom: d("2026-05-01"), Headline: scheme.FixedTime(28)},
	}
	own := at("2026-04-11", "", scheme.Later)
	own.Measure = "once"
	bare, half, end, late := at("2026-04-04", "", scheme.Unstated), at("2026-07-11", "", scheme.FixedTime(182)), at("2026-05-29", "", scheme.End), at("2026-06-30", "", scheme.Later)
	waited := at("2026-01-02", "", scheme.Waiting)
	undated := at("2026-06-30", scheme.ByOrder, scheme.Baseline)
	order := scheme.StandIn{On: d("2026-06-30"), Dated: scheme.ByOrder}
	for name, c := range map[string]struct {
		now       scheme.Referral
		have      []scheme.Assessment
		gone      []scheme.Assessment
		wantSince string
		wantStart scheme.StandIn
	}{
		"a baseline came in":   {scheme.Referral{Receipt: assumed("2026-04-04"), Acceptance: assumed("2026-04-04")}, []scheme.Assessment{post, pre}, nil, "2026-01-10", assumed("2026-01-10")},
		"it went":              {scheme.Referral{Receipt: assumed("2026-01-10"), Acceptance: assumed("2026-01-10")}, []scheme.Assessment{post}, []scheme.Assessment{pre}, "2026-01-10", assumed("2026-01-10")},
		"its day went":         {scheme.Referral{Receipt: assumed("2026-01-10"), Acceptance: assumed("2026-01-10")}, []scheme.Assessment{bare}, []scheme.Assessment{pre}, "2026-04-04", assumed("2026-04-04")},
		"nothing else":         {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{half}, nil, "2026-01-10", assumed("2026-01-10")},
		"the end alone":        {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{end}, nil, "2026-05-01", assumed("2026-05-01")},
		"by the plan then":     {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{late}, nil, "2026-06-02", assumed("2026-06-02")},
		"after the wait":       {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{waited, post}, nil, "2026-01-10", assumed("2026-01-10")},
		"the wait alone":       {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{waited}, nil, "2026-01-02", assumed("2026-01-02")},
		"of its own measure":   {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{own}, nil, "2025-10-11", assumed("2025-10-11")},
		"before the new plan":  {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{at("2026-05-10", "", scheme.Later)}, nil, "2026-02-15", assumed("2026-02-15")},
		"a bare one late":      {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{at("2026-04-01", "", scheme.Unstated), post}, nil, "2026-01-10", assumed("2026-01-10")},
		"a fixed time first":   {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{at("2026-04-01", "", scheme.Later), half}, nil, "2026-01-10", assumed("2026-01-10")},
		"the end last":         {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{at("2026-03-01", "", scheme.End), post}, nil, "2026-01-10", assumed("2026-01-10")},
		"all went":             {scheme.Referral{Receipt: assumed("2026-01-10"), Acceptance: assumed("2026-01-10")}, nil, []scheme.Assessment{pre}, "2026-01-10", assumed("2026-01-10")},
		"a day at last":        {scheme.Referral{Receipt: order, Acceptance: order}, []scheme.Assessment{undated, pre}, nil, "2026-01-10", assumed("2026-01-10")},
		"a baseline without":   {scheme.Referral{Receipt: assumed("2026-04-04"), Acceptance: assumed("2026-04-04")}, []scheme.Assessment{undated, post}, nil, "2026-06-30", order},
		"of no score":          {scheme.Referral{Receipt: assumed("2026-01-20"), Acceptance: assumed("2026-01-20")}, []scheme.Assessment{post}, nil, "2026-01-20", assumed("2026-01-20")},
		"the referral's day":   {scheme.Referral{ReceivedOn: d("2026-01-05"), Acceptance: assumed("2026-01-05")}, []scheme.Assessment{post, pre}, nil, "2026-01-05", assumed("2026-01-05")},
		"a day that was typed": {scheme.Referral{ReceivedOn: d("2026-01-05"), Acceptance: assumed("2026-04-04")}, []scheme.Assessment{post, pre}, nil, "2026-01-05", assumed("2026-01-10")},
		"accepted on a day":    {scheme.Referral{ReceivedOn: d("2026-01-05"), AcceptedOn: d("2026-03-01")}, []scheme.Assessment{post, pre}, nil, "2026-01-05", scheme.StandIn{}},
		"not accepted":         {scheme.Referral{ReceivedOn: d("2026-01-05")}, []scheme.Assessment{post, pre}, nil, "2026-01-05", scheme.StandIn{}},
	} {
		got := c.now.Begun(c.have, append(c.gone, c.have...), plans)
		if got.Since().String() != c.wantSince || got.Acceptance != c.wantStart || got.AcceptedOn != c.now.AcceptedOn {
			t.Errorf("%s: since %s, start %+v; want %s, %+v", name, got.Since(), got.Acceptance, c.wantSince, c.wantStart)
		}
	}
	counted, first := scheme.Referral{Receipt: assumed("2026-01-10"), Acceptance: assumed("2026-01-10")}, at("2026-01-05", "", scheme.Unstated)
	if got := counted.Begun([]scheme.Assessment{first, post}, []scheme.Assessment{post}, plans); got.Acceptance != assumed("2026-01-05") {
		t.Errorf("a start that was counted back stayed when the first score came in: %+v", got.Acceptance)
	}
	other := at("2025-11-01", "", scheme.Baseline)
	if got := counted.Begun([]scheme.Assessment{first, post}, []scheme.Assessment{post, other}, plans); got.Acceptance != assumed("2026-01-05") {
		t.Errorf("with a baseline elsewhere it stayed: %+v", got.Acceptance)
	}
	stays := scheme.Referral{ReceivedOn: d("2026-01-05"), Acceptance: assumed("2026-01-05")}
	if got := stays.Said(scheme.StandIn{On: d("2026-01-01")}); got.ReceivedOn != stays.ReceivedOn {
		t.Errorf("a day that is on record became %s", got.ReceivedOn)
	}
	ended := scheme.Referral{Receipt: assumed("2026-01-10"), Acceptance: assumed("2026-01-10"), EndedOn: d("2026-06-01")}
	if got := ended.Said(scheme.StandIn{On: d("2026-06-02")}); got.Since() != ended.Since() {
		t.Errorf("received after it ended: %s", got.Since())
	}
}
