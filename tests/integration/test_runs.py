"""`dateline run` as users start it: bad input goes on, the gate stops the load, a second writer is told who has the warehouse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import duckdb
import httpx
import pytest
from alerted import listening
from news_site import serve

from dateline.warehouse.lock import writer_lock
from dateline.warehouse.schema import TABLES

ROOT = Path(__file__).parents[2]
DATELINE = Path(sys.executable).parent / "dateline"
SAMPLE = ROOT / "seeds" / "articles" / "2025-04-27-front-line.md"

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


LOCAL = {"DATELINE_READ_ALLOW_PRIVATE": "true", "DATELINE_READ_PER_HOST_DELAY": "0"}
PAGES = {
    "/one": "The council of Poltava said on Tuesday that it would plant 900 trees along the river before the end of the year.",
    "/two": "A ferry with 61 people on board ran aground near the port of Izmail late on Wednesday, the coast guard said.",
}


def dateline(*arguments: object, home: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    env = {**env, "DATELINE_WAREHOUSE": str(home / "warehouse")}
    return subprocess.run([DATELINE, *map(str, arguments)], env=env, cwd=home, capture_output=True, text=True, timeout=400, check=False)


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home / "warehouse" / "dateline.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, prefect_env: dict[str, str]) -> Path:
    """A folder with good and bad inputs and two pages, read once."""
    home = tmp_path_factory.mktemp("home")
    inputs = home / "inputs"
    inputs.mkdir()
    (inputs / "good.md").write_bytes(SAMPLE.read_bytes())
    (inputs / "empty.txt").write_bytes(b"")
    (inputs / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50)
    (inputs / "cut.html").write_bytes(b"<html><head><title>Cut off in the mid")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
    (inputs / "bomb.xml").write_text(bomb, encoding="utf-8")
    text = "The ministry said that 14 houses were damaged in the town of Sumy on Monday."
    lines = [
        {"id": "one", "text": text, "published": "2024-08-13"},
        {"id": "one", "text": text, "published": "2024-08-13"},
        {"id": "far", "text": text + " It rained.", "published": "2924-08-13"},
    ]
    news = [json.dumps(lines[0]), "{not json", *(json.dumps(line) for line in lines[1:])]
    (inputs / "news.jsonl").write_text("\n".join(news), encoding="utf-8")
    with serve() as site:
        for name, text in PAGES.items():
            site.extra[name] = lambda handler, text=text: handler.reply(f"<html><title>{text[:30]}</title><article><p>{text}</p></article></html>")  # type: ignore[misc,attr-defined]  # Bound at once; the site's own.
        done = dateline("run", inputs, *(site.url + name for name in PAGES), home=home, env=prefect_env | LOCAL)
    assert done.returncode == 0, done.stderr
    (home / "stdout").write_text(done.stdout, encoding="utf-8")
    return home


def test_good_articles_are_loaded_whatever_lies_beside_them(home: Path) -> None:
    assert rows(home, "SELECT count(*) FROM documents") == [(5,)]
    assert rows(home, "SELECT value_min, approx, source_name FROM figures WHERE item = 'attempt'") == [(70.0, "below", "Oleksandr Syrskyi")]


@pytest.mark.parametrize("name", ["empty.txt", "picture.txt", "cut.html", "bomb.xml", "news.jsonl:2", "news.jsonl:3", "news.jsonl:4"])
def test_everything_refused_is_a_row_that_names_its_place_and_reason(home: Path, name: str) -> None:
    found = rows(home, f"SELECT reason FROM ops.quarantine WHERE stage = 'read' AND contains(location, '{name}')")
    assert found, name
    assert all(len(str(reason)) > 20 for (reason,) in found)


def test_an_impossible_publication_date_is_left_out_and_the_article_kept(home: Path) -> None:
    assert rows(home, "SELECT published_at FROM documents WHERE origin_id = 'far'") == [(None,)]
    unresolved = rows(
        home, "SELECT d.value, d.unresolved IS NOT NULL FROM dates d JOIN documents USING (document_id, revision) WHERE origin_id = 'far'"
    )
    assert ("UNRESOLVED", True) in unresolved


def test_the_run_shows_a_table_a_kind_and_where_to_look(home: Path) -> None:
    shown = (home / "stdout").read_text(encoding="utf-8")
    for words in ("figures:", "claims:", "place_mentions:", "entity_mentions:", "dates:", "dateline.duckdb", "report.html", "Run run_"):
        assert words in shown


def last_state(env: Mapping[str, str]) -> tuple[str, str]:
    """Return type and name of the state in which the last flow run ended, as Prefect's server has it."""
    asked = {"sort": "EXPECTED_START_TIME_DESC", "limit": 1}
    [run] = httpx.post(f"{env['PREFECT_API_URL']}/flow_runs/filter", json=asked, timeout=20).json()
    return run["state_type"], run["state_name"]


def seen(env: Mapping[str, str], event: str) -> bool:
    """Return whether Prefect's server comes to see an event of this name; it writes them some time after the states that they tell of."""
    asked = {"filter": {"event": {"name": [event]}}}
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if httpx.post(f"{env['PREFECT_API_URL']}/events/filter", json=asked, timeout=20).json()["total"]:
            return True
        time.sleep(0.3)
    return False


def test_the_gate_stops_the_load_with_exit_code_3_and_leaves_the_facts_as_they_were(home: Path, prefect_env: dict[str, str]) -> None:
    before = {table: rows(home, f"SELECT count(*) FROM {table}") for table in TABLES}
    # Ten thousand words without a figure, name or date: only a broken reader or extractor gives that.
    dull = [{"id": f"dull{n}", "text": f"and then it went on and on as before {'so ' * n}" * 40} for n in range(60)]
    (home / "dull.jsonl").write_text("\n".join(map(json.dumps, dull)), encoding="utf-8")
    with listening() as (webhook, alerts):
        done = dateline("run", home / "dull.jsonl", home=home, env={**prefect_env, "DATELINE_WEBHOOK": webhook})
    assert done.returncode == 3, done.stderr
    assert [(alert["kind"], alert["exit_code"]) for alert in alerts] == [("quality gate", 3)]
    assert last_state(prefect_env) == ("FAILED", "QualityGate"), "an automation can tell it from a failed run"
    assert seen(prefect_env, "prefect.flow-run.QualityGate"), "what the automation in docs/schedules.md waits for"
    assert "figures" in done.stderr
    assert {table: rows(home, f"SELECT count(*) FROM {table}") for table in TABLES} == before
    assert rows(home, "SELECT status FROM ops.runs ORDER BY started_at DESC LIMIT 1") == [("refused",)]
    assert rows(home, "SELECT count(*) > 0 FROM ops.quality_results WHERE NOT success AND severity = 'critical'") == [(True,)]


def test_a_failed_run_is_told_from_a_failed_gate_by_exit_code_state_and_alert(home: Path, prefect_env: dict[str, str]) -> None:
    with listening() as (webhook, alerts):
        done = dateline("run", home / "nowhere.txt", home=home, env={**prefect_env, "DATELINE_WEBHOOK": webhook})
    assert done.returncode == 1, done.stderr
    assert [(alert["kind"], alert["exit_code"]) for alert in alerts] == [("failed run", 1)]
    assert last_state(prefect_env) == ("FAILED", "Failed")


def test_damaged_kept_bytes_are_named_by_the_doctor_and_passed_over_when_pages_are_read_again(home: Path, prefect_env: dict[str, str]) -> None:
    [(address, path)] = rows(home, "SELECT address, raw_path FROM ops.fetches WHERE ends_with(address, '/one')")
    file = home / "warehouse" / "raw" / str(path)
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    done = dateline("doctor", "--json", home=home, env=prefect_env)
    assert done.returncode == 0, "it stops no run"
    [found] = [found for found in json.loads(done.stdout) if found["what"] == "kept bytes"]
    assert found["level"] == "warning" and str(file) in found["found"] and str(address) in found["found"] and "--reread" in found["remedy"]

    documents = rows(home, "SELECT url, revision, text FROM documents ORDER BY ALL")
    done = dateline("reprocess", "--reread", "--all", home=home, env=prefect_env)
    assert done.returncode == 0, done.stderr
    [(reason,)] = rows(home, f"SELECT reason FROM ops.quarantine WHERE rule = 'read.raw_gone' AND location = '{address}'")
    assert str(path) in str(reason)
    assert rows(home, "SELECT url, revision, text FROM documents ORDER BY ALL") == documents
    last = "(SELECT run_id FROM ops.runs ORDER BY started_at DESC LIMIT 1)"
    assert rows(home, f"SELECT count(*) FROM documents WHERE run_id = {last}") == [(5,)], "the others were read, and its text from the warehouse"


def test_a_second_writer_is_refused_with_the_name_of_the_first(home: Path, prefect_env: dict[str, str]) -> None:
    with writer_lock(home / "warehouse" / "work.duckdb"):
        done = dateline("run", home / "inputs", home=home, env=prefect_env)
    assert done.returncode == 4
    assert str(os.getpid()) in done.stderr
