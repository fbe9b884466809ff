"""What a run says of itself: the versions that its facts depend on, and why it has read nothing."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

from dateline.errors import DatelineError
from dateline.nlp.version import extractor_version

if TYPE_CHECKING:
    from dateline.ingest.run import Run


def nothing_read(run: Run) -> DatelineError | None:
    """Return the error of a run that got nothing out of any of its inputs; sources that answer without news are no error."""
    if run.counts["documents_read"] or not run.inputs or not (run.intake is None or run.intake.silent):
        return None
    refused = run.counts["documents_refused"]
    if run.intake is not None and not run.intake.failed:
        return DatelineError("every source failed lately and is left alone for now.", remedy="`dateline doctor` lists them; name one to ask it now.")
    return DatelineError(
        f"no article could be read ({refused} refused)." if refused else "no article was found.",
        where=", ".join(run.inputs[:5]) + (", ..." if len(run.inputs) > 5 else ""),
        remedy="`dateline sql @refused_by_rule` says why." if refused else "Give text, HTML, JSONL or feed files, folders of them, or URLs.",
    )


def versions(model: str | None) -> dict[str, str]:
    """Return what the facts of a run depend on."""
    packages = ("dateline", "spacy", "duckdb", "great-expectations", "prefect")
    return {"extractors": extractor_version(model), "python": platform.python_version(), **{name: version(name) for name in packages}}
