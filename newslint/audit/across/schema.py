"""The columns of what comparisons across an archive leave."""

from __future__ import annotations

import pyarrow as pa

from newslint.audit.linted import FINDING, PLACE

CLUSTER = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),  # headline, copy, title, name, quotation …
        pa.field("rule", pa.string(), nullable=False),  # that compares so
        pa.field("cluster", pa.string(), nullable=False),  # an id: the same for the same articles
        pa.field("subject", pa.string(), nullable=False),  # what it is about, for people
        pa.field("role", pa.string(), nullable=False),  # first, copy, agrees, disagrees …
        pa.field("source", pa.string(), nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
        pa.field("published", pa.string()),  # YYYY-MM-DD
        pa.field("headline", pa.string()),
        *PLACE,
        pa.field("score", pa.float64()),  # of near-copies: the share in common; else null
        pa.field("note", pa.string(), nullable=False),  # in words
    ]
)
"""A row for each member of a cluster: places in articles that have to do with each other."""

ACROSS_FINDINGS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
        *FINDING,
    ]
)
"""The columns of the view `findings`."""

EXCUSED = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("rule", pa.string(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("begin_at", pa.int64(), nullable=False),
        pa.field("end_at", pa.int64(), nullable=False),
    ]
)
"""Findings within articles that other articles show to be right."""
