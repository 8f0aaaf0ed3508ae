# SPDX-License-Identifier: MIT
# To be sourced by check.sh: how a claim about $tool is made and counted.

source "$here/../common/claims.sh"

# works ARGS...: the tool succeeds. What it says is in said.txt.
works() {
  "$tool" "$@" 2> said.txt
  local status=$?
  claim "resample_csv $*: $(cat said.txt)" [ $status -eq 0 ]
}

# refuses STATUS PATTERN INPUT ARGS...: the tool fails with one line, and leaves no file and an old one untouched.
refuses() {
  local expected=$1 pattern=$2 input=$3 status
  shift 3
  echo before > old.csv
  "$tool" "$input" old.csv --provenance never.csv "$@" 2> said.txt
  status=$?
  local call="resample_csv $input $* ($(cat said.txt))"
  claim "$call: status $status is $expected" [ $status -eq "$expected" ]
  claim "$call: one line" [ "$(wc -l < said.txt)" -eq 1 ]
  claim "$call: says '$pattern'" grep -q "^resample_csv: .*$pattern" said.txt
  claim "$call: the old file is untouched" [ "$(cat old.csv)" = before ]
  claim "$call: nothing is left" no_other_file never.csv
}
no_other_file() { [ ! -e "$1" ] && [ -z "$(find . -name '*.part*')" ]; }

# fails STATUS PATTERN COMMAND...: the same for any command that would write new.csv.
fails() {
  local expected=$1 pattern=$2 status
  shift 2
  "$@" 2> said.txt
  status=$?
  claim "$*: status $status is $expected" [ $status -eq "$expected" ]
  claim "$* ($(cat said.txt)): one line" [ "$(wc -l < said.txt)" -eq 1 ]
  claim "$* ($(cat said.txt)): says '$pattern'" grep -q "^resample_csv: .*$pattern" said.txt
  claim "$*: nothing is left" no_other_file new.csv
}

# after LABEL: rows of a class after resampling, by the table in said.txt.
after() { awk -v label="$1" '$1 == label { print $3 }' said.txt; }

# recompute INPUT FROM OUT NEW TEXTS...: the NEW rows of OUT are what FROM says. Every cell is a number, base + step *
# (neighbor - base), but for the columns TEXTS, which are their donors', the column id, which is empty, and the class,
# which is last. No cell holds a comma.
recompute() {
  local input=$1 from=$2 out=$3 new=$4
  shift 4
  awk -F, -v new="$new" -v texts=" $* " '
    FNR == 1 { file++ }
    file == 1 && FNR == 1 { for (j = 1; j <= NF; j++) name[j] = $j }
    file == 1 && FNR > 1 { for (j = 1; j <= NF; j++) input[FNR - 2, j] = $j "" }
    file == 2 && FNR == 1 { for (j = 6; j <= NF; j++) donor_of[j] = substr($j, 7) }
    file == 2 && FNR > 1 {
      kind[$1] = $2; base[$1] = $3; neighbor[$1] = $4; step[$1] = $5
      for (j = 6; j <= NF; j++) donor[$1, donor_of[j]] = $j
    }
    file == 3 && FNR > 1 && kind[FNR - 2] == "kept" {
      for (j = 1; j <= NF; j++) if ($j "" != input[base[FNR - 2], j]) exit 1
    }
    file == 3 && FNR > 1 && kind[FNR - 2] == "synthetic" {
      row = FNR - 2
      seen++
      if ($NF != input[base[row], NF] || $NF != input[neighbor[row], NF]) exit 1
      for (j = 1; j < NF; j++) {
        from = input[base[row], j]
        if (name[j] == "id") {
          if ($j "" != "") exit 1
        } else if (index(texts, " " name[j] " ")) {
          of = donor[row, name[j]]
          if (of "" == "" || $j "" != input[of, j] || input[of, NF] != $NF) exit 1
        } else {
          error = $j - (from + step[row] * (input[neighbor[row], j] - from))
          if (error > 1e-9 || error < -1e-9) exit 1
        }
      }
    }
    END { exit seen == new ? 0 : 1 }' "$input" "$from" "$out"
}
