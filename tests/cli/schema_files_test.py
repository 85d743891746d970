"""The schemas beside the shipped rules are those of the command, and the rules name them."""

import os
import re
import subprocess
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = ["policy", "rules", "guidelines", "context", "test", "config"]


def kind_of(path):
    if path.parent.name == "presets":
        return "policy"
    return "rules" if path.name.endswith(".rules.yaml") else path.stem


class SchemaFiles(unittest.TestCase):
    def test_they_are_up_to_date(self):
        for kind in KINDS:
            stored = (ROOT / f"rules/schema/{kind}.schema.json").read_text()
            made = subprocess.run([MODCORE, "schema", kind], capture_output=True, text=True, check=True)
            self.assertEqual(stored, made.stdout, "renew them: modcore schema --into rules/schema")

    def test_shipped_files_name_their_schema(self):
        files = sorted((ROOT / "rules").rglob("*.yaml"))
        self.assertGreater(len(files), 30)
        for path in files:
            first = path.read_text().splitlines()[0]
            wanted = f"# yaml-language-server: $schema=../schema/{kind_of(path)}.schema.json"
            self.assertEqual(first, wanted, f"the first line of {path.relative_to(ROOT)}")


if __name__ == "__main__":
    unittest.main()
