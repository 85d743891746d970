"""The command as its users meet it: exit codes, order, pipes, bad input, colours."""

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

MODCORE = os.environ["MODCORE"]
HERE = Path(__file__).resolve().parent
RULES = str(HERE / "rules" / "casino.rules.yaml")
BROKEN = str(HERE / "rules" / "broken.rules.yaml")
FAILING = str(HERE / "rules" / "failing.rules.yaml")
ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "MODCORE_RULES")}


def run(*args, stdin=b"", cwd=None, env=None):
    if isinstance(stdin, str):
        stdin = stdin.encode()
    done = subprocess.run([MODCORE, *args], input=stdin, capture_output=True, cwd=cwd,
                          env={**ENVIRONMENT, **(env or {})}, timeout=300)
    done.out = done.stdout.decode()
    done.err = done.stderr.decode(errors="replace")
    return done


def scan(stdin, *args, **kwargs):
    return run("scan", "-r", RULES, *args, stdin=stdin, **kwargs)


def decisions(done):
    return [json.loads(line) for line in done.out.splitlines()]


def verdicts(done):
    return [d["verdict"] for d in decisions(done)]


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    def check_exit(self, done, code):
        self.assertEqual(done.returncode, code, done.out + done.err)


class Mutate(Case):
    def test_each_kind_disguises_a_plain_line(self):
        done = run("mutate", "--output", "text", stdin="free casino\n")
        self.check_exit(done, 0)
        kinds = [line.split()[0] for line in done.out.splitlines()]
        self.assertEqual(kinds, ["case", "accents", "leet", "homoglyph", "zero-width", "spacing",
                                 "punctuation", "stretch", "mask", "markup"])
        self.assertIn("fr33 ca$!no", done.out)

    def test_posts_stay_posts_that_can_be_scanned(self):
        post = {"id": "p", "title": "Online Casino", "body": "see https://online.example",
                "author": {"post_count": 3}}
        done = run("mutate", "-k", "accents", "-n", "3", "--seed", "5", stdin=json.dumps(post))
        self.check_exit(done, 0)
        made = [json.loads(line) for line in done.out.splitlines()]
        self.assertEqual([m["id"] for m in made], ["p/accents/5", "p/accents/6", "p/accents/7"])
        self.assertEqual(made[0]["x-mutation"],
                         {"of": "p", "kind": "accents", "seed": 5, "words": 3})
        self.assertEqual(made[0]["author"], {"post_count": 3})
        self.assertTrue(made[0]["body"].endswith("https://online.example"))
        self.assertNotEqual(made[0]["title"], post["title"])
        self.assertEqual(verdicts(scan(done.out)), ["hide"] * 3)

    def test_the_same_seed_gives_the_same_bytes(self):
        once = run("mutate", "-k", "mixed", "-n", "20", stdin="free casino\n")
        self.assertEqual(once.out, run("mutate", "-k", "mixed", "-n", "20", stdin="free casino\n").out)

    def test_lines_that_cannot_be_read_are_reported_and_the_others_disguised(self):
        done = run("mutate", "-k", "case", stdin="free casino\n{oops\nroses\n")
        self.check_exit(done, 1)
        self.assertIn("standard input:2: not a post in JSON", done.err)
        self.assertEqual(len(done.out.splitlines()), 2)

    def test_an_unknown_kind_is_named_beside_those_that_exist(self):
        done = run("mutate", "-k", "l33t")
        self.check_exit(done, 3)
        self.assertIn("there is no `l33t`; there is case accents", done.err)


class Scan(Case):
    def test_a_decision_for_each_post_in_order(self):
        done = scan('{"id": "a", "body": "My roses"}\n{"id": "b", "body": "an Online Casino"}\n')
        self.check_exit(done, 0)
        first, second = decisions(done)
        self.assertEqual((first["schema"], first["id"], first["verdict"]),
                         ("modcore.decision/1", "a", "allow"))
        self.assertEqual((second["id"], second["verdict"], second["hidden"]), ("b", "hide", True))
        evidence = second["fired"][0]["evidence"][0]
        self.assertEqual((evidence["field"], evidence["begin"], evidence["end"], evidence["text"]),
                         ("body", 3, 16, "Online Casino"))
        self.assertEqual(done.err, "")

    def test_plain_lines_and_json_may_mix_and_empty_lines_are_passed_over(self):
        done = scan(b'\xef\xbb\xbfonline casino\r\n\n  \n{"body": "roses"}\r\nroses')
        self.check_exit(done, 0)
        self.assertEqual(verdicts(done), ["hide", "allow", "allow"])
        self.assertEqual([d["id"] for d in decisions(done)], ["1", "4", "5"])

    def test_several_files_one_after_the_other(self):
        one = self.file("one.txt", "online casino\n")
        two = self.file("two.txt", "roses")
        done = scan("casino en ligne\n", one, "-", two)
        self.assertEqual(verdicts(done), ["hide", "hide", "allow"])
        self.assertEqual(decisions(done)[0]["id"], one + ":1")

    def test_jobs_keep_the_order(self):
        lines = "".join(json.dumps({"id": str(i), "body": "online casino" if i % 7 == 0 else "roses",
                                    "title": "x" * (i % 300)}) + "\n" for i in range(20_000))
        alone, together = scan(lines), scan(lines, "--jobs", "4")
        self.check_exit(together, 0)
        self.assertEqual(len(alone.out.splitlines()), 20_000)
        self.assertEqual(alone.out, together.out)

    def test_a_bad_line_is_named_and_the_others_are_judged(self):
        for jobs in ("1", "3"):
            done = scan('roses\n{"body": "online\nonline casino\n[1]\n{"body"}\n', "--jobs", jobs)
            self.check_exit(done, 1)
            self.assertEqual(verdicts(done), ["allow", "hide", "allow"])
            self.assertIn("standard input:2: not a post in JSON", done.err)
            self.assertIn("standard input:5: not a post in JSON", done.err)

    def test_many_bad_lines_do_not_flood(self):
        done = scan("{\n" * 500)
        self.check_exit(done, 1)
        self.assertLess(len(done.err.splitlines()), 30)
        self.assertIn("480 more lines", done.err)

    def test_unknown_keys_get_one_notice_a_run(self):
        done = scan('{"body": "a", "likes": 3, "author": {"karma": 1}}\n' * 50)
        self.check_exit(done, 0)
        self.assertEqual(len(done.err.splitlines()), 1)
        self.assertIn("likes (50 posts)", done.err)
        self.assertIn("author.karma (50 posts)", done.err)

    def test_a_fact_of_another_type_is_missing_and_said_once(self):
        done = scan('{"body": "my shop", "author": {"post_count": "3"}}\n' * 5)
        self.check_exit(done, 0)
        self.assertEqual(done.err.count("author.post_count: expected a whole number"), 1)
        self.assertEqual(decisions(done)[0]["undetermined"][0]["missing"], ["author.post_count"])

    def test_a_number_that_no_computer_holds_is_missing_and_said_once(self):
        done = scan('{"body": "my shop", "author": {"post_count": 1e400}}\n' * 5)
        self.check_exit(done, 0)
        self.assertEqual(done.err.count("the number 1e400 is out of range; it counts as missing"), 1)

    def test_an_expectation_that_is_no_verdict_is_said_once(self):
        done = scan('{"body": "roses", "x-expect": "hid"}\n' * 5, "--summary")
        self.check_exit(done, 0)
        self.assertEqual(done.err.count('x-expect: "hid" is none of'), 1)
        self.assertNotIn("agreement", done.err)

    def test_invalid_utf8_nul_and_half_surrogates_are_posts(self):
        done = scan(b"roses \xff\xc3 online casino\n"
                    b'{"body": "\xff online casino"}\n'
                    b'{"body": "\\ud83d online casino \\u0000"}\n')
        self.check_exit(done, 0)
        self.assertEqual(verdicts(done), ["hide"] * 3)

    def test_a_stray_nul_spoils_its_own_line_only(self):
        done = scan(b'online casino\n{"body": "a\0b"}\nx\0 online casino\nroses\n')
        self.check_exit(done, 1)
        self.assertIn("standard input:2:", done.err)
        self.assertEqual(verdicts(done), ["hide", "hide", "allow"])

    def test_an_output_never_replaces_what_is_read(self):
        posts = self.file("posts.txt", "online casino\n")
        done = scan("", posts, "--output", "json=" + posts)
        self.check_exit(done, 3)
        self.assertIn("also read from", done.err)
        self.assertEqual(Path(posts).read_text(), "online casino\n")

    def test_an_output_is_kept_until_there_is_something_to_write(self):
        kept = self.file("kept.json", "before\n")
        self.check_exit(run("scan", "-r", BROKEN, "-o", "json=" + kept, stdin="roses\n"), 2)
        self.check_exit(scan("", str(self.folder / "none.txt"), "-o", "json=" + kept), 3)
        self.assertEqual(Path(kept).read_text(), "before\n")
        self.check_exit(scan("", "-o", "json=" + kept), 0)
        self.assertEqual(Path(kept).read_text(), "")

    def test_json_holds_no_character_that_steers_a_terminal(self):
        done = scan('{"id": "\\u009b31m\\u202ex", "body": "online casino"}\n')
        self.check_exit(done, 0)
        self.assertNotIn("\u009b", done.out)
        self.assertNotIn("\u202e", done.out)
        self.assertEqual(decisions(done)[0]["id"], "\u009b31m\u202ex")

    def test_no_input_is_no_decision(self):
        for data in ("", "\n\n"):
            done = scan(data)
            self.check_exit(done, 0)
            self.assertEqual(done.out, "")
        self.assertIn("no posts", scan("", "--output", "text").out)

    def test_a_post_of_ten_megabytes_gets_a_decision(self):
        done = scan("online casino " + "a" * 10_000_000 + "\n" +
                    json.dumps({"body": "word " * 2_000_000}) + "\nonline casino\n")
        self.check_exit(done, 0)
        self.assertEqual([d["hidden"] for d in decisions(done)], [True, False, True])
        self.assertTrue(decisions(done)[0]["limits"])

    def test_a_line_beyond_bounds_is_skipped(self):
        done = scan(b"a" * (66 * 1024 * 1024) + b"\nonline casino\n")
        self.check_exit(done, 1)
        self.assertIn("standard input:1: the line is longer", done.err)
        self.assertEqual(verdicts(done), ["hide"])

    def test_a_missing_file_a_folder_and_a_binary_are_named(self):
        missing = scan("", str(self.folder / "none.ndjson"))
        self.check_exit(missing, 3)
        self.assertIn("none.ndjson", missing.err)
        folder = scan("", str(self.folder))
        self.check_exit(folder, 3)
        self.assertIn("is a folder", folder.err)
        binary = scan("", self.file("x.bin", b"\x7fELF\0\0\0\n\0\1"), self.file("y.txt", "roses"))
        self.check_exit(binary, 1)
        self.assertIn("binary", binary.err)
        self.assertEqual(verdicts(binary), ["allow"])

    def test_rules_that_do_not_compile_judge_nothing(self):
        done = run("scan", "-r", BROKEN, stdin="online casino\n")
        self.check_exit(done, 2)
        self.assertEqual(done.out, "")
        self.assertIn("broken.rules.yaml", done.err)

    def test_the_policy_in_the_folder_is_the_default(self):
        done = run("scan", stdin="online casino\n", cwd=HERE / "rules")
        self.check_exit(done, 0)
        self.assertEqual(verdicts(done), ["hide"])

    def test_the_shipped_packs_are_the_default_elsewhere(self):
        done = run("scan", stdin="My roses bloom.\n", cwd=self.folder)
        self.check_exit(done, 0)
        self.assertEqual(verdicts(done), ["allow"])


class Pipes(Case):
    def test_a_broken_pipe_ends_quietly(self):
        feed = self.file("feed.txt", "online casino\n" * 200_000)
        for jobs in ("1", "4"):
            command = f'"{MODCORE}" scan -r "{RULES}" --jobs {jobs} "{feed}" | head -n 1; echo ${{PIPESTATUS[0]}}'
            done = subprocess.run(["bash", "-c", command], capture_output=True, text=True,
                                  env=ENVIRONMENT, timeout=120)
            self.assertEqual(done.stdout.splitlines()[-1], "0")
            self.assertEqual(done.stderr, "")

    def test_a_broken_pipe_ends_a_run_that_waits_for_input(self):
        for jobs in ("1", "4"):
            process = subprocess.Popen([MODCORE, "scan", "-r", RULES, "--jobs", jobs],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env=ENVIRONMENT)
            process.stdout.close()
            process.stdin.write(b"roses\n")
            process.stdin.flush()
            self.assertEqual(process.wait(timeout=20), 0)
            process.stdin.close()
            process.stderr.close()

    def test_decisions_flow_post_by_post(self):
        for jobs in ("1", "4"):
            process = subprocess.Popen([MODCORE, "scan", "-r", RULES, "--jobs", jobs],
                                       stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT)
            for body, verdict in (("roses", "allow"), ("online casino", "hide")):
                process.stdin.write(body.encode() + b"\n")
                process.stdin.flush()
                ready, _, _ = select.select([process.stdout], [], [], 20)
                self.assertTrue(ready, "no decision arrived while the input was open")
                self.assertEqual(json.loads(process.stdout.readline())["verdict"], verdict)
            process.stdin.close()
            self.assertEqual(process.wait(timeout=20), 0)
            process.stdout.close()

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([MODCORE, "scan", "-r", RULES], input=b"roses\n", stdout=full,
                                  stderr=subprocess.PIPE, env=ENVIRONMENT, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"No space left", done.stderr)


class Outputs(Case):
    def test_several_outputs_in_one_run(self):
        file = self.folder / "decisions.ndjson"
        done = scan("roses\nonline casino\n", "--output", f"ndjson={file}", "--output", "text")
        self.check_exit(done, 0)
        self.assertEqual(len(file.read_text().splitlines()), 2)
        self.assertIn("[online casino]", done.out)

    def test_outputs_that_make_no_sense_are_refused(self):
        for outputs in (["xml"], ["text="], ["text", "ndjson"], [f"text={self.folder}/no/such"]):
            args = [x for output in outputs for x in ("--output", output)]
            self.check_exit(scan("roses\n", *args), 3)

    def test_text_shows_what_matched_why_and_the_reason_in_the_posts_language(self):
        done = scan('{"id": "p7", "title": "Hi", "lang": "fr", "body": "un casino en ligne !"}\n',
                    "--output", "text")
        self.check_exit(done, 0)
        for part in ("hide", "p7", "Hi", "un [casino en ligne] !", "spam.casino",
                     "Casino advertising", "Pas de publicité pour les casinos."):
            self.assertIn(part, done.out)

    def test_allowed_posts_are_shown_when_asked_for(self):
        self.assertNotIn("roses", scan("roses\n", "--output", "text").out)
        self.assertIn("roses", scan("roses\n", "--output", "text", "--all").out)

    def test_a_post_cannot_command_the_terminal(self):
        body = "\x1b[31mred\x1b[0m \u202egnp.exe \x07 \x9b2J online casino"
        for extra in ([], ["--color", "always"]):
            done = scan(json.dumps({"id": "\x1b]0;t\x07", "title": body, "body": body,
                                    "author": {"name": body}}) + "\n", "--output", "text", *extra)
            self.check_exit(done, 0)
            for harm in ("\x1b[31mred", "\u202e", "\x07", "\x9b", "\x1b]"):
                self.assertNotIn(harm, done.out)
            self.assertIn("\\x1B[31mred", done.out)
            self.assertIn("<U+202E>", done.out)

    def test_a_long_post_is_shown_around_what_matched(self):
        done = scan("word " * 4000 + "online casino " + "word " * 4000 + "\n", "--output", "text")
        self.assertIn("[online casino]", done.out)
        self.assertLess(len(done.out), 3000)

    def test_colours_go_to_terminals_unless_refused(self):
        def through_terminal(env, *args):
            parent, child = pty.openpty()
            process = subprocess.Popen([MODCORE, "scan", "-r", RULES, *args], stdin=subprocess.PIPE,
                                       stdout=child, env={**ENVIRONMENT, "TERM": "xterm", **env})
            os.close(child)
            process.stdin.write(b"online casino\n")
            process.stdin.close()
            out = b""
            try:
                while chunk := os.read(parent, 4096):
                    out += chunk
            except OSError:
                pass  # the terminal's way to say that the writer has gone
            os.close(parent)
            self.assertEqual(process.wait(timeout=20), 0)
            return out.decode()

        self.assertIn("\x1b[1;4;33monline casino\x1b[0m", through_terminal({}))
        for plain in (through_terminal({"NO_COLOR": "1"}), through_terminal({"TERM": "dumb"}),
                      through_terminal({}, "--color", "never")):
            self.assertIn("[online casino]", plain)
            self.assertNotIn("\x1b", plain)
        self.assertNotIn("\x1b", scan("online casino\n", "--output", "text").out)
        self.assertIn("\x1b[", scan("online casino\n", "--output", "text", "--color", "always").out)

    def test_the_summary_counts_and_compares_with_what_was_expected(self):
        lines = "".join(json.dumps({"id": f"p{i}", "body": body, "x-expect": expect}) + "\n"
                        for i, (body, expect) in enumerate([("roses", "allow"), ("online casino", "hide"),
                                                            ("online casino", {"verdict": "flag"}),
                                                            ("roses", "hide"), ("roses", "no verdict")]))
        for jobs in ("1", "2"):
            done = scan(lines, "--output", "text", "--jobs", jobs)
            self.check_exit(done, 0)
            for row in (r"allow +3 +60\.0 %", r"hide +2 +40\.0 %", r"spam\.casino +2", r"2 of 4 posts",
                        r"expected flag +got hide +1  p2", r"expected hide +got allow +1  p3",
                        r"5 posts in .* posts a second"):
                self.assertRegex(done.out, row)
        self.assertNotIn("posts a second", scan(lines, "--output", "text", "--no-summary").out)
        aside = scan(lines, "--summary")
        self.assertIn("posts a second", aside.err)
        self.assertEqual(len(decisions(aside)), 5)


WORDS = str(HERE.parent / "data" / "words" / "plants.fr.txt")
PLANTS = ("modcore: 1\ncategory: spam\nrules:\n  - {id: spam.a, substrings: [qorb], verdict: flag,\n"
          "     tests: {match: [qorb], no_match: [roses]}}\n")


class WordLists(Case):
    def test_words_of_a_list_are_found_by_accident_and_standard_error_tells_which_lists_were_used(self):
        rules = self.file("plants.rules.yaml", PLANTS)
        self.check_exit(run("check", rules, "--strict"), 0)
        done = run("check", rules, "--wordlist", WORDS, "--output", "json")
        self.check_exit(done, 0)
        self.assertEqual([d["id"] for d in json.loads(done.out)["diagnostics"]], ["M310"])
        self.assertIn(f"20000 of English, 20000 of French, 20000 of Polish, 3 of {WORDS}", done.err)
        self.assertEqual(run("check", rules, "--wordlist", WORDS, "-q").err, "")

    def test_installed_dictionaries_are_used_only_where_asked_for(self):
        rules = self.file("plants.rules.yaml", PLANTS)
        dictionaries = self.folder / "dict"
        dictionaries.mkdir()
        (dictionaries / "french").write_text("xqorby\nyqorby\nzqorby\n")
        env = {"MODCORE_DICTIONARIES": str(dictionaries)}
        self.check_exit(run("check", rules, "--strict", env=env), 0)
        self.check_exit(run("check", rules, "--strict", "--wordlist", "installed", env=env), 1)
        (dictionaries / "french").unlink()
        done = run("check", rules, "--wordlist", "installed", env=env)
        self.check_exit(done, 0)
        self.assertIn("no dictionary of these languages is installed", done.err)

    def test_a_list_that_is_missing_is_wrong_usage_and_one_of_bytes_a_finding(self):
        rules = self.file("plants.rules.yaml", PLANTS)
        for name, why in (("none.txt", "no such file"), (str(self.folder), "it is not a file"), ("fr=none.txt", "no such")):
            done = run("check", rules, "--wordlist", name)
            self.check_exit(done, 3)
            self.assertIn(why, done.err)
        done = run("check", rules, "--wordlist", self.file("noise.txt", bytes(range(256)) * 100))
        self.check_exit(done, 1)
        self.assertIn("M011", done.out)


class Check(Case):
    def test_clean_rules_have_no_findings(self):
        done = run("check", RULES)
        self.check_exit(done, 0)

    def test_errors_come_with_their_place(self):
        done = run("check", "-r", BROKEN)
        self.check_exit(done, 2)
        self.assertIn("broken.rules.yaml:6:", done.out)
        self.assertIn("error[", done.out)

    def test_json_counts(self):
        done = run("check", BROKEN, "--output", "json")
        self.check_exit(done, 2)
        report = json.loads(done.out)
        self.assertEqual(report["schema"], "modcore.report/1")
        self.assertEqual(report["counts"]["error"],
                         sum(d["severity"] == "error" for d in report["diagnostics"]))
        self.assertGreater(report["counts"]["error"], 0)

    def test_a_failing_test_is_a_finding_not_a_compile_error(self):
        self.check_exit(run("check", FAILING), 1)

    def test_the_fail_level_decides(self):
        rules = self.file("w.rules.yaml",
                          "modcore: 1\ncategory: spam\nrules:\n"
                          "  - id: spam.a\n    phrases: [free money]\n    verdict: hide\n"
                          "    owner: 12\n")
        warned = json.loads(run("check", rules, "--output", "json").out)["counts"]
        self.assertEqual(warned["error"], 0)
        self.assertGreater(warned["warning"], 0)
        self.check_exit(run("check", rules), 0)
        self.check_exit(run("check", rules, "--fail-level", "warning"), 1)
        self.check_exit(run("check", rules, "--strict"), 1)
        self.check_exit(run("check", rules, "--fail-level", "never"), 3)

    def test_settings_of_the_folder_decide(self):
        rules = self.file("w.rules.yaml",
                          "modcore: 1\ncategory: spam\nrules:\n"
                          "  - id: spam.a\n    phrases: [free money]\n    verdict: hide\n")
        settings = self.file(".modcore.yaml", "modcore: 1\nfail-level: warning\n")
        self.check_exit(run("check", rules), 1)
        self.check_exit(run("check", rules, "--fail-level", "error"), 0)
        self.check_exit(run("check", "w.rules.yaml", cwd=self.folder), 1)
        self.check_exit(run("check", settings, rules), 1)
        other = self.file("mine.yaml", "modcore: 1\nlevels: {M501: off}\n")
        done = run("check", rules, "--config", other, "--strict")
        self.check_exit(done, 0)
        self.assertEqual(done.out, "no findings\n")
        self.file(".modcore.yaml", "modcore: 1\nlevels: [M501]\n")
        done = run("check", rules)
        self.check_exit(done, 1)
        self.assertIn(".modcore.yaml:2:9", done.out)
        self.check_exit(run("check", rules, "--config", "none.yaml"), 3)

    def test_a_path_that_is_not_there_is_a_usage_error(self):
        for verb in (["check"], ["test"], ["scan", "-r"]):
            self.check_exit(run(*verb, "no/such.rules.yaml"), 3)


class Test(Case):
    def test_passing_tests(self):
        done = run("test", RULES)
        self.check_exit(done, 0)
        self.assertIn("2 passed, 0 failed", done.out)

    def test_a_failure_shows_the_case_and_the_condition(self):
        done = run("test", FAILING)
        self.check_exit(done, 1)
        for part in ("spam.failing match[0]", "failing.rules.yaml:8:", "There is nothing here.",
                     "$main", "1 passed, 1 failed"):
            self.assertIn(part, done.out)

    def test_json(self):
        done = run("test", FAILING, "--output", "json")
        self.check_exit(done, 1)
        report = json.loads(done.out)
        self.assertEqual(report["schema"], "modcore.tests/1")
        self.assertEqual(report["counts"], {"passed": 1, "failed": 1, "todo": 0, "todo_passed": 0})
        self.assertEqual(report["results"][0]["explained"]["outcome"], "not fired")

    def test_nothing_runs_when_rules_do_not_compile(self):
        self.check_exit(run("test", BROKEN), 2)

    def test_a_failure_shows_what_comes_closest(self):
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: spam.x\n"
                          "    phrases: [online casino]\n    verdict: hide\n"
                          "    tests: {match: [an 0nline cas1no]}\n")
        done = run("test", rules)
        self.check_exit(done, 1)
        self.assertIn('nearest: $main "online casino" = it would match at `tolerance: obfuscated` : '
                      '"0nline cas1no" in body 3-16', done.out)

    def test_only_the_tests_that_are_asked_for_run(self):
        self.assertIn("1 passed, 0 failed", run("test", FAILING, "--run", r"no_match\[0\]").out)
        self.check_exit(run("test", FAILING, "--run", "nothing"), 3)
        self.check_exit(run("test", FAILING, "--run", "("), 3)

    def test_a_gap_that_has_closed_must_not_stay_a_gap(self):
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: spam.x\n"
                          "    words: [casino]\n    verdict: flag\n    tests: {todo_match: [casino]}\n")
        self.check_exit(run("test", rules), 1)
        done = run("check", rules)
        self.check_exit(done, 1)
        self.assertIn("error[M505 todo-now-passes]", done.out)

    def test_update_writes_what_the_cases_come_out_as(self):
        self.file("casino.rules.yaml", Path(RULES).read_text())
        policy = self.file("policy.yaml", "modcore: 1\npolicy: p\npacks: [./casino.rules.yaml]\n")
        cases = self.file("p.test.yaml", "modcore: 1\ncases:\n"
                          "  - {body: online casino, expect: {verdict: flag}}  # kept\n")
        self.check_exit(run("test", policy), 1)
        done = run("test", policy, "--update")
        self.check_exit(done, 0)
        self.assertIn("1 case updated", done.err)
        self.assertIn("{body: online casino, expect: {verdict: hide}}  # kept", Path(cases).read_text())


class Backtest(Case):
    def corpus(self):
        return self.file("posts.ndjson", "".join(
            json.dumps({"body": body, "label": label}) + "\n" for body, label in
            [("the online casino", 1), ("an online casino joke", 0), ("roses", 0), ("casino", 1)] * 50))

    def test_it_tells_of_each_rule_what_it_caught_and_how_right_it_was(self):
        done = run("backtest", "-r", RULES, "--corpus", self.corpus())
        self.check_exit(done, 0)
        for part in ("200 posts", "rules: 1 of 2 fired", "100  50.00 %  spam.casino  precision 50.0 % (40.4-59.6)",
                     "wrong", "an online casino joke", "100 posts are labelled to be caught, 100 to be left alone"):
            self.assertIn(part, done.out)
        self.assertEqual(done.err, "")

    def test_budgets_decide_the_exit_status(self):
        corpus = self.corpus()
        self.check_exit(run("backtest", "-r", RULES, "-c", corpus, "--max-hits", "hide=50"), 0)
        done = run("backtest", "-r", RULES, "-c", corpus, "--max-hits", "hide=5%", "--min-recall", "flag=50%")
        self.check_exit(done, 1)
        self.assertIn("exceeded 50 of 100 posts that are labelled to be left alone are hidden (50.0 %)", done.out)
        self.assertIn("met      50 of 100 posts that are labelled to be caught", done.out)
        for bad in ("hide", "hide=x", "rule:nope=0"):
            self.check_exit(run("backtest", "-r", RULES, "-c", corpus, "--max-hits", bad), 3)

    def test_shards_add_up_to_the_whole(self):
        corpus = self.corpus()
        whole = json.loads(run("backtest", "-r", RULES, "-c", corpus, "--output", "json").out)
        parts = []
        for i in range(1, 9):
            part = str(self.folder / f"{i}.json")
            self.check_exit(run("backtest", "-r", RULES, "-c", corpus, "--shard", f"{i}/8", "-o", f"json={part}"), 0)
            parts.append(part)
        merged = json.loads(run("backtest", "merge", *parts, "--output", "json").out)
        self.assertEqual(merged.pop("shards"), list(range(1, 9)))
        self.assertEqual(merged.pop("shard_count"), 8)
        del whole["shards"], whole["shard_count"]
        self.assertEqual(merged, whole)
        some = run("backtest", "merge", *parts[:3])
        self.check_exit(some, 0)
        self.assertIn("5 of 8 shards are missing", some.err)
        self.check_exit(run("backtest", "merge", parts[0], parts[0]), 3)

    def test_a_table_with_other_names(self):
        corpus = self.file("posts.csv", '\ufeffid;comment_text;toxic\r\n1;"the online\r\ncasino";1\r\n2;roses;0\r\n')
        done = run("backtest", "-r", RULES, "-c", corpus, "--label", "toxic", "--output", "json")
        self.check_exit(done, 0)
        report = json.loads(done.out)
        self.assertEqual((report["posts"], report["positives"], report["verdict_rows"][0]["right"]), (2, 1, 1))
        self.check_exit(run("backtest", "-r", RULES, "-c", self.file("x.csv", "a,b\n1,2\n")), 3)

    def test_a_line_that_cannot_be_read_is_counted_and_a_missing_file_is_an_error(self):
        done = run("backtest", "-r", RULES, "-c", self.file("x.ndjson", "roses\n{oops\n"))
        self.check_exit(done, 1)
        self.assertIn("1 lines could not be read", done.err)
        self.check_exit(run("backtest", "-r", RULES, "-c", "missing.ndjson"), 3)
        self.check_exit(run("backtest", "-r", RULES), 3)

    def test_what_posts_hold_formats_nothing_in_markdown(self):
        corpus = self.file("x.ndjson", json.dumps({"body": "online casino | `x` <b> @all\nend", "label": 0}))
        done = run("backtest", "-r", RULES, "-c", corpus, "--output", "markdown")
        self.check_exit(done, 0)
        self.assertIn("`` online casino \\| `x` <b> @all end ``", done.out)


class Coverage(Case):
    RULES = ("modcore: 1\ncategory: spam\nrules:\n  - id: spam.x\n    guideline: G1\n"
             "    patterns:\n      main: {words: [casino, poker], except: [casino royale]}\n"
             "    when: $main and author.post_count < 5\n    unless: author.verified\n    verdict: hide\n"
             "    tests:\n      match: [{body: casino, author: {post_count: 1}}]\n"
             "      no_match: [{body: roses, author: {post_count: 1}}]\n")

    def rules(self):
        self.file("x.rules.yaml", self.RULES)
        self.file("guidelines.yaml", "modcore: 1\nguidelines: {G1: {title: No casinos}, G2: {title: Be kind}}\n")
        return self.file("policy.yaml", "modcore: 1\npolicy: p\npacks: [./x.rules.yaml]\nguidelines: guidelines.yaml\n")

    def test_what_no_test_has_seen(self):
        policy = self.rules()
        done = run("coverage", policy, "--all")
        self.check_exit(done, 0)
        for part in ("rules that fire and stay silent in a test", "1 of 1", "clauses of the guideline",
                     "no rule enforces it", "[M509 item-untested]: no test of `spam.x` matches the item `poker`",
                     "[M510 exemption-untested]: no test of `spam.x` is spared by `unless: author.verified`",
                     "is spared by the `except` of `$main`", "[M508 condition-branch-untested]",
                     "makes `author.post_count < 5` false", "[M504 tolerance-gap]"):
            self.assertIn(part, done.out)
        report = json.loads(run("coverage", policy, "--output", "json").out)
        self.assertEqual(report["totals"]["items"], {"seen": 1, "all": 2})
        self.assertEqual(report["totals"]["exemptions"], {"seen": 0, "all": 2})
        self.assertEqual(report["totals"]["clauses"], {"seen": 1, "all": 2})
        branch = next(b for b in report["rules"][0]["branches"] if b["text"] == "author.post_count < 5")
        self.assertEqual((branch["true"], branch["false"], branch["can_be_unknown"]), (2, 0, True))

    def test_the_limit_decides_the_exit_status(self):
        policy = self.rules()
        self.check_exit(run("coverage", policy, "--fail-under", "30"), 0)
        done = run("coverage", policy, "--fail-under", "99")
        self.check_exit(done, 1)
        self.assertIn("less than 99 %", done.err)
        self.check_exit(run("coverage", FAILING), 1)
        self.check_exit(run("coverage", BROKEN), 2)

    def test_posts_of_a_corpus_count(self):
        posts = self.file("posts.ndjson", "poker tonight\n" + json.dumps({"body": "Casino Royale"}) + "\n")
        report = json.loads(run("coverage", self.rules(), "-c", posts, "--output", "json").out)
        self.assertEqual(report["totals"]["items"], {"seen": 2, "all": 2})
        self.assertEqual(report["totals"]["exemptions"], {"seen": 1, "all": 2})

    def test_a_rule_of_many_items_does_not_drown_the_rest(self):
        items = ", ".join(f"word{i}" for i in range(6000))
        rules = self.file("many.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - {id: spam.x, verdict: flag, words: "
                          f"[{items}],\n     tests: {{match: [word7], no_match: [roses]}}}}\n")
        done = run("coverage", rules, "--all")
        self.check_exit(done, 0)
        self.assertEqual(done.out.count("[M509"), 3)
        self.assertIn("so it is of 5996 more items of the rule", done.out)

    def test_lcov_and_markdown(self):
        trace = run("coverage", self.rules(), "--output", "lcov").out
        for part in ("SF:", "FN:4,spam.x", "FNDA:1,spam.x", "BRDA:8,", "LF:", "end_of_record"):
            self.assertIn(part, trace)
        page = run("coverage", self.rules(), "--output", "markdown").out
        self.assertIn("| **G2** Be kind |  | 0 | 0 | ❌ no rule enforces it |", page)


class Diff(Case):
    OLD = ("modcore: 1\ncategory: spam\nrules:\n"
           "  - id: spam.casino\n    phrases: [online casino]\n    verdict: flag\n"
           "    tests: {match: [my online casino]}\n"
           "  - {id: spam.gone, words: [gone], verdict: flag}\n")
    NEW = ("modcore: 1\ncategory: spam\nrules:\n  # moved, and stronger\n"
           "  - {id: spam.new, words: [fresh], verdict: flag}\n"
           "  - id: spam.casino\n    phrases: [online casino, poker night]\n    verdict: hide\n"
           "    tests: {match: [my online casino]}\n")

    def test_what_changed_and_which_posts_flip(self):
        old, new = self.file("old.rules.yaml", self.OLD), self.file("new.rules.yaml", self.NEW)
        posts = self.file("posts.ndjson", "online casino\nroses\ngone\npoker night | x\n")
        done = run("diff", old, new, "-c", posts)
        self.check_exit(done, 0)
        for part in ("added   spam.new", "removed spam.gone", "changed spam.casino", "- flag", "+ hide", "+ poker night",
                     "corpus: 3 of 4 posts get another verdict", "posts of tests: 1 of 1"):
            self.assertIn(part, done.out)
        report = json.loads(run("diff", old, new, "-c", posts, "--output", "json").out)
        self.assertEqual(report["corpus"]["flipped"], 3)
        self.assertEqual([r["change"] for r in report["rules"]], ["changed", "removed", "added"])
        page = run("diff", old, new, "-c", posts, "--output", "markdown").out
        self.assertIn("**3 of 4 posts (75.0 %) get another verdict.**", page)
        self.assertIn("`poker night \\| x`", page)

    def test_layout_and_order_do_not_count(self):
        old = self.file("old.rules.yaml", self.OLD)
        lines = self.OLD.splitlines()
        same = self.file("same.rules.yaml", "# a comment\n" + "\n".join(lines[:3] + lines[7:] + lines[3:7]) + "\n")
        self.check_exit(run("diff", old, cwd=self.folder), 3)
        done = run("diff", old, same)
        self.check_exit(done, 0)
        self.assertEqual(done.out, "nothing changes: both mean the same\n")

    def test_revisions_of_git(self):
        git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        def commit(text):
            self.file("policy.yaml", "modcore: 1\npolicy: p\npacks: [./x.rules.yaml]\n")
            self.file("x.rules.yaml", text)
            for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "rules"]):
                subprocess.run([*git, *words], cwd=self.folder, check=True, capture_output=True)
        try:
            commit(self.OLD)
        except FileNotFoundError:
            self.skipTest("git is not installed")
        self.file("x.rules.yaml", self.NEW)
        self.assertIn("changed spam.casino", run("diff", "HEAD", cwd=self.folder).out)
        commit(self.NEW)
        self.assertIn("nothing changes", run("diff", "HEAD", cwd=self.folder).out)
        self.assertIn("changed spam.casino", run("diff", "HEAD~1", "HEAD", cwd=self.folder).out)
        self.assertIn("removed spam.gone", run("diff", "HEAD~1:x.rules.yaml", "x.rules.yaml", cwd=self.folder).out)
        for bad in ("nowhere", "HEAD:missing.yaml", "--help=x", "-x"):
            self.check_exit(run("diff", "--", bad, cwd=self.folder), 3)

    def test_outside_a_repository_a_revision_is_an_error_that_says_so(self):
        done = run("diff", "HEAD", cwd=self.folder, env={"GIT_CEILING_DIRECTORIES": str(self.folder.parent)})
        self.check_exit(done, 3)
        self.assertIn("git", done.err)

    def test_rules_that_do_not_compile_are_named(self):
        done = run("diff", RULES, BROKEN)
        self.check_exit(done, 2)
        self.assertIn("broken.rules.yaml", done.err)


class Tables(Case):
    def test_a_table_is_judged_row_by_row(self):
        table = self.file("posts.csv", '\ufeffid;text;user_name;shoe size\r\na;"an online\r\ncasino; really";ann;7\r\n'
                                       "b;roses;bob;8\r\nc;x;y;z;too many\r\n")
        done = run("scan", "-r", RULES, table)
        self.check_exit(done, 1)
        self.assertEqual([(d["id"], d["verdict"]) for d in decisions(done)], [("a", "hide"), ("b", "allow")])
        self.assertIn("posts.csv:5: the row has 5 cells where the header has 4", done.err)
        self.assertIn("shoe size (2 posts)", done.err)

    def test_standard_input_may_be_a_table(self):
        done = scan("subject,content\nonline casino,x\n", "--csv")
        self.check_exit(done, 0)
        self.assertEqual(decisions(done)[0]["fired"][0]["evidence"][0]["field"], "title")

    def test_a_column_that_nobody_knows_is_named(self):
        done = scan("a,b\n1,2\n", "--csv")
        self.check_exit(done, 3)
        self.assertIn("no column is the text of a post; the columns are a, b", done.err)

    def test_columns_and_keys_are_mapped(self):
        done = scan('{"data": {"words": "online casino"}}\n', "--map", "body=data.words")
        self.assertEqual(verdicts(done), ["hide"])
        done = scan("Q1,Q2\nroses,online casino\n", "--csv", "--map", "body=Q2")
        self.assertEqual(verdicts(done), ["hide"])
        self.assertEqual(verdicts(scan('{"content": "online casino", "user": "ann"}\n')), ["hide"])
        self.check_exit(scan("x\n", "--map", "body"), 3)

    def test_many_rows_on_several_threads_keep_their_order(self):
        table = self.file("posts.csv", "id,text\n" + "".join(f'{i},"online\ncasino {i}"\n' for i in range(5000)))
        done = run("scan", "-r", RULES, "--jobs", "3", table)
        self.assertEqual([d["id"] for d in decisions(done)], [str(i) for i in range(5000)])


class Explain(Case):
    def test_a_diagnostic(self):
        for name in ("M002", "m002", "unknown-key"):
            done = run("explain", name)
            self.check_exit(done, 0)
            self.assertIn("M002 unknown-key", done.out)
            self.assertIn("Shows it\n\n    modcore: 1\n", done.out)
            self.assertIn("How to mend it\n", done.out)
            self.assertNotIn("```", done.out)
        entry = json.loads(run("explain", "M002", "--output", "json").out)
        self.assertEqual((entry["id"], entry["help"]), ("M002", "known keys: {2}"))
        self.assertTrue(entry["page"].startswith("# M002 unknown-key\n"))

    def test_what_the_dates_of_a_rule_make_of_it(self):
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n"
                          "  - {id: a.old, words: [x], expires: 2020-01-01}\n"
                          "  - {id: a.new, words: [x], active_from: 2120-01-01}\n")
        old = run("explain", "a.old", "-r", rules)
        self.check_exit(old, 0)
        self.assertIn("expired on 2020-01-02T00:00:00Z", old.out)
        self.assertNotIn("active", old.out)
        self.assertIn("off until 2120-01-01T00:00:00Z", run("explain", "a.new", "-r", rules).out)
        rule = json.loads(run("explain", "a.old", "-r", rules, "--output", "json").out)
        self.assertEqual((rule["id"], rule["expires"]), ("a.old", "2020-01-02T00:00:00Z"))

    def test_each_post_of_a_file_is_explained(self):
        feed = self.file("feed.ndjson",
                         '{"body": "an online casino"}\n\n{"body": "roses"}\nmy online casino\n')
        done = run("explain", "spam.casino", "-r", RULES, "--post", feed)
        self.check_exit(done, 0)
        self.assertEqual(done.out.count("spam.casino: fired"), 2)
        self.assertEqual(done.out.count("spam.casino: not fired"), 1)
        done = run("explain", "spam.casino", "-r", RULES, "--output", "json", "--post", feed)
        self.assertEqual(len(done.out.splitlines()), 3)

    def test_a_post_that_cannot_be_read_is_named_and_the_others_are_explained(self):
        feed = self.file("feed.ndjson", '{"body": "roses"}\n{"bo\n{"body": "online casino"}\n')
        done = run("explain", "spam.casino", "-r", RULES, "--post", feed)
        self.check_exit(done, 1)
        self.assertIn("line 2 is no post in JSON", done.err)
        self.assertEqual(done.out.count("spam.casino: fired"), 1)

    def test_a_rule_without_a_post(self):
        done = run("explain", "spam.casino", "-r", RULES)
        self.check_exit(done, 0)
        self.assertIn("casino.rules.yaml:5", done.out)

    def test_an_unknown_id(self):
        done = run("explain", "casino", "-r", RULES)
        self.check_exit(done, 3)
        self.assertIn("spam.casino", done.err)
        self.check_exit(run("explain"), 3)

    def test_why_and_why_not(self):
        post = '{"body": "See MY shop"}'
        done = run("explain", "spam.newcomer-link", "-r", RULES, "--post", post)
        self.check_exit(done, 0)
        for part in ("spam.newcomer-link: undetermined", "? when: ", "missing: author.post_count",
                     '"MY shop" in body 4-11', "see my shop"):
            self.assertIn(part, done.out)
        explanation = json.loads(run("explain", "spam.newcomer-link", "-r", RULES, "--post", post,
                                     "--output", "json").out)
        self.assertEqual(explanation["rules"][0]["outcome"], "undetermined")

    def test_what_was_read_in_disguise_is_shown_character_by_character(self):
        rules = self.file("a.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n  - id: a.word\n    patterns: "
                          "{main: {phrases: [free casino], tolerance: obfuscated}}\n    verdict: hide\n")
        post = '{"body": "FREE c@s<b></b>1n0"}'
        done = run("explain", "a.word", "-r", rules, "--post", post)
        self.check_exit(done, 0)
        for part in ("in body 0-18 at obfuscated", '"c@s<b></b>1n0" is casino, in body 5-18, for $main "free casino"',
                     '"@" is a (leet)', '"<b></b>" is left out (markup)', '"0" is o (leet)'):
            self.assertIn(part, done.out)
        word, = json.loads(run("explain", "a.word", "-r", rules, "--post", post, "--output", "json").out)["disguises"]
        self.assertEqual((word["pattern"], word["item"], word["field"], word["begin"], word["end"], word["word"]),
                         ("main", "free casino", "body", 5, 18, "casino"))
        self.assertEqual(word["characters"][1],
                         {"begin": 6, "end": 7, "text": "@", "letter": "a", "how": ["leet"]})
        self.assertEqual(word["characters"][0]["how"], [])
        plain = run("explain", "a.word", "-r", rules, "--post", '{"body": "free casino"}', "--output", "json")
        self.assertEqual(json.loads(plain.out)["disguises"], [])

    def test_a_post_may_stand_in_a_file(self):
        pretty = self.file("post.json", '{\n  "body": "an online casino"\n}\n')
        lines = self.file("feed.ndjson", '{"body": "an online casino"}\n{"body": "roses"}\n')
        plain = self.file("post.txt", "an online casino")
        for file in (pretty, lines, plain):
            done = run("explain", "spam.casino", "-r", RULES, "--post", file)
            self.check_exit(done, 0)
            self.assertIn("spam.casino: fired", done.out)
        self.check_exit(run("explain", "spam.casino", "-r", RULES, "--post", "none.json"), 3)
        self.check_exit(run("explain", "spam.casino", "-r", RULES, "--post", '{"body": '), 1)


class Everything(Case):
    def test_help_teaches_with_examples(self):
        for verb in ([], ["scan"], ["check"], ["test"], ["explain"], ["list"]):
            done = run(*verb, "--help")
            self.check_exit(done, 0)
            self.assertIn("  modcore ", done.out)
            self.assertLess(max(len(line) for line in done.out.splitlines()), 120)

    def test_wrong_usage_exits_with_3(self):
        for args in ([], ["sacn"], ["scan", "--jobs", "many"], ["scan", "--colour"], ["list"],
                     ["list", "roses"], ["scan", "--jobs", "-1"]):
            self.check_exit(run(*args), 3)

    def test_what_is_no_verb_is_named(self):
        for args, what in ((["sacn"], "there is no verb `sacn`; there is scan"),
                           (["list", "roses"], "`roses`; there is rules")):
            self.assertIn(what, run(*args).err)

    def test_arguments_cannot_command_the_terminal(self):
        for args in (["sc\x1b[31m"], ["scan", "--x\x1b[31m"], ["scan", "--jobs", "\x1b[31m"],
                     ["scan", "-r", RULES, "-o", "text=/no/\x1b[31m"], ["explain", "\x1b[31m"],
                     ["check", "\x1b[31m"], ["check", "\x1b[31m.yaml"]):
            done = run(*args)
            self.assertNotEqual(done.returncode, 0)
            self.assertNotIn("\x1b", done.out + done.err)

    def test_help_that_cannot_be_written_is_an_error(self):
        for args in (["--help"], ["scan", "--help"], ["--version"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([MODCORE, *args], stdout=full, stderr=subprocess.PIPE,
                                      env=ENVIRONMENT, timeout=60)
            self.assertEqual(done.returncode, 3)
            self.assertIn(b"No space left", done.stderr)

    def test_closed_streams_are_an_error(self):
        for closed, said in (("<&-", "cannot read standard input: it is closed"),
                             (">&-", "cannot write to standard output")):
            command = f'echo roses | ("{MODCORE}" scan -r "{RULES}" {closed})'
            done = subprocess.run(["bash", "-c", command], capture_output=True, text=True,
                                  env=ENVIRONMENT, timeout=60)
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn(said, done.stderr)

    def test_an_artifact_serves_every_verb_that_takes_rules(self):
        file = str(self.folder / "rules.mcb")
        self.check_exit(run("compile", "-r", RULES, "-o", file), 0)
        piped = subprocess.run([MODCORE, "compile", "-r", RULES, "-o", "-"], capture_output=True,
                               env=ENVIRONMENT, timeout=60)
        self.assertEqual(piped.stdout, Path(file).read_bytes())
        posts = '{"id": "1", "body": "online casino"}\nroses\n'
        wanted = run("scan", "-r", RULES, stdin=posts).out
        for more in ([], ["--trusted"]):
            self.assertEqual(run("scan", "-r", file, *more, stdin=posts).out, wanted)
            self.assertEqual(run("list", "rules", "-r", file, *more).out, run("list", "rules", "-r", RULES).out)
            explained = run("explain", "spam.casino", "-r", file, *more, "--post", '{"body": "online casino"}')
            self.check_exit(explained, 0)
        # It holds no text: to say that nothing was found would say nothing.
        for verb in (["check"], ["test"], ["coverage"], ["fix"], ["fmt"], ["diff", RULES]):
            for artifact in (file, self.compiled("spam")):
                refused = run(*verb, artifact)
                self.check_exit(refused, 2)
                self.assertIn("M021", refused.out + refused.err, verb)
        self.check_exit(run("scan", "-r", file, "-r", "spam"), 2)
        self.check_exit(run("scan", "-r", str(self.folder / "missing.mcb")), 3)

    def compiled(self, rules):
        file = str(self.folder / f"{Path(rules).name}.mcb")
        self.check_exit(run("compile", "-r", rules, "-o", file), 0)
        return file

    def test_a_post_that_is_no_json_and_no_file_is_told_how_to_be_written(self):
        done = run("explain", "spam.casino", "-r", RULES, "--post", "casino b0nus")
        self.check_exit(done, 3)
        self.assertIn("""--post '{"body": "..."}'""", done.err)

    def test_a_file_whose_reading_fails_is_told_and_never_taken_as_empty(self):
        broken = "/proc/self/mem"  # opens, and cannot be read
        for args in (["inspect", broken], ["verify", broken], ["fmt", broken], ["backtest", "merge", broken],
                     ["backtest", "-r", RULES, "--corpus", broken]):
            done = run(*args)
            self.check_exit(done, 3)
            self.assertIn("reading failed", done.err)
        done = run("check", broken)
        self.check_exit(done, 2)
        self.assertNotIn(f"there is `{broken}`", done.out)

    def test_a_column_that_is_not_there_is_named(self):
        table = self.file("t.csv", "id,comment_text\n1,roses\n")
        done = run("scan", "-r", RULES, "--map", "body=comments", table)
        self.check_exit(done, 3)
        self.assertIn("no column is called comments; the columns are id, comment_text", done.err)
        self.check_exit(run("scan", "-r", RULES, "--map", "body=Comment_Text", table), 0)

    def test_an_artifact_of_other_rules_beside_its_policy_is_told(self):
        rules = self.file("our.rules.yaml", Path(RULES).read_text())
        for name in ("our.mcb", "our.rules.mcb"):
            artifact = str(self.folder / name)
            self.check_exit(run("compile", "-r", rules, "-o", artifact), 0)
            self.assertNotIn("M905", run("check", rules).out)
            self.check_exit(run("compile", "-r", FAILING, "-o", artifact), 0)
            told = run("check", rules, "--strict")
            self.check_exit(told, 1)
            self.assertIn(f"our.rules.yaml:1:1", told.out)
            self.assertIn("M905", told.out)
            self.assertIn(f"modcore compile -r {rules} -o {artifact}", told.out)
            self.file(name, "modcore: 1")  # no artifact, whatever its name
            self.assertNotIn("M905", run("check", rules).out)
            os.remove(artifact)

    def test_a_cache_is_filled_once_and_used_by_every_verb(self):
        cache = self.folder / "cache"
        for args in (["check", RULES, "--cache", str(cache)], ["scan", "-r", RULES, "--cache", str(cache)]):
            self.check_exit(run(*args, stdin="online casino\n"), 0)
        kept = list(cache.iterdir())
        self.assertEqual(len(kept), 1)
        self.assertEqual(cache.stat().st_mode & 0o777, 0o700)
        written = kept[0].stat().st_mtime_ns
        wanted = run("scan", "-r", RULES, stdin="online casino\n").out
        self.assertEqual(run("scan", "-r", RULES, stdin="online casino\n", env={"MODCORE_CACHE": str(cache)}).out, wanted)
        self.assertEqual(kept[0].stat().st_mtime_ns, written)
        cache.chmod(0o777)
        done = run("check", RULES, "--cache", str(cache))
        self.assertIn("M022", done.out)
        self.assertEqual(run("scan", "-r", RULES, "--cache", str(cache), stdin="online casino\n").out, wanted)

    def test_a_profile_names_what_is_dear(self):
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n"
                          "  - {id: spam.word, words: [casino], verdict: flag}\n"
                          "  - {id: spam.slow, regex: ['(?:\\w+[^\\w]+){4,7}(?=\\d)(?<!x)\\w'], verdict: flag}\n")
        corpus = self.file("posts.ndjson", '{"body": "The roses of our casino bloom this year"}\n'
                           + "My roses bloom, and nobody would have believed it\n" * 50)
        done = run("profile", "-r", rules, "--corpus", corpus, "--output", "json")
        self.check_exit(done, 0)
        report = json.loads(done.out)
        self.assertEqual(report["schema"], "modcore.profile/1")
        self.assertEqual(report["posts"], 51)
        self.assertEqual([rule["rule"] for rule in report["rules"]], ["spam.slow", "spam.word"])
        self.assertEqual(report["rules"][1]["confirmed"], 1)
        self.assertEqual(report["rules"][1]["plan"], "a literal in the words view")
        text = run("profile", "-r", rules, "--corpus", corpus, "--top", "1").out
        self.assertIn("1 of 2 rules cost half of the time", text)
        self.check_exit(run("profile", "-r", rules, "--corpus", self.file("none", "")), 3)
        self.check_exit(run("profile", "-r", rules), 3)

    def test_a_check_that_takes_too_long_is_given_up(self):
        many = "".join(f"  - {{id: spam.r{i}, regex: ['[a-z]{{1,99}}(\\d|x{i}|[p-t]){{1,40}}y'], verdict: flag}}\n"
                       for i in range(300))
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\nrules:\n" + many)
        started = time.monotonic()
        done = run("check", rules, "--max-time", "1")
        self.check_exit(done, 2)
        self.assertIn("not done within 1 seconds", done.err)
        self.assertLess(time.monotonic() - started, 60)

    def test_an_artifact_is_inspected_and_verified(self):
        file = str(self.folder / "rules.mcb")
        self.check_exit(run("compile", "-r", RULES, "-o", file), 0)
        shown = json.loads(run("inspect", file, "--output", "json").out)
        self.assertEqual(shown["bytes"], os.path.getsize(file))
        self.assertEqual([s["name"] for s in shown["sections"]],
                         ["about", "program", "patterns", "rules", "native"])
        self.assertIn(shown["fingerprint"], run("inspect", file).out)
        verified = run("verify", file)
        self.check_exit(verified, 0)
        self.assertIn("those that this library compiles", verified.out)
        self.check_exit(run("compile", "-r", RULES, "-o", file, "--portable"), 0)
        self.assertIn("no databases", run("verify", file).out)
        self.check_exit(run("verify", file, "-r", RULES), 0)
        stale = run("verify", file, "-r", FAILING)
        self.check_exit(stale, 1)
        self.assertIn("not of these rules", stale.err)
        self.check_exit(run("verify", file, "-r", BROKEN), 2)
        whole = Path(file).read_bytes()
        for bad in (whole[:-1], whole + b"x", whole[:50] + b"x" + whole[51:], b"", b"modcore: 1"):
            damaged = self.file("bad.mcb", bad)
            for verb in ("inspect", "verify"):
                self.check_exit(run(verb, damaged), 1)
            self.check_exit(run("scan", "-r", damaged), 2)
        self.check_exit(run("verify", str(self.folder / "missing.mcb")), 3)
        self.check_exit(run("compile", "-r", BROKEN, "-o", file), 2)
        self.assertEqual(Path(file).read_bytes(), whole)
        self.check_exit(run("compile", "-r", RULES, "-o", str(self.folder)), 3)

    def test_the_rules_that_are_loaded_are_listed(self):
        rows = json.loads(run("list", "rules", "-r", RULES, "--output", "json").out)
        self.assertEqual([(row["id"], row["verdict"]) for row in rows],
                         [("spam.casino", "hide"), ("spam.newcomer-link", "flag")])
        self.check_exit(run("list", "rules", "-r", BROKEN), 2)

    def test_the_fields_of_rules_are_listed_with_those_of_the_language(self):
        rules = self.file("x.rules.yaml", "modcore: 1\ncategory: spam\n"
                          "context: {author.plan: text, author.karma: int}\n"
                          "rules:\n  - {id: a.b, when: author.karma < 3 and author.plan == 'free'}\n")
        alone = json.loads(run("list", "fields", "--output", "json").out)
        rows = json.loads(run("list", "fields", "-r", rules, "--output", "json").out)
        self.assertEqual([(row["name"], row["type"]) for row in rows[len(alone):]],
                         [("author.karma", "int"), ("author.plan", "text")])

    def test_the_version_names_the_language_and_the_matcher(self):
        done = run("--version")
        self.check_exit(done, 0)
        self.assertRegex(done.out, r"modcore \d+\.\d+\.\d+\nrule language 1\nmatching by \S+")

    def test_lists(self):
        for what, known in (("fields", "author.post_count"), ("functions", "caps_ratio"),
                            ("diagnostics", "M002"), ("packs", "spam"), ("presets", "")):
            text = run("list", what)
            self.check_exit(text, 0)
            self.assertIn(known, text.out)
            rows = json.loads(run("list", what, "--output", "json").out)
            self.assertEqual(len(rows), len(text.out.splitlines()))
            self.assertGreater(len(rows), 0)


if __name__ == "__main__":
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[__name__])
    started = time.monotonic()
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    print(f"{result.testsRun} claims in {time.monotonic() - started:.1f} s")
    sys.exit(0 if result.wasSuccessful() and result.testsRun >= 40 else 1)
