"""Moderation rules, compiled once, that judge every post and show why.

>>> import modcore
>>> engine = modcore.compile_files("spam", "harassment")       # or "policy.yaml"
>>> decision = engine.scan("My roses bloom.", author={"post_count": 3})
>>> decision.verdict
<Verdict.ALLOW: 0>
"""

from __future__ import annotations

__version__ = "0.1.0"

try:
    from ._interpreter import need_main_interpreter as _need_main_interpreter

    _need_main_interpreter()
    from ._core import use_classes as _use_classes
except ImportError as error:
    from ._doctor import why_not

    raise ImportError(why_not(error), name=error.name, path=error.path) from error

from ._batch import DecisionBatch
from ._decision import Decision
from ._doctor import doctor
from ._engine import ArtifactError, Engine, RuleError, load
from ._findings import Findings, TestReport
from ._reports import (
    AspectChange,
    BacktestExample,
    BacktestReport,
    BacktestRow,
    BranchCoverage,
    BudgetResult,
    ClauseCoverage,
    CoverageReport,
    Covered,
    FixedFile,
    FixReport,
    FormatResult,
    Overlap,
    PartCoverage,
    PolicyDiff,
    Rate,
    RefusedFix,
    RuleChange,
    RuleCoverage,
    TestChange,
    VerdictFlip,
)
from ._rules import check, check_files, compile, compile_files, run_tests
from ._slot import EngineSlot
from ._tooling import backtest, coverage, diff_policies, files_of, fix_files, format, merge_backtests
from ._types import (
    Attention,
    ConditionNode,
    CrossedThreshold,
    Diagnostic,
    DisguisedWord,
    Evidence,
    ExplainedPart,
    ExplainedRule,
    ExplainedView,
    Explanation,
    FiredRule,
    Fix,
    Label,
    LocalizedText,
    Location,
    ReadCharacter,
    Route,
    RuleInfo,
    RuleSeverity,
    RuleStatus,
    Severity,
    ShadowRule,
    SuppressedRule,
    TestOutcome,
    TestResult,
    Tolerance,
    UndeterminedRule,
    Urgency,
    Verdict,
)

_use_classes(Decision)

__all__ = [
    "ArtifactError",
    "AspectChange",
    "Attention",
    "BacktestExample",
    "BacktestReport",
    "BacktestRow",
    "BranchCoverage",
    "BudgetResult",
    "ClauseCoverage",
    "ConditionNode",
    "CoverageReport",
    "Covered",
    "CrossedThreshold",
    "Decision",
    "DecisionBatch",
    "Diagnostic",
    "DisguisedWord",
    "Engine",
    "EngineSlot",
    "Evidence",
    "ExplainedPart",
    "ExplainedRule",
    "ExplainedView",
    "Explanation",
    "Findings",
    "FiredRule",
    "Fix",
    "FixReport",
    "FixedFile",
    "FormatResult",
    "Label",
    "LocalizedText",
    "Location",
    "Overlap",
    "PartCoverage",
    "PolicyDiff",
    "Rate",
    "ReadCharacter",
    "RefusedFix",
    "Route",
    "RuleChange",
    "RuleCoverage",
    "RuleError",
    "RuleInfo",
    "RuleSeverity",
    "RuleStatus",
    "Severity",
    "ShadowRule",
    "SuppressedRule",
    "TestChange",
    "TestOutcome",
    "TestReport",
    "TestResult",
    "Tolerance",
    "UndeterminedRule",
    "Urgency",
    "Verdict",
    "VerdictFlip",
    "__version__",
    "backtest",
    "check",
    "check_files",
    "compile",
    "compile_files",
    "coverage",
    "diff_policies",
    "doctor",
    "files_of",
    "fix_files",
    "format",
    "load",
    "merge_backtests",
    "run_tests",
]
