package site

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// releasesPage is GET and POST /releases: everything that was prepared and
// published, and the start of the next one.
type releasesPage struct {
	Frame Frame
	List  app.ReleaseList
	Form  Form
}

func (releasesPage) folder() string { return "releases" }

// Schemes are those that can be released.
func (p releasesPage) Schemes() []scheme.Term {
	var all []scheme.Term
	for _, s := range p.List.Schemes {
		all = append(all, scheme.Term{Value: string(s.ID), Label: s.Name})
	}
	return all
}

// quartersBack is how far back a period can be chosen: three years.
const quartersBack = 12

// Quarters are those that are over, the newest first.
func (p releasesPage) Quarters() []scheme.Term {
	var all []scheme.Term
	now := p.List.Today.Quarter()
	for q := now - 1; q >= now-quartersBack; q-- {
		all = append(all, scheme.Term{Value: q.String(), Label: scheme.Period{From: q, To: q}.Long()})
	}
	return all
}

// Grains are what a period can be, as people read them.
func (releasesPage) Grains() []scheme.Term { return scheme.Grains() }

func (s *Site) releaseRoutes() {
	for _, r := range []struct {
		method, path string
		right        app.Right
		do           func(*gin.Context) error
	}{
		{http.MethodGet, "/releases", app.SeeReleases, s.releases},
		{http.MethodPost, "/releases", app.MakeReleases, s.prepareRelease},
		{http.MethodGet, "/releases/threshold", app.SeeReleases, s.threshold},
		{http.MethodPost, "/releases/threshold", app.MakeReleases, s.setThreshold},
		{http.MethodGet, "/releases/:release", app.SeeReleases, s.release},
		{http.MethodPost, "/releases/:release/audit", app.MakeReleases, s.auditRelease},
		{http.MethodPost, "/releases/:release/publish", app.MakeReleases, s.publishRelease},
		{http.MethodPost, "/releases/:release/withdraw", app.MakeReleases, s.withdrawRelease},
		{http.MethodPost, "/releases/:release/public", app.MakeReleases, s.openRelease},
		{http.MethodPost, "/releases/:release/grants", app.MakeReleases, s.grantRelease},
		{http.MethodPost, "/releases/:release/revoke", app.MakeReleases, s.revokeGrant},
		{http.MethodGet, "/granted", app.ReadGranted, s.granted},
		{http.MethodGet, "/granted/compare", app.ReadGranted, s.compareGranted},
	} {
		s.server.Route(r.method, r.path, server.Policy{Right: r.right}, r.do)
	}
	open := server.Policy{Right: server.Public, Why: "a release that its organisation made public; any other looks as if it were not there, unless whoever is signed in was granted it"}
	s.server.Route(http.MethodGet, "/published/:day/:release", open, s.published)
	s.server.Route(http.MethodGet, "/published/:day/:release/document", open, s.document)
}

func (s *Site) releases(c *gin.Context) error {
	form, err := blank("scheme", "within", "grain")
	if err != nil {
		return err
	}
	if c.Query("scheme") != "" {
		form.start("scheme", c.Query("scheme"))
	}
	return s.showReleases(c, http.StatusOK, form)
}

func (s *Site) showReleases(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	list, err := s.app.Releases(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, status, releasesPage{Frame: s.frame(c, "releases").refused(form), List: list, Form: form})
}

func (s *Site) prepareRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "scheme", "within", "grain")
	if err != nil {
		return err
	}
	v, err := s.app.PrepareRelease(ctx, server.ActorOf(ctx), app.NewRelease{
		Key: form.sentKey(), Scheme: scheme.ID(form.text("scheme")), Within: form.text("within"), Grain: scheme.Grain(form.text("grain")),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showReleases(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/releases/"+string(v.ID)+"?done=prepared")
	return nil
}

// thresholdPage is GET and POST /releases/threshold.
type thresholdPage struct {
	Frame  Frame
	Policy scheme.DisclosurePolicy
	Form   Form
	Done   bool
}

func (thresholdPage) folder() string { return "release-threshold" }

func (s *Site) threshold(c *gin.Context) error {
	ctx := c.Request.Context()
	p, err := s.app.DisclosurePolicy(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	form, err := blank("threshold", "reason")
	if err != nil {
		return err
	}
	form.start("threshold", strconv.Itoa(p.Threshold))
	form.start("reason", p.Reason)
	return s.showThreshold(c, http.StatusOK, form)
}

func (s *Site) showThreshold(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	p, err := s.app.DisclosurePolicy(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	return s.render(c, status, thresholdPage{Frame: s.frame(c, "releases").refused(form), Policy: p, Form: form, Done: c.Query("done") != ""})
}

func (s *Site) setThreshold(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := posted(c, "threshold", "reason")
	if err != nil {
		return err
	}
	_, err = s.app.SetDisclosurePolicy(ctx, server.ActorOf(ctx), app.NewDisclosurePolicy{
		Key: form.sentKey(), Version: form.number("version"), Threshold: form.number("threshold"), Reason: form.text("reason"),
	})
	if err != nil {
		status, err := s.refuse(ctx, &form, err)
		if err != nil {
			return err
		}
		return s.showThreshold(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/releases/threshold?done=1")
	return nil
}
