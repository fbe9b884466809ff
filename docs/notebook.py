"""Five questions to a Dateline warehouse, with charts: a marimo notebook.

pip install "dateline[notebook]"
marimo edit docs/notebook.py -- --warehouse warehouse
"""

import marimo

app = marimo.App(width="medium", app_title="Five questions")


@app.cell
def setup():
    from pathlib import Path

    import altair as alt
    import marimo as mo

    from dateline.warehouse.query import run_sql

    snapshot = Path(mo.cli_args().get("warehouse") or "warehouse") / "dateline.duckdb"

    def ask(sql, **parameters):
        """Return the rows of a query on the published snapshot as a data frame."""
        return run_sql(snapshot, sql, parameters).to_pandas()

    return alt, ask, mo


@app.cell
def attacks(alt, ask, mo):
    frame = ask("SELECT day, coalesce(speaker, publisher) AS speaker, words, low, least(high, low * 1.5 + 1) AS high, quote FROM figure_facts "
                "WHERE kind = 'attack' AND day IS NOT NULL AND low IS NOT NULL")  # fmt: skip
    frame["day"] = frame["day"].astype("datetime64[ns]")
    base = alt.Chart(frame).encode(x="day:T", color="speaker:N", tooltip=["speaker", "words", "quote"])
    chart = base.mark_rule(strokeWidth=3, opacity=0.5).encode(y=alt.Y("low:Q", title="attacks, as low and as high as the words allow"), y2="high:Q")
    mo.vstack([mo.md("## Who says how many attacks, by day?"), chart + base.mark_point().encode(y="low:Q")])


@app.cell
def rivals(ask, mo):
    pairs = ask("SELECT day, kind, item, place, lower_voice, lower_words, higher_voice, higher_words FROM disputed_figures")
    mo.vstack([mo.md("## Where do two sides' figures for one thing not touch?"), mo.ui.table(pairs)])


@app.cell
def voices(alt, ask, mo):
    counted = ask("SELECT kind, count(*) AS figures, count(DISTINCT original_id) AS reports FROM figure_facts GROUP BY kind ORDER BY figures DESC")
    bars = alt.Chart(counted).mark_bar().encode(x="figures:Q", y=alt.Y("kind:N", sort="-x"), tooltip=["figures", "reports"])
    mo.vstack([mo.md("## How many figures of which kind, and from how many independent reports?"), bars])


@app.cell
def hedges(alt, ask, mo):
    hedged = ask("SELECT coalesce(speaker_country, speaker, 'own voice') AS side, approx, count(*) AS figures FROM figure_facts GROUP BY ALL")
    stacked = alt.Chart(hedged).mark_bar().encode(x=alt.X("figures:Q", stack="normalize", title="share"), y="side:N", color="approx:N")
    mo.vstack([mo.md("## How hedged is each side?"), stacked])


@app.cell
def missing(alt, ask, mo):
    gaps = ask("SELECT lacks, coalesce(publisher, 'not named') AS outlet, count(*) AS times FROM unresolved GROUP BY ALL")
    heat = alt.Chart(gaps).mark_rect().encode(x="lacks:N", y="outlet:N", color="times:Q", tooltip=["times"])
    mo.vstack([mo.md("## What lacks a date, a place or a speaker, by outlet?"), heat])


if __name__ == "__main__":
    app.run()
