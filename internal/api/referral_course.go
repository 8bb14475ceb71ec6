package api

import (
	"context"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

type referralDetailsBody struct {
	Version    whole    `json:"version" doc:"The version that you read" example:"1"`
	ReceivedOn day      `json:"received_on,omitempty" doc:"To be left out only where a file did not say it, and nobody knows it" example:"2026-01-12"`
	Source     source   `json:"source,omitempty" doc:"Who referred" example:"general-practice"`
	Practice   string   `json:"practice,omitempty" doc:"The GP practice, by name or code" example:"Mill Lane Surgery"`
	Reasons    []reason `json:"reasons,omitempty" nullable:"false" doc:"Why the person was referred" example:"[\"loneliness\"]"`
}

type referralPausesBody struct {
	Version whole       `json:"version" doc:"The version that you read" example:"1"`
	Pauses  []pauseBody `json:"pauses" nullable:"false" doc:"All of them as they are now; an empty list takes them away"`
}

type referralInvolvementsBody struct {
	Version whole             `json:"version" doc:"The version that you read" example:"1"`
	OT      []involvementBody `json:"ot" nullable:"false" doc:"The whole of it as it is now; an empty list takes it away"`
}

type profileBody struct {
	Version whole   `json:"version" doc:"The version of the scheme that you read" example:"1"`
	Profile profile `json:"profile" example:"reference"`
}

// referralCourse is what may be said of a referral besides how it came and went.
func (a *API) referralCourse() {
	at := func(b referralViewBody) string { return "/referrals/" + b.ID }
	post(a, asked{id: "describe-referral", path: "/referrals/{id}/details", tag: "Referrals", right: app.RecordPeople, summary: "Say where a referral came from and why",
		about: "Says all of it as it is now; what is absent is not recorded. Another day of receipt moves the windows of somebody who waits. Refused with 409 when somebody else changed the referral meanwhile."},
		at, func(ctx context.Context, by app.Actor, in *change[referralDetailsBody]) (referralViewBody, error) {
			b := in.Body
			now, err := a.app.DescribeReferral(ctx, by, app.ReferralDetails{
				Key: in.Key, Referral: scheme.ReferralID(in.ID), Version: int(b.Version), ReceivedOn: string(b.ReceivedOn),
				Source: scheme.Source(b.Source), Practice: b.Practice, Reasons: reasons(b.Reasons),
			})
			return referralOf(now), err
		})
	post(a, asked{id: "pause-referral", path: "/referrals/{id}/pauses", tag: "Referrals", right: app.RecordPeople, summary: "Pause a referral, or go on",
		about: "While a referral is paused nothing is asked of the person. Windows do not move, and what is measured within one counts. Refused with 409 when somebody else changed the referral meanwhile."},
		at, func(ctx context.Context, by app.Actor, in *change[referralPausesBody]) (referralViewBody, error) {
			all := app.ReferralPauses{Key: in.Key, Referral: scheme.ReferralID(in.ID), Version: int(in.Body.Version)}
			for _, p := range in.Body.Pauses {
				all.Pauses = append(all.Pauses, app.NewPause{From: string(p.From), Until: string(p.Until)})
			}
			now, err := a.app.PauseReferral(ctx, by, all)
			return referralOf(now), err
		})
	post(a, asked{id: "involve-therapist", path: "/referrals/{id}/involvements", tag: "Referrals", right: app.RecordPeople, summary: "Say what part an occupational therapist had",
		about: "Each part holds from its day on. Figures count the strongest part by 28 days after the start, so a later one changes no group. A day has one part of each kind. The therapist must be an occupational therapist by profession. Refused with 409 when somebody else changed the referral meanwhile."},
		at, func(ctx context.Context, by app.Actor, in *change[referralInvolvementsBody]) (referralViewBody, error) {
			all := app.ReferralInvolvements{Key: in.Key, Referral: scheme.ReferralID(in.ID), Version: int(in.Body.Version)}
			for _, i := range in.Body.OT {
				all.OT = append(all.OT, app.NewInvolvement{Level: scheme.OTLevel(i.Level), On: string(i.On), Therapist: scheme.AccountID(i.Therapist)})
			}
			now, err := a.app.InvolveTherapist(ctx, by, all)
			return referralOf(now), err
		})
}

// profiles is for how much schemes know of people.
func (a *API) profiles() {
	post(a, asked{id: "change-profile", path: "/schemes/{id}/profile", tag: "Schemes", right: app.SetUpSchemes, summary: "Change how much a scheme knows of who people are",
		about: "Registration asks for what the profile has and refuses the rest. What is recorded stays, sealed, and is shown again where a profile has it. Refused with 409 when somebody else changed the scheme meanwhile."},
		func(b schemeBody) string { return "/schemes/" + b.ID },
		func(ctx context.Context, by app.Actor, in *change[profileBody]) (schemeBody, error) {
			now, err := a.app.ChangeProfile(ctx, by, app.ProfileChange{
				Key: in.Key, Scheme: scheme.ID(in.ID), Version: int(in.Body.Version), Profile: scheme.Profile(in.Body.Profile),
			})
			return schemeOf(now), err
		})
}

func reasons(said []reason) []scheme.Reason {
	all := make([]scheme.Reason, len(said))
	for i, r := range said {
		all[i] = scheme.Reason(r)
	}
	return all
}
