"""The text statistics of the language, written a second time over Python's `unicodedata`, and
compared on random posts.

MODCORE names the command. MODCORE_TEST_SEED repeats a run.
"""
import collections
import ipaddress
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unicodedata

POSTS = 10_000
SCRIPTS = pathlib.Path("/usr/share/unicode/Scripts.txt")

# Functions and how far from the oracle they may be: points are exact to a millionth.
FUNCTIONS = {
    "symbol_ratio(body)": 2e-6,
    "repeat_ratio(body)": 2e-6,
    "unique_word_ratio(body)": 2e-6,
    "invisible(body)": 0,
    "mixed_script(body)": 0,
    'script_ratio(body, "cyrillic")': 2e-6,
    'script_ratio(body, "Latin")': 2e-6,
    "marks_run(body)": 0,
    "similar(title, body)": 2e-6,
    "phones(body)": 0,
    "emails(body)": 0,
    "cards(body)": 0,
    "ips(body)": 0,
}


# ---- The oracle -------------------------------------------------------------------------

def properties(name):
    """code point -> value, of a file of the Unicode Character Database."""
    table = {}
    for line in name.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        places, value = (part.strip() for part in line.split(";")[:2])
        first, _, last = places.partition("..")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            table[chr(code)] = value.lower()
    return table


SCRIPT = properties(SCRIPTS) if SCRIPTS.exists() else {}
SHARED = {"common", "inherited", "unknown"}
# Of those that posts hold here.
IGNORABLE = set("\u00AD\u034F\u061C\u115F\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202E\u2060"
                "\u2063\u2066\u2069\u3164\uFE0F\uFEFF\U000E0041")
# Marks that are parts of letters: vowel signs, viramas, tones of Thai.
KEPT_CLASSES = {0, 7, 8, 9, 103, 107}
JOINERS = set("\u200C\u200D\u200E\u200F")


def category(c):
    return unicodedata.category(c)


def is_space(c):
    return c.isspace() and c not in "\x1c\x1d\x1e\x1f"


def is_invisible(c):
    return not is_space(c) and (c in IGNORABLE or category(c) == "Cc")


def is_word(c):
    return (category(c)[0] in "LM" or category(c) == "Nd") and not is_invisible(c)


def is_letter(c):
    return category(c)[0] == "L" and not is_invisible(c)


def script(c):
    return SCRIPT.get(c, "unknown")


def folded(text):
    """The accents fold, right for the letters of POOLS."""
    out = []
    for c in text:
        if is_invisible(c):
            continue
        if is_space(c):
            out.append("\n" if c in "\n\r\u2028" else " ")
            continue
        if "가" <= c <= "힣":  # syllables stay whole
            out.append(c)
            continue
        form = "NFKD" if c in "ＡＢａﬁ" else "NFD"
        for part in unicodedata.normalize(form, c.casefold()):
            kept = category(part) == "Mn" and unicodedata.combining(part) in KEPT_CLASSES
            if kept or category(part) not in ("Mn", "Me"):
                out.append({"ł": "l", "ø": "o"}.get(part, part))
    return "".join(out)


def words(text):
    return [word for word in "".join(c if is_word(c) else " " for c in folded(text)).split(" ")
            if word]


def share(part, whole):
    return part / whole if whole else 0


def symbol_ratio(text):
    shown = [c for c in text if not is_space(c) and not is_invisible(c)]
    return share(sum(category(c)[0] in "PS" for c in shown), len(shown))


def repeat_ratio(text):
    plain = [c for c in folded(text) if c not in " \n"]
    runs = [tuple(plain[i:i + 8]) for i in range(len(plain) - 7)]
    return share(len(runs) - len(set(runs)), len(runs))


def unique_word_ratio(text):
    return len(set(words(text))) / len(words(text)) if words(text) else 1


def invisible(text):
    count, shown = 0, ""
    text = re.sub("👩\u200D🌾|❤\uFE0F", "🌾", text)
    for c in text:
        if not is_invisible(c):
            shown = c
        elif not (c in JOINERS and shown and is_word(shown)
                  and script(shown) not in SHARED | {"latin", "greek", "cyrillic"}):
            count += 1
    return count


def is_mixed(found):
    japanese, korean = {"han", "hiragana", "katakana"}, {"han", "hangul"}
    return len(found) > 1 and not found <= japanese and not found <= korean \
        and not found <= {"han", "bopomofo"}


def mixed_script(text):
    count, found = 0, set()
    for c in text + " ":
        if is_word(c):
            if is_letter(c) and script(c) not in SHARED:
                found.add(script(c))
        elif not is_invisible(c):
            count += is_mixed(found)
            found = set()
    return count


def script_ratio(text, name):
    letters = [c for c in text if is_letter(c)]
    return share(sum(script(c) == name for c in letters), len(letters))


def marks_run(text):
    shown = "".join(c for c in text if not is_invisible(c))
    return max(map(len, re.findall("m+", "".join("m" if category(c)[0] == "M" else " "
                                                for c in shown))), default=0)


def similar(one, other):
    def triples(text):
        plain = " ".join(["", *words(text), ""]) if words(text) else ""
        return collections.Counter(plain[i:i + 3] for i in range(len(plain) - 2))
    a, b = triples(one), triples(other)
    total = sum(a.values()) + sum(b.values())
    return share(2 * sum((a & b).values()), total)


def expected(post):
    title, body = post["title"], post["body"]
    return {
        "symbol_ratio(body)": symbol_ratio(body),
        "repeat_ratio(body)": repeat_ratio(body),
        "unique_word_ratio(body)": unique_word_ratio(body),
        "invisible(body)": invisible(body),
        "mixed_script(body)": mixed_script(body),
        'script_ratio(body, "cyrillic")': script_ratio(body, "cyrillic"),
        'script_ratio(body, "Latin")': script_ratio(body, "latin"),
        "marks_run(body)": marks_run(body),
        "similar(title, body)": similar(title, body),
        **post["planted"],
    }


# ---- Random posts -------------------------------------------------------------------------

POOLS = ["abcdefgh", "ABCxyz", "àéîöüñçłśźø", "абвгд", "Ёйжш", "αβγδ", "中文字", "ひらがな", "カタカナ",
         "한국어", "عربي", "עברית", "हिन्दी", "ไทย", "0123456789", "٠١٢", ".,!?-_()", "€$+<>|~^", "😀🌹✨",
         " ", "  \n", "\u00A0\u2003\t", "\u0301\u0302\u0323\u0334", "\u20DD", "𝐀𝐛", "ＡＢ", "ﬁ", "ㄅㄆ", "ａ"]
TRICKS = sorted(IGNORABLE - {"\uFE0F", "\u200D", "\U000E0041"}) + ["\x01", "\x7F", "👩\u200D🌾", "❤\uFE0F"]
VOCABULARY = ["buy", "now", "cheap", "watches", "tanio", "łatwy", "été", "дом", "free", "spins", "a"]


def random_text(pick):
    parts = []
    for _ in range(pick.randrange(12)):
        way = pick.random()
        if way < 0.5:
            pool = pick.choice(POOLS)
            parts += [pick.choice(pool) for _ in range(pick.randrange(1, 7))]
        elif way < 0.7:
            parts.append(pick.choice(TRICKS))
        else:
            parts += [" ", pick.choice(VOCABULARY), " "]
    text = "".join(parts)
    return text * pick.choice([1, 1, 1, 2, 3])


def random_vocabulary(pick):
    return " ".join(pick.choice(VOCABULARY) for _ in range(pick.randrange(9)))


def luhn(digits):
    total = 0
    for i, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if i % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def random_contacts(pick):
    """Numbers and addresses, each alone on its line, and how many of them count as what."""
    lines, planted = [], dict.fromkeys(["phones(body)", "emails(body)", "cards(body)", "ips(body)"], 0)
    for _ in range(pick.randrange(4)):
        kind = pick.choice(["card", "ipv4", "ipv6", "email", "phone", "none"])
        if kind == "card":
            digits = pick.choice("3456") + "".join(pick.choice("0123456789") for _ in range(15))
            if pick.random() < 0.5:
                digits = next(d for d in (digits[:15] + str(i) for i in range(10)) if luhn(d))
            gap = pick.choice(["", " ", "-"])
            lines.append(gap.join(digits[i:i + 4] for i in range(0, 16, 4)))
            planted["cards(body)"] += luhn(digits)
        elif kind == "ipv4":
            address = ipaddress.IPv4Address(pick.getrandbits(32))
            if pick.random() < 0.3:
                address = ipaddress.IPv4Address(pick.choice(
                    ["10.1.2.3", "127.0.0.1", "192.168.1.1", "172.20.0.9", "169.254.1.1", "0.1.2.3",
                     "100.64.3.4", "198.51.100.7", "203.0.113.9", "8.8.8.8", "224.0.0.1"]))
            lines.append(f"{address}")
            reserved = address in ipaddress.IPv4Network("192.0.0.0/24")
            planted["ips(body)"] += address.is_global and not address.is_multicast and not reserved
        elif kind == "ipv6":
            address = ipaddress.IPv6Address(pick.getrandbits(128))
            if pick.random() < 0.7:
                number = int(address) & pick.getrandbits(128) & pick.getrandbits(128)
                prefix = pick.choice([0x2001, 0x2600, 0x2A00, 0xFE80, 0xFD00, 0x20010DB8, 0])
                number = number % 2**96 | prefix << (96 if prefix > 0xFFFF else 112)
                address = ipaddress.IPv6Address(number)
            lines.append(pick.choice([str(address), address.exploded, str(address).upper()]))
            in_use = address in ipaddress.IPv6Network("2000::/3")
            planted["ips(body)"] += address.is_global and in_use
        elif kind == "email":
            lines.append(pick.choice(["ann@example.org", "a.b+c@mail.example.co.uk", "żółw@przykład.pl"]))
            planted["emails(body)"] += 1
        elif kind == "phone":
            lines.append(pick.choice(["+48 600 700 800", "(212) 555-0123", "06 12 34 56 78", "0612345678",
                                      "600-700-801", "22 123 45 67", "0048600700800", "+1 (212) 555-0123"]))
            planted["phones(body)"] += 1
        else:
            lines.append(pick.choice(["10:30", "2024-11-21", "21.11.2024 10:36", "v1.2.3.4", "3.14159265358979",
                                      "1 000 000 000", "10 000 000 000", "a@b", "@ann", "ann@host", "1.2.3.4.5",
                                      "256.1.1.1", "01.2.3.4", "std::vector", "12:30:45", "::", "600 700",
                                      "PL61 1090 1014 0000 0712 1981 2874", "83-7181-510-2", "192.168.10.100"]))
    return "\n".join(lines), planted


def random_posts(seed):
    pick = random.Random(seed)
    for i in range(POSTS):
        title = random_vocabulary(pick) if i % 2 else random_text(pick)
        body = random_vocabulary(pick) if i % 4 == 1 else random_text(pick)
        planted = dict.fromkeys(["phones(body)", "emails(body)", "cards(body)", "ips(body)"], 0)
        if i % 3 == 0:
            body, planted = random_contacts(pick)
        elif re.search(r"[\d@:٠-٩]", body):
            planted = {}  # whatever its digits look like
        yield {"id": str(i), "title": title, "body": body, "planted": planted}


# ---- The command --------------------------------------------------------------------------

def write_rules(folder):
    """A category for each function, whose points are its value in thousandths."""
    for number, function in enumerate(FUNCTIONS):
        (folder / f"f{number}.rules.yaml").write_text(
            f"modcore: 1\ncategory: {{name: f{number}}}\nrules:\n  - id: f{number}.value\n"
            f"    when: length(body) >= 0\n    score: {{points: 1000, per: '{function}'}}\n",
            encoding="utf-8")


def scores(folder, posts):
    lines = "".join(json.dumps({k: v for k, v in post.items() if k != "planted"}) + "\n" for post in posts)
    rules = [word for path in sorted(folder.glob("*.rules.yaml")) for word in ("-r", str(path))]
    done = subprocess.run([os.environ["MODCORE"], "scan", *rules, "--output", "ndjson"],
                          input=lines.encode(), capture_output=True, check=False)
    if done.returncode != 0:
        sys.exit(done.stderr.decode())
    for line in done.stdout.decode().splitlines():
        found = json.loads(line)["scores"]
        yield {function: found.get(f"f{number}", 0) / 1000 for number, function in enumerate(FUNCTIONS)}


def main():
    seed = int(os.environ.get("MODCORE_TEST_SEED") or random.SystemRandom().getrandbits(32))
    print(f"seed {seed} (MODCORE_TEST_SEED), Unicode {unicodedata.unidata_version}")
    posts = list(random_posts(seed))
    failures, compared, told = 0, collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        write_rules(pathlib.Path(folder))
        for post, values in zip(posts, scores(pathlib.Path(folder), posts), strict=True):
            for function, value in expected(post).items():
                if "script" in function and not SCRIPT:
                    continue
                compared[function] += 1
                told[function] += value not in ((0, 1) if FUNCTIONS[function] else (0,))
                if abs(values[function] - value) > FUNCTIONS[function]:
                    failures += 1
                    if failures <= 10:
                        print(f"{function}: {values[function]}, the oracle says {value}: {ascii(post['title'])} "
                              f"| {ascii(post['body'])}")
    for function in FUNCTIONS:
        print(f"{function}: {compared[function]} compared, {told[function]} telling")
    if not SCRIPT:
        print(f"scripts are not compared: there is no {SCRIPTS}")
    few = [f for f in FUNCTIONS if compared[f] < POSTS / 5 and ("script" not in f or SCRIPT)]
    few += [f for f in FUNCTIONS if told[f] < POSTS / 100 and ("script" not in f or SCRIPT)]
    if few:
        print("too few cases of", few)
    print(f"{failures} differences")
    return 1 if failures or few else 0


if __name__ == "__main__":
    sys.exit(main())
