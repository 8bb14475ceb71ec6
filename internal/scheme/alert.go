package scheme

import (
	"maps"
	"strconv"
	"time"

	"cairn/internal/measure"
)

// AlertID is a UUIDv7, unique within its organisation.
type AlertID string

// An AlertKind says what in a record somebody has to look at.
type AlertKind string

const (
	AnswerRaised AlertKind = "answer"     // the risk item was answered at or above its bound
	LeftOut      AlertKind = "unanswered" // the risk item was left out, which is not a zero
	WordsToRead  AlertKind = "words"      // something new in the person's own words
)

// AlertKinds lists them, most pressing first.
func AlertKinds() []AlertKind { return []AlertKind{AnswerRaised, LeftOut, WordsToRead} }

// An AlertState is how far an alert has come.
type AlertState string

const (
	AlertOpen   AlertState = "open"   // nobody has said that they have it
	AlertHeld   AlertState = "held"   // somebody has, and it is not over
	AlertClosed AlertState = "closed" // somebody said what was done
)

// A Choice is what somebody says about an alert.
type Choice string

const (
	Dealing  Choice = "dealing" // dealing with it now
	PassedOn Choice = "passed"  // passed to somebody
	KnownOf  Choice = "known"   // already known
	Closing  Choice = "closed"  // what was done is written down
)

// Choices are those that a page offers first.
func Choices() []Term {
	return []Term{{string(Dealing), "I am dealing with it now"}, {string(PassedOn), "I passed it on to somebody"}, {string(KnownOf), "We already know about this"}}
}

// A RiskAnswer is what somebody who types in a score says of the measure's risk
// item: its response in figures, or NotAnswered. Empty: nothing was said.
type RiskAnswer string

// NotAnswered is the honest answer for a form on which the item is empty.
const NotAnswered RiskAnswer = "not-answered"

// Response is the answer in figures; ok is false where there is none.
func (r RiskAnswer) Response() (response int, ok bool) {
	n, err := strconv.Atoi(string(r))
	return n, err == nil
}

// An Alert is one thing in one version of an assessment that somebody has to
// look at. Whose it is follows from the assessment.
type Alert struct {
	ID         AlertID
	Kind       AlertKind
	Assessment AssessmentID
	Version    int    // of the assessment
	Response   *int   // to the risk item; nil where there is none
	Batch      string // of an import; empty: it came by itself
	Line       int    // of the imported file
	State      AlertState
	Choice     Choice // the last that was made
	RaisedAt   time.Time
	Revision   int // of this record
}

// An AlertStep is one thing that somebody did about an alert.
type AlertStep struct {
	Choice Choice
	By     AccountID
	At     time.Time // UTC
	Note   string    // to whom it was passed, or what was done
}

// RiskResponses are the responses as the measure's risk rule reads them: those
// given item by item, or the one that was asked for beside a score.
func (a Assessment) RiskResponses(risk *measure.Risk) map[string]int {
	if risk == nil || a.Responses != nil {
		return a.Responses
	}
	if n, ok := a.RiskAnswer.Response(); ok {
		return map[string]int{risk.Item: n}
	}
	return nil
}

// Raises returns what somebody has to look at in now, which became of before
// (nil: it was not there). What stood already is raised once.
func Raises(now Assessment, before *Assessment, risk *measure.Risk) []Alert {
	if now.Withdrawn {
		return nil
	}
	var all []Alert
	raise := func(kind AlertKind, response *int) {
		all = append(all, Alert{Kind: kind, Assessment: now.ID, Version: now.Revision, Response: response, State: AlertOpen, Revision: 1})
	}
	if risk != nil {
		said := now.RiskResponses(risk)
		raised, answered := risk.Raised(said)
		stood, spoke, same := false, false, false
		if before != nil {
			old := before.RiskResponses(risk)
			stood, spoke = risk.Raised(old)
			same = old[risk.Item] == said[risk.Item]
		}
		response := said[risk.Item]
		switch {
		case raised && (!stood || !same):
			raise(AnswerRaised, &response)
		case !answered && (before == nil || spoke):
			raise(LeftOut, nil)
		}
	}
	if len(now.Words) > 0 && (before == nil || !maps.Equal(now.Words, before.Words)) {
		raise(WordsToRead, nil)
	}
	return all
}

// A Protocol is what an organisation does about an answer that it must act
// upon, as somebody confirmed it. Version 0: none is recorded.
type Protocol struct {
	Version int
	Text    string
	Phones  []Phone
	Lead    AccountID // told first
	Deputy  AccountID // told next; empty: there is none
	Minutes int       // until the next one is told
	By      AccountID // who confirmed it
	At      time.Time // UTC
}

// Recorded reports whether there is one.
func (p Protocol) Recorded() bool { return p.Version > 0 }

// A Phone is a number to ring.
type Phone struct {
	Name   string `json:"name"`
	Number string `json:"number"`
}

// A MailStep is one step of the chain of people who are told.
type MailStep string

const (
	ToLead     MailStep = "lead"
	ToDeputy   MailStep = "deputy"
	ToManagers MailStep = "managers"
)

// A DueMail is one step and when it is due, unless somebody says before then
// that they have it.
type DueMail struct {
	Step MailStep
	At   time.Time
}

// Chain is who is told of an alert, and when: the lead at once, then the deputy,
// then the managers; the managers at once where no protocol names anybody.
func (p Protocol) Chain(raised time.Time) []DueMail {
	if !p.Recorded() {
		return []DueMail{{ToManagers, raised}}
	}
	wait := time.Duration(max(p.Minutes, 1)) * time.Minute
	all := []DueMail{{ToLead, raised}}
	if p.Deputy != "" {
		all = append(all, DueMail{ToDeputy, raised.Add(wait)})
	}
	return append(all, DueMail{ToManagers, raised.Add(time.Duration(len(all)) * wait)})
}
