"""Public word filters to compare with: installed on demand, asked post by post.

Each is a package of npm or PyPI with a list of words and a yes-or-no function. They are installed
into a folder of their own (default build/filters) by the ordinary clients of their registries;
where that fails the filter is left out, loudly.
"""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "filters"

# name: what asks it, in JavaScript, with `text` and `lang` at hand
NPM = {
    "obscenity": """const o = require("obscenity");
        const m = new o.RegExpMatcher({...o.englishDataset.build(), ...o.englishRecommendedTransformers});
        return (text) => m.hasMatch(text);""",
    "bad-words": """const b = await import("bad-words");
        const f = new (b.Filter ?? b.default)();
        return (text) => f.isProfane(text);""",
    "leo-profanity": """const l = require("leo-profanity");
        if (lang === "fr") l.loadDictionary("fr");
        return (text) => l.check(text);""",
    "@2toad/profanity": """const {Profanity} = require("@2toad/profanity");
        const p = new Profanity({languages: lang === "fr" ? ["fr"] : ["en"]});
        return (text) => p.exists(text);""",
}
PYPI = {
    "better-profanity": "from better_profanity import profanity\n"
                        "ask = profanity.contains_profanity\n",
}

NODE = """const [lang] = process.argv.slice(2);
const lines = require("fs").readFileSync(0, "utf8").split("\\n").filter((line) => line);
(async () => { %s })().then((ask) => {
  console.log(JSON.stringify(lines.map((line) => Boolean(ask(JSON.parse(line))))));
});"""
PYTHON = """import json, sys
%s
print(json.dumps([bool(ask(json.loads(line))) for line in sys.stdin if line.strip()]))"""


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)


def install(name):
    """Whether the filter is there, after trying to install it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        if name in NPM:
            if (FOLDER / "node_modules" / name).is_dir():
                return True
            done = run(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), name])
        else:
            place = FOLDER / "python"
            if (place / name.replace("-", "_")).is_dir():
                return True
            done = run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(place), name])
    except OSError as problem:
        print(f"evaluate: SKIPPED {name}: {problem}", file=sys.stderr)
        return False
    if done.returncode != 0:
        print(f"evaluate: SKIPPED {name}: {done.stderr.strip()[-300:]}", file=sys.stderr)
    return done.returncode == 0


def verdicts(name, posts, lang):
    """What the filter says of each post: a list of bool, or None if it cannot be asked."""
    if not install(name):
        return None
    lines = "".join(json.dumps(post.get("body", "")) + "\n" for post in posts)
    if name in NPM:
        script = FOLDER / "ask.js"
        script.write_text(NODE % NPM[name], encoding="utf-8")
        done = run(["node", str(script), lang], input=lines)
    else:
        done = run([sys.executable, "-c", PYTHON % PYPI[name]], input=lines,
                   env={"PYTHONPATH": str(FOLDER / "python"), "PYTHONIOENCODING": "utf-8"})
    if done.returncode != 0:
        print(f"evaluate: SKIPPED {name}: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return None
    return json.loads(done.stdout)


def names():
    return [*NPM, *PYPI]
