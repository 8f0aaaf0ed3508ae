#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what embedding_space promises, shown on the shipped data.
set -uo pipefail

tool=$1
data=$2
name=embedding_space
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"

# cell SPACE NUMBER: of a line of the table the mean in a column, in thousandths.
cell() {
  thousandths "$(grep "^$1  *[0-9-]" said.txt | sed "s/^$1  *//" | awk -v number="$2" '{ print $(2 * number - 1) }')"
}

works --repeats 1 --components 10
cp said.txt digits.txt
for space in "columns as they are" "standardized" "10 principal components" \
  "10 principal components, standardized first"; do
  claim "$space: strays are few" between 1 "$(cell "$space" 1)" 400
  for score in 2 3; do claim "$space: models learn" between 700 "$(cell "$space" $score)" 1000; done
done
claim "no resampling has no strays" grep -q "^no resampling  *-  *[0-9]" said.txt
works --repeats 1 --components 10 --threads 3
claim "threads change nothing" same said.txt digits.txt
works --repeats 1 --components 10 --seed 8
claim "the seed changes something" eval '! cmp -s said.txt digits.txt'

# No two distances are equal there, so that rounding chooses no neighbor.
works --csv "$data/breast_cancer.csv" --repeats 1 --components 3,30
for column in 1 2 3; do
  claim "all components are the columns as they are, turned: the same rows, column $column" \
    equal "$(cell "30 principal components" $column)" "$(cell "columns as they are" $column)"
done

refuses 2 "there are only 64 columns" --components 65
refuses 2 "at least 1" --components 0
refuses 2 "at least 2" --folds 1
refuses 1 "cannot open nowhere.csv" --csv nowhere.csv
claim "help" "$tool" --help

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
