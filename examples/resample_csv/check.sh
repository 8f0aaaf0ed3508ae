#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what resample_csv promises, shown on the shipped data and on small files with every quirk of CSV.
set -uo pipefail

tool=$1
data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/claims.sh"

digits=$data/digits_8_first900.csv
patients=$data/diabetes_progression_high.csv
tumors=$data/breast_cancer.csv

# ---- kept rows, new rows, provenance

works "$digits" out.csv --sampler smote --seed 7 --provenance from.csv
head -n 901 out.csv > kept.csv
claim "kept rows and header are the bytes of the input" same kept.csv "$digits"
claim "one line of provenance a row" equal "$(wc -l < from.csv)" "$(wc -l < out.csv)"
claim "its header" equal "$(head -n 1 from.csv)" row,kind,base,neighbor,step
claim "its first kept row" equal "$(sed -n 2p from.csv)" 0,kept,0,0,0
claim "kept rows" equal "$(count ,kept, from.csv)" 900
claim "new rows" equal "$(count ,synthetic, from.csv)" 724
claim "the table of classes" equal "$(tr -s ' ' < said.txt | tr '\n' ';')" "class before after;0 812 812;1 88 812;"

claim "new rows are what their provenance says" recompute "$digits" from.csv out.csv 724

works "$digits" copies.csv --sampler random_over --provenance from.csv
tail -n +2 copies.csv | sort -u > a.csv
tail -n +2 "$digits" | sort -u > b.csv
claim "copies have the bytes of their base" same a.csv b.csv
claim "a copy has step 1 and is its own neighbor" equal "$(sed -n 902p from.csv | cut -d, -f2,5)" synthetic,1

works "$digits" few.csv --sampler random_under --provenance from.csv
claim "the majority is cut down" equal "$(wc -l < few.csv)" 177
awk -F, 'NR > 1 { print $3 + 2 }' from.csv > lines.txt
awk 'NR == FNR { want[$1 + 0]; next } FNR == 1 || FNR in want' lines.txt "$digits" > kept.csv
claim "and the rows kept are those of the provenance, in order" same few.csv kept.csv

# ---- same result however it runs, another one for another seed

works "$digits" one.csv --sampler smote --seed 3 --threads 1
works "$digits" three.csv --sampler smote --seed 3 --threads 3
works "$digits" other.csv --sampler smote --seed 4 --threads 3
claim "threads change nothing" same one.csv three.csv
claim "the seed changes something" eval '! cmp -s one.csv other.csv'

works "$digits" numpy.csv --sampler smote --seed 3 --draws imbalanced_learn
claim "imbalanced_learn draws otherwise" eval '! cmp -s one.csv numpy.csv'
works "$digits" numpy.csv --sampler random_over --seed 42 --draws imbalanced_learn --provenance from.csv
claim "its first draws are RandomState(42).randint's" \
  equal "$(sed -n 902,905p from.csv | cut -d, -f3 | tr '\n' ' ')" "524 148 742 638 "

# ---- strategies

works "$digits" out.csv --sampler smote --strategy ratio=0.5
claim "ratio" equal "$(after 1)" 406
works "$digits" out.csv --sampler smote --strategy counts=1:100
claim "counts" equal "$(after 1)" 100
works "$digits" out.csv --sampler random_under --strategy counts=0:200,1:80
claim "counts of two classes" equal "$(after 0) $(after 1)" "200 80"
for strategy in auto minority not_majority all; do
  works "$digits" out.csv --sampler smote --strategy $strategy
  claim "over-sampling with $strategy" equal "$(after 1)" 812
done
for strategy in auto majority not_minority all; do
  works "$digits" out.csv --sampler random_under --strategy $strategy
  claim "under-sampling with $strategy" equal "$(after 0)" 88
done
works "$digits" out.csv --sampler random_over --k-neighbors 3
claim "an option without effect is noted" grep -q "note: .*--k-neighbors" said.txt

works "$digits" out.csv --sampler smote --strategy list=1
claim "classes in a list are filled up" equal "$(after 1)" 812

printf 'x,y\n1,a:b\n2,"c,d"\n3,a:b\n4,"c,d"\n5,a:b\n' > colons.csv
works colons.csv out.csv --sampler random_over --strategy 'counts=a:b:4,"c,d:3"'
claim "labels with colons and commas" equal "$(after a:b) $(after c,d)" "4 3"

printf 'x,y\n1,10\n2,9\n3,10\n' > order.csv
works order.csv out.csv --sampler random_over
claim "integer classes stand in numeric order" equal "$(sed -n 2p said.txt | cut -c1)" 9
printf 'x,y\n1,10\n2,9\n3,10\n4,09\n' > order.csv
works order.csv out.csv --sampler random_over
claim "others in byte order, 09 and 9 apart" equal "$(cut -c1-2 said.txt | tr '\n' ' ')" "cl 09 10 9  "

# ---- gzip

gzip -c "$digits" > in.csv.gz
works in.csv.gz out.csv.gz --sampler smote --seed 3 --provenance from.csv.gz
gzip -dc out.csv.gz > out.csv
claim "gzip in and out" same out.csv one.csv
claim "gzip provenance" equal "$(gzip -dc from.csv.gz | wc -l)" 1625
claim "a plain name is not compressed" equal "$(head -c 3 one.csv)" px1
head -c 5000 in.csv.gz > cut.csv.gz
refuses 1 "end too early" cut.csv.gz --sampler smote
{ head -c -8 in.csv.gz && printf '12345678'; } > bad.csv.gz
refuses 1 "cannot read bad.csv.gz: incorrect data check" bad.csv.gz --sampler smote

# ---- the quirks of CSV

printf '\xef\xbb\xbf"the ""id""",x,note,y\r\n"a,1",1,"two\r\nlines",p\r\nb,  +2 ,,p\nc,3,n,"q ""r"""' > quirks.csv
refuses 1 "no column 'the id'" quirks.csv --sampler random_over --drop "the id"
works quirks.csv out.csv --sampler random_over --drop '"the ""id""",note'
head -c "$(wc -c < quirks.csv)" out.csv > kept.csv
claim "quotes, line ends and byte order mark are kept" same kept.csv quirks.csv
tail -c +"$(($(wc -c < quirks.csv) + 1))" out.csv > tail.csv
printf '\r\nc,3,n,"q ""r"""\r\n' > expected.csv
claim "a last line without end gets the header's" same tail.csv expected.csv

printf 'id,y,x\n1,"a ""b""",1\n2,"a ""b""",2\n3,c,1\n4,c,2\n5,c,3\n6,c,4\n\n\r\n' > target.csv
works target.csv out.csv --sampler smote --target y --drop id --k-neighbors 1
claim "new rows: target in its place, quoted, dropped cells empty" \
  eval '[ "$(tail -n 2 out.csv | grep -c "^,\"a \"\"b\"\"\",1\.[0-9]*$")" -eq 2 ]'
claim "blank lines at the end are left out" equal "$(wc -l < out.csv)" 9
cp target.csv self.csv
works self.csv self.csv --sampler smote --target y --drop id --k-neighbors 1
claim "OUT may be IN" same self.csv out.csv

works "$patients" out.csv --sampler random_over --categorical sex
works "$patients" out.csv --sampler smote --categorical sex --drop sex
claim "a dropped column is empty in new rows" equal "$(tail -n 1 out.csv | cut -d, -f2)" ""
printf 'color,x,y\nred,1,a\nblue,2,b\nred,3,a\n' > colors.csv
works colors.csv out.csv --sampler random_under
works colors.csv out.csv --sampler random_over --categorical color

printf 'x,free,y\n1,,a\n,u,a\n3,,b\n4,v,b\n5,w,b\n6,,\n7,,a\n8,,b\n' > holes.csv
works holes.csv out.csv --sampler smote --drop free --missing drop-rows --k-neighbors 1 --provenance from.csv
claim "rows left out are counted" grep -q "empty cell: 2 of 8" said.txt
claim "provenance names rows of the input" equal "$(cut -d, -f3 from.csv | sed -n 2,7p | tr '\n' ' ')" "0 2 3 4 6 7 "

source "$here/check_samplers.sh"
source "$here/check_columns.sh"
source "$here/check_records.sh"

# ---- what is refused

refuses 1 "cannot open nowhere.csv" nowhere.csv --sampler smote
refuses 1 "cannot read" . --sampler smote
refuses 2 "sampler 'magic' is unknown; .*smote" "$digits" --sampler magic
refuses 2 "sampler is required" "$digits"
refuses 2 "" "$digits" --sampler smote --no-such-option
refuses 2 "threads" "$digits" --sampler smote --threads -1
refuses 2 "seed" "$digits" --sampler smote --seed minus
refuses 2 "draws" "$digits" --sampler smote --draws odd
refuses 2 "missing" "$digits" --sampler smote --missing guess
refuses 2 "a number, as in ratio=0.5" "$digits" --sampler smote --strategy ratio=0.5x
refuses 2 "'counts=1' is not understood; write counts=LABEL" "$digits" --sampler smote --strategy counts=1
refuses 2 "'counts=1:many' is not understood; write counts=LABEL" "$digits" --sampler smote --strategy counts=1:many
refuses 2 "'best' is not understood; write auto, " "$digits" --sampler smote --strategy best
refuses 1 "ratio" "$digits" --sampler smote --strategy ratio=2
refuses 1 "class 5" "$digits" --sampler smote --strategy counts=5:100
refuses 1 "class 1 has 88 rows .* 10" "$digits" --sampler smote --strategy counts=1:10
refuses 1 "majority()" "$digits" --sampler smote --strategy majority
refuses 1 "minority()" "$digits" --sampler random_under --strategy minority
refuses 1 "k_neighbors is 0" "$digits" --sampler smote --k-neighbors 0
refuses 1 "class 1 has 88 rows" "$digits" --sampler smote --k-neighbors 88
refuses 1 "no column 'clas'; the columns are .*radius_mean.*target" "$tumors" --sampler smote --target clas
refuses 1 "is the target" "$tumors" --sampler smote --drop target
refuses 1 "column 'sex' is categorical.*--drop" "$patients" --sampler smote --categorical sex
refuses 1 "row 0 (line 2), column 'color' is 'red', not a number.*--drop" colors.csv --sampler smote
refuses 1 "row 1 (line 3), column 'x' is empty.*--missing drop-rows" holes.csv --sampler smote --drop free
refuses 1 "row 5 (line 7), column 'y' is empty" holes.csv --sampler smote --drop free,x
refuses 1 "leaves none" <(printf 'x,y\n,a\n,b\n') --sampler smote --missing drop-rows
refuses 1 "row 1 (line 3), column 'x' is 'NaN'" <(printf 'x,y\n1,a\nNaN,b\n') --sampler random_over
refuses 1 "column 'x' is '-inf'" <(printf 'x,y\n1,a\n-inf,b\n') --sampler smote
refuses 1 "column 'x' is '1e999'" <(printf 'x,y\n1,a\n1e999,b\n') --sampler smote
refuses 1 "row 1 (line 3), column 'x' is '1e200', too large" <(printf 'x,y\n1,a\n1e200,b\n') --sampler smote
refuses 1 "column 'x' is '0x10'" <(printf 'x,y\n1,a\n0x10,b\n') --sampler smote
refuses 1 "is empty" /dev/null --sampler smote
refuses 1 "no rows" <(printf 'x,y\n') --sampler smote
refuses 1 "no rows" <(printf 'x,y') --sampler smote
refuses 1 "line 1 is blank" <(printf '\nx,y\n1,a\n') --sampler smote
refuses 1 "line 3 is blank" <(printf 'x,y\n1,a\n\n2,b\n') --sampler smote
refuses 1 "line 3 has 3 fields, but the header has 2" <(printf 'x,y\n1,a\n2,b,c\n') --sampler smote
refuses 1 "line 4 has 1 fields, but the header has 2" <(printf 'x,y\n"1",a\n2,b\n3\n') --sampler smote
refuses 1 "line 3: a quote" <(printf 'x,y\n1,a\n"2,b\n3,c\n') --sampler smote
refuses 1 "line 2: a quote" <(printf 'x,y\n1,a"b"\n2,b\n') --sampler smote
refuses 1 "line 5 has 1 fields" <(printf 'x,y\n1,"a\n\nb"\n2\n') --sampler random_over
refuses 1 "no column is left to be a feature" <(printf 'y\na\nb\n') --sampler smote
refuses 1 "more than one column is named 'x'" <(printf 'x,x,y\n1,2,a\n1,2,b\n') --sampler smote --drop x
works <(printf 'x,x,y\n1,2,a\n1,2,b\n') out.csv --sampler random_over
refuses 1 "all 2 rows are of class a" <(printf 'x,y\n1,a\n2,a\n') --sampler random_over
refuses 1 "column 'x' is 'a\\\\nb'" <(printf 'x,y\n"a\nb",a\n2,b\n') --sampler smote

limited() (
  trap '' XFSZ
  ulimit -f 8
  "$@"
)
fails 2 "seed = '-1' is not understood; write a whole number from 0" "$tool" "$digits" new.csv --sampler smote --seed -1
fails 2 "seed = '18446744073709551616'" "$tool" "$digits" new.csv --sampler smote --seed 18446744073709551616
fails 2 "k_neighbors = '0x5'" "$tool" "$digits" new.csv --sampler smote --k-neighbors 0x5
fails 2 "threads 1.5" "$tool" "$digits" new.csv --sampler smote --threads 1.5
fails 2 "would overwrite new.csv" "$tool" "$digits" new.csv --sampler smote --provenance new.csv
fails 2 "would overwrite new.csv" "$tool" "$digits" new.csv --sampler smote --provenance ./nowhere/../new.csv
fails 2 "would overwrite $digits" "$tool" "$digits" new.csv --sampler smote --provenance "$digits"
fails 2 "would overwrite new.csv" "$tool" "$digits" new.csv --sampler smote --provenance ./new.csv
fails 1 "cannot write nowhere/out.csv" "$tool" "$digits" nowhere/out.csv --sampler smote
fails 1 "cannot write nowhere/from.csv" "$tool" "$digits" new.csv --sampler smote --provenance nowhere/from.csv
fails 1 "cannot write .*no regular file" "$tool" "$digits" /dev/null --sampler smote
fails 1 "cannot write .*no regular file" "$tool" "$digits" . --sampler smote
fails 1 "cannot write new.csv" limited "$tool" "$digits" new.csv --sampler smote
gzip -c "$digits" > in.csv.gz
fails 1 "cannot write new.csv.gz" limited "$tool" "$digits" new.csv.gz --sampler random_over

# ---- a link stays a link

mkdir -p real
ln -s real/out.csv link.csv
works "$digits" link.csv --sampler smote --seed 3
works "$digits" one.csv --sampler smote --seed 3
claim "a symbolic link is followed" eval '[ -L link.csv ] && cmp real/out.csv one.csv'

echo "$checks checks, $failures failed"
[ "$failures" -eq 0 ]
