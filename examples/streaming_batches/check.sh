#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what streaming_batches promises. Its memory is a test of its own.
set -uo pipefail

tool=$1
data=$2
name=streaming_batches
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"

# learns ARGS...: the tool runs, whatever memory it takes. What it says is in said.txt.
learns() {
  "$tool" "$@" > said.txt 2> error.txt
  local status=$?
  claim "$name $*: $(cat error.txt)" [ $status -eq 0 -o $status -eq 3 ]
}
# losses: what the passes said, which a model that sees the same rows says again.
losses() { grep '^pass' said.txt; }

learns
claim "all rows in one batch" \
  grep -q "^900 x 64 rows balanced to 1624: 1 batches of at most 65536 rows, 1624 rows in" said.txt
losses > whole.txt
claim "the loss of a model that knows nothing" grep -q "^pass 1: mean log loss 0.693147$" whole.txt
claim "it learns" less "$(thousandths "$(tail -n 1 whole.txt | grep -oE '0\.[0-9]+')")" 100
for rows in 1 100 1623 1624; do
  learns --batch-rows $rows
  losses > parts.txt
  claim "batches of $rows rows: the same model" same parts.txt whole.txt
done
learns --batch-rows 100
claim "17 batches" grep -q ": 17 batches of at most 100 rows, 1624 rows in" said.txt
learns --threads 3 --batch-rows 100
losses > parts.txt
claim "threads change nothing" same parts.txt whole.txt
learns --csv "$data/breast_cancer.csv"
claim "another set" grep -q "^569 x 30 rows balanced to 714: 1 batches" said.txt

"$tool" --model xgb --batch-rows 100 > said.txt 2> error.txt
if [ $? -eq 0 ]; then
  claim "XGBoost is given the same batches" \
    grep -q "balanced to 1624: 17 batches of at most 100 rows, 1624 rows" said.txt
  claim "and learns from them" less "$(thousandths "$(grep -oE 'train-logloss:[0-9.]+' said.txt | cut -d: -f2)")" 50
else
  claim "without XGBoost: what to install" grep -q "^streaming_batches: .*libxgboost-dev" error.txt
fi

refuses 2 "at least 1" --batch-rows 0
refuses 2 "at least 0" --rows -1
refuses 2 "excludes" --rows 5 --csv x.csv
refuses 1 "cannot open nowhere.csv" --csv nowhere.csv
claim "help" "$tool" --help

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
