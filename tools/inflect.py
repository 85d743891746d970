#!/usr/bin/env python3
"""Writes the forms of words, from the affixes of a hunspell dictionary, as a list for a rule file.

    tools/inflect.py [--dictionaries FOLDER] [--check] LEMMAS.txt...

A file of lemmas (tools/inflection/) begins with the language and the list that it makes; then come
words as the dictionary has them, one a line. `!form` leaves a form out, where another language or an
honest word reads alike. With `apart: LIST` and `endings: ów om ach` the forms that end so, but for the
words themselves, go into a list of their own. --check writes nothing and fails if a list is not what would be written;
without dictionaries it says so and exits with 77.

The dictionaries are those of Debian's hunspell-pl (Apache-2.0 among other licences) and
hunspell-fr-classical (MPL-2.0); FOLDER defaults to /usr/share/hunspell. They are needed to write the
lists, not to build or to run anything.
"""
import argparse
import collections
import functools
import pathlib
import re
import sys
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
FILES = {"pl": "pl_PL", "fr": "fr"}


def lines_of(path, encoding):
    return path.read_text(encoding=encoding, errors="replace").splitlines()


class Dictionary:
    def __init__(self, folder, language):
        base = folder / FILES[language]
        affixes = base.with_suffix(".aff")
        head = affixes.read_bytes()
        encoding = re.search(rb"^SET (\S+)", head, re.MULTILINE).group(1).decode()
        self.long_flags = re.search(rb"^FLAG long", head, re.MULTILINE) is not None
        self.suffixes = collections.defaultdict(list)
        for line in lines_of(affixes, encoding):
            part = line.split()
            if len(part) >= 5 and part[0] == "SFX":
                self.suffixes[part[1]].append((part[2], part[3].split("/")[0], part[4]))
        self.entries = collections.defaultdict(list)
        for line in lines_of(base.with_suffix(".dic"), encoding)[1:]:
            word, _, flags = line.split()[0].partition("/") if line.strip() else ("", "", "")
            self.entries[word].append(flags)

    def flags(self, text):
        return re.findall("..", text) if self.long_flags else list(text)

    def forms(self, word):
        if word not in self.entries:
            raise KeyError(word)
        found = {word}
        for flag in (flag for text in self.entries[word] for flag in self.flags(text)):
            for strip, add, condition in self.suffixes[flag]:
                cut = "" if strip == "0" else strip
                fits = condition == "." or re.search(f"(?:{condition})$", word)
                if word.endswith(cut) and fits:
                    stem = word[:len(word) - len(cut)]
                    found.add(stem + ("" if add == "0" else add))
        return found


def read_lemmas(path):
    text = [line.split("#")[0].strip() for line in lines_of(path, "utf-8")]
    settings = dict(line.split(": ") for line in text if ": " in line)
    words = [line for line in text if line and ": " not in line]
    return (settings, [word for word in words if not word.startswith("!")],
            {word[1:] for word in words if word.startswith("!")})


def plain(form):
    """Without accents, as rules compare: of forms that differ in these alone one is enough."""
    parts = unicodedata.normalize("NFD", form.replace("ł", "l").replace("œ", "oe"))
    return "".join(char for char in parts if not unicodedata.combining(char))


def written(path, dictionary):
    """The text of each list that the file of lemmas makes, by its place."""
    settings, lemmas, without = read_lemmas(path)
    forms = set()
    for lemma in lemmas:
        forms |= {form.lower() for form in dictionary(settings["language"]).forms(lemma)}
    kept = {plain(form): form for form in sorted(forms - without, reverse=True)}.values()
    endings = tuple(settings.get("endings", "").split())
    apart = {form for form in kept if endings and form.endswith(endings) and form not in lemmas}
    head = f"# Made by: tools/inflect.py {path.resolve().relative_to(ROOT)}\n"
    lists = {settings["list"]: set(kept) - apart}
    if endings:
        lists[settings["apart"]] = apart
    return {ROOT / place: head + "".join(form + "\n" for form in sorted(words))
            for place, words in lists.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dictionaries", type=pathlib.Path, default=pathlib.Path("/usr/share/hunspell"))
    parser.add_argument("--check", action="store_true")
    parser.add_argument("lemmas", nargs="+", type=pathlib.Path, metavar="LEMMAS.txt")
    options = parser.parse_args()
    missing = [name for name in FILES.values()
               if not (options.dictionaries / name).with_suffix(".aff").is_file()]
    if options.check and missing:
        print(f"inflect: SKIPPED, {options.dictionaries} lacks {', '.join(missing)}", file=sys.stderr)
        sys.exit(77)
    dictionary = functools.cache(functools.partial(Dictionary, options.dictionaries))
    stale = []
    for path in options.lemmas:
        try:
            lists = written(path, dictionary)
        except (OSError, KeyError) as problem:
            sys.exit(f"inflect: {path}: {problem}")
        for place, text in lists.items():
            if not options.check:
                place.write_text(text, encoding="utf-8")
            elif not place.is_file() or place.read_text(encoding="utf-8") != text:
                stale.append(str(place.relative_to(ROOT)))
    if stale:
        sys.exit("inflect: not what the command writes: " + ", ".join(stale))


if __name__ == "__main__":
    main()
