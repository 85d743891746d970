"""The schemas agree with the reader: on shipped files, examples, and every golden file."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

MODCORE = os.environ["MODCORE"]
ROOT = Path(__file__).resolve().parent.parent.parent
KINDS = ["policy", "rules", "guidelines", "context", "test", "config"]
ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "MODCORE_RULES"}
# What the reader says about shapes, keys and words; the rest is beyond a schema.
STRUCTURAL = {"M002", "M006", "M007"}


SOUND = "modcore: 1\ncategory: spam\nrules:\n  - {id: a.b, phrases: [one thing]}\n"


class Core(yaml.SafeLoader):
    """Plain scalars by the core schema of YAML 1.2, as the reader and editors have them."""

    yaml_implicit_resolvers = {}


Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+\.[0-9]+$"), list("-+0123456789"))


def modcore(*args, cwd=ROOT):
    return subprocess.run([MODCORE, *map(str, args)], capture_output=True, text=True, cwd=cwd,
                          timeout=300, env=ENVIRONMENT)


def schema(kind, *args):
    done = modcore("schema", kind, *args)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


VALIDATORS = {kind: jsonschema.Draft7Validator(schema(kind)) for kind in KINDS}


def kind_of(path, document):
    name = path.name
    for kind in ("rules", "test"):
        if name.endswith(f".{kind}.yaml"):
            return kind
    if name in ("policy.yaml", "guidelines.yaml", "context.yaml"):
        return name[:-5]
    if name == ".modcore.yaml":
        return "config"
    keys = document if isinstance(document, dict) else {}
    for key, kind in (("rules", "rules"), ("cases", "test"), ("corpora", "test"), ("policy", "policy"),
                      ("packs", "policy"), ("overrides", "policy"), ("thresholds", "policy"),
                      ("languages", "policy"), ("macros", "rules"), ("lists", "rules"),
                      ("attributes", "context"), ("guidelines", "guidelines")):
        if key in keys:
            return kind
    return "rules"


def load(path):
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), Core)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None


def faults(validator, document):
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(document)]


class Schemas(unittest.TestCase):
    def test_each_is_a_schema_of_draft_7(self):
        for kind in KINDS:
            document = schema(kind)
            self.assertEqual(document["$schema"], "http://json-schema.org/draft-07/schema#")
            jsonschema.Draft7Validator.check_schema(document)
            for shape in (document, schema(kind, "-r", "examples/policy.yaml")):
                jsonschema.Draft7Validator.check_schema(shape)

    def test_shipped_files_and_examples_are_valid(self):
        files = [p for f in ("rules", "examples") for p in sorted((ROOT / f).rglob("*.yaml"))
                 if p.name not in ("docker-compose.yaml",)]
        checked = 0
        for path in files:
            document = load(path)
            if not isinstance(document, dict) or "modcore" not in document:
                continue
            self.assertEqual(faults(VALIDATORS[kind_of(path, document)], document), [], path)
            checked += 1
        self.assertGreater(checked, 40)

    def test_the_schema_and_the_reader_agree_on_golden_files(self):
        accepted = refused = 0
        for path in sorted((ROOT / "tests/golden/parse").glob("*.yaml")):
            document = load(path)
            reported = path.with_suffix(".diag").read_text() if path.with_suffix(".diag").exists() else ""
            ids = set(re.findall(r"^(?:error|warning|info)\[(M\d+)", reported, re.MULTILINE))
            if not isinstance(document, dict):
                continue
            found = faults(VALIDATORS[kind_of(path, document)], document)
            if not ids:
                self.assertEqual(found, [], path)
                accepted += 1
            elif ids <= STRUCTURAL:
                self.assertNotEqual(found, [], f"{path}: the reader reports {ids}")
                refused += 1
        self.assertGreater(accepted, 10)
        self.assertGreater(refused, 2)

    # kind, the smallest valid file, and changes that the reader reports as well
    INVALID = [
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], verdct: hide}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], verdict: hied}\n"),
        ("a.rules.yaml", "rules:\n  - {id: A.B, words: [x]}\n"),
        ("a.rules.yaml", "rules:\n  - {words: [x]}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: []}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: {x: y}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], patterns: {p: [y]}, when: $p}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], verdict: allow}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], suppresses: [everything]}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, patterns: {p: {in: body}}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, patterns: {p: {words: [x], tolerance: loose}}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, patterns: {p: {words: [x], at: middle}}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, patterns: {P: {words: [x]}}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, when: {all: []}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, when: {every: [x]}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, when: [links(text) > 1]}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], score: {per: 1}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], score: much}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], severity: grave}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], status: on hold}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], final: maybe}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], escalate: {whom: y}, verdict: escalate}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], tests: {matches: [x]}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], tests: {match: x}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], tests: {match: [x], mutations: [upper]}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], tests: {match: [{body: x, expect: {verdct: hide}}]}}\n"),
        ("a.rules.yaml", "lists: {l: {items: [x]}}\n"),
        ("a.rules.yaml", "lists: {l: {kind: words}}\n"),
        ("a.rules.yaml", "lists: {l: {kind: verbs, items: [x]}}\n"),
        ("a.rules.yaml", "category: {default_verdict: flag}\nrules: []\n"),
        ("policy.yaml", "policy: x\npakcs: []\n"),
        ("policy.yaml", "policy: x\npacks: []\nthresholds: {spam: {flag: many}}\n"),
        ("policy.yaml", "policy: x\npacks: []\nthresholds: {spam: 4}\n"),
        ("policy.yaml", "policy: x\npacks: []\nroutes: {mods: {titel: x}}\n"),
        ("policy.yaml", "policy: x\npacks: []\noverrides: [{disable: true}]\n"),
        ("policy.yaml", "policy: x\npacks: []\noverrides: [{rule: a.b}]\n"),
        ("policy.yaml", "policy: x\npacks: []\noverrides: [{rule: a.b, list: c, disable: true}]\n"),
        ("policy.yaml", "policy: x\npacks: []\noverrides: {rule: a.b, disable: true}\n"),
        ("policy.yaml", "policy: x\npacks: []\nlimits: {bytes: 1}\n"),
        ("guidelines.yaml", "guidelines: {G1: {titel: x}}\n"),
        ("context.yaml", "attributes: {author.plan: string}\n"),
        ("policy.test.yaml", "cases: {body: x}\n"),
        ("policy.test.yaml", "case: [{body: x}]\n"),
        ("policy.test.yaml", "cases: [{body: x, expect: {fird: [a]}}]\n"),
    ]

    def test_what_the_reader_refuses_the_schema_refuses(self):
        self.assertGreater(len(self.INVALID), 40)
        for name, text in self.INVALID:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_text("modcore: 1\n" + text)
                done = modcore("check", name, cwd=folder)
                self.assertIn(done.returncode, (1, 2), f"{text}{done.stdout}")
                document = load(path)
                self.assertNotEqual(faults(VALIDATORS[kind_of(path, document)], document), [], text)

    VALID = [
        ("a.rules.yaml", "rules:\n  - {id: a.b, words: x, verdict: hide, x-note: {any: thing}}\n"),
        ("a.rules.yaml", "rules:\n  - {id: a.b, numbers: [48123456, '0900 1'], score: 1.5}\n"),
        ("a.rules.yaml", "rules:\n  - id: a.b\n    patterns: {p: my shop, q: {words: [x], except: [y z], at: start, unit: line}}\n"
                         "    when: {all: [$p, {any: [$q, links(text) > 1]}]}\n    unless: [author.verified]\n"
                         "    score: {points: 1, per: count($p), max: 3}\n"),
        ("a.rules.yaml", "category: {name: care, default_verdict: flag}\nmacros: {few: 5, late: hour(now) > 22}\n"
                         "lists: {l: {kind: words, items: [x]}}\nrules:\n  - {id: a.b, patterns: {p: {list: l}}, when: $p}\n"),
        ("a.rules.yaml", "context: {author: {plan: text}}\nrules:\n  - {id: a.b, words: [x], verdict: allow, suppresses: everything}\n"),
        ("policy.yaml", "policy: x\npacks: []\nlanguages: en\nmeta: {a: [b]}\n"),
        ("policy.yaml", "policy: x\npacks: [spam]\noverrides: [{rule: spam.shouting, set: {verdict: hide}, until: '2027-01-01', disable: true}]\n"),
        ("guidelines.yaml", "G1: {title: x}\nG2: {title: {en: y}, url: 'https://a.example'}\n"),
    ]

    def test_what_the_reader_takes_the_schema_takes(self):
        for name, text in self.VALID:
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                category = "category: spam\n" if name == "a.rules.yaml" and "category:" not in text else ""
                path.write_text("modcore: 1\n" + category + text)
                done = modcore("check", name, "-o", "json", cwd=folder)
                shapes = [d for d in json.loads(done.stdout)["diagnostics"] if d["id"] in STRUCTURAL | {"M108"}]
                self.assertEqual(shapes, [], text)
                document = load(path)
                self.assertEqual(faults(VALIDATORS[kind_of(path, document)], document), [], text)

    def test_the_keys_are_those_of_the_reader(self):
        """The reader names the keys that it knows where it meets one that it does not."""
        for name, text, where in (
                ("a.rules.yaml", "nothing: 1\nrules: []\n", []),
                ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], nothing: 1}\n", ["definitions", "rule"]),
                ("a.rules.yaml", "rules:\n  - {id: a.b, patterns: {p: {words: [x], nothing: 1}}}\n",
                 ["definitions", "group", "anyOf", 1]),
                ("a.rules.yaml", "rules:\n  - {id: a.b, words: [x], tests: {match: [x], nothing: 1}}\n",
                 ["definitions", "rule", "properties", "tests"]),
                ("policy.yaml", "policy: x\npacks: []\nnothing: 1\n", []),
                ("policy.test.yaml", "cases: []\nnothing: 1\n", []),
                ("context.yaml", "nothing: 1\n", []),
                (".modcore.yaml", "nothing: 1\n", []),
                (".modcore.yaml", "periods: {nothing: 1}\n", ["properties", "periods"])):
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / name
                path.write_text("modcore: 1\n" + text)
                (Path(folder) / "sound.rules.yaml").write_text(SOUND)
                checked = "sound.rules.yaml" if name == ".modcore.yaml" else name
                done = modcore("check", checked, "-o", "json", cwd=folder)
                (unknown,) = [d for d in json.loads(done.stdout)["diagnostics"] if d["id"] == "M002"]
                known = set(re.search(r"known keys: (.*)", unknown["help"])[1].split(", "))
                shape = VALIDATORS[kind_of(path, {})].schema
                for step in where:
                    shape = shape[step]
                self.assertEqual(set(shape["properties"]), known, text)

    def test_settings_agree_with_the_reader(self):
        known = jsonschema.Draft7Validator(schema("config", "-r", "examples/policy.yaml"))
        good = ("fail-level: warning\nlevels: {M306: off, unused: info}\nexclude: drafts/\n"
                "overrides:\n  - {paths: ['a/**'], levels: {M501: error}}\n")
        bad = ["fail-level: fatal\n", "levels: {M306: silent}\n", "levels: [M306]\n", "overrides: [{paths: a}]\n",
               "level: {M306: off}\n"]
        for text in (good, *bad):
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / ".modcore.yaml").write_text("modcore: 1\n" + text)
                (Path(folder) / "sound.rules.yaml").write_text(SOUND)
                done = modcore("check", "sound.rules.yaml", "-o", "json", cwd=folder)
                errors = [d for d in json.loads(done.stdout)["diagnostics"] if d["severity"] == "error"]
                document = load(Path(folder) / ".modcore.yaml")
                for validator in (VALIDATORS["config"], known):
                    self.assertEqual(bool(faults(validator, document)), bool(errors), f"{text}{errors}")
                self.assertEqual(bool(errors), text != good, text)
        self.assertNotEqual(faults(known, {"modcore": 1, "levels": {"M306x": "off"}}), [])

    def test_a_project_s_schema_knows_its_names(self):
        rules = jsonschema.Draft7Validator(schema("rules", "-r", "examples/policy.yaml"))
        good = {"modcore": 1, "rules": [{"id": "a.b", "words": ["x"], "category": "spam", "guideline": "G3.1",
                                         "verdict": "escalate", "escalate": {"to": "trust-and-safety"}}]}
        self.assertEqual(faults(rules, good), [])
        for change in ({"category": "spma"}, {"guideline": "G9.9"}, {"escalate": {"to": "trust"}}):
            bad = {"modcore": 1, "rules": [{**good["rules"][0], **change}]}
            self.assertNotEqual(faults(rules, bad), [], change)
        policy = jsonschema.Draft7Validator(schema("policy", "-r", "examples/policy.yaml"))
        self.assertEqual(faults(policy, load(ROOT / "examples/policy.yaml")), [])
        for bad in ({"rule": "spam.shoting", "disable": True}, {"list": "spam/allowed", "append": ["x"]},
                    {"macro": "off-topic/market", "set": "true"}):
            self.assertNotEqual(faults(policy, {"modcore": 1, "overrides": [bad]}), [], bad)


if __name__ == "__main__":
    unittest.main()
