package store_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// Whatever happened in a referral, the pairs that come out are the ones that
// went in, and the counts are those of the pairs.
func TestPairsComeBackForAnySpell(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		choir := scheme.Activity{ID: id[scheme.ActivityID](t), Name: "Choir", Category: "arts"}
		w.write(func(tx app.Writer) error { return tx.AddActivity(choir) })
		w.activities = append(w.activities, choir)
		drawn := 0
		rapid.Check(t, func(rt *rapid.T) {
			drawn++
			w.checkPairs(rt, w.drawSpell(rt, fmt.Sprint("R", drawn)))
		})
		w.checkTransitions()
		w.checkGroups()
		w.checkExtracted()
	})
}

// drawSpell keeps a referral with anything that may happen in it.
func (w *world) drawSpell(rt *rapid.T, reference string) scheme.ReferralID {
	term := func(terms []scheme.Term, what string) string {
		return rapid.SampledFrom(append(terms, scheme.Term{})).Draw(rt, what).Value
	}
	start := day(w.t, "2026-01-01").Plus(rapid.IntRange(0, 400).Draw(rt, "received"))
	maybe := func(what string) scheme.Day {
		if !rapid.Bool().Draw(rt, what) {
			return scheme.Day{}
		}
		return start.Plus(rapid.IntRange(0, 120).Draw(rt, what+" after"))
	}
	p := scheme.Person{
		ID: id[scheme.PersonID](w.t), Reference: reference, BirthYear: rapid.SampledFrom([]int{0, 1930, 1990, 2012}).Draw(rt, "born"),
		Sex: scheme.Sex(term(scheme.Sexes(), "sex")), Ethnicity: scheme.Ethnicity(term(scheme.Ethnicities(), "ethnicity")),
		Deprivation: rapid.IntRange(0, 5).Draw(rt, "deprivation"),
	}
	r := scheme.Referral{
		ID: id[scheme.ReferralID](w.t), Person: p.ID, Scheme: w.scheme.ID, Plan: w.scheme.Plan.ID,
		Source: scheme.Source(term(scheme.Sources(), "source")), ReceivedOn: start, AcceptedOn: maybe("accepted"), EndedOn: maybe("ended"),
	}
	if !r.EndedOn.IsZero() {
		r.EndReason = scheme.EndReason(term(scheme.EndReasons(), "reason"))
	}
	for range rapid.IntRange(0, 2).Draw(rt, "involvements") {
		r.OT = append(r.OT, scheme.Involvement{Level: scheme.OTLevel(rapid.SampledFrom(scheme.OTLevels()).Draw(rt, "part").Value), On: start.Plus(rapid.IntRange(0, 60).Draw(rt, "from"))})
	}
	w.write(func(tx app.Writer) error {
		must(w.t, tx.AddPerson(p))
		must(w.t, tx.AddReferral(r))
		for n := range rapid.IntRange(0, 2).Draw(rt, "prescriptions") {
			must(w.t, tx.AddPrescription(scheme.Prescription{
				ID: id[scheme.PrescriptionID](w.t), Referral: r.ID, Activity: w.activities[n].ID, OfferedOn: start, FirstAttendedOn: maybe("attended"),
			}))
		}
		for n := range rapid.IntRange(0, 5).Draw(rt, "assessments") {
			a := w.drawAssessment(rt, r)
			a.On = start.Plus(20*n + rapid.IntRange(-19, 0).Draw(rt, "on"))
			must(w.t, tx.AddAssessment(a, w.trace()))
		}
		spell, err := tx.Spell(r.ID)
		must(w.t, err)
		return tx.SavePairs(r.ID, spell.Pairs(w.defs))
	})
	return r.ID
}

func (w *world) drawAssessment(rt *rapid.T, r scheme.Referral) scheme.Assessment {
	a := w.swemwbs(r, "2026-01-01", measure.Level(rapid.SampledFrom([]int{700, 1859, 3500}).Draw(rt, "level")))
	a.Channel = scheme.Channel(rapid.SampledFrom(scheme.Channels()).Draw(rt, "channel").Value)
	a.Helper = scheme.Helper(rapid.SampledFrom(append(scheme.Helpers(), scheme.Term{})).Draw(rt, "helper").Value)
	a.Rater = rapid.SampledFrom(measure.Raters()).Draw(rt, "rater")
	a.Occasion = rapid.SampledFrom([]scheme.Occasion{scheme.Baseline, scheme.Waiting}).Draw(rt, "occasion")
	if rapid.Bool().Draw(rt, "ons4") {
		a.Measure, a.Responses = "ons4", map[string]int{"satisfaction": rapid.IntRange(0, 10).Draw(rt, "response")}
		a.Scores = []measure.Scored{{Series: "ons4-satisfaction", Level: measure.Level(a.Responses["satisfaction"])}}
	}
	return a
}

// checkPairs compares what is stored with what pairing makes of the records,
// then with fewer pairs, then with all again.
func (w *world) checkPairs(rt *rapid.T, of scheme.ReferralID) {
	var spell scheme.Spell
	w.read(func(tx app.Reader) (err error) { spell, err = tx.Spell(of); return err })
	made := spell.Pairs(w.defs)
	for _, want := range [][]scheme.Pair{made, altered(made), made[:len(made)/2], nil, made} {
		w.write(func(tx app.Writer) error { return tx.SavePairs(of, want) })
		w.read(func(tx app.Reader) error {
			got, err := tx.PairsOf(of)
			if !app.SamePairs(got, want) {
				rt.Errorf("stored pairs (+) of %+v:\n%s", spell, gocmp.Diff(want, got, gocmp.AllowUnexported(scheme.Day{})))
			}
			return err
		})
	}
}

// altered are the same pairs with another value everywhere but in the key.
func altered(pairs []scheme.Pair) []scheme.Pair {
	next := func(terms []scheme.Term, value string) string {
		return terms[scheme.Code(terms, value)%len(terms)].Value
	}
	point := func(p *scheme.Point) *scheme.Point {
		if p == nil {
			return nil
		}
		return &scheme.Point{
			Assessment: p.Assessment, On: p.On.Plus(1), Level: p.Level + 1,
			Channel: scheme.Channel(next(scheme.Channels(), string(p.Channel))), Helper: scheme.Helper(next(scheme.Helpers(), string(p.Helper))),
		}
	}
	all := slices.Clone(pairs)
	for i, p := range all {
		t := p.Traits
		all[i].Base, all[i].Later = point(p.Later), point(p.Base)
		all[i].State = map[scheme.State]scheme.State{
			scheme.Enrolled: scheme.Enrolled, scheme.Paired: scheme.Paired,
			scheme.BaselineOnly: scheme.FollowupOnly, scheme.FollowupOnly: scheme.BaselineOnly,
		}[p.State]
		all[i].Ordinal, all[i].Closes, all[i].Stage = p.Ordinal+1, p.Closes.Plus(100), p.Stage%3+1
		all[i].Exit = map[scheme.Exit]scheme.Exit{scheme.Stayed: scheme.ExitDied, scheme.ExitDied: scheme.ExitMoved, scheme.ExitMoved: scheme.Stayed}[p.Exit]
		all[i].Traits = scheme.Traits{
			Age: next(scheme.AgeBands(), t.Age), Sex: scheme.Sex(next(scheme.Sexes(), string(t.Sex))),
			Ethnicity: scheme.Ethnicity(next(scheme.Ethnicities(), string(t.Ethnicity))), Deprivation: (t.Deprivation + 1) % 6,
			Source: scheme.Source(next(scheme.Sources(), string(t.Source))), Category: scheme.Category(next(scheme.Categories(), string(t.Category))),
			OT: scheme.OTLevel(next(scheme.OTGroups(), string(t.OT))),
		}
	}
	return all
}

// checkTransitions compares the counts and the stream of every question with
// the same made in Go from all pairs.
func (w *world) checkTransitions() {
	w.t.Helper()
	today := day(w.t, "2026-09-01")
	w.read(func(tx app.Reader) error {
		var all []scheme.Pair
		must(w.t, tx.Spells(func(s scheme.Spell) error { all = append(all, s.Pairs(w.defs)...); return nil }))
		for _, series := range []measure.Series{"swemwbs-metric", "ons4-satisfaction"} {
			for _, occasion := range []scheme.Occasion{scheme.FixedTime(84), scheme.FirstLast, scheme.End, scheme.Waiting} {
				for _, period := range []scheme.Period{{}, {From: today.Quarter()}, {To: today.Quarter()}, {From: today.Quarter() - 1, To: today.Quarter()}} {
					q := app.PairQuery{Scheme: w.scheme.ID, Series: series, Occasion: occasion, Period: period, Today: today}
					w.checkQuestion(tx, q, asked(all, q))
					q.But = scheme.Waiting
					w.checkQuestion(tx, q, asked(all, q))
				}
			}
		}
		return nil
	})
}

func asked(all []scheme.Pair, q app.PairQuery) []scheme.Pair {
	var of []scheme.Pair
	for _, p := range all {
		elsewhere := slices.ContainsFunc(all, func(o scheme.Pair) bool {
			return o.Referral == p.Referral && o.Series == p.Series && o.Occasion == q.But && o.State == scheme.Paired
		})
		if !elsewhere && p.Scheme == q.Scheme && p.Series == q.Series && p.Occasion == q.Occasion && q.Period.Holds(p.Closes.Quarter()) {
			of = append(of, p)
		}
	}
	slices.SortFunc(of, func(a, b scheme.Pair) int { return cmp.Compare(a.Referral, b.Referral) })
	return of
}

func (w *world) checkQuestion(tx app.Reader, q app.PairQuery, pairs []scheme.Pair) {
	w.t.Helper()
	want := scheme.NewTransitions()
	for _, p := range pairs {
		if p.Ordinal == 1 {
			want.Add(tallied(p, q.Today))
		}
	}
	got, err := tx.Transitions(q)
	must(w.t, err)
	same(w.t, fmt.Sprintf("transitions of %+v", q), want, got)
	var streamed []scheme.Pair
	must(w.t, tx.EachPair(q, func(p scheme.Pair) error { streamed = append(streamed, p); return nil }))
	same(w.t, fmt.Sprintf("pairs of %+v", q), pairs, streamed)
}

// tallied is one pair as the store counts it.
func tallied(p scheme.Pair, today scheme.Day) scheme.Tally {
	tally := scheme.Tally{State: p.State, Stage: p.Stage, Exit: p.Exit, Open: !p.Closes.Before(today), People: 1}
	if p.Base != nil {
		tally.From = p.Base.Level
	}
	if p.Later != nil {
		tally.To = p.Later.Level
	}
	return tally
}

// Somebody who comes back counts once in the transition table, and twice in the
// export.
func TestOnlyFirstReferralsAreCounted(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world) {
		_, r := w.refer("A-1", "2025-01-06")
		must(t, w.record(w.swemwbs(r, "2025-01-06", 1859)))
		r.EndedOn = day(t, "2025-08-01")
		again := r
		again.ID, again.ReceivedOn, again.EndedOn = id[scheme.ReferralID](t), day(t, "2025-09-01"), scheme.Day{}
		w.write(func(tx app.Writer) error {
			must(t, tx.SaveReferral(r))
			return tx.AddReferral(again)
		})
		must(t, w.record(w.swemwbs(again, "2025-09-01", 1859)))
		q := app.PairQuery{Scheme: w.scheme.ID, Series: "swemwbs-metric", Occasion: scheme.FixedTime(84), Today: day(t, "2026-11-22")}
		w.read(func(tx app.Reader) error {
			table, err := tx.Transitions(q)
			must(t, err)
			if table.Flow.Referred != 1 {
				t.Errorf("flow = %+v", table.Flow)
			}
			n := 0
			must(t, tx.EachPair(q, func(p scheme.Pair) error {
				if n++; p.Ordinal != n {
					t.Errorf("pair %d has ordinal %d", n, p.Ordinal)
				}
				return nil
			}))
			if n != 2 {
				t.Errorf("%d pairs", n)
			}
			return nil
		})
	})
}
