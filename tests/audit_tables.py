"""Tables of an audit as a test wants them: a few values given, the others filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from newslint.audit import manifest
from newslint.audit.across.schema import ACROSS_FINDINGS, CLUSTER
from newslint.audit.linted import ARTICLE

Rows = Sequence[Mapping[str, Any]]
BLANK = {
    pa.string(): "", pa.int64(): 0, pa.int32(): 1, pa.bool_(): False, pa.float64(): None,
    pa.list_(pa.string()): [],
}  # fmt: skip
NULLS = ("headline", "byline", "published", "section", "url", "score")


def written(
    folder: Path, articles: Rows, findings: Rows = (), clusters: Rows = (),
    notices: tuple[str, ...] = (),
) -> Path:  # fmt: skip
    """Write the tables into a folder; an article is known by its `locator`."""
    for name, schema, rows in (
        ("articles", pa.schema(ARTICLE), [{"checked": True, "words": 100, **a} for a in articles]),
        ("findings", ACROSS_FINDINGS, findings),
        ("clusters", CLUSTER, clusters),
    ):
        filled = [_filled(schema, row, number) for number, row in enumerate(rows)]
        table = pa.Table.from_pylist(filled, schema=schema)
        pq.write_table(table, folder / f"{name}.parquet")
    known = manifest.Manifest(
        newslint="0.1.0", sources=("archive",), input="", premises="", done=True, notices=notices
    )
    manifest.save(folder, known)
    return folder


def _filled(schema: pa.Schema, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    known = {"source": row["locator"], "fingerprint": f"{number}", **row}
    return {
        field.name: known.get(field.name, None if field.name in NULLS else BLANK[field.type])
        for field in schema
    }
