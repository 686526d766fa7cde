"""Dialogs: import, position editor, about."""
