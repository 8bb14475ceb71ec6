package api

import (
	"context"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"cairn/charts"
	"cairn/internal/app"
	"cairn/internal/figures"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// whoReads is why a published release needs no right of a role.
const whoReads = "a release for whoever may read it: its service, whoever it was granted to, and everybody where it is public; for others it is not there"

// publishedFigureQuery names one figure of a release.
type publishedFigureQuery struct {
	ID     string `path:"id" doc:"The release's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Figure string `path:"figure" doc:"change.csv or bands.csv" example:"change.csv"`

	sent *http.Request // for where the service is
}

// Resolve finds out where the release can be read: its figures say it.
func (in *publishedFigureQuery) Resolve(ctx huma.Context) []error {
	in.sent = humagin.Unwrap(ctx).Request
	return nil
}

// published are releases as whoever may read them reads them.
func (a *API) published() {
	get(a, asked{id: "get-published-release", path: "/published/{id}", tag: "Releases", right: server.SignedIn, why: whoReads, summary: "A published release, for whoever may read it",
		about: "From what was kept when it was published. Whoever is signed in reads what was made public; the service its own; a commissioner what was granted, and each such reading is noted for the service."},
		"path", func(ctx context.Context, by app.Actor, in *byID) (grantedBody, error) {
			v, err := a.app.Published(ctx, by, scheme.ReleaseID(in.ID))
			if err != nil {
				return grantedBody{}, err
			}
			return publishedViewOf(v), nil
		})
	file(a, asked{id: "get-published-document", path: "/published/{id}/document", tag: "Releases", right: server.SignedIn, why: whoReads, summary: "The text of which a release's SHA-256 is",
		about: "Lines of JSON, byte for byte as they were frozen, so that anybody can work the hash out. Of a release whose figures were withdrawn there is none."},
		documentMedia, func(ctx context.Context, by app.Actor, in *byID) (download, error) {
			text, err := a.app.Document(ctx, by, scheme.ReleaseID(in.ID))
			return download{"release-" + in.ID + ".ndjson", bytesOf(text)}, err
		})
	figureFile(a, asked{id: "get-published-figure", path: "/published/{id}/figures/{figure}", tag: "Releases", right: server.SignedIn, why: whoReads, summary: "The table of one figure of a release, as CSV", about: sameFile},
		func(ctx context.Context, by app.Actor, in *publishedFigureQuery) (drawn, error) {
			v, err := a.app.Published(ctx, by, scheme.ReleaseID(in.ID))
			if err != nil {
				return drawn{}, err
			}
			change, bands, err := figures.Published(v)
			return drawn{in.Figure, []charts.Figure{change, bands}, a.maker().Release(v, a.server.Root(in.sent)+v.Path())}, err
		})
}

const documentMedia = "application/x-ndjson; charset=utf-8"

// bytesOf writes what is there already.
func bytesOf(text []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	}
}
