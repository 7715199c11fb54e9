# Sourced by api/start.sh and tests/run.sh: the one list of Debian packages, and how they are installed.

# To build and run.
packages_build="g++ cmake ninja-build pkg-config libpoco-dev libsqlite3-dev libssl-dev libxlsxwriter-dev libqpdf-dev
  rapidjson-dev libgtest-dev libgmock-dev librapidcheck-dev"
# To test: a second opinion on what we write (schemas, accounts, workbooks), and the scripts that ask for it.
packages_test="python3 libxml2-utils hledger ledger beancount libreoffice-calc-nogui poppler-utils unzip openssl valgrind"

# install_packages NAME…: installs what is missing, and says nothing when nothing is.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Il faut être root, ou avoir sudo, pour installer : ${missing[*]}" >&2; return 1; }
    as_root=(sudo)
  fi
  echo "Installation des paquets Debian : ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# build_program DIR: configures once, then builds what has changed.
build_program() {
  [ -f "$1/build.ninja" ] || cmake -S . -B "$1" -G Ninja
  cmake --build "$1"
}
