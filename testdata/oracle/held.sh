#!/bin/sh
# Holds the product against R: made-up data sets in $1, and the acceptance cases.
# Usage, from the top of the checkout: sh testdata/oracle/held.sh DIR [SEED]
# CAIRN names the binary (default bin/cairn). One line a data set; 1 when any differs.
set -eu
dir=$1
seed=${2:-20261122}
cairn=${CAIRN:-bin/cairn}
oracle=testdata/oracle
mkdir -p "$dir"
go build -C tools -o "$dir/agree" ./agree
Rscript "$oracle/worlds.R" "$dir" "$seed"
for name in sleep madeup; do
	mkdir -p "$dir/$name"
	cp -f testdata/acceptance/"$name"/*.csv testdata/acceptance/"$name"/case.json "$dir/$name/"
done
find "$dir" -name case.json -exec dirname {} + | sort | tr '\n' '\0' | xargs -0 Rscript "$oracle/oracle.R"
Rscript "$oracle/oracle.R" --pool "$dir"/pools/*.csv
result=0
held() { # name, what is wanted, what was got
	"$dir/agree" "$2" "$3" --verbose >"$3.txt" 2>&1 || result=1
	echo "$1: $(tail -n 1 "$3.txt")"
}
for name in sleep madeup; do
	held "R on $name" testdata/acceptance/"$name"/expected.json "$dir/$name/expected.json"
done
for case in "$dir"/*/case.json; do
	world=$(dirname "$case")
	"$cairn" evidence "$world/wide.csv" --settings "$case" --json >"$world/got.json" 2>"$world/got.err" || true
	held "$(basename "$world")" "$world/expected.json" "$world/got.json"
done
for pool in "$dir"/pools/*.csv; do
	"$cairn" evidence pool "$pool" --json >"${pool%.csv}.got.json" 2>"${pool%.csv}.err" || true
	held "pool $(basename "$pool")" "${pool%.csv}.expected.json" "${pool%.csv}.got.json"
done
exit "$result"
