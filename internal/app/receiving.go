package app

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// A Received is an assessment as another system sends it: under an identifier of
// its own, and without knowing everything that a form here asks.
type Received struct {
	NewAssessment                 // Key is not looked at; an empty Occasion follows from the day
	System, Value string          // the sender's identifier
	Here          bool            // Value is an identifier that was given here
	Person        scheme.PersonID // whose it is, or
	Reference     string          // the person's reference
}

// errHere ends a write of what is here already.
var errHere = errors.New("here already")

// Receive keeps an assessment that another system sends, once for each identifier
// of the sender's, like RecordAssessment. The same again is returned with already,
// also when it was corrected, moved or withdrawn since: what people did here
// stands. Another one under the same identifier faults with idempotency.reused.
func (a *App) Receive(ctx context.Context, by Actor, in Received) (made scheme.Assessment, already bool, err error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, false, err
	}
	id := in.id(by)
	object, err := a.create(ctx, writing{by, "assessment.record", "", in.NewAssessment}, func(w Writer) (string, error) {
		return a.receiveOn(w, by, in, id)
	})
	if errors.Is(err, errHere) {
		made, err = a.Assessment(ctx, by, id)
		return made, true, err
	}
	if err != nil {
		return scheme.Assessment{}, false, err
	}
	made, err = a.assessmentAt(ctx, by, object)
	return made, false, err
}

// id is what the sender's identifier is called here, always the same.
func (in Received) id(by Actor) scheme.AssessmentID {
	if in.Here {
		return scheme.AssessmentID(in.Value)
	}
	name := string(by.Org) + "\x00" + in.System + "\x00" + in.Value
	return scheme.AssessmentID(uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)).String())
}

func (a *App) receiveOn(w Writer, by Actor, in Received, id scheme.AssessmentID) (string, error) {
	referral, err := in.whose(w, by)
	if err != nil {
		return "", err
	}
	v, err := a.held(w, by, referral)
	if err != nil {
		return "", atField(err, "referral")
	}
	ask := in.NewAssessment
	ask.Referral = referral
	if ask.Occasion == "" {
		ask.Occasion = v.occasionOf(ask)
	}
	there, err := w.Assessment(id)
	switch {
	case err == nil:
		return "", ask.repeats(w, v, there)
	case !fault.Is(err, fault.NotFound):
		return "", err
	case in.Here:
		return "", atField(err, "identifier")
	}
	made, err := ask.check(v)
	if err != nil {
		return "", err
	}
	made.ID = id
	if _, err := a.keep(w, incoming{made: made}, Trace{By: by.Account, Source: by.Source}); err != nil {
		return "", err
	}
	return ofVersion(id, 1), a.repair(w, referral)
}

// whose is the referral that an assessment is of: the one that it names, which has
// to be the person's, or the only one of theirs that the actor may see.
func (in Received) whose(w Writer, by Actor) (scheme.ReferralID, error) {
	person, field := scheme.Person{}, "person"
	var err error
	if in.Person != "" {
		person, err = known(w, by, in.Person)
	} else {
		field = "reference"
		if person, err = w.PersonByReference(in.Reference); err == nil {
			err = seesPerson(w, by, person.ID)
		}
	}
	if err != nil {
		return "", atField(err, field)
	}
	if in.Person != "" && in.Reference != "" && in.Reference != person.Reference {
		return "", fault.New(fault.Conflict, fault.PersonTaken, "The person's identifier and the reference are of two people. Nothing was kept: check whose answers these are.").At("person")
	}
	lines, err := w.Referrals(ReferralFilter{Person: person.ID}, Page{Limit: 200})
	if err != nil {
		return "", err
	}
	var theirs []scheme.ReferralID
	for _, l := range lines {
		if by.Sees(l.Referral.Scheme) && (in.Referral == "" || in.Referral == l.Referral.ID) {
			theirs = append(theirs, l.Referral.ID)
		}
	}
	switch {
	case len(theirs) == 1:
		return theirs[0], nil
	case in.Referral != "":
		return "", fault.New(fault.Missing, fault.NotFound, "This person has no such referral to one of your schemes.").At("referral")
	case len(theirs) == 0:
		return "", fault.New(fault.Missing, fault.NotFound, "This person has no referral to one of your schemes. Register one first.").At("referral")
	}
	return "", fault.New(fault.Invalid, fault.InputInvalid, "This person has several referrals. Say which one this was answered in.").At("referral")
}

// occasionOf is the occasion in whose window the day lies, else a later follow-up.
func (v ReferralView) occasionOf(in NewAssessment) scheme.Occasion {
	on, err := scheme.ParseDay(in.On)
	if err != nil {
		return scheme.Later // the day is refused by itself
	}
	for _, item := range v.Plan.Of(in.Measure) {
		if first, last := item.Window(v.Start()); !on.Before(first) && !on.After(last) {
			return item.Occasion
		}
	}
	return scheme.Later
}

// repeats returns errHere where the assessment there was first recorded as this
// one is, and else what stands against it.
func (in NewAssessment) repeats(w Writer, v ReferralView, there scheme.Assessment) error {
	other := fault.New(fault.Conflict, fault.KeyReused, "Another response came under this identifier. Send a new one under an identifier of its own; correct what is here by its page or by /assessments.").At("identifier")
	if there.Person != v.Person.ID {
		return other
	}
	versions, err := w.Revisions(there.ID)
	if err != nil {
		return err
	}
	first := versions[0].Assessment
	made, err := in.check(v)
	if err != nil {
		return err
	}
	if made.Measure != first.Measure || made.On != first.On || made.Rater != first.Rater || !made.SaysTheSame(first) {
		return other
	}
	return errHere
}
