#!/usr/bin/env python3
"""Writes docs/gallery.md: mistakes that people make, with what the check says first.

Each folder of tests/gallery is a mistake: `our.rules.yaml`, files it names, and under
`mended/` the same after following the message.

usage: tools/gallery_doc.py MODCORE          writes the page
       tools/gallery_doc.py MODCORE --check  fails if the page is not current, if a mended
                                             file has findings, or if the mistake has none
"""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "gallery"
PAGE = ROOT / "docs" / "gallery.md"
LEAST = 20

HEAD = """# Gallery of mistakes

What people get wrong when they write rules, and the first thing that `modcore check` says about it.
Each of these files is clean after following that message.

This page is made from `tests/gallery` by `tools/gallery_doc.py`.
"""


def check(command, folder, output):
    done = subprocess.run([command, "check", "our.rules.yaml", "--color", "never", "--output", output],
                          cwd=folder, capture_output=True, timeout=120)
    return done.stdout.decode()


def first_report(text):
    return text.split("\n\n")[0].rstrip()


def entry(command, case):
    report = first_report(check(command, case, "text"))
    broken = (case / "our.rules.yaml").read_bytes().decode(errors="replace").rstrip()
    title = case.name.replace("-", " ")
    return (f"\n## {title[0].upper()}{title[1:]}\n\n```yaml bad\n{broken}\n```\n\n"
            f"```text\n{report}\n```\n")


def findings(command, folder):
    return json.loads(check(command, folder, "json"))["diagnostics"]


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    command = str(Path(sys.argv[1]).resolve())
    cases = sorted(path for path in CASES.iterdir() if path.is_dir())
    if len(cases) < LEAST:
        sys.exit(f"only {len(cases)} mistakes in {CASES}")
    page = HEAD + "".join(entry(command, case) for case in cases)
    if len(sys.argv) == 2:
        PAGE.write_text(page, encoding="utf-8")
        return
    faults = [f"{case.name}: the mistake shows nothing" for case in cases
              if not findings(command, case)]
    for case in cases:
        faults += [f"{case.name}: mended, and still {d['id']} {d['message']}"
                   for d in findings(command, case / "mended")]
    if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
        faults.append(f"{PAGE.name} is not current; run tools/gallery_doc.py")
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(cases)} mistakes")


main()
