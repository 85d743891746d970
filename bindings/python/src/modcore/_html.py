"""A decision as HTML, for notebooks: the texts that rules saw, with what they saw marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    from ._decision import Decision
    from ._types import FiredRule

_COLOURS = {"allow": "#2e7d32", "flag": "#b26a00", "hide": "#c62828", "escalate": "#6a1b9a"}


def _places(fired: FiredRule) -> str:
    rows = [
        f"<code>{escape(evidence.field)}[{evidence.begin}:{evidence.end}]</code> "
        f"<mark>{escape(evidence.text)}</mark>"
        for evidence in fired.evidence
    ]
    return "<br>".join(rows)


def _row(fired: FiredRule) -> str:
    verdict = "" if fired.verdict is None else str(fired.verdict)
    cells = [escape(fired.rule), escape(fired.title.in_()), verdict, f"{fired.points:g}", _places(fired)]
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def decision_html(decision: Decision) -> str:
    colour = _COLOURS[str(decision.verdict)]
    parts: List[str] = [f'<div><b style="color:{colour}">{decision.verdict}</b>']
    if reason := decision.reason():
        parts.append(f" {escape(reason)}")
    if decision.fired:
        head = "".join(f"<th>{name}</th>" for name in ["rule", "title", "verdict", "points", "evidence"])
        rows = "".join(_row(fired) for fired in decision.fired)
        parts.append(f"<table><tr>{head}</tr>{rows}</table>")
    for undetermined in decision.undetermined:
        missing = escape(", ".join(undetermined.missing))
        parts.append(f"<br><i>{escape(undetermined.rule)}</i> could not be decided: {missing} unknown")
    parts.append("</div>")
    return "".join(parts)
