"""Serve the flows on a schedule from one process: no work pool, no worker.

    python flows/schedule.py              the same as: dateline schedule

For a work pool with workers use prefect.yaml instead.
"""

from __future__ import annotations

import sys
from pathlib import Path

from prefect import serve

sys.path.insert(0, str(Path(__file__).resolve().parent))  # Prefect loads these files by path; neighbours must be found.
from dateline.config import load_settings
from ingest import ingest
from prefect_server import server
from reprocess import reprocess


def main(config: Path | None = None, cron: str | None = None) -> None:
    """Serve ingest on the configured cron and reprocess by hand, one run at a time, until stopped."""
    settings = load_settings(config, cron=cron)
    parameters = {"config": str(config)} if config else {}
    scheduled = ingest.to_deployment(name="scheduled", cron=settings.cron, parameters=parameters, concurrency_limit=1)
    by_hand = reprocess.to_deployment(name="by-hand", parameters=parameters, concurrency_limit=1)
    with server():
        # The schedule outlives the process: a restart after an update must not find it switched off.
        serve(scheduled, by_hand, pause_on_shutdown=False, limit=1)


if __name__ == "__main__":
    main()
