"""The shipped packs: nothing to find in them, with any preset, and all their own tests pass."""
import os
import pathlib
import re
import subprocess
import unittest

MODCORE = os.environ.get("MODCORE")
RULES = pathlib.Path(__file__).resolve().parents[2] / "rules"
PACKS = ["spam", "self-promotion", "harassment", "off-topic", "care"]


def run(*arguments):
    return subprocess.run([MODCORE, *arguments], capture_output=True, text=True, encoding="utf-8")


class Packs(unittest.TestCase):
    def test_check_has_no_warning_about_any_pack_with_any_preset(self):
        packs = [str(RULES / pack) for pack in PACKS]
        for preset in ["balanced", "strict", "relaxed", "kids"]:
            with self.subTest(preset=preset):
                checked = run("check", "--strict", "--preset", preset, *packs)
                self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_each_comment_that_allows_a_finding_says_why(self):
        allowed = [line for file in RULES.rglob("*.yaml")
                   for line in file.read_text(encoding="utf-8").splitlines() if "modcore: allow" in line]
        self.assertGreaterEqual(len(allowed), 1)
        for line in allowed:
            self.assertIn('reason="', line)

    def test_the_page_of_the_packs_names_each_rule_and_none_that_is_not_there(self):
        shipped = {rule for file in RULES.rglob("*.rules.yaml")
                   for rule in re.findall(r"^  - id: (\S+)$", file.read_text(encoding="utf-8"), re.M)}
        self.assertGreaterEqual(len(shipped), 145)
        page = (RULES.parent / "docs" / "rules.md").read_text(encoding="utf-8")
        page = page.replace("`harassment.insult-en`, `-fr`, `-pl`",
                            "`harassment.insult-en`, `harassment.insult-fr`, `harassment.insult-pl`")
        first_cells = "".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
        named = set(re.findall(r"`([a-z-]+\.[a-z-]+)`", first_cells))
        self.assertEqual(shipped - named, set())
        self.assertEqual(named - shipped, set())

    def test_the_tests_of_each_pack_pass(self):
        for pack in PACKS:
            with self.subTest(pack=pack):
                tested = run("test", str(RULES / pack))
                self.assertEqual(tested.returncode, 0, tested.stdout + tested.stderr)
                self.assertGreaterEqual(int(tested.stdout.split(" passed")[0].split()[-1]), 100)


if __name__ == "__main__":
    if not MODCORE:
        raise SystemExit("MODCORE names the command")
    unittest.main()
