#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what privacy_attack promises, shown on the shipped data and on rows made here.
set -uo pipefail

tool=$1
data=$2
name=privacy_attack
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"

# said TEXT: the share that stands behind the text, in thousandths.
said() { thousandths "$(grep -F -- "$1" said.txt | grep -oE '[0-9]\.[0-9]{3}' | head -n 1)"; }

# succeeds RECALL PRECISION: the attack rebuilt at least these, in thousandths, and nothing of the rows held out.
succeeds() {
  claim "recall" at_least "$(said '(recall)')" "$1"
  claim "precision" at_least "$(said '(precision)')" "$2"
  claim "held-out rows are not rebuilt" equal "$(said 'the control')" 0
  claim "so that the residual risk is the recall" equal "$(said 'residual risk')" "$(said '(recall)')"
  claim "the warning" grep -q "^Treat synthetic rows as personal data" said.txt
}

works
cp said.txt digits.txt
succeeds 950 950
claim "the measure of exact copies sees nothing" equal "$(said 'exact copies')" 0
claim "most synthetic rows are closer to training rows" at_least "$(said 'closer to a training')" 800
claim "synthetic rows are told from real ones" at_least "$(said '(TPR)')" 990
claim "and real ones not taken for synthetic" equal "$(said '(FPR)')" 0
works
claim "the same rows, the same words" same said.txt digits.txt
works --seed 8
claim "another seed, other rows" eval '! cmp -s said.txt digits.txt'

works --float
succeeds 900 900

works --csv "$data/diabetes_progression_high.csv" --drop sex
succeeds 900 900

# Steps of its own for every column: no lines. That is all it is, and the warning stays.
works --set per_feature=true
claim "no lines" grep -q "  0 lines of three or more rows" said.txt
claim "nothing is rebuilt" equal "$(said '(recall)')" 0
claim "but the rows are as close to training rows as before" at_least "$(said 'closer to a training')" 700
claim "the warning" grep -q "^Treat synthetic rows as personal data" said.txt

# The plane, where any two lines meet.
awk 'BEGIN {
  state = 20240331
  print "a,b,ill"
  for (row = 0; row < 600; row++) {
    for (j = 0; j < 2; j++) { state = (state * 16807) % 2147483647; printf "%.6f,", state / 2147483647 }
    print row % 10 == 3
  }
}' > plane.csv
works --csv plane.csv
claim "in the plane: recall" at_least "$(said '(recall)')" 500
claim "in the plane: precision" at_least "$(said '(precision)')" 800

printf 'x,y\n1,a\n2,b\n3,a\n4,a\n5,b\n6,a\n' > small.csv
refuses 1 "no more rows than\|neighbors" --csv small.csv
refuses 2 "makes no rows between two others" --sampler random_over
refuses 2 "nosuch" --sampler nosuch
refuses 1 "cannot open nowhere.csv" --csv nowhere.csv
refuses 1 "no column 'z'" --csv small.csv --target z
refuses 2 "see privacy_attack --help" --no-such-option
claim "help" "$tool" --help

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
