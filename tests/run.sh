#!/usr/bin/env bash
# Installs what is missing, builds, and runs every suite. --long tries many times as many cases, has the verifier read
# under valgrind, and then runs the suite under the address and undefined-behaviour sanitizers, and its threads under the
# thread sanitizer, each built in a directory of its own.
# Ends with one line for all suites together: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=../api/packages.sh
. api/packages.sh

long=
for argument in "$@"; do
  case "$argument" in
    # Twenty times as many cases of each property, and as many random commands on the ledger.
    --long) long=1; export RC_PARAMS="max_success=2000" DEODAT_LONG=1 ;;
    *) echo "usage: bash tests/run.sh [--long]" >&2; exit 2 ;;
  esac
done

# shellcheck disable=SC2086  # the lists are words
install_packages $packages_build $packages_test

# run_suite DIR [CTEST OPTION…]: every test built there, and the closing line.
run_suite() {
  local results="$1/tests.xml" status=0
  rm -f "$results"
  ctest --test-dir "$1" --output-on-failure --output-junit tests.xml -j "$(nproc)" "${@:2}" || status=$?
  python3 tests/summary.py "$results" || status=1
  return "$status"
}

# run_sanitized SANITIZERS DIR [CTEST OPTION…]: as many cases as by default, they are slow enough.
run_sanitized() {
  echo "== $1"
  cmake -S . -B "$2" -G Ninja -DDEODAT_SANITIZE="$1"
  cmake --build "$2"
  (unset RC_PARAMS DEODAT_LONG; run_suite "$2" "${@:3}")
}

build_program build
status=0
run_suite build || status=$?
if [ -n "$long" ]; then
  run_sanitized address,undefined build-address || status=1
  export TSAN_OPTIONS="suppressions=$PWD/tests/thread_suppressions.txt"
  run_sanitized thread build-thread -R '^(StoreTest|OnceTest|SqliteCasebook|G05_FullDisk.ACrowd|G06_|G12_|G13_|ConcurrencyCasebook)' || status=1
fi
exit "$status"
