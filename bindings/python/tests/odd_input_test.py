"""What is wrong, odd, huge or hostile. Each test's name is a claim."""

import copy
import pickle
from collections import ChainMap, OrderedDict, UserDict
from types import MappingProxyType

import modcore
import pytest
from samples import RULES, fired


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


def test_a_wrong_call_is_a_type_error_that_says_what_to_do(engine):
    with pytest.raises(TypeError, match="body must be str, not bytes; decode it first"):
        engine.scan(b"online casino")
    with pytest.raises(TypeError, match="knows no argument 'auther'"):
        engine.scan("x", auther={})
    with pytest.raises(TypeError, match="by position"):
        engine.scan("x", "y")
    with pytest.raises(TypeError, match="author must be a dict"):
        engine.scan("x", author=7)
    with pytest.raises(TypeError, match="keys of author must be str"):
        engine.scan("x", author={1: 2})
    with pytest.raises(TypeError, match="body is given twice"):
        engine.scan("x", body="y")
    with pytest.raises(TypeError, match="attachment_names"):
        engine.scan("x", attachment_names="a.exe")
    with pytest.raises(TypeError, match="rule"):
        engine.scan("x", rule="spam.casino")
    with pytest.raises(ValueError, match="no rule 'spam.cassino' in this engine"):
        engine.explain("x", rule="spam.cassino")
    with pytest.raises(TypeError):
        modcore.Decision()
    with pytest.raises(TypeError):
        modcore.Engine()


def test_rules_of_a_wrong_type_are_a_type_error_that_says_what_to_do(engine):
    for function in [modcore.compile, modcore.check]:
        for source in [None, 7, b"modcore: 1", {"a.rules.yaml": 7}, {7: ""}, [RULES]]:
            with pytest.raises(TypeError, match="compile_files"):
                function(source)
        with pytest.raises(ValueError, match="empty"):
            function({})
    with pytest.raises(TypeError, match="preset must be str, not NoneType"):
        modcore.compile_files("spam", preset=None)
    for wrong in [None, "spam"]:
        with pytest.raises(TypeError, match="a slot holds an Engine"):
            modcore.EngineSlot(wrong)
        with pytest.raises(TypeError, match="a slot holds an Engine"):
            modcore.EngineSlot(engine).store(wrong)


def test_no_text_is_too_strange_for_rules_names_and_paths(engine, tmp_path):
    for function in [lambda text: modcore.compile(text), lambda text: modcore.compile({"a.rules.yaml": text})]:
        with pytest.raises(modcore.RuleError, match="not UTF-8"):
            function("modcore: 1\ncategory: \ud800\n")
    assert modcore.check("modcore: \ud800")[0].name == "not-utf8"
    with pytest.raises(modcore.RuleError, match="no such file"):
        modcore.compile_files(tmp_path / "a\udcff.yaml")
    odd = tmp_path / "\udcff.mcb"
    engine.save(odd)
    assert modcore.load(odd).fingerprint == modcore.compile_files(odd).fingerprint == engine.fingerprint
    for function in [engine.save, modcore.compile_files, modcore.check_files, modcore.load, modcore.files_of]:
        with pytest.raises(ValueError, match="null byte"):
            function(str(tmp_path / "a\0b.yaml"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["\udcff.mcb"]
    for wrong in [{"author.x": 7}, "author.x", {7: "text"}]:
        with pytest.raises(TypeError, match="attributes are a mapping"):
            modcore.compile(RULES, attributes=wrong)
    with pytest.raises(ValueError, match="no rule"):
        engine.explain("x", rule="\ud800")
    with pytest.raises(TypeError, match="knows no argument"):
        engine.scan("x", **{"\ud800": 1})
    assert engine.scan("x", author={"\ud800": 1}).notices == ("author.\ud800: not declared",)


def test_any_mapping_holds_facts(engine):
    for kind in [dict, OrderedDict, UserDict, MappingProxyType, ChainMap]:
        assert fired(engine.scan("x", author=kind({"post_count": 3}))) == {"spam.count"}
        assert fired(engine.scan("x", fields=kind({"author.plan": "free"}))) == {"spam.plan"}
    endless = {}
    endless["author"] = endless
    assert fired(engine.scan("x", fields=endless)) == set()

    class Clearing:
        def __index__(self):
            facts.clear()
            return 3

    facts = {"post_count": Clearing(), "name": "żaba"}
    assert "spam.count" in fired(engine.scan("x", author=facts))


def test_only_the_library_makes_its_objects(engine):
    from modcore import _core

    for made in [modcore.Engine, modcore.Decision, _core.Document, _core.Report]:
        with pytest.raises(TypeError):
            object.__new__(made)
        with pytest.raises(TypeError):
            made.__new__(made)
    empty = modcore.DecisionBatch.__new__(modcore.DecisionBatch)
    for use in [len, repr, lambda batch: batch.rules_at(0), lambda batch: batch.__arrow_c_stream__(),
                lambda batch: batch.__arrow_c_array__(), lambda batch: batch.__arrow_c_schema__()]:
        with pytest.raises(TypeError, match="comes from scan_batch"):
            use(empty)
    for copied in [copy.copy, copy.deepcopy]:
        assert copied(engine).fingerprint == engine.fingerprint
        assert copied(engine.scan("online casino")).hidden
        with pytest.raises(TypeError):
            copied(engine.scan_batch(["a"]))


def test_a_pickle_of_another_version_is_refused(engine):
    _, (state,) = engine.scan("online casino").__reduce__()
    version = modcore.__version__.encode()
    assert state.startswith(b"modcore " + version)
    with pytest.raises(ValueError, match="of this version"):
        modcore.Decision._restore(state.replace(version, b"0.0.9", 1))
    with pytest.raises(modcore.ArtifactError):
        pickle.loads(pickle.dumps(engine).replace(version, b"0.0.9"))


def test_an_exception_of_a_fact_reaches_the_caller(engine):
    class Count:
        def __index__(self):
            raise RuntimeError("no number today")

    with pytest.raises(RuntimeError, match="no number today"):
        engine.scan("x", author={"post_count": Count()})


@pytest.mark.parametrize("before", ["\ud800", "a\udfffb ", "\x00", "\x00\ud83d", "\U0010ffff", "\ufffe"])
def test_any_str_is_a_post(engine, before):
    body = before + " online casino " + before
    place = engine.scan(body).fired[0].evidence[0]
    assert body[place.begin : place.end] == place.text == "online casino"


def test_a_str_subclass_is_a_str(engine):
    class Text(str):
        def __str__(self):
            raise AssertionError("nobody asked")

    assert engine.scan(Text("online casino")).hidden


def test_ten_megabytes_are_judged_within_the_limit_and_say_so(engine):
    decision = engine.scan("é" * 10_000_000 + " online casino")
    assert decision.hidden and decision.limits == ("text_bytes: body",)
    place = decision.fired[0].evidence[0]
    assert (place.begin, place.end) == (10_000_001, 10_000_014)


def test_a_damaged_pickle_is_an_error(engine):
    _, (state,) = engine.scan("online casino").__reduce__()
    restored = modcore.Decision._restore(state)
    assert restored.hidden
    for at in range(len(state)):
        for damaged in [state[:at], state[:at] + b"\xff" + state[at + 1 :]]:
            try:
                repr(modcore.Decision._restore(damaged))
            except (ValueError, UnicodeDecodeError):
                pass
    with pytest.raises(ValueError):
        modcore.Decision._restore(state[:-1])
