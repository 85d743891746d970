"""What stands around an engine: asyncio, metrics, log lines, the bots' Moderator, the pytest plug-in."""

import asyncio
import doctest
import json
import logging
import re
import subprocess
import sys
import threading

import modcore
import pytest
from modcore import Verdict, aio, bot, observe
from modcore.bot import Moderator

RULES = """
modcore: 1
category: spam
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide, reason: {en: No adverts., fr: Pas de pub.}}
  - {id: spam.held, phrases: [call me], verdict: escalate, hide: false, escalate: {to: moderators}}
"""


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


def test_the_docstrings_are_true():
    for module in [aio, observe, bot, modcore._batch]:
        result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
        assert result.failed == 0 and result.attempted >= 3


def test_a_long_post_is_judged_in_a_thread_and_a_short_one_at_once(engine):
    class Rules:
        def scan(self, body, **facts):
            return threading.current_thread() is threading.main_thread()

    async def main():
        assert await aio.scan(Rules(), "short", title="short")
        assert not await aio.scan(Rules(), "x" * aio.INLINE_UP_TO, title="x")

    asyncio.run(main())


def test_asyncio_compiles_reloads_and_scans_batches(tmp_path):
    async def main():
        file = tmp_path / "a.rules.yaml"
        file.write_text(RULES)
        slot = modcore.EngineSlot(await aio.compile_files(file))
        assert (await aio.scan(slot, "online casino", title="x")).hidden
        assert (await aio.scan_batch(slot.load(), ["online casino"])).hidden() == [True]
        assert await aio.reload(slot) is slot.load()

    asyncio.run(main())


def test_metrics_are_what_prometheus_reads(engine):
    metrics = observe.Metrics()
    metrics.observe(engine.scan("online casino"), 3e-6)
    metrics.observe(engine.scan("roses"), 1.0)
    text = metrics.exposition()
    line = re.compile(r'(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"\})? [-+.\de]+)')
    assert all(line.fullmatch(row) for row in text.splitlines())
    assert 'modcore_decisions_total{verdict="hide"} 1' in text
    assert 'modcore_rules_fired_total{rule="spam.casino"} 1' in text
    assert 'modcore_scan_seconds_bucket{le="5e-06"} 1' in text
    assert 'modcore_scan_seconds_bucket{le="+Inf"} 2' in text and "modcore_scan_seconds_count 2" in text


def test_a_log_line_shows_no_text_unless_asked(engine):
    decision = engine.scan("the ONLINE casino", id="p")
    quiet, loud = observe.log_line(decision, shard=3), observe.log_line(decision, text=True)
    assert "casino" not in quiet.replace("spam.casino", "").lower()
    assert json.loads(quiet)["fired"] == [
        {"rule": "spam.casino", "evidence": [{"field": "body", "begin": 4, "end": 17}]}]
    assert json.loads(quiet)["shard"] == 3 and "ONLINE casino" in loud and "\n" not in loud


def test_a_moderator_tells_the_public_reason_apart_from_the_evidence(engine):
    ruling = Moderator(engine, lang="fr").judge("online casino", author={"id": "u"})
    assert (ruling.action, ruling.public_reason, ruling.hidden) == (Verdict.HIDE, "Pas de pub.", True)
    assert ruling.decision.fired[0].evidence[0].text == "online casino"
    held = Moderator(engine).judge("call me")
    assert (held.action, held.hidden) == (Verdict.ESCALATE, False)


def test_a_moderator_ignores_itself_and_what_it_saw(engine):
    moderator = Moderator(engine, own_ids={"bot"}, remember=2)
    assert moderator.judge("online casino", author={"id": "bot"}) is None
    assert moderator.judge("online casino", key=1) is not None
    assert moderator.judge("online casino", key=1) is None
    assert moderator.judge("online casino", key=(1, "edit")) is not None
    assert moderator.judge("online casino", key=3) is not None
    assert moderator.judge("online casino", key=1) is not None  # forgotten


def test_staff_is_exempt_and_it_shows(engine, caplog):
    caplog.set_level(logging.INFO, "modcore")
    ruling = Moderator(engine, staff_roles={"admin"}).judge("online casino", author={"roles": ["admin"]})
    assert (ruling.action, ruling.exempt, ruling.hidden, ruling.public_reason) == (Verdict.ALLOW, "staff", False, "")
    assert ruling.decision.verdict is Verdict.HIDE
    assert json.loads(caplog.messages[0])["exempt"] == "staff"


@pytest.mark.parametrize("fail_closed, action", [(False, Verdict.ALLOW), (True, Verdict.HIDE)])
def test_what_cannot_be_judged_fails_as_it_was_told_to(engine, caplog, fail_closed, action):
    ruling = Moderator(engine, fail_closed=fail_closed).judge(b"bytes")
    assert (ruling.action, ruling.hidden) == (action, fail_closed)
    assert ruling.failure.startswith("TypeError") and caplog.records


@pytest.mark.parametrize("wrong", [{"author": {"roles": 7}}, {"author": {"roles": [[1]]}}, {"author": ["ana"]},
                                   {"author": {"id": ["ana"]}}, {"key": ["m1"]}, {"auther": {}}])
def test_a_host_s_mistake_is_a_post_that_cannot_be_judged(engine, wrong):
    ruling = Moderator(engine, fail_closed=True, staff_roles={"a"}).judge("online casino", **wrong)
    assert ruling.hidden and "Error" in ruling.failure


def test_roles_that_are_no_list_make_nobody_staff(engine):
    ruling = Moderator(engine, staff_roles={"a"}).judge("online casino", author={"roles": "a"})
    assert ruling.hidden and not ruling.exempt


def test_a_log_line_can_be_written_whatever_the_post_holds(engine):
    line = observe.log_line(engine.scan("\ud800 online casino \ud800", id="\ud800"), text=True)
    assert json.loads(line.encode("utf-8"))["id"] == "\ud800"


def test_aio_refuses_what_scan_refuses(engine):
    for wrong in [7, b"online casino"]:
        with pytest.raises(TypeError, match="body must be str"):
            asyncio.run(aio.scan(engine, wrong))


def test_a_moderator_counts(engine):
    metrics = observe.Metrics()
    Moderator(engine, metrics=metrics).judge("online casino")
    assert 'verdict="hide"} 1' in metrics.exposition()


def run_pytest(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "modcore.pytest_plugin", "-p", "no:cacheprovider", *arguments],
        capture_output=True, text=True, timeout=60, cwd=folder)


def test_rule_tests_are_pytest_cases(tmp_path):
    good = "  - {id: a.good, words: [alpha], verdict: flag, tests: {match: [alpha], no_match: [beta]}}\n"
    bad = '  - id: a.bad\n    when: author.post_count < 5 and links(text) >= 1\n    tests: {match: [gamma]}\n'
    todo = "  - {id: a.todo, words: [delta], verdict: flag, tests: {match: [delta], todo_match: [d-e-l-t-a]}}\n"
    head = "modcore: 1\ncategory: spam\nrules:\n"
    (tmp_path / "a.rules.yaml").write_text(head + good + bad + todo)
    done = run_pytest(tmp_path, "--modcore", "-v")
    assert "1 failed, 3 passed, 1 xfailed" in done.stdout
    assert done.returncode == 1
    assert "bad[match-0] FAILED" in done.stdout and "good[match-0] PASSED" in done.stdout
    assert "post: gamma" in done.stdout
    assert "author.post_count < 5 = unknown  (missing: author.post_count)" in done.stdout
    assert run_pytest(tmp_path).returncode == 5  # nothing without being asked
    (tmp_path / "b.rules.yaml").write_text("modcore: 1\nrules: 3\n")
    broken = run_pytest(tmp_path, "--modcore", "b.rules.yaml")
    assert broken.returncode == 2 and "^" in broken.stdout
