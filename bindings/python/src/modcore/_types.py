"""The values that a decision is made of: enums, and tuples with names."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any, Dict, NamedTuple, Optional, Tuple

if TYPE_CHECKING:
    from datetime import timedelta

    from ._decision import Decision


class _Word(enum.IntEnum):
    """Ordered, and written as in the rule language: ``str(Verdict.HIDE) == "hide"``."""

    def __str__(self) -> str:
        return self.name.lower()

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


class Verdict(_Word):
    """What becomes of a post, in order of strength.

    >>> Verdict.FLAG < Verdict.HIDE, str(Verdict.HIDE), Verdict["HIDE"]
    (True, 'hide', <Verdict.HIDE: 2>)
    """

    ALLOW = 0
    FLAG = 1
    HIDE = 2
    ESCALATE = 3


class Attention(_Word):
    """What the moderators' attention is asked for, beside whether the post is hidden."""

    NONE = 0
    FLAG = 1
    ESCALATE = 2


class RuleSeverity(_Word):
    """How grave a rule is, as its author says."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


class Urgency(_Word):
    """How urgent a route is."""

    LOW = 0
    NORMAL = 1
    HIGH = 2
    CRITICAL = 3


class Tolerance(_Word):
    """What counts as the same text; each step matches all that the one before it does."""

    EXACT = 0
    CASE = 1
    ACCENTS = 2
    OBFUSCATED = 3


class RuleStatus(_Word):
    """Whether a rule decides, is on trial, or is switched off."""

    ACTIVE = 0
    SHADOW = 1
    OFF = 2


class Severity(_Word):
    """How grave a diagnostic is."""

    INFO = 0
    WARNING = 1
    ERROR = 2


class TestOutcome(_Word):
    """How one test of a rule ended. ``TODO`` is a known gap that is still open, ``TODO_PASSED``
    one that has closed: the case must move, so it counts as failed."""

    __test__ = False  # pytest would take the name for a test class

    PASSED = 0
    FAILED = 1
    TODO = 2
    TODO_PASSED = 3


class LocalizedText(Dict[str, str]):
    """A text by language tag; ``"und"`` where nobody named the language."""

    fallback: str

    def __init__(self, texts: Dict[str, str], fallback: str = "") -> None:
        super().__init__(texts)
        self.fallback = fallback

    def in_(self, lang: str = "") -> str:
        """The text in this language; else in the policy's first, in English, in any.

        >>> LocalizedText({"en": "No adverts.", "fr": "Pas de publicité."}).in_("fr-CA")
        'Pas de publicité.'
        """
        from . import _core

        return _core.localized(self, self.fallback, lang)

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (dict(self), self.fallback)


class Evidence(NamedTuple):
    """One place in the post that a rule saw: ``field`` is the text that was passed to ``scan``,
    and ``begin`` and ``end`` count code points, so that ``text == body[begin:end]``."""

    pattern: str
    item: str
    field: str
    begin: int
    end: int
    text: str
    tolerance: Tolerance


class FiredRule(NamedTuple):
    """A rule that fired. ``verdict`` is None for one that only gives points; ``title`` is for
    moderators, ``reason`` for the author of the post; ``meta`` is the rule's own data."""

    rule: str
    title: LocalizedText
    reason: LocalizedText
    category: str
    verdict: Optional[Verdict]
    severity: RuleSeverity
    points: float
    guideline: str
    meta: Dict[str, Any]
    evidence: Tuple[Evidence, ...]


class CrossedThreshold(NamedTuple):
    """A category whose points reached a threshold, and the rules that gave them."""

    category: str
    verdict: Verdict
    points: float
    rules: Tuple[str, ...]


class Route(NamedTuple):
    """Who is to be told, and how soon."""

    to: str
    within: Optional[timedelta]
    urgency: Urgency


class SuppressedRule(NamedTuple):
    """A rule that an allow rule set aside."""

    rule: str
    by: str


class UndeterminedRule(NamedTuple):
    """A rule that could not be decided, and the facts that were missing. ``part`` is ``"when"``,
    ``"unless"``, ``"escalate"`` or ``"score"``."""

    rule: str
    part: str
    missing: Tuple[str, ...]


class ShadowRule(NamedTuple):
    """A rule on trial, and what the verdict would be if it alone were active."""

    rule: str
    verdict: Optional[Verdict]
    would_be: Verdict


class ConditionNode(NamedTuple):
    """One node of a condition with the value it had for a post."""

    text: str
    value: str
    missing: Tuple[str, ...]
    evidence: Tuple[Evidence, ...]
    children: Tuple[ConditionNode, ...]


class ExplainedPart(NamedTuple):
    """A rule's ``"when"``, ``"unless"``, ``"escalate"`` or ``"score"``."""

    part: str
    condition: ConditionNode


class ExplainedRule(NamedTuple):
    """How a rule came to fire or not. ``outcome`` is ``"fired"``, ``"not fired"``,
    ``"undetermined"``, ``"spared"``, ``"suppressed"``, ``"shadow"``, ``"off"``,
    ``"not in force"`` or ``"other language"``."""

    rule: str
    outcome: str
    parts: Tuple[ExplainedPart, ...]


class ExplainedView(NamedTuple):
    """A text as the matcher saw it."""

    field: str
    view: str
    text: str


class ReadCharacter(NamedTuple):
    """A character of a word in disguise: ``letter`` is what it was read as, empty if it
    stands for none; ``how`` names the disguise, ``"leet"``, ``"look-alike"``, ``"mask"``...,
    and is empty for a letter that is itself. ``begin`` and ``end`` are ``str`` offsets."""

    begin: int
    end: int
    text: str
    letter: str
    how: Tuple[str, ...]


class DisguisedWord(NamedTuple):
    """A word that matched only at ``Tolerance.OBFUSCATED``, and how it was read."""

    pattern: str
    item: str
    field: str
    begin: int
    end: int
    text: str
    word: str
    characters: Tuple[ReadCharacter, ...]


class Explanation(NamedTuple):
    """A decision and why."""

    decision: Decision
    rules: Tuple[ExplainedRule, ...]
    disguises: Tuple[DisguisedWord, ...]
    views: Tuple[ExplainedView, ...]


class RuleInfo(NamedTuple):
    """A rule of an engine, and where it stands."""

    id: str
    category: str
    verdict: Optional[Verdict]
    severity: RuleSeverity
    status: RuleStatus
    file: str
    line: int


class Location(NamedTuple):
    """A range in a rule file. Lines and columns count from 1, columns in code points; line 0 is
    the file as a whole."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


class Label(NamedTuple):
    """Another place that matters to a diagnostic."""

    where: Location
    text: str


class Fix(NamedTuple):
    """Replaces a range by a text. Safe: the meaning after it is certain."""

    where: Location
    replacement: str
    safe: bool


class Diagnostic(NamedTuple):
    """A finding in a rule file. ``str()`` is the report with the line and carets under it, empty for
    one that is ``suppressed``: that a comment of the file allows, for the reason ``justification``."""

    severity: Severity
    id: str
    name: str
    message: str
    help: str
    rule: str
    where: Location
    labels: Tuple[Label, ...]
    notes: Tuple[str, ...]
    fixes: Tuple[Fix, ...]
    report: str
    suppressed: bool
    justification: str

    def __str__(self) -> str:
        return self.report


class TestResult(NamedTuple):
    """One test of a rule. ``kind`` is ``"match"``, ``"no_match"``, ``"undetermined"``,
    ``"todo_match"`` or ``"case"``, ``index`` its place in that list, ``name`` the post in short. ``disguise`` is the
    kind of a ``"match"`` case under ``mutations``, else empty."""

    rule: str
    kind: str
    position: int
    disguise: str
    name: str
    where: Location
    outcome: TestOutcome
    message: str
    explained: Optional[ExplainedRule]


TestResult.__test__ = False  # type: ignore[attr-defined]
