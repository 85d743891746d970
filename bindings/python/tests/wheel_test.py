"""The wheel and the sdist, as their users meet them.

Compiled with the flags of the build that runs the test (MODCORE_WHEEL_FLAGS), in folders beside it
(MODCORE_WHEEL_FOLDER), so that ccache has compiled the library already: tools/test sets what it takes. MODCORE_WHEEL
names a wheel that exists already.
"""

import os
import re
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1]
FLAGS = dict(flag.split("=", 1) for flag in os.environ["MODCORE_WHEEL_FLAGS"].split(";"))
FOLDER = Path(os.environ["MODCORE_WHEEL_FOLDER"])
if shutil.which("ccache"):
    FLAGS["CMAKE_CXX_COMPILER_LAUNCHER"] = "ccache"
SMOKE = textwrap.dedent("""
    import sys, modcore
    engine = modcore.compile_files()
    assert engine.scan("Casino bonus: 100 free spins").hidden
    assert engine.scan_batch(["Casino bonus: 100 free spins"]).hidden() == [True]
    assert modcore.doctor()["problems"] == []
    assert "site-packages" in modcore.__file__, modcore.__file__
""")


def run(*command, **options):
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=1500,
                          env={**environment, **options.pop("env", {})}, **options)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
    return done.stdout


def build_wheel(source, root, build, folder):
    """`root` holds the library's sources; two folders below it, ccache sees the paths of build/dev."""
    settings = [f"--config-settings=cmake.define.{name}={value}" for name, value in FLAGS.items()]
    settings += [f"--config-settings=cmake.build-type={FLAGS['CMAKE_BUILD_TYPE']}",
                 f"--config-settings=build-dir={build}"]
    # This environment has what the build needs.
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", *settings, "-w", folder, source,
        cwd=folder, env={"CCACHE_BASEDIR": str(root), "CCACHE_NOHASHDIR": "true"})
    (wheel,) = Path(folder).glob("*.whl")
    return wheel


def install(python, wheel, folder):
    run(python, "-m", "venv", folder)
    run(folder / "bin" / "pip", "install", "-q", "--no-index", "--no-deps", wheel)
    return folder / "bin" / "python"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    if made := os.environ.get("MODCORE_WHEEL"):
        return Path(made)
    return build_wheel(PACKAGE, PACKAGE.parents[1], FOLDER, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    return install(sys.executable, wheel, tmp_path_factory.mktemp("installed") / "env")


def test_the_wheel_is_complete_and_small(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for name in ["modcore/py.typed", "modcore/_core.pyi", "modcore/spark.py"]:
        assert name in names
    # Debian's archives of these go into the extension.
    for library in ["libhs", "libyaml-cpp", "libpcre2", "libxxhash", "libstdc++"]:
        assert not [name for name in names if f"/{library}." in name or f"/{library}-" in name]
    assert not [name for name in names if "tests/" in name or name.startswith("core/")]
    assert wheel.stat().st_size < 12_000_000


def test_building_leaves_nothing_in_the_source(wheel):
    assert wheel.exists() and not (PACKAGE / "libs").exists()


def test_the_installed_wheel_works_and_brings_the_command(installed):
    run(installed, "-W", "error", "-c", SMOKE)
    assert run(installed.parent / "modcore", "--version").startswith("modcore ")
    run(installed, "-m", "modcore", "check", "spam", "harassment")


@pytest.mark.skipif(os.geteuid() != 0 or sys.version_info[:2] != (3, 11) or shutil.which("dpkg-deb") is None,
                    reason="SKIPPED: wants root on Debian 12")
def test_the_wheel_runs_on_a_debian_without_our_packages(wheel, tmp_path):
    assert "no problem" in run("bash", Path(__file__).parent / "bare_debian.sh", tmp_path, wheel)


def test_all_libraries_but_the_system_s_are_its_own(installed):
    core = run(installed, "-c", "import modcore._core as c; print(c.__file__)").strip()
    folder = str(Path(core).parent)
    for line in run("ldd", core).splitlines():
        name = line.split()[0]
        if name.startswith(("lib",)) and not name.startswith(("libc.", "libm.", "libstdc++", "libgcc_s", "libpthread", "libdl", "librt")):
            assert folder in line, line


def test_only_the_module_s_entry_is_exported(installed):
    core = run(installed, "-c", "import modcore._core as c; print(c.__file__)").strip()
    symbols = run("nm", "-D", "--defined-only", core).splitlines()
    assert [line.split()[-1] for line in symbols] == ["PyInit__core"]


def test_no_symbol_is_newer_than_the_glibc_of_the_tag(installed):
    package = Path(run(installed, "-c", "import modcore; print(modcore.__path__[0])").strip())
    libraries = [*package.glob("_core.*.so"), *package.glob("libs/*")]
    assert len(libraries) > 3
    for library in libraries:
        versions = re.findall(r"GLIBC_2\.([0-9]+)", run("objdump", "-T", library))
        assert max(map(int, versions)) <= 34, library


def empty_library(path, name):
    """A library of that name with none of its symbols."""
    run("gcc", "-shared", f"-Wl,-soname,{name}", "-x", "c", os.devnull, "-o", path)


@pytest.mark.parametrize("damage, why, advice", [
    ("no extension", "No module named|cannot import name", "holds no extension"),
    ("another Python's", "No module named|cannot import name", "the package holds _core.cpython-27"),
    ("no library", "cannot open shared object file", "a library that this build needs is missing"),
    ("not a library", "file too short|invalid ELF", ""),
    ("another library", "undefined symbol: psl_|version .* not found", "another one than modcore was built with"),
])
def test_what_cannot_be_loaded_is_an_import_error_that_says_why(installed, tmp_path, damage, why, advice):
    shutil.copytree(Path(run(installed, "-c", "import modcore; print(modcore.__path__[0])").strip()),
                    tmp_path / "modcore")
    extension, = (tmp_path / "modcore").glob("_core.*.so")
    library, = (tmp_path / "modcore" / "libs").glob("libpsl.so*")
    if damage == "no extension":
        extension.unlink()
    elif damage == "another Python's":
        extension.rename(extension.with_name("_core.cpython-27.so"))
    elif damage == "no library":
        extension.write_bytes(extension.read_bytes().replace(b"libpsl.so", b"libqsl.so"))
    elif damage == "not a library":
        library.write_bytes(b"x" * 100)
    else:
        empty_library(library, library.name)
    attempt = "import sys; sys.path.insert(0, '.')\ntry: import modcore\nexcept ImportError as e: print(e)"
    text = run(installed, "-S", "-c", attempt, cwd=tmp_path)
    assert text.startswith("modcore cannot run here: ") and advice in text, text
    assert re.search(why, text), text


@pytest.mark.skipif(shutil.which("qemu-x86_64-static") is None, reason="SKIPPED: qemu-user-static is not installed")
def test_a_processor_without_ssse3_is_an_import_error_and_no_crash(installed):
    program = "try: import modcore\nexcept ImportError as e: print(e)"
    text = run("qemu-x86_64-static", "-cpu", "qemu64", os.path.realpath(installed), "-c", program,
               env={"PYTHONPATH": str(next(installed.parents[1].glob("lib/python*/site-packages")))})
    assert "SSSE3" in text and "modcore cannot run here" in text


def test_the_sdist_builds_alone(tmp_path):
    run(sys.executable, "-m", "build", "--no-isolation", "--sdist", "-o", tmp_path, PACKAGE)
    assert not (PACKAGE / "core").exists()
    (sdist,) = tmp_path.glob("*.tar.gz")
    alone = FOLDER.with_name(FOLDER.name + "-sdist")
    shutil.rmtree(alone, ignore_errors=True)
    with tarfile.open(sdist) as archive:
        archive.extractall(alone)
    (source,) = alone.iterdir()
    wheel = build_wheel(source, source / "core", source / "core" / "build" / "sdist", tmp_path)
    run(install(sys.executable, wheel, tmp_path / "env"), "-W", "error", "-c", SMOKE)
    shutil.rmtree(alone)
