package app

import (
	"fmt"
	"strings"
	"unicode"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// keep adds an assessment, and raises what somebody has to look at in it. No
// other function adds one but keepNewcomers: a test looks.
func (a *App) keep(w Writer, in incoming, trace Trace) (raised int, err error) {
	in.made.Revision = 1
	if err := w.AddAssessment(in.made, trace); err != nil {
		return 0, err
	}
	return a.raiseFirst(w, in, trace)
}

// keepNewcomers is keep for everything that comes with people who are new here.
func (a *App) keepNewcomers(w Writer, all []Newcomer, trace Trace) (raised int, err error) {
	if err := w.AddNewcomers(all, trace); err != nil {
		return 0, err
	}
	for _, n := range all {
		for i, made := range n.Spell.Assessments {
			more, err := a.raiseFirst(w, incoming{made, n.Lines[i]}, trace)
			if err != nil {
				return 0, err
			}
			raised += more
		}
	}
	return raised, nil
}

// raiseFirst raises what somebody has to look at in a first version.
func (a *App) raiseFirst(w Writer, in incoming, trace Trace) (raised int, err error) {
	def, err := a.measured(w, in.made)
	if err != nil {
		return 0, err
	}
	all := scheme.Raises(in.made, nil, def.Risk)
	return len(all), a.raise(w, coming{trace.Batch, in.line}, all)
}

// incoming is an assessment on its way in, with its line in a file.
type incoming struct {
	made scheme.Assessment
	line int
}

// coming says by what import an alert comes; empty: by none.
type coming struct {
	batch string
	line  int
}

// keepVersion adds a version of an assessment, and raises what is new in it. No
// other function adds one but keepWithdrawn.
func (a *App) keepVersion(w Writer, r scheme.Revision) error {
	before, err := w.Assessment(r.ID)
	if err != nil {
		return err
	}
	if err := w.Revise(r); err != nil {
		return err
	}
	def, err := a.measured(w, r.Assessment)
	if err != nil {
		return err
	}
	if r.Act == scheme.Moved && r.Person != before.Person {
		return a.raiseAnew(w, r.Assessment, def.Risk)
	}
	return a.raise(w, coming{}, scheme.Raises(r.Assessment, &before, def.Risk))
}

// keepWithdrawn is keepVersion for live assessments that are withdrawn together, which
// raises nothing.
func (a *App) keepWithdrawn(w Writer, all []scheme.Revision) error { return w.WithdrawAll(all) }

// raiseAnew is for an assessment that turned out to be another person's. What
// nobody had in hand goes with it; what somebody dealt with was about the wrong
// person, and is raised again.
func (a *App) raiseAnew(w Writer, now scheme.Assessment, risk *measure.Risk) error {
	there, err := w.Alerts(AlertFilter{Assessment: now.ID})
	if err != nil {
		return err
	}
	waiting := map[scheme.AlertKind]bool{}
	for _, l := range there {
		waiting[l.Kind] = waiting[l.Kind] || l.State == scheme.AlertOpen
	}
	var again []scheme.Alert
	for _, alert := range scheme.Raises(now, nil, risk) {
		if !waiting[alert.Kind] {
			again = append(again, alert)
		}
	}
	return a.raise(w, coming{}, again)
}

// raise keeps alerts in the transaction of what raised them. An answer that
// came by itself is told to the people of the protocol; an import only makes
// its review list.
func (a *App) raise(w Writer, of coming, all []scheme.Alert) error {
	for _, alert := range all {
		id, err := newID[scheme.AlertID]()
		if err != nil {
			return err
		}
		alert.ID, alert.Batch, alert.Line, alert.RaisedAt = id, of.batch, of.line, a.now()
		var mails []scheme.DueMail
		if alert.Kind == scheme.AnswerRaised && of.batch == "" {
			p, err := w.Protocol()
			if err != nil {
				return err
			}
			mails = p.Chain(alert.RaisedAt)
		}
		if err := w.AddAlert(alert, mails); err != nil {
			return err
		}
	}
	return nil
}

// measured is the measure of an assessment, with its risk item. A measure of the
// organisation's own that carries the name of one in the library has that one's:
// old spreadsheets come with definitions of their own.
func (a *App) measured(r Reader, of scheme.Assessment) (measure.Definition, error) {
	def, err := r.Definition(of.Measure, of.Version)
	if err != nil {
		return measure.Definition{}, err
	}
	return a.withRisk(def)
}

func (a *App) withRisk(def measure.Definition) (measure.Definition, error) {
	if def.Risk != nil {
		return def, nil
	}
	risky, err := a.risky()
	for _, d := range risky {
		for _, name := range []string{string(def.Key), def.Short, def.Name} {
			if strings.HasPrefix(lettersOf(name), lettersOf(string(d.Key))) {
				def.Risk = d.Risk
			}
		}
	}
	return def, err
}

// riskyMeasures are those of the library that have a risk item.
func riskyMeasures() ([]measure.Definition, error) {
	all, err := measure.Catalogue()
	if err != nil {
		return nil, fmt.Errorf("measures with a risk item: %w", err)
	}
	var risky []measure.Definition
	for _, d := range all {
		if d.Risk != nil {
			risky = append(risky, d)
		}
	}
	return risky, nil
}

// lettersOf is a name without capitals, spaces and signs: PHQ-9 is phq9.
func lettersOf(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
