package api_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// The API says the page's figures, and its refusals.
func TestContribution(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var ots []scheme.AccountID
		for _, login := range []string{"hal", "jo", "kit"} {
			ots = append(ots, w.Join(app.NewUser{Login: login, Org: w.Ann.Org, Role: app.Practitioner, Profession: "occupational therapist", AllSchemes: true}).Account)
		}
		w.Therapy(w.Garden, ots, ots)
		ask := func(query string) m {
			return w.do(request{as: "ann", path: "/ot-contribution?measure=swemwbs-metric" + query}).is(200).json()
		}
		got := ask("")
		apart := got["difference"].(m)
		if fmt.Sprint(apart["estimate"])[0] == '-' || !strings.Contains(apart["sentence"].(string), "by +") || len(got["refused"].([]any)) != 0 {
			t.Errorf("difference: %v, refused %v", apart, got["refused"])
		}
		var groups []string
		for _, g := range got["groups"].([]any) {
			groups = append(groups, g.(m)["value"].(string))
		}
		if strings.Join(groups, " ") != "with none later" || fmt.Sprint(got["hands"].(m)["therapists"]) != "3" || len(got["strata"].([]any)) == 0 {
			t.Errorf("groups %v, hands %v", groups, got["hands"])
		}
		empty := ask("&to=2001-Q1")
		if empty["difference"].(m)["estimate"] != nil || len(empty["refused"].([]any)) == 0 || len(empty["strata"].([]any)) != 0 {
			t.Errorf("nobody: %v", empty)
		}
	})
}
