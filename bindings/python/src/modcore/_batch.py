"""Many posts at once: whatever holds them comes in, decisions come out as columns."""

from __future__ import annotations

import json
import operator
import os
from collections import Counter
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Tuple

from . import _core
from ._types import Verdict

if TYPE_CHECKING:
    from ._engine import Engine

_VERDICTS = tuple(Verdict)


class DecisionBatch(_core.BatchBase):
    """The decisions over a batch, row by row as the posts came.

    Every Arrow library takes it as it is (``pyarrow.record_batch(batch)``, ``polars.DataFrame(batch)``,
    ``pandas.DataFrame.from_arrow(batch)``): columns ``verdict``, ``hidden``, ``attention``, ``limited``,
    ``rules``, and ``decision`` (JSON) where it was asked for.

    >>> import modcore
    >>> batch = modcore.compile_files("spam").scan_batch(["My roses bloom.", "Casino bonus: 100 free spins"])
    >>> batch.verdicts()
    [<Verdict.ALLOW: 0>, <Verdict.HIDE: 2>]
    >>> batch.rules_at(1), batch.counts()
    (('spam.casino-bonus',), {'allow': 1, 'hide': 1})
    """

    def verdicts(self) -> List[Verdict]:
        return [_VERDICTS[code] for code in self.verdict_codes]

    def hidden(self) -> List[bool]:
        return [code != 0 for code in self.hidden_codes]

    def counts(self) -> Dict[str, int]:
        """How many posts have each verdict, of those that occur."""
        counted = Counter(self.verdict_codes)
        return {str(verdict): counted[verdict] for verdict in _VERDICTS if counted[verdict]}

    def decisions(self) -> Iterator[Dict[str, Any]]:
        """Each decision as ``to_dict()`` gives it; of a batch with ``decisions=True``."""
        for row in range(len(self)):
            text = self.json_at(row)
            if text is None:
                raise ValueError("ask for them: scan_batch(posts, decisions=True)")
            yield json.loads(text)

    def __repr__(self) -> str:
        return f"<DecisionBatch {len(self)} posts {self.counts()}>"


def _rows_of_frame(frame: Any) -> List[Dict[str, Any]]:
    """The rows of a pandas frame, without what is not there."""
    columns = [(str(name), frame[name].tolist()) for name in frame.columns]
    known = {"body", "title", "id", "lang", "now", "attachment_names", "author", "channel", "message",
             "parent", "fields"}
    rows: List[Dict[str, Any]] = [{} for _ in range(len(frame))]
    for name, values in columns:
        for row, value in zip(rows, values):
            if _is_missing(value):
                continue
            if name in known:
                row[name] = value
            else:
                row.setdefault("fields", {})[name] = value
    return rows


def _is_missing(value: Any) -> bool:
    # pandas says missing by None, NaN, NaT and NA.
    if isinstance(value, float):
        return value != value
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def _is_arrow(dtype: Any) -> bool:
    return type(dtype).__name__ == "ArrowDtype" or getattr(dtype, "storage", "") == "pyarrow"


def _pandas_source(posts: Any) -> Tuple[Any, str]:
    """Texts that are str objects are read in place; what lies in Arrow already, as Arrow."""
    is_frame = hasattr(posts, "columns")
    dtypes = list(posts.dtypes) if is_frame else [posts.dtype]
    if any(_is_arrow(dtype) for dtype in dtypes) and hasattr(posts, "__arrow_c_stream__"):
        return posts.__arrow_c_stream__(), "stream"
    if is_frame:
        return _rows_of_frame(posts), "list"
    return [None if _is_missing(value) else value for value in posts.tolist()], "list"


def _source(posts: Any) -> Tuple[Any, str]:
    kind = type(posts)
    if isinstance(posts, (str, bytes, dict)):
        raise TypeError("scan_batch() takes many posts: a list, an Arrow array or table, a frame")
    if isinstance(posts, (list, tuple)):
        return posts, "list"
    if kind.__module__.startswith("pandas."):
        return _pandas_source(posts)
    if hasattr(posts, "__arrow_c_stream__"):
        return posts.__arrow_c_stream__(), "stream"
    if hasattr(posts, "__arrow_c_array__"):
        return posts.__arrow_c_array__(), "array"
    return list(posts), "list"


def scan_batch(engine: Engine, posts: Any, threads: int, decisions: bool) -> DecisionBatch:
    threads = min(operator.index(threads), 4096)
    if threads < 0:
        raise ValueError("threads must be 0 (all processors) or more")
    source, kind = _source(posts)
    return DecisionBatch(engine, source, kind, threads or os.cpu_count() or 1, decisions)
