"""A Prefect server beside `dateline schedule`: the temporary one that Prefect starts within a script has no scheduler, so nothing would ever run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from prefect.settings import PREFECT_API_URL, get_current_settings, temporary_settings

from dateline.errors import EnvironmentProblem

# Every run leaves 100 to 300 kB of states, events and artifacts in Prefect's own database (benchmarks/growth.py): gigabytes in a year. What runs were
# stays in ops.runs.
KEEPING = {
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 86_400),
}
STARTS_WITHIN = 180.0  # Seconds. Twelve of CPU at the least, and the first start makes the database.


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a Prefect API with a scheduler, and make it the one that this process and its flow runs talk to.

    It is the configured one (PREFECT_API_URL), else one that answers at Prefect's own host and port, else one started here and stopped at the end.

    Raises:
        EnvironmentProblem: The configured one does not answer, or none could be started.
    """
    settings = get_current_settings()
    if settings.api.url:
        if not _answers(settings.api.url):
            raise EnvironmentProblem(
                f"no Prefect server answers at {settings.api.url}.",
                remedy="Start it (prefect server start), or unset PREFECT_API_URL to have one started here.",
            )
        yield settings.api.url
        return
    host, port = settings.server.api.host, settings.server.api.port
    url = f"http://{host}:{port}/api"
    started = None if _answers(url) else _start(host, port)
    try:
        if started is not None:
            _wait(url, started)
        with temporary_settings({PREFECT_API_URL: url}):
            yield url
    finally:
        if started is not None:
            started.terminate()
            try:
                started.wait(20)
            except subprocess.TimeoutExpired:
                started.kill()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", timeout=5).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def _start(host: str, port: int) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port), "--no-ui"]
    # A group of its own: Ctrl-C must end the schedule first, which then tells the server that it stops.
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=KEEPING | os.environ)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < end and process.poll() is None:
        if _answers(url):
            return
        time.sleep(0.5)
    process.kill()
    raise EnvironmentProblem(
        f"Prefect's server did not start at {url}.",
        remedy="Is another program using that port? Set PREFECT_SERVER_API_PORT to a free one, or see what `prefect server start` says.",
    )
