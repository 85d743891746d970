"""Re-judging on Spark: a DataFrame of posts in, a DataFrame of decisions out.

    import modcore, modcore.spark
    decisions = modcore.spark.judge(posts, modcore.spark.read_policy("policy.yaml"))
    decisions.groupBy("verdict").count().show()

The rules travel once to each executor and are compiled once in each of its Python processes. Columns go by
their names, as in ``Engine.scan_batch``. Needs pyspark with pyarrow, and modcore on every executor.
"""

from __future__ import annotations

import importlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Iterator, Sequence, Union

from ._engine import Engine, compile

if TYPE_CHECKING:
    import os

_SCHEMA = "verdict string, hidden boolean, attention string, limited boolean, rules array<string>"
_engines: Dict[str, Engine] = {}


def _pyarrow() -> Any:
    return importlib.import_module("pyarrow")


def read_policy(path: Union[str, os.PathLike[str]]) -> Engine:
    """Compiles a policy with all that lies beside and below it, as texts, so that the engine can
    travel to machines that have no such files."""
    policy = Path(path)
    files = [file for pattern in ("*.yaml", "*.txt") for file in policy.parent.rglob(pattern)]
    sources = {
        file.relative_to(policy.parent).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(files)
        if not file.name.endswith(".test.yaml")
    }
    sources["policy.yaml"] = policy.read_text(encoding="utf-8")
    return compile(sources)


def _engine(fingerprint: str, pickled: bytes) -> Engine:
    """Compiled once a process, however many partitions it works on."""
    if fingerprint not in _engines:
        _engines[fingerprint] = pickle.loads(pickled)
    return _engines[fingerprint]


def _plain(array: Any) -> Any:
    """Spark takes no dictionaries."""
    pa = _pyarrow()
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode()
    if pa.types.is_list(array.type):
        return pa.ListArray.from_arrays(array.offsets, _plain(array.values))
    return array


def judge(posts: Any, engine: Engine, *, keep: Sequence[str] = ("id",), decisions: bool = False) -> Any:
    """The DataFrame ``posts`` judged row by row: the columns ``keep``, then ``verdict``, ``hidden``,
    ``attention``, ``limited``, ``rules``, and with ``decisions=True`` each whole ``decision`` as JSON."""
    shipped = posts.sparkSession.sparkContext.broadcast(pickle.dumps(engine))
    fingerprint = engine.fingerprint
    kept = [name for name in keep if name in posts.columns]

    def judge_batches(batches: Iterator[Any]) -> Iterator[Any]:
        pa = _pyarrow()
        local = _engine(fingerprint, shipped.value)
        for batch in batches:
            judged = pa.record_batch(local.scan_batch(batch, decisions=decisions))
            names = kept + judged.schema.names
            arrays = [batch.column(name) for name in kept] + [_plain(array) for array in judged.columns]
            yield pa.RecordBatch.from_arrays(arrays, names=names)

    schema = [f"`{name}` {posts.schema[name].dataType.simpleString()}" for name in kept] + [_SCHEMA]
    if decisions:
        schema.append("decision string")
    return posts.mapInArrow(judge_batches, ", ".join(schema))
