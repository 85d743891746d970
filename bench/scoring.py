"""Shares with their intervals, and tables of them."""
import math

HEADER = ["posts", "label 1", "precision %", "recall %", "label 0", "any verdict %", "hidden %", "F1"]


def wilson(hits, total):
    """The 95 % interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z, share = 1.959964, hits / total
    centre = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def percent(hits, total):
    if total == 0:
        return "–"
    low, high = wilson(hits, total)
    return f"{100 * hits / total:.2f} ({100 * low:.2f}–{100 * high:.2f})"


def table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")


def row_of(name, count):
    found, wrong = count["caught", 1], count["caught", 0]
    precision = found / (found + wrong) if found + wrong else 0
    recall = found / count["posts", 1] if count["posts", 1] else 0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0
    return [name, count["posts", 1], percent(found, found + wrong) if count["posts", 1] else "–",
            percent(found, count["posts", 1]), count["posts", 0], percent(wrong, count["posts", 0]),
            percent(count["hidden", 0], count["posts", 0]), f"{f1:.3f}" if count["posts", 1] else "–"]
