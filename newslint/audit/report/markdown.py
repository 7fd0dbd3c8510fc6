"""stub"""
from newslint.audit.report.content import Content
from collections.abc import Iterator
def render(content: Content) -> Iterator[str]:
    yield ""
