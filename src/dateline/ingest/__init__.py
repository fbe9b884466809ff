"""The steps of a run as plain functions: read and skip, extract in worker processes, validate, load, publish. flows/ wraps them as Prefect tasks."""
