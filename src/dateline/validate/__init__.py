"""The quality gate: expectation suites over the rows of a batch, and the quarantine of what they refuse.

As a flow calls it, between staging and loading:

    warm_up()                                                         suites.py    imports great_expectations (3 CPU seconds) in a thread
    verdict = validate_staged(folder, run_id=run_id, batch="000001")  gate.py      rewrites the folder without the refused rows
    counts += verdict.counts; unmet += verdict.unmet
    results = judge(counts, run_id=run_id)                            gate.py      LoadRefused (exit code 3) when the run must not be loaded
    write_quality(con, results)                                       warehouse/runs.py   (also LoadRefused.results)
    write_quality(con, run_checks(con, run_id=run_id))                checks.py    sql/checks over the whole warehouse, after loading

validate_batch(tables, run_id=..., batch=...) does the same to Arrow tables in memory.
"""
