#!/usr/bin/env bash
# From public corpora to the shipped weights: training/encoder/run.sh FOLDER-OF-DATA [WORK-FOLDER]
# Every step goes on from where it stopped. Two CPU cores need about ten hours, the teachers half of them. The environment
# must hold the package (pip install -e .) and training/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
work=$(realpath -m "${2:-../../build/encoder}")
to=$(realpath ../../src/melian/knowledge/model)
mkdir -p "$work"
# What reviewers said, where melian train --with-corrections wrote it; train_events.py finds its part by itself.
shopt -s globstar nullglob
statements=("$data/polnear_train.jsonl" ../corpus/reviewed/**/statements.jsonl)
python encoders.py "$work"
small=$work/small large=$work/large
# Two things side by side, a core each; stop where either fails.
running=()
beside() { "$@" & running+=($!); }
await() { for one in "${running[@]}"; do wait "$one"; done; running=(); }

# The small encoder learns statements, then, left as it is, events; then both together.
python train_statements.py --encoder "$small" --workers 1 --corpus "${statements[@]}" --out "$work/first" \
  --steps 2040 --dropout 0 --seed 1
python train_statements.py --encoder "$small" --workers 1 --corpus "${statements[@]}" --out "$work/second" \
  --steps 800 --dropout 0.1 --seed 2 --rate 1e-4 --head-rate 1e-3 --begin-from "$work/first/checkpoint.pt"
python train_events.py --encoder "$small" --runs "$work/first" "$work/second" --shares 0.4 0.6 --out "$work/events" \
  --steps 4000
python train_events.py --encoder "$small" --runs "$work/first" "$work/second" --shares 0.4 0.6 --out "$work/related" \
  --steps 500 --rate 3e-4 --begin-from "$work/events" --relations "$data/plv_train.tsv"
python train_jointly.py --encoder "$small" --runs "$work/first" "$work/second" --shares 0.4 0.6 \
  --events "$work/related" --statements "${statements[@]}" --relations "$data/plv_train.tsv" --out "$work/joint" \
  --steps 1000 --rate 6e-5
all=("$work/first" "$work/second" "$work/joint/statements")
python train_events.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 --out "$work/last" \
  --steps 800 --rate 3e-4 --begin-from "$work/related" "$work/joint/events" --relations "$data/plv_train.tsv"

# Two large ones learn the same, one each, side by side, and say what they make of texts.
beside python train_statements.py --encoder "$large" --workers 1 --half --corpus "${statements[@]}" --out "$work/teacher" \
  --steps 1168 --dropout 0 --rate 5e-5 --head-rate 1e-3
beside python train_jointly.py --encoder "$large" --half --relations "$data/plv_train.tsv" --fold 0 --out "$work/teacher-of-events" \
  --steps 900 --dropout 0 --rate 5e-5 --head-rate 8e-4 --seed 5
await
unmarked=("$data/guardian_sample.csv" "$data/ngec_synthetic_stories.csv" "$data/ecbplus_train_dev.jsonl" "$data/geo_lgl.jsonl")
for part in 0 1; do
  beside python soft_labels.py --encoder "$large" --statements "$work/teacher" --events "$work/teacher-of-events" \
    --articles "${statements[@]}" --unmarked "${unmarked[@]}" --to "$work/labels" --part $part --parts 2
done
await

# The small one learns from them, twice; the mean of both is what ships.
for seed in 1 2; do
  beside python distil.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 --events "$work/last" \
    --labels "$work/labels" --relations "$data/plv_train.tsv" --out "$work/distilled-$seed" --seed $seed
done
await
runs=("$work/distilled-1/statements" "$work/distilled-2/statements")
events=("$work/distilled-1/events" "$work/distilled-2/events")
python export.py --encoder "$small" --runs "${runs[@]}" --shares 0.5 0.5 --events "${events[@]}" --to "$to"

# How sure it is.
python train_events.py --encoder "$small" --runs "${runs[@]}" --shares 0.5 0.5 --out "$work/tenth" --steps 1600 --leave-out 4
python export.py --encoder "$small" --runs "${runs[@]}" --shares 0.5 0.5 --events "$work/tenth" --to "$work/exported"
python calibrate.py "$data/polnear_dev.jsonl" --to "$to/confidence.json" --plot ../../docs/img/reliability.svg
python calibrate_events.py "$work/exported" --leave-out 4
python confidence_page.py
