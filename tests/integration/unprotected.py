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
    """What protects: the words of a file of src/dateline or flows that are replaced to take it out, and the test that must fail then."""

    name: str
    file: str
    words: str
    without: str
    test: str
    also: tuple[tuple[str, str, str], ...] = ()  # What protects behind it: file, words, and what stands in their place.


_HTTP = "tests/integration/test_read_http.py"
_SOURCES = "tests/integration/test_sources.py"
_KILLED = "tests/integration/test_killed_runs.py"
_FAULTS = "tests/integration/test_faults.py"
_SERVERS = "tests/integration/test_faulty_servers.py"
_LEFT = "tests/integration/test_left_for_the_next_run.py"
_SITEMAPS = "tests/integration/test_sitemaps.py"
_MOVED = "tests/integration/test_moved_sources.py"
_UNIT = "tests/unit"
_BACKUP = "tests/unit/warehouse/test_warehouse_backup.py"
PROTECTIONS = (
    Protection("trickle", "read/fetch.py", "time.monotonic() + self._settings.total_timeout", 'float("inf")', f"{_HTTP} -k trickles_or_hangs"),
    Protection("bomb", "read/inflate.py", "if len(body) > limit:", "if False:", f"{_HTTP} -k (lies_and_errors and bomb)"),
    Protection("announced", "read/fetch.py", "if length.isdigit() and", "if False and", f"{_HTTP} -k (lies_and_errors and announced)"),
    Protection("entities", "read/feed.py", "if _ENTITY.search(text):", "if False:", f"{_HTTP} -k (lies_and_errors and entities)"),
    Protection("private", "read/guard.py", "if not self._allow_private and", "if False and", f"{_HTTP} -k private_addresses"),
    Protection("robots", "read/fetch.py", "if not self._settings.respect_robots:", "if True:", f"{_HTTP} -k robots_txt_is_obeyed"),
    Protection(
        "journal", "ingest/intake.py", "in self._journal.take_over()", "in ()", f"{_SOURCES} -k what_a_killed_run_was_given"
    ),
    Protection(
        "journals", "ingest/journal.py", "self._path.rename(self._named(1 +", "self._path.replace(self._named(0 *", f"{_SOURCES} -k two_killed_runs"
    ),
    Protection("conditions", "ingest/intake.py", "if not loaded else ()", "if False else ()", f"{_SOURCES} -k leaves_no_conditions"),
    Protection("clock ahead", "ingest/past.py", "self._now < due <= latest", "self._now < due", f"{_SOURCES} -k clock_that_was_ahead"),
    Protection("rests", "ingest/intake.py", "due_only and self._past.rests(name)", "False", f"{_SOURCES} -k rests_longer"),
    Protection("damaged bytes", "ingest/intake.py", "if body is None:", "if False:", f"{_SOURCES} -k bytes_are_gone_is_fetched"),
    Protection("source's time", "read/visit.py", "if half else self._until)", 'if half else float("inf"))', f"{_LEFT} -k takes_too_long"),
    Protection("source's time in an answer", "read/guard.py", "min(self.at, self.source)", "self.at", f"{_LEFT} -k trickles_ends"),
    Protection("source's time in a pause", "read/fetch.py", "if not left or seconds >= left:", "if not left:", f"{_LEFT} -k pause_of_an_hour"),
    Protection("pause asked for", "read/fetch.py", ", min(asked, _LONGEST_PAUSE))", ", 0.0)", f"{_HTTP} -k pause_that_robots"),
    Protection(
        "one at a time", "read/fetch.py", "with self._turn(host):\n                    self", "if True:\n                    self",
        f"{_HTTP} -k one_thing_at_a_time",
    ),
    Protection("left entries", "read/visit.py", "self.entries.append(entry)", "return", f"{_LEFT} -k no_page or did_not_answer"),
    Protection("left until loaded", "ingest/intake.py", "list(left) if loaded else []", "list(left)", f"{_LEFT} -k (until_a_run and refused)"),
    Protection("left by a killed run", "ingest/intake.py", "[(entry, False) for entry in outcome.entries]", "[]", f"{_LEFT} -k not_come_to"),
    Protection("journal of an unchanged feed", "ingest/intake.py", "if listing and known.raw_path:", "if False:", f"{_LEFT} -k unchanged_feed"),
    Protection("patience", "read/links.py", "if last or self._on_source is None:", "if self._on_source is None:", f"{_LEFT} -k after_a_week"),
    Protection("most entries left", "read/links.py", "if len(visit.entries) <= limit:", "if True:", f"{_LEFT} -k more_entries"),
    Protection(
        "unread first", "read/links.py", "(entry.link and visit.backlog.checked(entry.link)) or datetime.min", "datetime.min",
        f"{_LEFT} -k (takes_too_long and still)", also=(("read/links.py", "in chosen if entry.link and", "in chosen if False and"),),
    ),
    Protection("older pages", "read/sitemap.py", "if checked is None or", "if True or", f"{_SITEMAPS} -k later_runs"),
    Protection("pages that are gone", "read/sitemap.py", "one.link in backlog.failed)", "False)", f"{_SITEMAPS} -k gone_keep"),
    Protection(
        "turns of pages", "read/sitemap.py", "[one for pair in zip_longest(new, old) for one in pair if one is not None]", "[*old, *new]",
        f"{_SITEMAPS} -k calls",
    ),
    Protection("pages not loaded", "warehouse/sources.py", "coalesce(r.status = 'done', false)", "true", f"{_SITEMAPS} -k no_run_has"),
    Protection(
        "parts of a map", "read/sitemap_pages.py", "self._visit.unfinished |= {page.within", "_ = {page.within", f"{_SITEMAPS} -k to_its_end_is"
    ),
    Protection("time for pages", "read/sitemap_pages.py", "half=True", "half=False", f"{_SITEMAPS} -k map_that_takes"),
    Protection("maps without end", "read/answer.py", 'if kind in {"feed", "sitemap"}:', "if False:", f"{_SITEMAPS} -k without_end"),
    Protection("moved and gone", "ingest/moved.py", "if not others:", "if True:", f"{_MOVED} -k configured_one_is_asked"),
    Protection("moved by mistake", "ingest/moved.py", "timedelta(days=7)", "timedelta(days=7000)", f"{_MOVED} -k (after_a_week and serves)"),
    Protection("moved to a front page", "ingest/moved.py", "if outcome.kind in LISTINGS else None", "", f"{_MOVED} -k front_page"),
    Protection("moved for now", "read/fetch.py", "response.status_code in _FOR_GOOD and", "", f"{_MOVED} -k moved_for_good_is"),
    Protection(
        "moved out of encryption", "read/fetch.py", ' and not (current.startswith("https:") and target.startswith("http:"))', "",
        f"{_MOVED} -k out_of_encryption",
    ),
    Protection("moved inside", "read/guard.py", "if not self._allow_private and", "if False and", f"{_HTTP} -k remembered_address"),
    Protection("transaction", "warehouse/load.py", 'con.execute("BEGIN")', "None", f"{_KILLED} -k (load and transaction)"),
    Protection(
        "killed run", "ingest/run.py", "_unfinished = last_status", "_unfinished = False and last_status", f"{_KILLED} -k (after and loads)"
    ),
    Protection("staging", "ingest/run.py", "discard(self.settings.staging)", "None", f"{_KILLED} -k (between and staged)"),
    Protection("damaged parquet", "warehouse/load.py", "duckdb.InvalidInputException, ", "", f"{_FAULTS} -k damaged_staged"),
    Protection("damaged snapshot", "warehouse/publish.py", "partial.replace(target)", "None", f"{_FAULTS} -k damaged_database"),
    Protection(
        "full disk", "ingest/run.py", "isinstance(problem, duckdb.Error)", "False", f"{_FAULTS} -k full_disk",
        also=(("warehouse/publish.py", "except (OSError, duckdb.Error) as problem:", "except ZeroDivisionError as problem:"),),
    ),
    Protection(
        "damaged work", "warehouse/lock.py", "except duckdb.Error as problem:", "except ZeroDivisionError as problem:",
        f"{_FAULTS} -k (damaged_database and work)",
    ),
    Protection(
        "damaged model", "nlp/load.py", "except Exception as problem:", "except ZeroDivisionError as problem:", f"{_FAULTS} -k damaged_language"
    ),
    Protection(
        "shipped model", "nlp/load.py", "except Exception as problem:", "except ZeroDivisionError as problem:",
        f"{_UNIT}/nlp/test_load.py -k damaged",
    ),
    Protection("clock of a run", "ingest/sieve.py", "in known and kept == published", "in known", f"{_FAULTS} -k (clock_that_jumps and 2024)"),
    Protection(
        "prefect gone", "cli/flows.py", "except httpx.TransportError as gone:", "except ZeroDivisionError as gone:",
        "tests/integration/test_prefect_server.py -k killed_in_the_middle",
    ),
    Protection(
        "server gone", "read/links.py", "except Unavailable as problem:", "except ZeroDivisionError as problem:",
        f"{_SERVERS} -k (makes_good and goes)",
    ),
    Protection(
        "short answer", "read/links.py", "except Unavailable as problem:", "except ZeroDivisionError as problem:",
        f"{_SERVERS} -k (makes_good and length)",
    ),
    Protection("wrong type", "read/links.py", "if page.first and", "if False and", f"{_SERVERS} -k (makes_good and type)"),
    Protection("quotes in paths", "warehouse/load.py", """.replace("'", "''")""", "", f"{_FAULTS} -k sql_in_names"),
    Protection("scripts in titles", "report/layout.py", "autoescape=True", "autoescape=False", f"{_UNIT}/report/test_page.py -k hostile_text"),
    Protection("scripts explained", "report/explain.py", "escape(", "Markup(", f"{_UNIT}/report/test_explain.py -k inert"),
    Protection("page policy", "report/templates/base.html.j2", "default-src 'none'; ", "", f"{_UNIT}/report/test_page.py -k only_our_own"),
    Protection("data docs", "validate/docs.py", "_OUTSIDE.sub(\"\", page)", "page", f"{_UNIT}/validate/test_quality_docs.py -k run_nothing"),
    Protection(
        "data docs' values", "validate/docs.py", "html.escape(value[:300])", "value[:300]", f"{_UNIT}/validate/test_quality_docs.py -k run_nothing"
    ),
    Protection(
        "terminal codes", "warehouse/formats.py", "return _CONTROL.sub", "return re.compile(r'$^').sub",
        f"{_UNIT}/warehouse/test_warehouse_publish.py -k every_format",
    ),
    Protection(
        "sql reads files", "warehouse/query.py", '"enable_external_access": "false"', '"enable_external_access": "true"',
        f"{_UNIT}/warehouse/test_warehouse_publish.py -k may_not_do",
    ),
    Protection(
        "sql writes", "warehouse/query.py", "read_only=True, config=_SEALED", "config=_SEALED",
        f"{_UNIT}/warehouse/test_warehouse_publish.py -k may_not_do",
    ),
    Protection(
        "sql settings", "warehouse/query.py", '"lock_configuration": "true"', '"lock_configuration": "false"',
        f"{_UNIT}/warehouse/test_warehouse_publish.py -k may_not_do",
    ),
    Protection(
        "secrets", "ingest/summary.py", "httpx.URL(settings.webhook).host", "settings.webhook",
        "tests/integration/test_alerts.py -k keeps_the_secret",
    ),
    Protection(
        "secrets of httpx", "ingest/summary.py", "logging.getLogger(library).setLevel(logging.WARNING)", "None",
        "tests/integration/test_alerts.py -k keeps_the_secret",
    ),
    Protection(
        "password", "warehouse/target.py", "_PASSWORD.sub(", "re.compile('$^').sub(", f"{_UNIT}/warehouse/test_warehouse_target.py -k password"
    ),
    Protection("long lines", "read/jsonl.py", "stream.readline(limit + 1)", "stream.readline()", f"{_UNIT}/read/test_jsonl.py -k hundred_megabyte"),
    Protection("redirect inside", "read/guard.py", "if not self._allow_private and", "if False and", f"{_HTTP} -k into_the_private_network"),
    Protection(
        "redirect to files", "read/urls.py", "parts.scheme.lower() not in _DEFAULT_PORTS or not parts.hostname or", "",
        f"{_HTTP} -k (lies_and_errors and redirect-file)",
    ),
    Protection("bomb in an archive", "read/inflate.py", "if len(body) > limit:", "if False:", f"{_UNIT}/read/test_warc.py -k bomb_inside"),
    Protection(
        "bomb of a file", "read/inflate.py", "if self._given > _FREE + self._ratio * self._taken:", "if False:",
        f"{_UNIT}/read/test_sources.py -k (bad_files and swells)",
    ),
    Protection(
        "record's length", "read/warc.py", "record.content_length > settings.max_archive_record_bytes", "False",
        f"{_UNIT}/read/test_warc.py -k declares_too_much",
    ),
    Protection(
        "links out", "read/inputs.py", "if entry.is_symlink() and not", "if False and not", f"{_UNIT}/read/test_inputs.py -k leave_the_folder"
    ),
    Protection("another's address", "read/feed.py", "trusted or same_site(entry.feed, entry.link)", "True", f"{_HTTP} -k another_outlets_address"),
    Protection("invisible marks", "read/decode.py", "*range(0x200B, 0x2010),", "", f"{_UNIT}/read -k invisible"),
    Protection("long words", "nlp/long_words.py", "if not cuts:", "if True:", f"{_UNIT}/nlp/test_long_words.py"),
    Protection("kept bytes", "warehouse/kept_bytes.py", "if store.damaged(path))", "if False)", f"{_UNIT}/test_health.py -k damaged_kept"),
    Protection("kept bytes gone", "warehouse/kept_bytes.py", "sorted(set(named) - set(kept))", "[]", f"{_UNIT}/test_health.py -k is_gone"),
    Protection("copies of kept bytes", "warehouse/backup.py", "if here.damaged(name):", "if False:", f"{_BACKUP} -k never_replace"),
    Protection("mending kept bytes", "warehouse/backup.py", "raw, mend=True)", "raw)", f"{_BACKUP} -k never_replace"),
    Protection("backup's kept bytes", "warehouse/backup.py", " and not store.damaged(name)", "", f"{_BACKUP} -k (damaged_backup and raw)"),
    Protection("read again", "ingest/reread.py", "if body is None:", "if False:", f"{_SOURCES} -k gone_or_damaged"),
    Protection(
        "frame of damaged bytes", "ingest/intake.py", "or self._raw.get(known.raw_path) is None:", "or False:",
        "tests/integration/test_odd_sites.py -k another_frame",
    ),
    Protection("one writer", "warehouse/lock.py", "fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)", "None", f"{_KILLED} -k run_that_hangs"),
    Protection("stuck", "warehouse/condition.py", "datetime.now(UTC) - began > _STUCK", "False", f"{_KILLED} -k run_that_hangs"),
    Protection(
        "failed run", "warehouse/condition.py", "_book(settings) if settings.lake", "None if settings.lake",
        f"{_UNIT}/test_health.py -k that_failed",
    ),
    Protection("disk too small", "health.py", '"problem" if free < needed', '"problem" if False', f"{_FAULTS} -k doctor_sees"),
    Protection(
        "disk full of a backup", "warehouse/backup.py", "except (OSError, duckdb.Error) as problem:", "except ZeroDivisionError as problem:",
        f"{_FAULTS} -k backup_fills",
    ),
    Protection("later version", "warehouse/schema.py", "elif stored > present:", "elif False:", f"{_FAULTS} -k later_version"),
    Protection("waiting", "cli/backup.py", "if time.monotonic() >= until:", "if True:", f"{_KILLED} -k may_wait"),
    Protection("gate's state", "flows/ingest.py", 'name="QualityGate", ', "", "tests/integration/test_runs.py -k gate_stops"),
    Protection("patterns", "extract/figure_lexer.py", "{1,12}", "+", "tests/fuzz/test_patterns.py"),
)  # fmt: skip


def unprotected(one: Protection, folder: Path) -> tuple[bool, str]:
    """Run the test without the protection; return whether it failed, and how."""
    copy = folder / one.name.replace(" ", "_")
    for name in ("src", "flows"):
        shutil.copytree(ROOT / name, copy / name)
    for name in ("seeds", "sql", "expectations"):
        (copy / name).symlink_to(ROOT / name)
    for name, words, without in ((one.file, one.words, one.without), *one.also):
        file = copy / name if name.startswith("flows/") else copy / "src" / "dateline" / name
        text = file.read_text(encoding="utf-8")
        if words not in text:
            return False, f"{name} no longer says {words!r}: bring this table up to date"
        file.write_text(text.replace(words, without), encoding="utf-8")
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
