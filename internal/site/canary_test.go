package site_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// bare is a page's source without what differs between any two people.
func (s seen) bare(reference string) string {
	return strings.ReplaceAll(anyID.ReplaceAllString(s.source, "id"), reference, "somebody")
}

// firstDifference is where two pages part, for the report.
func firstDifference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return a[max(i-80, 0):min(i+80, len(a))] + "\nagainst\n" + b[max(i-80, 0):min(i+80, len(b))]
}

// Whoever asks must not be led. Every page on which an assessment is typed in is,
// letter by letter, the same for somebody with earlier scores as for somebody
// with none: when it is opened, when it is refused, and when it asks for a second
// look. The page of a correction is not among them: it corrects one assessment and
// has to show that one.
func TestNoEntryPageKnowsAnEarlierScore(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		scored, blank := "/referrals/"+string(w.referral("G-1")), "/referrals/"+string(w.referral("G-2"))
		stack := "/schemes/" + string(w.Garden.ID) + "/paper?stack=swemwbs+baseline"
		six, alike := row(1, "G-1", "13 1 2026", "323232"), row(1, "G-1", "13 1 2026", "5555555")
		before := []string{bo.get(stack).bare("G-1"), bo.fill(stack, six).bare("G-1"), bo.fill(stack, alike).bare("G-1")}

		bo.fill(scored+"/assessments/new?measure=swemwbs&occasion=baseline&way=digits", form{"digits": "1111112"}.and(on("on", "12", "1"))).is(http.StatusOK).says("SWEMWBS (raw total): 8")
		bo.fill(scored+"/assessments/new?measure=swemwbs&occasion=waiting&way=digits", form{"digits": "1111211"}.and(on("on", "8", "1"))).is(http.StatusOK)
		bo.fill(scored+"/assessments/new?measure=ons4&occasion=baseline", form{"items.satisfaction": "1", "items.anxiety": "9"}.and(on("on", "12", "1"))).is(http.StatusOK)
		bo.fill(scored+"/assessments/new?measure=ons4&occasion=later", form{"items.satisfaction": "2", "items.anxiety": "8"}.and(on("on", "20", "6"))).is(http.StatusOK)

		compared := 0
		same := func(what, a, b string) {
			t.Helper()
			compared++
			if a != b {
				t.Errorf("%s differs by what was scored before:\n%s", what, firstDifference(a, b))
			}
		}
		for _, measure := range []string{"swemwbs", "ons4"} {
			for _, occasion := range []string{"baseline", "day-84", "waiting", "end", "later"} {
				for _, way := range []string{"", "items", "digits", "score"} {
					at := "/assessments/new?measure=" + measure + "&occasion=" + occasion + "&way=" + way
					same(at, bo.get(scored+at).is(http.StatusOK).bare("G-1"), bo.get(blank+at).is(http.StatusOK).bare("G-2"))
				}
			}
		}
		for what, typed := range map[string]form{
			"too few digits":    {"way": "digits", "digits": "555555"},
			"a digit too high":  {"way": "digits", "digits": "5555556"},
			"a second look":     {"way": "digits", "digits": "5555555"},
			"a total too high":  {"way": "score", "series": "swemwbs-raw", "score": "36"},
			"nothing chosen":    {"way": "items"},
			"a second look, up": items("5555555").and(form{"way": "items", "occasion": "later"}),
		} {
			sent := typed.and(form{"measure": "swemwbs", "occasion": "later", "key": "00000000-0000-4000-8000-000000000000"}).and(on("on", "20", "6"))
			a, b := bo.post(scored+"/assessments/new", sent).is(http.StatusUnprocessableEntity), bo.post(blank+"/assessments/new", sent).is(http.StatusUnprocessableEntity)
			same(what, a.bare("G-1"), b.bare("G-2"))
		}
		for i, now := range []string{bo.get(stack).bare("G-1"), bo.fill(stack, six).bare("G-1"), bo.fill(stack, alike).bare("G-1")} {
			same([]string{"a stack", "a stack with a row refused", "a stack with a second look"}[i], now, before[i])
		}
		if compared != 49 {
			t.Errorf("%d pages were compared", compared)
		}
	})
}
