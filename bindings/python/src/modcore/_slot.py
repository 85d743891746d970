"""The engine in force, for rules that change while a program runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence, Union

from ._engine import Engine, Origin, load
from ._rules import compile_origin, options_of, paths_of

if TYPE_CHECKING:
    from ._decision import Decision
    from ._rules import PathLike
    from ._types import Explanation


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
        self.store(engine)

    def load(self) -> Engine:
        """The engine in force."""
        return self._engine

    def store(self, engine: Engine) -> None:
        """Puts another engine in force."""
        if not isinstance(engine, Engine):
            raise TypeError(f"a slot holds an Engine, not {type(engine).__name__}")
        self._engine = engine

    def reload(
        self,
        *paths: Union[PathLike, Sequence[PathLike]],
        preset: str = "",
        attributes: Optional[Mapping[str, str]] = None,
        trusted: bool = False,
    ) -> Engine:
        """Compiles aside, or loads an artifact, then puts the new engine in force. Without paths: what the
        engine in force was made from. Raises RuleError or ArtifactError, and then the last good engine stays."""
        if paths:
            origin = Origin(None, paths_of(paths), options_of(preset, attributes, trusted))
        elif self._engine._origin is not None:
            origin = self._engine._origin
        else:
            raise ValueError("the engine in force was loaded from bytes: name the rules to reload")
        if origin.is_artifact:
            engine = load(origin.paths[0], trusted=origin.options.trusted)
        else:
            engine = compile_origin(origin)
        self._engine = engine
        return engine

    def scan(self, body: Optional[str] = None, **facts: Any) -> Decision:
        """As Engine.scan, by the engine in force."""
        return self._engine.scan(body, **facts)

    def explain(self, body: Optional[str] = None, **facts: Any) -> Explanation:
        """As Engine.explain, by the engine in force."""
        return self._engine.explain(body, **facts)

    def __repr__(self) -> str:
        return f"<EngineSlot {self._engine!r}>"
