"""Scanning from asyncio without holding up the loop.

A short post takes microseconds, less than handing it to a thread would; a long one, and compiling,
go to a thread.

>>> import asyncio, modcore
>>> from modcore import aio
>>> engine = modcore.compile_files("spam")
>>> asyncio.run(aio.scan(engine, "My roses bloom.")).verdict
<Verdict.ALLOW: 0>
"""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING, Any, Callable, Optional, TypeVar, Union

from . import _rules

if TYPE_CHECKING:
    from ._batch import DecisionBatch
    from ._decision import Decision
    from ._engine import Engine
    from ._slot import EngineSlot

_T = TypeVar("_T")

# Code points. About 50 microseconds on a slow machine.
INLINE_UP_TO = 8192


async def _in_thread(function: Callable[..., _T], *arguments: Any, **options: Any) -> _T:
    call = functools.partial(function, *arguments, **options)
    return await asyncio.get_running_loop().run_in_executor(None, call)


async def scan(rules: Union[Engine, EngineSlot], body: Optional[str] = None, **facts: Any) -> Decision:
    """As ``Engine.scan``."""
    if sum(len(text) for text in (body, facts.get("title")) if isinstance(text, str)) <= INLINE_UP_TO:
        return rules.scan(body, **facts)
    return await _in_thread(rules.scan, body, **facts)


async def scan_batch(engine: Engine, posts: Any, **options: Any) -> DecisionBatch:
    """As ``Engine.scan_batch``, in a thread."""
    return await _in_thread(engine.scan_batch, posts, **options)


async def compile_files(*paths: Any, **options: Any) -> Engine:
    """As ``modcore.compile_files``, in a thread."""
    return await _in_thread(_rules.compile_files, *paths, **options)


async def reload(slot: EngineSlot, *paths: Any, **options: Any) -> Engine:
    """As ``EngineSlot.reload``, in a thread: posts are judged by the last engine meanwhile."""
    return await _in_thread(slot.reload, *paths, **options)
