# SPDX-License-Identifier: MIT
# To be sourced by the check.sh of an example: how a claim is made and counted.

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
