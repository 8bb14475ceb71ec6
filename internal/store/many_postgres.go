package store

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"
)

// arrays is for PostgreSQL, which is sent each column as one array: a statement
// of any number of rows is the same statement. Unlike COPY it leaves what is there
// already, and goes on where rows are guarded.
func (m *many) arrays() (insert func() (int64, error), err error) {
	types, err := m.types()
	if err != nil {
		return nil, err
	}
	var given, apart []string
	var args []any
	for i, c := range m.columns {
		of := types[c.name]
		if i < m.same {
			given = append(given, fmt.Sprintf("$%d::%s", i+1, of))
			args = append(args, c.values[0])
			continue
		}
		apart = append(apart, fmt.Sprintf("$%d::%s[]", i+1, of))
		array, err := arrayOf(of, c.values)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.name, err)
		}
		args = append(args, array)
	}
	text := m.into() + "SELECT " + strings.Join(append(given, "u.*"), ", ") + " FROM unnest(" + strings.Join(apart, ", ") + ") u" + m.conflict
	return func() (int64, error) {
		done, err := m.pool.ExecContext(m.db.Statement.Context, text, args...)
		if err != nil {
			return 0, err
		}
		return done.RowsAffected()
	}, nil
}

// types are those of the table's columns, read once in a transaction.
func (m *many) types() (map[string]string, error) {
	if there := m.columnTypes[m.table]; there != nil {
		return there, nil
	}
	var all []struct{ Name, Type string }
	err := m.db.Raw("SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0", m.table).Scan(&all).Error
	types := map[string]string{}
	for _, one := range all {
		types[one.Name] = one.Type
	}
	m.columnTypes[m.table] = types
	return types, err
}

// arrayOf is a column as pgx sends it without looking at each value anew.
func arrayOf(of string, values []any) (any, error) {
	switch of {
	case "uuid":
		return array(values, func(text string) (pgtype.UUID, error) {
			id, err := uuid.Parse(text)
			return pgtype.UUID{Bytes: id, Valid: true}, err
		})
	case "date":
		return array(values, func(text string) (pgtype.Date, error) {
			at, err := time.Parse(time.DateOnly, text)
			return pgtype.Date{Time: at, Valid: true}, err
		})
	case "text", "character varying":
		return array(values, func(text string) (pgtype.Text, error) { return pgtype.Text{String: text, Valid: true}, nil })
	case "smallint", "integer", "bigint":
		return array(values, func(n int64) (pgtype.Int8, error) { return pgtype.Int8{Int64: n, Valid: true}, nil })
	case "boolean":
		return array(values, func(yes bool) (pgtype.Bool, error) { return pgtype.Bool{Bool: yes, Valid: true}, nil })
	case "timestamp without time zone":
		return array(values, func(at time.Time) (pgtype.Timestamp, error) {
			return pgtype.Timestamp{Time: at.UTC(), Valid: true}, nil
		})
	case "bytea":
		return array(values, func(raw []byte) ([]byte, error) { return raw, nil })
	}
	return nil, fmt.Errorf("no array of %s is sent", of)
}

// array makes each value what it is on the wire; the zero value is NULL.
func array[V, W any](values []any, made func(V) (W, error)) (pgtype.FlatArray[W], error) {
	all := make(pgtype.FlatArray[W], len(values))
	for i, v := range values {
		if v == nil {
			continue
		}
		of, ok := v.(V)
		if !ok {
			return nil, fmt.Errorf("%T where %T is kept", v, of)
		}
		var err error
		if all[i], err = made(of); err != nil {
			return nil, err
		}
	}
	return all, nil
}
