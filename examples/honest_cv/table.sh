# SPDX-License-Identifier: MIT
# To be sourced by the checks of honest_cv: how $tool is run, and what its table says.

# works ARGS...: the tool succeeds. What it says is in said.txt.
works() {
  "$tool" "$@" > said.txt 2> error.txt
  local status=$?
  claim "honest_cv $*: $(cat error.txt)" [ $status -eq 0 ]
}

# precision ARM: the average precision of an arm, in thousandths, by the table in said.txt.
precision() { grep -m 1 "^..$1  *[.1]" said.txt | sed "s/^..$1 *\([01]*\)\.\([0-9]*\) .*/\1\2/;s/^0*//"; }
# Of whole numbers: at_least A B; less A B; between A B C.
at_least() { [ "$1" -ge "$2" ] || { echo "$1 is not at least $2" && false; }; }
less() { [ "$1" -lt "$2" ] || { echo "$1 is not less than $2" && false; }; }
between() { at_least "$2" "$1" && less "$2" "$3"; }
