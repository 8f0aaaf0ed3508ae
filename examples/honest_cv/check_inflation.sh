#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check_inflation.sh TOOL FOLDER: what resampling before the split pretends on two sets that are too large to ship.
# For mammography the bounds are around what scikit-learn and imbalanced-learn gave in the same contest (SMOTE to
# balance, 5 folds, 3 repeats: .623, .535, .941, .532), as wide as three repeats scatter; for abalone_19 around our own.
set -uo pipefail

tool=$1
folder=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"
source "$here/table.sh"

works --csv "$folder/mammography.csv" --model logit --set strategy=balance
claim "mammography without resampling" between 590 "$(precision "no resampling")" 650
claim "inside the fold" between 500 "$(precision "smote inside the fold")" 570
claim "before the split" between 930 "$(precision "smote before the split")" 955
claim "the same scored on real rows: a model with few coefficients cannot remember them" \
  between 500 "$(precision "the same, real rows tested")" 570
claim "twins in the data are shown" grep -qE "^  [0-9]{4,} test rows have the values of a training row" said.txt

works --csv "$folder/abalone_19.csv" --model knn --set strategy=balance
claim "abalone_19 inside the fold" between 8 "$(precision "smote inside the fold")" 60
claim "before the split" between 940 "$(precision "smote before the split")" 980
claim "neighbors remember" between 100 "$(precision "the same, real rows tested")" 300

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
