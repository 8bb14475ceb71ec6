package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// Sheets answer with one page of paper, in the words of the pages. Both fault with
// not-found where no browser is there to print it.
type Sheets interface {
	PrintEvidence(c *gin.Context, v app.EvidenceView) error
	PrintPublished(c *gin.Context, v app.PublishedView) error
}

const pdfMedia = "application/pdf"

// sheets are results on one page of paper.
func (a *API) sheets() {
	sheet(a, asked{id: "print-evidence", path: "/schemes/{id}/evidence/one-page.pdf", tag: "Evidence", right: app.SeeEvidence, summary: "A scheme's result on one page, as PDF",
		about: "The page that the evidence offers for a board: result, who is missing, what may be claimed. It says on itself that it is internal. " + whereNoBrowser},
		func(ctx context.Context, by app.Actor, in *EvidenceQuery) (func(*gin.Context) error, error) {
			v, err := a.app.Evidence(ctx, by, in.ask())
			return func(c *gin.Context) error { return a.paper.PrintEvidence(c, v) }, err
		})
	sheet(a, asked{id: "print-published-release", path: "/published/{id}/one-page.pdf", tag: "Releases", right: server.SignedIn, why: whoReads, summary: "A release on one page, as PDF",
		about: "From what was kept when it was published, with the release's SHA-256. " + whereNoBrowser},
		func(ctx context.Context, by app.Actor, in *byID) (func(*gin.Context) error, error) {
			v, err := a.app.Published(ctx, by, scheme.ReleaseID(in.ID))
			return func(c *gin.Context) error { return a.paper.PrintPublished(c, v) }, err
		})
}

const whereNoBrowser = "Answered with 404 where the service has no browser to print with; the same numbers are in the JSON."

// sheet adds an operation that answers with a PDF.
func sheet[I any](a *API, o asked, find func(context.Context, app.Actor, *I) (func(*gin.Context) error, error)) {
	op := o.operation(http.MethodGet)
	op.Errors = append(op.Errors, http.StatusNotFound)
	op.Responses = fileOf(pdfMedia)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		print, err := answer(ctx, a, "query", func(ctx context.Context) (func(*gin.Context) error, error) { return find(ctx, server.ActorOf(ctx), in) })
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(h huma.Context) {
			c := humagin.Unwrap(h)
			if err := print(c); err != nil {
				a.server.Answer(c, err)
			}
		}}, nil
	})
}

// fileOf describes an answer that is a file.
func fileOf(kinds ...string) map[string]*huma.Response {
	file := &huma.Response{Description: "The file", Content: map[string]*huma.MediaType{}}
	for _, kind := range kinds {
		file.Content[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	return map[string]*huma.Response{"200": file}
}
