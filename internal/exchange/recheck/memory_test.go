package recheck_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"cairn/internal/exchange/recheck"
)

// Tables are read row by row. Read whole, and with a map for each row, 23 times as
// much memory was taken as stands in them; what is taken by and by is held here.
func TestTablesAreNotKept(t *testing.T) {
	const people = 5000
	files, size := tables(), 0
	for _, of := range []string{"wide.csv", "pairs.csv", "long.csv"} {
		head, rows, _ := strings.Cut(files[of], "\r\n")
		var all strings.Builder
		all.WriteString(head + "\r\n")
		for n := range people {
			line := strings.SplitAfter(rows, "\r\n")[n%24]
			all.WriteString(strings.Replace(line, name(n%24), "p"+strings.Repeat("a", 22)+letters(n), 1))
		}
		files[of] = all.String()
		size += all.Len()
	}
	file := packed(t, files, 1980)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	now, broken := recheck.Check(bytes.NewReader(file), 10, []string{"Garden"})
	runtime.ReadMemStats(&after)
	if len(now) != people || len(broken) > 0 {
		t.Fatalf("%d people, broken: %v", len(now), broken)
	}
	const most = 8
	if took := int(after.TotalAlloc - before.TotalAlloc); took > most*size {
		t.Errorf("%d bytes are taken for %d of tables, want %d times as many at most", took, size, most)
	}
}

// letters are the last of a name.
func letters(n int) string {
	out := []byte("aaaa")
	for i := len(out) - 1; i >= 0; i-- {
		out[i] += byte(n % 26)
		n /= 26
	}
	return string(out)
}
