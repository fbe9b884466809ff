"""`dateline extract`: facts as JSON lines, without warehouse or scheduler."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import people, refused
from dateline.errors import DatelineError, UsageError
from dateline.model import Article, Rejection


def command(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs or URLs of text, HTML, JSONL, feeds.")],
    format: Annotated[str, typer.Option("--format", help="Output format; jsonl is the only one so far.")] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of stdout.")] = None,
    model: Annotated[str | None, typer.Option(help="spaCy pipeline to use instead of the shipped one.")] = None,
    config: Annotated[Path | None, typer.Option(help="Configuration file (default: dateline.toml here).")] = None,
) -> None:
    """Read articles and print their facts, one JSON object a line.

    Offsets are characters into the text; a JSONL text is taken exactly as it is, text and HTML files are cleaned first and the object then carries
    the cleaned "text". What cannot be read is named on stderr and the rest goes on; exit code 1 when nothing could be read.

    Examples:

      dateline extract article.html

      dateline extract news.jsonl --output facts.jsonl
    """
    if format != "jsonl":
        raise UsageError(f"unknown format {format!r}.", remedy="Use --format jsonl; for tables: dateline run, then dateline export.")
    from dateline.config import load_settings
    from dateline.exchange import facts_json
    from dateline.nlp.load import load_nlp
    from dateline.normalize import entity_decisions
    from dateline.pipeline import extract
    from dateline.read.sources import read_inputs

    settings = load_settings(config, model=model)
    entity_decisions.use(settings.entity_decisions)
    seen = _Seen()
    articles = seen.articles(read_inputs(inputs, settings=settings.read, unique=False))
    nlp = load_nlp(settings.model)
    with output.open("w", encoding="utf-8") if output else nullcontext(sys.stdout) as out:
        for article, facts in extract(nlp, articles, batch=32):
            record = facts_json(article, facts)
            if not article.taken_as_is:
                record = {"id": record["id"], "source": article.source, "title": article.title, "text": article.text, **record}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            out.flush()
    if seen.refused:
        people.print(f"{seen.read} articles read, {seen.refused} refused.")
    if not seen.read:
        raise DatelineError("no article could be read.", remedy="See the messages above; `dateline extract --help` lists the formats.")


class _Seen:
    """Counts what came in while it streams by."""

    def __init__(self) -> None:
        self.read = 0
        self.refused = 0

    def articles(self, stream: Iterable[Article | Rejection]) -> Iterator[Article]:
        for item in stream:
            if isinstance(item, Rejection):
                refused(item)
                self.refused += item.severity == "refused"
            else:
                self.read += 1
                yield item
