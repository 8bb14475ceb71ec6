package app

import (
	"context"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A PaperForm is an assessment of whoever has that reference in a scheme, as it
// is typed from a stack of forms. Its Referral is found and not given.
type PaperForm struct {
	Scheme    scheme.ID `json:"scheme"`
	Reference string    `json:"reference"`
	NewAssessment
}

// RecordForm keeps one form of a stack, on the referral to the scheme that the
// day falls in. It faults, at "reference", when nobody of the scheme has it.
func (a *App) RecordForm(ctx context.Context, by Actor, in PaperForm) (scheme.Assessment, error) {
	if err := by.mayIn(RecordPeople, in.Scheme); err != nil {
		return scheme.Assessment{}, err
	}
	object, err := a.create(ctx, writing{by, "assessment.record", in.Key, in}, func(w Writer) (string, error) {
		id, err := a.referralOf(w, by, in)
		if err != nil {
			return "", err
		}
		form := in.NewAssessment
		form.Referral = id
		return a.recordOn(w, by, form)
	})
	if err != nil {
		return scheme.Assessment{}, err
	}
	return a.assessmentAt(ctx, by, object)
}

// referralOf is the newest referral to the scheme that was received by the day of
// the form, or the first one where the form is older than all of them.
func (a *App) referralOf(r Reader, by Actor, in PaperForm) (scheme.ReferralID, error) {
	today, err := a.today(r)
	if err != nil {
		return "", err
	}
	if err := isTheirs(r, by, in.Scheme, today); err != nil {
		return "", err
	}
	reference := strings.TrimSpace(in.Reference)
	if reference == "" {
		return "", fault.New(fault.Invalid, fault.InputInvalid, "Enter the reference on the form.").At("reference")
	}
	nobody := fault.New(fault.Invalid, fault.NotFound, "Nobody in this scheme has the reference “%.64s”. Check it against the form, or register the referral first.", reference).At("reference")
	person, err := r.PersonByReference(reference)
	switch {
	case fault.Is(err, fault.NotFound):
		return "", nobody
	case err != nil:
		return "", err
	}
	lines, err := r.Referrals(ReferralFilter{Schemes: []scheme.ID{in.Scheme}, Person: person.ID}, Page{Limit: 200})
	if err != nil {
		return "", err
	}
	if len(lines) == 0 {
		return "", nobody
	}
	var unsaid fault.List
	on := readDay(&unsaid, "on", in.On)
	for _, l := range lines { // newest first
		if on.IsZero() || !l.Referral.Since().After(on) {
			return l.Referral.ID, nil
		}
	}
	return lines[len(lines)-1].Referral.ID, nil
}
