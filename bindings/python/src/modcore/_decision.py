"""The decision, as Python sees it."""

from __future__ import annotations

import json
from typing import Any, Dict

from . import _core


class Decision(_core.DecisionBase):
    """All that was decided about a post, and why: a value, immutable, that holds no engine.

    >>> import modcore
    >>> engine = modcore.compile('''
    ... modcore: 1
    ... category: spam
    ... rules:
    ...   - id: spam.casino
    ...     phrases: [online casino]
    ...     verdict: hide
    ...     reason: {en: No adverts for casinos., fr: Pas de publicité pour les casinos.}
    ... ''')
    >>> decision = engine.scan("Été au meilleur ONLINE casino!")
    >>> decision.verdict
    <Verdict.HIDE: 2>
    >>> decision.reason("fr")
    'Pas de publicité pour les casinos.'
    >>> evidence = decision.fired[0].evidence[0]
    >>> evidence.field, evidence.begin, evidence.end, evidence.text
    ('body', 16, 29, 'ONLINE casino')
    """

    __slots__ = ()

    def to_dict(self) -> Dict[str, Any]:
        """The document ``modcore.decision/1``, the same as the command writes: its ``begin`` and
        ``end`` count bytes of UTF-8, where this object's evidence counts code points."""
        document: Dict[str, Any] = json.loads(self.to_json())
        return document

    def __repr__(self) -> str:
        rules = ", ".join(fired.rule for fired in self.fired)
        parts = [str(self.verdict)]
        if self.id:
            parts.insert(0, f"id={self.id!r}")
        if rules:
            parts.append(f"fired=[{rules}]")
        if self.undetermined:
            parts.append(f"undetermined={len(self.undetermined)}")
        if self.limits:
            parts.append(f"limits={list(self.limits)!r}")
        return f"<Decision {' '.join(parts)}>"

    def _repr_html_(self) -> str:
        from ._html import decision_html

        return decision_html(self)
