"""Rules measured and mended from Python. Each test's name is a claim."""

import json
import pickle
import subprocess
import sys
import textwrap
from datetime import datetime, timezone

import modcore
import pytest
from modcore import Verdict

RULES = """\
modcore: 1
category: spam
rules:
  - id: spam.casino
    phrases: [online casino, bingo hall]
    verdict: hide
    tests: {match: [online casino], no_match: [roses]}
  - {id: spam.count, when: author.post_count == 3, verdict: flag}
"""
POSTS = [
    {"id": "a", "body": "Été: online casino", "label": "spam"},
    {"id": "b", "body": "roses", "label": "ham"},
    {"id": "c", "body": "bingo hall", "label": "ham"},
    {"id": "d", "body": "buy now", "label": "spam"},
]


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "a.rules.yaml"
    path.write_text(RULES)
    return path


@pytest.fixture
def posts(tmp_path):
    path = tmp_path / "posts.ndjson"
    path.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    return path


def test_a_backtest_counts_what_is_caught_and_how_right_it_is(rules, posts):
    engine = modcore.compile_files(rules)
    report = modcore.backtest(engine, posts)
    assert (report.posts, report.positives, report.negatives, report.bad_lines) == (4, 2, 2, 0)
    assert report.verdicts[Verdict.HIDE] == 2 and report.verdicts[Verdict.ALLOW] == 2
    assert report.engine == engine.fingerprint and report.files == (str(posts),)
    any_verdict = report.verdict_rows[0]
    assert (any_verdict.right, any_verdict.wrong) == (1, 1)
    assert (any_verdict.precision.value, any_verdict.recall.of) == (0.5, 2)
    casino = {row.name: row for row in report.rules}["spam.casino"]
    assert (casino.posts, casino.verdict, casino.status) == (2, Verdict.HIDE, "active")
    assert [example.id for example in report.missed] == ["d"]
    example = next(example for example in casino.examples if example.id == "a")
    place = example.evidence[0]
    assert example.label is True and example.body[place.begin : place.end] == "online casino"
    assert report.passed and report.to_dict()["schema"] == "modcore.backtest/1"
    assert "spam.casino" in report.to_markdown() and report.to_html().startswith("<!")


def test_budgets_bound_what_a_backtest_may_find(rules, posts):
    engine = modcore.compile_files(rules)
    report = modcore.backtest(engine, posts, max_hits=["hide=0"], min_recall=["flag=50%"])
    assert [(budget.kind, budget.met) for budget in report.budgets] == [("max_hits", False), ("min_recall", True)]
    assert not report.passed and report.budgets[0].examples[0].id == "c"
    for wrong in [{"max_hits": ["hide"]}, {"min_recall": ["nothing=1"]}, {"shard": "3/2"}]:
        with pytest.raises(ValueError):
            modcore.backtest(engine, posts, **wrong)
    with pytest.raises(TypeError, match="max_hits is a list of texts"):
        modcore.backtest(engine, posts, max_hits="hide=0")


def test_shards_add_up_to_the_whole(rules, posts):
    engine = modcore.compile_files(rules)
    parts = [modcore.backtest(engine, posts, shard=f"{i}/2").to_json() for i in (1, 2)]
    merged, whole = modcore.merge_backtests(parts), modcore.backtest(engine, posts)
    assert (merged.posts, merged.verdicts, merged.corpus) == (whole.posts, whole.verdicts, whole.corpus)
    with pytest.raises(ValueError):
        modcore.merge_backtests([parts[0], parts[0]])
    with pytest.raises(ValueError):
        modcore.merge_backtests(["no JSON"])


def test_foreign_names_and_tables_are_read(rules, tmp_path):
    table = tmp_path / "posts.csv"
    table.write_text("words,count,label\nonline casino,3,spam\nroses,1,ham\n")
    report = modcore.backtest(modcore.compile_files(rules), table,
                              names={"words": "body", "count": "author.post_count"})
    assert {row.name: row.posts for row in report.rules} == {"spam.casino": 1, "spam.count": 1}
    with pytest.raises(FileNotFoundError):
        modcore.backtest(modcore.compile_files(rules), tmp_path / "none.csv")


def test_progress_is_told_and_may_end_a_backtest(rules, tmp_path):
    posts = tmp_path / "posts.txt"
    posts.write_text("roses are red and violets are blue\n" * 200_000)
    engine = modcore.compile_files(rules)
    told = []
    assert modcore.backtest(engine, posts, progress=lambda done, total: told.append((done, total))).posts == 200_000
    size = posts.stat().st_size
    assert told[-1] == (size, size) and told == sorted(told) and len(told) > 5

    def stop(done, total):
        raise RuntimeError("enough")

    for _ in range(3):
        with pytest.raises(RuntimeError, match="enough"):
            modcore.backtest(engine, posts, progress=stop)


def test_ctrl_c_ends_a_backtest(rules, tmp_path):
    posts = tmp_path / "posts.txt"
    posts.write_text("roses are red and violets are blue\n" * 3_000_000)
    program = f"""
        import os, signal, threading, modcore
        engine = modcore.compile_files({str(rules)!r})
        threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
        try:
            modcore.backtest(engine, {str(posts)!r})
        except KeyboardInterrupt:
            print("interrupted")
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "interrupted\n"), done.stderr


def test_coverage_tells_what_no_test_has_seen(rules, posts):
    report = modcore.coverage(rules)
    casino, count = report.rules
    assert casino.tested and (casino.match, casino.no_match) == (1, 1) and not count.tested
    assert {item.name: item.tests for item in casino.items} == {"online casino": 1, "bingo hall": 0}
    assert report.rules_tested == (1, 2) and 0 < report.total.seen < report.total.all
    assert "no test of `spam.casino` matches the item `bingo hall`" in [f.message for f in report.diagnostics]
    assert not report.diagnostics.has_errors and report.diagnostics.render("compact")
    with_posts = modcore.coverage(rules, corpus=posts)
    assert with_posts.posts == 4 and with_posts.items.seen == 2
    assert report.to_dict()["schema"] == "modcore.coverage/1" and report.to_lcov().startswith("TN:")
    assert "spam.casino" in report.to_markdown()
    assert modcore.coverage("nowhere.yaml").diagnostics.has_errors
    with pytest.raises(FileNotFoundError):
        modcore.coverage(rules, corpus=["nowhere.ndjson"])


def test_a_diff_tells_what_changes_in_meaning(rules, posts, tmp_path):
    newer = tmp_path / "newer" / "a.rules.yaml"
    newer.parent.mkdir()
    newer.write_text(RULES.replace(", bingo hall", "").replace("verdict: hide", "verdict: flag"))
    diff = modcore.diff_policies(rules, newer, corpus=posts)
    change, = diff.rules
    assert (change.rule, change.kind, change.verdict) == ("spam.casino", "changed", Verdict.FLAG)
    assert any(aspect.removed == ("bingo hall",) for aspect in change.aspects)
    assert (change.posts_before, change.posts_after) == (2, 1)
    assert diff.verdicts[Verdict.HIDE][Verdict.FLAG] == 1 and diff.verdicts[Verdict.HIDE][Verdict.ALLOW] == 1
    assert diff.flipped == 2 and {flip.example.id for flip in diff.flips} == {"a", "c"}
    assert not diff.is_empty and diff.to_dict()["schema"] == "modcore.diff/1" and "spam.casino" in diff.to_markdown()
    assert modcore.diff_policies(rules, [rules]).is_empty
    broken = modcore.diff_policies(rules, "nowhere.yaml")
    assert broken.after.has_errors and not broken.before.has_errors


def test_rules_do_not_differ_from_themselves(tmp_path):
    path = tmp_path / "a.rules.yaml"
    path.write_text(RULES.replace("match: [online casino]",
                                  "mutations: [case, accents], match: [online casino, Bingo hall]"))
    assert modcore.run_tests(path).counts() == {"passed": 7}
    diff = modcore.diff_policies(path, path)
    assert (diff.tests_added, diff.tests_removed, diff.is_empty) == (0, 0, True)


def test_one_layout_is_written_and_what_is_no_yaml_is_left_alone():
    untidy = "modcore: 1\ncategory:   spam\nrules:\n  - {id: a.b,   words: [b, a], verdict: flag}\n"
    tidy = modcore.format(untidy)
    assert tidy.text != untidy and tidy.diagnostics == [] and modcore.format(tidy.text).text == tidy.text
    assert modcore.format("b\na\n", name="words.txt").text == "a\nb\n"
    broken = modcore.format("rules: [")
    assert broken.text == "rules: [" and broken.diagnostics.has_errors


def test_corrections_are_reported_and_written_when_asked(tmp_path):
    path = tmp_path / "a.rules.yaml"
    wrong = "modcore: 1\r\ncategory: spam\r\nrules:\r\n  - {id: a.b, wrds: [żaba], verdict: flag} # why\r\n"
    path.write_bytes(wrong.encode())
    report = modcore.fix_files(path)
    file, = report.files
    assert (file.name, file.before) == (str(path), wrong) and "words: [żaba]" in file.after
    assert report.applied[0].fixes and not report.remaining.has_errors
    assert path.read_bytes() == wrong.encode()
    report.write()
    assert path.read_bytes() == wrong.replace("wrds", "words").encode()
    assert modcore.fix_files(path).files == () and modcore.files_of(path) == [str(path)]


def test_checks_look_at_word_lists(tmp_path):
    rules = ("modcore: 1\ncategory: spam\nrules:\n  - id: a.b\n    substrings: [zwork]\n    verdict: flag\n"
             "    tests: {match: [zwork], no_match: [roses]}\n")
    assert modcore.check(rules) == []
    words = "zworking\nzworked\nzworker\nunzworked\nlapezworkana\nmizworkana\nsezworkolina\n"
    found = modcore.check({"a.rules.yaml": rules, "en.txt": words}, wordlists=["en.txt"])
    assert [finding.id for finding in found] == ["M310"]
    path, listed = tmp_path / "a.rules.yaml", tmp_path / "ours.txt"
    path.write_text(rules)
    listed.write_text(words)
    assert modcore.check_files(path) == []
    assert [finding.id for finding in modcore.check_files(path, wordlists=[listed])] == ["M310"]
    assert [finding.id for finding in modcore.check_files(path, wordlists=(f"en={listed}",))] == ["M310"]
    missing, = modcore.check_files(path, wordlists=[tmp_path / "none.txt"])
    assert missing.id == "M011"


def test_checks_go_by_settings_and_dates(tmp_path):
    rules = "modcore: 1\ncategory: spam\nrules:\n  - {id: a.b, phrases: [one thing, one thing], verdict: flag}\n"
    warning, = modcore.check(rules)
    assert warning.severity is modcore.Severity.WARNING
    findings = modcore.check({"a.rules.yaml": rules, ".modcore.yaml": "modcore: 1\nfail-level: warning\n"})
    assert findings.compiles and not findings.has_errors and not findings.passed
    assert findings.fail_level is modcore.Severity.WARNING and modcore.check(rules).passed
    path, settings = tmp_path / "a.rules.yaml", tmp_path / "strict.yaml"
    path.write_text(rules)
    settings.write_text("modcore: 1\nfail-level: warning\n")
    assert modcore.check_files(path).passed and not modcore.check_files(path, config=settings).passed
    assert modcore.check_files(path, config=settings).config == str(settings)
    with pytest.raises(FileNotFoundError):
        modcore.check_files(path, config=tmp_path / "none.yaml")
    dated = rules.replace("one thing, one thing", "one thing").replace("flag}", "flag, expires: 2026-06-01}")
    before, after = (modcore.check(dated, now=datetime(year, 1, 1, tzinfo=timezone.utc)) for year in (2026, 2027))
    assert before == [] and [finding.rule for finding in after] == ["a.b"]
    with pytest.raises(ValueError, match="time zone"):
        modcore.check(rules, now=datetime(2026, 1, 1))


def test_reports_are_values_that_say_what_they_are(rules, posts):
    report = modcore.backtest(modcore.compile_files(rules), posts)
    assert repr(report).startswith("<BacktestReport 4 posts ")
    assert pickle.loads(pickle.dumps(report.rules)) == report.rules
    assert repr(modcore.coverage(rules)).endswith("2 rules>")
    assert repr(modcore.diff_policies(rules, rules)) == "<PolicyDiff 0 rules, 0 of 0 posts>"
