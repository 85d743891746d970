"""scan_batch over pyarrow, polars and pandas, and its columns given to each of them."""

import random
from datetime import datetime, timedelta, timezone

import modcore
import pytest

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
pd = pytest.importorskip("pandas")

RULES = """
modcore: 1
category: spam
context: {author.plan: text, author.joined: time, board.level: int}
rules:
  - {id: spam.casino, phrases: [online casino], verdict: hide}
  - {id: spam.title, patterns: {a: {words: [bingo], in: title}}, verdict: flag}
  - {id: spam.count, when: author.post_count == 3, verdict: flag}
  - {id: spam.age, when: author.account_age < 2 days, verdict: flag}
  - {id: spam.roles, when: 'author.roles overlaps ["banned"]', verdict: escalate, escalate: {to: m}}
  - {id: spam.plan, when: author.plan == "free", verdict: flag}
  - {id: spam.joined, when: author.joined < now - 10 days, verdict: flag}
  - {id: spam.verified, when: author.verified, verdict: flag}
"""
NOW = datetime(2026, 5, 1, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def engine():
    return modcore.compile(RULES)


def posts(seed=7, count=300):
    random.seed(seed)
    pick = random.choice
    for i in range(count):
        yield {
            "id": f"p{i}",
            "body": pick([None, "", "roses", "Été: online casino", "żółć " * 30, "an online  casino, far away"]),
            "title": pick([None, "bingo", "Żabka bingo at the very long title"]),
            "author": {
                "post_count": pick([None, 3, 4]),
                "account_age": pick([None, timedelta(days=1), timedelta(days=3)]),
                "roles": pick([None, [], ["banned", None], ["a", "banned"]]),
                "verified": pick([None, True, False]),
                "plan": pick([None, "free", "paid"]),
                "joined": pick([None, NOW - timedelta(days=30), NOW]),
            },
            "now": NOW,
        }


def singles(engine, rows):
    for row in rows:
        yield {**engine.scan(**row).to_dict(), "notices": []}


def without_notices(decisions):
    return [{**decision, "notices": []} for decision in decisions]


def flat(rows):
    for row in rows:
        author = {f"author.{key}": value for key, value in row["author"].items()}
        yield {key: value for key, value in row.items() if key != "author"} | author


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("shape", ["nested", "flat", "large", "view", "dictionary", "sliced", "chunked", "batch"])
def test_arrow_tables_decide_as_single_scans_do(engine, shape, threads):
    rows = list(posts())
    table = pa.Table.from_pylist(rows if shape == "nested" else list(flat(rows)))
    text = {"large": pa.large_string(), "view": pa.string_view(),
            "dictionary": pa.dictionary(pa.int16(), pa.string())}.get(shape)
    if text is not None:
        for name in ["body", "title", "author.plan"]:
            at = table.schema.get_field_index(name)
            table = table.set_column(at, name, pa.array(table.column(name).to_pylist(), text))
    if shape == "sliced":
        table, rows = table.slice(13, 200), rows[13:213]
    if shape == "chunked":
        table = pa.concat_tables([table.slice(0, 7), table.slice(7, 0), table.slice(7)])
    source = table.to_batches()[0] if shape == "batch" else table
    batch = engine.scan_batch(source, decisions=True, threads=threads)
    assert without_notices(batch.decisions()) == list(singles(engine, rows))
    assert batch.ignored == []


def test_a_sliced_struct_keeps_its_rows(engine):
    rows = list(posts())
    structs = pa.array(rows[:50]).slice(5, 20)
    batch = engine.scan_batch(structs, decisions=True)
    assert without_notices(batch.decisions()) == list(singles(engine, rows[5:25]))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_an_array_of_texts_is_bodies(engine, kind):
    array = pa.array(["online casino", None, "x" * 50 + " online casino"], kind)
    assert engine.scan_batch(array).verdict_codes == b"\2\0\2"
    assert engine.scan_batch(array.slice(1)).verdict_codes == b"\0\2"
    assert engine.scan_batch(pa.chunked_array([array, array])).verdict_codes == b"\2\0\2" * 2


def test_polars_frames_and_series(engine):
    rows = list(posts())
    frame = pl.DataFrame(rows)
    batch = engine.scan_batch(frame, decisions=True)
    assert without_notices(batch.decisions()) == list(singles(engine, rows))
    assert engine.scan_batch(pl.Series(["online casino", None])).verdict_codes == b"\2\0"


def test_pandas_frames_and_series(engine):
    rows = list(posts())
    frame = pd.DataFrame(list(flat(rows)))
    batch = engine.scan_batch(frame, decisions=True)
    assert without_notices(batch.decisions()) == list(singles(engine, rows))
    arrow = pd.Series(["online casino", None], dtype=pd.ArrowDtype(pa.string()))
    for series in [pd.Series(["online casino", None]), pd.Series(["online casino", pd.NA], dtype="string"), arrow]:
        assert engine.scan_batch(series).verdict_codes == b"\2\0"


def test_decisions_go_out_as_columns(engine):
    batch = engine.scan_batch(["online casino", "roses", None], decisions=True)
    table = pa.table(batch)
    table.validate(full=True)
    assert table.column("verdict").to_pylist() == ["hide", "allow", "allow"]
    assert table.column("hidden").to_pylist() == [True, False, False]
    assert table.column("attention").to_pylist() == ["none", "none", "none"]
    assert table.column("rules").to_pylist() == [["spam.casino"], [], []]
    assert table.column("decision").to_pylist()[0].startswith('{"schema":"modcore.decision/1"')
    record = pa.record_batch(batch)
    del batch
    record.validate(full=True)
    assert record.num_rows == 3
    assert pl.DataFrame(engine.scan_batch(["online casino"]))["rules"].to_list() == [["spam.casino"]]
    empty = pa.table(engine.scan_batch([], decisions=True))
    empty.validate(full=True)
    assert empty.num_rows == 0


def test_columns_outlive_the_batch_and_the_engine():
    column = pa.table(modcore.compile(RULES).scan_batch(["online casino"] * 1000)).column("rules")
    assert column.to_pylist() == [["spam.casino"]] * 1000


def test_a_type_that_no_field_has_is_an_error(engine):
    with pytest.raises(ValueError, match="column `body` is not understood"):
        engine.scan_batch(pa.array([b"x"]))
    assert engine.scan_batch(pa.table({"body": ["online casino"], "likes": [3]})).ignored == ["likes"]
