"""Fixtures that several suites share, and the order of the files; makes tests/ importable, so that `sample_warehouse` is."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_warehouse import build_sample

# The files that take longest, with about the seconds that each takes alone. A test process takes one file after the other: a long one that
# begins last would be waited for by all; begun first, the short ones fill the gaps. (The Makefile turns the order of pytest-xdist off, by number of
# tests, which begins with the files of many short ones.)
LONGEST = {
    "tests/integration/test_prefect_server.py": 160,
    "tests/integration/test_faults.py": 85,
    "tests/integration/test_killed_runs.py": 80,
    "tests/integration/test_decisions.py": 70,
    "tests/integration/test_faulty_servers.py": 65,
    "tests/fuzz/test_patterns.py": 60,
    "tests/integration/test_runs.py": 60,
    "tests/integration/test_readme.py": 50,
    "tests/e2e/test_report_page.py": 40,
    "tests/integration/test_long_life.py": 30,
    "tests/integration/test_odd_sites.py": 25,
    "tests/integration/test_gazetteer_download.py": 25,
    "tests/unit/validate/test_quality_gate.py": 25,
    "tests/fuzz/test_fuzzed_inputs.py": 15,
}
_ROOT = Path(__file__).parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; all else stays in its order."""
    if gone := [name for name in LONGEST if not (_ROOT / name).is_file()]:
        raise pytest.UsageError(f"tests/conftest.py: LONGEST names files that are gone: {', '.join(gone)}")
    items.sort(key=lambda item: -LONGEST.get(item.path.relative_to(_ROOT).as_posix(), 0))


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
