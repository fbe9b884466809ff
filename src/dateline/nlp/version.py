"""The version of the extractors: changes exactly when the same text could give other facts, so that known documents can be skipped."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from dateline import __version__, resources
from dateline.nlp import MODEL_FOLDER

_PACKAGE = Path(__file__).resolve().parents[1]
_CODE = ("extract", "normalize", "nlp", "gazetteer")


@cache
def extractor_version(model: str | None = None) -> str:
    """Return Dateline's version with a digest of extractor code, reference tables and the language pipeline ("0.1.0+1f3a9c0b2d")."""
    digest = blake2b(digest_size=5)
    for path in (*_sources(), *sorted(resources.reference("").glob("*.csv")), *_pipeline(model)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    # A pipeline that is no folder here (an installed package) counts by its name and version.
    digest.update((model or "").encode())
    return f"{__version__}+{digest.hexdigest()}"


def _sources() -> list[Path]:
    return sorted(path for room in _CODE for path in (_PACKAGE / room).glob("*.py"))


def _pipeline(model: str | None) -> list[Path]:
    folder = Path(model) if model else MODEL_FOLDER
    # meta.json carries the version and the scores of the training run: another pipeline has another one.
    return [path for path in (folder / "meta.json", folder / "config.cfg") if path.is_file()]
