"""Threads, processes, leaks and the end of the interpreter.

MODCORE_LEAK_SCANS and MODCORE_LEAK_RELOADS make the leak tests longer (a million, a thousand).
"""

import multiprocessing
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import time

import modcore
import pytest

RULES = """
modcore: 1
category: spam
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide, reason: No adverts.}
  - {id: spam.count, when: author.post_count == 3, verdict: flag}
"""
SCANS = int(os.environ.get("MODCORE_LEAK_SCANS", "60000"))
RELOADS = int(os.environ.get("MODCORE_LEAK_RELOADS", "60"))


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


def work(engine, count=300):
    """Scans posts of all sizes; every answer must be that of its own post."""
    for i in range(count):
        casino = i % 3 == 0
        body = "é" * (i * 7 % 3000) + (" online casino" if casino else "")
        decision = engine.scan(body, author={"post_count": i % 5, "name": f"ż{i}"}, id=str(i))
        assert decision.id == str(i) and decision.hidden is casino
        assert (i % 5 == 3) == any(rule.rule == "spam.count" for rule in decision.fired)
        if casino:
            place = decision.fired[0].evidence[0]
            assert body[place.begin : place.end] == "online casino"
    return engine.fingerprint


def test_one_engine_serves_many_threads(engine):
    failures = []

    def run():
        try:
            work(engine)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_the_interpreter_is_released_while_a_long_post_is_scanned(engine):
    body = "żółć i coś " * 20_000
    state = {"scanning": False, "seen": 0, "stop": False}

    def watch():
        while not state["stop"]:
            state["seen"] += state["scanning"]
            time.sleep(0)

    watcher = threading.Thread(target=watch)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(100)  # nobody is made to hand over: only a release lets the watcher run
    try:
        watcher.start()
        for _ in range(1000):
            state["scanning"] = True
            engine.scan(body)
            state["scanning"] = False
            if state["seen"]:
                break
    finally:
        state["stop"] = True
        sys.setswitchinterval(interval)
        watcher.join()
    assert state["seen"] > 0


def test_threads_may_reload_while_others_scan(tmp_path):
    file = tmp_path / "a.rules.yaml"
    file.write_text(RULES)
    slot = modcore.EngineSlot(modcore.compile_files(file))
    stop, failures = threading.Event(), []

    def scan():
        try:
            while not stop.is_set():
                assert slot.scan("online casino").hidden
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=scan) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(10):
        slot.reload()
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_fork_in_the_midst_of_scanning_works(engine):
    """As gunicorn's prefork does: compile, fork, scan; here while other threads scan and compile."""
    stop = threading.Event()

    def busy():
        while not stop.is_set():
            engine.scan("é" * 50_000)
            modcore.compile(RULES)

    threads = [threading.Thread(target=busy) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(8):
            child = os.fork()
            if child == 0:
                status = 1
                try:
                    work(engine, 60)
                    status = 0 if modcore.compile(RULES).scan("online casino").hidden else 1
                finally:
                    os._exit(status)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_multiprocessing_takes_engines_and_returns_decisions(engine, method):
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map(work, [engine] * 2) == [engine.fingerprint] * 2
        decisions = pool.map(engine.scan, ["online casino", "roses"])
    assert [decision.hidden for decision in decisions] == [True, False]


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def grows(step, rounds):
    """How much memory the second half of the rounds takes."""
    for _ in range(rounds // 2):
        step()
    before = resident()
    for _ in range(rounds - rounds // 2):
        step()
    return resident() - before


def test_scanning_leaks_nothing(engine):
    bodies = ["roses", "Été: online casino", "\ud800 online casino"]

    def step():
        for body in bodies:
            decision = engine.scan(body, author={"roles": ["a", "b"], "name": "ż", "karma": 1}, title="t")
            decision.fired, decision.undetermined, decision.scores, repr(decision), hash(decision)
            pickle.loads(pickle.dumps(decision))
        try:
            engine.scan(7)
        except TypeError:
            pass

    assert grows(step, SCANS // 3) < 3_000_000


def test_batches_leak_nothing(engine):
    posts = ["roses", "Été: online casino", {"body": "online casino", "author": {"post_count": 3}}] * 500

    def step():
        batch = engine.scan_batch(posts, decisions=True)
        batch.__arrow_c_array__(), batch.__arrow_c_stream__(), engine.scan_batch(batch)

    assert grows(step, max(40, SCANS // 3000)) < 3_000_000


def test_reloading_leaks_nothing(tmp_path):
    file = tmp_path / "a.rules.yaml"
    file.write_text(RULES)
    slot = modcore.EngineSlot(modcore.compile_files(file))

    def step():
        file.write_text(RULES)
        slot.reload().scan("online casino")
        file.write_text("modcore: 1\nrules: 3\n")
        try:
            slot.reload()
        except modcore.RuleError as error:
            str(error)
        file.write_text(RULES)

    assert grows(step, RELOADS) < 3_000_000


@pytest.mark.parametrize("end", ["", "sys.exit(0)", "threading.Thread(target=forever, daemon=True).start()",
                                 "del modcore, sys.modules['modcore']"])
def test_the_end_of_the_interpreter_is_clean(end):
    program = f"""
        import atexit, sys, threading, modcore
        engine = modcore.compile({RULES!r})
        decision = engine.scan("Été: online casino", author={{"name": "ż"}})
        fired = decision.fired
        batch = engine.scan_batch(["online casino"] * 1000, threads=2)
        capsules = batch.__arrow_c_array__(), batch.__arrow_c_stream__()
        slot = modcore.EngineSlot(engine)
        cycle = [engine, decision]; cycle.append(cycle)
        def forever():
            while True:
                slot.scan("é" * 5000)
        atexit.register(lambda: engine.scan("online casino").fired)
        {end}
    """
    done = subprocess.run([sys.executable, "-X", "dev", "-W", "error", "-c", textwrap.dedent(program)],
                          capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("before", ["", "import modcore; modcore.compile_files('spam')"])
def test_a_sub_interpreter_gets_an_import_error_that_says_what_to_do(before):
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        interpreters = pytest.importorskip("_interpreters")
    attempt = "try: import modcore\nexcept ImportError as e: print('refused:', e)\nelse: print('imported')"
    program = f"""
        import {interpreters.__name__} as interpreters
        {before or "pass"}
        for _ in range(2):
            failure = interpreters.run_string(interpreters.create(), {attempt!r})
            assert failure is None, failure
        import modcore
        assert modcore.compile_files("spam").scan("Casino bonus: 100 free spins").hidden
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("refused:") == 2 and "imported" not in done.stdout
    assert "main" in done.stdout and "interpreter" in done.stdout
