"""Reusable widgets that know nothing of portfolios."""
