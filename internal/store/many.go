package store

import (
	"database/sql"
	"database/sql/driver"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/schema"

	"cairn/migrations"
)

// manyRows is from how many on rows are added by what stands here: gorm takes
// every row apart anew and has SQLite read a new statement each time, which in an
// import of a million rows is most of the work.
const manyRows = 8

// A many adds rows of one table in statements that are made once for the whole
// transaction.
type many struct {
	tenant
	table    string
	conflict string
	columns  []filled
	same     int // how many columns, from the first, have one value in all rows
	rows     int
}

// statements are what a transaction has made of the statements that add many rows.
type statements struct {
	behind
	pool        gorm.ConnPool                // which waits for nothing
	server      bool                         // PostgreSQL
	made        map[string]*sql.Stmt         // SQLite
	columnTypes map[string]map[string]string // PostgreSQL: by table and column
}

func (s *Store) statements(tx *gorm.DB) *statements {
	return &statements{pool: tx.Statement.ConnPool, server: s.dialect.history == migrations.Postgres, made: map[string]*sql.Stmt{}, columnTypes: map[string]map[string]string{}}
}

// A filled column is what rows have in it.
type filled struct {
	name   string
	values []any // as a driver takes them; one where all rows have the same
}

// addMany is add for many rows.
func addMany[R owned](t tenant, rows []R, conflict []clause.Expression) (int64, error) {
	insert, err := manyOf(t, rows, conflict)
	if err != nil {
		return 0, err
	}
	if err := t.wait(); err != nil {
		return 0, err
	}
	return insert()
}

// addBehind is add while the program goes on. What came of it is told to then, and
// an error that then makes of it is what the transaction ends with.
func addBehind[R owned](t tenant, rows []R, then func(added int64, err error) error, conflict ...clause.Expression) error {
	if len(rows) < manyRows {
		return then(add(t, rows, conflict...))
	}
	for _, r := range rows {
		r.stamp(t.org)
	}
	insert, err := manyOf(t, rows, conflict)
	if err != nil {
		return then(0, err)
	}
	t.leave(func() error { return then(insert()) })
	return nil
}

// manyOf makes ready to insert rows. What is returned looks at nothing but what
// was made ready, and uses the transaction's connection.
func manyOf[R owned](t tenant, rows []R, conflict []clause.Expression) (insert func() (int64, error), err error) {
	stmt := &gorm.Statement{DB: t.db, Clauses: map[string]clause.Clause{}}
	if err := stmt.Parse(rows[0]); err != nil {
		return nil, fmt.Errorf("how a row is kept: %w", err)
	}
	m := many{tenant: t, table: stmt.Schema.Table, rows: len(rows)}
	for _, c := range conflict {
		if c.Build(stmt); len(stmt.Vars) > 0 { // which are in no statement of ours
			return nil, fmt.Errorf("rows of %s: a conflict clause with values", m.table)
		}
		m.conflict = " ON CONFLICT " + stmt.SQL.String()
	}
	for _, name := range stmt.Schema.DBNames {
		c := filled{name, make([]any, len(rows))}
		take := taker(stmt.Schema.FieldsByDBName[name])
		for i := range rows {
			var err error
			if c.values[i], err = take(reflect.ValueOf(rows[i]).Elem()); err != nil {
				return nil, fmt.Errorf("column %s: %w", name, err)
			}
		}
		if isSame(c.values) {
			c.values = c.values[:1]
			m.columns = slices.Insert(m.columns, m.same, c)
			m.same++
		} else {
			m.columns = append(m.columns, c)
		}
	}
	ready, err := m.ready()
	if err != nil {
		return nil, err
	}
	return func() (int64, error) {
		n, err := ready()
		if translator, ok := t.db.Dialector.(gorm.ErrorTranslator); ok && err != nil {
			err = translator.Translate(err)
		}
		return n, err
	}, nil
}

// taker takes one field out of a row, as a driver takes it.
func taker(f *schema.Field) func(row reflect.Value) (any, error) {
	index := f.StructField.Index
	if f.FieldType.Implements(reflect.TypeFor[driver.Valuer]()) {
		return func(row reflect.Value) (any, error) {
			of, _ := row.FieldByIndex(index).Interface().(driver.Valuer)
			return of.Value()
		}
	}
	return func(row reflect.Value) (any, error) { return plain(row.FieldByIndex(index)) }
}

// plain is a value as a driver takes it; nothing is NULL.
func plain(v reflect.Value) (any, error) {
	switch v.Kind() {
	case reflect.String:
		return v.String(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int(), nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Pointer:
		if v.IsNil() {
			return nil, nil
		}
		return plain(v.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return nil, nil
		}
		return v.Bytes(), nil
	}
	if at, ok := v.Interface().(time.Time); ok {
		return at, nil
	}
	return nil, fmt.Errorf("%s cannot be kept", v.Type())
}

// isSame reports whether all values are one.
func isSame(all []any) bool {
	for _, v := range all {
		if _, bytes := v.([]byte); bytes || v != all[0] {
			return false
		}
	}
	return true
}

func (m *many) ready() (insert func() (int64, error), err error) {
	if m.same == len(m.columns) {
		return nil, fmt.Errorf("%d rows of %s are one", m.rows, m.table)
	}
	if m.server {
		return m.arrays()
	}
	return m.addTuples, nil
}

// into is the beginning of the statement.
func (m *many) into() string {
	names := make([]string, len(m.columns))
	for i, c := range m.columns {
		names[i] = `"` + c.name + `"`
	}
	return "INSERT INTO " + m.table + " (" + strings.Join(names, ", ") + ") "
}

// mostTuples is how many rows a statement of SQLite has at most; fewer are told in
// statements of half as many, and half of that, so that few statements serve any
// number.
const mostTuples = 64

// addTuples is for SQLite, which has one value after the other bound: what all
// rows have in common is bound once.
func (m *many) addTuples() (n int64, err error) {
	var args []any
	for _, c := range m.columns[:m.same] {
		args = append(args, c.values[0])
	}
	for from, tuples := 0, mostTuples; from < m.rows; from += tuples {
		for tuples > m.rows-from {
			tuples /= 2
		}
		args = args[:m.same]
		for i := from; i < from+tuples; i++ {
			for _, c := range m.columns[m.same:] {
				args = append(args, c.values[i])
			}
		}
		stmt, err := m.statement(m.tuples(tuples)) //nolint:sqlclosecheck // its transaction closes it
		if err != nil {
			return n, err
		}
		done, err := stmt.ExecContext(m.db.Statement.Context, args...)
		if err != nil {
			return n, err
		}
		added, err := done.RowsAffected()
		if err != nil {
			return n, err
		}
		n += added
	}
	return n, nil
}

func (m *many) tuples(n int) string {
	var one strings.Builder
	for i := range m.columns {
		if i > 0 {
			one.WriteString(", ")
		}
		if i < m.same {
			fmt.Fprintf(&one, "?%d", i+1)
		} else {
			one.WriteString("?")
		}
	}
	return m.into() + "VALUES " + strings.Repeat("("+one.String()+"), ", n-1) + "(" + one.String() + ")" + m.conflict
}

// statement is made once in a transaction, which closes it.
func (m *many) statement(text string) (*sql.Stmt, error) {
	if there := m.made[text]; there != nil {
		return there, nil
	}
	stmt, err := m.pool.PrepareContext(m.db.Statement.Context, text)
	if err != nil {
		return nil, err
	}
	m.made[text] = stmt
	return stmt, nil
}
