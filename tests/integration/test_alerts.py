"""Alerts: a failed run and a failed gate are told apart by state and by message, sent to a real server on this machine."""

from __future__ import annotations

import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from alerted import listening

from dateline.config import Settings, load_settings
from dateline.errors import DatelineError, EnvironmentProblem, QualityError, UsageError
from dateline.ingest import summary
from dateline.ingest.run import Run
from dateline.ingest.summary import alert

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("problem", "error", "kind", "exit_code"),
    [
        (QualityError("the quality gate refused the run: run.figures.some."), "QualityError", "quality gate", 3),
        (EnvironmentProblem("the disk is full."), "EnvironmentProblem", "failed run", 4),
        (DatelineError("no article was found."), "DatelineError", "failed run", 1),
        (ZeroDivisionError("division by zero"), "ZeroDivisionError", "failed run", 1),
    ],
)
def test_the_message_tells_a_failed_gate_from_a_failed_run(problem: Exception, error: str, kind: str, exit_code: int, tmp_path: Path) -> None:
    with listening() as (url, got):
        settings = Settings(warehouse=tmp_path, webhook=url)
        run = Run(settings, inputs=["a"])
        alert(settings, run, problem)
    expected = {"kind": kind, "error": error, "message": str(problem), "run_id": run.run_id, "flow": "ingest", "exit_code": exit_code}
    assert got == [expected]


@pytest.mark.parametrize("status", [500, None])
def test_an_alert_that_cannot_be_sent_changes_nothing_and_keeps_the_secret(
    status: int | None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with listening(status or 200) as (url, _):
        address = url if status else url.replace("127.0.0.1", "127.0.0.2").rsplit(":", 1)[0] + ":9/hooks/secret-token"
        settings = Settings(warehouse=tmp_path, webhook=address)
        with caplog.at_level(logging.DEBUG):
            alert(settings, Run(settings), DatelineError("no article was found."))
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("dateline"))
    assert "could not be sent" in said and "secret-token" not in caplog.text


def test_a_webhook_that_trickles_holds_no_run_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Each byte of the answer comes in time and the answer never ends; the limits of the client count from byte to byte."""
    monkeypatch.setattr(summary, "ALERT_WITHIN", 0.5)
    over = threading.Event()

    class Trickle(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            while not over.wait(0.05):
                self.wfile.write(b"H")

    server = HTTPServer(("127.0.0.1", 0), Trickle)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings = Settings(warehouse=tmp_path, webhook=f"http://127.0.0.1:{server.server_address[1]}/hooks/secret-token")
    alerting = threading.Thread(target=alert, args=(settings, Run(settings, inputs=["a"]), DatelineError("x")), daemon=True)
    alerting.start()
    alerting.join(20)
    try:
        assert not alerting.is_alive()
        assert "could not be sent to 127.0.0.1" in caplog.text and "secret-token" not in caplog.text
    finally:
        over.set()
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("webhook", ["not a url", "ftp://example.org/x", "http://[::1", "https://"])
def test_a_webhook_that_is_no_address_is_refused_before_any_run(webhook: str) -> None:
    with pytest.raises(UsageError, match="webhook"):
        load_settings(webhook=webhook)
