#!/usr/bin/env python3
"""Writes docs/diagnostics.md from the catalogue that the library itself lists.

usage: tools/diagnostics_doc.py MODCORE          writes the page
       tools/diagnostics_doc.py MODCORE --check  fails if the page is not current
"""

import json
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "diagnostics.md"

GROUPS = {
    "M0": "Files and YAML",
    "M1": "Names and types",
    "M2": "Conditions",
    "M3": "Patterns",
    "M4": "Between rules",
    "M5": "Tests",
    "M6": "Metadata and people",
    "M7": "Life cycle",
    "M8": "Cost",
    "M9": "The host, and how rules are checked",
}

HEAD = """# Diagnostics

What `modcore check` can say about rules. An id never changes its meaning and is never used
again for another. Each has a page, which `modcore explain ID` shows as well: what it means, rules that
show it, the same put right. Every report names the place, what was expected and, where it is
certain, a fix.

This page is made from the catalogue by `tools/diagnostics_doc.py`.
"""


def page(command):
    listed = subprocess.run([command, "list", "diagnostics", "--output", "json"],
                            check=True, capture_output=True, text=True).stdout
    text, group = HEAD, None
    for entry in json.loads(listed):
        if entry["id"][:2] != group:
            group = entry["id"][:2]
            text += f"\n## {GROUPS.get(group, 'Others')} ({group}xx)\n\n"
            text += "| id | name | severity | meaning |\n|---|---|---|---|\n"
        summary = entry["summary"].replace("|", "\\|")
        text += f"| [{entry['id']}](diagnostics/{entry['id']}.md) | {entry['name']} | {entry['severity']} | {summary} |\n"
    return text


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    current = page(sys.argv[1])
    if len(sys.argv) == 2:
        PAGE.write_text(current, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != current:
        sys.exit(f"{PAGE} is not current; run tools/diagnostics_doc.py")


main()
