"""Real servers for the tests past one machine: PostgreSQL, an S3-compatible store, a Dask scheduler with workers, a Prefect server."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from ports import free_port
from prefect_for_tests import prefect_env
from servers import BIN, wait_until

__all__ = ["prefect_env"]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return how to connect to a PostgreSQL of this test session, on loopback, run by a user who is not root."""
    found = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    programs = found[-1] if found else Path(shutil.which("initdb") or "initdb").parent
    folder = tmp_path_factory.mktemp("postgres")
    user: str | None = None
    if os.getuid() == 0:  # PostgreSQL refuses to run as root.
        user = "postgres"
        shutil.chown(folder, user)
        for parent in folder.parents:  # That user must be able to come to its folder.
            if parent.stat().st_uid == 0 and parent.is_relative_to(Path(os.environ.get("TMPDIR", "/tmp"))):
                parent.chmod(parent.stat().st_mode | 0o011)
    port = free_port()
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    init = [programs / "initdb", "-D", folder / "data", "-A", "trust", "-U", "dateline", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(init, check=True, capture_output=True, cwd=folder, **as_user)
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([programs / "postgres", "-D", folder / "data", "-p", str(port), *options], stderr=log, cwd=folder, **as_user)
    try:
        ask = [programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)]
        wait_until(lambda: subprocess.run(ask, capture_output=True, check=False).returncode == 0, "PostgreSQL")
        yield f"host=127.0.0.1 port={port} user=dateline"
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def catalog(postgres: str, request: pytest.FixtureRequest) -> str:
    """Return how to connect to an empty database."""
    import psycopg

    name = f"lake_{abs(hash(request.node.nodeid)) % 10**9}"
    with psycopg.connect(f"{postgres} dbname=postgres", autocommit=True) as con:
        con.execute(f"CREATE DATABASE {name}")
    return f"{postgres} dbname={name}"


@pytest.fixture(scope="session")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return the variables that lead to an S3-compatible server on loopback, with a bucket "exchange"."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": url}
    with (
        (tmp_path_factory.mktemp("s3") / "log").open("wb") as log,
        subprocess.Popen([BIN / "moto_server", "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log) as server,
    ):
        try:
            wait_until(lambda: _answers(url), "the S3 server")
            httpx.put(f"{url}/exchange").raise_for_status()
            yield env
        finally:
            server.terminate()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False
