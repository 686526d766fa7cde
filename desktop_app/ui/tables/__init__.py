"""Table models: rows and columns, filter, exact sorting."""
