"""A real Prefect server: deploy, start a worker, see a scheduled run complete and the tables filled."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(what: str, ready: Callable[[], object], seconds: float) -> object:
    """Return the first true value of `ready`, asked every half second."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := ready():
                return found
        except (httpx.HTTPError, OSError):
            pass
        time.sleep(0.5)
    raise AssertionError(f"{what} did not happen within {seconds} s")


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """Run a process in a group of its own and end the whole group."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def test_a_scheduled_run_completes_and_fills_the_tables(tmp_path: Path) -> None:
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    articles = ROOT / "seeds" / "articles"
    config = tmp_path / "dateline.toml"
    config.write_text(f'warehouse = "warehouse"\nsources = ["{articles}"]\n', encoding="utf-8")
    env = {
        **os.environ,
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "DATELINE_CONFIG": str(config),
    }

    def prefect(*arguments: str) -> str:
        done = subprocess.run([BIN / "prefect", "--no-prompt", *arguments], env=env, cwd=ROOT, capture_output=True, text=True, timeout=180)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    with running([str(BIN / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)], env, tmp_path / "server.log"):
        wait_for("the server's start", lambda: httpx.get(f"{api}/health", timeout=2).is_success, 180)
        prefect("work-pool", "create", "local", "--type", "process")
        prefect("deploy", "--all")
        # The shipped schedule fires every fifteen minutes; the test cannot wait that long, so it adds one that fires soon.
        prefect("deployment", "schedule", "create", "ingest/every-fifteen-minutes", "--interval", "60")
        with running([str(BIN / "prefect"), "worker", "start", "--pool", "local", "--limit", "1"], env, tmp_path / "worker.log"):

            def completed() -> list[dict[str, object]]:
                wanted = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}}, "flows": {"name": {"any_": ["ingest"]}}}
                found: list[dict[str, object]] = httpx.post(f"{api}/flow_runs/filter", json=wanted, timeout=5).json()
                return found

            run = wait_for("a scheduled run's end", completed, 400)[0]  # type: ignore[index]  # A list, checked to be true above.
            log = (tmp_path / "worker.log").read_text(encoding="utf-8", errors="replace")[-4000:]
            assert run["state_type"] == "COMPLETED", log
            assert run["auto_scheduled"] is True
        artifacts = httpx.post(f"{api}/artifacts/filter", json={}, timeout=5).json()
        assert {"dateline-run", "dateline-quality", "dateline-report"} <= {artifact["key"] for artifact in artifacts}

    with duckdb.connect(str(tmp_path / "warehouse" / "dateline.duckdb"), read_only=True) as con:
        documents = con.execute("SELECT count(*) FROM documents").fetchone()
        figures = con.execute("SELECT count(*) FROM figures").fetchone()
        runs = con.execute("SELECT DISTINCT status FROM ops.runs WHERE finished_at IS NOT NULL").fetchall()
    samples = [path for path in articles.iterdir() if path.name != "README.md"]
    assert documents == (len(samples),)
    assert figures is not None and figures[0] > len(samples)
    assert runs == [("done",)]
    assert (tmp_path / "warehouse" / "report.html").is_file()
