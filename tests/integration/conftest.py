"""What the tests of real servers and processes share."""

from prefect_for_tests import prefect_env

__all__ = ["prefect_env"]
