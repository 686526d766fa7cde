"""Nouns of the program: immutable values, standard library only, no clock, no files."""
