#!/usr/bin/env bash
# Fuzzes each parser for so many minutes, one after the other, from the kept inputs on; with names, those only. What is
# found lands in build-fuzz/found, and the script fails. Needs clang 14 with its compiler-rt.
set -euo pipefail
cd "$(dirname "$0")/../.."
minutes="${1:?usage: bash tests/fuzz/run.sh MINUTES [rules|facts|requests|xml|cfonb|payments|csv|chain|invoice|pdf]…}"
shift
[ $# -gt 0 ] || set -- rules facts requests xml cfonb payments csv chain invoice pdf
[ -f build-fuzz/build.ninja ] || CC=clang-14 CXX=clang++-14 cmake -S . -B build-fuzz -G Ninja -DDEODAT_FUZZ=ON
nice -n 15 cmake --build build-fuzz --target "${@/#/fuzz_}"
mkdir -p build-fuzz/found
status=0
for what in "$@"; do
  mkdir -p "build-fuzz/corpus/$what"
  dictionary=()
  [ -f "tests/fuzz/$what.dict" ] && dictionary=("-dict=tests/fuzz/$what.dict")
  nice -n 15 "build-fuzz/tests/fuzz/fuzz_$what" -max_total_time=$((minutes * 60)) -max_len=4096 -timeout=20 \
    -print_final_stats=1 "${dictionary[@]}" -artifact_prefix="build-fuzz/found/$what-" \
    "build-fuzz/corpus/$what" "tests/fuzz/corpus/$what" >"build-fuzz/$what.log" 2>&1 || status=1
  echo "$what: $(grep -E '^(#|stat::number_of_executed|SUMMARY)' "build-fuzz/$what.log" | tail -n 2 | tr '\n' ' ')"
done
exit "$status"
