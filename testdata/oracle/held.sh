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
	cp testdata/acceptance/"$name"/*.csv testdata/acceptance/"$name"/case.json "$dir/$name/"
	chmod -R u+w "$dir/$name"
	Rscript "$oracle/oracle.R" "$dir/$name"
	echo "R on $name: $("$dir/agree" testdata/acceptance/"$name"/expected.json "$dir/$name/expected.json")"
done
result=0
for case in "$dir"/*/case.json; do
	world=$(dirname "$case")
	Rscript "$oracle/oracle.R" "$world"
	"$cairn" evidence "$world/wide.csv" --settings "$case" --json >"$world/got.json" 2>"$world/got.err" || true
	"$dir/agree" --verbose "$world/expected.json" "$world/got.json" >"$world/agree.txt" 2>&1 || result=1
	echo "$(basename "$world"): $(tail -n 1 "$world/agree.txt")"
done
for pool in "$dir"/pools/*.csv; do
	Rscript "$oracle/oracle.R" --pool "$pool"
done
exit "$result"
