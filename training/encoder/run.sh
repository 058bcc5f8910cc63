#!/usr/bin/env bash
# From public corpora to the shipped weights: training/encoder/run.sh FOLDER-OF-DATA [WORK-FOLDER]
# Every step goes on from where it stopped. Two CPU cores need about seventeen hours. The environment must hold the package
# (pip install -e .) and training/requirements.txt. FEW=2 takes two steps of each training, to see that all of it
# runs; what comes of it is left in WORK-FOLDER.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
work=$(realpath -m "${2:-../../build/encoder}")
few=${FEW:-}
to=${few:+$work/model}
to=$(realpath -m "${to:-../../src/melian/knowledge/model}")
mkdir -p "$work" "$to"
shopt -s globstar nullglob
# What reviewers said, where melian train --with-corrections wrote it; train_events.py finds its part by itself.
statements=("$data/polnear_train.jsonl" ../corpus/reviewed/**/statements.jsonl)
unmarked=("$data"/{guardian_sample.csv,ngec_synthetic_stories.csv,geo_lgl.jsonl})
relations=(--relations "$data/plv_train.tsv")
small=$work/small large=$work/large
# Two things side by side, a core each; stop where either fails.
running=()
beside() { "$@" & running+=($!); }
await() { for one in "${running[@]}"; do wait "$one"; done; running=(); }
python encoders.py "$work" small large

# The small encoder learns statements, then, left as it is, events; then both together.
python train_statements.py --encoder "$small" --workers 1 --corpus "${statements[@]}" --out "$work/first" \
  --steps "${few:-2040}" --dropout 0 --seed 1
python train_statements.py --encoder "$small" --workers 1 --corpus "${statements[@]}" --out "$work/second" \
  --steps "${few:-800}" --dropout 0.1 --seed 2 --rate 1e-4 --head-rate 1e-3 --begin-from "$work/first/checkpoint.pt"
two=(--encoder "$small" --runs "$work/first" "$work/second" --shares 0.4 0.6)
python train_events.py "${two[@]}" --out "$work/events" --steps "${few:-4000}"
python train_events.py "${two[@]}" --out "$work/related" --steps "${few:-500}" --rate 3e-4 \
  --begin-from "$work/events" "${relations[@]}"
python train_jointly.py "${two[@]}" --events "$work/related" --statements "${statements[@]}" "${relations[@]}" \
  --out "$work/joint" --steps "${few:-1000}" --rate 6e-5
taught=("$work/first" "$work/second" "$work/joint/statements")
three=(--encoder "$small" --runs "${taught[@]}" --shares 0.2 0.3 0.5)
python train_events.py "${three[@]}" --out "$work/last" --steps "${few:-800}" --rate 3e-4 \
  --begin-from "$work/related" "$work/joint/events" "${relations[@]}"

# Two large ones learn the same, one each, side by side, and say what they make of texts.
beside python train_statements.py --encoder "$large" --workers 1 --half --corpus "${statements[@]}" \
  --out "$work/teacher" --steps "${few:-1168}" --dropout 0 --rate 5e-5 --head-rate 1e-3
beside python train_jointly.py --encoder "$large" --half "${relations[@]}" --fold 0 --out "$work/teacher-of-events" \
  --steps "${few:-900}" --dropout 0 --rate 5e-5 --head-rate 8e-4 --seed 5
await
for most in 2000 12000; do
  for part in 0 1; do
    beside python soft_labels.py --encoder "$large" --statements "$work/teacher" --events "$work/teacher-of-events" \
      --articles "${statements[@]}" --unmarked "${unmarked[@]}" --most "$most" --to "$work/labels-$most" \
      --part $part --parts 2 ${few:+--batches "$few"}
  done
  await
done

# The small one learns from them, twice, and the mean of both twice again, from more texts.
for seed in 1 2; do
  beside python distil.py "${three[@]}" --events "$work/last" --labels "$work/labels-2000" "${relations[@]}" \
    --out "$work/distilled-$seed" --steps "${few:-700}" --seed $seed
done
await
for seed in 3 4; do
  beside python distil.py --encoder "$small" --runs "$work/distilled-1/statements" "$work/distilled-2/statements" \
    --shares 0.5 0.5 --events "$work/distilled-1/events" "$work/distilled-2/events" --labels "$work/labels-12000" \
    --trust 0.8 "${relations[@]}" --out "$work/distilled-$seed" --steps "${few:-700}" --seed $seed
done
await

# The mean of both, with a seventh of what was not taught, learns on from articles of newspapers and whole reports, twice.
all=(--encoder "$small" --runs "$work/distilled-3/statements" "$work/distilled-4/statements" "${taught[@]}"
  --shares 0.43 0.43 0.028 0.042 0.07 --events "$work/distilled-3/events" "$work/distilled-4/events")
newspapers() {
  beside python train_jointly.py "${all[@]}" --half --statements "${statements[@]}" "${relations[@]}" \
    --newspapers "$data" --out "$work/newspapers-$1" --steps "${few:-$2}" --rate 8e-5 --seed "$1"
}
newspapers 11 3300
newspapers 12 2200
await

# What ships: the mean of both, with a little of what was there before newspapers, and of what was before the teachers.
python export.py --encoder "$small" --begin-bonus 0.1 --to "$to" \
  --runs "$work/newspapers-11/statements" "$work/newspapers-12/statements" \
  "$work/distilled-3/statements" "$work/distilled-4/statements" "${taught[@]}" \
  --shares 0.45 0.37 0.0258 0.0258 0.02568 0.03852 0.0642 \
  --events "$work"/{newspapers-11,newspapers-12,distilled-3,distilled-4}/events "$work/last" \
  --event-shares 0.45 0.37 0.03 0.03 0.12

# How sure it is.
if [ -z "$few" ]; then
  python calibrate.py "$data/polnear_dev.jsonl" --to "$to/confidence.json" --plot ../../docs/img/reliability.svg
  python calibrate_events.py --newspapers "$data"
  python confidence_page.py
fi
