package app

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An AlertView is an alert in words, and, where one alone is looked at, what was
// done about it and what is there now.
type AlertView struct {
	AlertLine
	MeasureName string
	Question    string // number or name of the item in its measure: "question 9"
	Asks        string // what the item asks about
	Answer      string // as the measure words it; empty where there is none
	Words       []string
	Deeds       []AlertDeed
	Told        []Told
	Protocol    ProtocolView
	Mails       bool
	AnswerNow   string // what stands since; empty where that is the same
}

// An AlertDeed is one thing that somebody did, with their login.
type AlertDeed struct {
	scheme.AlertStep
	Login string // empty where the account is gone
}

// Told is one mail about an alert.
type Told struct {
	Letter
	At time.Time // when it went or is due
}

// listed are the alerts of a filter, in words.
func (a *App) listed(r Reader, of AlertFilter) ([]AlertView, error) {
	lines, err := r.Alerts(of)
	if err != nil {
		return nil, err
	}
	return a.viewAlerts(r, lines)
}

func (a *App) viewAlerts(r Reader, lines []AlertLine) ([]AlertView, error) {
	var worded []scheme.Alert
	for _, l := range lines {
		if l.Kind == scheme.WordsToRead {
			worded = append(worded, l.Alert)
		}
	}
	words, err := r.WordsOf(worded)
	if err != nil {
		return nil, err
	}
	all := make([]AlertView, len(lines))
	for i, l := range lines {
		def, err := r.Definition(l.Measure, l.Edition)
		if err != nil {
			return nil, fmt.Errorf("measure of alert %s: %w", l.ID, err)
		}
		all[i] = AlertView{AlertLine: l, MeasureName: def.Short}
		if err := a.word(&all[i], def); err != nil {
			return nil, err
		}
		if def.Own != nil {
			for n, place := range def.Own.WordsKeys() {
				if said := words[l.ID][place]; said != "" {
					all[i].Words = append(all[i].Words, def.Own.Title(n+1)+": "+said)
				}
			}
		}
	}
	return all, nil
}

// word says which question an alert is about, and the answer.
func (a *App) word(v *AlertView, def measure.Definition) error {
	def, err := a.withRisk(def)
	if err != nil || def.Risk == nil {
		return err
	}
	risk := def.Risk
	v.Asks, v.Question = risk.Asks, RiskQuestion(def, *risk)
	if v.Response != nil {
		v.Answer = answerInWords(def, risk.Item, *v.Response)
	}
	return nil
}

// RiskQuestion names the risk item as it is found on the form.
func RiskQuestion(def measure.Definition, risk measure.Risk) string {
	n := slices.IndexFunc(def.Items, func(it measure.Item) bool { return it.Key == risk.Item })
	if n < 0 {
		return "the question about " + risk.Asks
	}
	return "question " + strconv.Itoa(n+1)
}

// answerInWords is a response as the form has it: 1, “Several days”.
func answerInWords(def measure.Definition, item string, response int) string {
	it, ok := def.Item(item)
	if !ok {
		return strconv.Itoa(response)
	}
	for _, o := range def.Answers(it) {
		if o.Value == response && o.Text != "" {
			return it.Response(response) + ", “" + o.Text + "”"
		}
	}
	return it.Response(response)
}

// whole adds what was done about an alert, who is told, the protocol, and the
// answer that stands now.
func (a *App) whole(r Reader, v *AlertView) error {
	steps, err := r.AlertSteps(v.ID)
	if err != nil {
		return err
	}
	members, err := r.Members()
	if err != nil {
		return err
	}
	for _, s := range steps {
		v.Deeds = append(v.Deeds, AlertDeed{s, loginOf(members, s.By)})
	}
	letters, err := r.Letters(v.ID)
	if err != nil {
		return err
	}
	for _, l := range letters {
		at := l.NotDue
		if !l.DoneAt.IsZero() {
			at = l.DoneAt
		}
		v.Told = append(v.Told, Told{l, at})
	}
	v.Mails = a.mail != nil
	if v.Protocol, err = protocolView(r); err != nil {
		return err
	}
	if err := v.inZone(r); err != nil {
		return err
	}
	return a.standing(r, v)
}

// standing says what the answer is now, where it was corrected since.
func (a *App) standing(r Reader, v *AlertView) error {
	if v.Newest == v.Version || v.Kind == scheme.WordsToRead {
		return nil
	}
	now, err := r.Assessment(v.Assessment)
	if err != nil {
		return err
	}
	def, err := a.measured(r, now)
	if err != nil || def.Risk == nil {
		return err
	}
	risk := def.Risk
	said, answered := now.RiskResponses(risk)[risk.Item]
	switch {
	case !answered && v.Response != nil:
		v.AnswerNow = "not answered"
	case answered && (v.Response == nil || *v.Response != said):
		v.AnswerNow = answerInWords(def, risk.Item, said)
	}
	return nil
}

// inZone says every time as clocks show it where the organisation is.
func (v *AlertView) inZone(r SchemeReader) error {
	zone, err := zoneOf(r)
	if err != nil {
		return err
	}
	v.RaisedAt = v.RaisedAt.In(zone)
	for i := range v.Deeds {
		v.Deeds[i].At = v.Deeds[i].At.In(zone)
	}
	for i := range v.Told {
		v.Told[i].At = v.Told[i].At.In(zone)
	}
	return nil
}

// zoneOf is the organisation's time zone.
func zoneOf(r SchemeReader) (*time.Location, error) {
	org, err := r.Organisation()
	if err != nil {
		return nil, fmt.Errorf("time zone: %w", err)
	}
	zone, err := time.LoadLocation(org.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of organisation %s: %w", org.ID, err)
	}
	return zone, nil
}

// batches are the review lists of imports, their times as clocks show them where
// the organisation is.
func batches(r Reader, of AlertFilter) ([]AlertBatch, error) {
	all, err := r.AlertBatches(of)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	zone, err := zoneOf(r)
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].At = all[i].At.In(zone)
	}
	return all, nil
}

func loginOf(all []Member, id scheme.AccountID) string {
	for _, m := range all {
		if m.Account == id {
			return m.Login
		}
	}
	return ""
}
