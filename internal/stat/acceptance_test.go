package stat

import (
	"encoding/json"
	"strings"
	"testing"
)

// The two acceptance cases, whole and by scheme: every key of the expected
// results that belongs to this package can be had from it.
func TestAcceptance(t *testing.T) {
	v := vectors[[]struct {
		people
		Reliability float64
		SDRef       float64 `json:"sd_ref"`
		Min, Max    float64
		Lost        []int64
		Want        map[string]json.RawMessage
	}](t, "acceptance")
	for _, c := range v.Cases {
		t.Run(c.Name, func(t *testing.T) {
			var counts struct {
				Persons int64 `json:"n_persons"`
			}
			if err := json.Unmarshal(c.Want["counts"], &counts); err != nil {
				t.Fatal(err)
			}
			s := scheme{
				table: c.table(t), lost: histogramOf(t, c.Decimals, c.Lost...), persons: counts.Persons,
				reliability: c.Reliability, sdRef: c.SDRef,
				best: int64(c.Max) * pow10(c.Decimals), worst: int64(c.Min) * pow10(c.Decimals),
			}
			got := s.results(t)
			compared := 0
			for group, raw := range c.Want {
				var want any
				if err := json.Unmarshal(raw, &want); err != nil {
					t.Fatal(err)
				}
				compared += compare(t, group, want, got, v.Tolerance)
			}
			if compared < 120 {
				t.Errorf("only %d numbers compared", compared)
			}
		})
	}
}

// notOurs are keys of the expected results that are settings or plain counting,
// which other rooms know.
var notOurs = []string{
	".sd_source", ".reliability", "counts.n_followup", "counts.n_followup_only", "counts.n_persons",
	"wilcoxon.ties_in_nonzero", "wilcoxon.r_default_method",
}

// compare walks the wanted results and returns how many numbers it held against
// what was got.
func compare(t *testing.T, path string, want any, got map[string]Number, tolerance float64) (compared int) {
	t.Helper()
	for _, skip := range notOurs {
		if strings.HasSuffix(path, skip) {
			return 0
		}
	}
	switch want := want.(type) {
	case map[string]any:
		for key, below := range want {
			compared += compare(t, path+"."+key, below, got, tolerance)
		}
		return compared
	case []any:
		for i, below := range want {
			compared += compare(t, path+"."+string(rune('0'+i)), below, got, tolerance)
		}
		return compared
	case float64:
		n, ok := got[path]
		if !ok {
			t.Errorf("nothing gives %s", path)
		}
		if strings.Contains(path, "_nct_") {
			tolerance = 1e-6
		}
		if key := path[strings.LastIndex(path, ".")+1:]; key == "p" || strings.HasPrefix(key, "p_") {
			nearP(t, path, n, &want, tolerance)
			break
		}
		near(t, path, n, &want, tolerance)
	case nil:
		near(t, path, got[path], nil, tolerance)
	default:
		t.Errorf("%s is %T", path, want)
	}
	return 1
}

func pow10(decimals int) int64 {
	ten := int64(1)
	for range decimals {
		ten *= 10
	}
	return ten
}
