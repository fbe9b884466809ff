"""Small builders for the readers' tests: no network, no clock of the machine."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dateline.read.settings import ReadSettings


@pytest.fixture
def settings() -> ReadSettings:
    return ReadSettings(now=datetime(2026, 1, 1, tzinfo=UTC), follow_links=False)
