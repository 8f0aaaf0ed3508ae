# SPDX-License-Identifier: MIT
# To be sourced by the checks of honest_cv: what the table of the tool says.

name=honest_cv

# precision ARM: the average precision of an arm, in thousandths, by the table in said.txt.
precision() { grep -m 1 "^..$1  *[.1]" said.txt | sed "s/^..$1 *\([01]*\)\.\([0-9]*\) .*/\1\2/;s/^0*//"; }
