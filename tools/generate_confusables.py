#!/usr/bin/env python3
"""Writes src/text/confusable_tables.cpp: which Latin letters a character can pass for.

    tools/generate_confusables.py [--data /usr/share/unicode] [--check] [OUTPUT]

Sources, in this order: our corrections below, compatibility decompositions and
names from Debian's unicode-data, and Unicode's confusables data as ICU's spoof
checker holds it (libicui18n, called through its C interface). The same data
gives the same bytes; --check compares instead of writing.
"""
import argparse
import ctypes
import ctypes.util
import pathlib
import re
import sys

from generate_unicode import BLOCK, LIMIT, AccentsFold, Database, number_lines

# What the data gets wrong or does not know, one by one: the readings and why.
# An empty reading takes a character out.
CORRECTIONS = {
    # Greek small letters. The data compares shapes at the size of a domain name;
    # people who disguise words go by the letter's outline.
    "α": ("a", "the data agrees, kept here so that the Greek alphabet stands in one place"),
    "β": ("b", "the data makes it ß, which folds to ss; the eye sees b"),
    "γ": ("y", "outline of y"),
    "δ": ("d", "outline of d"),
    "ε": ("e", "outline of an open e, read as e since Latin ɛ is"),
    "ζ": ("z", "the letter z of Greek, with a tail"),
    "η": ("nh", "n with a long leg; h to who knows the sound of the capital"),
    "θ": ("o", "a ring with a bar"),
    "ι": ("i", "i without its dot"),
    "κ": ("k", "the data stops at Latin ĸ"),
    "μ": ("u", "u with a tail"),
    "ν": ("vn", "v in print; its capital is N"),
    "ο": ("o", "the data agrees"),
    "π": ("n", "n with a roof"),
    "ρ": ("pr", "p in print; its capital is P, its sound r"),
    "σ": ("os", "a ring with a flag; the letter s of Greek"),
    "τ": ("t", "the data stops at small capital T"),
    "υ": ("uvy", "u or v in print; its capital is Y"),
    "φ": ("o", "a ring with a stroke"),
    "χ": ("x", "outline of x"),
    "ψ": ("", "no Latin letter"),
    "ω": ("w", "the data leaves it alone; the commonest stand-in for w"),
    "Γ": ("r", "small capital r turned up"),
    "Δ": ("a", "A with its bar at the foot, as in brand names"),
    "Θ": ("o", "a ring with a bar"),
    "Λ": ("a", "A without its bar, as in brand names"),
    "Ξ": ("e", "three bars, as in brand names"),
    "Π": ("n", "n with a roof"),
    "Σ": ("es", "the strokes of E, as in brand names; the letter s of Greek"),
    "Φ": ("o", "a ring with a stroke"),
    "Ω": ("o", "a ring with feet"),
    # Cyrillic small letters are small capitals in print: the data keeps them
    # apart from Latin because domain names are lower case.
    "б": ("b", "6 with a flag, the letter b of Russian"),
    "в": ("bv", "small capital B; the letter v of Russian"),
    "г": ("r", "in print r"),
    "д": ("ad", "d of Russian; in capitals a hat like A"),
    "з": ("ez", "in print 3, which leet reads as e; the letter z of Russian"),
    "З": ("ez", "as з"),
    "и": ("nu", "N mirrored; in italics u"),
    "И": ("n", "N mirrored"),
    "й": ("nu", "as и"),
    "Й": ("n", "as И"),
    "к": ("k", "the data stops at Latin ĸ"),
    "м": ("m", "small capital M"),
    "н": ("h", "small capital H"),
    "п": ("n", "in print n with corners"),
    "П": ("n", "n with corners"),
    "т": ("t", "small capital T"),
    "у": ("yu", "y in print; u to who knows the sound"),
    "У": ("yu", "y in print; u to who knows the sound"),
    "ц": ("u", "u with a tail"),
    "Ц": ("u", "u with a tail"),
    "ч": ("", "no Latin letter in words"),
    "ш": ("w", "w with corners"),
    "Ш": ("w", "w with corners"),
    "щ": ("w", "w with corners and a tail"),
    "Щ": ("w", "w with corners and a tail"),
    "ъ": ("b", "b with a flag"),
    "ь": ("b", "b without its upper half"),
    "Ь": ("b", "b without its upper half"),
    "э": ("e", "e mirrored"),
    "Э": ("e", "e mirrored"),
    "я": ("r", "R mirrored, as in toy shops"),
    "Я": ("r", "R mirrored, as in toy shops"),
    "ѵ": ("v", "the data agrees; kept with its capital"),
    "ғ": ("f", "r with a bar: f in disguised names"),
    "Ғ": ("f", "capital of ғ"),
    "ӏ": ("li", "a bare stroke"),
    "Ӏ": ("li", "a bare stroke"),
    "ё": ("e", "e with two dots"),
    # Latin letters that the accents fold keeps or turns into two letters.
    "ß": ("b", "folds to ss in honest German; used as b in disguises"),
    "þ": ("p", "folds to th in honest Icelandic; used as p in disguises"),
    "Þ": ("p", "capital of þ"),
    "ł": ("", "honest Polish, folds to l; a lettering uses it for i"),
    "ς": ("sc", "final sigma: s in outline and sound, c with a tail"),
    "ƒ": ("f", "the florin sign, an f in use"),
    "ʃ": ("s", "a long s in outline and sound"),
    "ɛ": ("e", "open e"),
    "Ɛ": ("e", "open e"),
    "ɔ": ("co", "c mirrored, open o"),
    "ɩ": ("i", "i without its dot"),
    "ʋ": ("vu", "v with a hook, u in print"),
    "ɯ": ("mw", "m turned, w in print"),
    "ʍ": ("mw", "w turned"),
    "ʌ": ("va", "v turned; A without its bar"),
    "ɐ": ("a", "a turned"),
    "ǝ": ("e", "e turned"),
    "ə": ("e", "e turned"),
    "ɥ": ("h", "h turned"),
    "ɹ": ("r", "r turned"),
    "ʇ": ("t", "t turned"),
    "ʞ": ("k", "k turned"),
    "ɾ": ("r", "r without its serif"),
    "ɟ": ("fj", "f turned; j without its dot"),
    "ʎ": ("y", "y turned"),
    "ĸ": ("k", "kra"),
    "ƙ": ("k", "k with a hook"),
    "ɱ": ("m", "m with a hook"),
    "ɳ": ("n", "n with a hook"),
    "ŋ": ("n", "folds to n"),
    "ʀ": ("r", "small capital"),
    "ʟ": ("l", "small capital; the data follows the shape of l with a foot"),
    "ɪ": ("i", "small capital; the data makes it l"),
    "ꜰ": ("f", "small capital"),
    # Symbols.
    "€": ("e", "an e in outline"),
    "£": ("le", "an L in outline; e with a tail"),
    "¥": ("y", "a Y in outline"),
    "¢": ("c", "a c in outline"),
    "₵": ("c", "a C in outline"),
    "₦": ("n", "an N in outline"),
    "₩": ("w", "a W in outline"),
    "₭": ("k", "a K in outline"),
    "₮": ("t", "a T in outline"),
    "₱": ("p", "a P in outline"),
    "₳": ("a", "an A in outline"),
    "₲": ("g", "a G in outline"),
    "฿": ("b", "a B in outline"),
    "₿": ("b", "a B in outline"),
    "₴": ("s", "an S in outline"),
    "§": ("s", "an s in outline"),
    "©": ("c", "a circled letter that has its own code point"),
    "®": ("r", "a circled letter that has its own code point"),
    "℗": ("p", "a circled letter that has its own code point"),
    "ⓒ": ("c", "a circled letter"),
    "¡": ("i", "i upside down"),
    "×": ("x", "x in outline"),
    "†": ("t", "t in outline"),
    "¶": ("p", "p mirrored"),
    "∂": ("d", "d in outline"),
    "∆": ("a", "as Δ"),
    "Ω": ("o", "as Ω"),
    "∩": ("n", "n in outline"),
    "∪": ("u", "u in outline"),
    "∨": ("v", "v in outline"),
    "∧": ("a", "as Λ"),
    "∑": ("es", "as Σ"),
    "∈": ("e", "e in outline"),
    "∋": ("e", "e mirrored"),
    "⊂": ("c", "c in outline"),
    "⊃": ("", "no Latin letter"),
    "∅": ("o", "a ring with a stroke"),
    "∀": ("a", "A turned"),
    "∃": ("e", "E mirrored"),
    "∫": ("s", "a long s"),
    "∞": ("", "the data makes it oo; honest as infinity"),
    "♡": ("", "a heart stands for a word, not for a letter"),
    "⭕": ("o", "emoji letter: a ring"),
    "❌": ("x", "emoji letter: a cross"),
    "✖": ("x", "emoji letter: a cross"),
    "❎": ("x", "emoji letter: a cross"),
    "❗": ("i", "emoji letter: a mark of exclamation"),
    "❕": ("i", "emoji letter: a mark of exclamation"),
    "➕": ("t", "emoji letter: a cross upright"),
    "✝": ("t", "emoji letter: a cross upright"),
    "♊": ("", "the sign of the twins is II in no word"),
    "Ⓜ": ("m", "emoji letter"),
    "ℹ": ("i", "emoji letter"),
    "💲": ("s", "emoji dollar"),
    "🅾": ("o", "emoji letter"),
    "🔰": ("", "no letter"),
    # The data compares these with a letter; honest text has them beside letters.
    "‐": ("", "punctuation is no letter"),
    "•": ("", "punctuation is no letter"),
    "·": ("", "punctuation is no letter"),
    "«": ("", "punctuation is no letter"),
    "»": ("", "punctuation is no letter"),
}

# Alphabets a to z that lettering generators sell as fonts: characters of any
# script that resemble a capital or small letter. A space stands for a letter
# that is plain there or known from above.
LETTERINGS = {
    "Han, kana and bopomofo": "卂乃匚ᗪ乇千Ꮆ卄丨ﾌҜㄥ爪几ㄖ卩Ɋ尺丂ㄒㄩᐯ山乂ㄚ乙",
    "half-width katakana": "ﾑ乃ᄃりɛｷムんﾉﾌズﾚﾶ刀  ゐ尺丂ｲひ√ﾒメﾘ乙",
    "Canadian syllabics": "ᗩᗷᑕᗞᗴᖴᘜᕼᓰᒍᛕᒪᗰᑎᗝᑭᑫᖇᔕ丅ᑌᐯᗯ᙭Ƴᘔ",
    "Canadian syllabics, second": "ᐱᗺᑢᗫ   ᗁᒎᒚ ᒐᘻᘉᓍᕵ ᖉS꓄ᑗᐺᘺ᙮ᖻ ",
    "currency": "₳฿₵ĐɆ₣₲ⱧłJ₭Ⱡ₥₦Ø₱QⱤ₴₮ɄV₩ӾɎⱫ",
    "Greek and Cyrillic": "αв¢∂єƒgнιנкℓмησρqяѕтυνωχуz",
    "Thai and Armenian": "ค๒ς๔єŦﻮђเןкɭ๓ภ๏קợгรՇยשฬאץչ",
    "Cherokee and Ethiopic": "ᏗᏰፈᎴᏋᎦᎶᏂᎥᏠᏦᏝᎷᏁᎧᎮᎤᏒᏕᏖᏬᏉᏇጀᎩፚ",
    "Coptic": "ⲁⲃⲥⲇⲉ  ⲏⲓ ⲕ ⲙⲛⲟⲣ   ⲧⲩ ⲱⲭⲩⲍ",
    "Coptic capitals": "ⲀⲂⲤⲆⲈ  ⲎⲒ Ⲕ ⲘⲚⲞⲢ   ⲦⲨ ⲰⲬⲨⲌ",
    "Yi": "ꍏꌃꉓꀸꍟꎇꁅꃅꀤꀭꀘ꒒ꂵꈤꂦꉣꆰꋪꌗ꓄ꀎꃴꅏꊼꌩꁴ",
}

SEQUENCES = {"🆎": "ab", "🆑": "cl", "🆒": "cool", "🆓": "free", "🆔": "id", "🆕": "new", "🆖": "ng",
             "🆗": "ok", "🆘": "sos", "🆙": "up", "🆚": "vs", "💯": "100", "🔟": "10", "™": "tm"}

SMALL_CAPITAL = re.compile(r"LATIN (?:LETTER SMALL CAPITAL|SMALL CAPITAL LETTER) ([A-Z])$")
NAMED = [
    SMALL_CAPITAL,
    re.compile(r"(?:NEGATIVE |CROSSED NEGATIVE )?(?:CIRCLED|SQUARED|PARENTHESIZED) "
               r"(?:ITALIC )?LATIN (?:CAPITAL|SMALL) LETTER ([A-Z])$"),
    re.compile(r"REGIONAL INDICATOR SYMBOL LETTER ([A-Z])$"),
    re.compile(r"(?:MODIFIER LETTER|LATIN SUBSCRIPT)(?: SMALL| CAPITAL)?(?: LETTER)? ([A-Z])$"),
    re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER (?:SCRIPT|LONG|BLACKLETTER|DOTLESS|INSULAR|STIRRUP|"
               r"TAILLESS|SIDEWAYS|MIDDLE-WELSH|HALF|VISIGOTHIC|ARCHAIC|OPEN) ([A-Z])$"),
    re.compile(r"LATIN LETTER (?:SMALL CAPITAL )?(?:REVERSED|INVERTED|TURNED) ([A-Z])$"),
    re.compile(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH .*$"),
    re.compile(r"LATIN LETTER SMALL CAPITAL ([A-Z]) WITH .*$"),
]
DIGIT_NAMES = "ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE".split()
NAMED_DIGIT = re.compile(r"(?:.*CIRCLED |.*SUBSCRIPT |.*SUPERSCRIPT )(?:SANS-SERIF )?DIGIT (\w+)$")


class Spoof:
    """ICU's spoof checker: the confusables data of Unicode TR 39."""

    def __init__(self):
        for version in range(80, 59, -1):
            try:
                self.lib = ctypes.CDLL(f"libicui18n.so.{version}")
            except OSError:
                continue
            break
        else:
            raise SystemExit("ICU's libicui18n is not installed")
        error = ctypes.c_int(0)
        opener = self.function("uspoof_open", version, ctypes.c_void_p)
        self.checker = opener(ctypes.byref(error))
        assert error.value <= 0
        self.call = self.function("uspoof_getSkeletonUTF8", version, ctypes.c_int32)

    def function(self, name, version, result):
        function = getattr(self.lib, f"{name}_{version}")
        function.restype = result
        return function

    def skeleton(self, text):
        data, out, error = text.encode("utf-8"), ctypes.create_string_buffer(256), ctypes.c_int(0)
        length = self.call(ctypes.c_void_p(self.checker), ctypes.c_uint32(0), data, len(data), out,
                           len(out), ctypes.byref(error))
        return out.raw[:length].decode("utf-8") if error.value <= 0 else text


class Readings:
    """For each character the letters it can pass for, and whether they are one
    after the other (`℡`) rather than one of several."""

    def __init__(self, db, spoof):
        self.db, self.spoof, self.fold = db, spoof, AccentsFold(db)
        scripts = db.properties("Scripts.txt")
        self.neutral = scripts["Latin"] | scripts["Common"] | scripts["Inherited"]
        self.corrections = {}
        for alphabet in LETTERINGS.values():
            assert len(alphabet) == 26, alphabet
            for letter, char in zip("abcdefghijklmnopqrstuvwxyz", alphabet):
                known = self.corrections.get(ord(char), "")
                if not char.isascii() and letter not in known:
                    self.corrections[ord(char)] = known + letter
        self.corrections.update({ord(c): letters for c, (letters, _) in CORRECTIONS.items()})

    def folded(self, text):
        return "".join(chr(c) for t in text for c in self.fold.of(ord(t)))

    def of(self, code):
        """(letters, is a sequence)"""
        if chr(code) in SEQUENCES:
            return SEQUENCES[chr(code)], True
        plain = self.folded(chr(code))
        if code in self.corrections:
            letters = self.corrections[code]
            return ("", False) if letters == plain else (letters, False)
        if not plain or plain.isascii():
            return "", False  # the accents fold says it all
        base = self.db.nfd(code)[0]
        if base != code:
            return self.of(base)
        named = self.by_name(code)
        if named:
            return named, False
        expanded = self.compatible(code)
        if re.fullmatch(r"[a-z0-9]{2,}", expanded):
            return expanded, True
        found = expanded or self.base_of(code) + self.by_shape(code)
        return "".join(dict.fromkeys(found))[:3], False

    def by_name(self, code):
        name = self.db.name.get(code, "")
        for pattern in NAMED:
            match = pattern.match(name)
            if match:
                return match.group(1).lower()
        match = NAMED_DIGIT.match(name)
        if match and match.group(1) in DIGIT_NAMES:
            return str(DIGIT_NAMES.index(match.group(1)))
        return ""

    def compatible(self, code):
        """Letters and digits of the compatibility decomposition, if it has nothing else."""
        tag, codes = self.db.decomposition.get(code, (None, None))
        if tag is None:
            return ""
        text = self.folded("".join(self.expand(c) for c in codes))
        text = re.sub(r"[().]", "", text) if tag == "compat" else text
        return text if re.fullmatch(r"[a-z0-9]+", text) else ""

    def expand(self, code):
        _, codes = self.db.decomposition.get(code, (None, None))
        return "".join(self.expand(c) for c in codes) if codes else chr(code)

    def base_of(self, code):
        """Mathematical Greek and the like: what the base letter passes for."""
        base = self.expand(code)
        return self.of(ord(base))[0] if len(base) == 1 and ord(base) not in (code, *range(128)) else ""

    def by_shape(self, code):
        if self.db.category[code][0] not in "LNSM":
            return ""
        shape = self.spoof.skeleton(chr(code))
        if shape == chr(code):
            return ""
        text = self.folded("".join(self.through(c) for c in shape))
        if text == "rn":
            return "m"
        if text in ("l", "|", "i"):
            return "li"
        if re.fullmatch(r"[a-z0-9]", text):
            return text.replace("0", "o")
        return ""

    def through(self, char):
        """Prototypes of the data that are themselves look-alikes of ours."""
        if char.isascii():
            return char
        code = ord(char)
        if code in self.corrections and self.corrections[code]:
            return self.corrections[code][0]
        return self.by_name(code) or char

    def foreign(self, code):
        return code not in self.neutral


def assigned(db):
    return (c for c in range(128, LIMIT) if db.category[c] not in ("Cn", "Co", "Cs"))


def generate(readings):
    db = readings.db
    records, ids = [("", False, False)], [0] * LIMIT
    known = {records[0]: 0}
    for code in assigned(db):
        letters, sequence = readings.of(code)
        if len(letters) > 8:
            letters = ""
        record = (letters, sequence, readings.foreign(code)) if letters else records[0]
        if record not in known:
            known[record] = len(records)
            records.append(record)
        ids[code] = known[record]
    assert len(records) < 0x100 * 4
    blocks, block_ids, stage1 = [], {}, []
    for start in range(0, LIMIT, BLOCK):
        block = tuple(ids[start:start + BLOCK])
        if block not in block_ids:
            block_ids[block] = len(blocks)
            blocks.append(block)
        stage1.append(block_ids[block])
    assert len(blocks) < 0x100
    out = ["// Generated by tools/generate_confusables.py from the Unicode Character Database and",
           "// the confusables data of ICU; do not edit.",
           '#include "text/confusable_tables.hpp"', "", "namespace modcore::text::confusable {", "",
           f'const char version[] = "{db.version}";', "",
           f"const std::uint8_t stage1[{len(stage1)}] = {{", *number_lines(stage1, 24), "};", "",
           f"const std::uint16_t stage2[{len(blocks) * BLOCK}] = {{",
           *number_lines([i for block in blocks for i in block], 24), "};", "",
           f"const Record records[{len(records)}] = {{"]
    for letters, sequence, foreign in records:
        flags = (1 if sequence else 0) | (2 if foreign else 0)
        out.append(f'    {{"{letters}", {len(letters)}, {flags}}},')
    out += ["};", "", "}  // namespace modcore::text::confusable", ""]
    return "\n".join(out)


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="/usr/share/unicode")
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("output", nargs="?", default=root / "src/text/confusable_tables.cpp")
    arguments = parser.parse_args()
    text = generate(Readings(Database(arguments.data), Spoof()))
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
