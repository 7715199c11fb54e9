#!/usr/bin/env bash
# Fuzzes rule texts and facts for so many minutes each, side by side, from the kept inputs on. What is
# found lands in build-fuzz/found, and the script fails. Needs clang 14 with its compiler-rt.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes="${1:?usage: bash tests/fuzz/run.sh MINUTES}"
CC=clang-14 CXX=clang++-14 cmake -S . -B build-fuzz -G Ninja -DDEODAT_FUZZ=ON
cmake --build build-fuzz --target fuzz_rules fuzz_facts
mkdir -p build-fuzz/found build-fuzz/corpus/rules build-fuzz/corpus/facts
status=0
pids=()
for what in rules facts; do
  nice -n 15 "build-fuzz/tests/fuzz/fuzz_$what" -max_total_time=$((minutes * 60)) -max_len=4096 -timeout=20 \
    -dict="tests/fuzz/$what.dict" -artifact_prefix="build-fuzz/found/$what-" \
    "build-fuzz/corpus/$what" "tests/fuzz/corpus/$what" >"build-fuzz/$what.log" 2>&1 &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid" || status=1; done
tail -n 1 build-fuzz/rules.log build-fuzz/facts.log
exit "$status"
