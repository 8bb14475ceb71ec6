package site

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// referralsShown is how many referrals a page lists.
const referralsShown = 25

// schemePage is GET /schemes/:scheme: its plan and its referrals, newest first.
type schemePage struct {
	Frame     Frame
	Scheme    scheme.Scheme
	Plan      []planLine
	Published []scheme.Release // of the scheme, the newest first; for those who see its figures
	Referrals []referralLine
	Pages     pager
}

// planLine is one measure of a plan, with when it is collected.
type planLine struct {
	Measure string
	Items   []scheme.PlanItem
}

type referralLine struct {
	app.ReferralLine
	State string // how it stands
	Ended string // why it ended, in words
}

func (schemePage) folder() string { return "scheme" }

func (s *Site) scheme(c *gin.Context) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	found, err := s.app.Scheme(ctx, actor, scheme.ID(c.Param("scheme")))
	if err != nil {
		return err
	}
	defs, err := s.app.Measures(ctx, actor)
	if err != nil {
		return err
	}
	p := schemePage{Frame: s.frame(c, "schemes"), Scheme: found, Plan: planLines(found.Plan, defs), Pages: pagerOf(c, "Pages of referrals")}
	if p.Frame.SeesPeople() {
		lines, err := s.app.Referrals(ctx, actor, app.ReferralsAsk{Scheme: found.ID, Page: app.Page{After: c.Query("after"), Limit: referralsShown + 1}})
		if err != nil {
			return err
		}
		p.list(lines)
	}
	if p.Frame.SeesEvidence() {
		if p.Published, err = s.app.PublishedOf(ctx, actor, found.ID); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, p)
}

func (p *schemePage) list(lines []app.ReferralLine) {
	for _, l := range cut(&p.Pages, lines, referralsShown, func(l app.ReferralLine) string { return l.Mark }) {
		line := referralLine{ReferralLine: l, Ended: scheme.Label(scheme.EndReasons(), string(l.Referral.EndReason))}
		switch {
		case !l.Referral.EndedOn.IsZero():
			line.State = "ended"
		case !l.Referral.DeclinedOn.IsZero():
			line.State = "declined"
		case l.Referral.Accepted():
			line.State = "accepted"
		default:
			line.State = "received"
		}
		p.Referrals = append(p.Referrals, line)
	}
}

func planLines(plan scheme.Plan, defs []measure.Definition) []planLine {
	var lines []planLine
	for _, key := range plan.Measures() {
		for _, d := range defs {
			if d.Key == key {
				lines = append(lines, planLine{Measure: d.Name, Items: plan.Of(key)})
			}
		}
	}
	return lines
}
