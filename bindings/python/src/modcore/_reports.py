"""What measuring rules comes to: backtests, coverage, differences, corrections."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Dict, NamedTuple, Optional, Tuple

if TYPE_CHECKING:
    from . import _core
    from ._findings import Findings
    from ._types import Diagnostic, Evidence, Location, TestOutcome, Verdict


class _Documented:
    """What has a document: ``modcore.backtest/1``, ``modcore.coverage/1`` or ``modcore.diff/1``."""

    _document: _core.Document

    def to_json(self) -> str:
        """One document, as the command writes it. merge_backtests() takes those of backtests."""
        return self._document.render("json")

    def to_dict(self) -> Dict[str, Any]:
        """The document as a dict."""
        document: Dict[str, Any] = json.loads(self.to_json())
        return document

    def to_markdown(self) -> str:
        """For a comment on a pull request."""
        return self._document.render("markdown")


class Rate(NamedTuple):
    """A share from 0 to 1 with its 95 % interval (Wilson), and how many it was measured on; all 0 of nothing."""

    of: int
    value: float
    low: float
    high: float


class BacktestExample(NamedTuple):
    """A post to look at. Its texts are cut to what surrounds the evidence, whose places are ``str`` offsets of the
    texts here. ``label`` is whether it should be caught, None if it bears none."""

    id: str
    file: str
    line: int
    title: str
    body: str
    verdict: Verdict
    label: Optional[bool]
    evidence: Tuple[Evidence, ...]


class BacktestRow(NamedTuple):
    """How often something caught a post: a verdict, a category, or a rule, by its ``name``. ``right`` and ``wrong``
    count those that are labelled as to be caught and to be left alone; ``status`` is a rule's ``"active"``,
    ``"shadow"`` or ``"off"``; ``undetermined`` counts posts that lacked a fact."""

    name: str
    category: str
    status: str
    verdict: Optional[Verdict]
    posts: int
    right: int
    wrong: int
    positives: int
    negatives: int
    undetermined: int
    precision: Rate
    recall: Rate
    f1: Rate
    examples: Tuple[BacktestExample, ...]
    mistakes: Tuple[BacktestExample, ...]


class Overlap(NamedTuple):
    """On how many posts two rules both fired."""

    first: str
    second: str
    posts: int


class BudgetResult(NamedTuple):
    """Whether a bound was kept: ``kind`` is ``"max_hits"``, ``"min_recall"`` or ``"min_precision"``."""

    kind: str
    what: str
    amount: str
    met: bool
    message: str
    examples: Tuple[BacktestExample, ...]


class _BacktestFields(NamedTuple):
    policy: str
    engine: str
    corpus: str
    files: Tuple[str, ...]
    shards: Tuple[int, ...]
    shard_count: int
    posts: int
    bad_lines: int
    positives: int
    negatives: int
    limited: int
    verdicts: Tuple[int, ...]
    verdict_rows: Tuple[BacktestRow, ...]
    categories: Tuple[BacktestRow, ...]
    rules: Tuple[BacktestRow, ...]
    overlaps: Tuple[Overlap, ...]
    missed: Tuple[BacktestExample, ...]
    budgets: Tuple[BudgetResult, ...]
    notices: Dict[str, int]


class BacktestReport(_BacktestFields, _Documented):
    """How often rules catch posts, and how right they are where posts bear labels. ``verdicts[Verdict.HIDE]`` is a
    number of posts; ``verdict_rows`` are those of any verdict (``"flag"``), ``"hide"`` and ``"escalate"``;
    ``rules`` are all, sorted. To send one elsewhere, send to_json()."""

    @property
    def passed(self) -> bool:
        """Whether every budget was kept."""
        return all(budget.met for budget in self.budgets)

    def to_html(self) -> str:
        """One page that needs nothing else. Whatever posts hold shows as text."""
        return self._document.render("html")

    def __repr__(self) -> str:
        budgets = "" if not self.budgets else " passed" if self.passed else " failed"
        return f"<BacktestReport{budgets} {self.posts} posts {self.engine}>"


class Covered(NamedTuple):
    """How much of something tests have seen."""

    seen: int
    all: int


class BranchCoverage(NamedTuple):
    """A condition or a part of one, and how many tests made it true, false, unknown. ``part`` is ``"when"``,
    ``"unless"`` or ``"escalate"``."""

    part: str
    text: str
    where: Location
    held: int
    failed: int
    unknown: int
    can_be_unknown: bool


class PartCoverage(NamedTuple):
    """An item of a group, an exemption or a language, and how many tests have seen it at work."""

    group: str
    name: str
    where: Location
    tests: int


class RuleCoverage(NamedTuple):
    """What a rule's tests have seen of it. ``tested``: it fires in one and stays silent in another; ``disguises`` are
    simple ones of its words, of which so many it finds, and would at the next tolerance."""

    rule: str
    category: str
    guideline: str
    where: Location
    tested: bool
    match: int
    no_match: int
    undetermined: int
    todo: int
    cases: int
    branch_coverage: Covered
    branches: Tuple[BranchCoverage, ...]
    items: Tuple[PartCoverage, ...]
    exemptions: Tuple[PartCoverage, ...]
    languages: Tuple[PartCoverage, ...]
    disguises: int
    disguises_found: int
    disguises_next: int


class ClauseCoverage(NamedTuple):
    """A clause of the written guideline, the rules that cite it, and their tests."""

    clause: str
    title: str
    rules: Tuple[str, ...]
    match: int
    no_match: int
    languages: Tuple[str, ...]


class _CoverageFields(NamedTuple):
    diagnostics: Findings
    failed_tests: int
    posts: int
    rules: Tuple[RuleCoverage, ...]
    clauses: Tuple[ClauseCoverage, ...]
    rules_tested: Covered
    branches: Covered
    items: Covered
    exemptions: Covered
    languages: Covered
    clauses_tested: Covered
    total: Covered


class CoverageReport(_CoverageFields, _Documented):
    """What the rules' tests have seen of them. ``diagnostics`` are those of compiling, and what is untested; with
    errors among them nothing ran."""

    def to_lcov(self) -> str:
        """A tracefile of lcov: rules are functions, items lines, conditions branches."""
        return self._document.render("lcov")

    def __repr__(self) -> str:
        return f"<CoverageReport {self.total.seen} of {self.total.all} seen, {len(self.rules)} rules>"


class AspectChange(NamedTuple):
    """What differs: ``before`` is empty for what was not there, ``after`` for what is gone; ``added`` and ``removed``
    are of lists."""

    aspect: str
    before: str
    after: str
    added: Tuple[str, ...]
    removed: Tuple[str, ...]


class RuleChange(NamedTuple):
    """A rule that differs: ``kind`` is ``"added"``, ``"removed"`` or ``"changed"``; and on how many posts of the
    corpus it fires."""

    rule: str
    kind: str
    category: str
    verdict: Optional[Verdict]
    title: str
    where: Location
    aspects: Tuple[AspectChange, ...]
    posts_before: int
    posts_after: int


class TestChange(NamedTuple):
    """A test that is in both and has another outcome."""

    title: str
    name: str
    before: TestOutcome
    after: TestOutcome
    message: str


TestChange.__test__ = False  # type: ignore[attr-defined]


class VerdictFlip(NamedTuple):
    """A post with another verdict, and the rules that fire only before or after."""

    before: Verdict
    after: Verdict
    rules_before: Tuple[str, ...]
    rules_after: Tuple[str, ...]
    example: BacktestExample


class _DiffFields(NamedTuple):
    before: Findings
    after: Findings
    rules: Tuple[RuleChange, ...]
    policy: Tuple[AspectChange, ...]
    tests_added: int
    tests_removed: int
    tests: Tuple[TestChange, ...]
    test_posts: int
    test_flips: Tuple[VerdictFlip, ...]
    posts: int
    flipped: int
    verdicts: Tuple[Tuple[int, ...], ...]
    flips: Tuple[VerdictFlip, ...]
    is_empty: bool


class PolicyDiff(_DiffFields, _Documented):
    """What differs in meaning between two versions of rules. ``before`` and ``after`` are the diagnostics of compiling
    each; with errors there is nothing else. ``verdicts[Verdict.ALLOW][Verdict.HIDE]`` is how many posts of the corpus
    were allowed and are hidden now, ``flips`` are examples. ``is_empty`` if nothing differs."""

    def __repr__(self) -> str:
        return f"<PolicyDiff {len(self.rules)} rules, {self.flipped} of {self.posts} posts>"


class FormatResult(NamedTuple):
    """``text`` is as it was where nothing is to be done; ``diagnostics`` say why what is no YAML was left alone."""

    text: str
    diagnostics: Findings


class FixedFile(NamedTuple):
    """A file that corrections change."""

    name: str
    before: str
    after: str


class RefusedFix(NamedTuple):
    """A correction that would bring a new error or change the outcome of a test."""

    diagnostic: Diagnostic
    why: str


class FixReport(NamedTuple):
    """What correcting comes to: the ``files`` that change, what was ``applied`` and ``refused``, and what is
    ``remaining`` of the corrected files. Nothing is written before write()."""

    files: Tuple[FixedFile, ...]
    applied: Tuple[Diagnostic, ...]
    refused: Tuple[RefusedFix, ...]
    remaining: Findings

    def write(self) -> None:
        """Writes the corrected files in place. Raises OSError."""
        for file in self.files:
            with open(file.name, "w", encoding="utf-8", newline="") as out:
                out.write(file.after)
