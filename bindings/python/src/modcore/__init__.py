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
from ._rules import check, check_files, compile, compile_files, run_tests
from ._slot import EngineSlot
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
    "Attention",
    "ConditionNode",
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
    "Label",
    "LocalizedText",
    "Location",
    "ReadCharacter",
    "Route",
    "RuleError",
    "RuleInfo",
    "RuleSeverity",
    "RuleStatus",
    "Severity",
    "ShadowRule",
    "SuppressedRule",
    "TestOutcome",
    "TestReport",
    "TestResult",
    "Tolerance",
    "UndeterminedRule",
    "Urgency",
    "Verdict",
    "__version__",
    "check",
    "check_files",
    "compile",
    "compile_files",
    "doctor",
    "load",
    "run_tests",
]
