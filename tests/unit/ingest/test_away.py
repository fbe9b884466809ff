"""Extraction elsewhere, without a cluster: what travels, what comes back, and what is left of attempts that nobody waits for."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import EnvironmentProblem
from dateline.ingest.away import Delivered, Lost, carry_out, clear, collect, parcel, without_killers
from dateline.ingest.workers import Batch, Extracted
from dateline.model import Article
from dateline.warehouse.stage import read_batch


def batch(folder: Path, *texts: str, **more: object) -> Batch:
    articles = tuple(Article(document_id=f"doc_{number}", text=text, source="here") for number, text in enumerate(texts))
    return Batch(number=7, folder=folder, run_id="run_1", model=None, articles=articles, **more)  # type: ignore[arg-type]  # Of the same names.


TEXT = "Officials in Sumy said on Monday that 14 houses were damaged."


def test_rows_come_back_and_an_attempt_that_was_given_up_changes_nothing(tmp_path: Path) -> None:
    exchange = str(tmp_path / "exchange")
    sent = parcel(batch(tmp_path / "staging" / "run_1" / "000007", TEXT), exchange)
    first, second = carry_out(sent), carry_out(sent)
    assert first.place != second.place
    extracted = collect(second, tmp_path / "staging" / "run_1" / "000007")
    assert extracted.folder == tmp_path / "staging" / "run_1" / "000007"
    figures = read_batch(extracted.folder)["figures"].to_pylist()
    assert [(row["value_min"], row["item"]) for row in figures] == [(14.0, "house")]
    assert Path(first.place).is_dir()
    assert not Path(second.place).exists()
    clear(exchange, "run_1")
    assert not Path(first.place).exists()
    clear(exchange, "run_1")  # Nothing there is nothing wrong.


def test_decisions_about_entities_travel(tmp_path: Path) -> None:
    decided = tmp_path / "decided.csv"
    decided.write_text("action,type,name,into,note\nmerge,ORG,Northern Command,Army Group North,\n", encoding="utf-8")
    sent = batch(tmp_path / "rows", "The Northern Command said that 14 houses were damaged.", decisions=decided)
    away = parcel(sent, str(tmp_path / "exchange"))
    decided.unlink()  # The machine that extracts does not have the file.
    names = {row["canonical"] or row["name"] for row in read_batch(Path(carry_out(away).place))["entity_mentions"].to_pylist()}
    assert "Army Group North" in names


def test_a_worker_with_other_extractors_says_so(tmp_path: Path) -> None:
    other = replace(pickle.loads(parcel(batch(tmp_path / "rows", TEXT), str(tmp_path))), version="of last year")
    with pytest.raises(EnvironmentProblem, match="of last year"):
        carry_out(pickle.dumps(other))


def test_an_exchange_that_cannot_be_reached_is_named(tmp_path: Path) -> None:
    gone = Extracted(number=0, folder=tmp_path, rows={}, words=0, seconds=0)
    with pytest.raises(EnvironmentProblem, match="nowhere"):
        collect(Delivered(place=str(tmp_path / "nowhere"), extracted=gone), tmp_path / "rows")
    with pytest.raises(EnvironmentProblem, match="nosuch://"):
        clear("nosuch://bucket", "run_1")


def test_articles_that_kill_workers_are_refused_and_the_rest_kept(tmp_path: Path) -> None:
    class Asked:
        def __init__(self, asked: Batch) -> None:
            self.asked = asked

        def result(self, timeout: float | None = None) -> Delivered:
            if any("hostile" in article.text for article in self.asked.articles):
                raise Lost
            return Delivered(place="", extracted=Extracted(number=0, folder=tmp_path, rows={}, words=0, seconds=0))

    kept = without_killers(batch(tmp_path, TEXT, "A hostile text.", TEXT), Asked)
    assert [article.document_id for article in kept.articles] == ["doc_0", "doc_2"]
    assert [(refused.rule, refused.document_id) for refused in kept.rejections] == [("extract.worker_died", "doc_1")]
