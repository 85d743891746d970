"""Re-judging on Spark: a DataFrame of posts in, a DataFrame of decisions out.

    import modcore, modcore.spark
    decisions = modcore.spark.judge(posts, modcore.compile_files("policy.yaml"))
    decisions.groupBy("verdict").count().show()

The engine travels as its artifact, once to each executor, and is loaded once in each of its Python processes; rule
files are needed nowhere but where it was compiled. Columns go by their names, as in ``Engine.scan_batch``. Needs
pyspark with pyarrow, and modcore on every executor.
"""

from __future__ import annotations

import importlib
import pickle
from typing import TYPE_CHECKING, Any, Dict, Iterator, Sequence

if TYPE_CHECKING:
    from ._engine import Engine

_SCHEMA = "verdict string, hidden boolean, attention string, limited boolean, rules array<string>"
_engines: Dict[str, Engine] = {}


def _pyarrow() -> Any:
    return importlib.import_module("pyarrow")


def _engine(fingerprint: str, pickled: bytes) -> Engine:
    """Loaded once a process, however many partitions it works on."""
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
