"""Rules measured and mended: what the command does as ``backtest``, ``coverage``, ``diff``, ``fmt`` and ``fix``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Iterable, List, Mapping, Optional, Sequence, Tuple, Union

from . import _core
from ._findings import Findings
from ._reports import BacktestReport, CoverageReport, FixReport, FormatResult, PolicyDiff
from ._rules import given_options, given_paths

if TYPE_CHECKING:
    from ._engine import Engine
    from ._rules import PathLike

    Paths = Union[PathLike, Sequence[PathLike]]
    Progress = Callable[[int, int], object]


def _posts(paths: Tuple[Paths, ...]) -> List[bytes]:
    """Raises OSError for a file that cannot be read."""
    files = given_paths(paths)
    for file in files:
        open(file, "rb").close()
    return files


def _count(examples: int) -> int:
    if examples < 0:
        raise ValueError("examples must be 0 or more")
    return min(examples, 1000)


def _names(names: Optional[Mapping[str, str]]) -> Tuple[Tuple[str, str], ...]:
    return tuple((names or {}).items())


def _texts(name: str, texts: Sequence[str]) -> List[str]:
    if isinstance(texts, str):
        raise TypeError(f"{name} is a list of texts, such as ['hide=0']")
    return list(texts)


def backtest(
    engine: Engine,
    *files: Paths,
    names: Optional[Mapping[str, str]] = None,
    label: str = "",
    category: str = "",
    max_hits: Sequence[str] = (),
    min_recall: Sequence[str] = (),
    min_precision: Sequence[str] = (),
    shard: str = "",
    examples: int = 5,
    seed: int = 0,
    progress: Optional[Progress] = None,
) -> BacktestReport:
    """Judges every post of the files: NDJSON, plain lines, or CSV with a header where the name ends in ``.csv`` or
    ``.tsv``. As ``modcore backtest``, whose options these are: ``names`` says what foreign keys or columns are
    (``{"comment_text": "body"}``), budgets read ``"hide=0"`` or ``"category:spam=80%"``, a shard ``"2/8"``.

    ``progress`` is told now and then how many bytes of how many were read; what it raises ends the backtest, as
    Ctrl-C does. Raises OSError for a file that cannot be read, ValueError for a wrong option.

    >>> import modcore, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     posts = pathlib.Path(folder, "posts.csv")
    ...     _ = posts.write_text("text,label\\nMy roses bloom.,ham\\nCasino bonus: 100 free spins,spam\\n")
    ...     report = modcore.backtest(modcore.compile_files("spam"), posts, max_hits=["hide=0"])
    >>> report
    <BacktestReport passed 2 posts ...>
    >>> report.verdicts[modcore.Verdict.HIDE], report.verdict_rows[0].recall.value
    (1, 1.0)
    """
    budgets = [(kind, text)
               for kind, texts in (("max_hits", max_hits), ("min_recall", min_recall), ("min_precision", min_precision))
               for text in _texts(kind, texts)]
    return _core.backtest(engine, _posts(files), _names(names), label, category, budgets, shard, _count(examples), seed,
                          progress)


def merge_backtests(documents: Iterable[str]) -> BacktestReport:
    """Adds up the shards of one corpus, each as its to_json(). Raises ValueError for shards of other rules or of other
    posts, and for one that is there twice."""
    return _core.merge_backtests(_texts("documents", list(documents) if not isinstance(documents, str) else documents))


def coverage(
    *paths: Paths,
    corpus: Paths = (),
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> CoverageReport:
    """What the rules' own tests have seen of them: branches, items, exemptions, languages, clauses. The posts of
    ``corpus`` count too. Raises OSError for posts that cannot be read.

    >>> import modcore, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     rules = pathlib.Path(folder, "spam.rules.yaml")
    ...     _ = rules.write_text("modcore: 1\\ncategory: spam\\nrules: [{id: spam.a, words: [casino], verdict: flag}]\\n")
    ...     modcore.coverage(rules).rules_tested
    Covered(seen=0, all=1)
    """
    return _core.coverage(given_paths(paths), *given_options(preset, attributes), _posts((corpus,)))


def diff_policies(
    before: Paths,
    after: Paths,
    *,
    corpus: Paths = (),
    names: Optional[Mapping[str, str]] = None,
    examples: int = 10,
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
    progress: Optional[Progress] = None,
) -> PolicyDiff:
    """What differs in meaning between two versions of rules, and of which posts of ``corpus`` the verdicts differ.
    Raises OSError for posts that cannot be read.

    >>> import modcore, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     old, new = pathlib.Path(folder, "old.rules.yaml"), pathlib.Path(folder, "new.rules.yaml")
    ...     _ = old.write_text("modcore: 1\\ncategory: spam\\nrules: [{id: spam.a, words: [casino], verdict: flag}]\\n")
    ...     _ = new.write_text(old.read_text().replace("flag", "hide"))
    ...     diff = modcore.diff_policies(old, new)
    >>> [(change.rule, change.kind) for change in diff.rules]
    [('spam.a', 'changed')]
    """
    return _core.diff_policies(given_paths((before,)), given_paths((after,)), *given_options(preset, attributes),
                               _posts((corpus,)), _names(names), _count(examples), progress)


def format(text: str, *, name: str = "rules.yaml") -> FormatResult:
    """The text of a rule file, or of a list if the name ends in ``.txt``, in the one layout of ``modcore fmt``.
    Comments and all that the reader sees stay as they are.

    >>> import modcore
    >>> modcore.format("rules:\\n- id: a.b\\n").text
    'rules:\\n  - id: a.b\\n'
    """
    formatted, diagnostics, report = _core.format(name, text.encode("utf-8", "surrogatepass"))
    return FormatResult(formatted, Findings(diagnostics, report))


def files_of(*paths: Paths, preset: str = "", attributes: Optional[Mapping[str, str]] = None) -> List[str]:
    """The files on disk that these paths lead to, sorted; none of a shipped pack."""
    return _core.files_of(given_paths(paths), *given_options(preset, attributes))


def fix_files(
    *paths: Paths,
    unsafe: bool = False,
    preset: str = "",
    attributes: Optional[Mapping[str, str]] = None,
) -> FixReport:
    """Applies the corrections that diagnostics offer to what is on disk, as often as something new can be corrected,
    and gives what came of it: ``report.write()`` writes. ``unsafe`` also takes those whose meaning is not certain.
    Rules that compiled before keep the outcome of every test.

    >>> import modcore
    >>> modcore.fix_files("spam").files
    ()
    """
    return _core.fix_files(given_paths(paths), unsafe, *given_options(preset, attributes))
