package app

import (
	"context"
	"fmt"
	"slices"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// NewAssessment is one administration of one measure as it was typed in:
// Responses item by item, or Series and Score for one total.
type NewAssessment struct {
	Key       string            `json:"-"`
	Referral  scheme.ReferralID `json:"referral"`
	Measure   measure.Key       `json:"measure"`
	On        string            `json:"on"` // YYYY-MM-DD, the day it was answered
	Occasion  scheme.Occasion   `json:"occasion"`
	Rater     measure.Rater     `json:"rater"` // empty: the rater the measure is meant for
	Channel   scheme.Channel    `json:"channel"`
	Helper    scheme.Helper     `json:"helper"`
	Responses map[string]int    `json:"items"` // by item key, unanswered ones absent
	Series    measure.Series    `json:"series"`
	Score     string            `json:"score"` // a decimal
}

// RecordAssessment keeps one assessment and makes the referral's pairs follow
// from it, in one transaction.
func (a *App) RecordAssessment(ctx context.Context, by Actor, in NewAssessment) (scheme.Assessment, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, err
	}
	object, err := a.create(ctx, writing{by, "assessment.record", in.Key, in}, func(w Writer) (string, error) {
		v, err := a.viewReferral(w, by, in.Referral)
		if err != nil {
			return "", atField(err, "referral")
		}
		if err := w.LockPerson(v.Person.ID); err != nil {
			return "", err
		}
		made, err := in.check(v)
		if err != nil {
			return "", err
		}
		if made.ID, err = newID[scheme.AssessmentID](); err != nil {
			return "", err
		}
		if err := w.AddAssessment(made, Trace{By: by.Account, Source: by.Source}); err != nil {
			return "", err
		}
		return string(made.ID), a.repair(w, in.Referral)
	})
	if err != nil {
		return scheme.Assessment{}, err
	}
	return a.Assessment(ctx, by, scheme.AssessmentID(object))
}

// Assessment returns one live assessment of the actor's schemes.
func (a *App) Assessment(ctx context.Context, by Actor, id scheme.AssessmentID) (found scheme.Assessment, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.Assessment{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = r.Assessment(id)
		if err != nil {
			return err
		}
		spell, err := r.Spell(found.Referral)
		if err == nil && !by.Sees(spell.Referral.Scheme) {
			err = notThere()
		}
		return err
	})
	if err != nil {
		return scheme.Assessment{}, err
	}
	return found, nil
}

// check returns the assessment that in describes, scored, or every fault in it.
func (in NewAssessment) check(v ReferralView) (scheme.Assessment, error) {
	var wrong fault.List
	made := scheme.Assessment{
		Person: v.Person.ID, Referral: in.Referral, Measure: in.Measure,
		Occasion: in.Occasion, Rater: in.Rater, Channel: in.Channel, Helper: in.Helper,
	}
	made.On = needDay(&wrong, "on", in.On)
	notAfter(&wrong, "on", made.On, v.Today)
	choose(&wrong, "channel", string(in.Channel), scheme.Channels())
	choose(&wrong, "helper", string(in.Helper), scheme.Helpers())
	def, ok := v.Measures[in.Measure]
	if !ok {
		wrong.Add(unknownMeasure(string(in.Measure)).At("measure"))
		return scheme.Assessment{}, wrong.Err()
	}
	if made.Rater == "" {
		made.Rater = def.Rater
	}
	if !slices.Contains(measure.Raters(), made.Rater) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose whose answer it is: the person's own, a clinician's or a proxy's.").At("rater"))
	}
	if !v.Plan.Takes(in.Measure, in.Occasion) {
		wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "This scheme's plan has no occasion “%.40s” for %s.", in.Occasion, def.Short).At("occasion"))
	}
	made.Version = def.Version
	if err := in.scoreInto(&made, def, &wrong); err != nil {
		return scheme.Assessment{}, err
	}
	return made, wrong.Err()
}

func (in NewAssessment) scoreInto(made *scheme.Assessment, def measure.Definition, wrong *fault.List) error {
	var err error
	switch {
	case len(in.Responses) > 0 && in.Score != "":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Send the answers or the score, not both.").At("score"))
		return nil
	case in.Score != "" || !def.ByItems():
		if in.Series == "" {
			in.Series = def.OnlyEntry()
		}
		if in.Series == "" {
			wrong.Add(fault.New(fault.Invalid, fault.MeasureAmbiguous, "Say which score of %s this is.", def.Short).At("series"))
			return nil
		}
		made.Scores, err = def.FromScore(in.Series, in.Score)
	default:
		made.Responses = in.Responses
		made.Scores, err = def.FromItems(in.Responses)
	}
	if accident := wrong.Note("score", err); accident != nil {
		return fmt.Errorf("score %s: %w", def.Key, accident)
	}
	return nil
}
