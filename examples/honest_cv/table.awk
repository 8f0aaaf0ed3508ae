# SPDX-License-Identifier: MIT
# Reads what all_sets printed and writes three tables in Markdown: average precision by set, model and way; F1 at
# probability .5 and at the threshold where it is best; the Brier score, raw and corrected for the shift of the classes.
# In each line of the first, the best is bold; "+" and "-" mark what differs from no resampling by more than a fold deviates.

function add_way(way) { if (!(way in column)) { column[way] = ++ways; name[ways] = way } }

BEGIN { FS = "\t"; plain = "no resampling"; add_way(plain); add_way("class weights") }
NF != 19 { next }  # a line that is still being written

{
  key = $1 "\t" $4
  if (!(key in rows)) { keys[++count] = key; rows[key] = $2; share[key] = $3 }
  if ($5 ~ /^threshold/) { f1_chosen[key] = $8; next }  # its ranking is that of no resampling
  add_way($5)
  precision[key, $5] = $6; deviation[key, $5] = $7
  f1[key, $5] = $8
  best_f1[key, $5] = $18 + $19 > 0 ? 2 * $18 * $19 / ($18 + $19) : 0
  brier[key, $5] = $14; corrected[key, $5] = $16
}

function two(value) { return value == "" || value == "-" ? "-" : substr(sprintf("%.3f", value), value < 1 ? 2 : 1) }
function head(first, columns,  i, line) {
  print "| set | model |" first columns
  line = "|---|---|"
  for (i = gsub(/\|/, "|", first) + gsub(/\|/, "|", columns); i > 0; i--) line = line "---|"
  print line
}
function beside(difference, deviation) { return difference > deviation ? " +" : difference < -deviation ? " -" : "" }
function place(key,  part) { split(key, part, "\t"); return "| " part[1] " | " part[2] " |" }
function named(way) { sub(/:strategy=balance/, ", 1:1", way); return way }

END {
  for (w = 1; w <= ways; w++) columns = columns " " named(name[w]) " |"
  head(" rows | positive |", columns)
  for (k = 1; k <= count; k++) {
    key = keys[k]; most = -1; line = place(key) " " rows[key] " | " share[key] " % |"
    for (w = 1; w <= ways; w++)
      if ((key, name[w]) in precision && precision[key, name[w]] + 0 > most) most = precision[key, name[w]] + 0
    for (w = 1; w <= ways; w++) {
      way = name[w]
      if (!((key, way) in precision)) { line = line " - |"; continue }
      text = two(precision[key, way])
      if (precision[key, way] + 0 == most) text = "**" text "**"
      if (way == plain) text = text " ±" two(deviation[key, way])
      else text = text beside(precision[key, way] - precision[key, plain], deviation[key, plain])
      line = line " " text " |"
    }
    print line
  }

  print ""
  head(" none, at .5 | at its best | weights, at .5 | at its best | smote, at .5 | at its best |", "")
  for (k = 1; k <= count; k++) {
    key = keys[k]; line = place(key)
    for (w = 1; w <= 3; w++) {
      way = w == 1 ? plain : w == 2 ? "class weights" : "smote"
      line = line " " two(f1[key, way]) " | " ((key, way) in f1 ? two(best_f1[key, way]) : "-") " |"
    }
    print line
  }

  print ""
  head(" none | weights | corrected | smote | corrected | smote, 1:1 | corrected |", "")
  for (k = 1; k <= count; k++) {
    key = keys[k]; line = place(key) " " two(brier[key, plain]) " |"
    for (w = 1; w <= 3; w++) {
      way = w == 1 ? "class weights" : w == 2 ? "smote" : "smote:strategy=balance"
      line = line " " two(brier[key, way]) " | " two(corrected[key, way]) " |"
    }
    print line
  }
}
