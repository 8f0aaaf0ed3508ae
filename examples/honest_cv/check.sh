#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what honest_cv promises, shown on the shipped data and on small sets made here.
set -uo pipefail

tool=$1
data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"
source "$here/table.sh"
source "$here/sets.sh"

patients=$data/diabetes_progression_high.csv

# is_picture FILE: well-formed, whole, no number that is none, no letters smaller than 12 pixels.
is_picture() {
  if command -v xmllint > /dev/null; then xmllint --noout "$1" || return; fi
  head -n 1 "$1" | grep -q '^<?xml' && tail -n 1 "$1" | grep -qx '</svg>' && ! grep -qE '"[^"]*\b(nan|inf)' "$1" &&
    [ "$(count '<text' "$1")" -eq "$(count '</text>' "$1")" ] && ! grep -qE 'font-size="([0-9]|1[01])["\.]' "$1"
}

# ---- the contest, by both models that are always there

for model in knn logit; do
  works --csv "$patients" --model $model --set strategy=balance --out $model
  second=$([ $model = knn ] && echo "threshold chosen in inner folds" || echo "class weights")
  for arm in "  no resampling" "  $second" "  smote inside the fold" "! smote before the split" \
    "! the same, real rows tested"; do
    claim "$model: the table has '$arm'" grep -q "^$arm  " said.txt
  done
  claim "$model: an honest score is far from perfect" less "$(precision "smote inside the fold")" 650
  claim "$model: resampled before the split, it is half as good again" at_least \
    "$(precision "smote before the split")" "$(($(precision "smote inside the fold") * 3 / 2))"
  claim "$model: the inflation is told" grep -qE "^! smote before the split .* x [1-9]\.[0-9]$" said.txt
  claim "$model: the honest arm is clean" grep -q "smote inside the fold: clean on 15 of 15 folds$" said.txt
  claim "$model: the wrong arm is caught each time" grep -q "smote before the split: leaks on 15 of 15 folds" said.txt
  claim "$model: by synthetic test rows" grep -q "synthetic on the test side" said.txt
  claim "$model: and parents" grep -q "made from rows of the test side" said.txt
  claim "$model: thresholds and alerts" grep -qE "^  at most 50 alerts( +[0-9.]+| +none)( +[0-9.]+){3}$" said.txt
  for picture in pr reliability scatter; do claim "$model: $picture.svg" is_picture $model/$picture.svg; done
done

claim "scores, a line for each row and honest arm" equal "$(wc -l < knn/scores.csv)" "$((3 * 442 + 1))"
claim "their header" equal "$(head -n 1 knn/scores.csv)" row,fold,arm,positive,score,corrected
claim "each row is tested once" equal \
  "$(grep ',no resampling,' knn/scores.csv | cut -d, -f1 | sort -n | uniq -c | awk '$1 == 1' | wc -l)" 442
claim "corrected scores are lower where positives were added" awk -F, \
  '/,smote inside the fold,/ { if ($6 > $5) exit 1; if ($6 < $5) lower++ } END { exit lower < 50 }' logit/scores.csv

# ---- same result however it runs, another one for another seed

for model in knn logit xgb rtrees; do
  "$tool" --csv "$patients" --model $model --repeats 1 > /dev/null 2> error.txt || continue  # not built in
  works --csv "$patients" --model $model --repeats 1 --out one && mv said.txt one.txt
  works --csv "$patients" --model $model --repeats 1 --out one --threads 2 && cp -r one two
  claim "$model: threads change nothing" same said.txt one.txt
  works --csv "$patients" --model $model --repeats 1 --out one
  claim "$model: nor does running it again" same said.txt one.txt
  claim "$model: nor in the files" diff -r one two
  works --csv "$patients" --model $model --repeats 1 --out one --seed 8
  claim "$model: the seed changes something" eval '! cmp -s said.txt one.txt'
  rm -r one two
done

# ---- every kind of sampler; mild is the default

works --csv "$patients"
claim "a quarter is the default" grep -q "strategy = ratio(0.25), .seed = 7" said.txt
works --csv "$patients" --set strategy=ratio=0.5 --set seed=1
claim "what the user sets stands" grep -q "strategy = ratio(0.5), .seed = 1" said.txt
for sampler in random_over random_under borderline_smote adasyn smote_enn smote_tomek tomek_links enn; do
  works --csv "$patients" --sampler $sampler --repeats 1 --out "$sampler"
  claim "$sampler: pictures" eval 'is_picture $sampler/reliability.svg && is_picture $sampler/scatter.svg'
  claim "$sampler: the honest arm is clean" grep -q "$sampler inside the fold: clean on 5 of 5 folds" said.txt
done
works --csv "$patients" --columns age,bp --out columns
claim "columns can be chosen" eval 'grep -q ">age<" columns/scatter.svg && grep -q ">bp<" columns/scatter.svg'

# ---- rows of one patient: no fold may tear them apart (trust comes from groups, not from the sampler)

near_identical_rows > groups.csv
works --csv groups.csv --group patient --target ill --repeats 2
claim "by row the model knows the patients" at_least "$(precision "the same, groups torn apart")" 900
claim "by group it knows nothing" less "$(precision "smote inside the fold")" 300
claim "splits by group are clean" grep -q "smote inside the fold: clean on 10 of 10 folds" said.txt
claim "torn groups are found" grep -q "groups torn apart: leaks on 10 of 10 folds" said.txt
claim "and named" grep -q "of a group that is also in training" said.txt

# ---- time: what is tested comes after what was learned

drifting_rows > times.csv
works --csv times.csv --time day --folds 4
claim "time is cut once" grep -q "^folds    4, each tested on what came later, repeated 1 time$" said.txt
claim "dates are ordered as texts, and that is said" grep -q "^note: .*column 'day' is '2024-01-01'.*as texts" said.txt
claim "the past predicts the future" grep -q "smote inside the fold: clean on 4 of 4 folds" said.txt

# ---- rows that stand twice in the data are shown, and are nobody's fault

{ cat "$patients" && tail -n +2 "$patients"; } > twice.csv
works --csv twice.csv --repeats 1
claim "twins are counted" grep -qE "^  [1-9][0-9]+ test rows have the values of a training row" said.txt

# ---- columns that are no numbers

words > words.csv
works --csv words.csv --repeats 1 --folds 3
claim "texts become columns, and that is said" grep -q "^note: column 'color' holds texts" said.txt
claim "one for each" grep -q "^data .*, 4 columns, " said.txt
works --csv words.csv --repeats 1 --folds 3 --categorical size --positive no
claim "codes do where asked for" grep -q "^data .*, 5 columns, .* of class no " said.txt
{ cat words.csv && echo ',1,yes'; } > holes.csv
refuses 1 "column 'color' is empty.*--missing drop-rows" --csv holes.csv
works --csv holes.csv --folds 3 --missing drop-rows
claim "rows left out are counted" grep -q "^note: 1 of 61 rows have an empty cell" said.txt
printf 'x<&>\xff\xed\xa0\x80\xe0\x80\x80\xf4\x90\x80\x80,"a\tb",y\n' > strange.csv
tail -n +2 "$patients" | cut -d, -f 3,4,11 >> strange.csv
works --csv strange.csv --repeats 1 --out strange
claim "any name of a column can be drawn" is_picture strange/scatter.svg

# ---- all sets of a list

echo "$patients --repeats 1" > list.txt
MODELS=logit SAMPLERS=smote "$here/all_sets" "$tool" list.txt > ways.tsv
claim "all_sets: two ways without a sampler and one with" equal "$(awk -F '\t' 'NF == 19' ways.tsv | wc -l)" 3
claim "table.awk: three tables with a line for the set" equal \
  "$(awk -f "$here/table.awk" ways.tsv | grep -c '^| diabetes_progression_high | logit |')" 3

# ---- files

printf 'a file, no folder' > taken
refuses 1 "taken" --csv "$patients" --out taken
mkdir -p half/scores.csv
refuses 1 "half/scores.csv.*no regular file" --csv "$patients" --repeats 1 --out half
claim "and no part of another file is left" equal "$(find half -type f)" ""

# ---- what is refused

works --help
refuses 2 "--csv is required"
refuses 2 "--help" --csv "$patients" --no-such-option
refuses 2 "'svm' is unknown; there are knn, logit, xgb, rtrees" --csv "$patients" --model svm
refuses 2 "sampler 'magic' is unknown" --csv "$patients" --sampler magic
refuses 2 "smote_nc reads categories" --csv "$patients" --sampler smote_nc
refuses 2 "--set 'k': write --set NAME=VALUE" --csv "$patients" --set k
refuses 2 "k_neighbors = 'few'" --csv "$patients" --set k_neighbors=few
refuses 2 "--folds 1: .* at least 2" --csv "$patients" --folds 1
refuses 2 "--repeats 0x1" --csv "$patients" --repeats 0x1
refuses 2 "--seed -1" --csv "$patients" --seed -1
refuses 2 "--threads -1" --csv "$patients" --threads -1
refuses 2 "--columns age: name two" --csv "$patients" --columns age
refuses 2 "exclude" --csv groups.csv --group patient --time patient
refuses 2 "exclude.*--repeats" --csv times.csv --time day --repeats 3
refuses 2 "--columns: there is no column 'height'" --csv "$patients" --columns age,height --out nothing
claim "and no folder is made" [ ! -e nothing ]
refuses 1 "cannot open nowhere.csv" --csv nowhere.csv
refuses 1 "no column 'height'" --csv "$patients" --target height
refuses 1 "no row of column 'target' is 'ill'" --csv "$patients" --positive ill
refuses 1 "has 58 classes; say with --positive" --csv "$patients" --target age
refuses 1 "named for two purposes" --csv "$patients" --drop target
refuses 1 "more than 30; --drop it" --csv groups.csv --target ill
refuses 1 "n_splits is 500" --csv "$patients" --folds 500
refuses 1 "class 1 has" --csv "$patients" --set k_neighbors=40
for model in xgb:libxgboost-dev rtrees:libopencv-ml-dev; do
  "$tool" --csv "$patients" --model ${model%:*} --repeats 1 > said.txt 2> error.txt ||
    refuses 1 "install ${model#*:}" --csv "$patients" --model "${model%:*}"
done

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
