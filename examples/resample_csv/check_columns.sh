# SPDX-License-Identifier: MIT
# To be sourced by check.sh: columns that are whole numbers, on a grid, copied or keys of strata.

# column NUMBER FILE: its cells below the header. No cell holds a comma.
column() { tail -n +2 "$2" | cut -d, -f"$1"; }

# Three sites: 12 few to 30 many in a, 6 to 30 in b, 2 to 20 in c. Counts up to 10^15, prices in steps of .05.
awk 'BEGIN {
  print "id,site,count,price,x,class"
  split("12 6 2", few)
  split("30 30 20", many)
  for (s = 1; s <= 3; s++)
    for (i = 0; i < few[s] + many[s]; i++)
      printf "r%d,%c,%.0f,%.2f,%s,%s\n", n++, 96 + s, i % 4 ? i * i % 23 : 10 ^ 15 + i, i * 7 % 40 / 20,
             (i * 37 % 101) / 8, i < few[s] ? "few" : "many"
}' > sites.csv

# unmixed FROM OUT INPUT: parents and child of each row have one site.
unmixed() {
  awk -F, '
    FNR == 1 { file++ }
    file == 1 && FNR > 1 { site[FNR - 2] = $2 }
    file == 2 && FNR > 1 { base[$1] = $3; neighbor[$1] = $4 }
    file == 3 && FNR > 1 {
      rows++
      if (site[base[FNR - 2]] != $2 || site[neighbor[FNR - 2]] != $2) wrong++
    }
    END { exit rows > 100 && wrong == 0 ? 0 : 1 }' "$3" "$1" "$2"
}
# by_site FILE: how many few each site has.
by_site() { awk -F, 'NR > 1 && $6 == "few" { n[$2]++ } END { print n["a"], n["b"], n["c"] }' "$1"; }

# ---- whole numbers and grids

works sites.csv free.csv --sampler smote --drop id,site --seed 5
claim "without a rule counts are no whole numbers" eval 'column 3 free.csv | grep -q "[.e]"'
works sites.csv whole.csv --sampler smote --drop id,site --seed 5 --integer count --grid price=0.05
claim "--integer: whole numbers, written as such" eval '! column 3 whole.csv | grep -v "^[0-9]*$"'
claim "--integer: also large ones" eval 'tail -n 60 whole.csv | cut -d, -f3 | grep -q "^[0-9]\{13,\}$"'
claim "--integer, --grid: within one step of what was interpolated, and on the grid" awk -F, '
  FNR == NR { if (FNR > 1) free[FNR] = $3 "," $4 "," $5; next }
  FNR > 101 {
    rows++
    split(free[FNR], was, ",")
    off = $3 - was[1]
    price = $4 * 20
    if (off <= -1 || off >= 1 || $5 != was[3]) wrong++
    if ($4 - was[2] >= 0.05 || was[2] - $4 >= 0.05) wrong++
    if (price - int(price + 0.5) > 1e-9 || int(price + 0.5) - price > 1e-9) wrong++
  }
  END { exit rows == 60 && wrong == 0 ? 0 : 1 }' free.csv whole.csv
claim "--grid: written in decimals" eval '! column 4 whole.csv | grep -v "^[012]\(\.[0-9]\{1,2\}\)\?$"'
head -n 101 whole.csv > kept.csv
claim "rules leave kept rows alone" same kept.csv sites.csv
works sites.csv step.csv --sampler smote --drop id,site --seed 5 --grid count=1 --grid price=.05
claim "--integer is a grid of 1" same whole.csv step.csv
works sites.csv mean.csv --sampler smote --drop id,site --integer count --strategy counts=few:20020
works sites.csv mean0.csv --sampler smote --drop id,site --strategy counts=few:20020
claim "--integer: the mean is what it was, to a hundredth" eval '
  paste -d, mean.csv mean0.csv | tail -n 20000 |
    awk -F, "{ sum += \$3 - \$9 } END { exit sum / NR < 0.01 && sum / NR > -0.01 ? 0 : 1 }"'
works sites.csv out.csv --sampler smote_nc --drop id --integer count --grid price=0.05
claim "smote_nc: numbers have rules, too" eval '! column 3 out.csv | grep -v "^[0-9]*$"'
printf 'n,a=b,y\n-0,1e3,p\n-0,5e2,p\n0,0,q\n1,0,q\n2,0,q\n' > signs.csv
works signs.csv out.csv --sampler smote --k-neighbors 1 --integer n --grid a=b=500
claim "--grid: the last = counts; no exponent, no -0" eval 'tail -n 1 out.csv | grep -q "^0,\(500\|1000\),p$"'

refuses 1 "no column 'cnt'; the columns are id, site" sites.csv --sampler smote --drop id,site --integer cnt
refuses 1 "row 0 (line 2), column 'x' is '0.5', not a whole number; mend it, or leave the column out of --integer" \
  <(printf 'x,y\n0.5,a\n1,b\n') --sampler smote --integer x
refuses 1 "row 1 (line 3), column 'x' is '0.12', not a multiple of 0.05; .*--grid" \
  <(printf 'x,y\n0.15,a\n0.12,b\n') --sampler smote --grid x=0.05
refuses 1 "column 'x' is 'one', not a number; mend it, or leave the column out of --integer" \
  <(printf 'x,y\none,a\n1,b\n') --sampler smote_nc --integer x
refuses 1 "column 'count' is named twice in --integer" sites.csv --sampler smote --integer count,count
refuses 1 "column 'count' is named in --integer and in --grid" sites.csv --sampler smote --integer count --grid count=2
refuses 1 "column 'count' is named in --integer and in --categorical" sites.csv --sampler smote_nc --drop id \
  --integer count --categorical count
refuses 1 "column 'count' is named in --drop and in --integer; leave it out of one" \
  sites.csv --sampler smote --drop count --integer count
refuses 1 "column 'class' is the target; --target another, or leave it out of --integer" \
  sites.csv --sampler smote --integer class
refuses 1 "column 'count' is a category to smote_n, as all are; leave it out of --integer" \
  sites.csv --sampler smote_n --integer count
refuses 2 "integer is for the samplers that add rows; enn adds none" sites.csv --sampler enn --integer count
for grid in price price= =0.05x price=0 price=-1 price=inf price=nan; do
  refuses 2 "grid '$grid': write --grid COL=STEP with a number above 0" sites.csv --sampler smote --grid $grid
done
refuses 1 "no column ''" sites.csv --sampler smote --grid =0.05

# ---- copies

works sites.csv copied.csv --sampler smote --copy id,site --seed 5 --provenance from.csv
claim "--copy: no feature" eval 'column 3-6 copied.csv | cmp - <(column 3-6 free.csv)'
claim "--copy: new rows have the cells of their base" awk -F, '
  FNR == 1 { file++ }
  file == 1 { cells[FNR - 2] = $1 "," $2 }
  file == 2 && FNR > 1 { base[$1] = $3 }
  file == 3 && FNR > 1 { rows++; if ($1 "," $2 != cells[base[FNR - 2]]) wrong++ }
  END { exit rows == 160 && wrong == 0 ? 0 : 1 }' sites.csv from.csv copied.csv
printf 'x,free,y\n1,"a, ""b""",p\n3,,q\n4,,q\n' > text.csv
works text.csv out.csv --sampler random_over --copy free --categorical free
claim "--copy: any text, with its quotes" equal "$(tail -n 1 out.csv)" '1,"a, ""b""",p'
works text.csv out.csv --sampler smote --copy free --strategy list=q --k-neighbors 1
works text.csv out.csv --sampler random_under --copy free
refuses 1 "column 'id' is named in --drop and in --copy; leave it out of one" \
  sites.csv --sampler smote --drop id --copy id
refuses 1 "column 'class' is the target" sites.csv --sampler smote --copy class

# ---- strata

works sites.csv out.csv --sampler smote --drop id --copy site --seed 5 --provenance from.csv
claim "without strata sites are mixed" eval '! unmixed from.csv out.csv sites.csv'
refuses 1 "class few in stratum c has 2 rows but k_neighbors = 5 needs at least 6" \
  sites.csv --sampler smote --drop id --strata site
for sampler in smote borderline_smote adasyn smote_nc smote_n random_over smote_enn smote_tomek; do
  works sites.csv out.csv --sampler $sampler --drop id --strata site --small-stratum skip --provenance from.csv
  claim "--strata, $sampler: parents and child have one key" unmixed from.csv out.csv sites.csv
done
works sites.csv out.csv --sampler smote --drop id --strata site --small-stratum skip
claim "--small-stratum skip" equal "$(by_site out.csv)" "48 24 2"
claim "and a note tells" \
  grep -q "^note: Smote, class few: rows not added, since the stratum has too few.*: c 6" said.txt
claim "so it does for the others" \
  grep -q "^note: Smote, class few: new rows by stratum (proportional): a 36, b 18" said.txt
works sites.csv out.csv --sampler smote --drop id --strata site --small-stratum whole_class --provenance from.csv
claim "--small-stratum whole_class" equal "$(by_site out.csv)" "48 24 8"
claim "then neighbors are of any site" eval '! unmixed from.csv out.csv sites.csv'
claim "and a note tells of it" grep -q "^note: .*neighbors in the whole class.*: c 6" said.txt
works sites.csv out.csv --sampler smote --drop id --strata site --set too_few_neighbors=clamp --provenance from.csv
claim "--small-stratum as_sampler, which clamps" equal "$(by_site out.csv)" "48 24 8"
claim "and mixes nothing" unmixed from.csv out.csv sites.csv
works sites.csv out.csv --sampler smote --drop id --strata site --allocation equal --small-stratum whole_class
claim "--allocation equal: as many as the largest cell has" equal "$(by_site out.csv)" "30 30 30"
works sites.csv out.csv --sampler smote --drop id --strata site --allocation match_odds --small-stratum whole_class
claim "--allocation match_odds: 12 to 30 everywhere" equal "$(by_site out.csv)" "12 12 8"
claim "the stratum of the best odds is noted" grep -q "^note: .*odds as in stratum a, where they are 12 to 30" said.txt

sed 's/,[abc],/,"a ""b""",/' sites.csv > one.csv
works one.csv strata.csv --sampler smote --drop id --strata site --seed 5
works one.csv plain.csv --sampler smote --drop id --copy site --seed 5
claim "strata that are all equal change nothing" same strata.csv plain.csv
sed 's/,a,/,3,/; s/,b,/,20,/; s/,c,/,100,/' sites.csv > numbers.csv
works numbers.csv out.csv --sampler smote --drop id --strata site --small-stratum skip
claim "keys that are numbers stand in their order" grep -q "(proportional): 3 36, 20 18" said.txt
works sites.csv out.csv --sampler smote --drop id --strata site --categorical site --small-stratum skip
sed '2s/,a,/,,/' sites.csv > keyless.csv
refuses 1 "row 0 (line 2), column 'site' is empty" keyless.csv --sampler smote --drop id --strata site
works keyless.csv out.csv --sampler smote --drop id --strata site --small-stratum skip --missing drop-rows
claim "a row without a key can be left out" grep -q "empty cell: 1 of 100" said.txt

refuses 1 "no column 'sight'" sites.csv --sampler smote --strata sight
refuses 1 "column 'class' is the target; --target another, or leave it out of --strata" \
  sites.csv --sampler smote --strata class
refuses 1 "column 'site' is named in --drop and in --strata" sites.csv --sampler smote --drop site --strata site
refuses 1 "column 'count' is named in --strata and in --integer" \
  sites.csv --sampler smote --strata count --integer count
refuses 2 "strata is for the samplers that add rows; random_under adds none" \
  sites.csv --sampler random_under --strata site
refuses 2 "allocation requires --strata" sites.csv --sampler smote --allocation equal
refuses 2 "small-stratum requires --strata" sites.csv --sampler smote --small-stratum skip
refuses 2 "allocation: listed not in" sites.csv --sampler smote --strata site --allocation listed
refuses 2 "small-stratum: drop not in" sites.csv --sampler smote --strata site --small-stratum drop
