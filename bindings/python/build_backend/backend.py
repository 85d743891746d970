"""scikit-build-core, whose sdist takes the library's sources along as core/."""

import contextlib
import shutil
from pathlib import Path

from scikit_build_core.build import *  # noqa: F403
from scikit_build_core import build as _scikit

HERE = Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
SOURCES = ["CMakeLists.txt", "LICENSE", "cmake", "docs/diagnostics", "include", "rules", "src"]


@contextlib.contextmanager
def _library_sources():
    core = HERE / "core"
    if core.exists():  # an sdist makes an sdist
        yield
        return
    core.mkdir()
    try:
        for name in SOURCES:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            (core / name).parent.mkdir(exist_ok=True)
            copy(source, core / name)
        yield
    finally:
        shutil.rmtree(core)


def build_sdist(sdist_directory, config_settings=None):
    with _library_sources():
        return _scikit.build_sdist(sdist_directory, config_settings)
