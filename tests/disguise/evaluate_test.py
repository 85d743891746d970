"""bench/evaluate counts what the engine decides."""
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

EVALUATE = pathlib.Path(__file__).resolve().parents[2] / "bench" / "evaluate"


def evaluate(posts, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "posts.ndjson")
        file.write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
        run = subprocess.run([EVALUATE, *arguments, file], capture_output=True, text=True,
                             encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")]
            for line in run.stdout.splitlines() if line.startswith("|")]
    return run, {row[0]: row[1:] for row in rows}


class Evaluate(unittest.TestCase):
    def test_each_kind_of_disguise_has_its_own_recall(self):
        posts = [{"body": body, "label": 1, "kind": kind, "term": "casino"} for kind, body in [
            ("clean", "the casino"), ("leet", "the c4sino"), ("leet", "the cas1n0"),
            ("lost", "the csino"), ("lost", "c4sino")]]
        run, rows = evaluate(posts, "disguises")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(rows["clean"], ["1", "100", "100", "100", "0"])
        self.assertEqual(rows["leet"], ["2", "0", "100", "100", "100"])
        self.assertEqual(rows["lost"], ["2", "0", "50", "50", "50"])

    def test_rules_are_judged_by_the_labels(self):
        posts = [{"body": "Casino bonus: 100 free spins", "label": 1},
                 {"body": "Nothing to see", "label": 1}, {"body": "My tomatoes", "label": 0}]
        run, rows = evaluate(posts, "rules", "-r", "spam", "--category", "spam")
        self.assertEqual(run.returncode, 0, run.stderr)
        row = rows["posts"] if rows["posts"][0] != "label 1" else None
        self.assertIsNotNone(row)
        self.assertEqual([row[0], row[3], row[6]], ["2", "1", "0.667"])
        self.assertTrue(row[1].startswith("100.00 "))
        self.assertTrue(row[2].startswith("50.00 "))
        self.assertTrue(row[4].startswith("0.00 "))

    def test_a_plot_is_drawn_of_what_the_table_says(self):
        posts = [{"body": "Casino bonus: 100 free spins", "label": 1}, {"body": "Beans", "label": 0}]
        with tempfile.TemporaryDirectory() as folder:
            plot = pathlib.Path(folder, "plots", "spam.svg")
            run, _ = evaluate(posts, "rules", "-r", "spam", "--plot", str(plot))
            self.assertEqual(run.returncode, 0, run.stderr)
            drawn = plot.read_text(encoding="utf-8")
        self.assertTrue(drawn.startswith("<svg "))
        self.assertIn(">100.0 %<", drawn)
        self.assertIn(">0.0 %<", drawn)

    def test_a_file_without_posts_is_an_error(self):
        run, _ = evaluate([], "rules", "-r", "spam")
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("holds no post", run.stderr)


if __name__ == "__main__":
    if "MODCORE" not in os.environ:
        raise SystemExit("MODCORE names the command")
    unittest.main()
