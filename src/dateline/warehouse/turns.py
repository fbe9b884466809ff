"""Writers of one lake take turns, and say that they live: advisory locks of the PostgreSQL that holds its catalog.

DuckLake lets two transactions that only insert commit side by side, each on the state it saw. That is not enough here: two batches that bring the
same report or the same place would both find it missing, and number revisions alike. Reading and extracting, which is nearly all the work, goes on
side by side; loads come one after the other. PostgreSQL drops the locks of a connection that ends, however it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from dateline.errors import EnvironmentProblem

_OURS = 0x444C  # First key of all our locks ("DL"): other programs may use the same database.
_TURN = 0
_KEY = "hashtext(%s)"  # A run's key. Should it meet the turn's or another run's: a dead run is found a run later, nothing is lost.


class Turns:
    """A connection to the catalog's database that holds this run's locks; a context manager."""

    def __init__(self, connection: str, run_id: str | None = None) -> None:
        try:
            import psycopg
        except ImportError as absent:
            raise EnvironmentProblem(
                "a warehouse in a DuckLake needs more packages.", remedy="Install them: pip install 'dateline[lake]'."
            ) from absent
        try:
            self._con: Any = psycopg.connect(connection, autocommit=True, application_name="dateline", connect_timeout=20)
        except psycopg.Error as problem:
            raise EnvironmentProblem(
                f"the catalog's database does not answer: {str(problem).splitlines()[0]}",
                remedy="Is PostgreSQL up, and do host, dbname, user and PGPASSWORD name it?",
            ) from problem
        if run_id is not None:
            self._con.execute(f"SELECT pg_advisory_lock(%s, {_KEY})", [_OURS, run_id])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._con.close()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other run loads, and keep the others waiting until the block ends.

        Raises:
            EnvironmentProblem: The connection was lost meanwhile: others may have written beside this run.
        """
        import psycopg

        try:
            self._con.execute("SELECT pg_advisory_lock(%s, %s)", [_OURS, _TURN])
            yield
            [(held,)] = self._con.execute("SELECT pg_advisory_unlock(%s, %s)", [_OURS, _TURN]).fetchall()
        except psycopg.Error as problem:
            raise EnvironmentProblem(
                f"the connection to the catalog's database was lost: {str(problem).splitlines()[0]}",
                remedy="Run again when it is back: what was committed stays, the rest is read again.",
            ) from problem
        except BaseException:
            self._con.execute("SELECT pg_advisory_unlock(%s, %s)", [_OURS, _TURN])
            raise
        if not held:
            raise EnvironmentProblem("this run's turn to write was taken away.", remedy="Run `dateline check`, then run again.")

    def dead(self, run_ids: Iterable[str]) -> list[str]:
        """Return those of the runs that nobody carries out any more: their locks are free."""
        gone = []
        for run_id in run_ids:
            [(free,)] = self._con.execute(f"SELECT pg_try_advisory_lock(%s, {_KEY})", [_OURS, run_id]).fetchall()
            if free:
                self._con.execute(f"SELECT pg_advisory_unlock(%s, {_KEY})", [_OURS, run_id])
                gone.append(run_id)
        return gone
