"""`dateline init`: a project folder that runs at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from dateline import resources
from dateline.cli.terminal import people
from dateline.errors import UsageError

_CONFIG = """\
# Dateline's settings. Flags of the command line and variables (DATELINE_WAREHOUSE, DATELINE_READ_ALLOW_PRIVATE, ...) come before this file.

# Where the databases, the report and the staging files go; relative to this file.
warehouse = "warehouse"

# What `dateline run` without arguments and the schedule read: files, folders, globs, feeds and page URLs.
sources = ["articles"]

# When `dateline schedule` runs the ingest flow.
cron = "*/15 * * * *"

# Worker processes for extraction, and articles in one batch.
workers = 2
batch = 500

# A spaCy pipeline of your own (package or path) instead of the shipped one.
# model = "en_core_web_lg"

# Past one machine (docs/scale.md): a lake that several writers share, and a Dask cluster that extracts.
# warehouse = "ducklake:postgres:host=db.example dbname=news"
# lake_data = "s3://bucket/news"
# dask = "tcp://scheduler.example:8786"
# exchange = "s3://bucket/exchange"

# A URL that gets a JSON message when a run fails or the quality gate stops it.
# webhook = "https://example.org/hooks/dateline"

# Days for which fetched bytes and quality results are kept (0: for good); `dateline compact` lets older ones go.
keep_raw_days = 0
keep_log_days = 400

# Who is who: `dateline entities merge` and `split` write this file (relative to this one), and every extraction keeps to it.
entity_decisions = "entity_decisions.csv"

[read]
# Let URLs lead to private addresses (an intranet's feeds). Off, so that a feed cannot make Dateline fetch from inside your network.
allow_private = false

# Seconds that a run gives one source with all that it leads to; then it is cut short, and the next run goes on there.
source_timeout = 300
"""


def command(
    folder: Annotated[Path, typer.Argument(help="Folder to make; it may exist, files in it are kept.")] = Path(),
    samples: Annotated[bool, typer.Option(help="Copy the sample articles into it.")] = True,
) -> None:
    """Make a project folder: dateline.toml, entity_decisions.csv (see `dateline entities`) and some articles to begin with.

    Examples:

      dateline init news && cd news && dateline run
    """
    from dateline.normalize import entity_decisions

    config = folder / "dateline.toml"
    if config.exists():
        raise UsageError("there is a configuration already.", where=str(config), remedy="Edit it, or choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    articles = folder / "articles"
    articles.mkdir(exist_ok=True)
    config.write_text(_CONFIG, encoding="utf-8")
    decisions = folder / entity_decisions.FILE
    if not decisions.exists():
        decisions.write_text(",".join(entity_decisions.COLUMNS) + "\n", encoding="utf-8")
    if samples:
        for sample in sorted((resources.root() / "seeds" / "articles").iterdir()):
            if sample.name != "README.md" and not (articles / sample.name).exists():
                shutil.copyfile(sample, articles / sample.name)
    people.print(f"Made {config} and {articles}/.")
    people.print(f"Next: {'' if folder == Path() else f'cd {folder} && '}dateline run")
