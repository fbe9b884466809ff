"""Extraction on a Dask cluster: a scheduler and two workers as processes of their own, one of them killed; the rows are those of one machine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import yaml
from ports import free_port
from servers import BIN, wait_until
from warehouse_contents import Rows, published

if TYPE_CHECKING:  # Collected, and left out, where there is no Dask too.
    import distributed

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "seeds" / "articles"

pytestmark = [pytest.mark.scale, pytest.mark.timeout(900)]


@dataclass
class Cluster:
    """A scheduler's address and its workers, two at all times unless one was killed."""

    address: str
    env: dict[str, str]
    folder: Path
    workers: list[subprocess.Popen[bytes]]

    def add(self) -> None:
        words = [BIN / "dask", "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", self.folder]
        with (self.folder / f"worker{len(self.workers)}.log").open("wb") as log:
            self.workers.append(subprocess.Popen(words, env=self.env, stdout=log, stderr=log))


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, storage: dict[str, str]) -> Iterator[Cluster]:
    folder, port = tmp_path_factory.mktemp("dask"), free_port()
    env = {**os.environ, **storage, "OMP_NUM_THREADS": "1"}
    words = [BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    with (folder / "scheduler.log").open("wb") as log, subprocess.Popen(words, env=env, stdout=log, stderr=log) as scheduler:
        made = Cluster(f"tcp://127.0.0.1:{port}", env, folder, [])
        try:
            made.add()
            made.add()
            yield made
        finally:
            for process in (*made.workers, scheduler):
                process.kill()
            for process in made.workers:
                process.wait()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two dozen articles: the samples with another sentence each time, so that no two are copies by address."""
    folder = tmp_path_factory.mktemp("articles")
    texts = [path.read_text(encoding="utf-8") for path in sorted(ARTICLES.glob("*")) if path.suffix in {".md", ".txt"} and path.name != "README.md"]
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for number in range(24):
            text = f"{texts[number % len(texts)]}\n\nThe desk counted {number + 3} calls on Monday."
            file.write(json.dumps({"id": f"report {number}", "text": text, "published": "2024-08-13T10:00:00+00:00"}) + "\n")
    return folder / "news.jsonl"


def busy(watcher: distributed.Client) -> dict[int, int]:
    """Return how many tasks each worker holds, by process id."""
    pids = watcher.run(os.getpid)
    return {pids[worker]: len(tasks) for worker, tasks in watcher.processing().items() if worker in pids}


def start(home: Path, inputs: Path, env: dict[str, str], *options: str) -> subprocess.Popen[bytes]:
    """Start `dateline run` in small batches."""
    home.mkdir(exist_ok=True)
    words = [BIN / "dateline", "run", inputs, "--json", *options]
    env = {**os.environ, **env, "DATELINE_WAREHOUSE": str(home / "warehouse"), "DATELINE_BATCH": "4"}
    with (home / "out").open("wb") as out, (home / "err").open("wb") as err:
        return subprocess.Popen(words, env=env, cwd=home, stdout=out, stderr=err)


def finish(home: Path, process: subprocess.Popen[bytes]) -> dict[str, object]:
    """Wait for a run, and return its summary."""
    assert process.wait(600) == 0, (home / "err").read_text(encoding="utf-8")[-4000:]
    summary: dict[str, object] = json.loads((home / "out").read_text(encoding="utf-8"))
    return summary


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, articles: Path, prefect_env: dict[str, str]) -> Rows:
    """What one machine makes of the articles."""
    home = tmp_path_factory.mktemp("alone")
    finish(home, start(home, articles, prefect_env))
    return published(home / "warehouse")


def test_a_killed_worker_costs_nothing(
    cluster: Cluster, storage: dict[str, str], articles: Path, alone: Rows, tmp_path: Path, prefect_env: dict[str, str]
) -> None:
    """Two workers, rows by way of object storage; one is killed -9 while batches are under way, and the other does its work."""
    env = {**prefect_env, **storage, "DATELINE_EXCHANGE": "s3://exchange/news"}
    run = start(tmp_path, articles, env, "--dask", cluster.address)
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as watcher:
        wait_until(lambda: all(busy(watcher).values()) or run.poll() is not None, "work for both workers", 300)
        assert run.poll() is None
        victim = cluster.workers[0]
        held = busy(watcher)[victim.pid]
        victim.send_signal(signal.SIGKILL)
        assert victim.wait(10) == -signal.SIGKILL
    assert held  # Batches that only the other worker can do now.
    summary = finish(tmp_path, run)
    assert summary["loaded"] == 24
    assert published(tmp_path / "warehouse") == alone
    listed = httpx.get(f"{storage['AWS_ENDPOINT_URL']}/exchange").text
    assert "<Key>" not in listed  # Nothing is left in the exchange.
    cluster.add()


def test_the_programs_of_the_examples_know_their_options() -> None:
    """docs/deploy: the commands of the compose file, and what the Helm chart puts behind `dask-scheduler` and `dask-worker`."""
    services = yaml.safe_load((ROOT / "docs" / "deploy" / "compose.yaml").read_text(encoding="utf-8"))["services"]
    by_the_chart = {
        "scheduler": ["--port", "--dashboard-address"],
        "worker": ["--nthreads", "--memory-limit", "--no-dashboard", "--dashboard-address", "--worker-port"],
    }
    for part, options in by_the_chart.items():
        program, verb, *words = services[part]["command"].split()
        assert (program, verb) == ("dask", part)
        said = subprocess.run([BIN / "dask", verb, "--help"], capture_output=True, text=True, check=True, env={**os.environ, "COLUMNS": "200"}).stdout
        assert not [word for word in [*words, *options] if word.startswith("--") and word not in said]
