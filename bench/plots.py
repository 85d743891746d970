"""Plots of an evaluation as SVG, without a library: bars with their 95 % intervals."""
from xml.sax.saxutils import escape

COLOURS = ["#2563eb", "#d97706", "#059669", "#7c3aed", "#dc2626", "#64748b", "#0891b2"]
ROW, LEFT, WIDTH = 16, 190, 460


def bar(row, y, colour):
    """One bar: name, share, interval."""
    name, share, (low, high) = row
    at = lambda value: LEFT + WIDTH * value
    middle = y + ROW / 2 - 1
    return (f'<rect x="{LEFT}" y="{y}" width="{WIDTH * share:.1f}" height="{ROW - 4}" fill="{colour}"/>'
            f'<line x1="{at(low):.1f}" y1="{middle}" x2="{at(high):.1f}" y2="{middle}" '
            'stroke="#111" stroke-width="1.2"/>'
            f'<text x="{LEFT - 6}" y="{y + ROW - 6}" text-anchor="end">{escape(name)}</text>'
            f'<text x="{max(at(share), at(high)) + 6:.1f}" y="{y + ROW - 6}">{100 * share:.1f} %</text>')


def bars(title, groups):
    """An SVG with a group of bars for each (heading, [(name, share, interval), ...])."""
    y, parts, colours = 34, [], {}
    for heading, rows in groups:
        parts.append(f'<text x="8" y="{y + 12}" font-weight="bold">{escape(heading)}</text>')
        y += ROW + 2
        for row in rows:
            colour = colours.setdefault(row[0], COLOURS[len(colours) % len(COLOURS)])
            parts.append(bar(row, y, colour))
            y += ROW
        y += 8
    grid = "".join(
        f'<line x1="{LEFT + WIDTH * part / 4}" y1="28" x2="{LEFT + WIDTH * part / 4}" y2="{y}" '
        f'stroke="#ccc" stroke-dasharray="2 3"/>' for part in range(5))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 90}" height="{y + 8}" '
            'font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/>'
            f'<text x="8" y="18" font-size="14">{escape(title)}</text>{grid}{"".join(parts)}</svg>\n')
