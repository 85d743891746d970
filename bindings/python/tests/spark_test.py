"""Real Spark, local: re-judging gives exactly the decisions of the command.

MODCORE_SPARK_POSTS makes it larger (300000); MODCORE_SPARK_REPORT names a file for what it costs.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pyspark = pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("SKIPPED: Spark needs java (openjdk-17-jre-headless)", allow_module_level=True)

import modcore
import modcore.spark
from pyspark.sql import SparkSession

# PySpark leaves sockets to the garbage collector.
pytestmark = pytest.mark.filterwarnings("default")
POSTS = int(os.environ.get("MODCORE_SPARK_POSTS", "20000"))
POLICY = Path(__file__).resolve().parents[3] / "examples" / "policy.yaml"
WORDS = ("the roses garden été żółć casino bonus free spins plant water sale buy now https://a.example/x cheap "
         "followers moderator idiot kill yourself thanks soil compost DM me telegram 100 zł").split()


def posts():
    pick = random.Random(20260101)
    for i in range(POSTS):
        body = " ".join(pick.choice(WORDS) for _ in range(pick.randint(1, 40)))
        yield {"id": f"p{i}", "title": pick.choice(["", "Roses", "FREE CASINO BONUS"]), "body": body,
               "author": {"name": pick.choice(["ana", "Żaneta"]), "post_count": pick.choice([0, 3, 500]),
                          "account_age": pick.choice([3600, 86400 * 400])},
               "now": "2026-01-01T12:00:00Z"}


@pytest.fixture(scope="module")
def spark():
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    session = (SparkSession.builder.master("local[2]").appName("modcore-test")
               .config("spark.ui.enabled", "false").config("spark.driver.host", "127.0.0.1")
               .config("spark.sql.shuffle.partitions", "2").config("spark.driver.memory", "2g").getOrCreate())
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def test_spark_decides_exactly_as_the_command(spark, tmp_path):
    feed = tmp_path / "posts.ndjson"
    with feed.open("w", encoding="utf-8") as out:
        for post in posts():
            out.write(json.dumps(post, ensure_ascii=False) + "\n")

    begin = time.perf_counter()
    native = subprocess.run([sys.executable, "-m", "modcore", "scan", "-r", str(POLICY), str(feed)],
                            capture_output=True, text=True, check=True)
    native_seconds = time.perf_counter() - begin
    expected = dict((json.loads(line)["id"], json.loads(line)) for line in native.stdout.splitlines())
    assert len(expected) == POSTS

    engine = modcore.compile_files(POLICY)
    frame = spark.read.json(str(feed)).selectExpr(
        "id", "title", "body", "author", "to_timestamp(now) as now").repartition(4).cache()
    assert frame.count() == POSTS
    modcore.spark.judge(frame.limit(10), engine).collect()  # the workers are up

    begin = time.perf_counter()
    counts = dict(modcore.spark.judge(frame, engine).groupBy("verdict").count().collect())
    spark_seconds = time.perf_counter() - begin
    assert sum(counts.values()) == POSTS and len(counts) >= 3

    judged = modcore.spark.judge(frame, engine, decisions=True)
    assert judged.columns == ["id", "verdict", "hidden", "attention", "limited", "rules", "decision"]
    different = 0
    for row in judged.toLocalIterator():
        decision = json.loads(row.decision)
        different += decision != expected[row.id] or row.verdict != decision["verdict"]
        different += [rule["rule"] for rule in decision["fired"]] != row.rules
    assert different == 0
    if report := os.environ.get("MODCORE_SPARK_REPORT"):
        Path(report).write_text(json.dumps({"posts": POSTS, "native_seconds": native_seconds,
                                            "spark_seconds": spark_seconds}))
