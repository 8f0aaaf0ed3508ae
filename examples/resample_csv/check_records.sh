# SPDX-License-Identifier: MIT
# To be sourced by check.sh: audit pages, manifests, replay and metrics.

# valid FILE: it is JSON to a reader that is not ours.
valid() {
  if command -v python3 > /dev/null; then python3 -m json.tool "$1"; else true; fi
}
# replays MANIFEST IN OUT: the tool makes OUT again.
replays() {
  "$tool" replay "$@" 2> said.txt
  local status=$?
  claim "replay $*: $(cat said.txt)" [ $status -eq 0 ]
}

# ---- replay makes the same bytes

record() {
  local input=$1
  shift
  works "$input" first.csv --manifest run.json "$@"
  claim "$*: the manifest is JSON" valid run.json
  replays run.json "$input" again.csv
  claim "$*: replay makes the same bytes" cmp first.csv again.csv
}
for sampler in smote smote_nc smote_n borderline_smote adasyn random_over random_under tomek_links enn repeated_enn \
  all_knn smote_enn smote_tomek; do
  record "$patients" --sampler $sampler
done
record sites.csv --sampler smote_nc --copy id --strata site --small-stratum skip --integer count --grid price=0.05
record sites.csv --sampler smote_nc --drop id --target site
record target.csv --sampler smote --target y --drop id --k-neighbors 1
record holes.csv --sampler smote --drop free --missing drop-rows --k-neighbors 1
record commas.csv --sampler smote_nc --k-neighbors 1
record quirks.csv --sampler random_over --copy '"the ""id""",note'
record "$digits" --sampler smote --seed 3 --draws imbalanced_learn --threads 3
record "$tumors" --sampler random_over --set shrinkage=0.5
works "$digits" first.csv --sampler smote --seed 3
works "$digits" b.csv --sampler smote --seed 3 --manifest b.json
claim "a manifest changes nothing else" same first.csv b.csv
gzip -c "$digits" > in.csv.gz
replays b.json in.csv.gz again.csv.gz --threads 3
claim "IN and OUT may be compressed, then or now" eval 'gzip -dc again.csv.gz | cmp - first.csv'
works "$digits" a.csv --sampler smote --manifest a.json.gz
replays a.json.gz "$digits" again.csv
claim "and so may the manifest" same again.csv a.csv
cp "$digits" self.csv
replays b.json self.csv self.csv
claim "replay: OUT may be IN" same self.csv first.csv
claim "replay tells the counts" equal "$(tr -s ' ' < said.txt | tr '\n' ';')" "class before after;0 812 812;1 88 812;"
claim "replay --help needs no files" eval '"$tool" replay --help | grep -q MANIFEST'

# ---- what a manifest tells

works sites.csv out.csv --sampler smote --drop id --strata site --small-stratum skip --integer count --grid price=.05 \
  --copy x --manifest run.json --tag ticket=RISK-1207 --tag note=a=b
works sites.csv out.csv --sampler smote --drop id --strata site --small-stratum skip --integer count --grid price=.05 \
  --copy x --manifest two.json --tag ticket=RISK-1207 --tag note=a=b --threads 2
claim "two manifests of a run differ in nothing but its seconds" \
  eval 'diff <(grep -v \"seconds\" run.json) <(grep -v \"seconds\" two.json)'
claim "the input by its SHA-256" grep -q "\"input_sha256\": \"$(sha256sum < sites.csv | cut -c-64)\"" run.json
claim "the output by its SHA-256" grep -q "\"output_sha256\": \"$(sha256sum < out.csv | cut -c-64)\"" run.json
for use in '"name": "id", "role": "dropped"' '"name": "site", "role": "stratum"' '"name": "x", "role": "copied"' \
  '"name": "price", "role": "feature", "step": 0.05' '"name": "class", "role": "target"'; do
  claim "the use of a column: $use" grep -q -- "$use" run.json
done
claim "tags" eval 'grep -q "\"ticket\": \"RISK-1207\"" run.json && grep -q "\"note\": \"a=b\"" run.json'
claim "the sampler with its options" grep -q "Smote{" run.json
claim "the rules" eval 'grep -q "Allocation::proportional" run.json && grep -q "SmallStratum::skip" run.json'

# ---- what replay refuses

works "$digits" first.csv --sampler smote --seed 3 --manifest run.json
cp "$digits" other.csv
printf '9' | dd of=other.csv bs=1 seek=700 conv=notrunc 2> said.txt
claim "one byte is another" eval '[ "$(cmp -l other.csv "$digits" | wc -l)" -eq 1 ]'
then=$(sha256sum < "$digits" | cut -c-64)
fails 1 "other.csv is not the file that run.json tells of: its SHA-256 is [0-9a-f]*, there $then" \
  "$tool" replay run.json other.csv new.csv
fails 1 "cannot open nowhere.json" "$tool" replay nowhere.json "$digits" new.csv
fails 1 "cannot open nowhere.csv" "$tool" replay run.json nowhere.csv new.csv
fails 1 "sites.csv: JSON, line 1, column 1: " "$tool" replay sites.csv "$digits" new.csv
fails 1 "JSON: the value lacks the key 'schema'" "$tool" replay <(echo '{}') "$digits" new.csv
fails 2 "MANIFEST is required" "$tool" replay
fails 2 "OUT run.json would overwrite run.json" "$tool" replay run.json "$digits" run.json
fails 2 "threads" "$tool" replay run.json "$digits" new.csv --threads x
refuse_changed() {
  claim "$1: the change is one" eval '! cmp -s run.json changed.json'
  fails 1 "changed.json: .*$2" "$tool" replay changed.json "$digits" new.csv
}
sed '0,/"feature"/s//"dropped"/' run.json > changed.json
refuse_changed "the role of a column" "run_sha256 is not that of run: it was changed or damaged"
sed 's/"role": "feature"/"role": "futures"/' run.json > changed.json
refuse_changed "no role at all" "run_sha256 is not that of run"
sed 's/"synthetic": 724/"synthetic": 725/' run.json > changed.json
refuse_changed "a count" "the digest of the manifest is not that of its content"
sed 's/\("plan": "[A-Za-z0-9+/]\{60\}\)./\1#/' run.json > changed.json
refuse_changed "the plan" "plan is no base64"
sed 's/"resample_csv 1"/"resample_csv 2"/' run.json > changed.json
refuse_changed "the schema" \
  "its schema is 'resample_csv 2', not 'resample_csv 1'; replay it by the version that wrote it"
head -c 2000 run.json > changed.json
refuse_changed "cut off" "JSON, line .*is the file complete?"
# A run_sha256 that is made to fit: what the record says is checked all the same.
forge() {
  sed "$1" run.json > forged.json
  local run=$(sed -n '/^  "run": {/,/^  },/p' forged.json | sed '1s/.*/{/; $s/.*/  }/; 2,$s/^  //')
  sed "s/\(\"run_sha256\": \"\)[0-9a-f]*/\1$(printf '%s' "$run" | sha256sum | cut -c-64)/" forged.json > changed.json
}
forge '0,/^ *{"name": "px1".*/s//&\n&/'
fails 1 "changed.json tells of 66 columns, .* has 65" "$tool" replay changed.json "$digits" new.csv
forge '0,/"feature"/s//"target"/'
refuse_changed "two targets" "run.columns has 2 targets, not one"
forge 's/"role": "target"/"role": "feature"/'
refuse_changed "no target" "run.columns has 0 targets, not one"
forge 's/\("output_sha256": "\)./\1x/'
fails 1 "the rows are not those that changed.json tells of: their SHA-256 is [0-9a-f]*, there x" \
  "$tool" replay changed.json "$digits" new.csv
sed 's/"tags": {}/"tags": {"later": "told"}/' run.json > changed.json
claim "tags are changed" eval '! cmp -s run.json changed.json'
replays changed.json "$digits" again.csv
claim "tags may be changed" same again.csv first.csv

# ---- metrics

works "$tumors" out.csv --sampler smote_tomek --seed 7 --metrics run.prom --provenance from.csv --removed gone.csv \
  --tag team=risk --tag run_id=41
labels='{dataset_id="breast_cancer.csv",run_id="41",method="SmoteTomek",team="risk"}'
claim "metrics: rows generated, those that went included" grep -q \
  "^samples_generated$labels $(($(count ,synthetic, from.csv) + $(count ,synthetic, gone.csv)))$" run.prom
claim "metrics: rows removed" grep -q "^samples_removed{.*reason=\"tomek_link\"} $(($(wc -l < gone.csv) - 1))$" run.prom
claim "metrics: seconds" grep -q "^job_duration_seconds{.*} [0-9.e-]*$" run.prom
works "$tumors" out.csv --sampler smote --metrics run.prom --manifest run.json --tag dataset_id=tumors
claim "metrics: the run is that of the plan, if you do not name one" grep -q \
  "dataset_id=\"tumors\",run_id=\"$(sed -n 's/.*"plan_digest": "\(.*\)".*/\1/p' run.json)\"" run.prom

# ---- audit pages

works sites.csv out.csv --sampler smote --drop id,site --audit page.html
claim "audit: a page" eval 'head -c 15 page.html | grep -qi "<!doctype html>"'
claim "audit: about OUT" grep -q "Audit of out.csv" page.html
claim "audit: columns by their names" eval 'grep -q "count" page.html && grep -q "price" page.html'
works sites.csv out.csv --sampler smote --drop id,site --audit three.html --threads 3
claim "audit: threads change nothing" same page.html three.html
printf 'a<b>&,y\n1,p\n2,p\n3,p\n4,<q>\n5,<q>\n' > names.csv
works names.csv out.csv --sampler smote --k-neighbors 1 --audit page.html
claim "audit: names are escaped" eval 'grep -q "a&lt;b&gt;&amp;" page.html && ! grep -q "<b>&\|<q>" page.html'
works "$tumors" out.csv --sampler random_under --audit page.html
works mixed.csv out.csv --sampler smote_nc --drop id --categorical code --audit page.html

# ---- every file or none

for flag in audit manifest metrics; do
  fails 2 "$flag new.csv would overwrite new.csv" "$tool" "$digits" new.csv --sampler smote --$flag new.csv
  fails 2 "$flag .* would overwrite $digits" "$tool" "$digits" new.csv --sampler smote --$flag "$digits"
  fails 1 "cannot write nowhere/x" "$tool" "$digits" new.csv --sampler smote --$flag nowhere/x
done
fails 2 "metrics same would overwrite same" "$tool" "$digits" new.csv --sampler smote --manifest same --metrics same
fails 2 "tag 'x': write --tag NAME=VALUE" "$tool" "$digits" new.csv --sampler smote --manifest m.json --tag x
fails 2 "tag x is given twice" "$tool" "$digits" new.csv --sampler smote --manifest m.json --tag x=1 --tag x=2
fails 2 "tag is for --manifest and --metrics" "$tool" "$digits" new.csv --sampler smote --tag x=1
fails 1 "the tag 'a-b' is no name of a label" "$tool" "$digits" new.csv --sampler smote --metrics m.prom --tag a-b=1
claim "no metrics without their rows" no_other_file m.prom
printf 'x,y\n1,\xe9\n2,\xe9\n3,b\n' > latin.csv
fails 1 "not UTF-8" "$tool" latin.csv new.csv --sampler random_over --manifest m.json
claim "no manifest without its rows" no_other_file m.json
works latin.csv out.csv --sampler random_over

"$tool" sites.csv new.csv --sampler smote --drop id,site --strategy counts=few:3000000 --manifest m.json \
  --audit new.html 2> said.txt &
for _ in {1..100}; do [ -n "$(find . -name 'new.csv.part*')" ] && break || sleep 0.05; done
kill -TERM $!
wait $!
claim "a run that is stopped fails" [ $? -eq 1 ]
claim "and says so" grep -q "^resample_csv: interrupted; nothing was written" said.txt
claim "and leaves nothing behind" eval 'no_other_file new.csv && no_other_file m.json && no_other_file new.html'
