"""The only place that knows SQL: one SQLite file per portfolio."""
