package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"cairn/internal/app"
	"cairn/internal/fault"
	"cairn/internal/scheme"
	"cairn/migrations"
)

// dialect is where the two databases differ.
type dialect struct {
	history   migrations.History
	isolation sql.IsolationLevel // of a write
	snapshot  sql.IsolationLevel // of a read
}

// Read runs fn on one snapshot of the organisation.
func (s *Store) Read(ctx context.Context, org scheme.OrgID, fn func(app.Reader) error) error {
	return again(ctx, func() (began bool, err error) {
		return s.once(ctx, org, s.reading(), func(sc *scope) error { return fn(sc) })
	})
}

// Write runs fn in one transaction of the organisation, again when it lost
// against another transaction.
func (s *Store) Write(ctx context.Context, org scheme.OrgID, fn func(app.Writer) error) error {
	return again(ctx, func() (began bool, err error) {
		return s.once(ctx, org, s.writing(), func(sc *scope) error { return fn(sc) })
	})
}

// again runs a transaction until it gets through: when it lost against another
// one, and when the pool gave it a connection that had died.
func again(ctx context.Context, transaction func() (began bool, err error)) error {
	const tries = 6
	wait := 5 * time.Millisecond
	for try := 1; ; try++ {
		began, err := transaction()
		retry := isRetryable(err) || errors.Is(err, app.ErrAgain)
		switch {
		case err == nil || !retry && (began || !isLost(err)):
			return err
		case try == tries && errors.Is(err, app.ErrAgain):
			return fault.New(fault.Unavailable, fault.Busy, "%s", busy).Because(err)
		case try == tries:
			return err
		}
		// The one that won is under way, so there is somebody to wait for.
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
			wait *= 2
		}
	}
}

func (s *Store) reading() *sql.TxOptions {
	return &sql.TxOptions{ReadOnly: true, Isolation: s.dialect.snapshot}
}

func (s *Store) writing() *sql.TxOptions { return &sql.TxOptions{Isolation: s.dialect.isolation} }

// once runs fn in one transaction and hands its error back unchanged. began
// says whether fn was run at all.
func (s *Store) once(ctx context.Context, org scheme.OrgID, options *sql.TxOptions, fn func(*scope) error) (began bool, err error) {
	if !isID(string(org)) {
		return false, missing()
	}
	db, conn, err := s.connected(ctx, options)
	if err != nil {
		return false, unavailable(fmt.Errorf("connection: %w", err))
	}
	if conn != nil {
		defer func() { _ = conn.Close() }() // gives it back; one that died is gone
	}
	var said error
	err = db.Transaction(func(tx *gorm.DB) error {
		if s.dialect.history == migrations.Postgres {
			// Row-level security reads it; it ends with the transaction.
			if err := tx.Exec("SELECT set_config('app.organisation', ?, true)", string(org)).Error; err != nil {
				return err
			}
		}
		began = true
		made := s.statements(tx)
		if !options.ReadOnly {
			tx = made.awaited(tx)
		}
		sc := &scope{tenant: tenant{tx, string(org), made}, store: s, conn: conn}
		said = fn(sc)
		if err := sc.wait(); err != nil {
			said = err // which came first
		}
		return said
	}, options)
	if said != nil {
		return began, said
	}
	if err != nil {
		return began, unavailable(fmt.Errorf("transaction: %w", err))
	}
	return began, nil
}

// connected is the database for one transaction. One that reads from PostgreSQL has
// a connection of its own, through which streams reach the driver.
func (s *Store) connected(ctx context.Context, options *sql.TxOptions) (db *gorm.DB, conn *sql.Conn, err error) {
	switch {
	case !options.ReadOnly:
		return s.write.WithContext(ctx), nil, nil
	case s.dialect.history != migrations.Postgres:
		return s.read.WithContext(ctx), nil, nil
	}
	pool, err := s.read.DB()
	if err != nil {
		return nil, nil, err
	}
	if conn, err = pool.Conn(ctx); err != nil {
		return nil, nil, err
	}
	db = s.read.Session(&gorm.Session{NewDB: true, Context: ctx})
	db.Statement.ConnPool = conn
	return db, conn, nil
}

// A scope is one transaction of one organisation: what app sees as Reader and
// Writer.
type scope struct {
	tenant
	store *Store
	conn  *sql.Conn // of a read from PostgreSQL

	// What this transaction has looked up already.
	numbers  numbers
	measures map[measureName]measureVersion
	plans    map[scheme.PlanID][]scheme.PlanItem
}

// A tenant is the only way to the tables of organisations: every query that
// starts here is narrowed to one of them, and every row that is added here is
// stamped with it.
type tenant struct {
	db  *gorm.DB
	org string
	*statements
}

// from begins a query of one table.
func (t tenant) from(table string) *gorm.DB {
	return t.db.Table(table).Where(table+".org_id = ?", t.org)
}

// at begins a query of one row. What is no identifier is nobody's.
func (t tenant) at(table, id string) *gorm.DB {
	if !isID(id) {
		return t.from(table).Where("1 = 0")
	}
	return t.from(table).Where(table+".id = ?", id)
}

// visible begins a query of a table of measures: the product's rows and the
// organisation's own.
func (t tenant) visible(table string) *gorm.DB {
	return t.db.Table(table).Where("("+table+".org_id IS NULL OR "+table+".org_id = ?)", t.org)
}

// An owned row belongs to an organisation.
type owned interface{ stamp(org string) }

// Owner is the first column of every tenant table; its name has a capital
// because gorm passes over embedded structs without one.
type Owner struct {
	OrgID string `gorm:"primaryKey"`
}

func (o *Owner) stamp(org string) { o.OrgID = org }

// rowsAtOnce keeps a statement below both databases' limit on parameters.
const rowsAtOnce = 500

// add inserts rows and returns how many were, which is fewer where conflict
// says to leave those that collide.
func add[R owned](t tenant, rows []R, conflict ...clause.Expression) (int64, error) {
	for _, r := range rows {
		r.stamp(t.org)
	}
	switch {
	case len(rows) == 0:
		return 0, nil
	case len(rows) >= manyRows:
		return addMany(t, rows, conflict)
	}
	done := t.db.Clauses(conflict...).Create(rows)
	return done.RowsAffected, done.Error
}

// oneOf is a column of texts or numbers with one of those values. Asked for hundreds at once,
// SQLite walks through the whole table rather than look each of them up, unless
// they are a table themselves.
func (t tenant) oneOf(column string, values any) clause.Expr {
	raw, err := json.Marshal(values)
	if t.server || err != nil {
		return clause.Expr{SQL: column + " IN ?", Vars: []any{values}}
	}
	return clause.Expr{SQL: column + " IN (SELECT value FROM json_each(?))", Vars: []any{string(raw)}}
}

// unlessTaken leaves a row that collides on these columns.
func unlessTaken(columns ...string) clause.OnConflict {
	return clause.OnConflict{Columns: named(columns), DoNothing: true}
}

// unlessTakenWhere is unlessTaken for a partial unique index.
func unlessTakenWhere(where string, columns ...string) clause.OnConflict {
	c := unlessTaken(columns...)
	c.TargetWhere = clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: where}}}
	return c
}

func named(columns []string) []clause.Column {
	all := make([]clause.Column, len(columns))
	for i, name := range columns {
		all[i].Name = name
	}
	return all
}

// changed makes an update that met no row look like what it is.
func changed(act string, done *gorm.DB) error {
	if done.Error == nil && done.RowsAffected == 0 {
		return failed(act, gorm.ErrRecordNotFound)
	}
	return failed(act, done.Error)
}

// isID reports whether text is an identifier in the one form that both
// databases hold it in.
func isID(text string) bool {
	id, err := uuid.Parse(text)
	return err == nil && id.String() == text
}

// newID makes an identifier in order of time.
func newID() (string, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return "", fmt.Errorf("make an identifier: %w", err)
	}
	return id.String(), nil
}

// optional is an identifier that may be none.
func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

func deref(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}
