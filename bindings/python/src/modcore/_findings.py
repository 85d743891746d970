"""What was found in rules: by a check, and by their own tests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Tuple

from ._types import Diagnostic, Severity, TestOutcome, TestResult

if TYPE_CHECKING:
    from . import _core


class Findings(List[Diagnostic]):
    """Diagnostics, sorted by file and place. What a comment of the rules allows is among them, as
    ``suppressed``; it is not rendered.

    >>> import modcore
    >>> findings = modcore.check("modcore: 2")
    >>> findings.has_errors, findings.render().splitlines()[-1]
    (True, '... error...')

    ``compiles`` tells whether the rules can be used: failing tests do not prevent that. ``fail_level`` is from which
    severity on a check fails, ``config`` the ``.modcore.yaml`` that was read, empty without one.
    """

    def __init__(
        self,
        diagnostics: Iterable[Diagnostic],
        report: _core.Report,
        compiles: Optional[bool] = None,
        fail_level: Severity = Severity.ERROR,
        config: str = "",
    ) -> None:
        super().__init__(diagnostics)
        self._report = report
        self.compiles = not self.has_errors if compiles is None else compiles
        self.fail_level = fail_level
        self.config = config

    @property
    def passed(self) -> bool:
        """Whether ``modcore check`` would say yes: the rules compile, and nothing counts that reaches the fail level."""
        return self.compiles and not any(
            diagnostic.severity >= self.fail_level and not diagnostic.suppressed for diagnostic in self)

    @property
    def has_errors(self) -> bool:
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self)

    def render(self, format: str = "text", *, color: bool = False) -> str:
        """All that was found, as ``modcore check --output`` writes it: ``text``, ``compact``, ``json``,
        ``sarif``, ``junit``, ``github``, ``gitlab``, ``rdjson`` or ``markdown``. Raises ValueError for
        another format."""
        return self._report.render(format, color)

    def __reduce__(self) -> Tuple[Any, ...]:
        return list, (list(self),)


class TestReport:
    """What the rules' own tests came to: ``results``, and ``diagnostics`` of compiling. With errors among
    these nothing ran."""

    __test__ = False  # pytest would take the name for a test class

    def __init__(self, diagnostics: Findings, results: Iterable[TestResult]) -> None:
        self.diagnostics = diagnostics
        self.results = tuple(results)

    @property
    def passed(self) -> bool:
        """Whether the rules compile and no test failed. A known gap that is still open is no failure."""
        good = (TestOutcome.PASSED, TestOutcome.TODO)
        return not self.diagnostics.has_errors and all(result.outcome in good for result in self.results)

    def counts(self) -> Dict[str, int]:
        """How many tests had each outcome, of those that occur."""
        counted = Counter(result.outcome for result in self.results)
        return {str(outcome): counted[outcome] for outcome in TestOutcome if counted[outcome]}

    def __repr__(self) -> str:
        return f"<TestReport {'passed' if self.passed else 'failed'} {self.counts()}>"
