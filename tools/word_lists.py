#!/usr/bin/env python3
"""Writes src/lint/words/{en,fr,pl}.txt: the commonest words of a language, commonest first.

usage: tools/word_lists.py FOLDER

FOLDER holds, unpacked beside each other, each in a folder of its name:
  npm     zxcvbn-ts-language-en, zxcvbn-ts-language-fr     (npm pack @zxcvbn-ts/language-en ...)
  Debian  scowl hunspell-fr-comprehensive wpolish          (apt-get download, dpkg-deb -x)
          fortunes-pl libreoffice-help-pl manpages-pl wesnoth-1.16-data maliit-keyboard
and `hunspell` and `msgunfmt` are installed.

English and French are ranked as the subtitles behind @zxcvbn-ts/language-* rank them. Polish is
counted here, from Polish texts of free software: jokes and sayings, the dialogues of a game, help
pages, a novel; each counts as much as the others, so that none drowns them. What no spelling
dictionary knows (names, typing errors, other languages) is left out.
"""

import collections
import glob
import gzip
import html
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

WORDS = 20_000
OUT = Path(__file__).resolve().parent.parent / "src" / "lint" / "words"
LETTERS = re.compile(r"[^\W\d_]+")


def ranked_subtitles(folder: Path, language: str) -> list[str]:
    path = folder / f"zxcvbn-ts-language-{language}" / "package" / "src" / "commonWords.json"
    return json.loads(path.read_text(encoding="utf-8"))


def english(folder: Path) -> set[str]:
    known = set()
    for path in glob.glob(str(folder / "scowl/usr/share/dict/scowl/*-words.*")):
        if int(path.rsplit(".", 1)[1]) <= 70 and re.search(r"/(english|american|british)-words", path):
            known |= set(Path(path).read_text(encoding="iso-8859-1").split())
    return known


def french(folder: Path, words: list[str]) -> set[str]:
    dictionary = folder / "hunspell-fr-comprehensive/usr/share/hunspell/fr"
    good = subprocess.run(["hunspell", "-i", "utf-8", "-d", str(dictionary), "-G"],
                          input="\n".join(words), capture_output=True, text=True, check=True)
    return set(good.stdout.split())


def polish(folder: Path) -> set[str]:
    return set((folder / "wpolish/usr/share/dict/polish").read_text(encoding="utf-8").split())


def count(text: str) -> collections.Counter:
    return collections.Counter(word.lower() for word in LETTERS.findall(text))


def files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(Path(path) for path in glob.glob(str(folder / pattern), recursive=True))
    if not found:
        sys.exit(f"nothing matches {folder / pattern}")
    return found


def polish_texts(folder: Path) -> list[collections.Counter]:
    jokes = count(" ".join(path.read_text(encoding="utf-8", errors="replace") for path in
                           files(folder, "fortunes-pl/usr/share/games/fortunes/pl/*.u8")))
    game = collections.Counter()
    for path in files(folder, "wesnoth-1.16-data/**/pl/LC_MESSAGES/*.mo"):
        catalogue = subprocess.run(["msgunfmt", str(path)], capture_output=True, text=True, check=True)
        blocks = re.findall(r'msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\s*)+)', catalogue.stdout)
        game += count(re.sub(r'"\s*"|\\n|<[^>]*>', " ", " ".join(blocks)))
    pages = collections.Counter()
    for path in files(folder, "libreoffice-help-pl/**/*.html"):
        text = path.read_text(encoding="utf-8", errors="replace")
        pages += count(html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", text, flags=re.S)))
    manuals = collections.Counter()
    for path in files(folder, "manpages-pl/**/*.gz"):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace") as text:
            manuals += count(re.sub(r"\\f.|\\-|^\.\w+", " ", text.read(), flags=re.M))
    novel = collections.Counter()
    database = files(folder, "maliit-keyboard/**/languages/pl/database_pl.db")[0]
    for word, times in sqlite3.connect(database).execute("select word, count from _1_gram"):
        novel += {lower: n * times for lower, n in count(word).items()}
    return [jokes, game, novel, pages + manuals]


def ranked_polish(folder: Path, known: set[str], foreign: set[str]) -> list[str]:
    score = collections.Counter()
    texts = polish_texts(folder)
    # Jokes and help pages quote English; the novel does not.
    known = {word for word in known if word not in foreign or word in texts[2]}
    for counted in texts:
        counted = {word: times for word, times in counted.items() if word in known}
        total = sum(counted.values())
        for word, times in counted.items():
            score[word] += times / total
    return [word for word, _ in sorted(score.items(), key=lambda entry: (-entry[1], len(entry[0]), entry[0]))]


def commonest(ranked: list[str], known: set[str]) -> list[str]:
    kept, seen = [], set()
    for word in ranked:
        if word in known and word not in seen and len(word) > 1 and LETTERS.fullmatch(word):
            seen.add(word)
            kept.append(word)
    return kept[:WORDS]


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    lists = {"en": ranked_subtitles(folder, "en"), "fr": ranked_subtitles(folder, "fr")}
    known = {"en": english(folder), "fr": french(folder, lists["fr"]), "pl": polish(folder)}
    lists["pl"] = ranked_polish(folder, known["pl"], set(lists["en"][:3000]))
    OUT.mkdir(parents=True, exist_ok=True)
    for language, ranked in lists.items():
        words = commonest(ranked, known[language])
        (OUT / f"{language}.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"{language}: {len(words)} words")


if __name__ == "__main__":
    main()
