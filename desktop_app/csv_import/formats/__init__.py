"""One file per known CSV format; each registers itself by being here."""
