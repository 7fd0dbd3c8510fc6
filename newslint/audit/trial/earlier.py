"""What `--against` means: another version of the rule, in a file, in force, or in git."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from newslint import git, stylebooks
from newslint.audit.trial.versions import Version
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.lexicons import FOLDER
from newslint.tree import Tree


def earlier(against: str, rule: str, settings: Settings, folder: Path) -> Version:
    """The version that `--against` means: a file, a rule in force, or a commit in git.

    `rule` is the path of the rule on trial; what git holds is written to `folder`. Raises
    `NewslintError`.
    """
    if os.path.isfile(against):
        return Version(against, against, named=False)
    if against in settings.names:
        return Version(shown=f"{against}, which is in force", id=settings.names[against])
    if against.endswith(stylebooks.SUFFIXES):
        raise NewslintError(Error(against, "rule", "there is no such rule file"))
    try:
        return _committed(against, rule, folder)
    except NewslintError as error:
        message = f"“{against}” is no file and no rule in force; {error.error.message}"
        raise NewslintError(Error("--against", error.error.code, message)) from None


def _committed(ref: str, rule: str, folder: Path) -> Version:
    """The rule file as it is in a commit, with the lexicons beside it there."""
    place = os.path.realpath(rule)
    top = git.top_of(os.path.dirname(place))
    where = posixpath.dirname(os.path.relpath(place, top).replace(os.sep, "/"))
    with git.Objects(top) as objects:
        tree = Tree(top, git.commit_of(top, ref), ref, objects)
        found = posixpath.join(where, os.path.basename(place))
        data = tree.read(found)
        if data is None:
            message = f"there is no {found} in {ref}: name a commit that has it, or a file"
            raise NewslintError(Error("--against", "rule", message))
        path = folder / os.path.basename(place)
        path.write_bytes(data)
        beside = posixpath.join(where, FOLDER)
        for lexicon in tree.names_in(beside) or ():
            content = tree.read(posixpath.join(beside, lexicon))
            if content is not None and lexicon.endswith(stylebooks.SUFFIXES):
                (folder / FOLDER).mkdir(exist_ok=True)
                (folder / FOLDER / lexicon).write_bytes(content)
    shown = f"{ref}:{found}"
    return Version(str(path), shown, named=False, instead=os.path.dirname(place))
