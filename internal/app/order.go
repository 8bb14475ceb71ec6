package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"cairn/internal/fault"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// An Order is what a list is sorted by; a hyphen before it turns it round. What is
// equal goes by identifier, so that no page shares anything with another.
type Order string

const (
	ByReference    Order = "reference" // the person's
	ReferenceLast  Order = "-reference"
	FirstAdded     Order = "added"
	LastAdded      Order = "-added"
	FirstReceived  Order = "received_on"
	NewestReceived Order = "-received_on"
	FirstTaken     Order = "on" // the day it was answered
	LastTaken      Order = "-on"
)

// PeopleOrders are those of a list of people, the usual one first.
func PeopleOrders() []Order { return []Order{ByReference, ReferenceLast, FirstAdded, LastAdded} }

// ReferralOrders are those of a list of referrals, the usual one first.
func ReferralOrders() []Order {
	return []Order{NewestReceived, FirstReceived, ByReference, ReferenceLast}
}

// AssessmentOrders are those of the assessments of a referral, the usual one first.
func AssessmentOrders() []Order { return []Order{FirstTaken, LastTaken} }

// AssessmentsAsk says which assessments of a referral. Empty fields do not narrow.
type AssessmentsAsk struct {
	Referral scheme.ReferralID
	Measure  measure.Key
	Occasion scheme.Occasion
	Order    Order
}

// Assessments returns one referral of the actor's schemes with those of its
// assessments that are asked for, in that order. What the library and the plan do not
// have is refused and not answered with an empty list.
func (a *App) Assessments(ctx context.Context, by Actor, in AssessmentsAsk) (ReferralView, error) {
	v, err := a.Referral(ctx, by, in.Referral)
	if err != nil {
		return ReferralView{}, err
	}
	var wrong fault.List
	order := in.Order.among(&wrong, AssessmentOrders())
	if _, known := v.Measures[in.Measure]; in.Measure != "" && !known {
		wrong.Add(unknownMeasure(string(in.Measure)).At("measure"))
	}
	if err := wrong.Err(); err != nil {
		return ReferralView{}, err
	}
	v.Assessments = slices.DeleteFunc(slices.Clone(v.Assessments), func(x scheme.Assessment) bool {
		return in.Measure != "" && x.Measure != in.Measure || in.Occasion != "" && x.Occasion != in.Occasion
	})
	slices.SortFunc(v.Assessments, func(x, y scheme.Assessment) int {
		return cmp.Or(x.On.DaysSince(y.On), strings.Compare(string(x.ID), string(y.ID)))
	})
	if order.Falling() {
		slices.Reverse(v.Assessments)
	}
	return v, nil
}

// Falling reports whether the order is turned round.
func (o Order) Falling() bool { return strings.HasPrefix(string(o), "-") }

// among is the order, or the usual one where none is asked for; it notes one that
// the list does not have.
func (o Order) among(wrong *fault.List, allowed []Order) Order {
	if o == "" {
		return allowed[0]
	}
	if !slices.Contains(allowed, o) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "This list cannot be sorted so. Choose one of: %s.", joined(allowed)).At("sort"))
	}
	return o
}

func joined[T ~string](all []T) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = string(one)
	}
	return strings.Join(texts, ", ")
}

// A ReferralState is whether a referral goes on.
type ReferralState string

const (
	OpenReferral   ReferralState = "open"
	ClosedReferral ReferralState = "closed" // ended or declined
)

// ReferralStates lists them.
func ReferralStates() []ReferralState { return []ReferralState{OpenReferral, ClosedReferral} }

// ReferralsAsk says which referrals, and in which order. Empty fields do not
// narrow; days are YYYY-MM-DD.
type ReferralsAsk struct {
	Scheme   scheme.ID
	Person   scheme.PersonID
	State    ReferralState
	Source   scheme.Source
	From, To string // of receipt, both included
	Page     Page
}

// narrow is what is asked for as the store takes it, and notes what is wrong.
func (in ReferralsAsk) narrow(wrong *fault.List) (ReferralFilter, Page) {
	of := ReferralFilter{Person: in.Person, State: in.State, Source: in.Source}
	of.From, of.To = readDay(wrong, "received_from", in.From), readDay(wrong, "received_to", in.To)
	if in.State != "" && !slices.Contains(ReferralStates(), in.State) {
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "A referral is one of: %s.", joined(ReferralStates())).At("state"))
	}
	if in.Source != "" && !scheme.Known(scheme.Sources(), string(in.Source)) {
		var known []string
		for _, t := range scheme.Sources() {
			known = append(known, t.Value)
		}
		wrong.Add(fault.New(fault.Invalid, fault.InputInvalid, "Referrals come from one of: %s.", joined(known)).At("source"))
	}
	notBefore(wrong, "received_to", of.To, of.From, "the first day")
	page := in.Page.bounded()
	page.Order = page.Order.among(wrong, ReferralOrders())
	return of, page
}
