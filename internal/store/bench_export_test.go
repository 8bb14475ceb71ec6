package store_test

import (
	"database/sql"
	"errors"
	"io"
	"os"
	osexec "os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cairn/internal/app"
	"cairn/internal/exchange/datapackage"
	"cairn/internal/exchange/extract"
	"cairn/internal/scheme"
	"cairn/internal/testkit/town"
)

// exportedPairs is of how many rows the file of the benchmark is: BENCH_PAIRS, a
// multiple of what each of the open referrals has in five series, else 200,000.
func exportedPairs(b *testing.B) int {
	b.Helper()
	n := 200_000
	if asked := os.Getenv("BENCH_PAIRS"); asked != "" {
		var err error
		if n, err = strconv.Atoi(asked); err != nil || n <= 0 || n%(5*openReferrals) != 0 {
			b.Fatalf("BENCH_PAIRS=%q is not a multiple of %d", asked, 5*openReferrals)
		}
	}
	return n
}

// BenchmarkExport is what so many pairs take as CSV, as a page, the API and the
// terminal write them, and what psql takes to copy the same rows out of PostgreSQL.
func BenchmarkExport(b *testing.B) {
	pairs := exportedPairs(b)
	for name, address := range benchDatabases(b) {
		s, org, q := crowded(b, address)
		multiply(b, address, org, pairs/5/openReferrals)
		b.Run(name, func(b *testing.B) {
			a := app.New(s, town.Passwords(), app.Config{Now: func() time.Time { return noon }})
			for b.Loop() {
				sent, err := a.Export(b.Context(), app.AtTerminal(scheme.Organisation{ID: org}, "bench"), app.ExportAsk{Schemes: q.Schemes},
					func(x scheme.Extract, rows scheme.ExtractRows) (scheme.Sent, error) {
						return datapackage.Send(io.Discard, datapackage.Order{Shape: scheme.ShapePairs, Form: extract.CSV}, x, rows)
					})
				if err != nil || int(sent.Rows) != pairs {
					b.Fatal(sent.Rows, err)
				}
			}
		})
		if name == "PostgreSQL" {
			b.Run("psql", func(b *testing.B) {
				const rows = `\copy (SELECT referral_id, scheme_no, series_no, occasion, ordinal, state, stage, exit, closes_on, base_level, later_level,
					base_on, later_on, base_channel, base_helper, later_channel, later_helper, age, sex, ethnicity, deprivation, source, category, ot
					FROM outcome_pairs ORDER BY referral_id, series_no, occasion) TO STDOUT WITH (FORMAT csv, HEADER)`
				for b.Loop() {
					psql := osexec.CommandContext(b.Context(), "psql", address, "-qc", strings.Join(strings.Fields(rows), " "))
					psql.Stdout = io.Discard
					if err := psql.Run(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// multiply makes so many referrals of each, and the pairs of all of them. PostgreSQL
// does not look up what each refers to: that would take longer than all the rest.
func multiply(b *testing.B, address string, org scheme.OrgID, times int) {
	b.Helper()
	driver, source, another := "pgx", address+"&session_replication_role=replica", "gen_random_uuid()"
	if file, lite := strings.CutPrefix(address, "sqlite:"); lite {
		driver, source = "sqlite", "file:"+file
		another = "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6)))"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	run := func(query string, values ...any) {
		if _, err := db.ExecContext(b.Context(), query, values...); err != nil {
			b.Fatal(query, err)
		}
	}
	names := columns(b, db, "referrals")
	from := slices.Clone(names)
	for name, value := range map[string]string{"id": another, "ordinal": "n.n", "ended_on": "received_on", "end_reason": "'planned'"} {
		from[slices.Index(names, name)] = value
	}
	run("INSERT INTO referrals ("+strings.Join(names, ", ")+") WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < $2) SELECT "+
		strings.Join(from, ", ")+" FROM referrals CROSS JOIN n WHERE n.n > 1 AND org_id = $1 AND ordinal = 1", org, times)
	run(`INSERT INTO outcome_pairs (org_id, referral_id, scheme_no, series_no, occasion, period, ordinal, state, stage, exit, closes_on,
			base_level, later_level, base_on, later_on, base_channel, base_helper, later_channel, later_helper,
			age, sex, ethnicity, deprivation, source, category, ot)
		SELECT referrals.org_id, referrals.id, schemes.number, series.number, 84, 8104, referrals.ordinal, 3, 3, 0, '2026-03-01',
			20, 24, '2025-12-01', '2026-02-27', 1, 1, 2, 1, 3, 1, 2, 4, 5, 2, 1
		FROM referrals JOIN schemes ON schemes.org_id = referrals.org_id AND schemes.id = referrals.scheme_id CROSS JOIN series
		WHERE referrals.org_id = $1 AND series.org_id IS NULL AND series.series IN ('swemwbs-metric', 'ons4-satisfaction', 'ons4-worthwhile', 'ons4-happiness', 'ons4-anxiety')`, org)
	run("ANALYZE")
}

// columns are those of a table.
func columns(b testing.TB, db *sql.DB, table string) []string {
	b.Helper()
	found, err := db.QueryContext(b.Context(), "SELECT * FROM "+table+" LIMIT 0")
	if err != nil {
		b.Fatal(err)
	}
	defer found.Close()
	names, err := found.Columns()
	if err := errors.Join(err, found.Err()); err != nil {
		b.Fatal(err)
	}
	return names
}
