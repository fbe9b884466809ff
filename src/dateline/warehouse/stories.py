"""Reports on one happening grouped: published within days of each other, naming the same people, bodies and places, giving the same figures.

Two reports are alike by what they share of what they name: the cosine of binary vectors in which rare names of those days weigh more (inverse
document frequency; single-pass clustering as in Topic Detection and Tracking, Allan 2002). Equal figures add to it, different ones take nothing away,
since two reports on one happening mostly count different things. What is rare is asked of the days before the later report only, so whether two
reports are linked hangs on the reports of these days and not on the order in which they were loaded; a report that comes late has just the days after
it worked out anew. In order of publication, a report joins the story of the earlier one that it is most like, else begins its own. Copies are in the
story of their original.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import duckdb
import pyarrow as pa

from dateline.ids import stable_id

WINDOW = 3  # Days between two reports that may be linked; what is told later is told of as past.
SPAN = 7  # Days from a story's first report to its last. A war is not one story.
ALIKE = 0.25  # Reports on one happening lie above 0.29 in the sample and development articles, the next pair at 0.18; there are few of them.
_SHARED = 3  # Things that two reports must share, of two kinds at least: one name in common is no happening in common.
# A thing brings a report together with so many before it that have it, too: to compare all of thousands that name a president with each other would
# take the square of their number. A happening that hundreds report still hangs together, each report by those shortly before it.
_NEXT = 50
_BACKGROUND = 100  # Reports that there are at least in the world on some days, however few are here: else a thing that two of three name is common.

# What a report names and counts, one row a thing. Countries and regions wider than a province say little about what happened. Facts are asked for
# by their days too, which leaves the rest of them unread.
_THINGS = """
CREATE OR REPLACE TEMP TABLE story_things AS
WITH asked AS (SELECT document_id, revision FROM story_present WHERE day BETWEEN $first AND $last)
SELECT DISTINCT document_id, kind, thing FROM (
    SELECT document_id, 'name' AS kind, entity_id AS thing
    FROM entity_mentions SEMI JOIN asked USING (document_id, revision)
    WHERE published_on BETWEEN $first AND $last AND type IN ('PERSON', 'ORG', 'FAC', 'EVENT')
    UNION ALL
    SELECT m.document_id, 'place', m.place_id
    FROM place_mentions AS m SEMI JOIN asked USING (document_id, revision) JOIN places AS p USING (place_id)
    WHERE m.published_on BETWEEN $first AND $last AND p.kind NOT IN ('country', 'region')
    UNION ALL
    -- Quarters and villages that the gazetteer lacks say the more for being named by few.
    SELECT m.document_id, 'place', m.entity_id
    FROM entity_mentions AS m SEMI JOIN asked USING (document_id, revision)
    ANTI JOIN (SELECT document_id, revision, start_char FROM place_mentions WHERE place_id IS NOT NULL) USING (document_id, revision, start_char)
    WHERE m.published_on BETWEEN $first AND $last AND m.type IN ('GPE', 'LOC')
    UNION ALL
    SELECT document_id, 'figure', concat_ws(' ', kind, unit, value_min, value_max)
    -- Figures below three and of no known kind meet by chance.
    FROM figures SEMI JOIN asked USING (document_id, revision)
    WHERE published_on BETWEEN $first AND $last AND kind <> 'other' AND coalesce(value_max, value_min) >= 3
)
"""

# Pairs of one day's reports with those of the days before. A thing weighs by how many reports of these days have it.
# Squares of weights are whole numbers (millionths), whose sum does not hang on the order of adding.
_LINKS = f"""
INSERT INTO ops.story_links
WITH near AS (SELECT document_id, day, published_utc FROM story_present WHERE day BETWEEN $day::DATE - {WINDOW} AND $day::DATE),
     things AS (SELECT t.* FROM story_things AS t SEMI JOIN near USING (document_id)),
     weights AS (
         SELECT kind, thing, round(1e6 * ln(1 + greatest((SELECT count(*) FROM near), {_BACKGROUND}) / count(*)) ** 2)::BIGINT AS square
         FROM things GROUP BY kind, thing
     ),
     weighed AS (SELECT document_id, kind, thing, square FROM things JOIN weights USING (kind, thing)),
     sizes AS (SELECT document_id, sqrt(sum(square)::DOUBLE) AS size FROM weighed WHERE kind <> 'figure' GROUP BY document_id),
     turns AS (
         SELECT document_id, day, kind, thing, row_number() OVER (PARTITION BY kind, thing ORDER BY published_utc, document_id) AS turn
         FROM things JOIN near USING (document_id)
     ),
     candidates AS (
         SELECT DISTINCT b.document_id, a.document_id AS other_document_id
         FROM (SELECT *, unnest([turn // {_NEXT}, turn // {_NEXT} - 1]) AS block FROM turns WHERE day = $day::DATE) AS b
         JOIN turns AS a ON a.kind = b.kind AND a.thing = b.thing AND a.turn // {_NEXT} = b.block
         WHERE a.turn < b.turn AND b.turn - a.turn <= {_NEXT}
     ),
     pairs AS (
         SELECT c.document_id, c.other_document_id, sum(a.square)::DOUBLE AS shared
         FROM candidates AS c JOIN weighed AS b ON b.document_id = c.document_id
         JOIN weighed AS a ON a.document_id = c.other_document_id AND a.kind = b.kind AND a.thing = b.thing
         GROUP BY ALL
         HAVING count(*) >= {_SHARED} AND count(DISTINCT a.kind) > 1
     )
SELECT p.document_id, p.other_document_id, $day::DATE, least(1, shared / (b.size * a.size)) AS likeness
FROM pairs AS p JOIN sizes AS b ON b.document_id = p.document_id JOIN sizes AS a ON a.document_id = p.other_document_id
WHERE likeness >= {ALIKE} ORDER BY ALL
"""  # noqa: S608 - constants.


@dataclass(slots=True)
class _Report:
    document_id: str
    published: datetime
    story: str | None


def group_stories(con: duckdb.DuckDBPyConnection) -> int:
    """Bring documents.story_id up to date with the current reports, in one transaction; return how many rows changed."""
    con.execute("BEGIN")
    try:
        changed = _group(con)
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    return changed


def _group(con: duckdb.DuckDBPyConnection) -> int:
    con.execute(
        "CREATE OR REPLACE TEMP TABLE story_present AS SELECT document_id, revision, run_id, published_utc::DATE AS day, published_utc, story_id "
        "FROM documents WHERE is_current AND copy_of IS NULL AND published_utc IS NOT NULL"
    )
    days = _days_to_work_out(con)
    con.execute("DELETE FROM ops.story_links WHERE day IN (SELECT unnest(?::DATE[]))", [days])
    present = {row[0] for row in con.execute("SELECT DISTINCT day FROM story_present").fetchall()}
    for begin, end in _stretches([day for day in days if day in present]):
        con.execute(_THINGS, {"first": begin - timedelta(WINDOW), "last": end})
        for offset in range((end - begin).days + 1):
            con.execute(_LINKS, {"day": begin + timedelta(offset)})
    con.execute("DELETE FROM ops.story_reports")
    con.execute("INSERT INTO ops.story_reports BY NAME SELECT document_id, revision, run_id, day FROM story_present ORDER BY day, document_id")
    return _write(con, _stories(con, min(days)) if days else {})


def _days_to_work_out(con: duckdb.DuckDBPyConnection) -> list[date]:
    """Return the days on which a link may have come or gone: those of reports that are new, gone or read anew, and the days within reach after."""
    touched = con.execute(
        "WITH now AS (SELECT document_id, revision, run_id, day FROM story_present), "
        "before AS (SELECT document_id, revision, run_id, day FROM ops.story_reports) "
        "SELECT DISTINCT day FROM ((FROM now EXCEPT FROM before) UNION ALL (FROM before EXCEPT FROM now))"
    ).fetchall()
    return sorted({day + timedelta(offset) for (day,) in touched for offset in range(WINDOW + 1)})


def _stretches(days: list[date]) -> list[tuple[date, date]]:
    """Return runs of days that follow each other, of a month at most, so that the things of all years are not in memory at once."""
    out: list[tuple[date, date]] = []
    for day in days:
        if out and (day - out[-1][1]).days == 1 and (day - out[-1][0]).days < 31:
            out[-1] = (out[-1][0], day)
        else:
            out.append((day, day))
    return out


def _stories(con: duckdb.DuckDBPyConnection, since: date) -> dict[str, str | None]:
    """Return the story of every original report that may have changed: those of stories that had not ended by `since`."""
    open_since = datetime.combine(since, datetime.min.time()) - timedelta(WINDOW + SPAN)
    reports = [
        _Report(*row)
        for row in con.execute(
            "SELECT document_id, published_utc, story_id FROM story_present WHERE day >= ?::DATE - ? ORDER BY published_utc, document_id",
            [open_since.date(), SPAN],
        ).fetchall()
    ]
    links: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for later, earlier, likeness in con.execute(
        "SELECT document_id, other_document_id, likeness FROM ops.story_links WHERE day >= ?", [since]
    ).fetchall():
        links[later].append((likeness, earlier))
    story: dict[str, str] = {}
    began: dict[str, datetime] = {}
    rank = {report.document_id: number for number, report in enumerate(reports)}
    for report in reports:
        joined = None
        if report.published.date() < since:
            joined = report.story
        else:
            # Of reports equally like it the earliest, so that nothing hangs on the order of rows.
            for _, earlier in sorted(links[report.document_id], key=lambda link: (-link[0], rank.get(link[1], -1))):
                if earlier in story and report.published - began[story[earlier]] <= timedelta(SPAN):
                    joined = story[earlier]
                    break
        key = joined or stable_id("sto", report.document_id)
        story[report.document_id] = key
        began.setdefault(key, report.published)
    sizes = Counter(story.values())
    return {document: key if sizes[key] > 1 else None for document, key in story.items() if began[key] >= open_since}


def _write(con: duckdb.DuckDBPyConnection, stories: dict[str, str | None]) -> int:
    con.register("told", pa.table({"document_id": pa.array(list(stories), pa.string()), "story": pa.array(list(stories.values()), pa.string())}))
    wanted = (
        "SELECT d.document_id, d.revision, CASE "
        "WHEN NOT d.is_current OR d.published_utc IS NULL AND d.copy_of IS NULL THEN NULL "
        "WHEN t.document_id IS NOT NULL THEN t.story ELSE coalesce(o.story_id, CASE WHEN d.copy_of IS NULL THEN d.story_id END) END AS story "
        "FROM documents AS d LEFT JOIN told AS t ON t.document_id = coalesce(d.copy_of, d.document_id) "
        "LEFT JOIN documents AS o ON o.document_id = d.copy_of AND o.is_current"
    )
    changed = con.execute(
        f"UPDATE documents SET story_id = w.story FROM ({wanted}) AS w "  # noqa: S608 - own text.
        "WHERE documents.document_id = w.document_id AND documents.revision = w.revision AND documents.story_id IS DISTINCT FROM w.story"
    ).fetchall()
    con.unregister("told")
    return int(changed[0][0])
