package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// same compares what went in with what came out.
func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b scheme.Day) bool { return a == b })); diff != "" {
		t.Errorf("%s: in (-), out (+):\n%s", what, diff)
	}
}

func TestSchemesAndPlansComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		other := scheme.Scheme{ID: id[scheme.ID](t), Name: "hilltop", Plan: w.plan("2025-06-01", 1), Profile: scheme.ByReference, Revision: 1}
		next := w.plan("2025-09-01", 2)
		next.Items = next.Items[:2]
		w.write(func(tx app.Writer) error {
			if err := tx.AddScheme(other); err != nil {
				return err
			}
			return tx.AddPlan(w.scheme.ID, next)
		})
		w.read(func(tx app.Reader) error {
			org, err := tx.Organisation()
			must(t, err)
			same(t, "organisation", w.org, org)
			all, err := tx.Schemes(day(t, "2025-08-31"))
			must(t, err)
			same(t, "schemes by name, before the second plan", []scheme.Scheme{other, w.scheme}, all)
			one, err := tx.Scheme(w.scheme.ID, day(t, "2025-09-01"))
			must(t, err)
			same(t, "plan from its day on", next, one.Plan)
			one, err = tx.Scheme(other.ID, day(t, "2020-01-01"))
			must(t, err)
			same(t, "first plan where none is in force yet", other.Plan, one.Plan)
			activities, err := tx.Activities()
			same(t, "activities", []scheme.Activity{w.activity}, activities)
			return err
		})
		orgs, err := w.store.Organisations(t.Context())
		must(t, err)
		same(t, "organisations", []scheme.Organisation{w.org}, orgs)
	})
}

func TestMeasuresComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		bundled, err := measure.Catalogue()
		must(t, err)
		must(t, w.store.RegisterMeasures(t.Context(), bundled)) // the same again changes nothing
		own := ownMeasure("steps", 1)
		newer := ownMeasure("steps", 2)
		newer.Name = "Steps, second edition"
		newer.Scores[0].Max = 5000
		w.write(func(tx app.Writer) error {
			for _, d := range []measure.Definition{own, own, newer} {
				if err := tx.AddMeasure(d); err != nil {
					return err
				}
			}
			return nil
		})
		want := map[measure.Key]measure.Definition{"steps": newer}
		for _, d := range bundled {
			want[d.Key] = d
		}
		for range 2 { // the second time from memory
			w.read(func(tx app.Reader) error {
				got, err := tx.Measures()
				same(t, "measures", want, got)
				return err
			})
		}
		own.Key, own.Scores[0].Series = "stairs", "stairs"
		w.write(func(tx app.Writer) error { // a series can be asked for as soon as it is there
			q := app.PairQuery{Scheme: w.scheme.ID, Series: "stairs", Occasion: scheme.FirstLast}
			_, err := tx.Transitions(q)
			refused(t, err, fault.MeasureUnknown, "stairs")
			must(t, tx.AddMeasure(own))
			_, err = tx.Transitions(q)
			return err
		})
		hilltop := settle(t, w.store, "Hilltop")
		if _, there := hilltop.defs["steps"]; there {
			t.Error("another organisation sees the measure")
		}
		hilltop.write(func(tx app.Writer) error { return tx.AddMeasure(newer) }) // may have one of the same name
	})
}

// ownMeasure is a measure of one open score with two decimals.
func ownMeasure(key measure.Key, version int) measure.Definition {
	lowest, highest := measure.OpenRange()
	return measure.Definition{
		Key: key, Version: version, Name: "Steps", Short: "Steps", Rater: measure.Self, Wording: measure.ScoreOnly,
		Licence: measure.Licence{Holder: "nobody", Terms: "free", Source: "made up for this test"},
		Scores: []measure.Score{{
			Series: measure.Series(key), Name: "Steps", Kind: measure.KindTotal, Direction: measure.LowerIsBetter,
			Decimals: 2, Min: lowest, Max: highest, Open: true, Enter: true,
			Threshold: &measure.Threshold{Points: 1.25, Inclusive: true, Population: "nobody", Source: "made up"},
		}},
	}
}

func TestPeopleComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann := scheme.Person{
			ID: id[scheme.PersonID](t), Reference: "b-2", Name: "Ann Ärmel", BirthYear: 1961,
			Sex: "female", Ethnicity: "white", Deprivation: 5, Revision: 1,
		}
		bo := scheme.Person{ID: id[scheme.PersonID](t), Reference: "B-10", Revision: 1}
		cy := scheme.Person{ID: id[scheme.PersonID](t), Reference: "ä", Name: "Cy", Revision: 1}
		w.write(func(tx app.Writer) error {
			for _, p := range []scheme.Person{ann, bo, cy} {
				must(t, tx.AddPerson(p))
			}
			return nil
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Person(ann.ID)
			must(t, err)
			same(t, "person", ann, got)
			got, err = tx.PersonByReference("B-10")
			must(t, err)
			same(t, "person by reference", bo, got)
			first, err := tx.People(app.Page{Limit: 2})
			must(t, err)
			same(t, "first page, by the bytes of the reference", []scheme.Person{bo, ann}, first)
			rest, err := tx.People(app.Page{After: first[1].Reference, Limit: 2})
			same(t, "second page", []scheme.Person{cy}, rest)
			return err
		})
	})
}

func TestReferralsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		ann, r := w.refer("A-1", "2026-01-05")
		spell := scheme.Spell{Person: ann, Plan: w.scheme.Plan, Referral: r}
		spell.Person.Name = ""
		r.AcceptedOn, r.EndedOn, r.EndReason, r.Source = day(t, "2026-01-07"), day(t, "2026-06-01"), "goals-met", "police"
		r.Practice, r.Declined, r.ReopenedOn = "Mill Lane Surgery", "no-contact", day(t, "2026-05-30")
		r.Reasons = []scheme.Reason{"loneliness", "bereavement"}
		r.Pauses = []scheme.Pause{{From: day(t, "2026-02-01"), Until: day(t, "2026-02-14")}, {From: day(t, "2026-05-01")}}
		r.OT = []scheme.Involvement{{Level: "advised", On: day(t, "2026-01-08")}, {Level: "led", On: day(t, "2026-02-01"), Therapist: w.account}}
		p := scheme.Prescription{
			ID: id[scheme.PrescriptionID](t), Referral: r.ID, Activity: w.activity.ID, Category: "gardening",
			OfferedOn: day(t, "2026-01-08"), Offered: 12, Revision: 1,
		}
		w.write(func(tx app.Writer) error {
			must(t, tx.SaveReferral(r))
			r.Revision++
			must(t, tx.SaveReasons(r.ID, []scheme.Reason{"housing"}))
			must(t, tx.SaveReasons(r.ID, []scheme.Reason{"bereavement", "loneliness"}))
			must(t, tx.SavePauses(r.ID, r.Pauses[:1]))
			must(t, tx.SavePauses(r.ID, r.Pauses))
			must(t, tx.SaveInvolvements(r.ID, []scheme.Involvement{{Level: "none", On: day(t, "2026-01-07")}}))
			must(t, tx.SaveInvolvements(r.ID, nil))
			must(t, tx.AddInvolvement(r.ID, r.OT[1]))
			must(t, tx.AddInvolvement(r.ID, r.OT[0]))
			must(t, tx.AddInvolvement(r.ID, r.OT[0]))
			must(t, tx.AddPrescription(p))
			p.AcceptedOn, p.FirstAttendedOn, p.EndedOn = day(t, "2026-01-09"), day(t, "2026-01-12"), day(t, "2026-05-01")
			p.EndReason, p.Attended = "planned", 11
			must(t, tx.SavePrescription(p))
			p.Revision++
			return nil
		})
		by := w.swemwbs(r, "2026-03-30", 2235)
		by.Scores = []measure.Scored{{Series: "swemwbs-metric", Level: 1859}, {Series: "swemwbs-raw", Level: 18}}
		items := scheme.Assessment{
			ID: id[scheme.AssessmentID](t), Person: ann.ID, Referral: r.ID, Measure: "ons4", Version: 3,
			On: day(t, "2026-01-05"), Occasion: scheme.FixedTime(84), Rater: measure.Proxy,
			Responses: map[string]int{"satisfaction": 7, "anxiety": 0},
			Scores:    []measure.Scored{{Series: "ons4-satisfaction", Level: 7}, {Series: "ons4-anxiety", Level: 0}},
			Revision:  1,
		}
		must(t, w.record(by))
		must(t, w.record(items))
		spell.Referral, spell.Prescriptions, spell.Assessments = r, []scheme.Prescription{p}, []scheme.Assessment{items, by}
		w.read(func(tx app.Reader) error {
			got, err := tx.Spell(r.ID)
			must(t, err)
			same(t, "spell", spell, got)
			for _, want := range []scheme.Assessment{by, items} {
				got, err := tx.Assessment(want.ID)
				must(t, err)
				same(t, "assessment", want, got)
			}
			return tx.Spells(func(got scheme.Spell) error {
				same(t, "spell of a rebuild", spell, got)
				return nil
			})
		})
	})
}

// A second referral counts on, and only one is open at a time.
func TestOrdinals(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, first := w.refer("A-1", "2025-01-05")
		second := first
		second.ID, second.ReceivedOn = id[scheme.ReferralID](t), day(t, "2026-01-05")
		try := func(fn func(app.Writer) error) error { return w.store.Write(t.Context(), w.org.ID, fn) }

		refused(t, try(func(tx app.Writer) error { return tx.AddReferral(second) }), fault.ReferralOpen, "open referral")
		first.EndedOn = day(t, "2025-12-31")
		w.write(func(tx app.Writer) error {
			must(t, tx.SaveReferral(first))
			first.Revision++
			return tx.AddReferral(second)
		})
		w.read(func(tx app.Reader) error {
			got, err := tx.Spell(second.ID)
			if got.Referral.Ordinal != 2 {
				t.Errorf("ordinal = %d", got.Referral.Ordinal)
			}
			return err
		})
		first.EndedOn = scheme.Day{}
		refused(t, try(func(tx app.Writer) error { return tx.SaveReferral(first) }), fault.ReferralOpen, "open referral")
		third := second
		third.ID, third.DeclinedOn = id[scheme.ReferralID](t), third.ReceivedOn
		w.write(func(tx app.Writer) error { return tx.AddReferral(third) })
	})
}

func TestReferralsAreListedNewestFirst(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := scheme.Scheme{ID: id[scheme.ID](t), Name: "Hilltop", Plan: w.plan("2025-06-01", 1), Profile: scheme.ByReference, Revision: 1}
		w.write(func(tx app.Writer) error { return tx.AddScheme(hilltop) })
		ann, middle := w.refer("A", "2026-02-01")
		_, oldest := w.refer("B", "2026-01-01")
		_, newest := w.refer("C", "2026-03-01")
		elsewhere := scheme.Referral{
			ID: id[scheme.ReferralID](t), Person: ann.ID, Scheme: hilltop.ID, Plan: hilltop.Plan.ID, Source: "self",
			ReceivedOn: day(t, "2026-02-01"), Ordinal: 1, Revision: 1, OT: []scheme.Involvement{{Level: "led", On: day(t, "2026-02-01")}},
		}
		w.write(func(tx app.Writer) error { return tx.AddReferral(elsewhere) })
		var mark string // of the last line that was read
		list := func(of app.ReferralFilter, page app.Page) (all []app.ReferralLine) {
			w.read(func(tx app.Reader) (err error) { all, err = tx.Referrals(of, page); return err })
			for i := range all {
				mark, all[i].Mark = all[i].Mark, ""
			}
			return all
		}
		want := []app.ReferralLine{
			{Referral: newest, Reference: "C", SchemeName: "Riverside"}, {Referral: elsewhere, Reference: "A", SchemeName: "Hilltop"},
			{Referral: middle, Reference: "A", SchemeName: "Riverside"}, {Referral: oldest, Reference: "B", SchemeName: "Riverside"},
		}
		all := app.ReferralFilter{}
		same(t, "all", want, list(all, app.Page{Limit: 9}))
		same(t, "first page", want[:2], list(all, app.Page{Limit: 2}))
		same(t, "second page", want[2:], list(all, app.Page{Limit: 2, After: mark}))
		same(t, "one scheme", want[1:2], list(app.ReferralFilter{Schemes: []scheme.ID{hilltop.ID}}, app.Page{Limit: 9}))
		same(t, "one person", want[1:3], list(app.ReferralFilter{Person: ann.ID}, app.Page{Limit: 9}))
		same(t, "no scheme at all", []app.ReferralLine{}, list(app.ReferralFilter{Schemes: []scheme.ID{}}, app.Page{Limit: 9}))
	})
}

func TestAccountsComeBack(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		hilltop := settle(t, w.store, "Hilltop")
		a := app.Account{ID: id[scheme.AccountID](t), Login: "ann@example.org", PasswordHash: "$argon2id$", Memberships: []app.Membership{
			{Org: w.org.ID, Role: app.Practitioner, Profession: "occupational therapist", Schemes: []scheme.ID{w.scheme.ID}},
			{Org: hilltop.org.ID, Role: app.Manager, AllSchemes: true},
		}}
		must(t, w.store.AddAccount(t.Context(), a))
		got, err := w.store.Login(t.Context(), a.Login)
		must(t, err)
		same(t, "by login", a, got)
		got, err = w.store.Account(t.Context(), a.ID)
		must(t, err)
		same(t, "by id", a, got)

		token := app.Token{Hash: []byte("32 bytes, say"), Org: w.org.ID, Account: a.ID, Name: "laptop", Expires: noon.Add(time.Hour)}
		must(t, w.store.AddToken(t.Context(), token))
		account, org, err := w.store.Token(t.Context(), token.Hash, noon)
		if err != nil || account != a.ID || org != w.org.ID {
			t.Errorf("token = %s, %s, %v", account, org, err)
		}
		// The same instant in another zone is the same instant.
		summer := time.FixedZone("far east", 9*3600)
		if _, _, err = w.store.Token(t.Context(), token.Hash, token.Expires.In(summer).Add(-time.Second)); err != nil {
			t.Error(err)
		}
		_, _, err = w.store.Token(t.Context(), token.Hash, token.Expires.In(summer))
		refused(t, err, fault.NotFound, "")
		token.Hash, token.Org = []byte("another"), id[scheme.OrgID](t)
		refused(t, w.store.AddToken(t.Context(), token), fault.NotFound, "")
	})
}
