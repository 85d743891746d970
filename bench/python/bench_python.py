"""What Python costs above C++, and what it saves against other ways, in one run.

    cmake --preset release && cmake --build --preset release --target bench_posts modcore_python
    PYTHONPATH=build/release/python python bench/python/bench_python.py build/release/bench/bench_posts

pyarrow and better_profanity are measured where they are installed.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import modcore

random.seed(20260101)
WORDS = ("the tomatoes garden and water soil I have planted roses near wall this spring they look fine but leaves "
         "turn yellow what should we do compost help with clay any advice thank you").split()
ACCENTED = ["été", "rosée", "jabłoń", "żywopłot", "forêt", "gałąź"]


def made_up_word():
    return "".join(random.choice(["br", "fl", "kr", "pl", "st", "v", "z"]) + random.choice(["oo", "ai", "u", "e"])
                   for _ in range(2)) + random.choice(["rk", "x", "lt", "sk"])


def sentence():
    foreign, text = random.random() < 0.2, ""
    while len(text) < 130:
        text += random.choice(ACCENTED if foreign and random.random() < 0.25 else WORDS) + " "
    return text


POSTS = [sentence() for _ in range(2000)]
PHRASES = sorted({f"{made_up_word()} {made_up_word()}" for _ in range(1400)})[:1000]
RULES = "modcore: 1\ncategory: spam\nrules:\n" + "".join(
    f"  - {{id: bench.r{i}, phrases: [{phrase}], verdict: flag}}\n" for i, phrase in enumerate(PHRASES))


def best(function, posts=len(POSTS), rounds=15):
    """Nanoseconds a post, the best round."""
    function()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        function()
        times.append(time.perf_counter_ns() - begin)
    return min(times) / posts


def cpp(program, rules):
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts.txt"
        posts.write_text("\n".join(POSTS), encoding="utf-8")
        if not isinstance(rules, Path):
            (Path(folder) / "bench.rules.yaml").write_text(rules)
            rules = Path(folder) / "bench.rules.yaml"
        return float(subprocess.run([program, str(rules), str(posts)], capture_output=True, text=True, check=True).stdout)


def in_threads(function, count):
    """Seconds until `count` threads have each called the function."""
    threads = [threading.Thread(target=function) for _ in range(count)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begin


def in_processes(function, count):
    """The same by forked processes: what this machine gives at the moment."""
    begin = time.perf_counter()
    children = []
    for _ in range(count):
        child = os.fork()
        if child == 0:
            function()
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    return time.perf_counter() - begin


def speedup(function, run, rounds=7):
    """How much more two do than one in the same time."""
    one = min(run(function, 1) for _ in range(rounds))
    two = min(run(function, 2) for _ in range(rounds))
    return 2 * one / two


def import_milliseconds():
    """Of processor time."""
    def run(program):
        begin = os.times()
        subprocess.run([sys.executable, "-c", program], check=True)
        end = os.times()
        return (end.children_user + end.children_system - begin.children_user - begin.children_system) * 1000

    return min(run("import modcore") for _ in range(9)) - min(run("pass") for _ in range(9))


def main(program):
    figures = {}
    engine = modcore.compile(RULES)
    scan = engine.scan
    facts = {"post_count": 3, "account_age": 86400, "roles": ["member"]}
    figures["C++"] = cpp(program, RULES)
    figures["scan"] = best(lambda: [scan(post) for post in POSTS])
    figures["scan with three facts"] = best(lambda: [scan(post, author=facts) for post in POSTS])
    figures["scan_batch(list)"] = best(lambda: engine.scan_batch(POSTS))
    try:
        import pyarrow

        array = pyarrow.array(POSTS)
        figures["scan_batch(Arrow)"] = best(lambda: engine.scan_batch(array))
    except ImportError:
        pass
    figures["C++ again"] = cpp(program, RULES)

    expressions = [re.compile(rf"\b{phrase}\b", re.IGNORECASE) for phrase in PHRASES]
    few = POSTS[:40]
    figures["1,000 compiled re"] = best(
        lambda: [any(expression.search(post) for expression in expressions) for post in few], len(few), 5)

    packs = modcore.compile_files()
    figures["scan, shipped packs"] = best(lambda: [packs.scan(post) for post in POSTS])
    try:
        from better_profanity import profanity

        profanity.load_censor_words()
        figures["better_profanity"] = best(
            lambda: [profanity.contains_profanity(post) for post in few], len(few), 3)
    except ImportError:
        pass

    for name, value in figures.items():
        print(f"{name:<24}{value:>14,.0f} ns a post")
    base = min(figures["C++"], figures["C++ again"])
    print(f"\nscan above C++            {figures['scan'] - base:6,.0f} ns")
    print(f"batch above C++           {figures['scan_batch(list)'] - base:6,.0f} ns")
    if "scan_batch(Arrow)" in figures:
        print(f"Arrow batch above C++     {figures['scan_batch(Arrow)'] - base:6,.0f} ns")
    print(f"re / scan                 {figures['1,000 compiled re'] / figures['scan']:6,.0f} x")
    if "better_profanity" in figures:
        print(f"better_profanity / packs  {figures['better_profanity'] / figures['scan, shipped packs']:6,.0f} x")
    long_posts = ["".join(random.sample(POSTS, 60)) for _ in range(300)]
    # Each takes a tenth of a second: threads take their time to find another core.
    many = POSTS * 150
    for name, work in {
        "scan_batch": lambda: engine.scan_batch(many),
        "scan of 8 kB": lambda: [scan(post) for post in long_posts * 25],
        "scan of 140 B": lambda: [scan(post) for post in POSTS * 60],
    }.items():
        threads, processes = speedup(work, in_threads), speedup(work, in_processes)
        print(f"two threads, {name:<13}{threads:6.2f} x (two processes {processes:.2f} x)")
    print(f"import                    {import_milliseconds():6.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
