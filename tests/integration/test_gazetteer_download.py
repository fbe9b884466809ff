"""`dateline gazetteer download` fetches from a real HTTP server and merges what it got; a bad answer changes nothing."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.gazetteer import app
from dateline.errors import EnvironmentProblem, UsageError
from dateline.gazetteer import Gazetteer, index_path
from dateline.gazetteer.build import additions, additions_folder
from dateline.gazetteer.download import download

pytestmark = pytest.mark.integration


def _zip(name: str, text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("readme.txt", "words")
        archive.writestr(name, text)
    return raw.getvalue()


_ROW = "900000001 Qwertyopol Qwertyopol Qwertopil 51.0655 35.2081 P PPL RU - 41 - - - 450 - 150 x 2024-01-01".replace("-", "").split(" ")
_ROW[-1] = "2024-01-01"
FILES = {
    "/dump/ZZ.zip": _zip("ZZ.txt", "\t".join(_ROW) + "\n"),
    "/dump/XX.zip": b"<html>busy</html>",
    "/dump/admin1CodesASCII.txt": b"RU.41\tKursk\tKursk\t538555\n",
}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = FILES.get(self.path)
        self.send_response(200 if body is not None else 404)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_address[1]}/dump/"
    httpd.shutdown()
    httpd.server_close()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_file_is_fetched_and_merged(server: str, cache: Path) -> None:
    result = CliRunner().invoke(app, ["download", "ZZ", "--url", server])
    assert result.exit_code == 0, result.output
    assert [path.name for path in additions()] == ["ZZ.zip"]
    (entry,) = Gazetteer(index_path()).lookup("Qwertopil")
    assert (entry.name, entry.kind, entry.country, entry.geonames_id, entry.admin1) == ("Qwertyopol", "village", "RU", 900000001, "Kursk Oblast")


def test_a_text_file_comes_as_it_is(server: str, tmp_path: Path) -> None:
    assert download("admin1CodesASCII", tmp_path, base=server).read_bytes().startswith(b"RU.41")


@pytest.mark.parametrize(("name", "error"), [("QQ", UsageError), ("XX", EnvironmentProblem), ("../etc/passwd", UsageError)])
def test_a_bad_answer_leaves_nothing(server: str, cache: Path, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        download(name, additions_folder(), base=server)
    assert not additions_folder().is_dir() or list(additions_folder().iterdir()) == []


def test_no_server_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as problem:
        download("UA", tmp_path, base="http://127.0.0.1:9/")
    assert "gazetteer add" in str(problem.value)
    assert list(tmp_path.iterdir()) == []
