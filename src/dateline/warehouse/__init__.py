"""The DuckDB warehouse: schema, staging, load, publish, query. Plain paths and connections; no scheduler here.

One run, as a flow calls it:

    with open_work("warehouse/work.duckdb", run_id=run_id) as con:              lock.py    WarehouseBusy when taken; tables made or migrated
        start_run(con, run_id, flow="ingest", sources=[...], versions={...})     runs.py    marks dead runs "killed", returns their ids
        known = known_documents(con, [(document_id, text_hash), ...], version)   load.py    the pairs that need no reading again
        tables = combine(rows_of(article, facts, run_id=run_id, extractor_version=version) for ...)   rows.py    in a worker process, in parts
        write_batch("staging/<run>/0001", tables)                                stage.py   whole or not there
        validate_staged(...), judge(...)                                         dateline.validate; refused rows leave the batch
        for folder in staged_batches("staging/<run>"):
            load_batch(con, folder)                                              load.py    one transaction; returns Loaded(documents, new, rows)
            discard(folder)                                                      stage.py
        write_quarantine(con, [quarantine_row(rejection, run_id=run_id), ...])   runs.py, rows.py    files that could not be read at all
        write_quality(con, run_checks(con, run_id=run_id))                       runs.py, validate.checks    sql/checks
        finish_run(con, run_id, status="done", documents_read=..., facts={...}, timings={...})   runs.py
        publish(con, "warehouse/dateline.duckdb")                                publish.py

Reading: run_sql(snapshot, "@attacks_daily" or SQL, {"name": value}) -> pyarrow.Table; open_snapshot(path) gives a sealed connection;
named_queries(), named_query(name), mart_names() say what there is (query.py). render(table, "csv") -> bytes and cells(table) (formats.py).
"""
