"""A list of compiled `re`, one after the other, as scripts do it: nanoseconds a post.

  python bench/python/bench_re.py REGEXES COUNT POSTS      a regex a line; NDJSON with bodies
"""
import json
import re
import sys
import time
import warnings

MOST_POSTS = 50


def main() -> None:
    path, count, posts_path = sys.argv[1:]
    warnings.simplefilter("ignore")
    compiled = []
    refused = 0
    with open(path, encoding="utf-8") as lines:
        for line in [one.rstrip("\n") for one in lines if one.strip()][: int(count)]:
            try:
                compiled.append(re.compile(line, re.IGNORECASE))
            except re.error:
                refused += 1
    with open(posts_path, encoding="utf-8") as lines:
        posts = [json.loads(line)["body"] for _, line in zip(range(MOST_POSTS), lines)]
    begin = time.thread_time()
    found = sum(1 for post in posts for one in compiled if one.search(post))
    spent = (time.thread_time() - begin) / len(posts)
    print(f"{len(compiled)} regexes, {refused} refused: {spent * 1e9:.0f} ns a post, {found} found in {len(posts)} posts")


main()
