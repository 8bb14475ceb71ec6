package site

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cairn/internal/app"
	"cairn/internal/scheme"
	"cairn/internal/server"
)

// standing is the referral's days as they are, for the steps that change some.
func standing(v app.ReferralView, f *Form) app.ReferralChange {
	r := v.Referral
	return app.ReferralChange{
		Key: f.sentKey(), Referral: r.ID, Version: r.Revision, AcceptedOn: r.AcceptedOn.String(),
		DeclinedOn: r.DeclinedOn.String(), Declined: r.Declined, EndedOn: r.EndedOn.String(), EndReason: r.EndReason,
	}
}

func change(s *Site, ctx context.Context, in app.ReferralChange) error {
	_, err := s.app.ChangeReferral(ctx, server.ActorOf(ctx), in)
	return err
}

func accept(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	in := standing(v, f)
	in.AcceptedOn = f.day("accepted_on")
	return change(s, ctx, in)
}

func decline(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	in := standing(v, f)
	in.DeclinedOn, in.Declined = f.day("declined_on"), scheme.DeclineReason(f.text("decline_reason"))
	return change(s, ctx, in)
}

func end(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	in := standing(v, f)
	in.EndedOn, in.EndReason = f.day("ended_on"), scheme.EndReason(f.text("end_reason"))
	return change(s, ctx, in)
}

func reopen(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	in := standing(v, f)
	in.DeclinedOn, in.Declined, in.EndedOn, in.EndReason = "", "", "", ""
	return change(s, ctx, in)
}

// pausesOf are the pauses as they are.
func pausesOf(v app.ReferralView) []app.NewPause {
	all := []app.NewPause{}
	for _, p := range v.Referral.Pauses {
		all = append(all, app.NewPause{From: p.From.String(), Until: p.Until.String()})
	}
	return all
}

// keepPauses sends them; faults about the one at place i are the form's.
func keepPauses(s *Site, ctx context.Context, v app.ReferralView, f *Form, all []app.NewPause, i int) error {
	f.at = map[string]string{fmt.Sprintf("pauses[%d].from", i): "from", fmt.Sprintf("pauses[%d].until", i): "until"}
	_, err := s.app.PauseReferral(ctx, server.ActorOf(ctx), app.ReferralPauses{
		Key: f.sentKey(), Referral: v.Referral.ID, Version: v.Referral.Revision, Pauses: all,
	})
	return err
}

func pause(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	all := pausesOf(v)
	return keepPauses(s, ctx, v, f, append(all, app.NewPause{From: f.day("from"), Until: f.day("until")}), len(all))
}

func startResume(v app.ReferralView, f *Form) {
	p, paused := v.Referral.PauseOn(v.Today)
	if !paused {
		return
	}
	last := v.Today.Plus(-1)
	if last.Before(p.From) {
		last = p.From
	}
	f.startDay("until", last.String())
}

// resume ends the pause that lasts today, or takes out one that never was.
func resume(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	all := pausesOf(v)
	i := slices.IndexFunc(v.Referral.Pauses, func(p scheme.Pause) bool { return p.Holds(v.Today) })
	switch {
	case i < 0:
	case f.text("mistake") == "yes":
		all = slices.Delete(all, i, i+1)
	default:
		all[i].Until = f.day("until")
	}
	return keepPauses(s, ctx, v, f, all, i)
}

func startDetails(v app.ReferralView, f *Form) {
	r := v.Referral
	f.startDay("received_on", r.ReceivedOn.String())
	f.start("source", string(r.Source))
	f.start("practice", r.Practice)
	for _, why := range r.Reasons {
		f.typed.Add("reasons", string(why))
	}
}

func describe(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	_, err := s.app.DescribeReferral(ctx, server.ActorOf(ctx), app.ReferralDetails{
		Key: f.sentKey(), Referral: v.Referral.ID, Version: v.Referral.Revision, ReceivedOn: f.day("received_on"),
		Source: scheme.Source(f.text("source")), Practice: f.text("practice"), Reasons: reasonsOf(f),
	})
	return err
}

func reasonsOf(f *Form) []scheme.Reason {
	var all []scheme.Reason
	for _, why := range f.typed["reasons"] {
		all = append(all, scheme.Reason(why))
	}
	return all
}

// involve takes parts out that were ticked, and adds one where a level is chosen.
func involve(s *Site, ctx context.Context, v app.ReferralView, f *Form) error {
	in := app.ReferralInvolvements{Key: f.sentKey(), Referral: v.Referral.ID, Version: v.Referral.Revision}
	for _, part := range v.Referral.OT {
		if !slices.Contains(f.typed["taken_out"], string(part.Level)+" "+part.On.String()) {
			in.OT = append(in.OT, app.NewInvolvement{Level: part.Level, On: part.On.String(), Therapist: part.Therapist})
		}
	}
	if level := f.text("level"); level != "" || len(f.typed["taken_out"]) == 0 {
		at := fmt.Sprintf("ot[%d].", len(in.OT))
		f.at = map[string]string{at + "level": "level", at + "on": "on", at + "therapist": "therapist"}
		in.OT = append(in.OT, app.NewInvolvement{Level: scheme.OTLevel(level), On: f.day("on"), Therapist: scheme.AccountID(f.text("therapist"))})
	}
	_, err := s.app.InvolveTherapist(ctx, server.ActorOf(ctx), in)
	return err
}

// both says, question by question, what is there now and what was typed; the one
// who reads it decides.
func both(v app.ReferralView, f Form, fields []string) []bothLine {
	var all []bothLine
	for _, name := range fields {
		line := bothLine{Name: name, Now: thereNow(v, name), Typed: typedAs(f, name)}
		if line.Now != line.Typed && name != "taken_out" && name != "mistake" {
			all = append(all, line)
		}
	}
	return all
}

// thereNow is what a referral holds for a question of one of its forms.
func thereNow(v app.ReferralView, name string) string {
	r := v.Referral
	switch name {
	case "accepted_on":
		return r.AcceptedOn.Long()
	case "declined_on":
		return r.DeclinedOn.Long()
	case "decline_reason":
		return scheme.Label(scheme.DeclineReasons(), string(r.Declined))
	case "ended_on":
		return r.EndedOn.Long()
	case "end_reason":
		return scheme.Label(scheme.EndReasons(), string(r.EndReason))
	case "received_on":
		return r.ReceivedOn.Long()
	case "source":
		return scheme.Label(scheme.Sources(), string(r.Source))
	case "practice":
		return r.Practice
	case "reasons":
		return labels(scheme.Reasons(), r.Reasons)
	case "from", "until":
		return lastPause(r, name)
	}
	return lastPart(r, name)
}

func lastPause(r scheme.Referral, name string) string {
	if len(r.Pauses) == 0 {
		return ""
	}
	last := r.Pauses[len(r.Pauses)-1]
	if name == "from" {
		return last.From.Long()
	}
	return last.Until.Long()
}

func lastPart(r scheme.Referral, name string) string {
	if len(r.OT) == 0 {
		return ""
	}
	last := r.OT[len(r.OT)-1]
	switch name {
	case "on":
		return last.On.Long()
	case "therapist":
		return string(last.Therapist) // whose name the page looks up
	}
	return scheme.Label(scheme.OTLevels(), string(last.Level))
}

// typedAs is what was typed, in the words that thereNow has for it.
func typedAs(f Form, name string) string {
	terms := map[string][]scheme.Term{
		"decline_reason": scheme.DeclineReasons(), "end_reason": scheme.EndReasons(), "source": scheme.Sources(), "level": scheme.OTLevels(),
	}
	switch name {
	case "reasons":
		return labels(scheme.Reasons(), reasonsOf(&f))
	case "therapist":
		return f.text(name)
	}
	if text := f.day(name); text != "" {
		if day, err := scheme.ParseDay(text); err == nil {
			return day.Long()
		}
		return text
	}
	return scheme.Label(terms[name], f.text(name))
}

// labels are the labels of values, one after the other.
func labels[T ~string](terms []scheme.Term, values []T) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = scheme.Label(terms, string(v))
	}
	return strings.Join(all, ", ")
}
