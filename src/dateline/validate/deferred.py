"""Modules that a library imports at its start and we never come to use: loaded when something of them is asked for, if ever."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module; the first attribute that is asked for loads it."""

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def deferred(*names: str) -> Iterator[None]:
    """Give a block within which imports of these modules, where they are not loaded yet, give what loads them later.

    importlib.util.LazyLoader does not do: up to Python 3.11 the import statement itself looks into the module, which loads it.
    """
    for name in names:
        if name not in sys.modules:
            sys.modules[name] = _Later(name)
    try:
        yield
    finally:  # Everybody else gets the module itself.
        for name in names:
            if isinstance(sys.modules.get(name), _Later):
                del sys.modules[name]
