"""The quality gate: expectation suites over the rows of a batch, and the quarantine of what they refuse."""
