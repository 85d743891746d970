#!/usr/bin/env bash
# usage: bare_debian.sh FOLDER WHEEL
# Runs the wheel in a root of Debian's C library and Python alone, none of the
# packages that modcore is built with. Needs root.
set -euo pipefail
folder=$1 wheel=$2
root=$folder/root
mkdir -p "$root"/usr/{bin,lib,lib64,sbin} "$folder/packages"
for name in bin lib lib64 sbin; do ln -sfn "usr/$name" "$root/$name"; done
(cd "$folder/packages" && apt-get download -q libc6 libgcc-s1 libstdc++6 libcrypt1 libexpat1 zlib1g libssl3 \
  libbz2-1.0 liblzma5 libffi8 libuuid1 python3.11-minimal libpython3.11-minimal libpython3.11-stdlib >/dev/null 2>&1)
for package in "$folder"/packages/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x --keep-directory-symlink -C "$root"
done
mkdir -p "$root/opt/site"
python3 -m zipfile -e "$wheel" "$root/opt/site"
env -i PATH=/usr/sbin:/usr/bin PYTHONPATH=/opt/site chroot "$root" /usr/bin/python3.11 -W error -c '
import modcore
assert modcore.compile_files().scan("Casino bonus: 100 free spins").hidden
report = modcore.doctor()
assert report["problems"] == [], report
print("no problem on", report["libc"])'
