from datetime import datetime, timedelta
from typing import Any, Dict, Iterable, List, Mapping, Optional, Sequence, Tuple, Type, TypedDict, TypeVar, Union, final

from ._decision import Decision
from ._types import (
    Attention,
    CrossedThreshold,
    Diagnostic,
    Explanation,
    FiredRule,
    Route,
    RuleInfo,
    ShadowRule,
    SuppressedRule,
    TestResult,
    UndeterminedRule,
    Verdict,
)

_Self = TypeVar("_Self")
_EngineT = TypeVar("_EngineT", bound=EngineBase)
_Facts = Mapping[str, Any]
_Time = Union[datetime, int, float, str]
_Pairs = Sequence[Tuple[str, str]]

__file__: str

class DecisionBase:
    @property
    def id(self) -> str: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def hidden(self) -> bool: ...
    @property
    def attention(self) -> Attention: ...
    @property
    def routes(self) -> Tuple[Route, ...]: ...
    @property
    def fired(self) -> Tuple[FiredRule, ...]: ...
    @property
    def crossed(self) -> Tuple[CrossedThreshold, ...]: ...
    @property
    def suppressed(self) -> Tuple[SuppressedRule, ...]: ...
    @property
    def undetermined(self) -> Tuple[UndeterminedRule, ...]: ...
    @property
    def shadow(self) -> Tuple[ShadowRule, ...]: ...
    @property
    def scores(self) -> Dict[str, float]: ...
    @property
    def limits(self) -> Tuple[str, ...]: ...
    @property
    def notices(self) -> Tuple[str, ...]: ...
    @property
    def engine(self) -> str: ...
    def reason(self, lang: str = "", /) -> str: ...
    def to_json(self) -> str: ...
    def __hash__(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...

class EngineBase:
    @property
    def rules(self) -> Tuple[RuleInfo, ...]: ...
    @property
    def attributes(self) -> Dict[str, str]: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def policy(self) -> str: ...
    def uses(self, field: str, /) -> bool: ...
    def scan(
        self,
        body: Optional[str] = None,
        *,
        title: Optional[str] = None,
        author: Optional[_Facts] = None,
        channel: Optional[_Facts] = None,
        message: Optional[_Facts] = None,
        parent: Optional[_Facts] = None,
        attachment_names: Optional[Iterable[str]] = None,
        fields: Optional[_Facts] = None,
        id: Optional[str] = None,
        lang: Optional[str] = None,
        now: Optional[_Time] = None,
    ) -> Decision: ...
    def explain(
        self,
        body: Optional[str] = None,
        *,
        title: Optional[str] = None,
        author: Optional[_Facts] = None,
        channel: Optional[_Facts] = None,
        message: Optional[_Facts] = None,
        parent: Optional[_Facts] = None,
        attachment_names: Optional[Iterable[str]] = None,
        fields: Optional[_Facts] = None,
        id: Optional[str] = None,
        lang: Optional[str] = None,
        now: Optional[_Time] = None,
        rule: Optional[str] = None,
    ) -> Explanation: ...

def compile(
    engine_class: Type[_EngineT],
    sources: Optional[_Pairs],
    paths: Sequence[str],
    preset: str,
    attributes: _Pairs,
) -> Tuple[Optional[_EngineT], List[Diagnostic], str]: ...
def check(
    sources: Optional[_Pairs],
    paths: Sequence[str],
    preset: str,
    attributes: _Pairs,
) -> List[Diagnostic]: ...
def run_tests(paths: Sequence[str], preset: str) -> Tuple[List[Diagnostic], str, List[TestResult]]: ...
def shipped_packs() -> List[str]: ...
def versions() -> Dict[str, Any]: ...
def localized(texts: Dict[str, str], fallback: str, lang: str) -> str: ...
def use_classes(decision: Type[Decision]) -> None: ...
def run_command(arguments: List[str]) -> int: ...
