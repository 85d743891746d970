"""The public validator of SARIF accepts what check and test write.

Installs @microsoft/sarif-multitool from npm into a folder of its own; ends with 77
(skipped) where that cannot be done.
"""

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
FOLDER = Path(os.environ["MODCORE_SARIF_FOLDER"])
PACKAGE = "@microsoft/sarif-multitool@5.7.0"
ROOT = Path(__file__).resolve().parent.parent.parent
# An address where the tool is explained is advice, not part of the format.
ACCEPTED = {"SARIF2005"}


def validator():
    tool = FOLDER / "node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
    if not tool.exists():
        if not shutil.which("npm"):
            sys.exit(skip("npm is not installed"))
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "package.json").write_text('{"private": true}')
        done = subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE],
                              cwd=FOLDER, capture_output=True, text=True, timeout=300)
        if done.returncode != 0 or not tool.exists():
            sys.exit(skip(f"npm cannot install {PACKAGE}:\n{done.stderr[-500:]}"))
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return str(tool)


def skip(why):
    print(f"skipped: {why}")
    return 77


TOOL = validator()


class Sarif(unittest.TestCase):
    def findings(self, *args):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "out.sarif"
            done = subprocess.run([MODCORE, *map(str, args), "-o", f"sarif={log}"], cwd=ROOT,
                                  capture_output=True, text=True, timeout=300)
            self.assertIn(done.returncode, (0, 1, 2), done.stderr)
            results = len(json.loads(log.read_text())["runs"][0]["results"])
            checked = Path(folder) / "checked.sarif"
            environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
            subprocess.run([TOOL, "validate", str(log), "--rule-kind", "Sarif;Ghas", "--level",
                            "Error;Warning", "-o", str(checked), "--quiet"],
                           capture_output=True, timeout=300, check=False, env=environment)
            validated = json.loads(checked.read_text(encoding="utf-8-sig"))["runs"][0]
        found = [f"{r['ruleId']}: {r['message']}" for r in validated.get("results", [])
                 if r["ruleId"] not in ACCEPTED]
        self.assertEqual(found, [], args)
        return results

    def test_findings_of_every_kind_of_broken_file(self):
        files = sorted((ROOT / "tests/golden/parse").glob("*.yaml"))
        files += sorted((ROOT / "tests/golden/check").glob("*.yaml"))
        self.assertGreater(len(files), 50)
        results = sum(self.findings("check", path) for path in files[::8])
        self.assertGreater(results, 10)

    def test_failed_tests_and_none(self):
        self.assertEqual(self.findings("test", "tests/cli/rules/failing.rules.yaml"), 1)
        self.assertEqual(self.findings("test", "tests/cli/rules/casino.rules.yaml"), 0)

    def test_the_validator_finds_faults(self):
        with tempfile.TemporaryDirectory() as folder:
            log, checked = Path(folder) / "bad.sarif", Path(folder) / "checked.sarif"
            log.write_text('{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}},'
                           ' "results": [{"message": {"text": "x"}}]}]}')
            subprocess.run([TOOL, "validate", str(log), "-o", str(checked), "--quiet"],
                           capture_output=True, timeout=300, check=False)
            text = checked.read_text(encoding="utf-8-sig")
        self.assertIn('"SARIF1010', text)


if __name__ == "__main__":
    unittest.main()
