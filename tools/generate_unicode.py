#!/usr/bin/env python3
"""Writes src/text/unicode_tables.cpp from the Unicode Character Database.

    tools/generate_unicode.py [--data /usr/share/unicode] [--check] [OUTPUT]

The data is Debian's package unicode-data. The same data gives the same bytes;
--check compares instead of writing and fails where they differ.
"""
import argparse
import pathlib
import re
import sys

LIMIT = 0x110000
BLOCK = 128
HANGUL = range(0xAC00, 0xAC00 + 11172)

# Scripts that put no spaces between words.
UNSPACED = {"Han", "Hiragana", "Katakana", "Bopomofo", "Thai", "Lao", "Khmer", "Myanmar", "Tai_Le",
            "New_Tai_Lue", "Tai_Tham", "Tai_Viet", "Tibetan", "Balinese", "Javanese", "Yi", "Nushu",
            "Tangut", "Khitan_Small_Script"}
UNSPACED_SHORT = {"Hani", "Hira", "Kana", "Bopo", "Thai", "Laoo", "Khmr", "Mymr", "Tale", "Talu",
                  "Lana", "Tavt", "Tibt", "Bali", "Java", "Yiii", "Nshu", "Tang", "Kits"}

# Marks that are part of a letter, by canonical combining class: nuktas, kana
# voicing, viramas, Thai and Lao vowels and tones, Tibetan vowels. What has
# class 0 (the vowel signs of Indic scripts) is kept as well. Hebrew and Arabic
# points are optional and typed in any order: they are dropped like accents, or
# canonically equal texts would fold differently.
KEPT_CLASSES = {0, 7, 8, 9, 103, 107, 118, 122, 129, 130, 132}
# Madda and hamza, with which Arabic letters decompose.
KEPT_MARKS = {0x0653, 0x0654, 0x0655}
KEYCAP = 0x20E3

# Compatibility decompositions that the accents level undoes. Letters that only
# look like others (mathematical, enclosed, superscript) are not among them.
FORM_TAGS = {"wide", "narrow", "initial", "medial", "final", "isolated", "vertical", "small"}
LIGATURES = [(0x0132, 0x0133), (0x0149, 0x0149), (0x01C4, 0x01CC), (0x01F1, 0x01F3),
             (0xFB00, 0xFB06), (0xFB13, 0xFB17), (0xFB4F, 0xFB4F)]

LINE_BREAKS = {0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029}
BLANK_BRAILLE = 0x2800
INTERLINEAR = {0xFFF9, 0xFFFA, 0xFFFB}
SINGLE_QUOTES = {0xB4, 0x02BC, 0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x2035, 0x2039, 0x203A,
                 0x275B, 0x275C, 0x275F}
DOUBLE_QUOTES = {0xAB, 0xBB, 0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x2036, 0x275D, 0x275E,
                 0x2760, 0x301D, 0x301E, 0x301F}
NOT_DASHES = {0x301C, 0x3030, 0x30A0}
MINUS = 0x2212
# Letters without a decomposition that a reader takes for the plain ones.
# Letters named "LATIN SMALL LETTER X WITH ..." are found by their names.
PLAIN = {"æ": "ae", "œ": "oe", "ı": "i", "ȷ": "j", "ð": "d", "þ": "th", "ŋ": "n", "ẜ": "s", "ẝ": "s"}

FLAGS = ["word", "unspaced", "upper", "cased", "decimal", "white_space", "emoji", "emoji_default",
         "pictograph", "emoji_modifier", "regional_indicator", "fold_identity", "hangul", "mark",
         "symbol", "invisible"]

# Those whose letters stand in words of any script.
NO_SCRIPTS = {"Common", "Inherited", "Unknown"}


class Database:
    """The properties that the tables need, read from the text files."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.version = re.search(r"-(\d+\.\d+\.\d+)\.txt",
                                 self.text("PropList.txt").splitlines()[0]).group(1)
        self.category = ["Cn"] * LIMIT
        self.ccc = [0] * LIMIT
        self.decomposition = {}   # code point -> (tag or None, [code points])
        self.digit = {}
        self.name = {}
        self.read_unicode_data()
        self.case_folding = {}    # full
        for fields in self.rows("CaseFolding.txt"):
            if fields[1] in "CF":
                self.case_folding[int(fields[0], 16)] = [int(c, 16) for c in fields[2].split()]
        derived = self.properties("DerivedCoreProperties.txt")
        props = self.properties("PropList.txt")
        emoji = self.properties("emoji/emoji-data.txt")
        scripts = self.properties("Scripts.txt")
        self.ignorable = derived["Default_Ignorable_Code_Point"]
        self.upper = derived["Uppercase"]
        self.white_space = props["White_Space"]
        self.regional_indicator = props["Regional_Indicator"]
        self.emoji = emoji
        self.prepended = props["Prepended_Concatenation_Mark"]
        self.script_names = sorted(scripts.keys() - NO_SCRIPTS, key=str.lower)
        self.script = {c: 1 + i for i, name in enumerate(self.script_names) for c in scripts[name]}
        self.unspaced = set().union(*(scripts[s] for s in UNSPACED))
        for value, members in self.properties("ScriptExtensions.txt").items():
            if UNSPACED_SHORT & set(value.split()):
                self.unspaced |= members

    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def rows(self, name):
        for line in self.text(name).splitlines():
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]

    def properties(self, name):
        found = {}
        for fields in self.rows(name):
            first, _, last = fields[0].partition("..")
            found.setdefault(fields[1], set()).update(
                range(int(first, 16), int(last or first, 16) + 1))
        return found

    def read_unicode_data(self):
        first = None
        for line in self.text("UnicodeData.txt").splitlines():
            fields = line.split(";")
            code = int(fields[0], 16)
            if fields[1].endswith(", First>"):
                first = code
                continue
            for c in range(first if first is not None else code, code + 1):
                self.category[c] = fields[2]
            first = None
            self.name[code] = fields[1]
            self.ccc[code] = int(fields[3])
            if fields[6]:
                self.digit[code] = int(fields[6])
            if fields[5]:
                tag = re.match(r"<(\w+)> ", fields[5])
                codes = fields[5][tag.end():] if tag else fields[5]
                self.decomposition[code] = (tag.group(1) if tag else None,
                                            [int(c, 16) for c in codes.split()])

    def nfd(self, code):
        """Full canonical decomposition; Hangul is left to arithmetic."""
        tag, codes = self.decomposition.get(code, (None, None))
        if codes is None or tag is not None:
            return [code]
        return [d for c in codes for d in self.nfd(c)]


class AccentsFold:
    """The accents level, code point by code point."""

    def __init__(self, database):
        self.db = database
        self.known = {}

    def of(self, code):
        if code not in self.known:
            self.known[code] = self.compute(code)
        return self.known[code]

    def compute(self, code):
        step = self.step(code)
        return step if step == [code] else [d for c in step for d in self.of(c)]

    def step(self, code):
        """One step towards the fold; the code point itself when it is reached."""
        db = self.db
        punctuation = self.punctuation(code)
        if punctuation is not None:
            return punctuation
        if code in db.case_folding:
            return db.case_folding[code]
        if self.is_form(code) or (code in db.decomposition and db.decomposition[code][0] is None):
            return db.decomposition[code][1]
        if self.is_dropped_mark(code):
            return []
        if chr(code) in PLAIN:
            return [ord(c) for c in PLAIN[chr(code)]]
        named = re.fullmatch(r"LATIN SMALL LETTER ([A-Z]) WITH .*", db.name.get(code, ""))
        return [ord(named.group(1).lower())] if named else [code]

    def punctuation(self, code):
        db = self.db
        if code in LINE_BREAKS:
            return [0x0A]
        if code in db.white_space or code == BLANK_BRAILLE:
            return [0x20]
        if code in db.ignorable or code in INTERLINEAR or db.category[code] == "Cc":
            return []
        if code in SINGLE_QUOTES:
            return [ord("'")]
        if code in DOUBLE_QUOTES:
            return [ord('"')]
        if code == MINUS or (db.category[code] == "Pd" and code not in NOT_DASHES):
            return [ord("-")]
        return None

    def is_form(self, code):
        tag = self.db.decomposition.get(code, (None, None))[0]
        return tag in FORM_TAGS or (
            tag == "compat" and any(first <= code <= last for first, last in LIGATURES))

    def is_dropped_mark(self, code):
        category = self.db.category[code]
        if category == "Me":
            return code != KEYCAP
        return (category == "Mn" and code not in KEPT_MARKS
                and self.db.ccc[code] not in KEPT_CLASSES)


class Pool:
    """Byte strings in one array; what is part of another is not stored twice."""

    def __init__(self, texts):
        self.data = b""
        for text in sorted(set(texts), key=lambda t: (-len(t), t)):
            if text not in self.data:
                self.data += text
        self.known = {text: self.data.index(text) for text in set(texts)}

    def at(self, text):
        return self.known[text]


def utf8(codes):
    return "".join(map(chr, codes)).encode("utf-8", "surrogatepass")


def is_word(db, code):
    return db.category[code][0] in "LM" or db.category[code] == "Nd"


def is_invisible(db, code):
    if code in db.white_space or code in db.prepended:
        return False
    return code in db.ignorable or db.category[code] in ("Cc", "Cf")


def flags_of(db, fold, code):
    category = db.category[code]
    word = is_word(db, code)
    has = {
        "word": word,
        "unspaced": code in db.unspaced and category[0] in "LM",
        "upper": category in ("Lu", "Lt") or (category == "Nl" and code in db.upper),
        "cased": category in ("Lu", "Ll", "Lt"),
        "decimal": category == "Nd",
        "white_space": code in db.white_space,
        "emoji": code in db.emoji["Emoji"],
        "emoji_default": code in db.emoji["Emoji_Presentation"],
        "pictograph": code in db.emoji["Extended_Pictographic"],
        "emoji_modifier": code in db.emoji["Emoji_Modifier"],
        "regional_indicator": code in db.regional_indicator,
        "fold_identity": fold == [code],
        "hangul": code in HANGUL,
        "mark": category[0] == "M" and not is_invisible(db, code),
        "symbol": category[0] in "PS",
        "invisible": is_invisible(db, code),
    }
    bits = sum(1 << i for i, name in enumerate(FLAGS) if has[name])
    return bits | (db.digit[code] << 28 if category == "Nd" else 0)


def records_of(db):
    """One tuple a code point: fold, NFD, case folding, class, script, flags."""
    accents = AccentsFold(db)
    for code in range(LIMIT):
        fold = [code] if code in HANGUL else accents.of(code)
        nfd = db.nfd(code)
        case = db.case_folding.get(code, [code])
        yield (b"" if fold == [code] else utf8(fold), b"" if nfd == [code] else utf8(nfd),
               b"" if case == [code] else utf8(case), db.ccc[code], db.script.get(code, 0),
               flags_of(db, fold, code))


def number_lines(values, per_line):
    for i in range(0, len(values), per_line):
        yield "    " + ", ".join(str(v) for v in values[i:i + per_line]) + ","


def generate(db):
    rows = list(records_of(db))
    pool = Pool([text for row in rows for text in row[:3]])
    records, record_ids, ids = [], {}, []
    for row in rows:
        if row not in record_ids:
            record_ids[row] = len(records)
            records.append(row)
        ids.append(record_ids[row])
    blocks, block_ids, stage1 = [], {}, []
    for start in range(0, LIMIT, BLOCK):
        block = tuple(ids[start:start + BLOCK])
        if block not in block_ids:
            block_ids[block] = len(blocks)
            blocks.append(block)
        stage1.append(block_ids[block])
    assert len(pool.data) < 0x10000 and len(records) < 0x10000 and len(blocks) < 0x10000
    longest = max(len(row[0]) for row in rows)

    out = ["// Generated by tools/generate_unicode.py from the Unicode Character Database; do not edit.",
           '#include "text/unicode_tables.hpp"', "", "namespace modcore::text::unicode {", "",
           f'const char version[] = "{db.version}";', ""]
    for row in rows:
        assert len(row[0]) <= 64
    out += [f"static_assert(max_fold_length >= {longest});", "",
            f"const std::uint16_t stage1[{len(stage1)}] = {{", *number_lines(stage1, 20), "};", "",
            f"const std::uint16_t stage2[{len(blocks) * BLOCK}] = {{",
            *number_lines([i for block in blocks for i in block], 20), "};", "",
            f"const Record records[{len(records)}] = {{"]
    for fold, nfd, case, ccc, script, flags in records:
        out.append(f"    {{{pool.at(fold)}, {pool.at(nfd)}, {pool.at(case)}, {len(fold)}, {len(nfd)}, "
                   f"{len(case)}, {ccc}, {script}, {flags:#x}}},")
    out += ["};", "", f"const unsigned char pool[{len(pool.data)}] = {{",
            *number_lines(list(pool.data), 24), "};", "",
            f"static_assert(script_count == {len(db.script_names)});",
            f"const std::string_view script_names[{len(db.script_names)}] = {{",
            *number_lines([f'"{name.lower()}"' for name in db.script_names], 6), "};", "",
            "}  // namespace modcore::text::unicode", ""]
    return "\n".join(out)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="/usr/share/unicode")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("output", nargs="?", default=root / "src/text/unicode_tables.cpp")
    arguments = parser.parse_args()
    text = generate(Database(arguments.data))
    output = pathlib.Path(arguments.output)
    if not arguments.check:
        output.write_text(text, encoding="utf-8")
        return 0
    if output.read_text(encoding="utf-8") == text:
        print(f"{output} is what the data gives")
        return 0
    print(f"{output} differs from what the data gives", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
