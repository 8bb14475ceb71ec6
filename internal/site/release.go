package site

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// releasePage is GET /releases/:release: one release, as the service that makes
// it sees it, with every step it can take next.
type releasePage struct {
	Frame         Frame
	View          app.ReleaseView
	Form          Form // of the step that was refused, else blank
	Commissioners []scheme.Organisation
	Done          string        // the step that was taken
	Figures       []shownFigure // of everybody
	Groups        []shownGroups
	Hidden        []hiding // by the auditor, beyond the usual
	Unsafe        string   // what could still be worked out
	Usual         []usualHiding
}

func (releasePage) folder() string { return "release" }

// To are the organisations that can be granted it.
func (p releasePage) To() []scheme.Term {
	var all []scheme.Term
	for _, o := range p.Commissioners {
		all = append(all, scheme.Term{Value: string(o.ID), Label: o.Name})
	}
	return all
}

// Standing are the grants that are not revoked.
func (p releasePage) Standing() []app.GrantView {
	return slices.DeleteFunc(slices.Clone(p.View.Grants), revoked)
}

// Ended are those that were revoked or whose last day has passed.
func (p releasePage) Ended() []app.GrantView {
	return slices.DeleteFunc(slices.Clone(p.View.Grants), func(g app.GrantView) bool { return !revoked(g) })
}

func revoked(g app.GrantView) bool { return !g.Revoked.At.IsZero() }

func releaseForm() []string {
	return []string{"to", "what", "until", "notice", "figures"}
}

func (s *Site) release(c *gin.Context) error {
	form, err := blank(releaseForm()...)
	if err != nil {
		return err
	}
	form.start("what", "scheme")
	return s.showRelease(c, http.StatusOK, form)
}

func (s *Site) showRelease(c *gin.Context, status int, form Form) error {
	ctx := c.Request.Context()
	actor := server.ActorOf(ctx)
	v, err := s.app.Release(ctx, actor, scheme.ReleaseID(c.Param("release")))
	if err != nil {
		return err
	}
	p := releasePage{Frame: s.frame(c, "releases").refused(form), View: v, Form: form, Done: c.Query("done")}
	if v.Mine {
		if p.Commissioners, err = s.app.Commissioners(ctx, actor); err != nil {
			return err
		}
	}
	of := releaseShown{v.Release, v.Cover, v.Figures}
	p.Figures, p.Groups = of.everybody(), of.groups()
	p.Hidden, p.Unsafe, p.Usual = p.hidings(of), p.unsafe(of), of.usual()
	return s.render(c, status, p)
}

// step takes one step of a release and leads back to it.
func (s *Site) step(c *gin.Context, done string, take func(Form, scheme.ReleaseID) error) error {
	form, err := posted(c, releaseForm()...)
	if err != nil {
		return err
	}
	id := scheme.ReleaseID(c.Param("release"))
	if err := take(form, id); err != nil {
		status, err := s.refuse(c.Request.Context(), &form, err)
		if err != nil {
			return err
		}
		return s.showRelease(c, status, form)
	}
	c.Redirect(http.StatusSeeOther, "/releases/"+string(id)+"?done="+done)
	return nil
}

func (s *Site) auditRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "audited", func(f Form, id scheme.ReleaseID) error {
		_, err := s.app.AuditRelease(ctx, server.ActorOf(ctx), app.ReleaseStep{Key: f.sentKey(), ID: id, Version: f.number("version")})
		return err
	})
}

func (s *Site) publishRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "published", func(f Form, id scheme.ReleaseID) error {
		_, err := s.app.PublishRelease(ctx, server.ActorOf(ctx), app.ReleaseStep{Key: f.sentKey(), ID: id, Version: f.number("version")})
		return err
	})
}

func (s *Site) withdrawRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "withdrawn", func(f Form, id scheme.ReleaseID) error {
		_, err := s.app.WithdrawRelease(ctx, server.ActorOf(ctx), app.ReleaseWithdrawal{
			Key: f.sentKey(), ID: id, Version: f.number("version"), Notice: f.text("notice"), Figures: f.text("figures"),
		})
		return err
	})
}

func (s *Site) openRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "public", func(f Form, id scheme.ReleaseID) error {
		_, err := s.app.OpenRelease(ctx, server.ActorOf(ctx), app.ReleaseOpening{Key: f.sentKey(), ID: id, Version: f.number("version"), Public: f.text("public")})
		return err
	})
}

func (s *Site) grantRelease(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "granted", func(f Form, id scheme.ReleaseID) error {
		in := app.NewGrant{Key: f.sentKey(), Scheme: scheme.ID(f.text("scheme")), To: scheme.OrgID(f.text("to")), Until: f.day("until")}
		switch f.text("what") {
		case "release":
			in.Release = id
		case "scheme":
		default:
			return fault.New(fault.Invalid, fault.InputInvalid, "Choose what they can read.").At("what")
		}
		_, err := s.app.GrantRelease(ctx, server.ActorOf(ctx), in)
		return err
	})
}

func (s *Site) revokeGrant(c *gin.Context) error {
	ctx := c.Request.Context()
	return s.step(c, "revoked", func(f Form, _ scheme.ReleaseID) error {
		_, err := s.app.RevokeGrant(ctx, server.ActorOf(ctx), app.Revocation{Key: f.sentKey(), Of: scheme.ID(f.text("scheme")), ID: scheme.GrantID(f.text("grant"))})
		return err
	})
}
