# SPDX-License-Identifier: MIT
# To be sourced by the check.sh of an example: how a claim is made and counted, in a new folder that is removed at the end.

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

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

same() { cmp "$1" "$2"; }
count() { grep -c -- "$1" "$2"; }
equal() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'" && false; }; }

# Of whole numbers: at_least A B; less A B; between A B C.
at_least() { [ "$1" -ge "$2" ] || { echo "$1 is not at least $2" && false; }; }
less() { [ "$1" -lt "$2" ] || { echo "$1 is not less than $2" && false; }; }
between() { at_least "$2" "$1" && less "$2" "$3"; }

# thousandths NUMBER: 0.978 is 978.
thousandths() { echo "$1" | awk '{ printf "%.0f\n", $1 * 1000 }'; }

# The two below are for tools that say what they have to say on standard output; $name is what the tool is called.

# works ARGS...: the tool succeeds. What it says is in said.txt.
works() {
  "$tool" "$@" > said.txt 2> error.txt
  local status=$?
  claim "$name $*: $(cat error.txt)" [ $status -eq 0 ]
}

# refuses STATUS PATTERN ARGS...: the tool fails with one line that has the pattern, and prints nothing else.
refuses() {
  local expected=$1 pattern=$2 status
  shift 2
  "$tool" "$@" > said.txt 2> error.txt
  status=$?
  local call="$name $* ($(cat error.txt))"
  claim "$call: status $status is $expected" [ $status -eq "$expected" ]
  claim "$call: one line" [ "$(wc -l < error.txt)" -eq 1 ]
  claim "$call: says '$pattern'" grep -q "^$name: .*$pattern" error.txt
  claim "$call: nothing else is said" [ ! -s said.txt ]
}
