package api

import (
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"cairn/internal/fault"
)

// Operations that take the same things, and are refused alike.
const (
	scored    = "create-assessment create-assessments create-assessment-by-reference correct-assessment"
	placed    = scored + " move-assessment"
	evidenced = "get-evidence get-evidence-figure print-evidence get-comparator get-comparator-figure get-equity get-equity-figure get-value"
	compared  = "compare get-compare-figure ot-contribution get-ot-contribution-figure"
	granted   = "compare-granted-releases get-granted-comparison-figure"
	exported  = "count-export export"
	people    = "create-person create-people change-person"
	measures  = "create-measure preview-measure supply-words withdraw-words"
	mapped    = "map-import-file check-import-file import-file report-import-file rejects-import-file"
)

// invalid are the operations by a code of 422 that they can have, besides those that
// every operation has and those that follow from what it takes: a day, a quarter, an
// Idempotency-Key. Tests hold every refusal that they see against it.
func invalid() map[fault.Code]string {
	return map[fault.Code]string{
		fault.PersonReference: people + " list-people", fault.PersonNumber: people + " find-person search-people", fault.PersonProfile: people + " find-person",
		fault.PersonMerge: "merge-people preview-merge", fault.ReferralReopen: "change-referral",
		fault.MeasureUnknown: strings.Join([]string{scored, evidenced, compared, granted, exported,
			"list-assessments create-scheme create-plan create-project create-not-done add-comparator map-import-file"}, " "),
		fault.MeasureAmbiguous: strings.Join([]string{scored, evidenced, compared}, " "), fault.MeasureInvalid: measures,
		fault.OccasionUnknown: strings.Join([]string{placed, evidenced, compared, granted, exported, "create-not-done"}, " "), fault.OccasionDay: placed,
		fault.ScoreRange: scored + " add-comparator", fault.ScoreDecimals: scored + " add-comparator", fault.ScoreNotOnTable: scored, fault.ScoreContradicts: scored,
		fault.ItemsMissing: scored, fault.AgeTooLow: placed + " change-person merge-people", fault.CheckTyping: placed,
		fault.PlanInvalid: "create-scheme create-plan import-file", fault.PeriodInvalid: "get-supervision",
		fault.DayImpossible: "get-register", fault.DayFuture: "get-register",
		fault.FileKind: "send-import-file", fault.FileHeader: "send-import-file", fault.FileRow: "import-file",
		fault.MappingInvalid: mapped, fault.MappingOther: mapped,
		fault.NotFound: "hand-over create-cover create-referral create-referrals involve-therapist create-assessment-by-reference create-prescription create-prescriptions",
	}
}

// invalidOf are the codes of 422 of one operation.
func invalidOf(op *huma.Operation, schemas huma.Registry) []fault.Code {
	all := []fault.Code{fault.InputInvalid, fault.InputUnknown}
	if slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "header" && p.Name == idempotencyKey }) {
		all = append(all, fault.KeyReused)
	}
	var taken []*huma.Schema
	for _, p := range op.Parameters {
		taken = append(taken, within(p.Schema, schemas)...)
	}
	if op.RequestBody != nil {
		for _, media := range op.RequestBody.Content {
			taken = append(taken, within(media.Schema, schemas)...)
		}
	}
	is := func(what, value string) bool {
		return slices.ContainsFunc(taken, func(s *huma.Schema) bool { return s.Extensions[what] == value })
	}
	if is("format", "date") {
		all = append(all, fault.DayImpossible, fault.DayFuture, fault.DayOrder)
	}
	if is("pattern", quarters) {
		all = append(all, fault.PeriodInvalid)
	}
	var own []fault.Code
	for code, operations := range invalid() {
		if slices.Contains(strings.Fields(operations), op.OperationID) && !slices.Contains(all, code) {
			own = append(own, code)
		}
	}
	slices.Sort(own)
	return append(all, own...)
}

// within is a schema with all that it is made of. No body holds itself.
func within(s *huma.Schema, schemas huma.Registry) []*huma.Schema {
	if s == nil {
		return nil
	}
	if s.Ref != "" {
		return within(schemas.SchemaFromRef(s.Ref), schemas)
	}
	all := append([]*huma.Schema{s}, within(s.Items, schemas)...)
	for _, property := range s.Properties {
		all = append(all, within(property, schemas)...)
	}
	return all
}
