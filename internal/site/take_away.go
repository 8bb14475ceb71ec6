package site

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/figures"
	"cairn/internal/server"
)

// A figured page shows figures that can be taken away. They are pointed at, so
// that each can be told where it is saved.
type figured interface {
	page
	figures() []*charts.Figure // those without an ID were not made
}

// one is the end of the address of one figure of a page, as a file.
const one = "/figures/:figure"

// takeAwayRoutes are the figures of every page that has any, one file each. The
// page's own handler answers: what is saved is what the page shows, under the
// same right and the same filters.
func (s *Site) takeAwayRoutes() {
	for _, r := range []struct {
		path  string
		right app.Right
		get   func(*gin.Context) error
	}{
		{"/schemes/:scheme/evidence", app.SeeEvidence, s.evidence},
		{"/schemes/:scheme/equity", app.SeeEvidence, s.equity},
		{"/schemes/:scheme/comparator", app.SeeEvidence, s.comparator},
		{"/compare", app.SeeEvidence, s.compare},
		{"/ot", app.SeeEvidence, s.ot},
		{"/granted/compare", app.ReadGranted, s.compareGranted},
	} {
		s.server.Route(http.MethodGet, r.path+one, server.Policy{Right: r.right}, r.get)
	}
	open := server.Policy{Right: server.Public, Why: "a figure of a release, for whoever may read the release"}
	s.server.Route(http.MethodGet, "/published/:day/:release"+one, open, s.published)
}

// here is the last part of the page's own address, also where one of its figures
// or its print was asked for.
func here(c *gin.Context) string {
	at := c.FullPath()
	for _, end := range []string{one, "/print", pdfEnd} {
		at = strings.TrimSuffix(at, end)
	}
	return path.Base(at)
}

// renderFigures is render for a page with figures: the page whole, or the one
// figure that the address names, as a file.
func (s *Site) renderFigures(c *gin.Context, p figured, of charts.Source) error {
	if c.Param("figure") != "" {
		return saveFigure(c, p, of)
	}
	savable(c.Request.URL, p, of)
	return s.render(c, http.StatusOK, p)
}

// savable tells the figures of the page at that address where they are saved.
func savable(at *url.URL, p figured, of charts.Source) {
	for _, f := range p.figures() {
		if f.ID == "" || len(f.Rows) == 0 {
			continue
		}
		to := url.URL{Path: at.Path + "/figures/" + f.ID + ".csv", RawQuery: at.Query().Encode()}
		f.Saved = &charts.Saved{CSV: to.String(), Name: f.FileName(of), Lines: of.Lines()}
	}
}

// csvKind is the media type of a figure's table.
const csvKind = "text/csv; charset=utf-8; header=present"

func saveFigure(c *gin.Context, p figured, of charts.Source) error {
	text, err := fileOf(c, p, of)
	if err == nil {
		c.Data(http.StatusOK, csvKind, text)
	}
	return err
}

// fileOf is the table of the figure that the address names, with its file's name
// in the answer's head.
func fileOf(c *gin.Context, p figured, of charts.Source) ([]byte, error) {
	for _, f := range p.figures() {
		if f.ID == "" || len(f.Rows) == 0 || f.ID+".csv" != c.Param("figure") {
			continue
		}
		c.Header("Content-Disposition", `attachment; filename="`+f.FileName(of)+`.csv"`)
		return f.CSV(of)
	}
	return nil, server.NotThere()
}

// maker is this program, as its figures name it.
func (s *Site) maker() figures.Maker {
	return figures.Maker{Software: s.app.Software(), Invented: s.server.Demo()}
}

// address is that of a release as it can be typed from paper.
func (s *Site) address(c *gin.Context, v app.PublishedView) string {
	return s.server.Root(c.Request) + v.Path()
}
