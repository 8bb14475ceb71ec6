package extract

import (
	"strconv"

	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// who are the columns that say whose a row is. Their names are those that cairn
// evidence reads.
func who(x scheme.Extract) []Column {
	return []Column{
		{Name: "scheme", About: "The scheme the person was referred to.", Values: named(x.Schemes), Always: true},
		{Name: "person_id", About: "Stands for the person: the same in every export of this organisation, and in no other place. It cannot be turned back without the organisation's key.", Always: true},
		{Name: "referral_no", Kind: KindWhole, About: "1 for the person's first referral to the scheme, which is the one that figures count; 2 for the next.", Always: true},
	}
}

func named(values []string) (terms []scheme.Term) {
	for _, v := range values {
		terms = append(terms, scheme.Term{Value: NoFormula(v), Label: v})
	}
	return terms
}

// traits are what figures may be split by.
func traits() []Column {
	return []Column{
		{Name: "age_band", About: "Age at the start by year of birth, in bands of ten years.", Values: scheme.AgeBands()},
		{Name: "sex", About: "As recorded.", Values: scheme.Sexes()},
		{Name: "ethnicity", About: "Ethnic group, in the five groups of the census of England and Wales.", Values: scheme.Ethnicities()},
		{Name: "deprivation", About: "Quintile of the index of multiple deprivation where the person lives: 1 is the most deprived.", Values: scheme.Deprivations()},
		{Name: "source", About: "Who referred the person.", Values: scheme.Sources()},
		{Name: "category", About: "The kind of the first activity that was started; several where there was more than one kind.", Values: append(scheme.Categories(), scheme.Term{Value: string(scheme.Several), Label: "More than one kind"})},
		{Name: "ot", About: "The part of an occupational therapist within " + strconv.Itoa(scheme.Landmark) + " days after the start.", Values: scheme.OTGroups()},
	}
}

func putTraits(row []Cell, t scheme.Traits) []Cell {
	deprivation := Cell{}
	if t.Deprivation > 0 {
		deprivation = Text(strconv.Itoa(t.Deprivation))
	}
	return append(row, Text(t.Age), Text(t.Sex), Text(t.Ethnicity), deprivation, Text(t.Source), Text(t.Category), Text(t.OT))
}

// course are the columns that say how a referral went.
func course() []Column {
	return []Column{
		{Name: "started_on", Kind: KindDate, About: "The first attended activity; where there is none the day the referral was accepted, and else the day it was received; where a file brought the referral without these, the day of its first baseline, else of its first score, counted back by the plan where the file says that it was taken later. Time points are counted from it. Empty where no day is known."},
		{Name: "stage", About: "How far the referral came.", Values: stages(), Always: true},
		{Name: "plan_version", Kind: KindWhole, About: "Version of the scheme's measurement plan that the referral is measured by.", Always: true},
	}
}

func stages() []scheme.Term {
	return []scheme.Term{{Value: "referred", Label: "Referred"}, {Value: "accepted", Label: "Accepted"}, {Value: "started", Label: "Started an activity"}}
}

func stage(of scheme.Stage) Cell {
	if all := stages(); of >= scheme.StageReferred && of <= scheme.StageStarted {
		return Text(all[of-1].Value)
	}
	return Cell{}
}

func putCourse(row []Cell, s scheme.Spell) []Cell {
	_, how := s.Referral.Started(s.Prescriptions)
	return append(row, Date(s.Start()), stage(how), Whole(s.Plan.Version))
}

// receipts are how well the day of a referral is known.
func receipts() []scheme.Term {
	return []scheme.Term{
		{Value: string(scheme.ToTheMonth), Label: "The month is known and the day is not"},
		{Value: string(scheme.ByOrder), Label: "Nothing is known of it"},
	}
}

// putReceipt is the day of a referral as far as it is known.
func putReceipt(r scheme.Referral) []Cell {
	if !r.ReceivedOn.IsZero() {
		return []Cell{Date(r.ReceivedOn), {}, {}}
	}
	if r.Receipt.Dated == scheme.ToTheMonth {
		return []Cell{{}, Text(r.Receipt.Dated), Text(r.Receipt.On.Month().String())}
	}
	return []Cell{{}, Text(scheme.ByOrder), {}}
}

// score describes a column of scores.
func score(name, about string, sc measure.Score, of measure.Definition) Column {
	c := Column{Name: name, Kind: KindScore, Unit: "score points; " + sc.Better(), About: about, Decimals: sc.Decimals, Measure: of.Key}
	if lowest, ok := sc.End(measure.LowerIsBetter); ok {
		c.Lowest = &lowest
	}
	if highest, ok := sc.End(measure.HigherIsBetter); ok {
		c.Highest = &highest
	}
	return c
}

func channels() Column {
	return Column{Name: "channel", About: "How it was taken.", Values: scheme.Channels()}
}

func helpers() Column { return Column{Name: "helper", About: "Who helped.", Values: scheme.Helpers()} }

func reasons() Column {
	return Column{Name: "missing_reason", About: "Why it was not taken: the last reason on record.", Values: scheme.NotDoneReasons()}
}

func attempts() Column {
	return Column{Name: "attempts", Kind: KindWhole, Unit: "times", About: "How often it was tried and not done."}
}

func raters() (terms []scheme.Term) {
	for _, r := range measure.Raters() {
		terms = append(terms, scheme.Term{Value: string(r), Label: r.Label()})
	}
	return terms
}

// dated are the columns that say how well a day is known, for days that a file did
// not say.
func dated(before, of string) []Column {
	return []Column{
		{Name: before + "dated", About: of + "How well the day is known. Empty: it is the day.", Values: datings()},
		{Name: before + "month", About: of + "The month, as 2026-03, where no more is known."},
	}
}

func datings() []scheme.Term {
	return []scheme.Term{
		{Value: string(scheme.ToTheMonth), Label: "The month is known and the day is not; it pairs by first and last score only"},
		{Value: string(scheme.ByOrder), Label: "No day is known. Of two such scores it is known which occasion comes first by the plan, not when either was; they pair by first and last score only"},
	}
}

// putDay is a day as far as it is known.
func putDay(on scheme.Day, d scheme.Dating) (date, how, month Cell) {
	switch d {
	case scheme.ToTheMonth:
		return Cell{}, Text(d), Text(on.String()[:len("2026-03")])
	case scheme.ByOrder:
		return Cell{}, Text(d), Cell{}
	}
	return Date(on), Cell{}, Cell{}
}

// occasions are time points as terms.
func occasions(all []scheme.Occasion) (terms []scheme.Term) {
	for _, o := range all {
		terms = append(terms, scheme.Term{Value: string(o), Label: o.Label()})
	}
	return terms
}

func series(scores []measure.Score) (terms []scheme.Term) {
	for _, sc := range scores {
		terms = append(terms, scheme.Term{Value: string(sc.Series), Label: sc.Name})
	}
	return terms
}

// prefixed gives a column a longer name and says more of what it is about.
func prefixed(c Column, before, of string) Column {
	c.Name, c.About = before+c.Name, of+c.About
	return c
}
