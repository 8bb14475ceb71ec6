package take_test

import (
	"strings"
	"testing"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/intake"
	"cairn/internal/intake/take"
	"cairn/internal/measure"
	kit "cairn/internal/testkit/town"
)

// checked sends a file and says what would become of it.
func checked(t *testing.T, desk take.Desk, text string) (take.File, intake.Summary, []intake.Verdict) {
	t.Helper()
	f, err := desk.Send(t.Context(), "f.csv", strings.NewReader(text))
	must(t, err)
	var all []intake.Verdict
	sum, err := desk.Check(t.Context(), f, func(v intake.Verdict) error { all = append(all, v); return nil })
	must(t, err)
	return f, sum, all
}

// Somebody of whom two records were made one is one person to the check and to the
// import: by whichever reference a file calls them, what contradicts itself does not
// count, and what is here is here.
func TestMergedPeopleAreOne(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx, desk := t.Context(), take.At(w.App, w.Ann)
		_, err := w.App.AddScheme(ctx, w.Ann, app.NewScheme{Name: "Walks", Measures: []measure.Key{"swemwbs"}, Weeks: 12, StartedOn: "2024-01-01"})
		must(t, err)
		f, _, _ := checked(t, desk, "Client ID,Scheme,Date,Stage,SWEMWBS raw\nS-1,Garden,05/01/2026,pre,20\nS-2,Choir,30/03/2026,post,24\nS-3,Walks,31/03/2026,post,24\n")
		_, err = desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		must(t, err)
		who, err := w.App.People(ctx, w.Ann, "S-", app.Page{Limit: 10})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: who[0].ID, Other: who[1].ID, Reason: "registered twice"})
		must(t, err)
		_, err = w.App.MergePeople(ctx, w.Ann, app.Merge{Keep: who[2].ID, Other: who[0].ID, Reason: "three times"})
		must(t, err)
		if former, err := w.App.FormerReferences(ctx, w.Ann); err != nil || len(former) != 2 || former["S-1"] != "S-3" || former["S-2"] != "S-3" {
			t.Errorf("%v, %v", former, err)
		}
		if former, err := w.App.FormerReferences(ctx, w.Cy); err != nil || len(former) != 0 {
			t.Errorf("a stranger is told of %v, %v", former, err)
		}
		f, sum, all := checked(t, desk, "Client ID,Scheme,Date,Stage,SWEMWBS raw\nS-1,Garden,05/05/2026,review,20\nS-2,Garden,05/05/2026,review,22\nS-2,Garden,05/01/2026,pre,20\nS-4,Garden,05/05/2026,review,22\n")
		for i, want := range []intake.Outcome{intake.Conflict, intake.Conflict, intake.Here, intake.Accepted} {
			if all[i].Outcome != want {
				t.Errorf("line %d is %s (%s), want %s", all[i].Line, all[i].Outcome, all[i].Reason, want)
			}
		}
		done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		if err != nil || done.Added != sum.Scores-sum.Here || done.Added != 1 || done.People != 1 || done.Outcomes["conflict"] != 2 {
			t.Errorf("%+v, %v, after %+v", done, err, sum)
		}
	})
}

// A file brings the schemes with it to which its rows are taken, and no others; one
// that says only who was referred is brought in too.
func TestSchemesOfRows(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		gil := w.Archive()
		ctx, desk := t.Context(), take.At(w.App, gil)
		f, sum, _ := checked(t, desk, "Client ID,Referral date,Scheme,SWEMWBS raw,Date\nRF-1,10/01/2026,Allotment,,\nRF-2,11/01/2026,Allotment,,\nRF-3,10/01/2026,Choir,99,10/01/2026\n")
		if sum.Nothing() || sum.Referred != 2 || sum.Scores != 0 || strings.Join(sum.NewSchemes, ",") != "Allotment" || f.Mapping.Scheme != "Archive" {
			t.Errorf("%+v", sum)
		}
		done, err := desk.Import(ctx, app.BringIn{File: f.ID, Version: f.Revision})
		if err != nil || done.State != app.ImportPublished || done.People != 2 || done.Added != 0 || done.Outcomes["accepted"] != 2 {
			t.Fatalf("%+v, %v", done, err)
		}
		schemes, err := w.App.Schemes(ctx, gil)
		if err != nil || len(schemes) != 1 || schemes[0].Name != "Allotment" {
			t.Errorf("%+v, %v", schemes, err)
		}
		if got := w.Cells("SELECT received_on FROM referrals JOIN people ON people.id = referrals.person_id WHERE reference LIKE 'RF-%' ORDER BY received_on"); len(got) != 2 || !strings.HasPrefix(got[0], "2026-01-10") {
			t.Errorf("referred on %q", got)
		}
		_, sum, _ = checked(t, desk, "Client ID,Scheme,SWEMWBS raw,Date\nRF-1,Allotment,20,12/01/2026\nRF-9,,20,12/01/2026\n")
		if len(sum.NewSchemes) != 0 {
			t.Errorf("%+v", sum)
		}
	})
}

// What nothing can be used of is not staged, and is forgotten by whoever put it by.
func TestForgetImport(t *testing.T) {
	each(t, func(t *testing.T, w *kit.Town) {
		ctx := t.Context()
		begun, err := w.App.BeginImport(ctx, w.Ann, app.ImportBatch{Source: "s", FileSHA: "f", MappingSHA: "m", Mapping: "{}"})
		must(t, err)
		_, err = w.App.StageImport(ctx, w.Ann, begun.ID, []app.ImportRow{{Outcome: "review"}})
		must(t, err)
		dee := w.Join(app.NewUser{Login: "dee", Org: w.Ann.Org, Role: app.Manager, AllSchemes: true})
		for name, by := range map[string]app.Actor{"a stranger": w.Cy, "a colleague": dee} {
			if err := w.App.ForgetImport(ctx, by, begun.ID); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s forgets it: %v", name, err)
			}
		}
		if err := w.App.ForgetImport(ctx, w.Bo, begun.ID); !fault.Is(err, fault.NotAllowed) {
			t.Errorf("a practitioner forgets it: %v", err)
		}
		if got := w.Cells("SELECT COUNT(*) FROM import_rows"); got[0] != "1" {
			t.Errorf("%s rows are staged", got[0])
		}
		must(t, w.App.ForgetImport(ctx, w.Ann, begun.ID))
		if got := w.Cells("SELECT COUNT(*) FROM import_rows"); got[0] != "0" {
			t.Errorf("%s rows are staged", got[0])
		}
		if err := w.App.ForgetImport(ctx, w.Ann, begun.ID); !fault.Is(err, fault.ImportState) {
			t.Errorf("twice: %v", err)
		}
	})
}
