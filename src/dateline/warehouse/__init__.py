"""The DuckDB warehouse: schema, staging, load, publish, query."""
