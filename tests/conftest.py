"""Fixtures that several suites share; makes tests/ importable, so that `sample_warehouse` is."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_warehouse import build_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the published snapshot of the sample warehouse; do not write beside it."""
    return build_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def empty_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a snapshot with one run and no documents."""
    return build_sample(tmp_path_factory.mktemp("empty"), 0)


@pytest.fixture(scope="session")
def single_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a snapshot with one report."""
    return build_sample(tmp_path_factory.mktemp("single"), 1)
