package attack

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
)

// A taken is how people came to be measured, and how their scores were taken.
type taken struct {
	Contacted, Seen, Declined count
	Unscored                  count `json:"no_score"`
	Channel                   share `json:"channel_changed"`
	Helper                    share `json:"helper_changed"`
	Deliverer                 share `json:"deliverer_helped"`
	Late                      share `json:"late_baseline"`
	Contact                   wait  `json:"to_first_contact"`
	Baseline                  wait  `json:"to_baseline"`
	Between                   wait  `json:"between_scores"`
}

// waits are its numbers of days, by path.
func (t *taken) waits() map[string]wait {
	return map[string]wait{"taken.to_first_contact": t.Contact, "taken.to_baseline": t.Baseline, "taken.between_scores": t.Between}
}

// A wait is the quartiles of a number of days.
type wait struct{ Lower, Median, Upper *float64 }

// shares are those of how scores were taken, by path.
func (t *taken) shares() map[string]share {
	return map[string]share{
		"taken.channel_changed": t.Channel, "taken.helper_changed": t.Helper,
		"taken.deliverer_helped": t.Deliverer, "taken.late_baseline": t.Late,
	}
}

// counts are all its numbers of people, by path.
func (t *taken) counts() map[string]count {
	all := map[string]count{"taken.contacted": t.Contacted, "taken.seen": t.Seen, "taken.declined": t.Declined, "taken.no_score": t.Unscored}
	for path, s := range t.shares() {
		all[path+".people"], all[path+".of"] = s.People, s.Of
	}
	return all
}

// taken adds what holds among them: whoever was referred left for one reason or
// was measured twice, and the rest of each share is people too.
func (t *table) taken(p *place, b body) {
	if b.Taken == nil {
		return
	}
	t.exactly(p, "flow.referred", "flow.paired", "flow.lost", "flow.died", "flow.moved_away", "flow.followup_only", "taken.declined", "taken.no_score")
	t.within(p, "flow.referred", "taken.contacted")
	t.within(p, "taken.contacted", "taken.seen")
	all := b.Taken.shares()
	for _, path := range slices.Sorted(maps.Keys(all)) {
		t.within(p, "flow.paired", path+".of")
		t.within(p, path+".of", path+".people")
		t.rest(p, all[path], path+".people", path+".of", b.Policy.Threshold)
	}
}

// Waits returns how long the one person waited, for the first contact, for a baseline
// and between two scores, by whom a figure differs from the same one in the release
// before, where only one number of days fits: a quartile that moved says on which
// side of it they are.
func (r Rules) Waits(releases [][]json.RawMessage, known Known) (claims []Claim, err error) {
	before := map[string]body{}
	for i, release := range releases {
		all, err := read(release)
		if err != nil {
			return nil, err
		}
		now := map[string]body{}
		for _, b := range all {
			now[b.key()] = b
			was, there := before[b.key()]
			if !there || b.Taken == nil || was.Taken == nil || i == 0 {
				continue
			}
			change := known[i][b.key()] - known[i-1][b.key()]
			if change != 1 && change != -1 {
				continue
			}
			for _, path := range slices.Sorted(maps.Keys(b.Taken.waits())) {
				less, more := was.Taken.waits()[path], b.Taken.waits()[path]
				if change < 0 {
					less, more = more, less
				}
				if low, high := r.side(less, more); low == high {
					claims = append(claims, Claim{Release: i, Figure: b.key(), Path: path, Value: low})
				}
			}
		}
		before = now
	}
	return claims, nil
}

// side is where the days of the one more can lie.
func (r Rules) side(less, more wait) (low, high float64) {
	const longest = 730
	low, high = 0, longest
	for _, q := range [][2]*float64{{less.Lower, more.Lower}, {less.Median, more.Median}, {less.Upper, more.Upper}} {
		if q[0] == nil || q[1] == nil {
			continue
		}
		switch {
		case *q[1]-*q[0] > 2*r.Days:
			low = math.Max(low, math.Ceil(*q[0]-r.Days))
		case *q[0]-*q[1] > 2*r.Days:
			high = math.Min(high, math.Floor(*q[0]+r.Days))
		}
	}
	return low, high
}
