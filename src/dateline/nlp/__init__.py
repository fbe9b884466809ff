"""Article to Doc: the spaCy pipeline, shipped or the user's own, and the registered components."""

import os
import sys
from pathlib import Path

MODEL_FOLDER = Path(__file__).resolve().parent / "model"

# Dateline runs in parallel by processes. numpy's matrix product is up to three times as fast as the one that thinc brings, but only pays with one
# thread a process, and numpy reads the setting at its first import; `load` asks whether it could be made.
ONE_THREAD = os.environ.get("OPENBLAS_NUM_THREADS", os.environ.get("OMP_NUM_THREADS")) == "1"
if not ONE_THREAD and "numpy" not in sys.modules and "OPENBLAS_NUM_THREADS" not in os.environ:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    ONE_THREAD = True
