"""Beginnings: what init and new rule write passes check and test, and nothing is overwritten."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "MODCORE_RULES")}


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "rose forum"
        self.folder.mkdir()

    def run_here(self, *args, code):
        done = subprocess.run([MODCORE, *map(str, args)], capture_output=True, text=True, timeout=300,
                              cwd=self.folder, env=ENVIRONMENT)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def files(self):
        return {str(p.relative_to(self.folder)): p.read_bytes() for p in self.folder.rglob("*") if p.is_file()}


class Init(Case):
    def test_what_it_writes_passes_check_test_and_fmt(self):
        self.run_here("init", "--ci", "github", code=0)
        self.assertIn(".github/workflows/rules.yml", self.files())
        done = self.run_here("check", "--fail-level", "info", code=0)
        self.assertEqual(done.stdout, "no findings\n")
        self.assertRegex(self.run_here("test", code=0).stdout, r"passed, 0 failed")
        self.run_here("fmt", "--check", code=0)
        scanned = subprocess.run([MODCORE, "scan", "-o", "text"], cwd=self.folder, text=True, env=ENVIRONMENT,
                                 input='{"body": "Like for like?", "author": {"post_count": 1}}', capture_output=True)
        self.assertIn("house.like-for-like", scanned.stdout)

    def test_each_file_names_a_schema_that_is_there(self):
        self.run_here("init", "elsewhere", "--name", 'Roses: "and" #more', code=0)
        folder = self.folder / "elsewhere"
        named = 0
        for path in folder.glob("*.yaml"):
            schema = path.read_text().splitlines()[0].split("$schema=")[1]
            self.assertTrue((folder / schema).is_file(), schema)
            named += 1
        self.assertGreaterEqual(named, 4)
        self.run_here("check", "--fail-level", "info", "elsewhere/policy.yaml", code=0)

    def test_nothing_is_overwritten(self):
        (self.folder / "guidelines.yaml").write_text("mine")
        done = self.run_here("init", code=3)
        self.assertIn("guidelines.yaml", done.stderr)
        self.assertEqual(self.files(), {"guidelines.yaml": b"mine"})

    def test_twice_is_refused_and_changes_nothing(self):
        self.run_here("init", code=0)
        before = self.files()
        self.run_here("init", code=3)
        self.assertEqual(self.files(), before)


class NewRule(Case):
    def test_a_file_of_its_own(self):
        done = self.run_here("new", "rule", "spam.free-raffle", "--phrase", "free raffle", "--phrase",
                             "tombola gratuite: ici", "--verdict", "hide", code=0)
        self.assertEqual(done.stdout, "free-raffle.rules.yaml\n")
        self.run_here("check", "free-raffle.rules.yaml", code=0)
        self.assertRegex(self.run_here("test", "free-raffle.rules.yaml", code=0).stdout, "^2 passed, 0 failed")
        self.run_here("fmt", "--check", "free-raffle.rules.yaml", code=0)

    def test_without_a_phrase_and_with_a_category_of_its_own(self):
        self.run_here("new", "rule", "house.cats", code=0)
        self.run_here("check", "cats.rules.yaml", code=0)
        self.run_here("test", "cats.rules.yaml", code=0)

    def test_where_there_are_guidelines_a_clause_is_cited(self):
        self.run_here("init", code=0)
        done = self.run_here("new", "rule", "house.cats", "--to", "house.rules.yaml", code=0)
        self.assertIn("cites the clause H1", done.stderr)
        self.run_here("new", "rule", "house.dogs", "--to", "house.rules.yaml", "--guideline", "H2",
                      "--phrase", "dogs for sale", code=0)
        self.assertIn("guideline: H2\n", (self.folder / "house.rules.yaml").read_text())
        self.assertEqual(self.run_here("check", "--strict", code=0).stdout, "no findings\n")
        self.run_here("fmt", "--check", code=0)
        before = self.files()
        done = self.run_here("new", "rule", "house.birds", "--guideline", "H99", code=3)
        self.assertIn("no clause `H99`; there are H1, H2", done.stderr)
        self.assertEqual(self.files(), before)

    def test_appended_to_a_file(self):
        for rules in ("rules:\n  - id: a.b\n    words: [x]\n", "rules:\n- id: a.b\n  words: [x]"):
            path = self.folder / "a.rules.yaml"
            before = "modcore: 1\ncategory: spam\n" + rules
            path.write_text(before)
            self.run_here("new", "rule", "spam.raffle", "--to", "a.rules.yaml", code=0)
            self.assertTrue(path.read_text().startswith(before))
            self.assertEqual(self.run_here("list", "rules", "-r", "a.rules.yaml", code=0).stdout.count("\n"), 2)
            self.run_here("test", "a.rules.yaml", code=0)

    def test_a_taken_id_a_taken_file_and_a_bad_id_are_refused(self):
        self.run_here("new", "rule", "spam.raffle", code=0)
        before = self.files()
        self.assertIn("is there already", self.run_here("new", "rule", "spam.raffle", code=3).stderr)
        done = self.run_here("new", "rule", "spam.raffle", "--to", "raffle.rules.yaml", code=3)
        self.assertIn("there is a rule `spam.raffle` already", done.stderr)
        for bad in ("Spam", "spam..x", "spam.", "../x", ""):
            self.run_here("new", "rule", bad, code=3)
        self.assertEqual(self.files(), before)

    def test_a_file_that_cannot_be_appended_to_is_left_alone(self):
        for text in ("modcore: 1\nrules: []\n", "modcore: 1\nrules:\n  - {id: a.b, words: [x]}\nmeta: {}\n", "a: [\n"):
            path = self.folder / "a.rules.yaml"
            path.write_text(text)
            self.run_here("new", "rule", "spam.raffle", "--to", "a.rules.yaml", code=3)
            self.assertEqual(path.read_text(), text)


if __name__ == "__main__":
    unittest.main()
