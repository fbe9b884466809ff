"""The pure rooms stay pure, and every module says what it is for."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "dateline"
STORAGE = {"duckdb", "pandas", "prefect", "great_expectations", "pyarrow"}
PURE = ("extract", "normalize", "nlp", "gazetteer", "model.py", "ids.py", "errors.py", "pipeline.py", "exchange.py")
MODULES = sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Return the top-level packages that a module imports anywhere, functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def is_pure(path: Path) -> bool:
    return path.relative_to(SOURCE).parts[0] in PURE


@pytest.mark.parametrize("path", [m for m in MODULES if is_pure(m)], ids=lambda m: str(m.relative_to(SOURCE)))
def test_pure_rooms_know_no_storage_and_no_scheduler(path: Path) -> None:
    assert not imports(path) & STORAGE


@pytest.mark.parametrize("path", MODULES, ids=lambda m: str(m.relative_to(SOURCE)))
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def test_only_flows_know_prefect() -> None:
    knowing = [m for m in MODULES if "prefect" in imports(m)]
    assert [str(m.relative_to(SOURCE)) for m in knowing if m.relative_to(SOURCE).parts[0] not in {"cli"}] == []


def test_the_command_line_starts_without_heavy_imports() -> None:
    """`dateline --help` must not wait for spaCy, pandas or Great Expectations."""
    import subprocess
    import sys

    code = "import sys, dateline.cli.app; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "pandas", "prefect", "great_expectations", "duckdb", "numpy", "trafilatura"} & set(loaded)


def test_the_process_of_a_run_does_without_the_language_library() -> None:
    """spaCy is the workers': two seconds less in every run that finds nothing new."""
    import subprocess
    import sys

    code = "import sys, dateline.ingest.run, dateline.ingest.steps; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "thinc"} & set(loaded)
