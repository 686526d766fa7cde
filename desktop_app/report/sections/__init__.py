"""The sections of the exposure summary: one module each, and ``registry`` with their names and order."""
