"""Runs each libFuzzer program for some seconds on its seeds.

usage: smoke.py FOLDER_OF_PROGRAMS SEEDS SECONDS
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

TARGETS = ["rules", "expression", "regex", "post", "text", "artifact_bytes", "decision", "asleep", "apart"]


def main():
    programs, seeds, seconds = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    failed = False
    for target in TARGETS:
        with tempfile.TemporaryDirectory() as corpus:
            done = subprocess.run(
                [programs / f"fuzz_{target}", corpus, seeds / target, f"-max_total_time={seconds}",
                 "-rss_limit_mb=3072", "-timeout=120", "-max_len=4096", "-print_final_stats=1",
                 f"-artifact_prefix={programs}/{target}-"],
                capture_output=True, text=True, errors="replace", check=False)
        runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
        count = int(runs[1]) if runs else 0
        print(f"{target}: {count} inputs, exit status {done.returncode}", flush=True)
        if done.returncode != 0 or count < 50:
            failed = True
            print(done.stderr[-4000:], flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
