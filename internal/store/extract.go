package store

import (
	"crypto/aes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"cairn/internal/app"
	"cairn/internal/scheme"
)

// Pseudonyms encrypts identifiers, which are one block of the cipher each, so
// that no two people share a name. The key is derived for the organisation and
// the use.
func (s *scope) Pseudonyms(use string) (func(scheme.PersonID) string, error) {
	key, err := hkdf.Key(sha256.New, s.store.keys.request, framed(s.org, use), "cairn pseudonyms 1", keySize)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("cipher: %w", err)
	}
	letters := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	return func(id scheme.PersonID) string {
		var text [27]byte
		var sealed [aes.BlockSize]byte
		plain, err := uuid.Parse(string(id))
		if err != nil {
			return "" // no identifier: nobody's
		}
		block.Encrypt(sealed[:], plain[:])
		text[0] = 'p' // no spreadsheet takes it for a number
		letters.Encode(text[1:], sealed[:])
		return string(text[:])
	}, nil
}

// startedSQL is the day of scheme.Referral.Started; NULL where scheme.Spell.Afloat.
const startedSQL = `COALESCE((SELECT MIN(first_attended_on) FROM prescriptions
	WHERE prescriptions.org_id = referrals.org_id AND prescriptions.referral_id = referrals.id),
	CASE WHEN referrals.accepted_dated IN ('', 'assumed') THEN COALESCE(referrals.accepted_on, referrals.received_on) END)`

// extracted narrows a query of referrals to those of q.
func extracted(query *gorm.DB, q app.ExtractQuery) *gorm.DB {
	query = query.Where("referrals.scheme_id IN ? AND referrals.ordinal > 0", q.Schemes)
	if q.Only != nil {
		query = query.Where("referrals.id IN ?", texts(q.Only))
	}
	if from := q.Extract.Period.From; from != 0 {
		query = query.Where(startedSQL+" >= ?", from.First())
	}
	if to := q.Extract.Period.To; to != 0 {
		query = query.Where(startedSQL+" <= ?", to.Last())
	}
	return query
}

// ExtractSpells reads batches of a constant number of queries.
func (s *scope) ExtractSpells(q app.ExtractQuery, fn func(scheme.Spell) error) error {
	const batch = 250
	const none = "00000000-0000-0000-0000-000000000000"
	for after := none; ; {
		var rows []spellRow
		err := extracted(s.spellsOfLists(), q).Where("referrals.id > ?", after).Order("referrals.id").Limit(batch).Find(&rows).Error
		if err != nil {
			return failed("read referrals", err)
		}
		if len(rows) == 0 {
			return nil
		}
		ids := make([]string, len(rows))
		for i, r := range rows {
			ids[i] = r.Referral.ID
		}
		after = ids[len(ids)-1]
		spells, err := s.spells(rows, run{ids: ids})
		if err != nil {
			return err
		}
		for _, spell := range spells {
			if err := fn(spell); err != nil {
				return err
			}
		}
	}
}

// extractedPairs begins a query of the pairs that q asks for.
func (s *scope) extractedPairs(q app.ExtractQuery) (*gorm.DB, error) {
	n, err := s.numbered()
	if err != nil {
		return nil, err
	}
	var schemes, series, occasions []int
	for _, id := range q.Schemes {
		no, ok := n.scheme[id]
		if !ok {
			return nil, missing()
		}
		schemes = append(schemes, no)
	}
	for _, sc := range q.Extract.Scores {
		if no, ok := n.series[sc.Series]; ok {
			series = append(series, no)
		}
	}
	var c coder
	for _, o := range q.Occasions {
		occasions = append(occasions, c.occasion(o))
	}
	if c.err != nil {
		return nil, c.err
	}
	query := s.from("outcome_pairs").Where("scheme_no IN ? AND series_no IN ? AND occasion IN ?", schemes, series, occasions)
	if q.Only != nil {
		query = query.Where("outcome_pairs.referral_id IN ?", texts(q.Only))
	}
	if from := q.Extract.Period.From; from != 0 {
		query = query.Where("period >= ?", int(from))
	}
	if to := q.Extract.Period.To; to != 0 {
		query = query.Where("period > 0 AND period <= ?", int(to)) // those of no day have period 0
	}
	return query, nil
}

// extractPairColumns are what pairScan reads, in its order.
const extractPairColumns = `referrals.person_id, outcome_pairs.referral_id, scheme_no, series_no, occasion, outcome_pairs.ordinal,
	state, stage, exit, closes_on, base_level, later_level, base_on, later_on,
	base_channel, base_helper, later_channel, later_helper, age, sex, ethnicity, deprivation, outcome_pairs.source, category, ot`

// ExtractPairs streams in the order of the key, which needs no sorting.
func (s *scope) ExtractPairs(q app.ExtractQuery, fn func(scheme.PersonID, *scheme.Pair) error) error {
	query, err := s.extractedPairs(q)
	if err != nil {
		return err
	}
	if err := s.patient(); err != nil {
		return err
	}
	columns, scan := extractPairColumns, newPairScan(&s.numbers)
	if q.Extract.Rule == scheme.ByFirstLast { // the plan pairs no others than those of a known day
		scan.dating = true
		columns += ", base_dated, later_dated"
		for _, point := range []string{"base", "later"} {
			query = query.Joins("LEFT JOIN (SELECT org_id AS " + point + "_org, id AS " + point + "_at, dated AS " + point + "_dated FROM assessments) " + point +
				" ON " + point + "_org = outcome_pairs.org_id AND " + point + "_at = " + point + "_id")
		}
	}
	query = query.
		Joins("JOIN referrals ON referrals.org_id = outcome_pairs.org_id AND referrals.id = outcome_pairs.referral_id").
		Select(columns).Order("outcome_pairs.referral_id, series_no, occasion")
	each := func(one *scannedPair) error { return fn(one.person, &one.p) }
	if s.conn != nil {
		return s.wired(query, scan, each)
	}
	return scanned(query, scan, each)
}

// ExtractCounts counts all and takes those off that are left out, a chunk at a
// time.
func (s *scope) ExtractCounts(q app.ExtractQuery, without []scheme.ReferralID) (app.ExportCounts, error) {
	var all app.ExportCounts
	if err := s.countExtract(q, nil, &all); err != nil {
		return all, err
	}
	for len(without) > 0 {
		var part app.ExportCounts
		chunk := without[:min(len(without), rowsAtOnce)]
		without = without[len(chunk):]
		if err := s.countExtract(q, chunk, &part); err != nil {
			return all, err
		}
		all.Referrals -= part.Referrals
		all.Scores -= part.Scores
		all.Pairs -= part.Pairs
	}
	return all, nil
}

// asChosen narrows scores to the series and the time points that were asked for.
func (s *scope) asChosen(scores *gorm.DB, c scheme.Chosen) (*gorm.DB, error) {
	n, err := s.numbered()
	if err != nil || c.Series == "" && c.Occasion == "" {
		return scores, err
	}
	scores = scores.Joins("JOIN scores ON scores.id = assessment_scores.score_id")
	if c.Series != "" {
		scores = scores.Where("scores.series_no = ?", n.series[c.Series])
	}
	if c.Occasion == "" {
		return scores, nil
	}
	var code coder
	at := code.occasion(c.Occasion)
	return scores.Where(`EXISTS (SELECT 1 FROM outcome_pairs
		WHERE outcome_pairs.org_id = assessments.org_id AND outcome_pairs.referral_id = assessments.referral_id
		AND outcome_pairs.series_no = scores.series_no AND outcome_pairs.occasion = ?
		AND (outcome_pairs.base_id = assessments.id OR outcome_pairs.later_id = assessments.id))`, at), code.err
}

// countExtract counts what is of some referrals, nil for all.
func (s *scope) countExtract(q app.ExtractQuery, only []scheme.ReferralID, to *app.ExportCounts) error {
	pairs, err := s.extractedPairs(q)
	if err != nil {
		return err
	}
	var series []string
	for _, d := range q.Extract.Measures {
		series = append(series, string(d.Key))
	}
	scores := extracted(s.from("assessments"), q).
		Joins("JOIN referrals ON referrals.org_id = assessments.org_id AND referrals.id = assessments.referral_id").
		Joins("JOIN assessment_scores ON assessment_scores.org_id = assessments.org_id"+
			" AND assessment_scores.assessment_id = assessments.id AND assessment_scores.version = assessments.current_version").
		Where("assessments.state = 'live' AND assessments.measure_key IN ?", series)
	if scores, err = s.asChosen(scores, q.Extract.Chosen); err != nil {
		return err
	}
	for _, one := range []struct {
		query  *gorm.DB
		column string
		of     string
		to     *int
	}{
		{extracted(s.from("referrals"), q), "referrals.id", "*", &to.Referrals},
		{extracted(s.from("referrals"), q), "referrals.id", "DISTINCT referrals.person_id", &to.People},
		{scores, "assessments.referral_id", "*", &to.Scores},
		{pairs, "outcome_pairs.referral_id", "*", &to.Pairs},
	} {
		if only != nil {
			one.query = one.query.Where(one.column+" IN ?", only)
		}
		if err := one.query.Select("COUNT(" + one.of + ")").Scan(one.to).Error; err != nil {
			return failed("count "+strings.TrimPrefix(one.of, "*"), err)
		}
	}
	return nil
}
