package app

import "cairn/internal/scheme"

// ExtractReader reads rows that leave Cairn, in an order that is the same every
// time. While a function runs on a row, nothing else can be asked of the
// transaction.
type ExtractReader interface {
	// Pseudonyms gives names that stand for people: the same person has the same
	// name for the same use, and nobody without the key can tell who it is.
	Pseudonyms(use string) (func(scheme.PersonID) string, error)
	// ExtractSpells calls fn for every referral that q asks for.
	ExtractSpells(q ExtractQuery, fn func(scheme.Spell) error) error
	// ExtractPairs calls fn for every pair that q asks for and its person.
	ExtractPairs(q ExtractQuery, fn func(scheme.PersonID, *scheme.Pair) error) error
	// ExtractCounts counts what q asks for, without those referrals.
	ExtractCounts(q ExtractQuery, without []scheme.ReferralID) (ExportCounts, error)
}

// ExtractQuery says which rows. The period is, for pairs, that in which windows
// close; for referrals that in which they start.
type ExtractQuery struct {
	Schemes   []scheme.ID
	Extract   *scheme.Extract
	Occasions []scheme.Occasion   // of pairs
	Only      []scheme.ReferralID // of these; nil: all
}

// ExportCounts are how much there is.
type ExportCounts struct {
	Referrals int
	People    int
	Scores    int
	Pairs     int
}
