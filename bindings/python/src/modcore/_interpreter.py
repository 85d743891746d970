"""Whether this is the main interpreter: the extension keeps types and names once a process."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def _interpreters() -> Any:
    """CPython's own module about its interpreters, where there is one."""
    name = "_interpreters" if sys.version_info >= (3, 13) else "_xxsubinterpreters"
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def need_main_interpreter() -> None:
    """Raises ImportError in a sub-interpreter, before the extension is loaded there."""
    interpreters = _interpreters()
    if interpreters is not None and interpreters.get_current() != interpreters.get_main():
        raise ImportError("this is a sub-interpreter")
