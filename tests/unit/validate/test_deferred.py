"""A module that is put off is loaded by the first thing asked of it, and is itself for everybody else."""

from __future__ import annotations

import importlib
import sys

import pytest

from dateline.validate.deferred import deferred


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a module of the standard library that is not loaded."""
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    return "colorsys"


def test_it_is_loaded_when_it_is_used(unloaded: str) -> None:
    with deferred(unloaded):
        import colorsys
    assert unloaded not in sys.modules
    assert colorsys.rgb_to_hsv(1, 1, 1) == (0.0, 0.0, 1)
    assert sys.modules[unloaded].rgb_to_hsv is colorsys.rgb_to_hsv


def test_it_is_loaded_within_the_block_too(unloaded: str) -> None:
    with deferred(unloaded):
        from colorsys import rgb_to_hsv
    assert sys.modules[unloaded].rgb_to_hsv is rgb_to_hsv


def test_others_get_the_module_itself(unloaded: str) -> None:
    with pytest.raises(ZeroDivisionError), deferred(unloaded):
        1 / 0  # noqa: B018
    assert importlib.import_module(unloaded).__spec__ is not None


def test_what_is_loaded_stays(unloaded: str) -> None:
    real = importlib.import_module(unloaded)
    with deferred(unloaded):
        assert sys.modules[unloaded] is real
    assert sys.modules[unloaded] is real
