"""`dateline gazetteer`: build, enlarge and look into the table of places."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import data, people, plain, progress, table

app = typer.Typer(help="Build, enlarge and look into the table of places.", no_args_is_help=True)


@app.command(epilog="Example: dateline gazetteer build")
def build(force: Annotated[bool, typer.Option("--force", help="Build even if there is one that fits.")] = False) -> None:
    """Build the index from the installed packages and the added files (about 20 seconds; it is also built at first use)."""
    from dateline import gazetteer

    path = gazetteer.index_path()
    if path.exists() and not force:
        people.print(f"The gazetteer is up to date: {gazetteer.describe()}")
        return
    gazetteer.build()
    people.print(f"Built {gazetteer.describe()}")


@app.command(epilog="Example: dateline gazetteer add UA.zip alternateNamesV2.zip")
def add(paths: Annotated[list[Path], typer.Argument(help="GeoNames dump files (.txt or .zip), or CSV/TSV with name, lat and lon.")]) -> None:
    """Merge GeoNames dump files or tables of your own into the gazetteer; they are kept and merged again at every build."""
    from dateline import gazetteer

    for path in paths:
        _, rows = gazetteer.add(path)
        people.print(f"{plain(path.name)}: {rows:,} rows merged")
    people.print(f"The gazetteer has {gazetteer.describe()}")


@app.command(epilog="Example: dateline gazetteer download UA RU")
def download(
    names: Annotated[list[str], typer.Argument(help="Country codes (UA, RU) or names of dump files (allCountries, alternateNamesV2).")],
    url: Annotated[str | None, typer.Option(help="Another server with GeoNames' files (default: DATELINE_GEONAMES_URL, else GeoNames).")] = None,
) -> None:
    """Fetch GeoNames dump files (CC BY 4.0) and merge them."""
    from dateline import gazetteer
    from dateline.gazetteer.build import additions_folder
    from dateline.gazetteer.download import download as fetch

    for name in names:
        with progress() as bar:
            task = bar.add_task(plain(name), total=None)
            path = fetch(name, additions_folder(), base=url, progress=lambda size, task=task, bar=bar: bar.advance(task, size))  # type: ignore[misc]  # mypy infers no type for a lambda with defaults.
        _, rows = gazetteer.add(path)
        people.print(f"{plain(path.name)}: {rows:,} rows merged")
    people.print(f"The gazetteer has {gazetteer.describe()}")


@app.command(epilog="Example: dateline gazetteer info Kharkov")
def info(
    name: Annotated[str | None, typer.Argument(help="A place name to look up.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what the gazetteer holds, or which places bear a name."""
    from dateline import gazetteer

    gaz = gazetteer.load()
    if name is None:
        if as_json:
            typer.echo(json.dumps({"places": len(gaz), "names": gaz.names, "path": str(gaz.path), "sources": gaz.sources}))
            return
        data.print(f"{gazetteer.describe()}", markup=False)
        data.print(table("Made of", ("source", "what"), sorted(gaz.sources.items())))
        return
    found = gaz.lookup(name) or gaz.lookup_spelling(name)
    if as_json:
        keys = ("name", "kind", "country", "admin1", "lat", "lon", "population", "geonames_id", "name_type")
        typer.echo(json.dumps([{key: getattr(entry, key) for key in keys} for entry in found], ensure_ascii=False))
        return
    columns = ("name", "kind", "country", "region", "lat", "lon", "people", "by")
    rows = [(e.name, e.kind, e.country, e.admin1, f"{e.lat:.2f}", f"{e.lon:.2f}", e.population, e.name_type) for e in found]
    data.print(table(f"{len(rows)} places", columns, rows, right=("lat", "lon", "people")))
