"""The tests that stand with the rules, as pytest cases: ``pytest --modcore``, or name the file.

``--modcore`` collects every ``policy.yaml``, and ``*.rules.yaml`` where no policy stands beside or
above it (below the root of the run).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator, List, Optional

import pytest

from ._rules import run_tests
from ._types import ConditionNode, TestOutcome, TestResult

if TYPE_CHECKING:
    from _pytest._code.code import ExceptionInfo


class RuleTestFailure(Exception):
    """A rule's test that failed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("modcore")
    group.addoption("--modcore", action="store_true", help="run the tests of modcore rule files")


def _is_named(path: Path, config: pytest.Config) -> bool:
    return any(str(path) == str((config.invocation_params.dir / str(arg).split("::")[0]).resolve())
               for arg in config.args)


def _has_policy(path: Path, root: Path) -> bool:
    return any((folder / "policy.yaml").exists() for folder in path.parents
               if folder == root or root in folder.parents)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Optional[pytest.Collector]:
    is_policy = file_path.name == "policy.yaml"
    if not is_policy and not file_path.name.endswith(".rules.yaml"):
        return None
    named = _is_named(file_path, parent.config)
    wanted = parent.config.getoption("--modcore") and (
        is_policy or not _has_policy(file_path, parent.config.rootpath))
    if not named and not wanted:
        return None
    file: pytest.Collector = RuleFile.from_parent(parent, path=file_path)
    return file


class RuleFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        report = run_tests(self.path)
        if not report.results and report.diagnostics.has_errors:
            raise self.CollectError(report.diagnostics.render())
        for result in report.results:
            under = f"-{result.disguise}" if result.disguise else ""
            name = f"{result.rule or 'case'}[{result.kind}-{result.position}{under}]"
            yield RuleTest.from_parent(self, name=name, result=result)


class RuleTest(pytest.Item):
    def __init__(self, *, result: TestResult, **options: Any) -> None:
        super().__init__(**options)
        self.result = result

    def runtest(self) -> None:
        if self.result.outcome is TestOutcome.TODO:
            pytest.xfail("a known gap")
        if self.result.outcome is not TestOutcome.PASSED:
            raise RuleTestFailure()

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> Any:
        if not isinstance(excinfo.value, RuleTestFailure):
            return super().repr_failure(excinfo, style)
        lines = [f"{self.result.where}: {self.result.rule} {self.result.kind}",
                 f"  post: {self.result.name}", f"  {self.result.message}"]
        if self.result.explained is not None:
            for part in self.result.explained.parts:
                lines += [f"  {part.part}:", *_tree(part.condition, "    ")]
        return "\n".join(lines)

    def reportinfo(self) -> Any:
        return self.path, max(self.result.where.line - 1, 0), self.name


def _tree(node: ConditionNode, indent: str) -> List[str]:
    missing = f"  (missing: {', '.join(node.missing)})" if node.missing else ""
    lines = [f"{indent}{node.text} = {node.value}{missing}"]
    for child in node.children:
        lines += _tree(child, indent + "  ")
    return lines
