# What modcore needs from Debian 12, and how to get it. Sourced by the scripts
# beside it.
# shellcheck shell=bash disable=SC2034

readonly build_packages=(
  g++ cmake ninja-build pkg-config
  libhyperscan-dev libpcre2-dev libyaml-cpp-dev libfmt-dev libpsl-dev libidn2-dev
  libxxhash-dev nlohmann-json3-dev libcli11-dev libhowardhinnant-date-dev tzdata
)
# The tests' own: what the generated tables, word lists and schemas are made of or
# compared with, a reader of the manual, and ccache for quick rebuilds.
readonly test_packages=(
  doctest-dev libbenchmark-dev python3 python3-dev python3-venv python3-pytest pybind11-dev
  unicode-data libicu-dev
  wamerican-large wfrench wpolish hunspell-pl hunspell-fr-classical
  python3-yaml python3-jsonschema mandoc ccache
)
# What tests of the label hosts drive; they install the Python ones themselves.
readonly host_packages=(openjdk-17-jre-headless qemu-user-static chromium git)
# A second compiler, its fuzzer, and what packages are looked at with.
readonly ci_packages=(clang-14 libclang-rt-14-dev dpkg-dev)

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# Installs the packages that are missing; says nothing and is quick if none is.
need_packages() {
  command -v dpkg-query >/dev/null || die "this script knows Debian's packages only; see docs/dependencies.md"
  local package missing=()
  for package in "$@"; do
    # Vectorscan takes the place of Hyperscan where somebody chose it.
    if [ "$package" = libhyperscan-dev ] && is_installed libvectorscan-dev; then continue; fi
    is_installed "$package" || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and neither root nor sudo is at hand: ${missing[*]}"
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}
