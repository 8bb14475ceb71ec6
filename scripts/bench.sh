#!/usr/bin/env bash
# Measures `cairn evidence` against R, the statistics inside, and the caseload on
# both databases; prints a page and, for a million rows, keeps it as docs/performance.md.
#
#   BENCH_ROWS=100000     a form for CI, whose page stays in bench-output
#   BENCH_PAIRS=10000000  so many pairs leave as CSV, instead of 200,000
#   BENCH_ROUNDS=9        more rounds, for a machine that does other things
set -euo pipefail
cd "$(dirname "$0")/.."

out=$PWD/bench-output
rows=${BENCH_ROWS:-1000000}
mkdir -p "$out"

. scripts/need.sh

give_up() {
  printf 'make bench: %s\n' "$*" >&2
  exit 1
}

has_r() { Rscript -e 'library(data.table)' >/dev/null 2>&1; }

command -v go >/dev/null || give_up 'Go 1.26 or later is needed.'
has_r || install 'R with data.table is what this is measured against; it is not here.' r-base-core r-cran-data.table
has_r || give_up 'R was installed and cannot load data.table.'

page=$out/performance.md
[ "$rows" -eq 1000000 ] && page=docs/performance.md

CGO_ENABLED=0 go -C tools build -o "$out/bench" ./bench
# The caseload is measured on both databases: PostgreSQL is found or started as
# for the tests.
. scripts/postgres.sh
trap stop_postgres EXIT
need_postgres

CGO_ENABLED=0 go test -run '^$' -bench . ./internal/stat ./internal/evidence ./internal/store ./internal/site >"$out/inside.txt" || {
  cat "$out/inside.txt" >&2
  give_up 'the Go benchmarks failed.'
}
"$out/bench" -rows "$rows" -rounds "${BENCH_ROUNDS:-5}" -pairs "${BENCH_PAIRS:-200000}" -in "$out" -cairn bin/cairn -inside "$out/inside.txt" -page "$page"
