#!/usr/bin/env bash
# Installs a build into a fresh prefix, moves the prefix, and builds and runs a
# consumer against it, once by find_package and once by pkg-config.
# usage: run.sh shared|static SOURCE BUILD WORK COMPILER
set -euo pipefail
kind=$1 source=$2 build=$3 work=$4 compiler=$5

fail() { echo "consumer: $*" >&2; exit 1; }

if [ "$kind" = static ]; then
  # Without optimisation: what is tested is the package.
  mkdir -p "$work"
  cmake -G Ninja -S "$source" -B "$work/build" -DCMAKE_CXX_COMPILER="$compiler" \
    -DCMAKE_BUILD_TYPE= -DBUILD_SHARED_LIBS=OFF -DMODCORE_BUILD_TESTS=OFF \
    -DMODCORE_BUILD_EXAMPLES=OFF >"$work/configure.log"
  build=$work/build
  cmake --build "$build"
fi

prefix=$work/prefix
rm -rf "$prefix" "$prefix.before"
cmake --install "$build" --prefix "$prefix.before" >/dev/null
mv "$prefix.before" "$prefix"

config=$(find "$prefix" -name modcore-config.cmake)
pc=$(find "$prefix" -name modcore.pc)
[ -n "$config" ] || fail "no modcore-config.cmake was installed"
[ -n "$pc" ] || fail "no modcore.pc was installed"
if grep -rIlF -e "$source" -e "$build/" "$prefix"; then fail "installed files name the build tree"; fi

"$prefix/bin/modcore" --version || fail "the installed command does not start"

rm -rf "$work/project"
cmake -G Ninja -S "$source/tests/consumer/project" -B "$work/project" \
  -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
cmake --build "$work/project"
"$work/project/consumer" || fail "the consumer by find_package decided wrongly"

export PKG_CONFIG_PATH="${pc%/*}${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
read -ra flags <<<"$(pkg-config --cflags --libs modcore)"
"$compiler" -std=c++20 "$source/tests/consumer/main.cpp" -o "$work/by-pkg-config" "${flags[@]}"
LD_LIBRARY_PATH="$(pkg-config --variable=libdir modcore)${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" \
  "$work/by-pkg-config" || fail "the consumer by pkg-config decided wrongly"
