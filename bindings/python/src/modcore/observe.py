"""What a running host shows: Prometheus text, and one structured log line a decision.

>>> import modcore
>>> from modcore import observe
>>> metrics = observe.Metrics()
>>> decision = modcore.compile_files("spam").scan("Casino bonus: 100 free spins", id="p1")
>>> metrics.observe(decision, seconds=0.000004)
>>> print(metrics.exposition().splitlines()[2])
modcore_decisions_total{verdict="allow"} 0
>>> print(observe.log_line(decision))
{"event":"modcore.decision","id":"p1","verdict":"hide",...,"evidence":[{"field":"body","begin":0,"end":12},...
"""

from __future__ import annotations

import json
import threading
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Dict, List

from ._types import Verdict

if TYPE_CHECKING:
    from ._decision import Decision

_BUCKETS = (1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 1e-3, 1e-2, 1e-1)


def _escape(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


class Metrics:
    """Counters by rule and by verdict, and a histogram of latency. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verdicts: Dict[str, int] = {str(verdict): 0 for verdict in Verdict}
        self._rules: Dict[str, int] = {}
        self._limited = 0
        self._buckets = [0] * (len(_BUCKETS) + 1)
        self._seconds = 0.0

    def observe(self, decision: Decision, seconds: float) -> None:
        """Counts a decision that took so long."""
        fired = [rule.rule for rule in decision.fired] if decision.verdict else []
        with self._lock:
            self._verdicts[str(decision.verdict)] += 1
            for rule in fired:
                self._rules[rule] = self._rules.get(rule, 0) + 1
            self._limited += bool(decision.limits)
            self._buckets[bisect_left(_BUCKETS, seconds)] += 1
            self._seconds += seconds

    def exposition(self) -> str:
        """The text that Prometheus scrapes (``text/plain; version=0.0.4``)."""
        with self._lock:
            verdicts, rules, limited = dict(self._verdicts), dict(self._rules), self._limited
            buckets, seconds = list(self._buckets), self._seconds
        lines = ["# HELP modcore_decisions_total Posts judged, by verdict.",
                 "# TYPE modcore_decisions_total counter"]
        lines += [f'modcore_decisions_total{{verdict="{name}"}} {count}' for name, count in verdicts.items()]
        lines += ["# HELP modcore_rules_fired_total Posts on which a rule fired.",
                  "# TYPE modcore_rules_fired_total counter"]
        lines += [f'modcore_rules_fired_total{{rule="{_escape(rule)}"}} {count}'
                  for rule, count in sorted(rules.items())]
        lines += ["# HELP modcore_limited_total Posts that reached a limit.",
                  "# TYPE modcore_limited_total counter", f"modcore_limited_total {limited}",
                  "# HELP modcore_scan_seconds Time to judge a post.", "# TYPE modcore_scan_seconds histogram"]
        total = 0
        for bound, count in zip([*map(repr, _BUCKETS), "+Inf"], buckets):
            total += count
            lines.append(f'modcore_scan_seconds_bucket{{le="{bound}"}} {total}')
        lines += [f"modcore_scan_seconds_sum {seconds!r}", f"modcore_scan_seconds_count {total}"]
        return "\n".join(lines) + "\n"


def log_line(decision: Decision, *, text: bool = False, **more: Any) -> str:
    """One line of JSON: rules, fields and offsets (code points), and of the post's own text
    nothing unless ``text=True``. ``more`` is added as it is."""
    rules: List[Dict[str, Any]] = []
    for fired in decision.fired:
        places = [
            {"field": e.field, "begin": e.begin, "end": e.end, **({"text": e.text} if text else {})}
            for e in fired.evidence
        ]
        rules.append({"rule": fired.rule, "evidence": places})
    record = {
        "event": "modcore.decision",
        "id": decision.id,
        "verdict": str(decision.verdict),
        "hidden": decision.hidden,
        "routes": [route.to for route in decision.routes],
        "engine": decision.engine,
        "undetermined": [undetermined.rule for undetermined in decision.undetermined],
        "limits": list(decision.limits),
        **more,
        "fired": rules,
    }
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate, which no file takes, is escaped.
    return line.encode("utf-8", "backslashreplace").decode()
