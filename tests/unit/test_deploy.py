"""The examples in docs/deploy hold together: their commands, options, variables, files and names are those that there are.

Images are not built and clusters not started here. What of it needs Dask is in tests/scale.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import click
import pytest
import typer
import yaml

from dateline.cli.app import app
from dateline.config import load_settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
VALUES = yaml.safe_load((DEPLOY / "dask-values.yaml").read_text(encoding="utf-8"))
DOCKERFILE = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
PREFECT = Path(sys.executable).parent / "prefect"


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def dateline_commands() -> list[str]:
    """Return every call of dateline in the files, those in their comments too."""
    lines = [*(DEPLOY / "compose.yaml").read_text(encoding="utf-8").splitlines(), *instructions("RUN"), *(step for step in instructions("CMD"))]
    lines = [line.replace('["', "").replace('"]', "").replace('", "', " ") for line in lines]
    return [found[0] for line in lines if (found := re.search(r"(?<![\w/-])dateline (?:run|sql|gazetteer|report|doctor|--)[^&|]*$", line))]


@pytest.mark.parametrize("command", dateline_commands())
def test_every_command_of_dateline_is_one_that_it_knows(command: str) -> None:
    group: click.Command = typer.main.get_command(app)
    words = shlex.split(command)[1:]
    context = None
    while isinstance(group, click.Group) and words and not words[0].startswith("-"):
        context = click.Context(group, info_name=words[0], parent=context)
        found = group.get_command(context, words[0])
        assert found is not None, f"no {words[0]}"
        group, words = found, words[1:]
    if words != ["--help"]:
        group.make_context(group.name, list(words), parent=context, resilient_parsing=False)


def test_the_files_show_the_commands_that_this_test_looks_at() -> None:
    assert {command.split()[1] for command in dateline_commands()} >= {"run", "sql", "gazetteer", "--help"}


def variables() -> dict[str, str]:
    """Return the environment of the service that runs, as compose would give it."""
    return {name: str(value).replace("${PASSWORD:?set PASSWORD in .env}", "secret") for name, value in SERVICES["run"]["environment"].items()}


def test_every_variable_of_dateline_is_a_setting_and_says_what_it_should(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in variables().items():
        monkeypatch.setenv(name, value)
    plain = load_settings()
    assert plain.lake is not None and plain.lake.data == "/lake" and (plain.dask, plain.exchange) == ("tcp://scheduler:8786", "/exchange")
    for name in (name for name in variables() if name.startswith("DATELINE_")):
        with monkeypatch.context() as without:
            without.delenv(name)
            assert load_settings() != plain, f"{name} is no setting"
    known = {"PGPASSWORD", "PREFECT_API_URL"} | {name for name in variables() if name.startswith("DATELINE_")}
    assert set(variables()) == known


def test_the_services_call_each_other_by_their_names_and_ports() -> None:
    environment = variables()
    assert environment["DATELINE_DASK"] in SERVICES["worker"]["command"]
    host, port = environment["DATELINE_DASK"].removeprefix("tcp://").split(":")
    assert f"--port {port}" in SERVICES[host]["command"]
    assert environment["PREFECT_API_URL"] == "http://prefect:4200/api" and SERVICES["prefect"]["command"].startswith("prefect server start")
    connection = dict(pair.split("=") for pair in environment["DATELINE_WAREHOUSE"].removeprefix("ducklake:postgres:").split())
    catalog = SERVICES[connection["host"]]["environment"]
    assert (connection["dbname"], connection["user"]) == (catalog["POSTGRES_DB"], catalog["POSTGRES_USER"])
    assert catalog["POSTGRES_PASSWORD"] == SERVICES["run"]["environment"]["PGPASSWORD"]
    for service in SERVICES.values():
        assert set(service.get("depends_on", ())) <= set(SERVICES)
        named = {volume.split(":")[0] for volume in service.get("volumes", ()) if not volume.startswith(".")}
        assert named <= set(COMPOSE["volumes"])
        for other, how in service["depends_on"].items() if isinstance(service.get("depends_on"), dict) else ():
            assert how["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]


def test_shared_folders_exist_in_the_image_and_belong_to_its_user() -> None:
    """A volume that is mounted where the image has nothing belongs to root, and nobody else may write to it."""
    [user] = instructions("USER")
    mounted = {volume.split(":")[1] for volume in SERVICES["run"]["volumes"] if not volume.startswith(".")} - {f"/home/{user}"}
    made = " ".join(instructions("RUN"))
    for folder in mounted:
        assert re.search(rf"mkdir [^&]*{folder}\b", made) and re.search(rf"chown {user}[^&]*{folder}\b", made), folder
    assert {variables()["DATELINE_EXCHANGE"], variables()["DATELINE_LAKE_DATA"]} == mounted


@pytest.mark.parametrize("source", [COMPOSE["services"]["run"]["volumes"][2].split(":")[0]])
def test_folders_of_this_checkout_are_there(source: str) -> None:
    assert (DEPLOY / source).resolve().is_dir()


def test_the_image_holds_what_the_package_is_built_from() -> None:
    copied = {name.rstrip("/") for line in instructions("COPY") for name in line.split()[:-1]}
    assert all((ROOT / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["force-include"], *(name.split("/")[0] for name in wheel["packages"]), project["project"]["readme"], "pyproject.toml"}
    assert needed | set(project["project"]["license-files"]) <= copied
    [locked] = re.findall(r"-r (\S+)", " ".join(instructions("RUN")))
    assert locked in copied
    [minor] = re.findall(r"python:3\.(\d+)", instructions("FROM")[0])
    assert int(minor) >= int(re.findall(r">=3\.(\d+)", project["project"]["requires-python"])[0])


def test_the_chart_of_dask_finds_its_programs_in_the_image() -> None:
    """The chart starts `dask-scheduler` and what `dask_worker` names, each as one word; Dask itself has the one command `dask` now."""
    made = " ".join(instructions("RUN"))
    assert "dask-$part" in made and re.search(r"for part in scheduler worker\b", made)
    assert VALUES["worker"]["image"]["dask_worker"] == "dask-worker"
    assert instructions("ENTRYPOINT") == ["[]"], "the chart gives arguments only: they are the command"
    assert VALUES["worker"]["image"]["repository"] == VALUES["scheduler"]["image"]["repository"]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert {VALUES[part]["image"]["tag"] for part in ("worker", "scheduler")} == {version}
    # Without a limit the chart says neither how many threads nor how much memory.
    assert VALUES["worker"]["resources"]["limits"] and VALUES["worker"]["threads_per_worker"] == 1


def test_the_programs_made_for_the_chart_call_dask(tmp_path: Path) -> None:
    [step] = [step for step in instructions("RUN") if "dask-$part" in step]
    (tmp_path / "dask").write_text('#!/bin/sh\necho "dask $*"\n', encoding="utf-8")
    (tmp_path / "dask").chmod(0o755)
    subprocess.run(["sh", "-c", step.replace("/usr/local/bin", str(tmp_path))], check=True)
    for part in ("scheduler", "worker"):
        words = [tmp_path / f"dask-{part}", "--port", "8786", "a b"]
        said = subprocess.run(words, env={"PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, text=True, check=True).stdout
        assert said == f"dask {part} --port 8786 a b\n"


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_check_of_prefects_health_tells_a_server_that_is_up(status: int, healthy: bool) -> None:
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    kind, *words = SERVICES["prefect"]["healthcheck"]["test"]
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        command = [word.replace("4200", str(server.server_address[1])) for word in words]
        done = subprocess.run([sys.executable, *command[1:]], capture_output=True, check=False)
        server.shutdown()
    assert (kind, command[0], done.returncode == 0, asked) == ("CMD", "python", healthy, ["/api/health"])


@pytest.mark.integration  # Prefect takes three seconds to say what it knows.
def test_prefects_server_knows_the_options_of_its_service() -> None:
    words = shlex.split(SERVICES["prefect"]["command"])[1:]
    options = [word for word in words if word.startswith("--")]
    said = subprocess.run([PREFECT, *words[:2], "--help"], capture_output=True, text=True, check=True).stdout
    assert options and all(option in said for option in options)
