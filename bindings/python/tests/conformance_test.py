"""The conformance files, through Python: rules and a post in, a decision out.

tests/conformance/README.md says what each key of `expect` means.
"""

import json
import re
from pathlib import Path

import modcore
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "conformance"
FILES = sorted(FOLDER.glob("*.json"))
# The C++ runner states how many cases there are; this one must run as many.
CASES = int(re.search(r"number_of_cases = (\d+)", (FOLDER / "conformance_test.cpp").read_text())[1])

ARGUMENTS = {"id", "title", "body", "author", "channel", "message", "parent", "fields", "lang", "now"}


def arguments_of(post):
    """A post as JSON has it, as the arguments of scan()."""
    arguments = {key: value for key, value in post.items() if key in ARGUMENTS}
    if "attachment" in post:
        arguments["attachment_names"] = post["attachment"]["names"]
    others = {k: v for k, v in post.items() if k not in ARGUMENTS | {"attachment"} and v is not None}
    if others:
        arguments["fields"] = {**others, **arguments.get("fields", {})}
    return arguments


def texts_of(post):
    yield "title", post.get("title")
    yield "body", post.get("body")
    for group in ["author", "channel", "parent"]:
        for key, value in (post.get(group) or {}).items():
            yield f"{group}.{key}", value
    for i, name in enumerate(post.get("attachment", {}).get("names", [])):
        yield f"attachment.names[{i}]", name


def includes(got, wanted):
    if not isinstance(wanted, dict):
        return got == wanted
    return all(key in got and includes(got[key], value) for key, value in wanted.items())


def compare_entries(key, got, wanted, partial=False):
    rest = list(got)
    for entry in wanted:
        found = next((candidate for candidate in rest if includes(candidate, entry)), None)
        assert found is not None, f"{key}: no entry like {entry} in {got}"
        rest.remove(found)
    assert partial or not rest, f"{key}: not expected {rest}"


def compare(decision, expect):
    got = decision.to_dict()
    for key, wanted in expect.items():
        if key == "fired":
            compare_entries(key, [rule["rule"] for rule in got["fired"]], wanted)
        elif key == "evidence":
            pairs = {(entry["rule"], entry["pattern"]) for entry in wanted}
            found = [
                {**evidence, "rule": rule["rule"]}
                for rule in got["fired"]
                for evidence in rule["evidence"]
                if (rule["rule"], evidence["pattern"]) in pairs
            ]
            compare_entries(key, found, wanted)
        elif key == "reason":
            for lang, text in wanted.items():
                assert decision.reason(lang) == text
        elif key == "limits_some":
            assert got["limits"]
        elif isinstance(wanted, list):
            compare_entries(key, got[key], wanted, expect.get(key + "_partial", False))
        elif not key.endswith("_partial"):
            assert got[key] == wanted, key


def compare_places(decision, post):
    """Evidence in code points shows the same text as evidence in bytes."""
    texts = dict(texts_of(post))
    for rule in decision.fired:
        for evidence in rule.evidence:
            if evidence.field in texts:
                assert texts[evidence.field][evidence.begin : evidence.end] == evidence.text


def suites():
    for file in FILES:
        for suite in json.loads(file.read_text(encoding="utf-8"))["suites"]:
            yield file.stem, suite


@pytest.mark.parametrize("file", [file.stem for file in FILES])
def test_every_case_is_decided_as_it_says(file):
    for _, suite in (entry for entry in suites() if entry[0] == file):
        sources = suite.get("sources") or {"test.rules.yaml": suite["rules"]}
        engine = modcore.compile({name: "\n".join(lines) + "\n" for name, lines in sources.items()})
        for case in suite["cases"]:
            decision = engine.scan(**arguments_of(case["post"]))
            try:
                compare(decision, case["expect"])
                compare_places(decision, case["post"])
            except AssertionError as error:
                raise AssertionError(f"{case['name']}: {error}\n{decision.to_json()}") from error


def test_no_case_is_left_out():
    assert sum(len(suite["cases"]) for _, suite in suites()) == CASES
