package site_test

import (
	"net/http"
	"testing"

	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// Schemes stand side by side on one page, with what they say together and what
// cannot be shown; before anybody's window has closed the page says so, and
// filters that are refused show no figures.
func TestComparePage(t *testing.T) {
	t.Run("madeup", func(t *testing.T) {
		each(t, func(t *testing.T, w *town) {
			schemes := w.load("madeup")
			gil := w.signedIn("gil")
			page := gil.get("/compare").is(http.StatusOK).says("swb", "by scheme", "not for publication", "Nothing here is ranked",
				"In none of these schemes were 20 people measured twice", "Not in the pictures", "a mean of so few may lie anywhere", "A pooled mean: not estimable: none of 3 groups has 20 or more people measured twice, and at least 2 such groups are needed",
				"A difference here is not what a scheme, a referrer or an activity caused").
				silent("There is a problem", "league", "best scheme", "data-chart", "in all together?")
			for name := range schemes {
				page.says(name)
			}
			gil.get("/compare?by=source").is(http.StatusOK).says("by source of referrals", "one in twenty lies apart by chance alone").silent("of the 3 schemes")
			gil.get("/compare?by=colour&from=spring").is(http.StatusUnprocessableEntity).says("There is a problem", "People can be compared by scheme").silent("in all together")
			gil.get("/compare?to=2001-Q1").is(http.StatusOK).says("Nobody's window closed in this period").silent("data-chart")
			gil.get("/compare?pick=1").is(http.StatusUnprocessableEntity).says("“pick”")
		})
	})
	t.Run("crowds", func(t *testing.T) {
		w := onSQLite(t)
		from, err := scheme.ParseDay("2026-01-05")
		must(t, err)
		w.Crowd(w.Ann, w.Garden, kit.Many("G", 60, from)...)
		w.Crowd(w.Ann, w.Choir, kit.Many("C", 40, from)...)
		ann := w.signedIn("ann")
		ann.get("/compare?measure=swemwbs-metric").is(http.StatusOK).says("how much change in each scheme, and in all together?", "do schemes differ by more than chance?",
			"does the share measured twice differ by more than chance?", "Student’s t, the same as in every table").silent("Not in the pictures", "In none of these")
		ann.get("/compare?measure=swemwbs-metric&by=category").is(http.StatusOK).says("In none of these kinds of activity were 20 people measured twice", "Not known to be of any group").silent("data-chart", "None started together")
	})
	t.Run("nobody yet", func(t *testing.T) {
		each(t, func(t *testing.T, w *town) {
			w.signedIn("bo").get("/compare").is(http.StatusOK).says("Nobody's window has closed yet by this question").silent("data-chart", "Choir")
			w.signedIn("di").get("/compare").is(http.StatusForbidden).silent("Garden")
		})
	})
}

// Each trait is a section in which people of whom it is not recorded are a group.
func TestEquityPage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		schemes := w.load("madeup")
		gil := w.signedIn("gil")
		for _, s := range schemes {
			at := "/schemes/" + string(s.ID) + "/equity"
			gil.get(at).is(http.StatusOK).says("Age at the start", "Sex", "Ethnic group", "Deprivation of the home area", "Not recorded",
				"a scheme that does not ask cannot know whom it misses").silent("There is a problem")
			gil.get(at + "?to=2001-Q1").is(http.StatusOK).says("Nobody's window closed in this period").silent("data-chart")
			gil.get(at + "?rule=best").is(http.StatusUnprocessableEntity).says("There is a problem").silent("Age at the start")
		}
	})
}
