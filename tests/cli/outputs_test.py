"""One run, many outputs: what check and test write for people, editors and CI."""

import json
import os
import re
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

MODCORE = os.environ["MODCORE"]
HERE = Path(__file__).resolve().parent
RULES = HERE / "rules"
FORMATS = ["text", "json", "compact", "sarif", "junit", "github", "gitlab", "rdjson", "markdown"]
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if k not in ("NO_COLOR", "MODCORE_RULES", "GITHUB_STEP_SUMMARY")}


def run(*args, cwd, env=None):
    done = subprocess.run([MODCORE, *map(str, args)], capture_output=True, cwd=cwd, text=True,
                          env={**ENVIRONMENT, **(env or {})}, timeout=300)
    return done


class Outputs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        for name in ("broken", "failing", "casino"):
            text = (RULES / f"{name}.rules.yaml").read_text()
            (self.folder / f"{name}.rules.yaml").write_text(text)

    def run_here(self, *args, code, env=None):
        done = run(*args, cwd=self.folder, env=env)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def read(self, name):
        return (self.folder / name).read_text()

    def test_one_run_writes_every_format(self):
        outputs = [f"--output={name}=out.{name}" for name in FORMATS if name != "compact"]
        done = self.run_here("check", "broken.rules.yaml", *outputs, "--output", "compact", code=2)
        self.assertEqual(done.stderr, "")
        self.assertRegex(done.stdout, r"(?m)^broken\.rules\.yaml:6:\d+: error\[M\d+ [a-z-]+\]: ")
        for name in FORMATS:
            if name != "compact":
                self.assertIn("hied", self.read(f"out.{name}"), name)

    def test_the_same_bytes_each_time_and_wherever_the_folder_is(self):
        with tempfile.TemporaryDirectory() as other:
            (Path(other) / "broken.rules.yaml").write_text(self.read("broken.rules.yaml"))
            for name in FORMATS:
                here = self.run_here("check", self.folder / "broken.rules.yaml", "-o", name, code=2)
                if name == "json":  # names files as they were given
                    continue
                there = run("check", "broken.rules.yaml", "-o", name, cwd=other)
                if name in ("text", "junit"):
                    continue
                self.assertEqual(here.stdout, there.stdout, name)

    def test_findings_and_exit_codes(self):
        self.run_here("check", "broken.rules.yaml", "-o", "sarif=a.sarif", code=2)
        self.run_here("check", "broken.rules.yaml", "--exit-zero", code=2)
        self.run_here("check", "failing.rules.yaml", code=1)
        self.run_here("check", "failing.rules.yaml", "--exit-zero", code=0)
        self.run_here("test", "failing.rules.yaml", code=1)
        self.run_here("test", "failing.rules.yaml", "--exit-zero", code=0)
        self.run_here("test", "broken.rules.yaml", "--exit-zero", code=2)
        log = json.loads(self.read("a.sarif"))
        self.assertEqual(log["runs"][0]["invocations"][0]["exitCode"], 2)

    def test_quiet_says_nothing_where_nothing_is_wrong(self):
        for verb in ("check", "test"):
            done = self.run_here(verb, "-q", "casino.rules.yaml", code=0)
            self.assertEqual(done.stdout + done.stderr, "")
            self.assertNotEqual(self.run_here(verb, "casino.rules.yaml", code=0).stdout, "")
        self.assertIn("failing", self.run_here("test", "-q", "failing.rules.yaml", code=1).stdout)

    def test_junit_of_tests_has_a_case_for_each_test(self):
        self.run_here("test", "-r", "failing.rules.yaml", "-r", "casino.rules.yaml",
                      "-o", "junit=out.xml", code=1)
        root = ET.fromstring(self.read("out.xml"))
        self.assertEqual((root.get("tests"), root.get("failures")), ("4", "1"))
        self.assertEqual([suite.get("name") for suite in root], ["spam.casino", "spam.failing"])
        (failed,) = root.iter("failure")
        self.assertEqual(failed.get("type"), "expected-match")
        self.assertIn("There is nothing here.", failed.text)
        self.assertIn("$main is false", failed.text)
        case = next(c for c in root.iter("testcase") if c.find("failure") is not None)
        self.assertEqual((case.get("file"), case.get("line")), ("failing.rules.yaml", "8"))

    def test_junit_of_rules_that_do_not_compile_fails(self):
        self.run_here("test", "broken.rules.yaml", "-o", "junit=out.xml", code=2)
        root = ET.fromstring(self.read("out.xml"))
        self.assertGreater(int(root.get("failures")), 0)

    def test_failed_tests_are_findings_in_the_other_formats(self):
        for name in FORMATS:
            done = self.run_here("test", "failing.rules.yaml", "-o", name, code=1)
            self.assertIn("There is nothing here", done.stdout, name)

    def test_what_a_comment_allows_is_suppressed_with_its_reason(self):
        (self.folder / "a.rules.yaml").write_text(
            "modcore: 1\ncategory: spam\nrules:\n  - id: a.b\n"
            "    # modcore: allow M306 reason=\"on purpose\"\n    phrases: [one thing, one thing]\n")
        for name in FORMATS:
            self.run_here("check", "a.rules.yaml", "--strict", "-o", f"{name}=out.{name}", code=0)
            self.assertEqual("M306" in self.read(f"out.{name}"), name in ("json", "sarif"), name)
        (result,) = [r for r in json.loads(self.read("out.sarif"))["runs"][0]["results"] if r["ruleId"] == "M306"]
        self.assertEqual(result["suppressions"], [{"kind": "inSource", "justification": "on purpose"}])

    def test_markdown_of_tests_says_how_many_passed(self):
        done = self.run_here("test", "casino.rules.yaml", "-o", "markdown", code=0)
        self.assertEqual(done.stdout, "### modcore test: 2 passed, 0 failed\n")
        done = self.run_here("test", "failing.rules.yaml", "-o", "markdown", code=1)
        self.assertIn("### modcore test: 1 passed, 1 failed\n\n### modcore: 1 error\n", done.stdout)

    def test_the_step_summary_is_appended_to(self):
        summary = self.folder / "summary.md"
        summary.write_text("before\n")
        done = self.run_here("check", "broken.rules.yaml", "-o", "github", code=2,
                             env={"GITHUB_STEP_SUMMARY": str(summary)})
        self.assertRegex(done.stdout, r"^::error file=broken\.rules\.yaml,line=6,")
        self.assertTrue(summary.read_text().startswith("before\n### modcore: "))
        self.assertIn("| error | M", summary.read_text())

    def test_names_that_are_hard_to_write(self):
        name = "a b,c:d%é&<\".rules.yaml"
        (self.folder / name).write_text(self.read("broken.rules.yaml"))
        for each in FORMATS:
            self.run_here("check", "./" + name, "-o", f"{each}=out.{each}", code=2)
        ET.fromstring(self.read("out.junit"))
        location = json.loads(self.read("out.sarif"))["runs"][0]["results"][0]["locations"][0]
        self.assertEqual(location["physicalLocation"]["artifactLocation"]["uri"],
                         "a%20b%2Cc%3Ad%25%C3%A9%26%3C%22.rules.yaml")
        self.assertTrue(self.read("out.github").startswith("::error file=a b%2Cc%3Ad%25é&<\".rules.yaml,"))

    def test_an_unknown_format_is_named_beside_those_that_exist(self):
        done = self.run_here("check", "casino.rules.yaml", "-o", "yaml", code=3)
        self.assertIn(", ".join(FORMATS), done.stderr)

    def test_colour_goes_to_text_only(self):
        for name in FORMATS:
            done = self.run_here("check", "broken.rules.yaml", "-o", name, "--color", "always", code=2)
            self.assertEqual("\x1b" in done.stdout, name == "text", name)

    def test_fingerprints_survive_moved_lines(self):
        def prints():
            done = self.run_here("check", "broken.rules.yaml", "-o", "sarif", code=2)
            return [(r["ruleId"], r["partialFingerprints"]) for r in json.loads(done.stdout)["runs"][0]["results"]]
        before = prints()
        text = self.read("broken.rules.yaml")
        (self.folder / "broken.rules.yaml").write_text("# a comment\n\n" + text)
        self.assertEqual(prints(), before)
        self.assertEqual(len(before), len({json.dumps(p) for p in before}))


if __name__ == "__main__":
    unittest.main()
