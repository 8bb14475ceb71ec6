package store

import "cairn/migrations"

// Reconsider has PostgreSQL count the tables that an import fills, with what this
// transaction has added to them, and drops the plans that it keeps for foreign
// keys and prepared statements. One that was made while a table was all but empty,
// or was believed to be, may walk through every row of the organisation, and
// nothing else changes its mind in the middle of a transaction.
func (s *scope) Reconsider() error {
	if s.store.dialect.history == migrations.SQLite {
		return nil // chooses by the shape of its indexes, whatever is in them
	}
	var may bool
	err := s.db.Raw("SELECT has_function_privilege('recount()', 'EXECUTE')").Scan(&may).Error
	if err == nil && may { // who was made the application's role later may not be told yet
		err = s.db.Exec("SELECT recount()").Error
	}
	if err == nil {
		err = s.db.Exec("DISCARD PLANS").Error
	}
	return failed("plan anew", err)
}
