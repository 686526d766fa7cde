"""Text in, plan out: never touches the database.

The way of a file: ``encoding`` bytes to text, ``reader`` text to records, ``header`` which format it is,
``columns`` how numbers and dates are written, ``formats`` records to rows, ``tokens`` and ``matching`` what
they mean here, ``plan`` the verdict on each row and, once nothing stops it, the new portfolio.
"""
