#!/usr/bin/env bash
# Everything that guards the product, in one run that skips nothing in silence:
# build, lint, Go tests on SQLite and PostgreSQL (with the race detector in
# RACE_PKGS), browser tests on the real binary. A stage that fails does not stop
# the next; the summary counts them all and decides.
set -uo pipefail
cd "$(dirname "$0")/.."

out=$PWD/test-output
make=${MAKE:-make}
unset MAKEFLAGS MFLAGS MAKELEVEL # the makes below are their own
unset "${!PG@}"                  # nor may PGHOST and its like choose a database

. scripts/need.sh
. scripts/postgres.sh

trap 'stop_postgres; rm -rf "$quick"' EXIT
trap 'exit 130' INT TERM HUP

# Tests make hundreds of databases and commit in them thousands of times, and each
# commit waits for the disk. Where the machine keeps a folder in memory that is
# large enough and may run programs, theirs are there.
quick=
quick_folder() {
  local free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
  [ -z "${TMPDIR:-}" ] && [ "${free:-0}" -gt 8000000 ] || return 0
  quick=$(mktemp -d /dev/shm/cairn-test-XXXXXX) || return 0
  chmod 711 "$quick" # the server of the tests runs as somebody else
  printf '#!/bin/sh\n' >"$quick/runs" && chmod 700 "$quick/runs"
  if "$quick/runs" 2>/dev/null; then
    export GOTMPDIR=/tmp TMPDIR=$quick
  fi
}
quick_folder

rm -rf "$out"
mkdir -p "$out"

# stage NAME COMMAND... runs one check, times it and notes how it ended.
stage() {
  local name=$1 began=$SECONDS verdict=passed
  shift
  printf '\n== %s\n' "$name"
  "$@" || verdict=failed
  printf '%s\t%s\t%s\n' "$name" "$verdict" "$((SECONDS - began))" >>"$out/stages.tsv"
  [ "$verdict" = passed ]
}

# go_tests NAME FLAG ARGUMENTS... runs them and keeps every event in NAME.json.
# A test is over before its memory is worth clearing up, and nobody debugs its
# binary: without tables for that, it is linked in two thirds of the time.
go_tests() {
  local name=$1 flag=$2
  shift 2
  [ $# -gt 0 ] || { echo 'no packages'; return 1; }
  GOGC=400 bin/tools/gotestsum --format pkgname --format-hide-empty-pkg --hide-summary skipped \
    --jsonfile "$out/$name.json" -- -count=1 -vet=off -timeout 10m -ldflags='-s -w' "$flag" "$@"
}

tools_tests() {
  (cd tools && ../bin/tools/gotestsum --format pkgname --jsonfile "$out/tools.json" -- -count=1 ./...)
}

# contract_tests drive the binary with a client that is made from its description.
contract_tests() {
  "$make" --no-print-directory client || return 1
  (cd tools/contract && go vet ./... && ../../bin/tools/gotestsum --format pkgname --jsonfile "$out/contract.json" -- -count=1 ./...)
}

# mutation_sample tries a few changes of the arithmetic, so that the tool is seen
# to work on our own packages. How many must be noticed is for make proof.
mutation_sample() {
  local said=$out/mutation.log
  go build -C tools -o "$out/mutate" ./mutate || return 1
  "$out/mutate" -least 0 -sample 12 -seed 20261122 -limit 12s ./internal/stat | tee "$said"
  [ "${PIPESTATUS[0]}" -eq 0 ] && grep -qE 'of [1-9][0-9]* changes noticed' "$said"
}

# seeded makes the demonstration's data once for all who copy it.
seeded() {
  [ -d "$out/demo" ] || node web/browser/seed.mjs "$out/demo"
}

# fhir_tests hold what the binary says in FHIR to validators that are not ours.
fhir_tests() {
  seeded && "$make" --no-print-directory tools/fhir/node_modules/.installed && CAIRN_TEST_DEMO=$out/demo node tools/fhir/validate.mjs
}

browser_tests() {
  local files=(web/browser/*.test.mjs)
  [ -e "${files[0]}" ] || { echo 'there are no browser tests in web/browser'; return 1; }
  seeded || return 1
  CAIRN_TEST_DEMO=$out/demo node --test --test-concurrency=3 --test-timeout=300000 \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$out/browser.tap" "${files[@]}"
}

# packages PATTERN... lists the packages of our module that match. A pattern
# that names no folder lists nothing.
packages() {
  local pattern
  for pattern in "$@"; do
    go list "$pattern" 2>/dev/null
  done | sort -u
}

need_go_and_node
need_compiler
need_python_and_r
need_browser
need_postgres

export CGO_ENABLED=0
"$make" --no-print-directory bin/tools/gotestsum || give_up 'gotestsum could not be built.'
stage build "$make" --no-print-directory build
built=$?
stage lint "$make" --no-print-directory lint

# SQLite is C that was translated: it shares nothing between goroutines that Go
# does not lock, and to watch its every step takes three times as long.
unwatched=(-gcflags=modernc.org/sqlite/lib=-race=false -gcflags=modernc.org/libc=-race=false)

# The words of these lists are package paths, so they may be split at spaces.
# shellcheck disable=SC2086
{
  race=$(packages ${RACE_PKGS:-})
  rest=$(packages ./... | grep -vxF -e "${race:-none}")
  stage 'Go tests' go_tests go -race=false $rest
  CGO_ENABLED=1 stage 'Go tests with the race detector' go_tests race -race=true "${unwatched[@]}" $race
}
stage 'tests of the tools' tools_tests
stage 'mutation, a sample' mutation_sample

if [ "$built" -eq 0 ]; then
  stage 'tests of the contract' contract_tests
  stage 'FHIR, by two validators' fhir_tests
  stage 'browser tests' browser_tests
fi

stop_postgres
node scripts/summary.mjs "$out" "$SECONDS"
