package app_test

import (
	"fmt"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/disclosure"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
	kit "cairn/internal/testkit/town"
)

// A begun is a first score as a file has it, without a day or with one.
type begun struct {
	text, on string
	dated    scheme.Dating
}

// arrived opens a scheme for people whom an import brings.
func (w *town) arrived(name string, people ...begun) scheme.Scheme {
	w.T.Helper()
	in, err := w.App.AddScheme(w.T.Context(), w.Ann, app.NewScheme{Name: name, Measures: []measure.Key{"swemwbs"}, Weeks: 12, StartedOn: "2024-01-01"})
	must(w.T, err)
	var rows []app.ImportRow
	for i, p := range people {
		s := app.StagedScore{Scheme: name, Measure: "swemwbs", Series: "swemwbs-raw", Text: p.text, Occasion: scheme.Baseline, Dated: p.dated}
		if p.on != "" {
			s.On, err = scheme.ParseDay(p.on)
			must(w.T, err)
		}
		rows = append(rows, app.ImportRow{Position: i, Line: i + 2, Outcome: "accepted", Reference: fmt.Sprint(name, "-", i), Scores: []app.StagedScore{s}})
	}
	w.bringIn(app.ImportBatch{Source: "s", FileSHA: name, MappingSHA: "m", Mapping: "{}"}, rows)
	return in
}

// alike are n people who began at one score.
func alike(n int, as begun) (all []begun) {
	for range n {
		all = append(all, as)
	}
	return all
}

// Scores without a day tell where somebody began as those with one do: what figures
// pass over is in the file.
func TestScoresWithoutDaysTellNobodyApart(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		ed := w.as("ed")
		asked := func(in scheme.Scheme) scheme.ProjectID {
			v, err := w.App.AskProject(ctx, w.Ann, app.NewProject{
				Name: in.Name, Purpose: "Whether gardening changes wellbeing within twelve weeks.", Schemes: []scheme.ID{in.ID},
				Users: []scheme.AccountID{ed.Account}, Until: "2026-12-31",
			})
			must(t, err)
			return v.ID
		}
		low, high := begun{"8", "", scheme.ByOrder}, begun{"30", "", scheme.ByOrder}
		spread := w.arrived("Spread", append(alike(20, low), alike(20, high)...)...)
		for name, c := range map[string]struct {
			in   scheme.Scheme
			want disclosure.RowRefusal
		}{
			"dated":   {w.arrived("Dated", alike(40, begun{"8", "2026-01-10", ""})...), disclosure.AlikeScores}, // the control
			"undated": {w.arrived("Lowland", alike(40, low)...), disclosure.AlikeScores},
			"month":   {w.arrived("Months", alike(40, begun{"8", "2026-01-01", scheme.ToTheMonth})...), disclosure.AlikeScores},
			"mixed":   {w.arrived("Mix", append(alike(39, begun{"8", "2026-01-10", ""}), low)...), disclosure.AlikeScores},
			"spread":  {spread, disclosure.RowsGo},
		} {
			check, err := w.App.CheckProject(ctx, w.Ann, asked(c.in))
			must(t, err)
			if check.Refused != c.want {
				t.Errorf("%s: refused %q, want %q", name, check.Refused, c.want)
			}
		}
		// The second checker finds it by itself, in what the first let through.
		id := asked(spread)
		meg := w.Join(app.NewUser{Login: "meg", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		_, err := w.App.DecideProject(ctx, meg, app.ProjectDecision{ID: id, Version: 1, Decision: "approve"})
		must(t, err)
		if _, err := w.taken(ed, id); err != nil {
			t.Errorf("a sound file: %v", err)
		}
		a := app.New(w.Store, kit.Passwords(), app.Config{Now: w.Clock, Research: app.Research{Check: kit.Research().Check, Pack: func(x scheme.Extract, rows scheme.ExtractRows) (app.Package, scheme.Sent, error) {
			return kit.Research().Pack(x, lowered{rows})
		}}})
		ticket, err := a.StepUp(ctx, ed, app.StepUp{ID: id, Password: kit.Password})
		must(t, err)
		_, err = a.TakeProject(ctx, ed, app.ProjectTaking{ID: id, Ticket: ticket.Ticket})
		if !fault.Is(err, fault.ProjectUnsafe) || !strings.Contains(fmt.Sprint(err), "same part of a scale") {
			t.Errorf("a file in which all began alike without days: %v", err)
		}
	})
}

// lowered has everybody begin with the same answers.
type lowered struct{ scheme.ExtractRows }

func (l lowered) Subjects(fn func(scheme.Subject) error) error {
	return l.ExtractRows.Subjects(func(s scheme.Subject) error {
		for _, a := range s.Spell.Assessments {
			for i := range a.Scores {
				a.Scores[i].Level = 8 * map[measure.Series]measure.Level{"swemwbs-raw": 1, "swemwbs-metric": 100}[a.Scores[i].Series]
			}
		}
		return fn(s)
	})
}
