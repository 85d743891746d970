"""The documentation is part of the product: its rules compile, its code runs.

Checks README.md and docs/**/*.md:
  - every fenced YAML block that holds `modcore: 1` passes `modcore check`;
  - every fenced C++ block with a main function compiles and runs;
  - every relative link leads to a file.

A block's keys tell what file it is; a first line `# name.yaml` names it, so that the
blocks of one page can refer to each other. Beside them stand the files of the example
forum, which a policy may name, and tests run over the shipped packs. Of a block that is
marked `yaml fragment` the tests may fail: it shows a part of a policy, out of context.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MODCORE = os.environ["MODCORE"]
COMPILE = os.environ.get("MODCORE_COMPILE", "")
ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

FENCE = re.compile(r"^```(\w+) ?(\w*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile(r"# ([\w.-]+(?:\.yaml|\.txt))\b")
PACKS = ["spam", "self-promotion", "harassment", "off-topic"]

failures = []


def fail(page, line, message):
    failures.append(f"{page.relative_to(ROOT)}:{line}: {message}")


def blocks(page, language):
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        if found[1] == language:
            yield text.count("\n", 0, found.start()) + 2, found[2], found[3]


def file_name(block, number):
    def has(key):
        return re.search(rf"^{key}:", block, re.MULTILINE)

    if named := NAMED.match(block):
        return named[1]
    if has("policy"):
        return "policy.yaml"
    if has("attributes"):
        return "context.yaml"
    if has("cases") or has("corpora"):
        return f"block{number}.test.yaml"
    return "guidelines.yaml" if has("guidelines") else f"block{number}.rules.yaml"


def check_file(page, line, file, mark):
    paths = [str(file), *PACKS] if file.name.endswith(".test.yaml") else [str(file)]
    done = subprocess.run([MODCORE, "check", *paths], capture_output=True, text=True, timeout=120)
    if done.returncode not in ((0, 1) if mark == "fragment" else (0,)):
        fail(page, line, f"the rules do not pass\n{done.stdout}{done.stderr}")


def check_rules(page):
    with tempfile.TemporaryDirectory() as folder:
        for neighbour in ["our.rules.yaml", "guidelines.yaml", "context.yaml"]:
            shutil.copy(ROOT / "examples" / neighbour, folder)
        files = []
        for line, mark, block in [*blocks(page, "yaml"), *blocks(page, "text")]:
            if mark in ("bad", "good"):
                continue  # a page of a diagnostic or of the gallery, which have tests of their own
            is_rules = re.search(r"^modcore: 1\b", block, re.MULTILINE)
            if not is_rules and not NAMED.match(block):
                continue
            file = Path(folder) / file_name(block, line)
            file.write_text(block, encoding="utf-8")
            if is_rules:
                files.append((line, file, mark))
        for line, file, mark in files:
            check_file(page, line, file, mark)
    return len(files)


def check_code(page):
    count = 0
    for line, _, block in blocks(page, "cpp"):
        if "int main" not in block or not COMPILE:
            continue
        count += 1
        with tempfile.TemporaryDirectory() as folder:
            source, program = Path(folder) / "example.cpp", Path(folder) / "example"
            source.write_text(block, encoding="utf-8")
            command = [word.replace("@SOURCE@", str(source)).replace("@PROGRAM@", str(program))
                       for word in shlex.split(COMPILE)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300)
            if done.returncode == 0:
                done = subprocess.run([str(program)], capture_output=True, text=True, timeout=60,
                                      cwd=folder)
            if done.returncode != 0:
                fail(page, line, f"the code does not build and run\n{done.stdout}{done.stderr}")
    return count


def check_links(page):
    count = 0
    text = page.read_text(encoding="utf-8")
    for found in LINK.finditer(FENCE.sub(lambda m: "\n" * m[0].count("\n"), text)):
        if re.match(r"[a-z]+:", found[1]):
            continue
        count += 1
        if not (page.parent / found[1]).exists():
            fail(page, text.count("\n", 0, found.start()) + 1, f"no such file: {found[1]}")
    return count


rules = sum(check_rules(page) for page in PAGES)
code = sum(check_code(page) for page in PAGES)
links = sum(check_links(page) for page in PAGES)
print(f"{len(PAGES)} pages: {rules} rule files, {code} programs, {links} links, "
      f"{len(failures)} failures")
print("\n".join(failures))
enough = rules >= 2 and links >= 5 and (code >= 1 or not COMPILE)
if not enough:
    print("too little was found to check")
sys.exit(0 if enough and not failures else 1)
