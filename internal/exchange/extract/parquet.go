package extract

import (
	"fmt"
	"io"
	"reflect"
	"strconv"

	"github.com/parquet-go/parquet-go"
)

// rowsInGroup is how many rows wait before they are written: a few megabytes.
const rowsInGroup = 20_000

// A parquetSheet writes one file of row groups.
type parquetSheet struct {
	to   *parquet.GenericWriter[any]
	row  []parquet.Row // of one row
	rows int
}

// NewParquet writes a Parquet file. Every column may be empty; scores are
// floating-point numbers, since the format's decimals open in few programs.
func NewParquet(w io.Writer, columns []Column) (Sheet, error) {
	fields := make([]reflect.StructField, len(columns))
	for i, c := range columns {
		fields[i] = reflect.StructField{
			Name: "F" + strconv.Itoa(i), Type: parquetType(c.Kind),
			Tag: reflect.StructTag(fmt.Sprintf("parquet:%q", c.Name+",optional"+map[Kind]string{KindDate: ",date"}[c.Kind])),
		}
	}
	schema := parquet.SchemaOf(reflect.New(reflect.StructOf(fields)).Interface())
	return &parquetSheet{
		to:  parquet.NewGenericWriter[any](w, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("cairn", "1", "")),
		row: []parquet.Row{make(parquet.Row, len(columns))},
	}, nil
}

func parquetType(k Kind) reflect.Type {
	switch k {
	case KindWhole:
		return reflect.TypeFor[int64]()
	case KindScore:
		return reflect.TypeFor[float64]()
	case KindDate:
		return reflect.TypeFor[int32]()
	}
	return reflect.TypeFor[string]()
}

func (s *parquetSheet) Row(cells []Cell) error {
	for i, c := range cells {
		s.row[0][i] = c.parquet(i)
	}
	if _, err := s.to.WriteRows(s.row); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	if s.rows++; s.rows%rowsInGroup != 0 {
		return nil
	}
	if err := s.to.Flush(); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	return nil
}

// unixEpoch is 1 January 1970 as a day's number.
const unixEpoch = 719_163

func (c Cell) parquet(column int) parquet.Value {
	var v parquet.Value
	switch {
	case !c.filled:
		return parquet.NullValue().Level(0, 0, column)
	case c.kind == KindWhole:
		v = parquet.Int64Value(c.number)
	case c.kind == KindScore:
		v = parquet.DoubleValue(c.float())
	case c.kind == KindDate:
		v = parquet.Int32Value(int32(c.number - unixEpoch))
	default:
		v = parquet.ByteArrayValue([]byte(c.text))
	}
	return v.Level(0, 1, column)
}

func (s *parquetSheet) Close() error {
	if err := s.to.Close(); err != nil {
		return fmt.Errorf("write Parquet: %w", err)
	}
	return nil
}

// Drop has nothing to let go of: a file without its end is none.
func (s *parquetSheet) Drop() {}
