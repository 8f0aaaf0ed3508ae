#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check.sh TOOL DATA: what audit_report promises, shown on the shipped data.
set -uo pipefail

tool=$1
data=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$here/../common/claims.sh"

audit() { "$tool" "$@" > said.txt 2> error.txt; }
refused() { ! audit "$@" && [ "$(wc -l < error.txt)" = 1 ]; }

# html FILE: every tag that is opened is closed, in order. json FILE: it can be parsed.
html() {
  python3 - "$1" << 'EOF'
import html.parser, sys
class Page(html.parser.HTMLParser):
    open_tags = []
    def handle_starttag(self, tag, attributes):
        if tag not in ("meta", "br"): self.open_tags.append(tag)
    def handle_startendtag(self, tag, attributes): pass
    def handle_endtag(self, tag):
        assert self.open_tags and self.open_tags.pop() == tag, (tag, self.getpos())
page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
page.close()
assert not page.open_tags, page.open_tags
EOF
}
json() { python3 -c 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))' "$1"; }

for set in breast_cancer diabetes_progression_high digits_8_first900; do
  claim "$set is audited" audit "$data/$set.csv" --sampler smote --out $set.html --json $set.json
  claim "the new rows of $set are counted" grep -q "^class 1: .* real rows, [1-9][0-9]* new" said.txt
  claim "what the page of $set finds is what is said" grep -qF "$(sed -n 's/^- \(.*by the law\).*/\1/p' said.txt | head -n 1)" $set.html
  claim "the page of $set needs nothing else" equal "$(count '<script\|http\|<link\|<img' $set.html)" 0
  if command -v python3 > /dev/null; then
    claim "the page of $set is HTML" html $set.html
    claim "the figures of $set are JSON" json $set.json
  fi
done
claim "columns have their names" grep -q "<th>radius_mean</th>" breast_cancer.html

audit "$data/breast_cancer.csv" --sampler smote --out three.html --json three.json --threads 3
claim "threads change nothing in the page" same breast_cancer.html three.html
claim "nor in the figures" same breast_cancer.json three.json

claim "copies are told" audit "$data/breast_cancer.csv" --sampler random_over --out copies.html
claim "all of them" grep -q "^- class 1: 100 % of the new rows are copies of real rows" said.txt
claim "a cleaner adds nothing" audit "$data/breast_cancer.csv" --sampler tomek_links --out clean.html
claim "which the page can say" grep -q "Nothing: every figure" clean.html

claim "no column of that name" refused "$data/breast_cancer.csv" --target none --sampler smote --out no.html
claim "no such sampler" refused "$data/breast_cancer.csv" --sampler none --out no.html
claim "categories are not for this example" refused "$data/breast_cancer.csv" --sampler smote_nc --out no.html
printf 'a,y\n1,0\nx,1\n' > text.csv
claim "the scale of the search alone cannot be set" \
  refused "$data/breast_cancer.csv" --sampler smote --set space.scaling=robust --out no.html
claim "but that of search and audit" grep -q "use --scale" error.txt
printf 'a,y\n1,0\n,1\n2,0\n3,0\n4,0\n5,0\n6,0\n7,1\n8,1\n' > holes.csv
claim "an empty cell is refused" refused holes.csv --sampler random_over --out no.html
claim "by a remedy that there is" eval 'grep -q -- "--missing drop-rows" error.txt &&
  audit holes.csv --sampler random_over --missing drop-rows --set seed=3 --out holes.html'
printf 'a,y\n1,\xe9\n2,\xe9\n3,\xe9\n4,\xe9\n5,\xe9\n6,b\n7,b\n' > latin.csv
claim "a label that no JSON can hold is refused" refused latin.csv --sampler random_over --out no.html --json no.json
claim "and there is no page without its figures" eval '! [ -e no.html ]'
claim "texts are refused" refused text.csv --sampler smote --out no.html
claim "by their place" grep -q "row 1 (line 3), column 'a' is 'x', not a number" error.txt
claim "and nothing is written" eval '! [ -e no.html ]'

echo "$checks checks, $failures failed"
[ "$failures" = 0 ]
