#!/usr/bin/env bash
# A candidate that learned from larger teachers, beside what run.sh made:
# training/encoder/distil.sh FOLDER-OF-DATA [WORK-FOLDER]
# It is written to WORK-FOLDER/candidate and does not ship: docs/decisions/encoder.md says what came of it. Every step goes
# on from where it stopped. Two CPU cores need about five hours, in the environment of run.sh, behind it.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
work=$(realpath -m "${2:-../../build/encoder}")
shopt -s globstar nullglob
statements=("$data/polnear_train.jsonl" ../corpus/reviewed/**/statements.jsonl)
python encoders.py "$work" small large
small=$work/small large=$work/large
all=("$work/first" "$work/second" "$work/joint/statements")
# Two things side by side, a core each; stop where either fails.
running=()
beside() { "$@" & running+=($!); }
await() { for one in "${running[@]}"; do wait "$one"; done; running=(); }

# Two large ones learn the same, one each, side by side, and say what they make of texts.
beside python train_statements.py --encoder "$large" --workers 1 --half --corpus "${statements[@]}" --out "$work/teacher" \
  --steps 1168 --dropout 0 --rate 5e-5 --head-rate 1e-3
beside python train_jointly.py --encoder "$large" --half --relations "$data/plv_train.tsv" --fold 0 \
  --out "$work/teacher-of-events" \
  --steps 900 --dropout 0 --rate 5e-5 --head-rate 8e-4 --seed 5
await
unmarked=("$data"/{guardian_sample.csv,ngec_synthetic_stories.csv,geo_lgl.jsonl})
for part in 0 1; do
  beside python soft_labels.py --encoder "$large" --statements "$work/teacher" --events "$work/teacher-of-events" \
    --articles "${statements[@]}" --unmarked "${unmarked[@]}" --to "$work/labels" --part $part --parts 2
done
await

# The small one learns from them, twice; the mean of both is the candidate.
for seed in 1 2; do
  beside python distil.py --encoder "$small" --runs "${all[@]}" --shares 0.2 0.3 0.5 --events "$work/last" \
    --labels "$work/labels" --relations "$data/plv_train.tsv" --out "$work/distilled-$seed" --seed $seed
done
await
runs=("$work/distilled-1/statements" "$work/distilled-2/statements")
events=("$work/distilled-1/events" "$work/distilled-2/events")
python export.py --encoder "$small" --runs "${runs[@]}" --shares 0.5 0.5 --events "${events[@]}" \
  --to "$work/candidate"
