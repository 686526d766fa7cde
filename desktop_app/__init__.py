"""Stakeout: what a stake stands on, when it can be out, whether the extra reward is worth it.

The map of the program, from the inside out (each may import only what stands before it):

* ``errors``, ``paths``   what the user can fix; where files live
* ``domain``              nouns: portfolio, positions, nodes and edges, the catalogue; plain immutable values
* ``analysis``            questions: one module per question, ``Portfolio -> frozen answer``
* ``csv_import``          text in, plan out; never touches the database
* ``storage``             the only place that knows SQL; one SQLite file per portfolio
* ``figures``             answers -> shapes, without a toolkit
* ``report``              paper and files: sentences, tables, HTML, SVG, JSON
* ``shipped``             the catalogue and the sample that come with the program
* ``ui``                  Qt: the document with undo, the window, its pages and dialogs
* ``app``, ``cli``        put the pieces together for the window and for the command line
                          (``importing``); ``cli.main`` lists the commands, one module a group
"""

__version__ = "0.1.0"
