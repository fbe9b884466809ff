"""Mentions to facts: what is meant. Pure: no duckdb, pandas, prefect or great_expectations here."""
