"""Spark as an executor: the same lint function and guard inside `mapInArrow`, and Spark SQL.

What differs from the processes of one machine: a part is a wave of input, written by Spark as a
folder of Parquet files; big dumps are split by Spark's own readers; and the config travels with
the task, since executors cannot read the files of whoever started the audit.
"""
