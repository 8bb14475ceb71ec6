package site_test

import (
	"net/http"
	"testing"

	kit "cairn/internal/testkit/town"
)

// The page of a scheme says how well it was measured, what may be claimed and
// what not, and gives a board its answer; a service of few people gets its own
// page, and nothing of it is an empty picture.
func TestEvidenceSaysHowWellItWasMeasured(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		schemes := w.load("madeup")
		gil := w.signedIn("gil")
		for of := range kit.Expected(t, "madeup", "swb|pre|post") {
			gil.get("/schemes/"+string(schemes[of].ID)+"/evidence").is(http.StatusOK).
				says("How well was this measured?", "of levels 0 to 4; Cairn gives 0 to 3", "Cairn does not do that, and never gives it", "It says how well this was measured, not how well it worked.", "What was not", "What would raise it",
					"You may say", "You may not say", "That the scheme caused this. There is no comparison group",
					"These figures are of fewer than 30 people", "What to do next", "The figures so far",
					"How people were asked", "Late baselines", "Who was taken in", "One figure among several",
					"Three sentences for a board", "which says nothing of how well it worked").
				silent("Level 2", "Level 3", "Level 4", "Why there is no figure")
		}
	})
}

// Nobody, one person and baselines alone each say so, and draw nothing.
func TestEvidenceOfNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		bo := w.signedIn("bo")
		bo.get("/schemes/"+string(w.Garden.ID)+"/evidence").is(http.StatusOK).
			says("Why there is no figure", "There is nothing to count yet", "Level 0", "not yet", "What to do next").
			silent("data-chart", "The same numbers as a table", "NaN", "All the numbers")
	})
}
