"""The types of the package are true, complete, and refuse what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import modcore
import pytest

pytest.importorskip("mypy")
HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
WRONG = [6, 7, 8, 9, 10]


def run(*command, **options):
    return subprocess.run([sys.executable, "-m", *map(str, command)], capture_output=True, text=True, timeout=300,
                          cwd=HERE, **options)


def test_the_stub_is_that_of_the_extension(tmp_path):
    # The metaclass of a pybind11 class is pybind11's own.
    (tmp_path / "allowed").write_text("modcore._core.BatchBase\nmodcore._core.Document\nmodcore._core.Report\n")
    done = run("mypy.stubtest", "modcore._core", "--ignore-disjoint-bases", "--allowlist", tmp_path / "allowed")
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_strict_passes_package_and_user(tmp_path):
    # What pytest imports may be written for later Pythons than the oldest that is checked for here.
    (tmp_path / "mypy.ini").write_text("[mypy]\n[mypy-packaging.*]\nfollow_imports = skip\n")
    for arguments in [["-p", "modcore"], ["typing_sample.py"]]:
        done = run("mypy", "--config-file", tmp_path / "mypy.ini", "--strict", "--python-version", "3.9",
                   "--cache-dir=/dev/null", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_refuses_what_is_wrong():
    done = run("mypy", "--strict", "--cache-dir=/dev/null", "typing_wrong_sample.py")
    lines = {int(line.split(":")[1]) for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == set(WRONG), done.stdout


@pytest.fixture(scope="module")
def pyright(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pyright")
    (folder / "pyrightconfig.json").write_text(json.dumps({
        "include": [os.path.relpath(path, folder) for path in
                    [HERE / "typing_sample.py", HERE / "typing_wrong_sample.py", SOURCE / "modcore"]],
        "extraPaths": [str(SOURCE)], "pythonVersion": "3.9", "typeCheckingMode": "standard"}))
    done = run("pyright", "--outputjson", "-p", folder)
    return json.loads(done.stdout)["generalDiagnostics"]


def test_pyright_passes_package_and_user_and_refuses_what_is_wrong(pyright):
    errors = [error for error in pyright if error["severity"] == "error"]
    wrong = [error for error in errors if error["file"].endswith("typing_wrong_sample.py")]
    assert [error for error in errors if error not in wrong] == []
    assert {error["range"]["start"]["line"] + 1 for error in wrong} == set(WRONG)


def test_every_public_name_is_documented():
    for name in modcore.__all__:
        assert name == "__version__" or getattr(modcore, name).__doc__, name
