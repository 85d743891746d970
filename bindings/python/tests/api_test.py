"""The package as a bot author meets it. Each test's name is a claim."""

import copy
import doctest
import enum
import json
import pickle
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import modcore
import pytest
from modcore import Verdict
from samples import RULES, fired


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


def test_the_docstrings_are_true():
    from modcore import _batch, _decision, _doctor, _engine, _findings, _rules, _slot, _tooling, _types, aio, bot, observe

    ran = 0
    for module in [modcore, _batch, _decision, _doctor, _engine, _findings, _rules, _slot, _tooling, _types, aio, bot, observe]:
        result = doctest.testmod(module, optionflags=doctest.ELLIPSIS)
        assert result.failed == 0
        ran += result.attempted
    assert ran > 25


def test_the_guides_code_runs(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for page in ["docs/python.md", "README.md", "bindings/python/README.md"]:
        text = (Path(__file__).resolve().parents[3] / page).read_text(encoding="utf-8")
        blocks = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        assert blocks, page
        names = {}
        for block in blocks:
            exec(compile(block, page, "exec"), names)
        assert names["decision"].hidden
    assert "publicité" in capsys.readouterr().out


def test_a_decision_tells_what_was_decided(engine):
    decision = engine.scan("The best ONLINE casino", id="p1")
    assert decision.verdict is Verdict.HIDE and isinstance(decision.verdict, enum.Enum)
    assert decision.hidden is True
    assert decision.id == "p1"
    assert decision.reason() == "No adverts for casinos."
    assert decision.reason("fr-CA") == "Pas de casinos."
    rule = decision.fired[0]
    assert (rule.rule, rule.category, rule.meta) == ("spam.casino", "spam", {"label": 7})
    assert rule.title.in_("pl") == "Casinos"
    assert decision.engine == engine.fingerprint
    assert decision.fired is decision.fired


def test_offsets_count_code_points_of_what_was_passed(engine):
    body = "Été 🎰🎰 e\u0301: ONLINE  casino! Encore: online casino"
    evidence = engine.scan(body).fired[0].evidence
    assert len(evidence) == 2
    for place in evidence:
        assert body[place.begin : place.end] == place.text
    assert evidence[0].text == "ONLINE  casino"


def test_offsets_of_facts_point_into_the_fact(engine):
    name = "Zażółć Żaba"
    place = engine.scan("x", author={"name": name}).fired[0].evidence[0]
    assert (place.field, name[place.begin : place.end]) == ("author.name", "Żaba")
    names = ["é.pdf", "naïve.exe"]
    place = engine.scan("x", attachment_names=names).fired[0].evidence[0]
    assert (place.field, names[1][place.begin : place.end]) == ("attachment.names[1]", ".exe")


def test_facts_of_every_kind_are_understood(engine):
    now = datetime(2026, 5, 1, tzinfo=timezone.utc)
    for age in [timedelta(days=1), 86400, 86400.0, "1 day"]:
        assert "spam.newcomer" in fired(engine.scan("x", author={"account_age": age}))
    for time in [now - timedelta(hours=3), (now - timedelta(hours=3)).timestamp(), "2026-04-30T21:00:00Z"]:
        assert "spam.joined" in fired(engine.scan("x", fields={"author.joined": time}, now=now))
    for roles in [["banned"], ("banned",), {"banned"}, iter(["a", "banned"])]:
        assert "spam.roles" in fired(engine.scan("x", author={"roles": roles}))
    assert fired(engine.scan("x", author={"post_count": 3})) == {"spam.count"}
    assert fired(engine.scan("x", fields={"author.post_count": 3})) == {"spam.count"}
    assert fired(engine.scan("x", author={"plan": "free"})) == {"spam.plan"}
    assert fired(engine.scan("x", fields={"author.plan": "free"})) == {"spam.plan"}
    assert fired(engine.scan("x", fields={"author": {"plan": "free"}})) == {"spam.plan"}


def test_a_route_says_who_and_how_soon(engine):
    decision = engine.scan("x", author={"roles": ["banned"]})
    assert decision.routes == (modcore.Route("moderators", timedelta(hours=2), modcore.Urgency.HIGH),)
    assert decision.attention is modcore.Attention.ESCALATE


def test_a_fact_of_another_type_is_missing_and_reported(engine):
    bad = {"post_count": "three", "account_age": "soon", "roles": "banned", "verified": 1, "karma": 9,
           "created_at": datetime(2026, 1, 1)}
    decision = engine.scan("x", author=bad, message={"kind": "letter"})
    assert fired(decision) == set()
    assert [notice.split(":")[0] for notice in decision.notices] == [
        "author.post_count", "author.account_age", "author.roles", "author.verified", "author.karma",
        "author.created_at", "message.kind"]
    assert {"spam.count", "spam.newcomer", "spam.roles"} <= {u.rule for u in decision.undetermined}


def test_none_is_missing_everywhere(engine):
    decision = engine.scan(None, title=None, author={"post_count": None}, channel=None, fields={"author.plan": None},
                           id=None, now=None, attachment_names=None)
    assert decision.verdict is Verdict.ALLOW and decision.notices == ()


def test_a_decision_is_a_value(engine):
    body = "Été: online casino \ud800 online casino"
    decision = engine.scan(body, author={"roles": ["banned"], "name": "żaba"}, id="p")
    again = engine.scan(body, author={"roles": ["banned"], "name": "żaba"}, id="p")
    other = engine.scan("online casino", id="p")
    assert decision == again and hash(decision) == hash(again) and decision != other
    assert decision != "hide"
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        copy = pickle.loads(pickle.dumps(decision, protocol))
        assert copy == decision and type(copy) is modcore.Decision
        assert copy.fired == decision.fired and copy.routes == decision.routes
        assert [e.begin for rule in copy.fired for e in rule.evidence][:2] == [5, 21]
    assert pickle.loads(pickle.dumps(engine.scan("x"))) == engine.scan("x")
    with pytest.raises(AttributeError):
        decision.verdict = Verdict.ALLOW


def test_to_dict_is_the_document_of_the_command(engine):
    document = engine.scan("Été online casino").to_dict()
    assert document["schema"] == "modcore.decision/1"
    assert (document["verdict"], document["hidden"]) == ("hide", True)
    assert document["fired"][0]["evidence"][0]["begin"] == 6  # bytes


def test_a_decision_shows_itself(engine):
    decision = engine.scan("<b>online casino</b>", id="p1")
    assert repr(decision).startswith("<Decision id='p1' hide fired=[spam.casino]")
    html = decision._repr_html_()
    assert "<mark>online casino</mark>" in html and "body[3:16]" in html
    assert "<mark>" in engine.scan("x", author={"name": "Żaba"})._repr_html_()
    assert "could not be decided" in engine.scan("x")._repr_html_()
    hostile = modcore.compile('modcore: 1\ncategory: spam\nrules: [{id: a.b, regex: ["<i.*>"], verdict: flag}]')
    assert "<mark>&lt;i&gt;" in hostile.scan("<i>")._repr_html_()


def test_explain_tells_what_a_disguise_was_read_as():
    engine = modcore.compile("""
modcore: 1
category: spam
rules:
  - id: spam.word
    patterns: {main: {words: [casino], tolerance: obfuscated}}
    verdict: hide
""")
    word, = engine.explain("Été: c@sino").disguises
    assert (word.field, word.begin, word.end, word.text, word.word) == ("body", 5, 11, "c@sino", "casino")
    assert word.characters[1] == modcore.ReadCharacter(6, 7, "@", "a", ("leet",))


def test_explain_says_why(engine):
    why = engine.explain("Été: online casino", author={"post_count": 3}, rule="spam.count")
    assert why.decision.verdict is Verdict.HIDE
    assert [(rule.rule, rule.outcome) for rule in why.rules] == [("spam.count", "fired")]
    assert why.rules[0].parts[0].condition.value == "true"
    assert {view.view for view in why.views} >= {"original"}
    every = engine.explain("Été: online casino")
    assert len(every.rules) == len(engine.rules)
    casino = next(rule for rule in every.rules if rule.rule == "spam.casino")
    assert casino.parts[0].condition.evidence[0].begin == 5


def test_an_engine_tells_its_rules_and_what_they_read(engine):
    assert engine.uses("author.post_count") and not engine.uses("author.reports")
    assert engine.attributes["author.joined"] == "time"
    info = engine.rules[0]
    assert (info.id, info.file, info.line) == ("spam.casino", "rules.yaml", 6)
    assert info.status is modcore.RuleStatus.ACTIVE
    assert modcore.compile(RULES).fingerprint == engine.fingerprint


def test_an_engine_pickles_as_its_artifact_and_needs_no_files(engine, tmp_path):
    file = tmp_path / "a.rules.yaml"
    file.write_text(RULES)
    first = modcore.compile_files(file)
    state = pickle.dumps(first)
    file.write_text(RULES.replace("online casino", "bingo hall"))
    again = pickle.loads(state)
    assert again.fingerprint == engine.fingerprint and again.scan("online casino").hidden
    assert again.diagnostics == first.diagnostics
    slot = modcore.EngineSlot(again)
    assert not slot.reload().scan("online casino").hidden  # it knows where it came from
    assert pickle.loads(pickle.dumps(engine)).scan("online casino").hidden
    with pytest.raises(modcore.ArtifactError):
        pickle.loads(state.replace(b"online", b"offlin"))


def test_a_slot_reloads_artifacts(tmp_path):
    path = tmp_path / "policy.mcb"
    modcore.compile(RULES).save(path)
    for slot in [modcore.EngineSlot(modcore.load(path)), modcore.EngineSlot(modcore.compile_files(path))]:
        modcore.compile(RULES.replace("online casino", "bingo hall")).save(path)
        assert slot.reload().scan("bingo hall").hidden
        path.write_bytes(b"half an artifact")
        with pytest.raises((modcore.ArtifactError, modcore.RuleError)):
            slot.reload()
        assert slot.scan("bingo hall").hidden
        modcore.compile(RULES).save(path)
        assert slot.reload(path, trusted=True).scan("online casino").hidden
    with pytest.raises(ValueError, match="name the rules"):
        modcore.EngineSlot(modcore.load(path.read_bytes())).reload()


@pytest.mark.parametrize("trusted", [True, False])
def test_an_artifact_is_the_engine_again(engine, tmp_path, trusted):
    path = tmp_path / "rules.mcb"
    engine.save(path)
    assert path.read_bytes() == engine.to_bytes()
    for source in [path, str(path), engine.to_bytes(), memoryview(engine.to_bytes(native=False))]:
        loaded = modcore.load(source, trusted=trusted)
        assert loaded.fingerprint == engine.fingerprint
        assert loaded.rules == engine.rules
        for post in ["online casino", "My roses bloom."]:
            assert loaded.scan(post, now=0).to_json() == engine.scan(post, now=0).to_json()
    again = pickle.loads(pickle.dumps(loaded))
    assert again.fingerprint == engine.fingerprint
    assert modcore.compile_files(path).fingerprint == engine.fingerprint


def test_what_is_no_artifact_is_an_error(engine, tmp_path):
    whole = engine.to_bytes()
    flipped = [whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :] for at in range(0, len(whole), len(whole) // 50)]
    cut = [whole[:at] for at in range(1, len(whole), len(whole) // 50)]
    for bad in [b"", b"modcore: 1", whole + b"x", *flipped, *cut]:
        with pytest.raises(modcore.ArtifactError, match="cannot load the compiled rules"):
            modcore.load(bad, trusted=True)
    with pytest.raises(FileNotFoundError):
        modcore.load(tmp_path / "missing.mcb")
    with pytest.raises(TypeError):
        modcore.load(7)
    with pytest.raises(OSError, match="cannot write"):
        engine.save(tmp_path / "no" / "folder.mcb")


def test_rule_errors_carry_places_and_read_well():
    with pytest.raises(modcore.RuleError) as caught:
        modcore.compile("modcore: 1\ncategory: spam\nrules:\n  - {id: a.b, wrds: [x], verdict: hid}\n")
    error = caught.value
    assert len(error.diagnostics) >= 2
    first = error.diagnostics[0]
    assert first.severity is modcore.Severity.ERROR
    assert (first.where.file, first.where.line, first.where.column) == ("rules.yaml", 4, 15)
    assert "^" in str(first) and str(first) in str(error) + "\n"
    assert first.fixes[0].replacement == "words"
    assert pickle.loads(pickle.dumps(error)).diagnostics == error.diagnostics
    with pytest.raises(modcore.RuleError, match="no such file"):
        modcore.compile_files("nowhere.rules.yaml")


def test_check_reports_failing_tests_and_raises_nothing():
    rules = RULES + "  - {id: a.b, words: [x], verdict: flag, tests: {match: [y]}}\n"
    findings = modcore.check(rules)
    assert any("a.b" == finding.rule for finding in findings)
    assert [finding for finding in modcore.check_files("spam") if not finding.suppressed] == []


def test_findings_are_written_in_every_format(tmp_path):
    findings = modcore.check("modcore: 1\ncategory: spam\nrules:\n  - {id: a.b, wrds: [x], verdict: flag}\n")
    assert findings.has_errors and isinstance(findings, list) and findings[0].where.file == "rules.yaml"
    assert findings.render().endswith("1 error\n") or "errors" in findings.render()
    assert json.loads(findings.render("json"))["schema"] == "modcore.report/1"
    log = json.loads(findings.render("sarif"))
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == [finding.id for finding in findings]
    for name in ("compact", "junit", "github", "gitlab", "rdjson", "markdown"):
        assert findings[0].id in findings.render(name), name
    with pytest.raises(ValueError, match="no format 'pdf': there are text"):
        findings.render("pdf")
    assert pickle.loads(pickle.dumps(findings)) == list(findings)
    assert not modcore.check_files("spam").has_errors


def test_what_a_comment_allows_is_found_but_not_rendered():
    rule = "  - {id: a.b, phrases: [one thing, one thing], verdict: flag}\n"
    loud, = modcore.check("modcore: 1\ncategory: spam\nrules:\n" + rule)
    comment = f'  # modcore: allow {loud.id} reason="on purpose"\n'
    findings = modcore.check("modcore: 1\ncategory: spam\nrules:\n" + comment + rule)
    quiet, = findings
    assert (loud.suppressed, quiet.suppressed, quiet.justification) == (False, True, "on purpose")
    assert findings.render() == "" and str(quiet) == "" and loud.id in str(loud)


def test_the_rules_own_tests_run(tmp_path):
    file = tmp_path / "a.rules.yaml"
    file.write_text("modcore: 1\ncategory: spam\nrules:\n"
                    "  - {id: a.b, words: [x], verdict: flag, tests: {match: [x, y], no_match: [z]}}\n")
    report = modcore.run_tests(file)
    assert (report.passed, report.counts()) == (False, {"passed": 2, "failed": 1})
    failed, = [result for result in report.results if result.outcome is modcore.TestOutcome.FAILED]
    assert (failed.rule, failed.kind, failed.name) == ("a.b", "match", "y")
    assert repr(report) == "<TestReport failed {'passed': 2, 'failed': 1}>"
    assert modcore.run_tests("spam").passed
    broken = modcore.run_tests(tmp_path / "nowhere.yaml")
    assert not broken.passed and broken.diagnostics.has_errors and broken.results == ()


def test_options_reach_the_compiler(tmp_path):
    engine = modcore.compile(
        "modcore: 1\ncategory: spam\nrules: [{id: a.b, when: author.rank > 2, verdict: flag}]",
        attributes={"author.rank": "int"})
    assert fired(engine.scan("x", author={"rank": 3})) == {"a.b"}
    with pytest.raises(modcore.RuleError):
        modcore.compile_files("spam", preset="nonsense")


def test_a_slot_keeps_the_last_good_engine(tmp_path):
    file = tmp_path / "a.rules.yaml"
    file.write_text(RULES)
    slot = modcore.EngineSlot(modcore.compile_files(file))
    first = slot.load()
    file.write_text("modcore: 1\nrules: 7\n")
    with pytest.raises(modcore.RuleError):
        slot.reload()
    assert slot.load() is first and slot.scan("online casino").hidden
    file.write_text(RULES.replace("online casino", "bingo hall"))
    assert slot.reload() is slot.load() is not first
    assert not slot.scan("online casino", author={"post_count": 1}).hidden
    slot.store(first)
    assert slot.scan("online casino").hidden


def test_python_m_modcore_is_the_command(tmp_path):
    def run(*arguments, **options):
        return subprocess.run([sys.executable, "-m", "modcore", *arguments], capture_output=True, text=True,
                              timeout=60, **options)

    (tmp_path / "a.rules.yaml").write_text(RULES)
    done = run("scan", "-r", "a.rules.yaml", input='{"body": "online casino"}\n', cwd=tmp_path)
    assert done.returncode == 0 and '"verdict":"hide"' in done.stdout
    assert run("check", "nowhere.yaml").returncode == 3
    assert run("--version").stdout.startswith(f"modcore {modcore.__version__}\n")


def test_doctor_finds_nothing_wrong():
    report = modcore.doctor()
    assert report["problems"] == [] and report["library"] == modcore.__version__
    assert "Hyperscan" in str(report) and str(report).endswith("none")
