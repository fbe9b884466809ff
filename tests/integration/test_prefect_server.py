"""A real Prefect server: deploy, start a worker, see a scheduled run complete and the tables filled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest
from ports import free_port
from warehouse_contents import published

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

pytestmark = [pytest.mark.integration, pytest.mark.timeout(900)]


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
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process in a group of its own and end the whole group."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            yield process
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
        "PREFECT_WORKER_QUERY_SECONDS": "3",
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
        prefect("deployment", "schedule", "create", "ingest/every-fifteen-minutes", "--interval", "20")
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


def test_a_schedule_without_a_server_brings_its_own(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("At least 30 people were killed in Kharkiv on 3 May 2024, officials said.", encoding="utf-8")
    config = tmp_path / "dateline.toml"
    config.write_text('warehouse = "warehouse"\nsources = ["articles"]\n', encoding="utf-8")
    env = {name: value for name, value in os.environ.items() if name != "PREFECT_API_URL"}
    env |= {
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "PREFECT_SERVER_API_PORT": str(free_port()),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [str(BIN / "dateline"), "schedule", "--cron", "* * * * *", "--config", str(config)]
    with running(command, env, tmp_path / "schedule.log"):
        published = tmp_path / "warehouse" / "dateline.duckdb"
        try:
            wait_for("a scheduled run's end", published.exists, 300)
        except AssertionError as late:
            raise AssertionError((tmp_path / "schedule.log").read_text(encoding="utf-8", errors="replace")[-4000:]) from late
    with duckdb.connect(str(published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM figures WHERE kind = 'killed' AND value_min = 30").fetchall() == [(1,)]


def test_a_schedule_says_which_server_does_not_answer(tmp_path: Path) -> None:
    config = tmp_path / "dateline.toml"
    config.write_text('warehouse = "warehouse"\nsources = ["articles"]\n', encoding="utf-8")
    address = f"http://127.0.0.1:{free_port()}/api"
    env = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_API_URL": address}
    done = subprocess.run([BIN / "dateline", "schedule", "--config", config], env=env, capture_output=True, text=True, timeout=180, cwd=tmp_path)
    assert done.returncode == 4
    assert address in done.stderr and "prefect server start" in done.stderr


# Prefect tries each of its calls again, after 2, 4, 8, 16 and 32 seconds, and tries for eight to send each event of a task, before it gives up. It is
# all the same wait: here one new try, and no queue of events behind the one that is not taken.
IMPATIENT = {"PREFECT_CLIENT_MAX_RETRIES": "1", "PREFECT_EVENTS_WORKER_MAX_QUEUE_SIZE": "1"}


def test_a_server_that_is_killed_in_the_middle_of_a_run_takes_nothing_with_it(tmp_path: Path) -> None:
    port = free_port()
    api = f"http://127.0.0.1:{port}/api"
    quiet = {"PREFECT_HOME": str(tmp_path / "prefect"), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    env = {**os.environ, **quiet, "PREFECT_API_URL": api}
    serving = [str(BIN / "prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    articles = sorted(map(str, (ROOT / "seeds" / "articles").glob("2024-08-1*.md")))[:2]
    reading = [str(BIN / "dateline"), "run", *articles, "--warehouse"]

    def up() -> object:
        return wait_for("the server's start", lambda: httpx.get(f"{api}/health", timeout=2).is_success, 180)

    with running(serving, env, tmp_path / "server.log") as server:
        up()
        done = subprocess.run([*reading, tmp_path / "undisturbed"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False)
        assert done.returncode == 0, done.stderr
        undisturbed = published(tmp_path / "undisturbed", without={"extractor_version"})
        with subprocess.Popen(
            [*reading, tmp_path / "w"], env=env | IMPATIENT, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as run:
            wait_for("a staged batch", lambda: list((tmp_path / "w" / "staging").glob("run_*/*")), 200)
            assert run.poll() is None
            os.killpg(server.pid, signal.SIGKILL)
            _, said = run.communicate(timeout=500)
    assert run.returncode == 4, said
    assert "Prefect's server went away" in said and api in said and "next run" in said
    assert published(tmp_path / "w", without={"extractor_version"}) == undisturbed, "the steps themselves need no server"
    with running(serving, env, tmp_path / "server.log"):
        up()
        done = subprocess.run([*reading, tmp_path / "w"], env=env, cwd=tmp_path, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr
    assert published(tmp_path / "w", without={"extractor_version"}) == undisturbed
    with duckdb.connect(str(tmp_path / "w" / "dateline.duckdb"), read_only=True) as con:
        assert con.execute("SELECT status FROM ops.runs ORDER BY started_at").fetchall() == [("done",), ("done",)]
