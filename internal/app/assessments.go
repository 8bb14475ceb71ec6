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
// Responses item by item or Digits, or Series and Score for one total.
type NewAssessment struct {
	Key       string            `json:"-"`
	Referral  scheme.ReferralID `json:"referral"`
	Measure   measure.Key       `json:"measure"`
	On        string            `json:"on"` // YYYY-MM-DD, the day it was answered
	Occasion  scheme.Occasion   `json:"occasion"`
	Rater     measure.Rater     `json:"rater"` // empty: the rater the measure is meant for
	Channel   scheme.Channel    `json:"channel"`
	Helper    scheme.Helper     `json:"helper"`
	Language  scheme.Language   `json:"language,omitempty"`
	Responses map[string]int    `json:"items"` // by item key, unanswered ones absent
	// Digits are the responses as they are typed from a form instead; see
	// measure.FromDigits.
	Digits string `json:"digits,omitempty"`
	// Words are what the person named, by measure.Own.WordsKey; absent where they
	// were named before.
	Words  map[string]string `json:"own_words,omitempty"`
	Series measure.Series    `json:"series"`
	Score  string            `json:"score"` // a decimal
	// RiskAnswer, beside a score of a measure with a risk item, is that item's
	// response or scheme.NotAnswered, which empty is taken for.
	RiskAnswer scheme.RiskAnswer `json:"risk_answer,omitempty"`
	Typing     Typing            `json:"typing,omitempty"`

	mends *scheme.Assessment // what a correction puts right
}

// RecordAssessment keeps one assessment and makes the referral's pairs follow
// from it, in one transaction.
func (a *App) RecordAssessment(ctx context.Context, by Actor, in NewAssessment) (scheme.Assessment, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, err
	}
	object, err := a.create(ctx, writing{by, "assessment.record", in.Key, in}, func(w Writer) (string, error) {
		return a.recordOn(w, by, in)
	})
	if err != nil {
		return scheme.Assessment{}, err
	}
	return a.assessmentAt(ctx, by, object)
}

// recordOn adds an assessment to its referral and makes the pairs follow.
func (a *App) recordOn(w Writer, by Actor, in NewAssessment) (string, error) {
	v, err := a.held(w, by, in.Referral)
	if err != nil {
		return "", atField(err, "referral")
	}
	made, err := in.check(v)
	if err != nil {
		return "", err
	}
	if made.ID, err = newID[scheme.AssessmentID](); err != nil {
		return "", err
	}
	if _, err := a.keep(w, incoming{made: made}, Trace{By: by.Account, Source: by.Source}); err != nil {
		return "", err
	}
	return ofVersion(made.ID, 1), a.repair(w, in.Referral)
}

// held locks whoever a referral is of and returns it as it stands under the
// lock.
func (a *App) held(w Writer, by Actor, id scheme.ReferralID) (ReferralView, error) {
	if err := w.LockPeopleOf(id); err != nil {
		return ReferralView{}, err
	}
	return a.workedWith(w, by, id)
}

// workedWith is viewReferral for what is to be written: of what is left of an import
// that was undone nobody records anything any more, since no figure would have it.
func (a *App) workedWith(r Reader, by Actor, id scheme.ReferralID) (ReferralView, error) {
	v, err := a.viewReferral(r, by, id)
	if err == nil && v.Referral.Undone() {
		err = fault.New(fault.Conflict, fault.ImportState, "This referral came by an import that was undone, so nothing is recorded on it any more. Refer the person anew.")
	}
	return v, err
}

// Assessment returns one assessment of the actor's schemes as it stands,
// withdrawn ones too.
func (a *App) Assessment(ctx context.Context, by Actor, id scheme.AssessmentID) (found scheme.Assessment, err error) {
	if err := by.may(SeePeople); err != nil {
		return scheme.Assessment{}, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		found, err = seenAssessment(r, by, id)
		return err
	})
	return found, err
}

func seenAssessment(r Reader, by Actor, id scheme.AssessmentID) (scheme.Assessment, error) {
	found, err := r.Assessment(id)
	if err != nil {
		return scheme.Assessment{}, err
	}
	spell, err := r.Spell(found.Referral)
	if err != nil {
		return scheme.Assessment{}, err
	}
	if !by.Sees(spell.Referral.Scheme) {
		return scheme.Assessment{}, notThere()
	}
	return found, nil
}

// check returns the assessment that in describes, scored, or every fault in it.
func (in NewAssessment) check(v ReferralView) (scheme.Assessment, error) {
	var wrong fault.List
	made := scheme.Assessment{
		Person: v.Person.ID, Referral: in.Referral, Measure: in.Measure,
		Occasion: in.Occasion, Rater: in.Rater, Channel: in.Channel, Helper: in.Helper, Language: in.Language,
	}
	made.On = needDay(&wrong, "on", in.On)
	notAfter(&wrong, "on", made.On, v.Today)
	notLongBefore(&wrong, "on", made.On, v)
	choose(&wrong, "channel", string(in.Channel), scheme.Channels())
	choose(&wrong, "helper", string(in.Helper), scheme.Helpers())
	choose(&wrong, "language", string(in.Language), scheme.Languages())
	in.Typing.check(&wrong)
	if made.Rater != "" && !slices.Contains(measure.Raters(), made.Rater) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Choose whose answer it is: the person's own, a clinician's or a proxy's.").At("rater"))
	}
	def, ok := v.Measures[in.Measure]
	if !ok {
		wrong.Add(unknownMeasure(string(in.Measure)).At("measure"))
		return scheme.Assessment{}, wrong.Err()
	}
	if made.Rater == "" {
		made.Rater = def.Rater
	}
	in.checkOccasion(&wrong, v, made.On)
	notTooYoung(&wrong, def, v.Person, made.On)
	made.Version = def.Version
	if err := in.readDigits(def, &wrong); err != nil {
		return scheme.Assessment{}, err
	}
	made.Words = in.ownWords(def, v, &wrong)
	in.Responses = in.withKept(def, v, &wrong)
	if err := in.scoreInto(&made, def, &wrong); err != nil {
		return scheme.Assessment{}, err
	}
	made.RiskAnswer = in.riskAnswer(def, made, &wrong)
	if in.Typing == TypingChecked && len(wrong) == 0 && v.unlikely(def, made) {
		wrong.Add(checkTyping())
	}
	return made, wrong.Err()
}

func notLongBefore(wrong *fault.List, field string, on scheme.Day, v ReferralView) {
	if early := v.Referral.ReceivedOn.Plus(-scheme.LongestBefore); !on.IsZero() && on.Before(early) {
		wrong.Add(fault.New(fault.Invalid, fault.DayOrder, "%s lies more than a year before the referral was received (%s). Check both dates.", on.Long(), v.Referral.ReceivedOn.Long()).At(field))
	}
}

// notTooYoung notes somebody who cannot have reached the measure's lowest age on
// that day. Of most people only the year of birth is known.
func notTooYoung(wrong *fault.List, def measure.Definition, p scheme.Person, on scheme.Day) {
	if p.BirthYear == 0 || on.IsZero() {
		return
	}
	if oldest := on.Year() - p.BirthYear; tooYoung(def, oldest) {
		wrong.Add(fault.New(fault.Invalid, fault.AgeTooLow, "%s is for people aged %d and over, and this person was %d at most on that day. Check the date and the year of birth, or use another measure.", def.Short, def.MinAge.Years, max(oldest, 0)).At("on"))
	}
}

// checkOccasion notes an occasion that the plan does not have, and a day that
// lies in the window of another one: the two would contradict each other, and
// pairs are made by the day.
func (in NewAssessment) checkOccasion(wrong *fault.List, v ReferralView, on scheme.Day) {
	kept := in.mends != nil && in.Occasion == in.mends.Occasion
	if !kept && !v.Plan.Takes(in.Measure, in.Occasion) {
		wrong.Add(fault.New(fault.Invalid, fault.OccasionUnknown, "This scheme's plan has no occasion “%.40s” for this measure.", in.Occasion).At("occasion"))
		return
	}
	items := v.Plan.Of(in.Measure)
	planned := slices.ContainsFunc(items, func(i scheme.PlanItem) bool { return i.Occasion == in.Occasion })
	for _, item := range items {
		first, last := item.Window(v.Start())
		if planned && item.Occasion != in.Occasion && !on.Before(first) && !on.After(last) {
			wrong.Add(fault.New(fault.Invalid, fault.OccasionDay, "%s lies in the time for “%s” (%s to %s), not for “%s”. Check the date, or record it for that occasion.",
				on.Long(), item.Occasion.Label(), first.Long(), last.Long(), in.Occasion.Label()).At("on"))
		}
	}
}

func (in NewAssessment) scoreInto(made *scheme.Assessment, def measure.Definition, wrong *fault.List) error {
	var err error
	switch {
	case in.Digits != "" && in.Responses == nil:
		return nil // they cannot be read, and that was noted
	case len(in.Responses) > 0 && in.Score != "":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Send the answers or the score, not both.").At("score"))
		return nil
	case in.Score != "" || len(in.Responses) == 0 && !def.ByItems():
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

// riskAnswer is what is kept of the risk item beside a score. A score alone does
// not say, so an answer that nobody gave is kept as one that is missing.
func (in NewAssessment) riskAnswer(def measure.Definition, made scheme.Assessment, wrong *fault.List) scheme.RiskAnswer {
	asked := def.Risk != nil && made.Responses == nil
	switch {
	case !asked && in.RiskAnswer != "":
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This answer goes with the score of a measure that has such a question. Leave it out here.").At("risk_answer"))
		return ""
	case !asked:
		return ""
	case in.RiskAnswer == "":
		return scheme.NotAnswered
	}
	it, _ := def.Item(def.Risk.Item)
	if n, ok := in.RiskAnswer.Response(); in.RiskAnswer != scheme.NotAnswered && (!ok || !it.Takes(n)) {
		wrong.Add(fault.New(fault.Invalid, fault.ScoreRange, "Choose the answer that stands on the form, or that it was not answered.").At("risk_answer"))
	}
	return in.RiskAnswer
}
