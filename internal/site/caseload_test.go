package site_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// lines are where the lines of a due list lead to.
func (s seen) lines() (all []string) {
	s.t.Helper()
	for n := range s.root.Descendants() {
		if n.Type == html.ElementNode && attr(n, "class") == "cairn-due__go" {
			all = append(all, attr(n, "href"))
		}
	}
	return all
}

// A due list comes 25 lines at a time, every line once, by links alone.
func TestDueListPages(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		const people = 15 // with four lines each
		for i := range people {
			w.referral(fmt.Sprintf("G-%02d", i))
		}
		ann, at, seen, sizes := w.signedIn("ann"), "/caseload", map[string]bool{}, []int{}
		for at != "" {
			page := ann.get(at).is(http.StatusOK)
			lines := page.lines()
			sizes = append(sizes, len(lines))
			for _, line := range lines {
				if seen[line] {
					t.Errorf("%s is on two pages", line)
				}
				seen[line] = true
			}
			at = ""
			for n := range page.root.Descendants() {
				if strings.HasPrefix(attr(n, "href"), "/caseload?after=") {
					at = attr(n, "href")
				}
			}
		}
		if !slices.Equal(sizes, []int{25, 25, 10}) || len(seen) != 4*people {
			t.Errorf("pages of %v lines, %d in all", sizes, len(seen))
		}
	})
}

// The page of a referral says whose it is and whose it was, and offers to hand
// it over while it is open.
func TestReferralSaysWhoseItWas(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		referral := w.referral("G-1")
		ann, page := w.signedIn("ann"), "/referrals/"+string(referral)
		ann.get(page).says("ann, since 5 January 2026", "Hand over the referral").silent("Before:", "Nobody yet")
		_, err := w.App.HandOver(t.Context(), w.Ann, app.HandOver{Referrals: []scheme.ReferralID{referral}, To: w.Bo.Account})
		must(t, err)
		ann.get(page).says("bo, since 30 June 2026", "Before: ann, 5 January 2026 to 30 June 2026").silent("Nobody now")
		_, err = w.App.ChangeReferral(t.Context(), w.Ann, app.ReferralChange{
			Referral: referral, Version: 1, AcceptedOn: "2026-01-05", EndedOn: "2026-06-30", EndReason: "goals-met",
		})
		must(t, err)
		ann.get(page).says("bo, since 30 June 2026").silent("Hand over the referral")
	})
}

// What is wrong with an address is said once.
func TestProblemIsSaidOnce(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		page := w.signedIn("bo").get("/caseload?standing=zzz").is(http.StatusUnprocessableEntity)
		if n := strings.Count(page.text(), "“zzz” is not one of the choices."); n != 1 {
			t.Errorf("said %d times: %s", n, page.text())
		}
		w.signedIn("bo").get("/caseload?standing=zzz&whose=yyy").is(http.StatusUnprocessableEntity).
			says("Some things need to be put right", "“zzz” is not one of the choices.", "A caseload is “mine” or “teams”.").silent("errors says")
	})
}
