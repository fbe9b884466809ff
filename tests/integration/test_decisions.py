"""Decisions about entities are data: what `dateline entities` decides holds in every later run, `dateline reprocess` too, until it is undone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pytest

from dateline.normalize.entity_decisions import FILE

DATELINE = Path(sys.executable).parent / "dateline"

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def dateline(*arguments: object, folder: Path, env: Mapping[str, str]) -> None:
    done = subprocess.run([DATELINE, *map(str, arguments)], env=env, cwd=folder, capture_output=True, text=True, timeout=400, check=False)
    assert done.returncode == 0, done.stderr


def people(project: Path) -> dict[str, str]:
    """Return the entity of every person by full name in the report."""
    with duckdb.connect(str(project / "warehouse" / "dateline.duckdb"), read_only=True) as con:
        query = "SELECT DISTINCT m.name, e.name FROM entity_mentions m JOIN entities e USING (entity_id) WHERE m.type = 'PERSON'"
        found = con.execute(query).fetchall()
    return dict(found)


def test_decisions_survive_reprocessing(tmp_path: Path, prefect_env: dict[str, str]) -> None:
    env = {name: value for name, value in prefect_env.items() if not name.startswith("DATELINE_")}
    dateline("init", "news", "--no-samples", folder=tmp_path, env=env)
    project, config = tmp_path / "news", tmp_path / "news" / "dateline.toml"
    first = "Ana Petrowa, a spokeswoman, said on Monday that 14 houses were damaged in Sumy."
    (project / "articles" / "one.txt").write_text(first, encoding="utf-8")
    (project / "articles" / "two.txt").write_text("Anna Petrenko told reporters in Kyiv that 9 people were hurt.", encoding="utf-8")
    dateline("run", "--config", config, folder=tmp_path, env=env)
    assert people(project) == {"Ana Petrowa": "Ana Petrowa", "Anna Petrenko": "Anna Petrenko"}

    dateline("entities", "merge", "Ana Petrowa", "Anna Petrenko", "--config", config, folder=tmp_path, env=env)
    dateline("reprocess", "--all", "--config", config, folder=tmp_path, env=env)
    assert people(project) == {"Ana Petrowa": "Anna Petrenko", "Anna Petrenko": "Anna Petrenko"}

    (project / "articles" / "three.txt").write_text("Ana Petrowa said in Sumy that 20 houses had burned.", encoding="utf-8")
    dateline("run", "--config", config, folder=tmp_path, env=env)
    dateline("reprocess", "--all", "--config", config, folder=tmp_path, env=env)
    assert people(project)["Ana Petrowa"] == "Anna Petrenko"

    dateline("entities", "split", "Ana Petrowa", "--config", config, folder=tmp_path, env=env)
    dateline("reprocess", "--all", "--config", config, folder=tmp_path, env=env)
    assert people(project) == {"Ana Petrowa": "Ana Petrowa", "Anna Petrenko": "Anna Petrenko"}
    assert not (tmp_path / FILE).exists()
