#!/usr/bin/env bash
# usage: in_hosts.sh FOLDER ARGUMENT...
# Runs the Python of the environment that make_hosts.sh made.
if [ ! -e "$1/installed.txt" ]; then
  echo "skipped: the hosts are not installed"
  exit 77
fi
exec "$1/bin/python" "${@:2}"
