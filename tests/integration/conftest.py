"""What the tests of real servers and processes share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_runs import Reader
from news_site import Site, serve
from prefect_for_tests import prefect_env

__all__ = ["prefect_env"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serve() as running:
        yield running


@pytest.fixture
def reader(tmp_path: Path, site: Site) -> Iterator[Reader]:
    made = Reader(tmp_path, site)
    yield made
    made.con.close()
