"""The stream bot, run as its README says."""

import json
import signal
import subprocess
import sys
from pathlib import Path

BOT = Path(__file__).resolve().parents[3] / "examples" / "bots" / "stream" / "stream_bot.py"
RULES = """
modcore: 1
category: spam
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide, reason: No adverts.}
  - {id: spam.bingo, words: [bingo], verdict: flag}
  - {id: spam.threat, words: [threat], verdict: escalate, hide: false, escalate: {to: moderators}}
"""
POSTS = [
    {"id": "1", "body": "My roses bloom."},
    {"id": "2", "body": "an online casino"},
    {"id": "2", "body": "an online casino"},
    {"id": "3", "body": "bingo"},
    {"id": "4", "body": "a threat"},
    {"id": "5", "body": "an online casino", "author": {"id": "modbot"}},
    {"id": "6", "body": "an online casino", "author": {"id": "m", "roles": ["moderator"]}},
    {"id": "7", "body": 7},
    {"id": "8", "title": "online casino"},
]


def start(folder):
    (folder / "a.rules.yaml").write_text(RULES)
    return subprocess.Popen([sys.executable, str(BOT), "a.rules.yaml"], cwd=folder, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_stream_is_judged_and_acted_on(tmp_path):
    lines = [json.dumps(post) for post in POSTS] + ["not json", "[1]"]
    out, err = start(tmp_path).communicate("\n".join(lines) + "\n", timeout=60)
    acts = [json.loads(line) for line in out.splitlines()]
    assert acts == [
        {"id": "2", "do": "remove", "text": "No adverts."},
        {"id": "3", "do": "report", "text": "spam.bingo"},
        {"id": "4", "do": "notify", "text": "moderators: spam.threat"},
        {"id": "8", "do": "remove", "text": "No adverts."},
    ]
    assert err.count("not a post") == 2 and '"exempt":"staff"' in err and "could not be judged" in err
    assert 'modcore_decisions_total{verdict="hide"} 3' in err


def test_a_hangup_reloads_the_rules_and_bad_ones_change_nothing(tmp_path):
    bot = start(tmp_path)

    def ask(id, body):
        bot.stdin.write(json.dumps({"id": id, "body": body}) + "\n" + json.dumps({"id": id + "m", "body": "bingo"}) + "\n")
        bot.stdin.flush()
        first = json.loads(bot.stdout.readline())
        return first["do"] if first["id"] == id and bot.stdout.readline() else "nothing"

    assert ask("1", "online casino") == "remove"
    (tmp_path / "a.rules.yaml").write_text("modcore: 1\nrules: 3\n")
    bot.send_signal(signal.SIGHUP)
    while "stay as they were" not in bot.stderr.readline():
        pass
    assert ask("2", "online casino") == "remove"
    (tmp_path / "a.rules.yaml").write_text(RULES.replace("online casino", "poker night"))
    bot.send_signal(signal.SIGHUP)
    while "now by" not in bot.stderr.readline():
        pass
    assert ask("3", "online casino") == "nothing"
    assert ask("4", "poker night") == "remove"
    bot.communicate(timeout=60)
