"""What is installed here, and why something would not work. Runs without the extension."""

from __future__ import annotations

import os
import platform
import sys
from typing import Any, Dict, List


class Report(Dict[str, Any]):
    """Facts by name; ``str()`` is the page for a person or a bug report."""

    def __str__(self) -> str:
        width = max(len(name) for name in self)
        lines: List[str] = []
        for name, value in self.items():
            texts = [str(item) for item in value] or ["none"] if isinstance(value, list) else [str(value)]
            lines += [f"{name if i == 0 else '':<{width}}  {text}" for i, text in enumerate(texts)]
        return "\n".join(lines)


def _processor_flags() -> str:
    wanted = ["ssse3", "sse4_2", "avx2", "avx512bw", "avx512vbmi", "asimd"]
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as info:
            lines = (line for line in info if line.startswith(("flags", "Features")))
            flags = set(next(lines, "").split())
    except OSError:
        return "unknown"
    return " ".join(flag for flag in wanted if flag in flags) or "none of " + " ".join(wanted)


def _machine() -> Dict[str, Any]:
    from . import __version__

    libc, libc_version = platform.libc_ver()
    return {
        "modcore": __version__,
        "package": os.path.dirname(os.path.abspath(__file__)),
        "python": f"{platform.python_implementation()} {platform.python_version()} ({sys.executable})",
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "libc": f"{libc} {libc_version}".strip() or "unknown",
        "processor": _processor_flags(),
    }


def doctor() -> Report:
    """What is installed, and what would not work: ``problems`` is empty if all is well.

    >>> import modcore
    >>> modcore.doctor()["problems"]
    []
    """
    from . import __version__, _core, compile_files

    report = Report(_machine())
    versions = _core.versions()
    report["library"] = versions["library"]
    report["rule language"] = versions["language"]
    report["matching by"] = versions["matcher"]
    report["extension"] = _core.__file__
    report["packs"] = ", ".join(_core.shipped_packs())
    report["MODCORE_RULES"] = os.environ.get("MODCORE_RULES", "not set")
    problems: List[str] = []
    if versions["library"] != __version__:
        problems.append(f"the package is {__version__}, the library {versions['library']}")
    try:
        compile_files().scan("a post")
    except Exception as error:
        problems.append(f"the shipped packs do not compile: {error}")
    report["problems"] = problems
    return report


def why_not(error: ImportError) -> str:
    """The text of the ImportError where the extension cannot be loaded."""
    folder = os.path.dirname(os.path.abspath(__file__))
    found = sorted(name for name in os.listdir(folder) if name.startswith("_core.") and not name.endswith(".pyi"))
    text = str(error)
    if "sub-interpreter" in text:
        advice = "modcore works in the main interpreter alone (mod_wsgi: WSGIApplicationGroup %{GLOBAL})"
    elif not found:
        advice = "this package holds no extension: install it with pip, or build it with CMake"
    elif "SSSE3" in text:
        advice = "modcore runs on x86-64 processors with SSSE3 (any since 2006) and, by Vectorscan, on arm64"
    elif "cannot open shared object file" in text:
        advice = "a library that this build needs is missing: install it, or install a modcore wheel"
    elif "undefined symbol" in text or "version `" in text:
        advice = "a library of this machine is another one than modcore was built with"
    else:
        advice = f"this Python wants *{_suffix()}, the package holds {', '.join(found)}"
    page = "\n".join("  " + line for line in str(Report(_machine())).splitlines())
    return f"modcore cannot run here: {text}\n  {advice}\n{page}"


def _suffix() -> str:
    import importlib.machinery

    return importlib.machinery.EXTENSION_SUFFIXES[0]
