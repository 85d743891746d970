"""fmt and fix on real files: what they change, what they refuse, and that nothing is lost."""

import os
import re
import stat
import subprocess
import tempfile
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "MODCORE_RULES")}

UGLY = """\
modcore: 1
category: spam   # of the forum
rules:
- id: spam.casino
  # what it finds
  phrases: ['online casino' , casino en ligne]
  verdict: hide
  tests:
    match: [Best online casino!]
- id: spam.shop
  phrases: [my shop]
"""
NEAT = """\
modcore: 1
category: spam   # of the forum
rules:
  - id: spam.casino
    # what it finds
    phrases: ["online casino", casino en ligne]
    verdict: hide
    tests:
      match: [Best online casino!]

  - id: spam.shop
    phrases: [my shop]
"""
MISSPELT = """\
modcore: 1
category: spam
rules:
  # flags newcomers
  - id: spam.newcomer
    phrases: [my shop]   # theirs
    when: autor.post_count < 5
    verdict: falg
    tests:
      match:
        - {body: see my shop, author: {post_count: 1}}
"""


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def run_here(self, *args, code):
        done = subprocess.run([MODCORE, *map(str, args)], capture_output=True, text=True, timeout=300,
                              cwd=self.folder, env=ENVIRONMENT)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done


class Fmt(Case):
    def test_a_file_is_brought_into_layout_once(self):
        path = self.file("a.rules.yaml", UGLY)
        self.assertIn("1 of 1 file formatted", self.run_here("fmt", "a.rules.yaml", code=0).stderr)
        self.assertEqual(path.read_text(), NEAT)
        self.assertIn("0 of 1 file formatted", self.run_here("fmt", "a.rules.yaml", code=0).stderr)

    def test_check_names_files_and_changes_nothing(self):
        path = self.file("a.rules.yaml", UGLY)
        self.file("b.rules.yaml", NEAT.replace("spam.", "other."))
        done = self.run_here("fmt", "--check", "a.rules.yaml", "b.rules.yaml", code=1)
        self.assertEqual(done.stdout, "a.rules.yaml\n")
        self.assertEqual(path.read_text(), UGLY)
        self.run_here("fmt", "--check", "b.rules.yaml", code=0)

    def test_diff_can_be_applied_by_patch(self):
        path = self.file("a.rules.yaml", UGLY)
        done = self.run_here("fmt", "--diff", "-q", "a.rules.yaml", code=1)
        self.assertEqual(path.read_text(), UGLY)
        self.assertEqual(done.stderr, "")
        applied = subprocess.run(["patch", "-p0"], input=done.stdout, text=True, cwd=self.folder,
                                 capture_output=True)
        self.assertEqual(applied.returncode, 0, applied.stdout + applied.stderr)
        self.assertEqual(path.read_text(), NEAT)

    def test_a_policy_is_formatted_with_all_that_it_leads_to(self):
        self.file("policy.yaml", "modcore: 1\npolicy: x\npacks: [ ./a.rules.yaml, spam ]\n")
        self.file("a.rules.yaml", UGLY.replace("phrases: [my shop]", "patterns: {p: {list: shops}}\n") +
                  "lists:\n  shops: {kind: phrases, file: lists/shops.txt}\n")
        shops = self.file("lists/shops.txt", "your shop\nmy shop\n")
        done = self.run_here("fmt", code=0)
        self.assertIn("3 of 3 files formatted", done.stderr)
        self.assertEqual(shops.read_text(), "my shop\nyour shop\n")
        self.run_here("fmt", "--check", code=0)
        self.run_here("check", code=0)

    def test_what_is_no_yaml_is_left_alone_and_reported(self):
        path = self.file("a.rules.yaml", "modcore: [1\n")
        done = self.run_here("fmt", "a.rules.yaml", code=2)
        self.assertRegex(done.stderr, r"error\[M0")
        self.assertEqual(path.read_text(), "modcore: [1\n")

    def test_permissions_and_links_stay(self):
        path = self.file("real/a.rules.yaml", UGLY)
        path.chmod(0o640)
        link = self.folder / "a.rules.yaml"
        link.symlink_to(path)
        self.run_here("fmt", "a.rules.yaml", code=0)
        self.assertTrue(link.is_symlink())
        self.assertEqual(path.read_text(), NEAT)
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o640)
        self.assertEqual([p.name for p in (self.folder / "real").iterdir()], ["a.rules.yaml"])

    def test_missing_files_and_shipped_packs(self):
        self.run_here("fmt", "missing.rules.yaml", code=3)
        self.assertIn("nothing to format", self.run_here("fmt", "spam", code=3).stderr)


class Fix(Case):
    def test_misspelt_names_are_corrected_and_all_else_stays(self):
        path = self.file("a.rules.yaml", MISSPELT)
        done = self.run_here("fix", "a.rules.yaml", code=0)
        self.assertEqual(done.stdout.count("fixed "), 2, done.stdout)
        self.assertEqual(path.read_text(), MISSPELT.replace("autor", "author").replace("falg", "flag"))
        self.assertEqual(self.run_here("fix", "a.rules.yaml", code=0).stdout, "nothing to fix\n")

    def test_a_dry_run_shows_a_diff_and_changes_nothing(self):
        path = self.file("a.rules.yaml", MISSPELT)
        done = self.run_here("fix", "--dry-run", "a.rules.yaml", code=1)
        self.assertEqual(path.read_text(), MISSPELT)
        changed = [line for line in done.stdout.splitlines() if re.match("[-+] ", line)]
        self.assertEqual(changed, ["-    when: autor.post_count < 5", "-    verdict: falg",
                                   "+    when: author.post_count < 5", "+    verdict: flag"])
        self.assertIn("would fix a.rules.yaml:7:", done.stdout)

    def test_what_it_cannot_correct_remains_reported(self):
        path = self.file("a.rules.yaml", MISSPELT.replace("my shop]", "my shop, ''")
                         .replace("phrases: [my shop, ''", "phrases: [my shop, \"\"]"))
        done = self.run_here("fix", "a.rules.yaml", code=2)
        self.assertIn("error[M", done.stdout)
        self.assertIn("author.post_count", path.read_text())

    def test_broken_yaml_ends_with_2(self):
        path = self.file("a.rules.yaml", "modcore: [1\n")
        self.run_here("fix", "a.rules.yaml", code=2)
        self.assertEqual(path.read_text(), "modcore: [1\n")

    def test_shipped_packs_have_nothing_to_fix(self):
        self.run_here("fix", "spam", code=0)


if __name__ == "__main__":
    unittest.main()
