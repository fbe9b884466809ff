from pathlib import Path

import pytest

from dateline.config import load_settings
from dateline.errors import UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("DATELINE_CONFIG", "DATELINE_WAREHOUSE", "DATELINE_WORKERS", "DATELINE_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_flags_come_before_variables_before_the_file_before_defaults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings().workers == 1
    (folder / "dateline.toml").write_text("workers = 2\nbatch = 50\n[read]\nallow_private = true\nmax_links = 7\n")
    assert (load_settings().workers, load_settings().batch) == (2, 50)
    monkeypatch.setenv("DATELINE_WORKERS", "3")
    monkeypatch.setenv("DATELINE_READ_MAX_LINKS", "9")
    assert load_settings().workers == 3
    assert (load_settings().read.allow_private, load_settings().read.max_links) == (True, 9)
    assert load_settings(workers=4).workers == 4
    assert load_settings(workers=None).workers == 3


def test_a_path_in_the_file_is_relative_to_the_file(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "my.toml").write_text('warehouse = "w"\nsources = ["articles", "/news/*.html", "https://a.example/feed"]\n')
    settings = load_settings(Path("sub/my.toml"))
    assert settings.warehouse == Path("sub/w")
    assert settings.sources == ("sub/articles", "/news/*.html", "https://a.example/feed")


def test_decisions_lie_beside_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_ENTITY_DECISIONS", raising=False)
    assert load_settings().entity_decisions == Path("entity_decisions.csv")
    (folder / "sub").mkdir()
    (folder / "sub" / "my.toml").write_text("workers = 1\n")
    assert load_settings(Path("sub/my.toml")).entity_decisions == Path("sub/entity_decisions.csv")
    (folder / "sub" / "my.toml").write_text('entity_decisions = "who/is_who.csv"\n')
    assert load_settings(Path("sub/my.toml")).entity_decisions == Path("sub/who/is_who.csv")
    monkeypatch.setenv("DATELINE_ENTITY_DECISIONS", "/elsewhere.csv")
    assert load_settings(Path("sub/my.toml")).entity_decisions == Path("/elsewhere.csv")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wokers = 2\n", "unknown setting 'wokers'"),
        ("[read]\nallow = true\n", "unknown setting 'allow'"),
        ("workers = 'many'\n", "'many' is not a int"),
        ("workers = 0\n", "1 or more"),
        ("[read]\nsource_timeout = 0\n", "source_timeout must be more"),
        ("workers = \n", "not TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_place_and_remedy(folder: Path, text: str, words: str) -> None:
    (folder / "dateline.toml").write_text(text)
    with pytest.raises(UsageError, match=words):
        load_settings()


def test_a_missing_file_names_itself(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"absent\.toml.*dateline init"):
        load_settings(Path("absent.toml"))
