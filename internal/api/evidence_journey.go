package api

import (
	"cairn/internal/app"
	"cairn/internal/evidence"
)

// aroundBody is what is said of a scheme's people besides their scores.
type aroundBody struct {
	Journey       journeyBody       `json:"journey"`
	Circumstances circumstancesBody `json:"circumstances"`
	Runs          []runBody         `json:"runs" nullable:"false" doc:"Over time, at most 36 months back, whatever period is asked for"`
	Activities    []uptakeBody      `json:"activities" nullable:"false" doc:"What was prescribed to the people in the flow, by name"`
	Categories    []alikeBody       `json:"categories" nullable:"false" doc:"Change of people who started one kind of activity alone; several kinds apart. Empty kind: none started, or not recorded"`
}

// journeyBody counts people by how far they came; see flow for the rest.
type journeyBody struct {
	Contacted      *int          `json:"contacted" nullable:"true" doc:"With a contact that was answered; null where no contact of the scheme is on record"`
	Seen           *int          `json:"seen" nullable:"true" doc:"With a meeting or call that they came to; null where no contact of the scheme is on record"`
	Started        *int          `json:"started" nullable:"true" doc:"With a first session; null where people were measured and no session is on record"`
	Left           []leavingBody `json:"left" nullable:"false" doc:"One reason for everybody not measured twice; with those measured twice they add up to everybody referred"`
	DaysToContact  daysTakenBody `json:"days_to_contact" doc:"From referral to the first contact that was answered"`
	DaysToBaseline daysTakenBody `json:"days_to_baseline" doc:"From referral to baseline"`
	Again          int           `json:"referred_again" doc:"Further referrals of the same people, in no other count"`
	Unrecorded     int           `json:"without_contact" doc:"Accepted, started or measured with no contact on record"`
	Undated        int           `json:"without_referral_day" doc:"People whose day of referral is not on record, in none of the days from referral"`
	Afloat         int           `json:"without_any_day" doc:"People who were imported without any day: in no count by the plan"`
	Wrong          int           `json:"wrong_days" doc:"Waits recorded as over before the referral, in none of the days"`
}

type leavingBody struct {
	Why    string `json:"why" enum:"declined,no_score,followup_only,died,moved_away,lost"`
	People int    `json:"people"`
}

// daysTakenBody is the quartiles of whole days, by R's type 7.
type daysTakenBody struct {
	People int      `json:"n"`
	Lower  *float64 `json:"q25" nullable:"true"`
	Median *float64 `json:"median" nullable:"true"`
	Upper  *float64 `json:"q75" nullable:"true"`
}

type circumstancesBody struct {
	Pairs         int           `json:"pairs" doc:"People measured twice"`
	Between       daysTakenBody `json:"days_between" doc:"From baseline to the later score"`
	LateBaselines amongBody     `json:"late_baselines" doc:"Baselines after the first session, of pairs whose first session is on record"`
	Deliverer     amongBody     `json:"deliverer" doc:"Later scores helped by staff who deliver the service, of those of which it is known who helped"`
	Splits        []splitBody   `json:"splits" nullable:"false"`
}

type amongBody struct {
	X int `json:"x"`
	N int `json:"n"`
}

type splitBody struct {
	By     string      `json:"by" enum:"channel,helper"`
	Groups []alikeBody `json:"groups" nullable:"false"`
}

// alikeBody is the mean change of one group with its 95% interval.
type alikeBody struct {
	Group string   `json:"group" doc:"same, changed or unknown; of activities, the kind"`
	N     int      `json:"n" doc:"People measured twice"`
	Mean  *float64 `json:"mean" nullable:"true" doc:"Score points; null with fewer than 2 people"`
	Lo    *float64 `json:"ci_lo" nullable:"true"`
	Hi    *float64 `json:"ci_hi" nullable:"true"`
	Why   string   `json:"reason,omitempty" doc:"Why something is null"`
}

// runBody is one number over time.
type runBody struct {
	Of       string          `json:"of" enum:"referrals,first_contact,start,acceptance,completeness" doc:"Referrals received; median days from referral to the first contact, and to the first session (or to acceptance, where no session of anybody is on record), where the wait ended; share of those due measured again"`
	Grain    string          `json:"grain" enum:"month,quarter"`
	Points   []runPointBody  `json:"points" nullable:"false" doc:"Whole months or quarters, the oldest first"`
	Open     *runPointBody   `json:"open,omitempty" doc:"The one that is not over: in no median, mean or limit"`
	Median   *float64        `json:"median" nullable:"true"`
	Limits   *runLimitsBody  `json:"limits,omitempty" doc:"Natural process limits; absent with fewer than 12 values, or where all are alike"`
	Signals  []runSignalBody `json:"signals" nullable:"false" doc:"What chance alone rarely gives, by NHS England's Making data count"`
	Undated  int             `json:"without_referral_day,omitempty" doc:"Referrals whose day is not on record: in no point"`
	Sentence string          `json:"sentence"`
}

type runPointBody struct {
	Label string   `json:"label" example:"Mar 2026"`
	Value *float64 `json:"value" nullable:"true" doc:"Referrals, days, or a share from 0 to 1; null where nobody is counted"`
	N     int      `json:"n" doc:"Referrals, or people, that the value is of"`
	X     int      `json:"x,omitempty" doc:"Of a share: how many of them were measured again"`
}

type runLimitsBody struct {
	Mean      float64 `json:"mean"`
	MeanRange float64 `json:"mean_moving_range"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
}

type runSignalBody struct {
	Rule string `json:"rule" enum:"outside,shift,trend,near_limit"`
	From int    `json:"from" doc:"Place in points, from 0"`
	To   int    `json:"to"`
	Up   bool   `json:"up" doc:"Above, or rising"`
}

// uptakeBody is what became of one activity's prescriptions.
type uptakeBody struct {
	Activity   string      `json:"activity" doc:"Its identifier"`
	Name       string      `json:"name" example:"Allotment"`
	Category   category    `json:"category" example:"gardening"`
	Prescribed int         `json:"prescribed"`
	Declined   int         `json:"declined"`
	Started    int         `json:"started"`
	Going      int         `json:"going" doc:"Started and not ended"`
	Ended      []endedBody `json:"ended" nullable:"false" doc:"Of the started, by reason"`
	Offered    *float64    `json:"sessions_offered" nullable:"true" doc:"Median, of those who started and whose sessions are on record"`
	Attended   *float64    `json:"sessions_attended" nullable:"true" doc:"Median, of the same"`
}

type endedBody struct {
	Reason endReason `json:"reason,omitempty" doc:"Absent where none is on record" example:"planned"`
	Times  int       `json:"times"`
}

func aroundOf(j app.Journey) aroundBody {
	b := aroundBody{Journey: journeyOf(j.Flow), Circumstances: circumstancesOf(j), Runs: make([]runBody, len(j.Runs)),
		Activities: make([]uptakeBody, len(j.Activities)), Categories: make([]alikeBody, len(j.Categories))}
	for i, r := range j.Runs {
		b.Runs[i] = runOf(r)
	}
	for i, a := range j.Activities {
		b.Activities[i] = uptakeBody{
			Activity: string(a.ID), Name: a.Name, Category: category(a.Category), Prescribed: a.Prescribed, Declined: a.Declined,
			Started: a.Started, Going: a.Going, Ended: make([]endedBody, len(a.Ended)), Offered: a.Offered, Attended: a.Attended,
		}
		for n, e := range a.Ended {
			b.Activities[i].Ended[n] = endedBody{Reason: endReason(e.Reason), Times: e.Times}
		}
	}
	for i, k := range j.Categories {
		b.Categories[i] = groupOf(string(k.Category), k.Change)
	}
	return b
}

func journeyOf(f evidence.Journey) journeyBody {
	b := journeyBody{
		Contacted: f.Step("contacted").People, Seen: f.Step("seen").People, Started: f.Step("started").People,
		Left: make([]leavingBody, len(f.Left)), DaysToContact: daysOf(f.Contact), DaysToBaseline: daysOf(f.Baseline),
		Again: f.Again, Unrecorded: f.Unrecorded, Wrong: f.Wrong, Undated: f.Undated, Afloat: f.Afloat,
	}
	for i, l := range f.Left {
		b.Left[i] = leavingBody{Why: string(l.Why), People: l.People}
	}
	return b
}

func daysOf(d evidence.Days) daysTakenBody { return daysTakenBody{d.N, d.Lower, d.Median, d.Upper} }

func circumstancesOf(j app.Journey) circumstancesBody {
	c := j.Circumstances
	b := circumstancesBody{
		Pairs: c.Pairs, Between: daysOf(c.Between), LateBaselines: amongBody(c.LateBaselines), Deliverer: amongBody(c.Deliverer),
		Splits: make([]splitBody, len(j.Splits)),
	}
	for i, s := range j.Splits {
		b.Splits[i] = splitBody{By: s.Key, Groups: make([]alikeBody, len(s.Rows))}
		for n, row := range s.Rows {
			b.Splits[i].Groups[n] = groupOf(row.Key, row.Change)
		}
	}
	return b
}

func groupOf(name string, g evidence.GroupChange) alikeBody {
	return alikeBody{Group: name, N: g.N, Mean: g.Mean, Lo: g.Lo, Hi: g.Hi, Why: g.Why}
}

func runOf(r evidence.Run) runBody {
	b := runBody{
		Of: r.Key, Grain: string(r.Grain), Points: make([]runPointBody, len(r.Points)), Median: r.Median,
		Signals: make([]runSignalBody, len(r.Signals)), Undated: r.Undated, Sentence: r.Sentence(),
	}
	for i, p := range r.Points {
		b.Points[i] = runPointBody(p)
	}
	if r.Open != nil {
		open := runPointBody(*r.Open)
		b.Open = &open
	}
	if r.Limits != nil {
		limits := runLimitsBody(*r.Limits)
		b.Limits = &limits
	}
	for i, s := range r.Signals {
		b.Signals[i] = runSignalBody{Rule: s.Rule(), From: s.From, To: s.To, Up: s.Up}
	}
	return b
}
