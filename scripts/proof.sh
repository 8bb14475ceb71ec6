#!/usr/bin/env bash
# What takes too long for every change: random histories on both databases,
# mutation of the packages that hold the formulas, fuzzing, attacks on published
# figures, and everything held against R. A part that fails does not stop the
# next; the summary names each with its command, its figure and how it ended.
#
#   CAIRN_PROOF           parts to run: histories mutation fuzz attack oracle import (all)
#   CAIRN_HISTORIES       histories for each database (10000)
#   CAIRN_MUTATE_SAMPLE   changes to try in each package, 0 for all (0)
#   CAIRN_FUZZTIME        for each fuzz target (3m)
#   CAIRN_ATTACKS         worlds whose releases are attacked (60)
#   CAIRN_IMPORT_ROWS     rows of the import that is killed (1000000)
#   CAIRN_IMPORT_KILLS    how often (50)
#   CAIRN_IMPORT_DATABASES  on which (sqlite postgres)
#   CAIRN_PROOF_SEED      of the sample and of the made-up data sets (20261122)
set -uo pipefail
cd "$(dirname "$0")/.."

out=$PWD/proof-output
make=${MAKE:-make}
unset MAKEFLAGS MFLAGS MAKELEVEL # the makes below are their own
unset "${!PG@}"                  # nor may PGHOST and its like choose a database

. scripts/need.sh
. scripts/postgres.sh

# give_up SENTENCE...
give_up() {
  printf 'make proof: %s\n' "$*" >&2
  exit 1
}

# R with the packages that answer for it.
need_r() {
  local sentence='The oracle needs R with metafor, coin, car, jsonlite and data.table.'
  local check='for (p in c("metafor", "coin", "car", "jsonlite", "data.table")) if (!requireNamespace(p, quietly = TRUE)) quit(status = 1)'
  Rscript -e "$check" >/dev/null 2>&1 && return
  install "$sentence" r-base-core r-cran-metafor r-cran-coin r-cran-car r-cran-jsonlite r-cran-data.table
  Rscript -e "$check" >/dev/null 2>&1 || give_up "$sentence"
}

parts=${CAIRN_PROOF:-histories mutation fuzz attack oracle import}
seed=${CAIRN_PROOF_SEED:-20261122}
runs=4 # of histories at a time: they wait for the disk more than for the processor

trap stop_postgres EXIT
trap 'exit 130' INT TERM HUP

rm -rf "$out"
mkdir -p "$out"

# proof NAME FIGURE COMMAND... runs one part. FIGURE is the pattern of the lines
# of its output that say what was found.
proof() {
  local name=$1 figure=$2 began=$SECONDS verdict=passed log
  shift 2
  log=$out/${name// /-}.log
  printf '\n== %s\n%s\n' "$name" "$*"
  "$@" >"$log" 2>&1 || verdict=failed
  grep -hE "$figure" "$log" | tail -n 8 || verdict=failed # a part without a figure proved nothing
  [ "$verdict" = passed ] || tail -n 40 "$log"
  {
    printf '%s: %s, %s s\n  %s\n' "$name" "$verdict" "$((SECONDS - began))" "$*"
    grep -hE "$figure" "$log" | tail -n 8 | sed 's/^ */    /'
  } >>"$out/summary.txt"
  [ "$verdict" = passed ] || failed=$((failed + 1))
}

# histories NUMBER splits them over runs of their own and those into rounds, each
# with its own seed, so that what was found in an hour is known after an hour.
histories() {
  local each=$((($1 + runs - 1) / runs)) pids=() one status=0
  go test -c -o "$out/app.test" ./internal/app || return 1
  for one in $(seq "$runs"); do
    rounds "$each" &
    pids+=($!)
  done
  for one in "${pids[@]}"; do wait "$one" || status=1; done
  printf '%s histories on each database passed\n' "$(passed_on_both)"
  return "$status"
}

# rounds NUMBER runs that many histories on each database, 50 at a time.
rounds() {
  local left=$1 now
  cd internal/app || return 1
  while [ "$left" -gt 0 ]; do
    now=$((left < 50 ? left : 50)) left=$((left - 50))
    CAIRN_HISTORIES=$now "$out/app.test" -test.v -test.timeout 0 -test.run TestAnyHistoryKeepsItsPairs || return 1
  done
}

# passed_on_both counts the histories of all rounds: the test says a number for
# each database, so that they stand in the log twice.
passed_on_both() { awk '/OK, passed/ { for (i = 1; i < NF; i++) if ($i == "passed") n += $(i + 1) } END { print int(n / 2) }' "$out/histories.log"; }

fuzz() {
  go test -run '^$' -fuzz "^$2\$" -fuzztime "${CAIRN_FUZZTIME:-3m}" -fuzzminimizetime 2s "./internal/$1"
}

asked() { case " $parts " in *" $1 "*) ;; *) return 1 ;; esac }

export CGO_ENABLED=0
failed=0
need_go_and_node
"$make" --no-print-directory assets >"$out/assets.log" 2>&1 || give_up 'the pages could not be bundled; see proof-output/assets.log.'

if asked histories; then
  need_postgres
  proof histories 'on each database passed' histories "${CAIRN_HISTORIES:-10000}"
  stop_postgres
fi
if asked mutation; then
  go build -C tools -o "$out/mutate" ./mutate || give_up 'tools/mutate could not be built.'
  proof 'mutation of stat' 'changes noticed' "$out/mutate" -least 90 -explained docs/mutation.md -sample "${CAIRN_MUTATE_SAMPLE:-0}" -seed "$seed" \
    -limit 12s -also ./internal/evidence ./internal/stat
  proof 'mutation of evidence' 'changes noticed' "$out/mutate" -least 90 -explained docs/mutation.md -sample "${CAIRN_MUTATE_SAMPLE:-0}" -seed "$seed" \
    -limit 12s ./internal/evidence
fi
if asked fuzz; then
  while read -r package target; do
    proof "fuzz $target" '^fuzz: elapsed.*execs|^PASS' fuzz "$package" "$target"
  done < <(cd internal && grep -rho --include='*_test.go' -E '^func Fuzz[A-Za-z]+' -H . | sed -E 's|^\./(.*)/[^/]*:func (Fuzz.*)|\1 \2|' | sort)
fi
if asked attack; then
  export CAIRN_ATTACKS=${CAIRN_ATTACKS:-60}
  proof attack 'recovered' go test -count=1 -timeout 0 -run '^TestAttack$' -v ./internal/disclosure
fi
if asked import; then
  export CAIRN_IMPORT_ROWS=${CAIRN_IMPORT_ROWS:-1000000} CAIRN_IMPORT_KILLS=${CAIRN_IMPORT_KILLS:-50}
  export CAIRN_IMPORT_LONGEST_MS=${CAIRN_IMPORT_LONGEST_MS:-300000}
  need_postgres
  for database in ${CAIRN_IMPORT_DATABASES:-sqlite postgres}; do
    proof "import on $database" 'rows, .* kills|takes? [0-9]+ MB' go test -count=1 -timeout 0 -run "^TestKilledImports\$/^$database\$" -v ./cmd/cairn
  done
  stop_postgres
fi
if asked oracle; then
  need_r
  export CAIRN_PROOF_SEED=$seed
  proof oracle 'keys compared$' go test -tags proof -count=1 -timeout 60m -run TestOracle -v ./internal/testkit/agree
fi

printf '\n== Summary of %s, %s\n' "$(date -u +%Y-%m-%d)" "$(git describe --always --dirty 2>/dev/null)"
cat "$out/summary.txt"
[ "$failed" -eq 0 ] || { printf '\n%s failed\n' "$failed"; exit 1; }
printf '\nnothing failed\n'
