# SPDX-License-Identifier: MIT
# To be sourced by check.sh: how a claim about $tool is made and counted.

checks=0
failures=0

# claim TEXT COMMAND...: the command succeeds.
claim() {
  local text=$1
  shift
  checks=$((checks + 1))
  "$@" > claim.log 2>&1 && return
  failures=$((failures + 1))
  echo "FAILED: $text"
  sed 's/^/    /' claim.log
}

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

same() { cmp "$1" "$2"; }
count() { grep -c -- "$1" "$2"; }
equal() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'" && false; }; }

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
