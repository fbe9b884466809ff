"""Doc to mentions: what is written, and where. Pure: no duckdb, pandas, prefect or great_expectations here."""
