package api

import (
	"context"
	"time"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// A releaseBody is a release as the service that makes it sees it.
type releaseBody struct {
	ID           string       `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Version      int          `json:"version" doc:"Counts on with each step. Send it with the next one" example:"1"`
	Number       int          `json:"number" doc:"Of the organisation, from 1" example:"4"`
	Scheme       string       `json:"scheme" doc:"The scheme's identifier"`
	Grain        grain        `json:"grain" doc:"How long the scheme's periods are" example:"quarter"`
	From         quarter      `json:"from" example:"2026-Q1"`
	To           quarter      `json:"to" doc:"The last quarter of the period" example:"2026-Q1"`
	State        releaseState `json:"state" doc:"prepared: worked out, seen by the service alone. audited: the auditor has attacked it. published: frozen, the one that stands. superseded: a later one took its place. withdrawn: taken back" example:"prepared"`
	Safe         bool         `json:"safe" doc:"The auditor could work nothing out; only then can it be published"`
	SHA256       string       `json:"sha256,omitempty" doc:"Of the document; absent before it is published"`
	PreparedAt   time.Time    `json:"prepared_at"`
	AuditedAt    *time.Time   `json:"audited_at,omitempty"`
	PublishedAt  *time.Time   `json:"published_at,omitempty"`
	WithdrawnAt  *time.Time   `json:"withdrawn_at,omitempty"`
	Link         string       `json:"link,omitempty" doc:"The dated link, which leads to the same figures for ever; absent before it is published" example:"/published/2026-07-01/0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	SupersededBy string       `json:"superseded_by,omitempty" doc:"The release that took its place"`
	Notice       string       `json:"notice,omitempty" doc:"Why it was withdrawn"`
	FiguresGone  bool         `json:"figures_gone" doc:"Withdrawn with its figures"`
	Public       bool         `json:"public" doc:"Anybody with the link can read it"`
	Figures      int          `json:"figures,omitempty" doc:"How many it has; of a single release only" example:"42"`
	Report       *reportBody  `json:"report,omitempty" doc:"What the auditor found; of a single audited release only"`
}

type reportBody struct {
	Rounds int        `json:"rounds" doc:"Of attacking, and hiding what was found" example:"2"`
	Hidden []hideBody `json:"hidden" nullable:"false" doc:"What was hidden beyond the usual, for the service alone"`
	Why    string     `json:"why,omitempty" doc:"Why the release is not safe; absent where it is"`
}

type hideBody struct {
	Figure string `json:"figure" doc:"The question of the figure"`
	Path   string `json:"path" doc:"The number in it" example:"change.mean"`
	Found  string `json:"found" doc:"What could be worked out with it"`
}

type newReleaseBody struct {
	Scheme string  `json:"scheme" doc:"The scheme's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Within quarter `json:"within" doc:"A quarter of the period, which has to be over" example:"2026-Q1"`
	Grain  grain   `json:"grain,omitempty" doc:"Absent for the scheme's own, which its first release settles" example:"quarter"`
}

type releaseStepBody struct {
	Version whole `json:"version" doc:"The version that you read" example:"1"`
}

type releaseWithdrawalBody struct {
	Version whole    `json:"version" doc:"The version that you read" example:"3"`
	Notice  string   `json:"notice" doc:"Why; read by everybody who opens the release" example:"Two schemes were mixed up."`
	Figures stayGone `json:"figures" doc:"stay: they can be read still, marked. gone: for figures that should never have been shown" example:"stay"`
}

type openingBody struct {
	Version whole `json:"version" doc:"The version that you read" example:"3"`
	Public  onOff `json:"public" example:"on"`
}

type releaseGrantBody struct {
	ID      string     `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Scheme  string     `json:"scheme" doc:"The scheme's identifier"`
	Release string     `json:"release,omitempty" doc:"Absent where every release of the scheme is granted"`
	To      string     `json:"to" doc:"The organisation that may read"`
	ToName  string     `json:"to_name" example:"Riverside Council"`
	From    day        `json:"from" example:"2026-07-01"`
	Until   day        `json:"until,omitempty" doc:"The last day; absent where it lasts until it is revoked" example:"2027-06-30"`
	Stands  bool       `json:"stands" doc:"It lets somebody read today"`
	Revoked *time.Time `json:"revoked_at,omitempty"`
}

// commissionerBody is an organisation that can be let in.
type commissionerBody struct {
	ID   string `json:"id" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Name string `json:"name" example:"Riverside Council"`
}

type commissionersBody struct {
	Items []commissionerBody `json:"items" nullable:"false"`
}

type newReleaseGrantBody struct {
	To    string `json:"to" doc:"A commissioning organisation, by its identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Only  onOff  `json:"this_release_only" doc:"on: this release. off: every published release of its scheme, later ones too" example:"off"`
	From  day    `json:"from,omitempty" doc:"Absent for today" example:"2026-07-01"`
	Until day    `json:"until,omitempty" doc:"The last day; absent until it is revoked" example:"2027-06-30"`
}

type smallestShownBody struct {
	Version   int    `json:"version" doc:"0: the usual one holds" example:"1"`
	Threshold int    `json:"threshold" doc:"Fewer people are never shown as a number" example:"10"`
	Reason    string `json:"reason,omitempty" doc:"For a threshold below 10; stands on every release"`
}

type newSmallestShownBody struct {
	Follows   whole  `json:"follows" doc:"The version that you read; 0 for the first" example:"0"`
	Threshold whole  `json:"threshold" doc:"8 to 100 people" example:"12"`
	Reason    string `json:"reason,omitempty" doc:"Needed below 10" example:"Agreed with the commissioner in June 2026"`
}

func (a *API) releases() {
	get(a, asked{id: "list-releases", path: "/releases", tag: "Releases", right: app.SeeReleases, summary: "Everything that was prepared and published",
		about: "Of your schemes, the newest first."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (list[releaseBody], error) {
			all, err := a.app.Releases(ctx, by)
			return listed(all.Lines, 0, func(l app.ReleaseLine) releaseBody { return releaseOf(l.Release) }, nil), err
		})
	get(a, asked{id: "get-release", path: "/releases/{id}", tag: "Releases", right: app.SeeReleases, summary: "One release, with the auditor's report"},
		"query", func(ctx context.Context, by app.Actor, in *byID) (releaseBody, error) {
			v, err := a.app.Release(ctx, by, scheme.ReleaseID(in.ID))
			return releaseViewOf(v), err
		})
	get(a, asked{id: "get-release-figures", path: "/releases/{id}/figures", tag: "Releases", right: app.SeeReleases, summary: "What a release says, or would say",
		about: "As others see it: every number here has passed disclosure control. A number that is not shown is null, with its reason under hidden."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[releasedBody], error) {
			v, err := a.app.Release(ctx, by, scheme.ReleaseID(in.ID))
			return listed(v.Figures, 0, releasedOf(v.Cover), nil), err
		})
	post(a, asked{id: "prepare-release", path: "/releases", tag: "Releases", right: app.MakeReleases, summary: "Prepare a release",
		about: "Works every releasable figure of a scheme and a period out. Shows nobody anything. A draft of the same period is made anew. Refused with release.period-open until the period is over."},
		atRelease,
		func(ctx context.Context, by app.Actor, in *creation[newReleaseBody]) (releaseBody, error) {
			v, err := a.app.PrepareRelease(ctx, by, app.NewRelease{
				Key: in.Key, Scheme: scheme.ID(in.Body.Scheme), Within: string(in.Body.Within), Grain: scheme.Grain(in.Body.Grain),
			})
			return releaseViewOf(v), err
		})
	a.releaseSteps()
	a.grants()
	a.threshold()
}

func atRelease(b releaseBody) string { return "/releases/" + b.ID }

func (a *API) releaseSteps() {
	post(a, asked{id: "audit-release", path: "/releases/{id}/audit", tag: "Releases", right: app.MakeReleases, summary: "Have a release audited",
		about: "Works the figures out anew, tries to work single people out of them and of every earlier release of the scheme, and hides what gave them away."},
		atRelease,
		func(ctx context.Context, by app.Actor, in *change[releaseStepBody]) (releaseBody, error) {
			v, err := a.app.AuditRelease(ctx, by, app.ReleaseStep{Key: in.Key, ID: scheme.ReleaseID(in.ID), Version: int(in.Body.Version)})
			return releaseViewOf(v), err
		})
	post(a, asked{id: "publish-release", path: "/releases/{id}/publication", tag: "Releases", right: app.MakeReleases, summary: "Publish an audited release",
		about: "Freezes it under its hash. A release of the same scheme and period that stood until now is superseded and stays readable. Refused with release.unsafe unless the auditor found it safe after everything published since."},
		atRelease,
		func(ctx context.Context, by app.Actor, in *change[releaseStepBody]) (releaseBody, error) {
			v, err := a.app.PublishRelease(ctx, by, app.ReleaseStep{Key: in.Key, ID: scheme.ReleaseID(in.ID), Version: int(in.Body.Version)})
			return releaseViewOf(v), err
		})
	post(a, asked{id: "withdraw-release", path: "/releases/{id}/withdrawal", tag: "Releases", right: app.MakeReleases, summary: "Withdraw a release with a notice"},
		atRelease,
		func(ctx context.Context, by app.Actor, in *change[releaseWithdrawalBody]) (releaseBody, error) {
			v, err := a.app.WithdrawRelease(ctx, by, app.ReleaseWithdrawal{
				Key: in.Key, ID: scheme.ReleaseID(in.ID), Version: int(in.Body.Version), Notice: in.Body.Notice, Figures: string(in.Body.Figures),
			})
			return releaseViewOf(v), err
		})
	post(a, asked{id: "open-release", path: "/releases/{id}/public", tag: "Releases", right: app.MakeReleases, summary: "Make a release public, or not public any more",
		about: "Off until it is switched on, release by release."},
		atRelease,
		func(ctx context.Context, by app.Actor, in *change[openingBody]) (releaseBody, error) {
			v, err := a.app.OpenRelease(ctx, by, app.ReleaseOpening{Key: in.Key, ID: scheme.ReleaseID(in.ID), Version: int(in.Body.Version), Public: string(in.Body.Public)})
			return releaseViewOf(v), err
		})
}

// A revocation names a grant of a release.
type revocation struct {
	ID    string `path:"id" doc:"The release's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Grant string `path:"grant" doc:"The grant's identifier" example:"0198d3b6-7c1e-7d10-8f43-2a6d2c1c9b11"`
	Keyed
	Body none
}

func (a *API) grants() {
	get(a, asked{id: "list-grants", path: "/releases/{id}/grants", tag: "Releases", right: app.SeeReleases, summary: "Who may read a release",
		about: "Grants of the release and of its whole scheme, the newest first, revoked ones too."},
		"query", func(ctx context.Context, by app.Actor, in *byID) (list[releaseGrantBody], error) {
			v, err := a.app.Release(ctx, by, scheme.ReleaseID(in.ID))
			return listed(v.Grants, 0, grantOf, nil), err
		})
	get(a, asked{id: "list-commissioners", path: "/commissioners", tag: "Releases", right: app.MakeReleases, summary: "Whom releases can be granted to",
		about: "Commissioning organisations; a grant names one by its identifier."},
		"query", func(ctx context.Context, by app.Actor, _ *none) (commissionersBody, error) {
			all, err := a.app.Commissioners(ctx, by)
			b := commissionersBody{Items: make([]commissionerBody, len(all))}
			for i, o := range all {
				b.Items[i] = commissionerBody{string(o.ID), o.Name}
			}
			return b, err
		})
	post(a, asked{id: "create-grant", path: "/releases/{id}/grants", tag: "Releases", right: app.MakeReleases, summary: "Let a commissioning organisation read",
		about: "Dated, and revocable at any time. It lets them read releases, and no row of any person."},
		func(b releaseGrantBody) string { return "/releases/" + b.Release + "/grants" },
		func(ctx context.Context, by app.Actor, in *change[newReleaseGrantBody]) (releaseGrantBody, error) {
			v, err := a.app.Release(ctx, by, scheme.ReleaseID(in.ID))
			if err != nil {
				return releaseGrantBody{}, err
			}
			wants := app.NewGrant{Key: in.Key, Scheme: v.Scheme, To: scheme.OrgID(in.Body.To), From: string(in.Body.From), Until: string(in.Body.Until)}
			if in.Body.Only == "on" {
				wants.Release = v.ID
			}
			g, err := a.app.GrantRelease(ctx, by, wants)
			return grantOf(g), err
		})
	post(a, asked{id: "revoke-grant", path: "/releases/{id}/grants/{grant}/revocation", tag: "Releases", right: app.MakeReleases, summary: "Revoke a grant at once"},
		func(b releaseGrantBody) string { return "/releases/" + b.Release + "/grants" },
		func(ctx context.Context, by app.Actor, in *revocation) (releaseGrantBody, error) {
			v, err := a.app.Release(ctx, by, scheme.ReleaseID(in.ID))
			if err != nil {
				return releaseGrantBody{}, err
			}
			g, err := a.app.RevokeGrant(ctx, by, app.Revocation{Key: in.Key, Of: v.Scheme, ID: scheme.GrantID(in.Grant)})
			return grantOf(g), err
		})
}

func (a *API) threshold() {
	get(a, asked{id: "get-threshold", path: "/threshold", tag: "Releases", right: app.SeeReleases, summary: "How small a number of people is shown outside"},
		"query", func(ctx context.Context, by app.Actor, _ *none) (smallestShownBody, error) {
			p, err := a.app.DisclosurePolicy(ctx, by)
			return thresholdOf(p), err
		})
	post(a, asked{id: "set-threshold", path: "/threshold", tag: "Releases", right: app.MakeReleases, summary: "Change how small a number is shown",
		about: "Holds for releases prepared from then on. What is published stays as it is."},
		func(smallestShownBody) string { return "/threshold" },
		func(ctx context.Context, by app.Actor, in *creation[newSmallestShownBody]) (smallestShownBody, error) {
			p, err := a.app.SetDisclosurePolicy(ctx, by, app.NewDisclosurePolicy{
				Key: in.Key, Version: int(in.Body.Follows), Threshold: int(in.Body.Threshold), Reason: in.Body.Reason,
			})
			return thresholdOf(p), err
		})
}

func thresholdOf(p scheme.DisclosurePolicy) smallestShownBody {
	return smallestShownBody{Version: p.Version, Threshold: p.Threshold, Reason: p.Reason}
}
