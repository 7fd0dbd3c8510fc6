"""What comes of a record: one row an article, with its findings and facts inside.

These are the columns of the parts that executors write; `tables` makes the files of the audit of
them. Offsets are 0-based code points, ends exclusive; lines and columns are 1-based. Of a row with
fields, they count within the field that `field` names; else within the file.
"""

from __future__ import annotations

import pyarrow as pa

PLACE = [
    pa.field("field", pa.string(), nullable=False),  # headline, byline, body …; "" for a file
    pa.field("start", pa.int64(), nullable=False),
    pa.field("end", pa.int64(), nullable=False),
    pa.field("line", pa.int32(), nullable=False),
    pa.field("column", pa.int32(), nullable=False),
    pa.field("text", pa.string(), nullable=False),
]
"""Where in the article something stands."""

FINDING = [
    pa.field("rule", pa.string(), nullable=False),
    pa.field("severity", pa.string(), nullable=False),
    pa.field("message", pa.string(), nullable=False),
    *PLACE,
    pa.field("before", pa.string(), nullable=False),  # of the same block, as a reader sees it
    pa.field("shown", pa.string(), nullable=False),  # the text, as a reader sees it
    pa.field("after", pa.string(), nullable=False),
    pa.field("quoted", pa.bool_(), nullable=False),  # within a quotation
    pa.field("advice", pa.string(), nullable=False),
    pa.field("fingerprint", pa.string(), nullable=False),
    pa.field("across", pa.bool_(), nullable=False),  # told by other articles
]

FACT = [
    pa.field("rule", pa.string(), nullable=False),
    pa.field("number", pa.int32(), nullable=False),  # of the rule's facts in the article, from 0
    pa.field("key", pa.string(), nullable=False),
    pa.field("values", pa.list_(pa.string()), nullable=False),
    *PLACE,
    pa.field("identity", pa.string(), nullable=False),
    pa.field("waved", pa.bool_(), nullable=False),  # the article or the config suppresses the rule
]

ARTICLE = [
    pa.field("source", pa.string(), nullable=False),
    pa.field("record", pa.int64(), nullable=False),
    pa.field("locator", pa.string(), nullable=False),
    pa.field("format", pa.string(), nullable=False),
    pa.field("headline", pa.string()),
    pa.field("byline", pa.string()),
    pa.field("published", pa.string()),  # YYYY-MM-DD
    pa.field("section", pa.string()),
    pa.field("url", pa.string()),
    pa.field("language", pa.string(), nullable=False),
    pa.field("words", pa.int32(), nullable=False),
    pa.field("quoted_words", pa.int32(), nullable=False),
    pa.field("errors", pa.int32(), nullable=False),
    pa.field("warnings", pa.int32(), nullable=False),
    pa.field("infos", pa.int32(), nullable=False),
    pa.field("suppressed", pa.int32(), nullable=False),
    pa.field("checked", pa.bool_(), nullable=False),
    pa.field("code", pa.string(), nullable=False),  # of the first error; "" where there is none
    pa.field("message", pa.string(), nullable=False),
    pa.field("notices", pa.list_(pa.string()), nullable=False),
]

TITLE = [
    pa.field("office", pa.string(), nullable=False),  # the main form of the title
    pa.field("of", pa.string(), nullable=False),
    pa.field("former", pa.bool_(), nullable=False),
    pa.field("form", pa.string(), nullable=False),  # as written
]

PERSON = [
    pa.field("key", pa.string(), nullable=False),  # the same for one person's names
    pa.field("mentions", pa.int32(), nullable=False),
    pa.field("names", pa.list_(pa.string()), nullable=False),  # in full, each time that it is
    pa.field("titles", pa.list_(pa.struct(TITLE)), nullable=False),  # each time that one is given
]

LINTED = pa.schema(
    [
        *ARTICLE,
        pa.field("overrides", pa.string(), nullable=False),  # of the config: numbers, with commas
        pa.field("sketch", pa.large_binary()),  # MinHash of the copy; null where it is too short
        pa.field("findings", pa.list_(pa.struct(FINDING)), nullable=False),
        pa.field("facts", pa.list_(pa.struct(FACT)), nullable=False),
        pa.field("people", pa.list_(pa.struct(PERSON)), nullable=False),  # named in full
    ]
)
"""The columns of a part."""
