"""Where the warehouse is: a folder, or a lake; what is said of it never holds a password."""

from pathlib import Path

import pytest

from dateline.config import Settings, load_settings
from dateline.errors import UsageError
from dateline.warehouse.target import Lake, parse_target, refuse_lake


@pytest.mark.parametrize("text", ["news/warehouse", "duckdb:news/warehouse"])
def test_a_path_is_a_folder(text: str) -> None:
    assert parse_target(text) == "news/warehouse"
    settings = load_settings(warehouse=text)
    assert (settings.warehouse, settings.lake, settings.snapshot) == (Path("news/warehouse"), None, Path("news/warehouse/dateline.duckdb"))


def test_a_lake_keeps_its_address_as_it_was_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    text = "ducklake:postgres:postgresql://ann@db.example/news"
    (tmp_path / "dateline.toml").write_text(f'warehouse = "{text}"\nlake_data = "s3://bucket/news"\nlocal = "here"\n')
    settings = load_settings()
    assert settings.lake == Lake("postgresql://ann@db.example/news", "s3://bucket/news")
    assert settings.snapshot == settings.lake
    assert settings.target == text
    assert (settings.warehouse, settings.staging) == (Path("here"), Path("here/staging"))
    assert load_settings(warehouse="elsewhere").lake is None


def test_a_lake_is_set_by_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_WAREHOUSE", "ducklake:postgres:host=db dbname=news")
    monkeypatch.setenv("DATELINE_LAKE_DATA", "/shared/news")
    assert load_settings().lake == Lake("host=db dbname=news", "/shared/news")
    assert load_settings().warehouse == Path("warehouse")


@pytest.mark.parametrize("text", ["ducklake:", "ducklake:postgres:", "ducklake:catalog.ducklake", "ducklake:sqlite:c.db"])
def test_other_catalogs_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="PostgreSQL"):
        parse_target(text)


@pytest.mark.parametrize(
    "connection",
    ["host=db password=hush dbname=news", "host=db password='hush hush' dbname=news", "postgresql://ann:hush@db/news", "host=db PASSWORD = hush"],
)
def test_a_password_is_never_shown(connection: str) -> None:
    lake = Lake(connection)
    assert "hush" not in str(lake) + repr(lake) + repr(Settings(lake=lake))
    assert "db" in str(lake)


def test_verbs_for_files_say_so() -> None:
    refuse_lake(None, "backup")
    with pytest.raises(UsageError, match="pg_dump"):
        refuse_lake(Lake("host=db"), "backup")
