"""From rules to an engine: compiling and checking."""

from __future__ import annotations

import os
from collections.abc import Mapping as _Mapping
from datetime import datetime
from typing import TYPE_CHECKING, List, Mapping, Optional, Sequence, Tuple, Union

from . import _core
from ._engine import Engine, Options, Origin, RuleError, file_name
from ._findings import Findings, TestReport

if TYPE_CHECKING:
    PathLike = Union[str, "os.PathLike[str]"]
    Sources = Union[str, Mapping[str, str]]


def options_of(preset: str, attributes: Optional[Mapping[str, str]], trusted: bool = False) -> Options:
    if not isinstance(preset, str):
        raise TypeError(f"preset must be str, not {type(preset).__name__}")
    attributes = attributes or {}
    if not isinstance(attributes, _Mapping) or not all(isinstance(text, str) for pair in attributes.items() for text in pair):
        raise TypeError("attributes are a mapping from names to types, such as {'author.plan': 'text'}")
    return Options(preset, tuple(attributes.items()), trusted)


def encoded(pairs: Optional[Tuple[Tuple[str, str], ...]]) -> Optional[Tuple[Tuple[bytes, bytes], ...]]:
    """As UTF-8, which a lone surrogate is not: that is for the reader of rules to say."""
    if pairs is None:
        return None
    return tuple((name.encode("utf-8", "surrogatepass"), text.encode("utf-8", "surrogatepass")) for name, text in pairs)


def _sources(source: Sources) -> Tuple[Tuple[str, str], ...]:
    if isinstance(source, str):
        return (("rules.yaml", source),)
    if not isinstance(source, _Mapping) or not all(isinstance(text, str) for pair in source.items() for text in pair):
        raise TypeError("rules in memory are a str, or a mapping from file names to str; compile_files() takes paths")
    if not source:
        raise ValueError("no rules: the mapping is empty")
    return tuple(source.items())


def paths_of(paths: Tuple[Union[PathLike, Sequence[PathLike]], ...]) -> Tuple[str, ...]:
    flat: List[PathLike] = []
    for path in paths:
        if isinstance(path, (list, tuple)):
            flat.extend(path)
        else:
            flat.append(path)  # type: ignore[arg-type]
    return tuple(os.fspath(path) for path in flat)


def given_paths(paths: Tuple[Union[PathLike, Sequence[PathLike]], ...]) -> List[bytes]:
    """As the file system has them."""
    return [file_name(path) for path in paths_of(paths)]


def given_options(preset: str, attributes: Optional[Mapping[str, str]]) -> Tuple[str, Tuple[Tuple[bytes, bytes], ...]]:
    options = options_of(preset, attributes)
    return options.preset, encoded(options.attributes) or ()


def compile_origin(origin: Origin) -> Engine:
    engine, diagnostics, report = _core.compile(
        Engine, encoded(origin.sources), [file_name(path) for path in origin.paths],
        origin.options.preset, encoded(origin.options.attributes) or (), origin.options.trusted
    )
    if engine is None:
        raise RuleError(diagnostics, report)
    engine._origin = origin
    engine._diagnostics = tuple(diagnostics)
    return engine


def compile(
    source: Sources,
    *,
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> Engine:
    """Compiles rules in memory: the text of one file, or a mapping from file names to texts, of
    which ``policy.yaml`` is the policy. Raises RuleError.

    ``attributes`` declares facts that the host supplies, name to type (``{"author.plan": "text"}``);
    ``preset`` overrides the policy's.

    >>> import modcore
    >>> modcore.compile({"spam.rules.yaml": '''
    ... modcore: 1
    ... category: spam
    ... rules: [{id: spam.a, words: [casino], verdict: flag}]
    ... '''})
    <Engine 1 rules ...>
    """
    return compile_origin(Origin(_sources(source), (), options_of(preset, attributes)))


def compile_files(
    *paths: Union[PathLike, Sequence[PathLike]],
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
    trusted: bool = False,
) -> Engine:
    """Compiles what the paths name: a policy, a rule file, a folder, or a shipped pack. None
    means the packs spam, self-promotion, harassment and off-topic. Raises RuleError; a file that
    cannot be read is one of its diagnostics. A path that ends in ``.mcb`` stands alone: it names an
    artifact, for which ``trusted`` means what it means to ``load``.

    >>> import modcore
    >>> engine = modcore.compile_files("spam", "harassment")
    >>> engine.scan("My roses bloom.").verdict
    <Verdict.ALLOW: 0>
    """
    return compile_origin(Origin(None, paths_of(paths), options_of(preset, attributes, trusted)))


def _seconds(now: Optional[datetime]) -> Optional[int]:
    if now is None:
        return None
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    return int(now.timestamp())


def check(
    source: Sources,
    *,
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
    wordlists: Sequence[PathLike] = (),
    now: Optional[datetime] = None,
) -> Findings:
    """All that is to be said about rules in memory, their own tests included; raises nothing. A source whose name ends
    in ``.modcore.yaml`` sets levels and the like; ``now`` is what dates of rules are compared with. ``wordlists`` are
    ordinary words that rules should not find (M310): sources with a word a line, or dictionaries (``.dic``).

    >>> import modcore
    >>> modcore.check("modcore: 2")[-1].where
    Location(file='rules.yaml', line=1, column=10, end_line=1, end_column=11)
    """
    return Findings(*_core.check(encoded(_sources(source)), (), *given_options(preset, attributes), "", given_paths((wordlists,)),
                                 _seconds(now)))


def check_files(
    *paths: Union[PathLike, Sequence[PathLike]],
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
    config: PathLike = "",
    wordlists: Sequence[PathLike] = (),
    now: Optional[datetime] = None,
) -> Findings:
    """As check(), of what the paths name. ``config`` is the ``.modcore.yaml`` to go by; without it, the one in the
    folder of the first path or, upward, in its repository. Raises OSError if it cannot be read. ``wordlists`` are files
    of ordinary words, ``fr=words.txt`` where the name does not tell the language, or ``installed`` for the dictionaries
    of the system; one that cannot be read is a finding."""
    settings = os.fspath(config)
    if settings:
        open(settings, "rb").close()
    return Findings(
        *_core.check(None, given_paths(paths), *given_options(preset, attributes), file_name(settings),
                     given_paths((wordlists,)), _seconds(now)))


def run_tests(
    *paths: Union[PathLike, Sequence[PathLike]],
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> TestReport:
    """Compiles what the paths name, and runs the tests that stand with the rules; raises nothing.

    >>> import modcore
    >>> modcore.run_tests("spam").passed
    True
    """
    diagnostics, report, results = _core.run_tests(given_paths(paths), *given_options(preset, attributes))
    return TestReport(Findings(diagnostics, report), results)
