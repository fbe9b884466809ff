"""A process that only writes rows does without pandas, and can have it all the same."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
from pathlib import Path
from dateline.warehouse.no_pandas import settle_without_pandas
from dateline.warehouse.stage import read_batch, write_batch

settle_without_pandas()
folder = write_batch(Path(sys.argv[1]) / "batch", {"places": [{"place_id": "plc_1", "name": "Smallville", "lat": 1.5}]})
print("pandas" in sys.modules)
print(read_batch(folder)["places"].to_pandas()["name"][0])
"""


def test_rows_are_written_without_it_and_read_with_it(tmp_path: object) -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "Smallville"]
