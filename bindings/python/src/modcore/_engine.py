"""The engine, as Python sees it: compiling, scanning, reloading."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union

from . import _core
from ._decision import Decision
from ._types import Diagnostic

if TYPE_CHECKING:
    from ._batch import DecisionBatch

    PathLike = Union[str, "os.PathLike[str]"]
    Sources = Union[str, Mapping[str, str]]


class RuleError(ValueError):
    """The rules do not compile. ``str()`` is the report that a person reads, with carets under
    what is wrong; ``diagnostics`` holds the same as data.

    >>> import modcore
    >>> try:
    ...     modcore.compile("modcore: 1\\ncategory: spam\\nrules: [{id: a, word: [x]}]")
    ... except modcore.RuleError as error:
    ...     print(error.diagnostics[0].where, error.diagnostics[0].message)
    rules.yaml:3:17 `word` is not a key of a rule
    """

    def __init__(self, diagnostics: Sequence[Diagnostic], report: str) -> None:
        super().__init__(report)
        self.diagnostics: Tuple[Diagnostic, ...] = tuple(diagnostics)

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.diagnostics, str(self))


class _Options(NamedTuple):
    preset: str
    attributes: Tuple[Tuple[str, str], ...]


class _Origin(NamedTuple):
    """What an engine was compiled from, so that another process can do the same."""

    sources: Optional[Tuple[Tuple[str, str], ...]]
    paths: Tuple[str, ...]
    options: _Options


class Engine(_core.EngineBase):
    """Compiled rules. Immutable: any number of threads may use one engine at the same time.

    Pickling hands over what it was compiled from, and compiles that again: sources travel along,
    files must lie at the same paths and must not have changed. One that was loaded travels as
    the bytes of its artifact.
    """

    __slots__ = ("_diagnostics", "_origin")

    _origin: Optional[_Origin]  # None: it was loaded
    _diagnostics: Tuple[Diagnostic, ...]

    @property
    def diagnostics(self) -> Tuple[Diagnostic, ...]:
        """The warnings of compiling."""
        return self._diagnostics

    def scan_batch(self, posts: Any, *, threads: int = 1, decisions: bool = False) -> DecisionBatch:
        """Judges many posts: a list of bodies or of dicts with scan()'s arguments, an Arrow array,
        table or stream, a pandas or polars series or frame. A column is a field by its name:
        ``body``, ``title``, ``author.post_count``, or a struct ``author``; others are ignored and
        named in ``batch.ignored``. Arrow's texts are read where they lie.

        ``threads=0`` uses every processor. ``decisions=True`` adds each decision as JSON.

        >>> import modcore
        >>> engine = modcore.compile_files("spam")
        >>> engine.scan_batch([{"body": "My roses bloom.", "author": {"post_count": 3}}, None])
        <DecisionBatch 2 posts {'allow': 2}>
        """
        from ._batch import scan_batch

        return scan_batch(self, posts, threads, decisions)

    def to_bytes(self, *, native: bool = True) -> bytes:
        """The engine as an artifact, for load(). The same rules give the same bytes. ``native``
        puts in the databases of this version of the matching library, which load in milliseconds
        where they are trusted."""
        return _core.to_bytes(self, native)

    def save(self, path: PathLike, *, native: bool = True) -> None:
        """Writes the artifact to a file, by convention ``*.mcb``. Readers see the old file or the
        new one, never a part of it. Raises OSError.

        >>> import modcore, tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "spam.mcb")
        ...     modcore.compile_files("spam").save(path)
        ...     modcore.load(path).scan("My roses bloom.").verdict
        <Verdict.ALLOW: 0>
        """
        problem = _core.save(self, os.fspath(path), native)
        if problem:
            raise OSError(f"cannot write {os.fspath(path)!r}: {problem}")

    def __repr__(self) -> str:
        name = f"{self.policy!r} " if self.policy else ""
        return f"<Engine {name}{len(self.rules)} rules {self.fingerprint}>"

    def __reduce__(self) -> Tuple[Any, ...]:
        if self._origin is None:
            # Whoever unpickles trusts the pickle already.
            return _load, (self.to_bytes(), True)
        return _compile_again, (tuple(self._origin), self.fingerprint)


def _compile_again(origin: Tuple[Any, ...], fingerprint: str) -> Engine:
    sources, paths, options = origin
    engine = _compile(_Origin(sources, paths, _Options(*options)))
    if engine.fingerprint != fingerprint:
        raise ValueError(
            f"the rules in {', '.join(paths) or 'the shipped packs'} are others than those of the "
            f"engine that was pickled ({engine.fingerprint}, not {fingerprint})"
        )
    return engine


def _options(preset: str, attributes: Optional[Mapping[str, str]]) -> _Options:
    return _Options(preset, tuple((attributes or {}).items()))


def _sources(source: Sources) -> Tuple[Tuple[str, str], ...]:
    if isinstance(source, str):
        return (("rules.yaml", source),)
    return tuple(source.items())


def _paths(paths: Tuple[Union[PathLike, Sequence[PathLike]], ...]) -> Tuple[str, ...]:
    flat: List[PathLike] = []
    for path in paths:
        if isinstance(path, (list, tuple)):
            flat.extend(path)
        else:
            flat.append(path)  # type: ignore[arg-type]
    return tuple(os.fspath(path) for path in flat)


def _compile(origin: _Origin) -> Engine:
    engine, diagnostics, report = _core.compile(
        Engine, origin.sources, origin.paths, *origin.options
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
    return _compile(_Origin(_sources(source), (), _options(preset, attributes)))


def compile_files(
    *paths: Union[PathLike, Sequence[PathLike]],
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> Engine:
    """Compiles what the paths name: a policy, a rule file, a folder, or a shipped pack. None
    means the packs spam, self-promotion, harassment and off-topic. Raises RuleError; a file that
    cannot be read is one of its diagnostics.

    >>> import modcore
    >>> engine = modcore.compile_files("spam", "harassment")
    >>> engine.scan("My roses bloom.").verdict
    <Verdict.ALLOW: 0>
    """
    return _compile(_Origin(None, _paths(paths), _options(preset, attributes)))


def _load(data: bytes, trusted: bool) -> Engine:
    engine, problem = _core.load(Engine, data, trusted)
    if engine is None:
        raise ValueError(f"cannot load the compiled rules: {problem}")
    engine._origin = None
    engine._diagnostics = ()
    return engine


def load(source: Union[PathLike, bytes, bytearray, memoryview], *, trusted: bool = False) -> Engine:
    """Loads an artifact, from a file or from bytes: what ``modcore compile``, Engine.save() or
    Engine.to_bytes() made. The engine decides the same and has the same fingerprint.

    Any bytes are safe to load, from anyone. ``trusted=True`` means that nobody but you can have
    written them: then the databases in them are used as they are, which takes milliseconds;
    otherwise they are compiled anew. Raises ValueError for what is no artifact, is damaged or of
    another version, and OSError for a file that cannot be read.

    >>> import modcore
    >>> engine = modcore.compile_files("spam")
    >>> modcore.load(engine.to_bytes(), trusted=True).fingerprint == engine.fingerprint
    True
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _load(bytes(source), trusted)
    with open(source, "rb") as file:
        return _load(file.read(), trusted)


def check(
    source: Sources,
    *,
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> List[Diagnostic]:
    """All that is to be said about rules in memory, their own tests included; raises nothing.

    >>> import modcore
    >>> modcore.check("modcore: 2")[-1].where
    Location(file='rules.yaml', line=1, column=10, end_line=1, end_column=11)
    """
    options = _options(preset, attributes)
    return _core.check(_sources(source), (), *options)


def check_files(
    *paths: Union[PathLike, Sequence[PathLike]],
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> List[Diagnostic]:
    """As check(), of what the paths name."""
    options = _options(preset, attributes)
    return _core.check(None, _paths(paths), *options)


class EngineSlot:
    """Holds the engine in force, for rules that are reloaded while a program runs. Any thread may
    call any method at any time; a scan takes the engine that is in force when it begins.

    >>> import modcore
    >>> slot = EngineSlot(modcore.compile_files("spam"))
    >>> slot.reload("spam", "harassment") is slot.load()
    True
    """

    __slots__ = ("_engine",)

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def load(self) -> Engine:
        """The engine in force."""
        return self._engine

    def store(self, engine: Engine) -> None:
        """Puts another engine in force."""
        self._engine = engine

    def reload(
        self,
        *paths: Union[PathLike, Sequence[PathLike]],
        preset: str = "",
        attributes: Optional[Mapping[str, str]] = None,
        ) -> Engine:
        """Compiles aside, then puts the new engine in force. Without paths: what the engine in
        force was compiled from. Raises RuleError, and then the last good engine stays."""
        if paths:
            origin = _Origin(None, _paths(paths), _options(preset, attributes))
        else:
            if self._engine._origin is None:
                raise ValueError("the engine in force was loaded: name the rules to reload")
            origin = self._engine._origin
        engine = _compile(origin)
        self._engine = engine
        return engine

    def scan(self, body: Optional[str] = None, **facts: Any) -> Decision:
        """As Engine.scan, by the engine in force."""
        return self._engine.scan(body, **facts)

    def __repr__(self) -> str:
        return f"<EngineSlot {self._engine!r}>"
