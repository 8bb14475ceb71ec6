package api_test

import (
	"net/http"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
	kit "cairn/internal/testkit/town"
)

// releaseOf makes a published release of a scheme, granted to the board.
func (w *town) releaseOf(by app.Actor, of scheme.Scheme) (release string) {
	w.T.Helper()
	from, err := scheme.ParseDay("2025-11-01")
	must(w.T, err)
	w.Crowd(by, of, kit.Many("RL-"+of.Name, 12, from)...)
	return string(w.publishedTo(by, of).ID)
}

// publishedTo is a release of the scheme that fi may read.
func (w *town) publishedTo(by app.Actor, of scheme.Scheme) scheme.Release {
	w.T.Helper()
	ctx := w.T.Context()
	v, err := w.App.PrepareRelease(ctx, by, app.NewRelease{Scheme: of.ID, Grain: scheme.ReleasedQuarterly, Within: "2026-Q1"})
	must(w.T, err)
	v, err = w.App.AuditRelease(ctx, by, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	v, err = w.App.PublishRelease(ctx, by, app.ReleaseStep{ID: v.ID, Version: v.Revision})
	must(w.T, err)
	acc, err := w.App.Login(ctx, "fi")
	must(w.T, err)
	_, err = w.App.GrantRelease(ctx, by, app.NewGrant{Scheme: of.ID, Release: v.ID, To: acc.Memberships[0].Org})
	must(w.T, err)
	return v.Release
}

// releaseProbes asks every operation about releases.
func releaseProbes() map[string]probe {
	at := func(path string) func(place) string { return func(place) string { return path } }
	of := func(rest string) func(place) string {
		return func(p place) string { return "/releases/" + p.release + rest }
	}
	published := func(rest string) func(place) string {
		return func(p place) string { return "/published/" + p.release + rest }
	}
	stale := func(place, int) m { return m{"version": 99} }
	return map[string]probe{
		"GET /releases":             {right: app.SeeReleases, path: at("/releases"), open: true},
		"GET /commissioners":        {right: app.MakeReleases, path: at("/commissioners"), open: true},
		"GET /releases/:id":         {right: app.SeeReleases, path: of("")},
		"GET /releases/:id/figures": {right: app.SeeReleases, path: of("/figures")},
		"GET /releases/:id/grants":  {right: app.SeeReleases, path: of("/grants")},
		"GET /threshold":            {right: app.SeeReleases, path: at("/threshold"), open: true},
		"POST /threshold": {right: app.MakeReleases, path: at("/threshold"), open: true, ok: http.StatusConflict, body: func(place, int) m {
			return m{"follows": 99, "threshold": 12}
		}},
		"POST /releases": {right: app.MakeReleases, path: at("/releases"), ok: http.StatusConflict, body: func(p place, _ int) m {
			return m{"scheme": p.scheme, "within": "2026-Q2"} // is not over
		}},
		"POST /releases/:id/audit":       {right: app.MakeReleases, path: of("/audit"), ok: http.StatusConflict, body: stale},
		"POST /releases/:id/publication": {right: app.MakeReleases, path: of("/publication"), ok: http.StatusConflict, body: stale},
		"POST /releases/:id/withdrawal": {right: app.MakeReleases, path: of("/withdrawal"), ok: http.StatusConflict, body: func(place, int) m {
			return m{"version": 99, "notice": "wrong", "figures": "stay"}
		}},
		"POST /releases/:id/public": {right: app.MakeReleases, path: of("/public"), ok: http.StatusConflict, body: func(place, int) m {
			return m{"version": 99, "public": "on"}
		}},
		"POST /releases/:id/grants": {right: app.MakeReleases, path: of("/grants"), ok: http.StatusUnprocessableEntity, body: func(place, int) m {
			return m{"to": lost(1), "this_release_only": "off"}
		}},
		"POST /releases/:id/grants/:grant/revocation": {right: app.MakeReleases, path: func(p place) string {
			return "/releases/" + p.release + "/grants/" + lost(13) + "/revocation"
		}, ok: http.StatusNotFound, body: func(place, int) m { return m{} }},
		"GET /schemes/:id/releases":               {right: app.SeeEvidence, path: func(p place) string { return "/schemes/" + p.scheme + "/releases" }},
		"GET /granted-releases":                   {right: app.ReadGranted, path: at("/granted-releases"), open: true},
		"GET /published/:id":                      {right: server.SignedIn, published: true, path: published("")},
		"GET /published/:id/document":             {right: server.SignedIn, published: true, path: published("/document")},
		"GET /published/:id/figures/:figure":      {right: server.SignedIn, published: true, path: published("/figures/change.csv")},
		"GET /published/:id/one-page.pdf":         {right: server.SignedIn, published: true, path: published("/one-page.pdf"), ok: http.StatusNotFound}, // nothing prints here
		"GET /granted-comparison/figures/:figure": {right: app.ReadGranted, path: at("/granted-comparison/figures/other.csv"), open: true, ok: http.StatusNotFound},
		"GET /granted-comparison":                 {right: app.ReadGranted, path: at("/granted-comparison"), open: true},
		// Only fi may ask at all, and everything there is was granted to her.
		"GET /granted-releases/:id": {right: app.ReadGranted, given: true, path: func(p place) string { return "/granted-releases/" + p.release }},
	}
}
