package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// schemesPage is GET /schemes: the actor's schemes.
type schemesPage struct {
	Frame   Frame
	Schemes []schemeLine
}

type schemeLine struct {
	scheme.Scheme
	Measures []string // short names, in the plan's order
	FollowUp string   // the headline occasion
}

func (schemesPage) folder() string { return "schemes" }

func (s *Site) schemes(c *gin.Context) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	all, err := s.app.Schemes(ctx, actor)
	if err != nil {
		return err
	}
	defs, err := s.app.Measures(ctx, actor)
	if err != nil {
		return err
	}
	p := schemesPage{Frame: s.frame(c, "schemes")}
	for _, one := range all {
		p.Schemes = append(p.Schemes, schemeLine{one, shortNames(one.Plan, defs), one.Plan.Headline.Label()})
	}
	return s.render(c, http.StatusOK, p)
}

// shortNames are the measures of a plan as people say them.
func shortNames(plan scheme.Plan, defs []measure.Definition) []string {
	var names []string
	for _, key := range plan.Measures() {
		for _, d := range defs {
			if d.Key == key {
				names = append(names, d.Short)
			}
		}
	}
	return names
}
