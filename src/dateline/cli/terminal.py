"""What the verbs print with: stdout is data, stderr is for people; bars and colours only on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from dateline.errors import DatelineError
from dateline.model import Rejection

people = Console(stderr=True, highlight=False, soft_wrap=True)
# Into a pipe or a file there is no width to keep to; 80 columns, the default there, would cut words into pieces.
data = Console(highlight=False, width=None if sys.stdout.isatty() else 140)


def complain(problem: DatelineError) -> None:
    """Print an error: what, where, what to do."""
    line = Text("error: ", style="bold red")
    # Text, not markup: file names and titles are untrusted and may hold brackets or escapes.
    line.append(plain(str(problem)), style="not bold default")
    people.print(line)


def refused(rejection: Rejection) -> None:
    """Print what was refused and why, on one line; a "note" is about a field of an article that was kept."""
    where = f"{rejection.location}: " if rejection.location else ""
    people.print(Text(f"{rejection.severity}: ", style="yellow").append(plain(f"{where}{rejection.reason}"), style="default"))


def plain(text: str) -> str:
    """Return `text` without control characters, so that hostile names cannot drive the terminal."""
    return "".join(c if c.isprintable() or c == " " else "\N{REPLACEMENT CHARACTER}" for c in text)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()) -> Group:
    """Return a table for people under its title; `right` names the columns of numbers."""
    out = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in columns:
        out.add_column(name, justify="right" if name in right else "left", overflow="fold")
    for row in rows:
        out.add_row(*(Text("" if cell is None else plain(str(cell))) for cell in row))
    # Not the table's own title: that is folded to the width of the table.
    return Group(Text(plain(title), style="bold"), out)


def progress() -> Progress:
    """Return a bar with rate and remaining time; silent where stderr is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=people,
        disable=not sys.stderr.isatty(),
        transient=True,
    )
