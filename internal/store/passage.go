package store

import (
	"database/sql"

	"cairn/internal/app"
	"cairn/internal/measure"
	"cairn/internal/scheme"
)

// passageColumns are what passageRow.scan reads, in its order. First days are
// looked up referral by referral, so that they cost what the scheme's referrals
// do and not what the organisation's contacts do.
const passageColumns = `referrals.ordinal, CASE WHEN received_dated = '' THEN received_on END, CASE WHEN accepted_dated = '' THEN accepted_on END, declined_on,
	accepted_dated IN ('month', 'order'),
	(SELECT MIN(on_day) FROM contacts WHERE contacts.org_id = referrals.org_id AND contacts.referral_id = referrals.id
		AND state = 'live' AND result IN ('attended', 'cancelled')),
	(SELECT MIN(on_day) FROM contacts WHERE contacts.org_id = referrals.org_id AND contacts.referral_id = referrals.id
		AND state = 'live' AND result = 'attended' AND channel NOT IN ('text', 'email', 'letter')),
	(SELECT MIN(first_attended_on) FROM prescriptions WHERE prescriptions.org_id = referrals.org_id AND prescriptions.referral_id = referrals.id),
	state, stage, exit, closes_on, base_level, later_level, base_on, later_on, base_channel, base_helper, later_channel, later_helper`

// howDated are how well the days of the two scores are known, by the rules
// that take others than those of a known day.
const howDated = `,
	(SELECT dated FROM assessments WHERE assessments.org_id = outcome_pairs.org_id AND assessments.id = base_id),
	(SELECT dated FROM assessments WHERE assessments.org_id = outcome_pairs.org_id AND assessments.id = later_id)`

// passageRow is a referral with the first days of what happened to it, and its
// pair at one follow-up where its plan has one.
type passageRow struct {
	scheme.Passage
	state, stage, exit sql.NullInt32
	closes             scheme.Day
	base, later        takenRow
}

// takenRow is one score of a pair and how it was taken.
type takenRow struct {
	level           *measure.Level
	on              scheme.Day
	channel, helper sql.NullInt32
	dated           sql.NullString
}

// into is where the columns go.
func (r *passageRow) into() []any {
	return []any{&r.Ordinal, &r.ReceivedOn, &r.AcceptedOn, &r.DeclinedOn, &r.Afloat, &r.Contacted, &r.Seen, &r.Attended,
		&r.state, &r.stage, &r.exit, &r.closes, &r.base.level, &r.later.level, &r.base.on, &r.later.on,
		&r.base.channel, &r.base.helper, &r.later.channel, &r.later.helper}
}

func (r *passageRow) passage(d *decoder) scheme.Passage {
	p := r.Passage
	p.Afloat = p.Afloat && p.Attended.IsZero()
	if !r.state.Valid {
		return p
	}
	p.Planned = true
	p.Pair = scheme.Pair{
		Ordinal: p.Ordinal, State: at(d, states(), int(r.state.Int32)-1), Stage: scheme.Stage(r.stage.Int32),
		Exit: at(d, exits(), int(r.exit.Int32)), Closes: window(r.closes), Base: r.base.point(d), Later: r.later.point(d),
	}
	return p
}

func (t takenRow) point(d *decoder) *scheme.Point {
	if t.level == nil {
		return nil
	}
	p := d.point(*t.level, nil, t.on, int(t.channel.Int32), int(t.helper.Int32))
	p.Dated = scheme.Dating(t.dated.String)
	return p
}

// Passages streams every referral of a scheme but those that q leaves out; where
// its plan does not have the follow-up that q asks for, without a pair. The period of q is the caller's to
// apply. While fn runs, nothing else can be asked of this transaction.
func (s *scope) Passages(q app.PairQuery, fn func(scheme.Passage) error) (err error) {
	_, seriesNo, err := s.ofQuery(q.Scheme, q.Series)
	if err != nil {
		return err
	}
	var c coder
	occasion := c.occasion(q.Occasion)
	if c.err != nil {
		return c.err
	}
	columns := passageColumns
	_, fixed := q.Occasion.Days()
	if !fixed {
		columns += howDated
	}
	rows, err := apart(s.from("referrals"), seriesNo, q.But).Where("referrals.scheme_id = ? AND referrals.ordinal > 0", q.Scheme).
		Joins(`LEFT JOIN outcome_pairs ON outcome_pairs.org_id = referrals.org_id AND outcome_pairs.referral_id = referrals.id
			AND series_no = ? AND occasion = ?`, seriesNo, occasion).
		Select(columns).Rows()
	if err != nil {
		return failed("read passages", err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = failed("read passages", closed)
		}
	}()
	var d decoder
	for rows.Next() {
		var row passageRow
		into := row.into()
		if !fixed {
			into = append(into, &row.base.dated, &row.later.dated)
		}
		if err := rows.Scan(into...); err != nil {
			return failed("read a passage", err)
		}
		p := row.passage(&d)
		if d.err != nil {
			return d.err
		}
		if err := fn(p); err != nil {
			return err
		}
	}
	return failed("read passages", rows.Err())
}
