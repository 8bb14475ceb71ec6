package app

import (
	"context"
	"fmt"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// A Correction is everything that an assessment should have said; its measure,
// its rater and its person stay.
type Correction struct {
	Key        string              `json:"-"`
	Assessment scheme.AssessmentID `json:"assessment"`
	Version    int                 `json:"version"` // of the assessment, as it was read
	Reason     string              `json:"reason"`
	On         string              `json:"on"` // YYYY-MM-DD
	Occasion   scheme.Occasion     `json:"occasion"`
	Channel    scheme.Channel      `json:"channel"`
	Helper     scheme.Helper       `json:"helper"`
	Language   scheme.Language     `json:"language,omitempty"`
	Responses  map[string]int      `json:"items"`
	Digits     string              `json:"digits,omitempty"`    // the responses as typed from a form instead
	Words      map[string]string   `json:"own_words,omitempty"` // absent: as they are
	Series     measure.Series      `json:"series"`
	Score      string              `json:"score"`
	RiskAnswer scheme.RiskAnswer   `json:"risk_answer,omitempty"` // absent beside a score: as it was
}

// A Move takes an assessment to the referral that it should have been recorded
// on, of the same person or of another.
type Move struct {
	Key        string              `json:"-"`
	Assessment scheme.AssessmentID `json:"assessment"`
	Version    int                 `json:"version"` // as it was read
	Reason     string              `json:"reason"`
	Referral   scheme.ReferralID   `json:"referral"`
	Occasion   scheme.Occasion     `json:"occasion"` // empty: the one it has
}

// A Withdrawal takes an assessment out of every figure.
type Withdrawal struct {
	Key        string              `json:"-"`
	Assessment scheme.AssessmentID `json:"assessment"`
	Version    int                 `json:"version"` // as it was read
	Reason     string              `json:"reason"`
}

// CorrectAssessment adds a version that says something else. The one before it
// stays readable.
func (a *App) CorrectAssessment(ctx context.Context, by Actor, in Correction) (scheme.Assessment, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, err
	}
	return a.revise(ctx, writing{by, "assessment.correct", in.Key, in}, func(w Writer) (scheme.Revision, error) {
		now, at, err := a.changing(w, by, changed{in.Assessment, in.Version})
		if err != nil {
			return scheme.Revision{}, err
		}
		// What was answered is scored by the version of the measure that was asked.
		if at.Measures[now.Measure], err = w.Definition(now.Measure, now.Version); err != nil {
			return scheme.Revision{}, err
		}
		var wrong fault.List
		reason := reasoned(&wrong, "reason", in.Reason)
		made, err := NewAssessment{
			Referral: now.Referral, Measure: now.Measure, On: in.On, Occasion: in.Occasion, Rater: now.Rater,
			Channel: in.Channel, Helper: in.Helper, Language: in.Language, Responses: in.Responses, Digits: in.Digits, Words: in.Words, Series: in.Series, Score: in.Score, RiskAnswer: in.riskAnswer(now),
			mends: &now,
		}.check(at)
		if accident := wrong.Note("", err); accident != nil {
			return scheme.Revision{}, accident
		}
		if err == nil && len(scheme.Changes(now, made)) == 0 {
			wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This is what is kept already, so there is nothing to correct."))
		}
		made.ID, made.Revision = now.ID, now.Revision
		return scheme.Revision{Assessment: made, Act: scheme.Corrected, Reason: reason}, wrong.Err()
	})
}

// riskAnswer is what a corrected score says of the risk item: what was said
// before, where the correction is silent.
func (in Correction) riskAnswer(now scheme.Assessment) scheme.RiskAnswer {
	if in.RiskAnswer == "" && len(in.Responses) == 0 && strings.TrimSpace(in.Digits) == "" {
		return now.RiskAnswer
	}
	return in.RiskAnswer
}

// WithdrawAssessment takes an assessment out of every figure. It stays readable,
// and another of the same measure, day and rater can be recorded.
func (a *App) WithdrawAssessment(ctx context.Context, by Actor, in Withdrawal) (scheme.Assessment, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, err
	}
	return a.revise(ctx, writing{by, "assessment.withdraw", in.Key, in}, func(w Writer) (scheme.Revision, error) {
		now, _, err := a.changing(w, by, changed{in.Assessment, in.Version})
		if err != nil {
			return scheme.Revision{}, err
		}
		var wrong fault.List
		reason := reasoned(&wrong, "reason", in.Reason)
		now.Withdrawn = true
		return scheme.Revision{Assessment: now, Act: scheme.Withdrawn, Reason: reason}, wrong.Err()
	})
}

// MoveAssessment takes an assessment to another referral of the actor's schemes.
func (a *App) MoveAssessment(ctx context.Context, by Actor, in Move) (scheme.Assessment, error) {
	if err := by.may(RecordPeople); err != nil {
		return scheme.Assessment{}, err
	}
	return a.revise(ctx, writing{by, "assessment.move", in.Key, in}, func(w Writer) (scheme.Revision, error) {
		if _, err := seenAssessment(w, by, in.Assessment); err != nil {
			return scheme.Revision{}, err
		}
		if _, err := a.workedWith(w, by, in.Referral); err != nil {
			return scheme.Revision{}, atField(err, "referral")
		}
		now, _, err := a.changing(w, by, changed{in.Assessment, in.Version}, in.Referral)
		if err != nil {
			return scheme.Revision{}, err
		}
		to, err := a.viewReferral(w, by, in.Referral)
		if err != nil {
			return scheme.Revision{}, err
		}
		var wrong fault.List
		reason := reasoned(&wrong, "reason", in.Reason)
		return scheme.Revision{Assessment: in.moved(now, to, &wrong), Act: scheme.Moved, From: now.Referral, Reason: reason}, wrong.Err()
	})
}

// moved is the assessment as it stands in the other referral.
func (in Move) moved(now scheme.Assessment, to ReferralView, wrong *fault.List) scheme.Assessment {
	if in.Referral == now.Referral {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "It is recorded on this referral already. Choose the one that it belongs to.").At("referral"))
	}
	made := now
	made.Referral, made.Person = to.Referral.ID, to.Person.ID
	if in.Occasion != "" {
		made.Occasion = in.Occasion
	}
	notLongBefore(wrong, "referral", made.On, to)
	var occasion fault.List
	NewAssessment{Measure: made.Measure, Occasion: made.Occasion, mends: &now}.checkOccasion(&occasion, to, made.On)
	for _, f := range occasion {
		wrong.Add(f.At("occasion"))
	}
	return made
}

// revise runs one change of an assessment and makes the pairs of every referral
// that it touches follow. fn says what the assessment is to be.
func (a *App) revise(ctx context.Context, wr writing, fn func(Writer) (scheme.Revision, error)) (scheme.Assessment, error) {
	object, err := a.create(ctx, wr, func(w Writer) (string, error) {
		r, err := fn(w)
		if err != nil {
			return "", err
		}
		r.Revision++
		r.By = wr.actor.Account
		if err := a.keepVersion(w, r); err != nil {
			if r.Act == scheme.Moved && fault.Is(err, fault.AssessmentTwice) {
				return "", fault.New(fault.Conflict, fault.AssessmentTwice, "The other referral's person has this measure of that day already. Look which of the two is right.").At("referral")
			}
			return "", err
		}
		if r.From != "" {
			if err := a.repair(w, r.From); err != nil {
				return "", err
			}
		}
		return ofVersion(r.ID, r.Revision), a.repair(w, r.Referral)
	})
	if err != nil {
		return scheme.Assessment{}, err
	}
	return a.assessmentAt(ctx, wr.actor, object)
}

// changed names an assessment in the version that somebody read.
type changed struct {
	id      scheme.AssessmentID
	version int
}

// changing locks the person of an assessment, and those of other referrals with
// them, and returns it and its referral as they stand. It faults with not-found
// where either is not the actor's, with assessment.withdrawn, and with
// version.stale when it is not as it was read.
func (a *App) changing(w Writer, by Actor, of changed, also ...scheme.ReferralID) (scheme.Assessment, ReferralView, error) {
	before, err := seenAssessment(w, by, of.id)
	if err != nil {
		return scheme.Assessment{}, ReferralView{}, err
	}
	if err := w.LockPeopleOf(append(also, before.Referral)...); err != nil {
		return scheme.Assessment{}, ReferralView{}, err
	}
	now, err := w.Assessment(of.id)
	if err != nil {
		return scheme.Assessment{}, ReferralView{}, err
	}
	if now.Referral != before.Referral {
		return scheme.Assessment{}, ReferralView{}, fmt.Errorf("assessment %s was moved: %w", of.id, ErrAgain)
	}
	switch {
	case now.Withdrawn:
		return now, ReferralView{}, fault.New(fault.Conflict, fault.AssessmentGone, "This was withdrawn. It stays as it is; if it should count after all, record it anew.")
	case now.Revision != of.version:
		return now, ReferralView{}, staleAssessment(w, of, now)
	}
	at, err := a.viewReferral(w, by, now.Referral)
	return now, at, err
}

// staleAssessment says what changed since an assessment was read.
func staleAssessment(r Reader, of changed, now scheme.Assessment) error {
	all, err := r.Revisions(of.id)
	if err != nil {
		return err
	}
	if of.version < 1 || of.version > now.Revision {
		return fault.New(fault.Conflict, fault.Stale, "There is no version %d of this; the newest is %d. Your change is not saved. Read what is there now, and send yours if it still holds.",
			of.version, now.Revision).At("version")
	}
	since := ""
	if of.version < now.Revision {
		if what := scheme.Changes(all[of.version-1].Assessment, now); len(what) > 0 {
			since = " What changed is " + strings.Join(what, ", ") + "."
		}
	}
	return fault.New(fault.Conflict, fault.Stale, "This was changed after you opened it, by somebody else or in another window.%s Your change is not saved yet. Look at what is there now, and save yours if it still holds.",
		since).At("version")
}

// assessmentAt returns the version of an assessment that a request made.
func (a *App) assessmentAt(ctx context.Context, by Actor, object string) (scheme.Assessment, error) {
	id, version := versionOf[scheme.AssessmentID](object)
	now, err := a.Assessment(ctx, by, id)
	if err != nil || version == 0 || version == now.Revision {
		return now, err
	}
	all, err := a.AssessmentVersions(ctx, by, id)
	if err != nil {
		return scheme.Assessment{}, err
	}
	if version > len(all) {
		return scheme.Assessment{}, notThere()
	}
	return all[version-1].Assessment, nil
}

// AssessmentVersions returns every version of an assessment of the actor's
// schemes, the first one first. A referral that an assessment was of and that is
// not the actor's to see is left out.
func (a *App) AssessmentVersions(ctx context.Context, by Actor, id scheme.AssessmentID) (all []scheme.Revision, err error) {
	if err := by.may(SeePeople); err != nil {
		return nil, err
	}
	err = a.store.Read(ctx, by.Org, func(r Reader) error {
		if _, err := seenAssessment(r, by, id); err != nil {
			return err
		}
		if all, err = r.Revisions(id); err != nil {
			return err
		}
		for i := range all {
			for _, of := range []*scheme.ReferralID{&all[i].Referral, &all[i].From} {
				if err := hideUnseen(r, by, of); err != nil {
					return err
				}
			}
			if all[i].Referral == "" {
				all[i].Person = ""
			}
		}
		return nil
	})
	return all, err
}

// hideUnseen empties a referral that is not of the actor's schemes.
func hideUnseen(r Reader, by Actor, id *scheme.ReferralID) error {
	if *id == "" || by.AllSchemes {
		return nil
	}
	spell, err := r.Spell(*id)
	if err == nil && !by.Sees(spell.Referral.Scheme) {
		*id = ""
	}
	return err
}
