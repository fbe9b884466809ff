"""Do the fault tests fail when what they test is taken out? `python tests/integration/unprotected.py [NAME...] [--list]`

Each protection is taken out of a copy of the sources and the test that stands for it is run against that copy. A test that still passes tests
nothing: exit code 1. The ordinary tests do not run this; whoever changes a protection or its test does.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_SECONDS = 500


@dataclass(frozen=True)
class Protection:
    """What protects: the words of a source file that are replaced to take it out, and the test that must fail then."""

    name: str
    file: str
    words: str
    without: str
    test: str


_HTTP = "tests/integration/test_read_http.py"
_SOURCES = "tests/integration/test_sources.py"
_KILLED = "tests/integration/test_killed_runs.py"
_FAULTS = "tests/integration/test_faults.py"
PROTECTIONS = (
    Protection("trickle", "read/fetch.py", "time.monotonic() + self._settings.total_timeout", 'float("inf")', f"{_HTTP} -k trickles_or_hangs"),
    Protection("bomb", "read/inflate.py", "if len(body) > limit:", "if False:", f"{_HTTP} -k (lies_and_errors and bomb)"),
    Protection("announced", "read/fetch.py", "if length.isdigit() and", "if False and", f"{_HTTP} -k (lies_and_errors and announced)"),
    Protection("entities", "read/feed.py", "if _ENTITY.search(text):", "if False:", f"{_HTTP} -k (lies_and_errors and entities)"),
    Protection("private", "read/guard.py", "if not self._allow_private and", "if False and", f"{_HTTP} -k private_addresses"),
    Protection("robots", "read/fetch.py", "if not self._settings.respect_robots:", "if True:", f"{_HTTP} -k robots_txt_is_obeyed"),
    Protection(
        "journal", "ingest/intake.py", "answers = self._journal.take_over()", "answers = {}", f"{_SOURCES} -k what_a_killed_run_was_given"
    ),
    Protection("conditions", "ingest/intake.py", "if not loaded else ()", "if False else ()", f"{_SOURCES} -k leaves_no_conditions"),
    Protection("clock ahead", "ingest/intake.py", "self._now < due <= latest", "self._now < due", f"{_SOURCES} -k clock_that_was_ahead"),
    Protection("rests", "ingest/intake.py", "due_only and self._rests(name)", "False", f"{_SOURCES} -k rests_longer"),
    Protection("damaged bytes", "ingest/intake.py", "if body is None:", "if False:", f"{_SOURCES} -k bytes_are_gone_is_fetched"),
    Protection("transaction", "warehouse/load.py", 'con.execute("BEGIN")', "None", f"{_KILLED} -k (load and transaction)"),
    Protection("killed run", "ingest/run.py", "_unfinished = last_status", "_unfinished = False and last_status", f"{_KILLED} -k (after and loads)"),
    Protection("staging", "ingest/run.py", "discard(self.settings.staging)", "None", f"{_KILLED} -k (between and staged)"),
    Protection("damaged parquet", "warehouse/load.py", "duckdb.InvalidInputException, ", "", f"{_FAULTS} -k damaged_staged"),
    Protection("damaged snapshot", "warehouse/publish.py", "partial.replace(target)", "None", f"{_FAULTS} -k damaged_database"),
)  # fmt: skip


def unprotected(one: Protection, folder: Path) -> tuple[bool, str]:
    """Run the test without the protection; return whether it failed, and how."""
    copy = folder / one.name.replace(" ", "_")
    shutil.copytree(ROOT / "src", copy / "src")
    for name in ("seeds", "sql", "expectations"):
        (copy / name).symlink_to(ROOT / name)
    file = copy / "src" / "dateline" / one.file
    text = file.read_text(encoding="utf-8")
    if one.words not in text:
        return False, f"{one.file} no longer says {one.words!r}: bring this table up to date"
    file.write_text(text.replace(one.words, one.without), encoding="utf-8")
    path, _, wanted = one.test.partition(" -k ")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "--timeout=90", path, "-k", wanted]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(copy / "src")}, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    said = [line for line in done.stdout.splitlines() if line.startswith("E  ")]
    how = re.sub(r"\s+", " ", said[0][1:]).strip()[:140] if said else (done.stdout.strip().splitlines() or ["nothing"])[-1]
    return done.returncode == 1, how


def main() -> None:
    """Try every protection, or those named."""
    wanted = [name for name in sys.argv[1:] if not name.startswith("-")]
    if "--list" in sys.argv:
        for one in PROTECTIONS:
            print(f"{one.name}: {one.file}, {one.test}")
        return
    held = True
    with tempfile.TemporaryDirectory() as folder:
        for one in PROTECTIONS:
            if not wanted or one.name in wanted:
                failed, how = unprotected(one, Path(folder))
                held &= failed
                print(f"{one.name}: {'fails without it' if failed else 'STILL PASSES'}: {how}", flush=True)
    sys.exit(0 if held else 1)


if __name__ == "__main__":
    main()
