#!/usr/bin/env bash
# Installs what is missing, builds, and plays the demonstration: a year of a small Déodatie, in a directory of
# its own. Says where its files are.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=packages.sh
. api/packages.sh

# shellcheck disable=SC2086  # the list is words
install_packages $packages_build
build_program build
run=build/demonstration
rm -rf "$run"
build/deodat demo --data "$run/donnees" --out "$run/fichiers"
echo
echo "Les données : $PWD/$run/donnees"
echo "Les fichiers : $PWD/$run/fichiers"
ls -1 "$run/fichiers" | sed 's/^/  /'
