"""Makes tests/ itself importable: sample_warehouse is shared by the suites."""
