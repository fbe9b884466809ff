"""The warehouse as a run writes it, whichever kind it is: a connection, a turn to write in, who else is at it, and what publishing means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import duckdb

from dateline.config import Settings
from dateline.warehouse import lake
from dateline.warehouse.lock import MEMORY_LIMIT, connect, open_work, writer_lock
from dateline.warehouse.publish import publish
from dateline.warehouse.schema import ensure_schema
from dateline.warehouse.target import Lake
from dateline.warehouse.turns import Turns

# What DuckDB may hold during the steps of a run over a small warehouse: pages that it has read stay in memory as long as there is room. Checks of 2.3
# million rows do with 80 MB, those of 11 million not with 500.
_LEAST_MEMORY = 128
_MEMORY_OF_ROWS = 60  # Megabytes a million.

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(slots=True)
class Writer:
    """An open warehouse.

    Attributes:
        con: The connection, until it is renewed; it belongs to one thread.
        turn: Gives a block in which nobody else writes. Everything written goes into one.
        dead: Those of the runs said to be running that nobody carries out any more.
        publish: Makes what was written visible to readers.
        reopen: Opens the file once more; None where there is no file.
    """

    con: duckdb.DuckDBPyConnection
    turn: Callable[[], AbstractContextManager[None]]
    dead: Callable[[Iterable[str]], list[str]]
    publish: Callable[[], object]
    reopen: Callable[[], duckdb.DuckDBPyConnection] | None = None

    def renew(self) -> None:
        """Close the file and open it again: only so does DuckDB give back to the system all that it has taken from it."""
        if self.reopen is not None:
            self.con.close()
            self.con = self.reopen()
            spare_memory(self.con)

    def carry_out(self, step: Callable[Concatenate[duckdb.DuckDBPyConnection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a step gives; one for which the memory of a warehouse of this size is too little is taken again with all there may be.

        Args:
            step: Called with the connection first. It must leave nothing half done.
        """
        try:
            return step(self.con, *args, **kwargs)
        except duckdb.OutOfMemoryException:
            if self.reopen is None:
                raise
            set_memory(self.con, MEMORY_LIMIT)
            return step(self.con, *args, **kwargs)


def spare_memory(con: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB hold what a warehouse of its rows needs, and no more."""
    rows: int = con.execute("SELECT coalesce(sum(estimated_size), 0)::BIGINT FROM duckdb_tables()").fetchall()[0][0]
    set_memory(con, min(MEMORY_LIMIT, max(_LEAST_MEMORY, _MEMORY_OF_ROWS * rows // 1_000_000)))


def set_memory(con: duckdb.DuckDBPyConnection, megabytes: int) -> None:
    """Let DuckDB hold so much in memory."""
    con.execute(f"SET memory_limit = '{megabytes}MB'")


@contextmanager
def open_writer(settings: Settings, *, run_id: str) -> Iterator[Writer]:
    """Open the warehouse of the settings for writing, made or migrated to the present schema.

    A DuckDB file has one writer, who waits for nobody and whose publishing swaps the snapshot. A lake has many, who take turns; its readers see each
    batch once it is committed. The folder on this machine (fetched bytes, staging, report) has one run at a time either way.

    Raises:
        WarehouseBusy: Another run has the file, or the folder.
        EnvironmentProblem: It cannot be opened.
    """
    if settings.lake is None:
        with open_work(settings.work, run_id=run_id) as con:
            # The lock is held, so whatever else says that it is running was killed.
            writer: Writer

            def swap() -> object:
                return writer.carry_out(publish, settings.published)

            writer = Writer(con, nullcontext, list, swap, partial(connect, settings.work))
            spare_memory(con)
            try:
                yield writer
            finally:
                writer.con.close()
        return
    with writer_lock(settings.work, run_id), _open_lake(settings.lake, run_id) as writer:
        yield writer


@contextmanager
def _open_lake(target: Lake, run_id: str) -> Iterator[Writer]:
    with Turns(target.connection, run_id) as turns:
        with turns.turn():
            con = lake.connect(target)
            try:
                ensure_schema(con)
            except BaseException:
                con.close()
                raise
        try:
            yield Writer(con, turns.turn, turns.dead, lambda: None)
        finally:
            con.close()
