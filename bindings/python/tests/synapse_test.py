"""A real Synapse, as PyPI has it, with the module of examples/bots/matrix, and a client over HTTP."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("synapse")

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "bots" / "matrix"
RULES = """
modcore: 1
category: spam
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide,
     reason: {en: No adverts for casinos., fr: Pas de publicité pour les casinos.}}
  - {id: spam.name, patterns: {a: {words: ["casino*"], in: text}}, when: 'message.kind == "profile" and $a', verdict: hide}
  - {id: spam.file, patterns: {a: {substrings: [.exe], in: attachment.names}}, verdict: hide, reason: No programs.}
  - {id: spam.flagged, words: [bingo], verdict: flag}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Client:
    def __init__(self, base, token=None):
        self.base, self.token, self.count = base, token, 0

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/_matrix/client/v3/{path}", data, method=method)
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def register(self, name):
        body = {"username": name, "password": "secret-12345", "auth": {"type": "m.login.dummy"}}
        return self.call("POST", "register", body)

    def send(self, room, content):
        self.count += 1
        return self.call("PUT", f"rooms/{urllib.parse.quote(room)}/send/m.room.message/{self.count}", content)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synapse")
    port = free_port()
    (folder / "rules.rules.yaml").write_text(RULES)
    config = {
        "server_name": "test", "report_stats": False, "pid_file": str(folder / "pid"),
        "signing_key_path": str(folder / "signing.key"), "media_store_path": str(folder / "media"),
        "database": {"name": "sqlite3", "args": {"database": ":memory:"}},
        "listeners": [{"port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": False,
                       "resources": [{"names": ["client"]}]}],
        "enable_registration": True, "enable_registration_without_verification": True,
        "registration_shared_secret": "s", "macaroon_secret_key": "m", "form_secret": "f",
        "trusted_key_servers": [], "suppress_key_server_warning": True, "url_preview_enabled": False,
        "rc_message": {"per_second": 1000, "burst_count": 1000},
        "rc_registration": {"per_second": 1000, "burst_count": 1000},
        "user_directory": {"search_all_users": True},
        "modules": [{"module": "modcore_synapse.ModcoreSpamChecker",
                     "config": {"rules": [str(folder / "rules.rules.yaml")], "staff": ["@staff:test"]}}],
        "log_config": str(folder / "log.yaml"),
    }
    log = {"version": 1, "disable_existing_loggers": False, "handlers": {"file": {"class": "logging.FileHandler", "filename": str(folder / "log")}},
           "root": {"level": "INFO", "handlers": ["file"]}}
    (folder / "log.yaml").write_text(json.dumps(log))
    (folder / "homeserver.yaml").write_text(json.dumps(config))
    command = [sys.executable, "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")]
    environment = {**os.environ, "PYTHONPATH": f"{EXAMPLE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    subprocess.run([*command, "--generate-keys"], env=environment, check=True, capture_output=True, cwd=folder)
    output = open(folder / "output", "w")
    server = subprocess.Popen(command, env=environment, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            assert server.poll() is None, (folder / "output").read_text()
            try:
                urllib.request.urlopen(f"{url}/_matrix/client/versions", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        yield url, folder / "log"
    finally:
        server.terminate()
        server.wait(30)
        output.close()


def user(base, name):
    status, answer = Client(base).register(name)
    assert status == 200, answer
    return Client(base, answer["access_token"])


@pytest.fixture(scope="module")
def alice(base):
    return user(base[0], "alice")


@pytest.fixture(scope="module")
def room(alice):
    status, answer = alice.call("POST", "createRoom", {"name": "Roses", "preset": "public_chat"})
    assert status == 200, answer
    return answer["room_id"]


def text(body, **more):
    return {"msgtype": "m.text", "body": body, **more}


def edit(event, body):
    return text(f"* {body}", **{"m.new_content": text(body), "m.relates_to": {"rel_type": "m.replace", "event_id": event}})


def test_a_good_message_gets_an_event_id(alice, room):
    status, answer = alice.send(room, text("My roses bloom."))
    assert status == 200 and answer["event_id"].startswith("$")


def test_a_bad_message_is_refused_with_the_public_reason(alice, room, base):
    status, answer = alice.send(room, text("The best ONLINE casino"))
    assert (status, answer["errcode"], answer["error"]) == (403, "M_FORBIDDEN", "No adverts for casinos.")
    log = base[1].read_text()
    assert '"rule":"spam.casino"' in log and "ONLINE casino" not in log


def test_an_edit_is_judged_by_what_it_shows(alice, room):
    event = alice.send(room, text("hello"))[1]["event_id"]
    assert alice.send(room, edit(event, "an online casino"))[0] == 403
    assert alice.send(room, edit(event, "hello again"))[0] == 200
    hidden = {**text("hello"), "m.new_content": text("an online casino"),
              "m.relates_to": {"rel_type": "m.replace", "event_id": event}}
    assert alice.send(room, hidden)[0] == 403


def test_a_flagged_message_passes_and_a_bad_file_name_does_not(alice, room):
    assert alice.send(room, text("bingo"))[0] == 200
    status, answer = alice.send(room, {"msgtype": "m.file", "body": "setup.exe", "url": "mxc://test/a"})
    assert (status, answer["error"]) == (403, "No programs.")


def test_odd_contents_are_judged_as_far_as_they_are_text(alice, room):
    assert alice.send(room, {"msgtype": "m.text", "body": 7})[0] in (200, 400)
    assert alice.send(room, text("x", **{"m.new_content": 7, "m.relates_to": 7}))[0] in (200, 400)
    assert alice.send(room, text("My roses bloom."))[0] == 200


def test_rooms_are_judged_by_name_and_topic(alice, room):
    status, answer = alice.call("POST", "createRoom", {"name": "Online casino"})
    assert (status, answer["error"]) == (403, "No adverts for casinos.")
    path = f"rooms/{urllib.parse.quote(room)}/state/m.room.topic"
    assert alice.call("PUT", path, {"topic": "an online casino"})[0] == 403
    assert alice.call("PUT", path, {"topic": "roses"})[0] == 200


def test_usernames_are_judged(base):
    status, _ = Client(base[0]).register("casino-bonus")
    assert status == 429  # Synapse's word for a registration that a module denies
    bob = user(base[0], "bob")
    found = lambda name: [u["user_id"] for u in bob.call("POST", "user_directory/search", {"search_term": name})[1]["results"]]
    carol = user(base[0], "carol")
    for _ in range(100):
        if found("carol"):
            break
        time.sleep(0.1)
    assert found("carol") == ["@carol:test"]
    assert carol.call("PUT", "profile/@carol:test/displayname", {"displayname": "carol casino king"})[0] == 200
    for _ in range(100):
        if not found("carol"):
            break
        time.sleep(0.1)
    assert found("carol") == []


def test_staff_is_exempt_and_it_shows(base, room):
    staff = user(base[0], "staff")
    assert staff.call("POST", f"join/{urllib.parse.quote(room)}", {})[0] == 200
    assert staff.send(room, text("an online casino"))[0] == 200
    assert '"exempt":"staff"' in base[1].read_text()
