"""Writes the seeds of the fuzz targets from the conformance cases.

usage: make_seeds.py MODCORE FOLDER
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def suites():
    for file in sorted((ROOT / "tests" / "conformance").glob("*.json")):
        yield from json.loads(file.read_text(encoding="utf-8"))["suites"]


def write(folder, target, seeds):
    (folder / target).mkdir(parents=True, exist_ok=True)
    unique = sorted({seed if isinstance(seed, bytes) else seed.encode("utf-8", "surrogatepass") for seed in seeds})
    for number, seed in enumerate(unique):
        (folder / target / f"{number:04}").write_bytes(seed)


def artifacts(modcore, texts):
    for text in texts[::6]:
        with tempfile.TemporaryDirectory() as folder:
            rules, out = Path(folder, "x.rules.yaml"), Path(folder, "x.mcb")
            rules.write_text(text, encoding="utf-8")
            done = subprocess.run([modcore, "compile", "-r", str(rules), "--portable", "-o", str(out)],
                                  capture_output=True, check=False)
            if done.returncode == 0:
                yield out.read_bytes()


def main():
    modcore, folder = sys.argv[1], Path(sys.argv[2])
    texts = ["\n".join(suite["rules"]) + "\n" for suite in suites() if "rules" in suite]
    posts = [case["post"] for suite in suites() for case in suite["cases"]]
    bodies = [post["body"] for post in posts if isinstance(post.get("body"), str)]
    regexes = [found for text in texts for found in re.findall(r"regex: \['([^\n']+)'", text)]
    write(folder, "rules", texts)
    write(folder, "expression", [w for text in texts for w in re.findall(r"when: ([^\n{}'\"]+)\n", text)])
    write(folder, "regex", [f"{regex}\n{body}" for regex in regexes for body in bodies[:40:13]])
    write(folder, "post", [json.dumps(post, ensure_ascii=False) for post in posts[::3]])
    write(folder, "text", bodies)
    write(folder, "asleep", [bytes([number % 256]) + bytes(range(number % 7)) + body.encode("utf-8", "surrogatepass")
                             for number, body in enumerate(bodies)])
    write(folder, "apart", bodies[1::3] + [bytes(range(first, first + 40)) for first in range(0, 200, 9)])
    write(folder, "decision", [bytes(8) + b"\x03abc\x02de" + body.encode("utf-8", "surrogatepass")
                               for body in bodies[::3]])
    write(folder, "artifact_bytes", list(artifacts(modcore, texts)))


if __name__ == "__main__":
    main()
