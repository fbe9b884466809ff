"""The command line: one module a verb, heavy imports only inside the verb that needs them."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its code: 0 done, 1 failed, 2 usage, 3 checks failed, 4 environment."""
    from dateline.cli.app import run_app

    raise SystemExit(run_app())
