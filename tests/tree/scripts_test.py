"""Scripts fail for what failed: none of them loses a race in a pipe.

Under `pipefail`, the writer of a pipe whose reader leaves early (`grep -q`, `head`) dies
of a closed pipe now and then, and the script with it although nothing was wrong.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = [".ci", "tools", "tests", "bindings", "examples", "bench", "cmake"]
LEAVES_EARLY = re.compile(r"\|\s*(grep\s+(-\w*q|-m|--quiet|--silent|--max-count)|head\b)")

assert LEAVES_EARLY.search("ldd library | grep -q name")
assert not LEAVES_EARLY.search("grep -q name file")

scripts = []
for folder in FOLDERS:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and path.suffix in ("", ".sh"):
            text = path.read_text(errors="replace")
            if text.startswith("#!") and "pipefail" in text:
                scripts.append((path, text))
assert len(scripts) >= 6, f"only {len(scripts)} scripts found"

failures = [f"{path.relative_to(ROOT)}:{number}: the reader of this pipe leaves early: {line.strip()}"
            for path, text in scripts
            for number, line in enumerate(text.splitlines(), 1) if LEAVES_EARLY.search(line)]
print("\n".join(failures) or f"{len(scripts)} scripts, no pipe whose reader leaves early")
sys.exit(1 if failures else 0)
