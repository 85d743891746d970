"""scan_batch over what Python itself holds: lists, tuples, iterators, Arrow streams of our own."""

import modcore
import pytest
from modcore import Verdict

RULES = """
modcore: 1
category: spam
context: {author.plan: text}
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide}
  - {id: spam.count, when: author.post_count == 3, verdict: flag}
  - {id: spam.plan, when: author.plan == "free", verdict: flag}
"""


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


@pytest.mark.parametrize("threads", [1, 2, 0])
def test_a_batch_decides_as_single_scans_do(engine, threads):
    bodies = ["Été: online casino", "roses", "", None, "\ud800 online casino", "x" * 5000] * 500
    batch = engine.scan_batch(bodies, threads=threads, decisions=True)
    assert len(batch) == len(bodies)
    singles = [engine.scan(body) for body in bodies[:6]]
    assert batch.verdicts() == [single.verdict for single in singles] * 500
    assert batch.hidden() == [single.hidden for single in singles] * 500
    assert [batch.rules_at(i) for i in range(6)] == [("spam.casino",), (), (), (), ("spam.casino",), ()]
    assert list(batch.decisions()) == [single.to_dict() for single in singles] * 500


def test_a_batch_of_dicts_knows_facts(engine):
    posts = [{"body": "x", "author": {"post_count": 3}}, {"title": "online casino", "id": "7"}, "roses",
             {"fields": {"author.plan": "free"}}, {"author": {"karma": 1}}]
    batch = engine.scan_batch(posts, decisions=True)
    assert batch.verdicts() == [Verdict.FLAG, Verdict.HIDE, Verdict.ALLOW, Verdict.FLAG, Verdict.ALLOW]
    decisions = list(batch.decisions())
    assert decisions[1]["id"] == "7" and decisions[4]["notices"] == ["author.karma: not declared"]


def test_any_iterable_is_a_batch(engine):
    assert len(engine.scan_batch(text for text in ["a", "b"])) == 2
    assert len(engine.scan_batch(("a",))) == 1
    assert engine.scan_batch([]).counts() == {}


def test_a_wrong_batch_is_a_type_error(engine):
    for wrong in ["text", b"text", {"body": "text"}, 7, [7], [b"text"]]:
        with pytest.raises(TypeError):
            engine.scan_batch(wrong)
    with pytest.raises(ValueError):
        engine.scan_batch(["a"], threads=-1)
    for threads in ["2", 2.0]:
        with pytest.raises(TypeError, match="integer"):
            engine.scan_batch(["a"], threads=threads)
    assert len(engine.scan_batch(["a"] * 600, threads=2**70)) == 600
    with pytest.raises(ValueError):
        next(engine.scan_batch(["a"]).decisions())
    with pytest.raises(IndexError):
        engine.scan_batch(["a"]).rules_at(1)
    with pytest.raises(IndexError):
        engine.scan_batch(["a"]).json_at(-1)


def test_an_arrow_stream_is_read_once_and_foreign_columns_are_named(engine):
    batch = engine.scan_batch(["online casino", "roses"])
    again = engine.scan_batch(batch)
    assert len(again) == 2 and again.counts() == {"allow": 2}
    assert "verdict" in again.ignored
    capsule = batch.__arrow_c_stream__()

    class Once:
        def __arrow_c_stream__(self):
            return capsule

    assert len(engine.scan_batch(Once())) == 2
