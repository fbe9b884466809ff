"""The quality gate: expectation suites over the rows of a batch, and the quarantine of what they refuse.

    kept, results = validate_batch(tables, run_id=run_id, batch="0001")    suites.py     kept["ops.quarantine"] and ["ops.quality_results"] included
    results = run_checks(con, run_id=run_id)                               checks.py     sql/checks over the whole warehouse; the rows it wrote
    build_docs(results_folder)                                             docs.py       Data Docs of the last batches

great_expectations is imported when the first batch is validated (7 CPU seconds), not with this package: `warm_up()` does it ahead of time, in a
thread, while other work goes on.
"""
