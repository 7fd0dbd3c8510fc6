"""Who has the say on config and suppressions: the working tree or, by `--config-from`, a commit."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from newslint import config, files
from newslint.checker import Admit, Checker, as_it_is
from newslint.cli.common import request_of
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.files import Found
from newslint.run import Step

if TYPE_CHECKING:
    from newslint.trust import Base

WRITING = "the baseline of {ref} cannot be written: leave out --config-from"


class Origin(NamedTuple):
    """The settings of a run and, where a commit has the say, that commit."""

    settings: Settings
    base: Base | None = None

    def find(self, paths: Sequence[str], wanted: Callable[[str], bool]) -> Found:
        """The files to check. A commit's say cannot be escaped by a line in a `.gitignore`."""
        if self.base is None:
            return files.find(paths, wanted)
        from newslint import changes

        return changes.find_tracked(paths, wanted, self.base.top)

    def steps(self, checker: Checker) -> tuple[Sequence[Step], Admit]:
        """What holds findings and records of articles to the suppressions of the commit."""
        if self.base is None:
            return (), as_it_is
        from newslint.warranted import Warranted

        wanted = partial(config.wanted, self.settings)
        warranted = Warranted(partial(self.base.version_of, wanted=wanted), checker)
        return [warranted.step], warranted.record


@contextmanager
def opened(arguments: argparse.Namespace) -> Iterator[Origin]:
    """The settings that the flags ask for, good for as long as this lasts.

    Raises `NewslintError` where there is no going on.
    """
    request, ref = request_of(arguments), arguments.config_from
    if ref is None:
        yield Origin(config.settle(request))
        return
    if arguments.write_baseline or arguments.prune_baseline:
        raise NewslintError(Error("", "config", WRITING.format(ref=ref)))
    from newslint import trust  # starts git

    with trust.base_of(ref, request) as (base, theirs):
        settings = config.settle(theirs)
        notices = (*trust.notices(base, request), *settings.notices)
        yield Origin(replace(settings, notices=notices), base)
