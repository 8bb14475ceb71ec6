package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/evidence"
	"cairn/internal/fault"
	"cairn/internal/figures"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// publishedPage is GET /published/:day/:release: one release as anybody outside
// reads it, made of what was kept when it was published.
type publishedPage struct {
	Frame   Frame
	View    app.PublishedView
	Address string      // to be typed from paper
	First   shownFigure // the headline
	Others  []shownFigure
	Groups  []shownGroups
	Change  charts.Figure
	Bands   charts.Figure
	Shown   bool // there is a figure
}

func (publishedPage) folder() string { return "published" }

// Standing reports whether it is what stands for its period.
func (p publishedPage) Standing() bool { return p.View.State == scheme.ReleasePublished }

// noReleasePage is said to everybody who may not read a release, whatever the
// reason, so that nobody learns which releases there are.
type noReleasePage struct {
	Frame Frame
	Next  string
}

func (noReleasePage) folder() string { return "no-release" }

// noRelease is the plain page for a release that is not there for the reader.
func (s *Site) noRelease(c *gin.Context) error {
	next := url.Values{"next": {c.Request.URL.RequestURI()}}.Encode()
	return s.render(c, http.StatusNotFound, noReleasePage{Frame: s.frame(c, "home"), Next: "/sign-in?" + next})
}

func (s *Site) published(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.Published(ctx, server.ActorOf(ctx), scheme.ReleaseID(c.Param("release")))
	if fault.Is(err, fault.NotFound) || err == nil && v.PublishedOn.String() != c.Param("day") {
		return s.noRelease(c)
	}
	if err != nil {
		return err
	}
	p := &publishedPage{Frame: s.frame(c, "granted"), View: v, Address: s.address(c, v)}
	p.Frame.Charts = true
	of := releaseShown{v.Release, v.Cover, v.Figures}
	if first, ok := v.Headline(); ok {
		p.First, p.Shown, p.Groups = of.shown(first), true, of.groups()
		for _, f := range of.everybody() {
			if f.ETag != first.ETag || f.Question.Key() != first.Question.Key() {
				p.Others = append(p.Others, f)
			}
		}
	}
	if p.Change, p.Bands, err = figures.Published(v); err != nil {
		return err
	}
	from := s.maker().Release(v, s.address(c, v))
	if c.Param("figure") != "" {
		text, err := fileOf(c, p, from)
		if err == nil {
			tagged(c, csvKind, text, v.Audience)
		}
		return err
	}
	savable(c.Request.URL, p, from)
	return s.renderTagged(c, p, v.Audience)
}

func (p *publishedPage) figures() []*charts.Figure { return []*charts.Figure{&p.Change, &p.Bands} }

// renderTagged is render with a strong ETag of the very bytes, so that a reader
// who has them is told so.
func (s *Site) renderTagged(c *gin.Context, p page, to app.Audience) error {
	var out bytes.Buffer
	if err := s.pages[p.folder()].Execute(&out, p); err != nil {
		return fmt.Errorf("render %s: %w", p.folder(), err)
	}
	tagged(c, "text/html; charset=utf-8", out.Bytes(), to)
	return nil
}

// tagged answers with content and its ETag, or with 304. What is public may be
// kept, as long as it is asked for again; what was granted may not.
func tagged(c *gin.Context, kind string, content []byte, to app.Audience) {
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:]) + `"`
	c.Header("ETag", tag)
	if to == app.AudiencePublic {
		c.Header("Cache-Control", "no-cache")
		c.Header("Vary", "Cookie")
	}
	for _, known := range strings.Split(c.GetHeader("If-None-Match"), ",") {
		if strings.TrimSpace(known) == tag {
			c.Status(http.StatusNotModified)
			c.Writer.WriteHeaderNow()
			return
		}
	}
	c.Data(http.StatusOK, kind, content)
}

// document is GET /published/:day/:release/document: the text that the hash is
// of.
func (s *Site) document(c *gin.Context) error {
	ctx := c.Request.Context()
	actor, id := server.ActorOf(ctx), scheme.ReleaseID(c.Param("release"))
	text, err := s.app.Document(ctx, actor, id)
	if fault.Is(err, fault.NotFound) {
		return s.noRelease(c)
	}
	if err != nil {
		return err
	}
	to := app.AudienceGranted
	if actor.Account == "" {
		to = app.AudiencePublic
	}
	tagged(c, "application/x-ndjson; charset=utf-8", text, to)
	return nil
}

// grantedPage is GET /granted: a commissioner's home.
type grantedPage struct {
	Frame    Frame
	Services []grantedService
}

func (grantedPage) folder() string { return "granted" }

// A grantedService is one scheme with its releases, the newest first.
type grantedService struct {
	Organisation, Scheme string
	Lines                []app.GrantedLine
}

func (s *Site) granted(c *gin.Context) error {
	ctx := c.Request.Context()
	all, err := s.app.Granted(ctx, server.ActorOf(ctx))
	if err != nil {
		return err
	}
	p := grantedPage{Frame: s.frame(c, "granted")}
	for i, l := range all {
		if i == 0 || all[i-1].Owner != l.Owner || all[i-1].Scheme != l.Scheme {
			p.Services = append(p.Services, grantedService{Organisation: l.Cover.Organisation, Scheme: l.Cover.Scheme})
		}
		last := &p.Services[len(p.Services)-1]
		last.Lines = append(last.Lines, l)
	}
	return s.render(c, http.StatusOK, p)
}

// grantedComparePage is GET /granted/compare: granted releases beside each other.
type grantedComparePage struct {
	Frame  Frame
	Form   Form
	View   app.GrantedComparison
	Forest charts.Figure
	Shown  bool
}

func (grantedComparePage) folder() string { return "granted-compare" }

// Scores, Occasions and Periods are what can be compared.
func (p grantedComparePage) Scores() (all []scheme.Term) {
	for _, s := range p.View.Scores {
		all = append(all, scheme.Term{Value: string(s.Score.Series), Label: s.Score.Name})
	}
	return all
}

func (p grantedComparePage) Occasions() (all []scheme.Term) {
	for _, o := range p.View.Occasions {
		all = append(all, scheme.Term{Value: string(o), Label: o.Label()})
	}
	return all
}

func (p grantedComparePage) Periods() (all []scheme.Term) {
	for _, one := range p.View.Periods {
		all = append(all, scheme.Term{Value: app.PeriodKey(one), Label: one.Long()})
	}
	return all
}

// Times are the periods that are mixed, within a sentence; empty where all are of
// one time.
func (p grantedComparePage) Times() string {
	var all []string
	for _, one := range p.View.Times() {
		all = append(all, one.Long())
	}
	if len(all) < 2 {
		return ""
	}
	return evidence.Several(all)
}

// Lines are the schemes, each with its words.
func (p grantedComparePage) Lines() (all []grantedCompareLine) {
	for _, l := range p.View.Lines {
		line := grantedCompareLine{GrantedScheme: l}
		if l.Figure != nil {
			of := releaseShown{l.Release, l.Cover, nil}
			line.shownFigure = of.shown(*l.Figure)
		}
		all = append(all, line)
	}
	return all
}

// A grantedCompareLine is one scheme of a comparison.
type grantedCompareLine struct {
	app.GrantedScheme
	shownFigure
}

// Has reports whether the release has a figure of what is compared.
func (l grantedCompareLine) Has() bool { return l.GrantedScheme.Figure != nil }

// Weak reports whether it was measured too poorly to be put beside others without
// a word: under level 2, or of a release that does not say.
func (l grantedCompareLine) Weak() bool { return l.Has() && (l.Level == nil || l.Level.Number < 2) }

// Mean and Interval are those of the change, or that they are not shown.
func (l grantedCompareLine) Mean() string     { return shownGroup{"", l.shownFigure}.Mean() }
func (l grantedCompareLine) Interval() string { return shownGroup{"", l.shownFigure}.Interval() }

func (p *grantedComparePage) figures() []*charts.Figure { return []*charts.Figure{&p.Forest} }

func (s *Site) compareGranted(c *gin.Context) error {
	ctx := c.Request.Context()
	form, err := blank("series", "occasion", "period")
	if err != nil {
		return err
	}
	unknown := form.asked(c)
	v, err := s.app.CompareGranted(ctx, server.ActorOf(ctx), app.GrantedAsk{
		Series: measure.Series(form.text("series")), Occasion: scheme.Occasion(form.text("occasion")), Period: form.text("period"),
	})
	if accident := unknown.Note("", err); accident != nil {
		return accident
	}
	p := grantedComparePage{View: v}
	status := http.StatusOK
	if err := unknown.Err(); err != nil {
		if status, err = s.refuse(ctx, &form, err); err != nil {
			return err
		}
	} else {
		form.start("series", string(v.Ask.Series))
		form.start("occasion", string(v.Ask.Occasion))
		p.Shown = len(v.Lines) > 0
	}
	if p.Shown {
		if p.Forest, err = figures.Granted(v); err != nil {
			return err
		}
	}
	p.Form, p.Frame = form, s.frame(c, "compare").refused(form)
	p.Frame.Charts = p.Shown
	if status != http.StatusOK {
		return s.render(c, status, p)
	}
	return s.renderFigures(c, &p, s.maker().Granted(v, p.Frame.Actor.OrgName))
}
