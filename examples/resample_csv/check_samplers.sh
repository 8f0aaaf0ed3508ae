# SPDX-License-Identifier: MIT
# To be sourced by check.sh: what each sampler does to a file. Here $digits, $patients and $tumors are shipped data.

# ---- the same by any number of threads

for sampler in smote smote_nc smote_n borderline_smote adasyn random_over random_under tomek_links enn repeated_enn \
  all_knn smote_enn smote_tomek; do
  works "$patients" one.csv --sampler $sampler --threads 1 --provenance from1.csv
  works "$patients" three.csv --sampler $sampler --threads 3 --provenance from3.csv
  claim "threads change nothing in $sampler" same one.csv three.csv
  claim "nor where its rows come from" same from1.csv from3.csv
done

# ---- numbers: what is new lies between its parents

works "$digits" out.csv --sampler adasyn --seed 7 --k-neighbors 4 --provenance from.csv
claim "adasyn: n_neighbors is --k-neighbors" \
  eval '"$tool" "$digits" set.csv --sampler adasyn --set seed=7 --set n_neighbors=4 2> said.txt && same out.csv set.csv'
claim "adasyn: new rows are what their provenance says" \
  recompute "$digits" from.csv out.csv "$(count ,synthetic, from.csv)"
claim "adasyn: about as many as were asked for" eval '[ "$(after 1)" -gt 800 ] && [ "$(after 1)" -lt 824 ]'

works "$patients" one.csv --sampler borderline_smote --seed 7 --provenance from.csv
claim "borderline_smote: counts" equal "$(after 1)" 398
claim "borderline_smote: new rows are what their provenance says" recompute "$patients" from.csv one.csv 354
works "$patients" kind.csv --sampler borderline_smote --seed 7 --kind 1 --m-neighbors 10 --k-neighbors 5
claim "borderline_smote: its defaults, said" same one.csv kind.csv
works "$patients" kind.csv --sampler borderline_smote --seed 7 --kind 2
claim "borderline_smote: kind 2 is something else" eval '! cmp -s one.csv kind.csv'
works "$patients" m.csv --sampler borderline_smote --seed 7 --m-neighbors 30
claim "borderline_smote: so is another m" eval '! cmp -s one.csv m.csv'
works "$patients" scaled.csv --sampler borderline_smote --seed 7 --scale standard --provenance from.csv
claim "--scale: other neighbors" eval '! cmp -s one.csv scaled.csv'
claim "--scale: the rows are those of the columns as they are" recompute "$patients" from.csv scaled.csv 354
works "$patients" scaled.csv --sampler smote_enn --seed 7 --scale robust
works "$patients" set.csv --sampler smote_enn --seed 7 --set smote.space.scaling=robust --set enn.space.scaling=robust
claim "--scale: both samplers of a pair search in it" same scaled.csv set.csv

printf 'x,y\n1,a\n2,a\n3,a\n4,a\n5,b\n6,b\n' > tiny.csv
works tiny.csv out.csv --sampler smote --set too_few_neighbors=clamp
claim "--set reaches any option" equal "$(after b)" 4
claim "what was done instead is noted with its class" grep -q "^note: Smote, class b: " said.txt

# ---- numbers and categories

awk 'BEGIN {  # two numbers and two categories: one with quotes, one of texts that are equal as numbers
  split("red;\"say \"\"hi\"\"\";a:b;\xc3\xa9", tones, ";")
  split("01;1;1.0", codes, ";")
  print "id,x,tone,z,code,class"
  for (i = 0; i < 60; i++)
    printf "r%d,%s,%s,%s,%s,%s\n", i, (i * 37 % 101) / 8, tones[i * i % 7 % 4 + 1], i * 53 % 97, codes[i % 7 % 3 + 1],
           i % 5 == 0 ? "few" : "many"
}' > mixed.csv
works mixed.csv out.csv --sampler smote_nc --drop id --categorical code --seed 7 --provenance from.csv
head -n 61 out.csv > kept.csv
claim "smote_nc: kept rows and header are the bytes of the input" same kept.csv mixed.csv
claim "smote_nc: counts" equal "$(after few)" 48
claim "smote_nc: donors have a column each" \
  equal "$(head -n 1 from.csv)" row,kind,base,neighbor,step,donor:tone,donor:code
claim "smote_nc: kept rows have no donors" equal "$(sed -n 2p from.csv)" 0,kept,0,0,0,,
claim "smote_nc: new rows are what their provenance says" recompute mixed.csv from.csv out.csv 36 tone code
claim "smote_nc: more than one category arises" eval '[ "$(tail -n 36 out.csv | cut -d, -f5 | sort -u | wc -l)" -gt 1 ]'
claim "smote_nc: a text column not named is noted" \
  grep -q "^note: row 0 (line 2), column 'tone' is 'red', not a number, so the column is taken as categorical" said.txt
claim "smote_nc: one that is named is not" equal "$(count "^note" said.txt)" 1
works mixed.csv named.csv --sampler smote_nc --drop id --categorical tone,code --seed 7
claim "smote_nc: naming it changes nothing else" same out.csv named.csv
claim "smote_nc: then there is nothing to note" equal "$(count "^note" said.txt)" 0
works mixed.csv out.csv --sampler smote_nc --drop id,tone --seed 7
claim "a note about the whole set names no class" grep -q "^note: SmoteNc: no column is nominal" said.txt
works mixed.csv out.csv --sampler smote_nc --drop id,tone --categorical code --draws imbalanced_learn \
  --provenance from.csv
claim "smote_nc: the draws of imbalanced-learn have donors too" eval '[ "$(tail -n 1 from.csv | cut -d, -f6)" -ge 0 ]'

printf 'x,"tone, ""loud""",y\n1,"a,b",p\n2,"a,b",p\n5,"c\nd",q\n6,"c\nd",q\n7,"c\nd",q\n' > commas.csv
works commas.csv out.csv --sampler smote_nc --k-neighbors 1 --provenance from.csv
claim "a new cell has the text of its donor, in quotes where it needs them" \
  eval 'tail -n 1 out.csv | grep -q "^1[.0-9]*,\"a,b\",p$"'
claim "and so has the name of its column" \
  equal "$(head -n 1 from.csv)" 'row,kind,base,neighbor,step,"donor:tone, ""loud"""'

# ---- categories only

cat > flares.csv <<'EOF'
zone,spots,activity,evolution,history,flares
C,S,1,2,1,none
D,S,1,3,1,none
D,S,2,3,1,none
C,X,1,2,1,none
B,O,1,2,1,none
H,X,1,1,2,none
H,A,1,2,1,none
C,S,1,3,1,none
D,A,1,3,1,none
E,K,2,3,1,some
F,K,2,3,2,some
E,K,2,3,2,some
D,K,1,3,1,some
EOF
works flares.csv out.csv --sampler smote_n --k-neighbors 2 --seed 3 --provenance from.csv
head -n 14 out.csv > kept.csv
claim "smote_n: kept rows and header are the bytes of the input" same kept.csv flares.csv
claim "smote_n: counts" equal "$(after some)" 9
claim "smote_n: every cell has a donor" \
  equal "$(head -n 1 from.csv | cut -d, -f6-)" donor:zone,donor:spots,donor:activity,donor:evolution,donor:history
claim "smote_n: new rows are what their provenance says" \
  recompute flares.csv from.csv out.csv 5 zone spots activity evolution history
claim "smote_n: categories are those of the class" equal "$(tail -n 5 out.csv | cut -d, -f2,4 | sort -u)" K,3
works flares.csv named.csv --sampler smote_n --k-neighbors 2 --seed 3 --categorical zone,history
claim "smote_n: all columns are categories, named or not" same out.csv named.csv

# ---- cleaners

printf 'x,y\n0,a\n1,a\n2,a\n3,a\n3.1,"b,c"\n5,"b,c"\n6,"b,c"\n' > linked.csv
works linked.csv out.csv --sampler tomek_links --removed gone.csv
sed 5d linked.csv > expected.csv
claim "tomek_links: the larger class loses its end of the link" same out.csv expected.csv
claim "the list of rows that went" \
  equal "$(tr '\n' ';' < gone.csv)" "row,kind,base,neighbor,step,reason,pass;3,real,3,3,0,tomek_link,1;"
claim "and their number" grep -q "^removed: 1 of class a (tomek_link)" said.txt
works linked.csv out.csv --sampler tomek_links --strategy 'list="b,c"' --removed gone.csv
sed 6d linked.csv > expected.csv
claim "list= names the classes that may lose rows, also with a comma" same out.csv expected.csv
works linked.csv out.csv --sampler tomek_links --strategy all --set strict=true
claim "all: both ends go" grep -q "^removed: 1 of class b,c (tomek_link)" said.txt
works linked.csv out.csv --sampler tomek_links --set ends=both
claim "by --set too" equal "$(wc -l < out.csv)" 6
works linked.csv out.csv --sampler tomek_links --seed 3 --draws imbalanced_learn --k-neighbors 3
claim "what a cleaner has no use for is noted" equal "$(count "^note: tomek_links has no such option" said.txt)" 3

# a a a a           b a b b
# 0 1 2 3 ... 10 10.5 11 12: the a among the b is outvoted; each b has it among its three nearest
printf 'x,free,y\n0,,a\n1,,a\n2,,a\n3,,a\n,,a\n10.5,,a\n10,,b\n11,,b\n12,,b\n' > stray.csv
sed 7d stray.csv > expected.csv
sed -i 6d expected.csv
for sampler in enn repeated_enn all_knn; do
  works stray.csv out.csv --sampler $sampler --drop free --missing drop-rows --removed gone.csv
  claim "$sampler: the stray row goes" same out.csv expected.csv
  claim "$sampler: its number is that of the file" equal "$(tail -n 1 gone.csv)" 5,real,5,5,0,outvoted,1
done
sed -i 6d stray.csv
for sampler in enn all_knn; do
  works stray.csv out.csv --sampler $sampler --drop free --strategy list=b --vote unanimous
  claim "$sampler: no class is emptied" equal "$(after b)" 1
  claim "$sampler: and that is noted" grep -q "^note: .*class b: would have lost all 3 rows; kept 1" said.txt
done
works stray.csv out.csv --sampler enn --drop free --strategy list=b --vote unanimous --min-per-class 2
claim "a class keeps --min-per-class rows" equal "$(after b)" 2
for vote in majority mode; do
  works stray.csv out.csv --sampler enn --drop free --strategy list=b --vote $vote
  claim "by $vote they stay" equal "$(after b)" 3
done
works stray.csv out.csv --sampler enn --drop free --strategy list=b --k-neighbors 1
claim "n_neighbors is --k-neighbors: the two nearest to the stray row go" equal "$(after b)" 1

# ---- combinations

for sampler in smote_enn smote_tomek; do
  works "$tumors" out.csv --sampler $sampler --seed 7 --k-neighbors 4 --provenance from.csv --removed gone.csv
  { awk -F, '$2 == "kept" { print $3 }' from.csv && awk -F, '$2 == "real" { print $1 }' gone.csv; } | sort -n > rows.txt
  claim "$sampler: each row is kept, or listed as removed" eval 'seq 0 568 | cmp - rows.txt'
  claim "$sampler: and so is each new row" \
    equal $(($(count ,synthetic, from.csv) + $(grep -c ,synthetic, gone.csv))) 145
  claim "$sampler: new rows are what their provenance says" \
    recompute "$tumors" from.csv out.csv "$(count ,synthetic, from.csv)"
  claim "$sampler: a new row that went has no number" eval '! grep -q "^[0-9].*,synthetic," gone.csv'
  claim "$sampler: real and synthetic rows are counted" \
    grep -q "^note: .*class .*cleaning removed .* real and .* synthetic" said.txt
  works "$tumors" set.csv --sampler $sampler --set smote.seed=7 --set smote.k_neighbors=4
  claim "$sampler: --seed and --k-neighbors go to smote" same out.csv set.csv
done
works "$tumors" one.csv --sampler smote_enn --vote unanimous --min-per-class 330 --strategy ratio=0.9 \
  --draws imbalanced_learn
works "$tumors" two.csv --sampler smote_enn --set enn.vote=unanimous --set enn.min_per_class=330 \
  --set smote.strategy=ratio=0.9 --set smote.draws=imbalanced_learn
claim "smote_enn: each option goes where it belongs" same one.csv two.csv
works "$tumors" one.csv --sampler smote_tomek --min-per-class 356
works "$tumors" two.csv --sampler smote_tomek --set tomek.min_per_class=356
claim "smote_tomek: --min-per-class goes to tomek" same one.csv two.csv
claim "smote_tomek: and holds" eval '[ "$(after 0)" -ge 356 ]'

# ---- options, listed and refused

claim "--list-options" equal "$("$tool" --list-options enn | tr '\n' ' ')" \
  "n_neighbors=3 vote=majority strategy=balance min_per_class=1 space.scaling=none space.columns= space.weights= "
claim "--help needs no files" eval '"$tool" --help | grep -q list-options'
for sampler in smote random_over tomek_links all_knn smote_enn borderline_smote adasyn; do
  settings=()
  while read -r setting; do settings+=(--set "$setting"); done < <("$tool" --list-options $sampler)
  works "$patients" one.csv --sampler $sampler
  works "$patients" two.csv --sampler $sampler "${settings[@]}"
  claim "$sampler: the defaults that are listed can be set, and are the defaults" same one.csv two.csv
done
fails 2 "sampler 'magic' is unknown" "$tool" --list-options magic
refuses 2 "tomek_links has no --vote; these have it: enn, repeated_enn, all_knn, smote_enn" \
  "$digits" --sampler tomek_links --vote mode
refuses 2 "smote has no --kind; these have it: borderline_smote" "$digits" --sampler smote --kind 2
refuses 2 "adasyn has no --m-neighbors; these have it: borderline_smote" "$digits" --sampler adasyn --m-neighbors 5
refuses 2 "smote has no --min-per-class; these have it: tomek_links" "$digits" --sampler smote --min-per-class 5
refuses 2 "enn: vote = 'all' is not understood; .*majority" "$digits" --sampler enn --vote all
refuses 2 "write --set NAME=VALUE" "$digits" --sampler smote --set per_feature
refuses 2 "option 'enn.vote' is unknown; there are .*per_feature" "$digits" --sampler smote --set enn.vote=mode
refuses 2 "option seed is given twice" "$digits" --sampler smote --seed 3 --set seed=4
refuses 2 "name the columns in --categorical" "$digits" --sampler smote_nc --set nominal=0
refuses 2 "removed is for the samplers that clean" "$digits" --sampler random_under --removed gone2.csv
refuses 1 "kind is 3" "$digits" --sampler borderline_smote --kind 3
refuses 1 "min_per_class is -1" "$digits" --sampler enn --min-per-class -1
refuses 1 "asks for numbers of rows" "$digits" --sampler enn --strategy ratio=0.5
refuses 1 "class 5" "$digits" --sampler enn --strategy list=5
refuses 1 "column 'tone' is 'red', not a number; tomek_links .*smote_nc" mixed.csv --sampler tomek_links --drop id
refuses 1 "column 'code' is categorical; smote_enn .*smote_nc" \
  mixed.csv --sampler smote_enn --drop id,tone --categorical code
refuses 1 "'red', not a number; random_over" mixed.csv --sampler random_over --drop id --set shrinkage=0.5
refuses 1 "column 'x' is empty" <(printf 'x,y\na,p\n,q\n') --sampler smote_n
fails 2 "removed .* would overwrite new.csv" "$tool" "$digits" new.csv --sampler enn --removed new.csv
fails 2 "removed .* would overwrite gone2.csv" \
  "$tool" "$digits" new.csv --sampler enn --removed gone2.csv --provenance gone2.csv
