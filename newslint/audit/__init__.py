"""An archive: articles by the million in, tables and a report out.

    sources -> shards -> lint_batch -> parts -> comparisons (SQL) -> tables -> report

`lint_batch` is one pure function on Arrow batches. Who calls it (processes on this machine, or
Spark) is the only thing in which executors differ.
"""

MEMORY = 200
"""Megabytes that comparisons need at least, and take where nobody says otherwise."""
