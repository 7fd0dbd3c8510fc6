"""What people read of an audit: a page, a short report, a summary in the terminal.

All of it is asked of the finished tables by SQL, and holds no more than a bounded part of them,
which it says. The same tables make the same bytes.
"""

from __future__ import annotations

from pathlib import Path

from newslint import atomic
from newslint.audit.report import html, markdown
from newslint.audit.report.content import content
from newslint.audit.report.tables import opened
from newslint.audit.store import REPORT

PAGE, SHORT = REPORT


def write(folder: Path) -> None:
    """Write `report.html` and `report.md` into the folder of an audit, made of its tables.

    Raises `NewslintError` where they cannot be read, and `OSError`.
    """
    with opened(folder) as tables:
        told = content(tables, folder)
    for name, render in ((PAGE, html.render), (SHORT, markdown.render)):
        atomic.write(folder / name, (part.encode() for part in render(told)))
