#!/usr/bin/env bash
# usage: make_hosts.sh PYTHON FOLDER
# An environment with what requirements-hosts.txt pins; kept while that is unchanged.
set -euo pipefail
python=$1 folder=$2
requirements=$(dirname "${BASH_SOURCE[0]}")/requirements-hosts.txt
if cmp -s "$requirements" "$folder/installed.txt"; then exit 0; fi
rm -rf "$folder"
"$python" -m venv "$folder"
install() { "$folder/bin/pip" install -q --disable-pip-version-check "$@"; }
if ! install wheel || ! install -r "$requirements"; then
  echo "skipped: the hosts cannot be installed here"
  exit 77
fi
cp "$requirements" "$folder/installed.txt"
