package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
)

// standing is everything in which people of Riverside are counted or listed, as text.
func (w *town) standing() string {
	w.T.Helper()
	ctx := w.T.Context()
	var all []string
	say := func(what string, of any, err error) {
		w.T.Helper()
		must(w.T, err)
		raw, err := json.Marshal(of)
		must(w.T, err)
		all = append(all, what+": "+string(raw))
	}
	for _, s := range []scheme.Scheme{w.Garden, w.Choir} {
		for _, rule := range []scheme.Rule{scheme.ByPlan, scheme.ByFirstLast} {
			v, err := w.App.Evidence(ctx, w.Ann, app.EvidenceAsk{Scheme: s.ID, Rule: string(rule)})
			say(fmt.Sprint("figures of ", s.Name, " by ", rule), []any{v.Finding, v.Journey, v.Losses}, err)
		}
		e, err := w.App.Equity(ctx, w.Ann, app.EvidenceAsk{Scheme: s.ID})
		say("equity of "+s.Name, e.Parts, err)
	}
	q, err := w.App.Quality(ctx, w.Ann)
	say("quality", []any{q.Schemes, q.Practitioners, q.Entries, q.ItemsMissing, q.Jumps, q.Twice, q.Reasons}, err)
	for _, line := range q.Chase {
		all = append(all, fmt.Sprint("to chase: ", line.Reference, line.Due.Measure, line.Due.Occasion, line.Due.On))
	}
	lines, err := w.App.Referrals(ctx, w.Ann, app.ReferralsAsk{Page: app.Page{Limit: 50, Order: app.ByReference}})
	must(w.T, err)
	for _, l := range lines {
		all = append(all, fmt.Sprint("referral: ", l.Reference, " ", l.SchemeName, " ", l.Referral.Ordinal, l.Referral.Open()))
	}
	people, err := w.App.People(ctx, w.Ann, "", app.Page{Limit: 50})
	say("people", onPage(people), err)
	x, err := w.App.Exportable(ctx, w.Ann, app.ExportAsk{Rule: string(scheme.ByFirstLast)})
	say("exports", x.Counts, err)
	differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {})
	if err != nil || len(differ) > 0 {
		w.T.Errorf("a rebuild would change %v, %v", differ, err)
	}
	return strings.Join(all, "\n")
}

// strangers are a file of people nobody knows, of whom one was referred and not
// measured, with a follow-up of K-1, who is here, and K-2's first referral to the choir.
func strangers(w *town) []app.ImportRow {
	rows := stagedRows(w.Garden.Name)
	more := func(reference, in, on, text string, o scheme.Occasion) {
		s := app.StagedScore{Scheme: in, Occasion: o}
		day, err := scheme.ParseDay(on)
		must(w.T, err)
		if s.Referred = day; text != "" {
			s.Referred, s.On, s.Measure, s.Series, s.Text, s.Activity = scheme.Day{}, day, "swemwbs", "swemwbs-raw", text, w.Plot.Name
		}
		rows = append(rows, app.ImportRow{Position: len(rows), Line: len(rows) + 2, Outcome: "accepted", Reference: reference, Scores: []app.StagedScore{s}})
	}
	more("I-4", w.Garden.Name, "2026-02-02", "", "")
	more("I-5", w.Choir.Name, "2025-11-11", "22", scheme.Baseline)
	more("K-1", w.Garden.Name, "2026-03-30", "30", scheme.Later)
	more("K-2", w.Choir.Name, "2026-02-05", "20", scheme.Baseline)
	return rows
}

func undoing(w *town) app.ImportBatch {
	return app.ImportBatch{Source: "sheet", FileSHA: "undo", MappingSHA: "m", Mapping: "{}"}
}

// After a file is undone every figure and every list is what it was before, however
// often it comes and goes, and nobody is here twice.
func TestUndoneImportsLeaveNoFigure(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx := t.Context()
		for i, in := range []scheme.Scheme{w.Garden, w.Garden, w.Choir} {
			v := w.refer(w.Ann, in, fmt.Sprint("K-", i+1), "2026-01-05")
			_, err := w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-01-05", 20+i))
			must(t, err)
		}
		before, with := w.standing(), ""
		for time := range 3 {
			b := w.bringIn(undoing(w), strangers(w))
			if b.Added != 9 {
				t.Errorf("time %d: %+v", time, b)
			}
			switch now := w.standing(); {
			case now == before:
				t.Error("it adds nothing to any figure")
			case with == "":
				with = now
			case now != with:
				t.Errorf("time %d, what came back:\n%s\nwant\n%s", time, now, with)
			}
			gone, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: b.ID, Reason: "the wrong file"})
			must(t, err)
			if want := (app.Undone{Withdrawn: 9, Referrals: 6}); gone.Undone != want {
				t.Errorf("time %d: %+v, want %+v", time, gone.Undone, want)
			}
			if _, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: b.ID, Reason: "again"}); !fault.Is(err, fault.ImportState) {
				t.Errorf("undone twice: %v", err)
			}
			if now := w.standing(); now != before {
				t.Errorf("time %d, undone:\n%s\nwant\n%s", time, now, before)
			}
		}
	})
}

// What two files made is there while either of them is.
func TestUndoneImportsOfTheSamePeople(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		rows := stagedRows(w.Garden.Name)
		later := slices.Clone(rows[3:])
		for i := range later {
			later[i].Position = i
		}
		before := w.standing()
		for _, order := range [][]int{{0, 1}, {1, 0}} {
			first, second := undoing(w), undoing(w)
			second.FileSHA = "more"
			both := []app.ImportBatch{w.bringIn(first, rows[:2]), w.bringIn(second, later)}
			there := w.standing()
			for n, at := range order {
				_, err := w.App.UndoImport(t.Context(), w.Ann, app.ImportUndo{Batch: both[at].ID, Reason: "the wrong file"})
				must(t, err)
				if now := w.standing(); now == there || n == 1 && now != before {
					t.Errorf("in the order %v, after %d:\n%s", order, n, now)
				}
			}
		}
	})
}

// Whoever somebody has worked with stays, whatever it was that they did, and is
// counted apart; the others go.
func TestUndoLeavesWhatSomebodyDid(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b, acts := w.bringIn(undoing(w), oneEach(w)), byHand(w)
		var want []string
		for name, act := range acts {
			v := w.onlyReferralOf(name)
			if err := act(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			want = append(want, name)
		}
		slices.Sort(want)
		gone, err := w.App.UndoImport(t.Context(), w.Ann, app.ImportUndo{Batch: b.ID, Reason: "the wrong file"})
		must(t, err)
		if gone.Undone.Referrals != 1 || gone.Undone.Left != len(acts) {
			t.Errorf("%+v, want 1 and %d", gone.Undone, len(acts))
		}
		lines, err := w.App.Referrals(t.Context(), w.Ann, app.ReferralsAsk{Page: app.Page{Limit: 50, Order: app.ByReference}})
		must(t, err)
		var got []string
		for _, l := range lines {
			got = append(got, l.Reference)
		}
		if slices.Sort(got); !slices.Equal(slices.Compact(got), want) {
			t.Errorf("there are %q, want %q", got, want)
		}
	})
}

// oneEach is a baseline for everybody to whom something happens by hand, and for
// somebody to whom nothing does.
func oneEach(w *town) (rows []app.ImportRow) {
	on, err := scheme.ParseDay("2026-06-01")
	must(w.T, err)
	names := append(slices.Sorted(maps.Keys(byHand(w))), "nothing")
	for i, name := range names {
		rows = append(rows, app.ImportRow{Reference: name})
		rows[i].Position, rows[i].Line, rows[i].Outcome = i, i+2, "accepted"
		rows[i].Scores = []app.StagedScore{{Scheme: w.Garden.Name, Activity: w.Plot.Name, Measure: "swemwbs", Series: "swemwbs-raw", Text: "20", Occasion: scheme.Baseline, On: on}}
	}
	return rows
}

func (w *town) onlyReferralOf(reference string) app.ReferralView {
	w.T.Helper()
	lines, err := w.App.ReferralsByReference(w.T.Context(), w.Ann, reference)
	must(w.T, err)
	if len(lines) != 1 {
		w.T.Fatalf("%d referrals of %s", len(lines), reference)
	}
	v, err := w.App.Referral(w.T.Context(), w.Ann, lines[0].Referral.ID)
	must(w.T, err)
	return v
}

// byHand is one of everything that can be done with somebody whom an import brought.
func byHand(w *town) map[string]func(app.ReferralView) error {
	ctx := w.T.Context()
	return map[string]func(app.ReferralView) error{
		"corrected": func(v app.ReferralView) error {
			a := v.Assessments[0]
			return second(w.App.CorrectAssessment(ctx, w.Ann, app.Correction{Assessment: a.ID, Version: 1, Reason: "typed wrongly", On: a.On.String(), Occasion: a.Occasion, Series: "swemwbs-raw", Score: "21"}))
		},
		"withdrawn": func(v app.ReferralView) error {
			return second(w.App.WithdrawAssessment(ctx, w.Ann, app.Withdrawal{Assessment: v.Assessments[0].ID, Version: 1, Reason: "not hers"}))
		},
		"moved": func(v app.ReferralView) error {
			in := registration(w.Choir, "moved", "2026-06-01")
			in.Known = true
			to, err := w.App.Register(ctx, w.Ann, in)
			must(w.T, err)
			return second(w.App.MoveAssessment(ctx, w.Ann, app.Move{Assessment: v.Assessments[0].ID, Version: 1, Reason: "of the choir", Referral: to.Referral.ID}))
		},
		"measured": func(v app.ReferralView) error {
			return second(w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-06-20", 22)))
		},
		"ended": func(v app.ReferralView) error {
			return second(w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: v.Referral.ID, Version: 1, EndedOn: "2026-06-20", EndReason: "planned"}))
		},
		"described": func(v app.ReferralView) error {
			return second(w.App.DescribeReferral(ctx, w.Ann, app.ReferralDetails{Referral: v.Referral.ID, Version: 1, ReceivedOn: "2026-05-20", Source: "self"}))
		},
		"paused": func(v app.ReferralView) error {
			return second(w.App.PauseReferral(ctx, w.Ann, app.ReferralPauses{Referral: v.Referral.ID, Version: 1, Pauses: []app.NewPause{{From: "2026-06-20"}}}))
		},
		"prescribed": func(v app.ReferralView) error {
			return second(w.App.AddPrescription(ctx, w.Ann, app.NewPrescription{Referral: v.Referral.ID, Activity: w.Plot.ID, OfferedOn: "2026-06-20"}))
		},
		"attended": func(v app.ReferralView) error {
			p := v.Prescriptions[0]
			return second(w.App.ChangePrescription(ctx, w.Ann, app.PrescriptionChange{Referral: v.Referral.ID, Prescription: p.ID, Version: 1, FirstAttendedOn: "2026-06-20"}))
		},
		"called": func(v app.ReferralView) error {
			return second(w.App.AddContact(ctx, w.Ann, app.NewContact{Referral: v.Referral.ID, On: "2026-06-20", Way: "phone", Outcome: scheme.Attended}))
		},
		"handed over": func(v app.ReferralView) error {
			return second(w.App.HandOver(ctx, w.Ann, app.HandOver{Referrals: []scheme.ReferralID{v.Referral.ID}, To: w.Bo.Account}))
		},
		"not done": func(v app.ReferralView) error {
			return second(w.App.CloseDue(ctx, w.Ann, app.NewNotDone{Referral: v.Referral.ID, Measure: "ons4", Occasion: scheme.Baseline, Reason: "declined"}))
		},
		"asked": func(v app.ReferralView) error {
			return second(w.App.RecordPermission(ctx, w.Ann, app.NewPermission{Person: v.Person.ID, Purpose: "care", State: "not-asked", On: "2026-06-20"}))
		},
		"minded": func(v app.ReferralView) error {
			return second(w.App.ChangeCare(ctx, w.Ann, app.CareChange{Person: v.Person.ID, DoNotContact: true, SaidBy: "person", Reason: "ill"}))
		},
		"known better": func(v app.ReferralView) error {
			return second(w.App.ChangePerson(ctx, w.Ann, app.PersonChange{Person: v.Person.ID, Version: 1, Facts: app.NewPerson{Reference: "known better", BirthYear: 1950}}))
		},
		"merged": func(v app.ReferralView) error {
			other, err := w.App.AddPerson(ctx, w.Ann, app.NewPerson{Reference: "merge"})
			must(w.T, err)
			return second(w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: v.Person.ID, Other: other.ID, Reason: "one person"}))
		},
		"of a register": func(v app.ReferralView) error {
			of := app.RegisterAsk{Scheme: w.Garden.ID, Activity: w.Plot.ID, On: "2026-06-20"}
			return second(w.App.SaveRegister(ctx, w.Ann, app.Register{RegisterAsk: of, Marks: []app.MarkEntry{{Prescription: v.Prescriptions[0].ID, Mark: "not-expected"}}}))
		},
	}
}

// What is left of an import that was undone can be read and takes nothing in, and
// stands in nobody's way: neither of a registration by hand, nor of a merge.
func TestWhatIsLeftOfAnUndoneImport(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		ctx, rows := t.Context(), stagedRows(w.Garden.Name)
		b := w.bringIn(undoing(w), rows)
		v := w.onlyReferralOf("I-2")
		_, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: b.ID, Reason: "the wrong file"})
		must(t, err)

		left, err := w.App.Referral(ctx, w.Ann, v.Referral.ID)
		must(t, err)
		if !left.Referral.Undone() || left.Referral.EndReason != scheme.EndMistaken || left.Referral.MayReopen(left.Today) || len(left.Assessments) > 0 {
			t.Errorf("%+v", left.Referral)
		}
		if all, err := w.App.AssessmentVersions(ctx, w.Ann, v.Assessments[0].ID); err != nil || len(all) != 2 || all[1].Reason != "Import undone: the wrong file" || len(all[1].Scores) != 2 {
			t.Errorf("its scores: %+v, %v", all, err)
		}
		for name, err := range map[string]error{
			"a score":   second(w.App.RecordAssessment(ctx, w.Ann, raw(v, "2026-06-20", 22))),
			"a contact": second(w.App.AddContact(ctx, w.Ann, app.NewContact{Referral: v.Referral.ID, On: "2026-06-20", Way: "phone", Outcome: scheme.Attended})),
			"its end":   second(w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: v.Referral.ID, Version: left.Referral.Revision})),
		} {
			if !fault.Is(err, fault.ImportState) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := second(w.App.HandOver(ctx, w.Ann, app.HandOver{Referrals: []scheme.ReferralID{v.Referral.ID}, To: w.Bo.Account})); !fault.Is(err, fault.NotFound) {
			t.Errorf("a hand-over: %v", err)
		}

		again := registration(w.Garden, "I-2", "2026-01-05")
		again.Known = true
		by, err := w.App.Register(ctx, w.Ann, again)
		must(t, err)
		if by.Referral.Ordinal != 1 || by.Person.ID != v.Person.ID {
			t.Errorf("registered by hand: %+v", by.Referral)
		}
		if back := w.bringIn(undoing(w), rows); back.Added != 6 || w.onlyReferralOf("I-2").Referral.ID != by.Referral.ID {
			t.Errorf("the file again: %+v", back)
		}
		_, err = w.App.ChangeReferral(ctx, w.Ann, app.ReferralChange{Referral: by.Referral.ID, Version: 1, AcceptedOn: "2026-01-05", EndedOn: "2026-06-20", EndReason: "planned"})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: v.Person.ID, Other: w.onlyReferralOf("I-1").Person.ID, Reason: "one person"})
		must(t, err)
		if differ, err := w.App.CheckPairs(ctx, w.Ann, func(int) {}); err != nil || len(differ) > 0 {
			t.Errorf("a rebuild would change %v, %v", differ, err)
		}
	})
}

// A risk answer that somebody may have to look at stays on its review list, and can be
// closed there; of whom one was answered the referral stays.
func TestRiskAnswersOfAnUndoneImport(t *testing.T) {
	eachClinic(t, func(t *testing.T, w *town) {
		ctx, rows := t.Context(), []app.ImportRow{}
		for i, who := range []string{"R-1", "R-2"} {
			said := phq9("", "", 2).Responses
			on, err := scheme.ParseDay("2026-06-01")
			must(t, err)
			rows = append(rows, app.ImportRow{Position: i, Line: i + 2, Outcome: "accepted", Reference: who, Scores: []app.StagedScore{{Scheme: w.Garden.Name, Measure: "phq9", Answers: said, Occasion: scheme.Baseline, On: on}}})
		}
		b := w.bringIn(undoing(w), rows)
		review := func() []app.AlertView {
			t.Helper()
			_, all, err := w.App.Import(ctx, w.Ann, b.ID)
			must(t, err)
			return all
		}
		w.answer(w.Ann, review()[0].ID, scheme.Closing, "spoken to")
		gone, err := w.App.UndoImport(ctx, w.Ann, app.ImportUndo{Batch: b.ID, Reason: "the wrong file"})
		must(t, err)
		if want := (app.Undone{Withdrawn: 2, Referrals: 1, Left: 1}); gone.Undone != want {
			t.Errorf("%+v, want %+v", gone.Undone, want)
		}
		all := review()
		if len(all) != 1 || all[0].State != scheme.AlertOpen || !all[0].Withdrawn {
			t.Fatalf("on the review list: %+v", all)
		}
		w.answer(w.Ann, all[0].ID, scheme.Closing, "of another service")
	})
}
