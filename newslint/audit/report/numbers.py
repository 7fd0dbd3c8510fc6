"""The numbers of an audit as JSON, for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from newslint import __version__
from newslint.audit.report.figures import Figures
from newslint.audit.report.groups import Kind
from newslint.audit.report.samples import Worst

VERSION = 1


def document(figures: Figures, kinds: Mapping[str, Kind], worst: Sequence[Worst]) -> str:
    """One JSON document; findings themselves are in the tables."""
    told: dict[str, Any] = {
        "version": VERSION,
        "newslint": __version__,
        **msgspec.to_builtins(figures),
        "clusters": {name: {"count": k.count, "members": k.members} for name, k in kinds.items()},
        "worst": [
            {name: value for name, value in msgspec.to_builtins(each).items() if name != "samples"}
            for each in worst
        ],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
