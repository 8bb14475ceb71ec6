package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"cairn/internal/fault"
)

// A RefusedRow is a row of which publishing could not keep every score, with what
// became of it by that.
type RefusedRow struct {
	Position int
	Outcome  string
	Reason   string
	Kept     int // of its scores
}

// settle forgets what the rows say, and keeps what became of those that publishing
// could not keep whole, in the counts of the batch too.
func (p *publishing) settle(out *ImportBatch, in Publication) error {
	refused, err := p.refusedRows(out)
	if err != nil {
		return err
	}
	if err := p.w.SettleRows(p.batch, refused); err != nil {
		return err
	}
	if len(refused) == 0 || in.Refused == nil {
		return nil
	}
	return in.Refused(refused, func(at ImportPart, text []byte) error {
		at.By = p.by.Account
		return p.w.AddImportPart(at, text)
	})
}

// rowsSettledAtOnce is how many refused rows are read at once.
const rowsSettledAtOnce = 500

// refusedRows are the rows with anything refused, each once, in the order of the
// file. They move from the outcome that they had to the one that they have.
func (p *publishing) refusedRows(out *ImportBatch) (all []RefusedRow, err error) {
	of := map[int]*refusals{}
	for _, r := range p.total.Refused {
		for _, position := range r.Rows {
			if of[position] == nil {
				of[position] = &refusals{}
			}
			of[position].add(r.Reason)
		}
	}
	out.Outcomes = maps.Clone(out.Outcomes)
	for some := range slices.Chunk(slices.Sorted(maps.Keys(of)), rowsSettledAtOnce) {
		rows, err := p.w.ImportRowsAt(p.batch, some)
		if err != nil {
			return nil, err
		}
		for _, before := range rows {
			now := of[before.Position].settled(before)
			out.Outcomes[before.Outcome]--
			out.Outcomes[now.Outcome]++
			all = append(all, now)
		}
	}
	return all, nil
}

// refusals are why scores of one row were refused.
type refusals struct {
	scores  int
	outcome string
	why     []string
}

func (r *refusals) add(reason *fault.Fault) {
	r.scores++
	outcome, why := "rejected", reason.Detail
	switch reason.Code {
	case fault.AssessmentTwice: // without its day: a report has nothing of the file
		outcome, why = "conflict", "Something else is kept here of this person, measure and day. It stays; correct it there, or the row."
	case fault.OccasionDay:
		outcome = "review"
	}
	r.outcome = graver(r.outcome, outcome)
	if !slices.Contains(r.why, why) {
		r.why = append(r.why, why)
	}
}

// graver is the outcome that somebody needs to look at more.
func graver(x, y string) string {
	order := []string{"review", "conflict", "rejected"}
	if slices.Index(order, x) > slices.Index(order, y) {
		return x
	}
	return y
}

// settled is what became of a row, the gravest of all that befell it. What was
// found when it was read stays said.
func (r *refusals) settled(before ImportRow) RefusedRow {
	of, why := len(before.Scores), strings.Join(r.why, " ")
	switch {
	case before.Reason != "":
		why = fmt.Sprintf("%s But when the file was brought in, %d of %d could not be kept: %s", before.Reason, r.scores, of, why)
	case of > 1:
		why = fmt.Sprintf("When the file was brought in, %d of its %d scores could not be kept: %s", r.scores, of, why)
	}
	return RefusedRow{Position: before.Position, Outcome: graver(before.Outcome, r.outcome), Reason: why, Kept: of - r.scores}
}
