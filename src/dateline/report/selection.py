"""What the report page shows, read out of a published snapshot in a few sweeps of SQL.

Everything counts current revisions only, and reports with wire copies folded (`original`). The page has a size: what is listed is capped, and every
cap is told on the page beside the number of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb

Row = dict[str, Any]

# figure_facts with what only the page needs. `dated` figures have their day from the text, others that of publication; `side` is what marks are
# coloured by: the country of the speaker where known, else the speaker; NULL is the outlet's own voice. `denied`: nobody here asserts the figure.
_SHOWN = """
CREATE OR REPLACE TEMP TABLE shown AS
SELECT v.figure_id, v.document_id, v.revision, v.start_char, v.end_char, f.sentence, f.text, f.modifier, v.value_min, v.value_max, v.approx, v.trend,
       v.unit, v.item, v.concept, v.kind, v.per, v.negated, v.negated OR coalesce(v.mode = 'denied' OR v.act = 'deny', false) AS denied,
       v.score, v.rule,
       v.place_id, v.place, v.day, v.day_basis IS NOT DISTINCT FROM 'stated' AS dated, v.date_value, v.speaker, v.speaker_country,
       coalesce(v.speaker_country, v.speaker) AS side, v.publisher, v.title, d.url, d.source, v.published_at, v.original_id AS original
FROM figure_facts v
JOIN figures f USING (figure_id)
JOIN documents d ON d.document_id = v.document_id AND d.revision = v.revision
"""

# Equal figures of one side for one day and place are one mark, however many reports repeat them; its row is that of the report that had it first.
_MARKS = """
WITH marks AS (
    SELECT kind, unit, coalesce(item, '') AS item, side, day, dated, value_min, value_max, approx, denied, place_id,
           count(*) AS said, count(DISTINCT original) AS reports, arg_min(figure_id, (published_at, figure_id)) AS figure_id
    FROM shown WHERE day IS NOT NULL AND (value_min IS NOT NULL OR value_max IS NOT NULL) GROUP BY ALL),
panels AS (SELECT kind, unit, count(*) AS marks, sum(said) AS figures FROM marks GROUP BY kind, unit
           ORDER BY kind = 'other', figures DESC, kind, unit LIMIT $panels),
-- Where not all fit, the most repeated of each stretch of time: twenty-five stretches with equally many marks each, so that no time is left out.
spread AS (SELECT m.*, p.figures, p.marks, ntile(25) OVER (PARTITION BY m.kind, m.unit ORDER BY m.day, m.figure_id) AS stretch
           FROM marks m JOIN panels p USING (kind, unit)),
ranked AS (SELECT *, row_number() OVER (PARTITION BY kind, unit, stretch ORDER BY reports DESC, figure_id) AS turn FROM spread),
chosen AS (SELECT *, row_number() OVER (PARTITION BY kind, unit ORDER BY turn, reports DESC, day DESC, figure_id) AS place FROM ranked)
SELECT * EXCLUDE (place, turn, stretch) FROM chosen WHERE place <= $each ORDER BY kind = 'other', figures DESC, kind, unit, day, figure_id
"""


class Selection:
    """A snapshot with the temporary table `shown`; every method is one question, answered as dicts in a fixed order."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        con.execute(_SHOWN)

    def rows(self, sql: str, parameters: Any = None) -> list[Row]:
        """Return the rows of a query as dicts."""
        result = self._con.execute(sql, parameters) if parameters is not None else self._con.execute(sql)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def one(self, sql: str) -> Row:
        """Return the only row of a query."""
        return self.rows(sql)[0]

    def counts(self) -> Row:
        """Return the numbers of the head of the page."""
        return self.one(
            """SELECT (SELECT count(*) FROM documents WHERE is_current) AS reports,
                       (SELECT count(DISTINCT coalesce(copy_of, document_id)) FROM documents WHERE is_current) AS independent,
                       (SELECT count(*) FROM documents WHERE NOT is_current) AS earlier_revisions,
                       (SELECT count(*) FROM documents WHERE is_current AND copy_of IS NOT NULL) AS copies,
                       (SELECT count(DISTINCT publisher) FROM documents WHERE is_current) AS outlets,
                       (SELECT sum(words) FROM documents WHERE is_current) AS words,
                       (SELECT count(*) FROM shown) AS figures,
                       (SELECT count(*) FROM shown WHERE speaker IS NULL) AS unowned,
                       (SELECT count(DISTINCT speaker) FROM shown) AS speakers,
                       (SELECT count(DISTINCT place_id) FROM place_mentions) AS places,
                       (SELECT count(*) FROM ops.quarantine) AS refused,
                       (SELECT min(published_at)::DATE FROM documents WHERE is_current) AS first_day,
                       (SELECT max(published_at)::DATE FROM documents WHERE is_current) AS last_day"""
        )

    def marks(self, panels: int = 12, each: int = 150) -> list[Row]:
        """Return the marks of the figure panels: at most `each` in each of the `panels` commonest (kind, unit), spread over time."""
        return self.rows(_MARKS, {"panels": panels, "each": each})

    def panels_left(self, panels: int = 12) -> int:
        """Return how many (kind, unit) have no panel."""
        return max(0, int(self.one("SELECT count(*) AS n FROM (SELECT DISTINCT kind, unit FROM shown WHERE day IS NOT NULL)")["n"]) - panels)

    def sides(self) -> list[Row]:
        """Return sides with their number of figures, most first."""
        return self.rows("SELECT side, count(*) AS n FROM shown WHERE side IS NOT NULL GROUP BY side ORDER BY n DESC, side LIMIT 40")

    def newest(self, limit: int = 150) -> list[str]:
        """Return the ids of the newest figures, for the list."""
        found = self.rows("SELECT figure_id FROM shown ORDER BY published_at DESC NULLS LAST, document_id, start_char LIMIT $n", {"n": limit})
        return [r["figure_id"] for r in found]

    def evidence(self, ids: Iterable[str]) -> list[Row]:
        """Return figures with the sentence they stand in, newest first."""
        wanted = sorted(set(ids))
        return self.rows(
            """SELECT s.*, t.start_char AS sentence_start, d.text[t.start_char + 1 : t.end_char] AS quote,
                      deep_link(d.url, d.source, d.text[t.start_char + 1 : t.end_char]) AS link
               FROM shown s JOIN (SELECT unnest($ids) AS figure_id) USING (figure_id)
               JOIN documents d ON d.document_id = s.document_id AND d.revision = s.revision
               LEFT JOIN sentences t ON t.document_id = s.document_id AND t.revision = s.revision AND t.sentence = s.sentence
               ORDER BY s.day DESC NULLS LAST, s.published_at DESC NULLS LAST, s.document_id, s.start_char""",
            {"ids": wanted},
        )

    def disputed(self, limit: int = 40) -> list[Row]:
        """Return pairs of the mart disputed_figures: each rivalry of two voices once, those between sides first, then the newest.

        What is "disputed", hedges and bounds considered, the mart alone decides.
        """
        return self.rows(
            """
            WITH pairs AS (
                SELECT d.kind, d.item, d.unit, d.day, d.lower_figure_id AS low_id, d.higher_figure_id AS high_id, 
                       a.side AS low_side, b.side AS high_side, a.side IS NOT NULL AND b.side IS NOT NULL AND a.side <> b.side AS between_sides,
                       count(*) OVER same AS repeated, row_number() OVER (same ORDER BY a.published_at, b.published_at, low_id, high_id) AS place
                FROM disputed_figures d JOIN shown a ON a.figure_id = d.lower_figure_id JOIN shown b ON b.figure_id = d.higher_figure_id
                WHERE a.original <> b.original OR a.speaker IS DISTINCT FROM b.speaker
                WINDOW same AS (PARTITION BY d.kind, d.item, d.unit, d.place, d.day, d.lower_voice, d.higher_voice))
            SELECT * EXCLUDE (place) FROM pairs WHERE place = 1
            ORDER BY between_sides DESC, kind = 'other', day DESC, repeated DESC, low_id, high_id LIMIT $n""",
            {"n": limit},
        )

    def timeline(self, days: int = 30, each: int = 4) -> list[Row]:
        """Return the latest days that texts date facts to: counts, the figures that hold for each, and sentences that name it."""
        return self.rows(
            """
            WITH dated AS (
                SELECT t.date_from::DATE AS day, t.document_id, t.revision, t.sentence, t.date_id, t.score, d.published_at FROM dates t
                JOIN documents d ON d.document_id = t.document_id AND d.revision = t.revision AND d.is_current
                WHERE t.date_from IS NOT NULL AND t.granularity IN ('day', 'part_of_day', 'hour', 'minute', 'second')),
            named AS (
                SELECT day, count(*) AS mentions, count(DISTINCT document_id) AS reports,
                       arg_min({'document_id': document_id, 'revision': revision, 'sentence': sentence}, (published_at, date_id), 2) AS first
                FROM dated GROUP BY day),
            told AS (SELECT day, count(*) AS said, max(kind) AS kind, max(speaker) AS speaker, max(score) AS score,
                            arg_min(figure_id, (published_at, figure_id)) AS figure_id
                     FROM shown WHERE dated GROUP BY day, kind, unit, item, value_min, value_max, approx, speaker, place),
            held AS (SELECT day, figure_id, sum(said) OVER (PARTITION BY day) AS figures,
                            row_number() OVER (PARTITION BY day ORDER BY kind = 'other', speaker IS NULL, score DESC, said DESC, figure_id) AS place
                     FROM told),
            listed AS (SELECT day, max(figures) AS figures, list(figure_id ORDER BY place) FILTER (place <= $each) AS ids
                       FROM held GROUP BY day)
            SELECT coalesce(n.day, l.day) AS day, coalesce(n.mentions, 0) AS mentions, coalesce(n.reports, 0) AS reports,
                   coalesce(l.figures, 0)::BIGINT AS figures, coalesce(l.ids, []) AS ids, coalesce(n.first, []) AS first
            FROM named n FULL JOIN listed l ON l.day = n.day
            ORDER BY 1 DESC LIMIT $days""",
            {"days": days, "each": each},
        )

    def sentences(self, keys: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], Row]:
        """Return sentences by (document_id, revision, sentence), each with its report."""
        wanted = sorted(set(keys))
        found = self.rows(
            """SELECT s.document_id, s.revision, s.sentence, d.text[s.start_char + 1 : s.end_char] AS quote, d.title, d.url, d.publisher, d.source,
                      d.published_at, deep_link(d.url, d.source, d.text[s.start_char + 1 : s.end_char]) AS link
               FROM sentences s JOIN documents d USING (document_id, revision)
               JOIN (SELECT unnest($documents) AS document_id, unnest($revisions) AS revision, unnest($sentences) AS sentence)
                    USING (document_id, revision, sentence)""",
            {"documents": [k[0] for k in wanted], "revisions": [k[1] for k in wanted], "sentences": [k[2] for k in wanted]},
        )
        return {(row["document_id"], row["revision"], row["sentence"]): row for row in found}

    def speakers(self, limit: int = 25) -> list[Row]:
        """Return who says what: speakers by number of statements, with how they say it."""
        return self.rows(
            """
            SELECT speaker, max(speaker_country) AS country, coalesce(max(speaker_country), speaker) AS side, count(*) AS statements,
                   count(DISTINCT document_id) AS reports,
                   count(*) FILTER (mode = 'hedged') AS hedged, count(*) FILTER (act = 'deny' OR mode = 'denied') AS denials,
                   count(*) FILTER (is_quote) AS quotes,
                   (SELECT count(*) FROM shown WHERE shown.speaker = said.speaker) AS figures,
                   list(claim_id ORDER BY published_at DESC NULLS LAST, claim_id)[:3] AS latest
            FROM claim_rows() AS said WHERE speaker IS NOT NULL GROUP BY speaker ORDER BY statements DESC, speaker LIMIT $n""",
            {"n": limit},
        )

    def statements(self, ids: Sequence[str]) -> dict[str, Row]:
        """Return claims by id, with their report."""
        found = self.rows(
            """SELECT c.claim_id, c.text, c.cue, c.act, c.mode, c.is_quote, d.title, d.url, d.publisher, d.source, d.published_at, d.document_id,
                      deep_link(d.url, d.source, d.text[s.start_char + 1 : s.end_char]) AS link
               FROM claims c JOIN (SELECT unnest($ids) AS claim_id) USING (claim_id)
               JOIN documents d ON d.document_id = c.document_id AND d.revision = c.revision AND d.is_current
               LEFT JOIN sentences s ON s.document_id = c.document_id AND s.revision = c.revision AND s.sentence = c.sentence""",
            {"ids": sorted(set(ids))},
        )
        return {row["claim_id"]: row for row in found}

    def places(self, limit: int = 150) -> list[Row]:
        """Return places named as locations, most mentioned first, with the kinds of figures that hold there."""
        return self.rows(
            """
            WITH met AS (
                SELECT m.place_id, m.document_id, m.mention_id, m.revision, m.sentence, d.published_at FROM place_mentions m
                JOIN documents d ON d.document_id = m.document_id AND d.revision = m.revision AND d.is_current
                WHERE NOT m.metonym AND m.place_id IS NOT NULL),
            top AS (SELECT place_id, count(*) AS mentions, count(DISTINCT document_id) AS reports,
                           arg_max({'document_id': document_id, 'revision': revision, 'sentence': sentence}, (published_at, mention_id)) AS last
                    FROM met GROUP BY place_id),
            held AS (SELECT place_id, kind, count(*) AS n FROM shown WHERE place_id IS NOT NULL GROUP BY ALL),
            kinds AS (SELECT place_id, sum(n) AS figures, list(kind ORDER BY n DESC, kind)[:3] AS kinds FROM held GROUP BY place_id)
            SELECT p.place_id, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, t.mentions, t.reports, coalesce(k.figures, 0) AS figures,
                   coalesce(k.kinds, []) AS kinds, d.title, d.url, d.publisher, d.published_at,
                   d.text[s.start_char + 1 : s.end_char] AS quote,
                   deep_link(d.url, d.source, d.text[s.start_char + 1 : s.end_char]) AS link
            FROM top t JOIN places p USING (place_id) LEFT JOIN kinds k USING (place_id)
            JOIN documents d ON d.document_id = t.last.document_id AND d.revision = t.last.revision
            LEFT JOIN sentences s ON s.document_id = t.last.document_id AND s.revision = t.last.revision AND s.sentence = t.last.sentence
            ORDER BY t.mentions DESC, p.name, p.place_id LIMIT $n""",
            {"n": limit},
        )

    def incoming(self, outlets: int = 15) -> list[Row]:
        """Return the outlets with their reports, revisions, copies and days."""
        return self.rows(
            """SELECT coalesce(publisher, '') AS publisher, count(*) FILTER (is_current) AS reports, count(*) FILTER (NOT is_current) AS revisions,
                      count(copy_of) FILTER (is_current) AS copies, count(*) FILTER (is_current AND published_at IS NULL) AS undated,
                      min(published_at)::DATE AS first_day, max(published_at)::DATE AS last_day
               FROM documents GROUP BY 1 ORDER BY reports DESC, 1 LIMIT $n""",
            {"n": outlets},
        )

    def days(self) -> list[Row]:
        """Return reports by outlet and day."""
        return self.rows(
            "SELECT coalesce(publisher, '') AS publisher, published_at::DATE AS day, count(*) AS reports FROM documents WHERE is_current "
            "AND published_at IS NOT NULL GROUP BY ALL ORDER BY ALL"
        )

    def reports(self, limit: int = 100) -> list[Row]:
        """Return the newest reports with their counts of facts."""
        return self.rows(
            """SELECT d.document_id, d.title, d.url, d.publisher, d.published_at, d.published_precision, d.revision, d.copy_of, d.words, d.source,
                      (SELECT count(*) FROM shown s WHERE s.document_id = d.document_id) AS figures
               FROM documents d WHERE is_current ORDER BY d.published_at DESC NULLS LAST, d.document_id LIMIT $n""",
            {"n": limit},
        )
