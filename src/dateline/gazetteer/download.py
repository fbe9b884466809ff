"""Fetch GeoNames dump files where there is a network."""

from __future__ import annotations

import os
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx

from dateline.errors import EnvironmentProblem, UsageError

SOURCE = "https://download.geonames.org/export/dump/"
_TEXTS = frozenset(("admin1CodesASCII", "admin2Codes", "countryInfo"))  # Served as they are; everything else as zip.
_LARGEST = 4 * 1024**3


def source() -> str:
    """Return the address files are fetched from: DATELINE_GEONAMES_URL, else GeoNames."""
    address = os.environ.get("DATELINE_GEONAMES_URL", SOURCE)
    return address if address.endswith("/") else address + "/"


def download(name: str, folder: Path, *, base: str | None = None, progress: Callable[[int], None] | None = None) -> Path:
    """Fetch one dump file ("UA", "allCountries", "alternateNamesV2", "admin1CodesASCII") into a folder and return its path.

    The file appears whole or not at all; `progress` is called with the number of bytes of every piece.

    Raises:
        UsageError: The name is none that GeoNames uses, or the server has no such file.
        EnvironmentProblem: No network, or what came is not what it should be.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]{1,30}", name):
        raise UsageError("This is no name of a GeoNames dump file.", where=name, remedy="Give country codes (UA, RU) or names such as allCountries.")
    file = name + (".txt" if name in _TEXTS else ".zip")
    address = (base or source()) + file
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out, httpx.stream("GET", address, follow_redirects=True, timeout=30.0) as answer:
            if answer.status_code == 404:
                raise UsageError(
                    "The server has no such file.", where=address, remedy="Check the name at https://download.geonames.org/export/dump/."
                )
            answer.raise_for_status()
            received = 0
            for piece in answer.iter_bytes():
                received += len(piece)
                if received > _LARGEST:
                    raise EnvironmentProblem("The file is larger than any GeoNames dump.", where=address, remedy="Check DATELINE_GEONAMES_URL.")
                out.write(piece)
                if progress is not None:
                    progress(len(piece))
        if file.endswith(".zip") and not zipfile.is_zipfile(part):
            raise EnvironmentProblem(
                "What came is no zip archive.", where=address, remedy="Try again, or fetch it by hand: `dateline gazetteer add`."
            )
        Path(part).chmod(0o644)
        Path(part).replace(folder / file)
    except httpx.HTTPError as problem:
        remedy = "Check the network, or fetch the file elsewhere and use `dateline gazetteer add PATH`."
        raise EnvironmentProblem(f"The file could not be fetched: {problem}", where=address, remedy=remedy) from problem
    finally:
        Path(part).unlink(missing_ok=True)
    return folder / file
