package site

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// A Printer makes one page of A4 of a page of ours. file finds what the page asks
// for, and policy is what it is read under.
type Printer interface {
	PrintPage(ctx context.Context, html []byte, policy string, file func(path string) (kind string, content []byte, ok bool)) ([]byte, error)
}

// PrintWith makes the pages offer themselves as PDF. Without a printer they say
// that the browser prints them.
func (s *Site) PrintWith(p Printer) { s.printer = p }

// onePageRoutes are the sheet on the screen and as PDF.
func (s *Site) onePageRoutes() {
	for _, end := range []string{"/print", pdfEnd} {
		s.server.Route(http.MethodGet, "/schemes/:scheme/evidence"+end, server.Policy{Right: app.SeeEvidence}, s.evidenceOnOnePage)
		open := server.Policy{Right: server.Public, Why: "a release on one page, for whoever may read the release"}
		s.server.Route(http.MethodGet, "/published/:day/:release"+end, open, s.publishedOnOnePage)
	}
}

const pdfEnd = "/print.pdf"

// printedAt is where the page that was asked for stands on one sheet.
func printedAt(c *gin.Context) string {
	to := url.URL{Path: strings.TrimSuffix(c.Request.URL.Path, "/") + "/print", RawQuery: c.Request.URL.Query().Encode()}
	return to.String()
}

// sheet answers with the page, or with the same page as PDF. It hands the browser
// the page itself, made for whoever asked: nothing is fetched with their session.
func (s *Site) sheet(c *gin.Context, p onePage) error {
	if strings.HasSuffix(c.FullPath(), pdfEnd) {
		return s.printed(c, p)
	}
	if s.printer != nil {
		p.PDF = c.Request.URL.Path + ".pdf" + queryOf(c)
	}
	return s.render(c, http.StatusOK, p)
}

// queryOf is the filters of the address, as the end of another.
func queryOf(c *gin.Context) string {
	if query := c.Request.URL.Query().Encode(); query != "" {
		return "?" + query
	}
	return ""
}

// printed answers with the page as PDF.
func (s *Site) printed(c *gin.Context, p onePage) error {
	if s.printer == nil {
		return server.NotThere()
	}
	var html bytes.Buffer
	if err := s.pages[p.folder()].Execute(&html, p); err != nil {
		return fmt.Errorf("render %s: %w", p.folder(), err)
	}
	pdf, err := s.printer.PrintPage(c.Request.Context(), html.Bytes(), c.Writer.Header().Get("Content-Security-Policy"), s.server.Asset)
	if err != nil {
		return fault.New(fault.Unavailable, fault.Busy, "This page could not be made as PDF just now. Try again, or print the page with your own browser.").Because(err)
	}
	of := charts.Source{Of: p.Scheme, Score: p.Score, Occasion: p.Occasion}
	if p.Released != nil {
		of.SHA256 = p.Released.View.SHA256
	}
	name := charts.Figure{ID: "one-page"}.FileName(of)
	c.Header("Content-Disposition", `attachment; filename="`+name+`.pdf"`)
	c.Data(http.StatusOK, "application/pdf", pdf)
	return nil
}

// evidenceOnOnePage is GET /schemes/:scheme/evidence/print: the internal view.
func (s *Site) evidenceOnOnePage(c *gin.Context) error {
	_, view, answered, err := s.evidenceAsked(c)
	if err != nil || answered {
		return err
	}
	p, err := s.internalSheet(c, view)
	if err != nil {
		return err
	}
	return s.sheet(c, p)
}

// PrintEvidence answers with the internal view as PDF, for the API.
func (s *Site) PrintEvidence(c *gin.Context, v app.EvidenceView) error {
	p, err := s.internalSheet(c, v)
	if err != nil {
		return err
	}
	return s.printed(c, p)
}

func (s *Site) internalSheet(c *gin.Context, v app.EvidenceView) (onePage, error) {
	p, err := internalPage(v)
	p.Frame = s.frame(c, "schemes")
	p.Frame.Charts = p.Figure.Option != ""
	p.Org, p.Internal = p.Frame.Actor.OrgName, &internalStamp{AsOf: v.Today.Long(), Software: s.app.Software()}
	p.Back = "/schemes/" + string(v.Scheme.ID) + "/evidence" + queryOf(c)
	return p, err
}

// publishedOnOnePage is GET /published/:day/:release/print: from what was kept
// when the release was published.
func (s *Site) publishedOnOnePage(c *gin.Context) error {
	ctx := c.Request.Context()
	v, err := s.app.Published(ctx, server.ActorOf(ctx), scheme.ReleaseID(c.Param("release")))
	if fault.Is(err, fault.NotFound) || err == nil && v.PublishedOn.String() != c.Param("day") {
		return s.noRelease(c)
	}
	if err != nil {
		return err
	}
	p, err := s.releasedSheet(c, v)
	if err != nil {
		return err
	}
	return s.sheet(c, p)
}

// PrintPublished answers with a release as PDF, for the API.
func (s *Site) PrintPublished(c *gin.Context, v app.PublishedView) error {
	p, err := s.releasedSheet(c, v)
	if err != nil {
		return err
	}
	return s.printed(c, p)
}

func (s *Site) releasedSheet(c *gin.Context, v app.PublishedView) (onePage, error) {
	p, err := releasedPage(v)
	p.Frame, p.Back = s.frame(c, "granted"), v.Path()+queryOf(c)
	p.Frame.Charts, p.Released.Address = p.Figure.Option != "", s.address(c, v)
	return p, err
}
