"""Every verb where something is wrong around it: no file, a folder, no permission, a full disk, a closed
pipe, strange bytes, no repository. It says what is wrong in a line and ends as docs/cli.md says; it never
crashes, hangs or leaves half a file."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
HERE = Path(__file__).resolve().parent
RULES = str(HERE / "rules" / "casino.rules.yaml")
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if k not in ("NO_COLOR", "MODCORE_RULES", "MODCORE_CACHE", "GITHUB_STEP_SUMMARY")}
GOOD = "modcore: 1\ncategory: spam\nrules:\n  - id: spam.a\n    phrases: [free casino]\n    verdict: hide\n" \
       "    tests: {match: [free casino], no_match: [my roses]}\n"

# What each verb needs to do its work on a rule file and a corpus; {rules} and {corpus} are paths.
READS_RULES = {
    "scan": ["scan", "-r", "{rules}", "{corpus}"],
    "check": ["check", "{rules}"],
    "test": ["test", "{rules}"],
    "fmt": ["fmt", "{rules}"],
    "fix": ["fix", "{rules}"],
    "backtest": ["backtest", "-r", "{rules}", "--corpus", "{corpus}"],
    "coverage": ["coverage", "{rules}"],
    "diff": ["diff", "{rules}", "{rules}"],
    "explain": ["explain", "spam.a", "-r", "{rules}"],
    "compile": ["compile", "-r", "{rules}", "-o", "out.mcb"],
    "profile": ["profile", "-r", "{rules}", "--corpus", "{corpus}"],
    "list": ["list", "rules", "-r", "{rules}"],
    "schema": ["schema", "rules", "-r", "{rules}"],
}
READS_POSTS = {
    "scan": READS_RULES["scan"],
    "mutate": ["mutate", "{corpus}"],
    "backtest": READS_RULES["backtest"],
    "profile": READS_RULES["profile"],
}
WRITES = {
    "scan": ["scan", "-r", "{rules}", "{corpus}", "--output", "ndjson={out}"],
    "check": ["check", "{rules}", "--output", "json={out}"],
    "test": ["test", "{rules}", "--output", "json={out}"],
    "backtest": ["backtest", "-r", "{rules}", "--corpus", "{corpus}", "--output", "html={out}"],
    "coverage": ["coverage", "{rules}", "--output", "markdown={out}"],
    "diff": ["diff", "{rules}", "{rules}", "--output", "markdown={out}"],
    "compile": ["compile", "-r", "{rules}", "-o", "{out}"],
    "mutate": ["mutate", "{corpus}", "--output", "ndjson={out}"],
}
USAGE = 3


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.rules = self.file("our.rules.yaml", GOOD)
        self.corpus = self.file("posts.ndjson", '{"body": "a free casino"}\n{"body": "my roses"}\n')

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def run_verb(self, arguments, rules=None, corpus=None, out="out", stdin=b"", **kwargs):
        words = {"rules": rules or self.rules, "corpus": corpus or self.corpus, "out": out}
        done = subprocess.run([MODCORE, *(a.format(**words) for a in arguments)], input=stdin,
                              capture_output=True, cwd=kwargs.pop("cwd", self.folder), env=ENVIRONMENT, timeout=120,
                              **kwargs)
        done.said = done.stderr.decode(errors="replace")
        return done

    def expect(self, done, *codes):
        self.assertIn(done.returncode, codes, done.stdout.decode(errors="replace")[-2000:] + done.said)
        self.assertNotIn("terminate", done.said)
        self.assertNotIn("fault of modcore", done.said)

    def each(self, verbs):
        for verb, arguments in verbs.items():
            with self.subTest(verb=verb):
                yield verb, arguments


class Missing(Case):
    def test_rules_that_are_not_there(self):
        for verb, arguments in self.each(READS_RULES):
            done = self.run_verb(arguments, rules=str(self.folder / "none.rules.yaml"))
            self.expect(done, USAGE)
            self.assertIn("none.rules.yaml", done.said)

    def test_posts_that_are_not_there(self):
        for verb, arguments in self.each(READS_POSTS):
            done = self.run_verb(arguments, corpus=str(self.folder / "none.ndjson"))
            self.expect(done, USAGE)
            self.assertIn("none.ndjson", done.said)

    def test_a_folder_where_posts_belong(self):
        for verb, arguments in self.each(READS_POSTS):
            done = self.run_verb(arguments, corpus=str(self.folder))
            self.expect(done, USAGE)
            self.assertTrue(done.said)

    def test_an_empty_folder_where_rules_belong(self):
        (self.folder / "empty").mkdir()
        for verb, arguments in self.each(READS_RULES):
            done = self.run_verb(arguments, rules=str(self.folder / "empty"))
            self.expect(done, 2, USAGE, *((0,) if verb in ("fmt", "fix", "schema") else ()))
            self.assertTrue(done.said or done.stdout)

    def test_a_file_of_bytes_where_rules_belong(self):
        noise = self.file("noise.rules.yaml", bytes(range(256)) * 40)
        for verb, arguments in self.each(READS_RULES):
            done = self.run_verb(arguments, rules=noise)
            self.expect(done, *((0,) if verb == "schema" else (1, 2)))
            self.assertTrue(done.said or done.stdout)

    def test_inspect_and_verify_of_what_is_no_artifact(self):
        for verb in ("inspect", "verify"):
            for path in (self.rules, str(self.folder), str(self.folder / "none.mcb"), self.file("empty.mcb", "")):
                with self.subTest(verb=verb, path=path):
                    done = self.run_verb([verb, path])
                    self.expect(done, 1, 2, USAGE)
                    self.assertTrue(done.said or done.stdout)

    def test_a_revision_without_a_repository(self):
        done = self.run_verb(["diff", "HEAD~1", "-r", "{rules}"])
        self.expect(done, USAGE)
        self.assertTrue(done.said)

    def test_a_revision_that_does_not_exist(self):
        subprocess.run(["git", "init", "-q"], cwd=self.folder, check=True)
        done = self.run_verb(["diff", "v9.9", "HEAD", "-r", "{rules}"])
        self.expect(done, USAGE)
        self.assertIn("v9.9", done.said)


class Empty(Case):
    def test_no_posts_at_all(self):
        for name, content in (("empty.ndjson", ""), ("blank.ndjson", "\n\r\n\n"), ("head.csv", "body\n")):
            for verb, arguments in self.each(READS_POSTS):
                done = self.run_verb(arguments, corpus=self.file(name, content))
                self.expect(done, 0, 1, USAGE)

    def test_an_empty_corpus_meets_no_budget(self):
        done = self.run_verb([*READS_RULES["backtest"], "--max-hits", "hide=0"],
                             corpus=self.file("empty.ndjson", ""))
        self.expect(done, 1, USAGE)


class Bytes(Case):
    def test_line_ends_and_byte_order_marks_change_nothing(self):
        for text in (GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "\ufeff" + GOOD.replace("\n", "\r\n")):
            rules = self.file("other.rules.yaml", text)
            for verb, arguments in self.each(READS_RULES):
                self.expect(self.run_verb(arguments, rules=rules), 0)

    def test_posts_with_line_ends_of_dos_and_a_mark(self):
        corpus = self.file("dos.ndjson", '\ufeff{"body": "a free casino"}\r\n{"body": "my roses"}\r\n')
        done = self.run_verb(READS_RULES["scan"], corpus=corpus)
        self.expect(done, 0)
        self.assertEqual([json.loads(line)["verdict"] for line in done.stdout.splitlines()], ["hide", "allow"])

    def test_a_post_in_one_huge_line(self):
        corpus = self.file("huge.ndjson", b'{"body": "' + b"a free casino " * 300000 + b'"}\nlast line')
        for verb, arguments in self.each(READS_POSTS):
            self.expect(self.run_verb(arguments, corpus=corpus), 0)

    def test_posts_of_invalid_bytes(self):
        corpus = self.file("noise.ndjson", b'{"body": "\xff\xfe free casino"}\n\x00\x01\xfffree casino\n{"body": \n')
        for verb, arguments in self.each(READS_POSTS):
            self.expect(self.run_verb(arguments, corpus=corpus), 0, 1)


class Outputs(Case):
    def test_a_folder_that_is_not_there(self):
        for verb, arguments in self.each(WRITES):
            done = self.run_verb(arguments, out=str(self.folder / "nowhere" / "file"))
            self.expect(done, USAGE)
            self.assertIn("nowhere", done.said)

    def test_a_folder_as_the_file(self):
        (self.folder / "taken").mkdir()
        for verb, arguments in self.each(WRITES):
            done = self.run_verb(arguments, out=str(self.folder / "taken"))
            self.expect(done, USAGE)
            self.assertIn("taken", done.said)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_full_disk(self):
        for verb, arguments in self.each(WRITES):
            done = self.run_verb(arguments, out="/dev/full")
            self.expect(done, USAGE)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_a_full_disk_behind_standard_output(self):
        every = {**READS_RULES, "man": ["man"], "completions": ["completions", "bash"], "explain ID": ["explain", "M310"]}
        for verb, arguments in self.each(every):
            if verb in ("fmt", "fix", "compile"):
                continue  # they write nothing there
            with open("/dev/full", "wb") as full:
                words = {"rules": self.rules, "corpus": self.corpus}
                done = subprocess.run([MODCORE, *(a.format(**words) for a in arguments)], stdout=full,
                                      stderr=subprocess.PIPE, cwd=self.folder, env=ENVIRONMENT, timeout=120)
            self.assertEqual(done.returncode, USAGE, done.stderr.decode())

    def test_one_file_for_two_outputs(self):
        for verb in ("check", "test"):
            with self.subTest(verb=verb):
                done = self.run_verb([verb, "{rules}", "--output", "json={out}", "--output", "sarif={out}"])
                self.expect(done, USAGE)
                self.assertIn("out", done.said)

    def test_an_output_that_is_an_input(self):
        done = self.run_verb(["check", "{rules}", "--output", "json={rules}"])
        self.expect(done, USAGE)
        self.assertEqual(Path(self.rules).read_text(), GOOD)
        done = self.run_verb(["scan", "-r", "{rules}", "{corpus}", "--output", "ndjson={corpus}"])
        self.expect(done, USAGE)
        self.assertIn("free casino", Path(self.corpus).read_text())

    def test_a_format_that_does_not_exist_is_answered_with_those_that_do(self):
        for verb, arguments in self.each({k: v for k, v in WRITES.items() if k != "compile"}):
            done = self.run_verb([*arguments[:-1], "yaml"])
            self.expect(done, USAGE)
            self.assertRegex(done.said, r"json|markdown|html")

    def test_a_reader_that_leaves(self):
        corpus = self.file("many.ndjson", '{"body": "a free casino"}\n' * 20000)
        for verb, arguments in self.each({**READS_POSTS, "check": READS_RULES["check"], "man": ["man"],
                                          "list": ["list", "diagnostics"]}):
            words = {"rules": self.rules, "corpus": corpus}
            done = subprocess.Popen([MODCORE, *(a.format(**words) for a in arguments)], stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, cwd=self.folder, env=ENVIRONMENT)
            done.stdout.close()
            said = done.stderr.read().decode()
            done.stderr.close()
            self.assertEqual(done.wait(timeout=120), 0, said)


class Permissions(Case):
    NOBODY = 65534

    def setUp(self):
        super().setUp()
        if os.geteuid() == 0:  # who may read and write everything
            for path in (self.folder, *self.folder.iterdir()):
                os.chown(path, self.NOBODY, self.NOBODY)

    def run_verb(self, *args, **kwargs):
        if os.geteuid() == 0:
            kwargs.update(user=self.NOBODY, group=self.NOBODY)
        return super().run_verb(*args, **kwargs)

    def test_rules_that_may_not_be_read(self):
        os.chmod(self.rules, 0)
        for verb, arguments in self.each(READS_RULES):
            done = self.run_verb(arguments)
            if verb == "schema":
                self.expect(done, 0)
                continue
            self.expect(done, 2, USAGE)
            self.assertRegex(done.said + done.stdout.decode(), "[Pp]ermission")

    def test_a_file_that_may_not_be_written(self):
        ugly = self.file("ugly.rules.yaml", GOOD.replace("    phrases", "    phrases ").replace("[free", "[ free"))
        os.chmod(self.folder, 0o555)
        self.addCleanup(os.chmod, self.folder, 0o755)
        for verb, arguments in self.each(WRITES):
            done = self.run_verb(arguments, out=str(self.folder / "out"))
            self.expect(done, USAGE)
        self.expect(self.run_verb(["fmt", "{rules}"], rules=ugly), USAGE)
        self.expect(self.run_verb(["init", "new"]), USAGE)


if __name__ == "__main__":
    unittest.main()
