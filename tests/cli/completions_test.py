"""Completions and the manual are made of the command's own options, and parse."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]


def output(*args):
    done = subprocess.run([MODCORE, *args], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


VERBS = re.findall(r"^  ([a-z]+)  ", output("--help").split("Subcommands:")[1], re.MULTILINE)


def bash(line):
    """What bash offers where the line ends."""
    words = line.split(" ")
    script = (f"source /dev/stdin; COMP_WORDS=({' '.join(repr(w) for w in words)}); "
              f"COMP_CWORD={len(words) - 1}; _modcore; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
    done = subprocess.run(["bash", "-c", script], input=output("completions", "bash"), text=True,
                          capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


class Completions(unittest.TestCase):
    def check(self, shell, *command):
        if not shutil.which(command[0]):
            self.skipTest(f"{command[0]} is not installed")
        with tempfile.TemporaryDirectory() as folder:
            script = Path(folder) / f"modcore.{shell}"
            script.write_text(output("completions", shell))
            done = subprocess.run([*command, str(script)], capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)

    def test_bash_parses(self):
        self.check("bash", "bash", "-n")

    def test_zsh_parses(self):
        self.check("zsh", "zsh", "-n")

    def test_fish_parses(self):
        self.check("fish", "fish", "-n")

    def test_bash_completes_verbs_options_and_words(self):
        self.assertGreater(len(VERBS), 8)
        self.assertEqual(sorted(bash("modcore ")), sorted(VERBS))
        self.assertEqual(bash("modcore che"), ["check"])
        self.assertIn("--fail-level", bash("modcore check --"))
        self.assertNotIn("--fail-level", bash("modcore scan --"))
        self.assertEqual(bash("modcore check --fail-level w"), ["warning"])
        self.assertIn("sarif", bash("modcore check --output "))
        self.assertIn("fields", bash("modcore list "))
        self.assertIn("--rules", bash("modcore list fields --r"))
        self.assertIn("bash", bash("modcore completions "))

    def test_every_shell_knows_every_verb_and_option(self):
        for shell in ("bash", "zsh", "fish"):
            text = output("completions", shell)
            for verb in VERBS:
                self.assertIn(verb, text, shell)
            for option in ("fail-level", "dry-run", "exit-zero", "color"):
                self.assertIn(option, text, shell)

    def test_an_unknown_shell_is_refused(self):
        done = subprocess.run([MODCORE, "completions", "csh"], capture_output=True, timeout=60)
        self.assertEqual(done.returncode, 3)


class Manual(unittest.TestCase):
    def test_it_names_every_verb_and_option(self):
        text = output("man")
        for verb in VERBS:
            self.assertIn(f"modcore {verb}", text)
        self.assertIn(r"\fB\-\-fail\-level\fR", text)
        self.assertIn(".SH NAME\nmodcore \\- ", text)

    def test_troff_has_no_complaints(self):
        for command in (["mandoc", "-Tlint", "-W", "warning"], ["groff", "-man", "-ww", "-z", "-Tutf8", "-k"],
                        ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z"]):
            if not shutil.which(command[0]):
                continue
            with tempfile.TemporaryDirectory() as folder:
                page = Path(folder) / "modcore.1"
                page.write_text(output("man"))
                done = subprocess.run([*command, str(page)], capture_output=True, text=True, timeout=60,
                                      errors="replace", env={**os.environ, "MANWIDTH": "100", "LC_ALL": "C.UTF-8"})
            complaints = [line for line in (done.stderr + (done.stdout if command[0] == "mandoc" else "")).splitlines()
                          if "missing date" not in line and "can't break line" not in line and "adjust line" not in line]
            self.assertEqual(complaints, [], command)
            return
        self.skipTest("neither mandoc nor groff nor man is installed")


if __name__ == "__main__":
    unittest.main()
