#!/usr/bin/env bash
# usage: installed.sh BUILD PYTHON FOLDER
# Installs a build by CMake, moves it, and uses the package from there.
set -euo pipefail
build=$1 python=$2 folder=$3
rm -rf "$folder"
cmake --install "$build" --prefix "$folder/before" >/dev/null
mv "$folder/before" "$folder/prefix"
package=$(find "$folder/prefix" -path '*/modcore/__init__.py')
cd "$folder"
env -u MODCORE_RULES PYTHONPATH="${package%/modcore/*}" "$python" -W error -c '
import os, sys, modcore
assert modcore.__file__.startswith(os.getcwd()), modcore.__file__
assert modcore.compile_files().scan("Casino bonus: 100 free spins").hidden
assert modcore.doctor()["problems"] == [], modcore.doctor()'
echo "installed in ${package%/__init__.py}"
