"""The engine, as Python sees it: scanning, saving, loading."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Sequence, Tuple, Union

from . import _core
from ._types import Diagnostic

if TYPE_CHECKING:
    from ._batch import DecisionBatch

    PathLike = Union[str, "os.PathLike[str]"]


def file_name(path: PathLike) -> bytes:
    """As the file system has it."""
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError("embedded null byte")
    return name


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


class ArtifactError(ValueError):
    """What was to be loaded is no artifact of an engine, or is damaged, or of another version."""


class Options(NamedTuple):
    preset: str
    attributes: Tuple[Tuple[str, str], ...]
    trusted: bool = False


class Origin(NamedTuple):
    """What an engine was made from, so that a slot can do it again."""

    sources: Optional[Tuple[Tuple[str, str], ...]]
    paths: Tuple[str, ...]
    options: Options
    is_artifact: bool = False


class Engine(_core.EngineBase):
    """Compiled rules. Immutable: any number of threads may use one engine at the same time.

    A pickle holds its artifact, so that another process or machine has it in milliseconds and needs no files.
    """

    __slots__ = ("_diagnostics", "_origin")

    _origin: Optional[Origin]
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

    def __repr__(self) -> str:
        name = f"{self.policy!r} " if self.policy else ""
        return f"<Engine {name}{len(self.rules)} rules {self.fingerprint}>"

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
        problem = _core.save(self, file_name(path), native)
        if problem:
            raise OSError(f"cannot write {os.fspath(path)!r}: {problem}")

    def __reduce__(self) -> Tuple[Any, ...]:
        origin = None if self._origin is None else tuple(self._origin)
        return _unpickle, (self.to_bytes(), origin, self._diagnostics)


def _load(data: bytes, trusted: bool, origin: Optional[Origin], diagnostics: Tuple[Diagnostic, ...]) -> Engine:
    engine, problem = _core.load(Engine, data, trusted)
    if engine is None:
        raise ArtifactError(f"cannot load the compiled rules: {problem}")
    engine._origin = origin
    engine._diagnostics = diagnostics
    return engine


def _unpickle(data: bytes, origin: Optional[Tuple[Any, ...]], diagnostics: Tuple[Diagnostic, ...]) -> Engine:
    if origin is not None:
        sources, paths, options, is_artifact = origin
        origin = Origin(sources, paths, Options(*options), is_artifact)
    # Whoever unpickles trusts the pickle already.
    return _load(data, True, origin, diagnostics)


def load(source: Union[PathLike, bytes, bytearray, memoryview], *, trusted: bool = False) -> Engine:
    """Loads an artifact, from a file or from bytes: what ``modcore compile``, Engine.save() or
    Engine.to_bytes() made. The engine decides the same and has the same fingerprint.

    Any bytes are safe to load, from anyone. ``trusted=True`` means that nobody but you can have
    written them: then the databases in them are used as they are, which takes milliseconds;
    otherwise they are compiled anew. Raises ArtifactError for what is no artifact, is damaged or of
    another version, and OSError for a file that cannot be read.

    >>> import modcore
    >>> engine = modcore.compile_files("spam")
    >>> modcore.load(engine.to_bytes(), trusted=True).fingerprint == engine.fingerprint
    True
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _load(bytes(source), trusted, None, ())
    path = os.fspath(source)
    with open(path, "rb") as file:
        data = file.read()
    origin = Origin(None, (path,), Options("", (), trusted), is_artifact=True)
    return _load(data, trusted, origin, ())
