#!/usr/bin/env bash
# From public corpora to the shipped weights: training/encoder/run.sh FOLDER-OF-DATA [WORK-FOLDER]
# Every step goes on from where it stopped. Two CPU cores need about four hours. The environment must hold the package
# (pip install -e .) and training/requirements.txt.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
work=$(realpath -m "${2:-../../build/encoder}")
to=$(realpath ../../src/melian/knowledge/model)
mkdir -p "$work"
# What reviewers said, where melian train --with-corrections wrote it; train_events.py finds its part by itself.
shopt -s globstar nullglob
statements=("$data/polnear_train.jsonl" ../corpus/reviewed/**/statements.jsonl)
python encoders.py "$work" small
small=$work/small

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

python export.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 --events "$work/last" --to "$to"

# How sure it is.
python train_events.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 --out "$work/tenth" \
  --steps 1600 --leave-out 4
python export.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 \
  --events "$work/tenth" --to "$work/exported"
python calibrate.py "$data/polnear_dev.jsonl" --to "$to/confidence.json" --plot ../../docs/img/reliability.svg
python calibrate_events.py "$work/exported" --leave-out 4
python confidence_page.py
