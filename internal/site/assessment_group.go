package site

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
)

// choosing names the parts of a measure that are to be rated, in the address and
// in the form.
const choosing = "group"

// chosenGroups are the parts of the measure that the request names, in the order
// of the measure: one in each value, or several with spaces between them.
func chosenGroups(c *gin.Context, def measure.Definition) (all []measure.Group) {
	named := strings.Fields(strings.Join(append(c.QueryArray(choosing), c.PostFormArray(choosing)...), " "))
	for _, g := range def.Groups {
		if slices.Contains(named, g.Key) {
			all = append(all, g)
		}
	}
	return all
}

func keysOf(groups []measure.Group) (keys []string) {
	for _, g := range groups {
		keys = append(keys, g.Key)
	}
	return keys
}

// ChoosesGroups reports whether it is to be said first what is rated.
func (p newAssessmentPage) ChoosesGroups() bool { return len(p.Whole.Groups) > 0 && len(p.Groups) == 0 }

// GroupField asks which parts of the measure match the person's goals. Those that
// were rated on this referral before are ticked: which they were is no score.
func (p newAssessmentPage) GroupField() Field {
	f := Field{Name: choosing, Values: p.RatedBefore}
	if p.NoneChosen {
		f.Wrong, f.Values = []string{"Tick at least one."}, nil
	}
	for _, g := range p.Whole.Groups {
		f = f.Or(g.Key, g.Name)
	}
	return f
}

// ratedBefore are the parts of the measure that any assessment of the referral
// rated.
func ratedBefore(v app.ReferralView, def measure.Definition) (all []string) {
	for _, a := range v.Assessments {
		if a.Measure != def.Key {
			continue
		}
		for _, g := range def.GroupsOf(a.Responses) {
			if !slices.Contains(all, g) {
				all = append(all, g)
			}
		}
	}
	return all
}
