#!/usr/bin/env bash
# Installs what is missing, builds, and runs every suite. --long adds the long ones.
# Ends with one line for all suites together: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=../api/packages.sh
. api/packages.sh

for argument in "$@"; do
  case "$argument" in
    # Twenty times as many cases of each property, and as many random commands on the ledger.
    --long) export RC_PARAMS="max_success=2000" DEODAT_LONG=1 ;;
    *) echo "usage: bash tests/run.sh [--long]" >&2; exit 2 ;;
  esac
done

# shellcheck disable=SC2086  # the lists are words
install_packages $packages_build $packages_test
build_program build
results=build/tests.xml
rm -f "$results"
status=0
ctest --test-dir build --output-on-failure --output-junit tests.xml -j "$(nproc)" || status=$?
python3 tests/summary.py "$results" || status=1
exit "$status"
