"""Asks git, the only program that newslint ever starts, and only where a flag needs it.

Every question is put so that neither the user's git configuration nor the environment has a say in
the answer, so that no other program is started and so that nothing is fetched. File names may be
any bytes: they come as `os.fsdecode` gives them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import NamedTuple

from newslint.errors import Error, NewslintError
from newslint.later import compiled_later

REMEDY = "fetch more history: git fetch --unshallow, or fetch-depth: 0 in actions/checkout"
PARTIAL = "this clone is partial and newslint fetches nothing; “git diff” with that commit does"

_NEUTRAL = (
    "--no-pager", "--literal-pathspecs", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", f"core.attributesFile={os.devnull}",
    "-c", f"core.excludesFile={os.devnull}", "-c", f"core.hooksPath={os.devnull}",
    "-c", "diff.autoRefreshIndex=true",
    # A folder of a pull request may look like a repository, with a config and a `main` of its own.
    "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_ENVIRONMENT = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_ALLOW_PROTOCOL": "none"}
_LINK, _SUBMODULE = "120000", "160000"
_BRANCH = compiled_later(r"(?=.*[^0-9a-f])(?!HEAD)[A-Za-z0-9_][A-Za-z0-9_./-]*")
"""What may be the name of a branch, and may stand in a command that a user copies."""


class Change(NamedTuple):
    """A file of the working tree that is not as it was in a commit."""

    path: str
    """From the top of the repository, joined with `/`; at the end of another repository stands one.

    Of that, a submodule or one that lies there untracked, all is new.
    """
    base: str = ""
    """Where it lay in the commit; empty for a new file."""
    blob: str = ""
    """The object that holds it as it was; empty for a new file, and for what was no file."""


class Entry(NamedTuple):
    """What a tree or the index holds at a path."""

    path: str
    mode: str
    blob: str
    unseen: bool = False
    """In the index: git was told not to look whether the file has changed."""

    @property
    def link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK


def top_of(folder: str) -> str:
    """The top folder of the working tree that `folder` lies in. Raises `NewslintError`."""
    done = _run(folder, "rev-parse", "--show-toplevel")
    if done.returncode or not done.stdout.strip():
        said = _said(done)
        if "dubious ownership" in said:
            said += f"; “git config --global --add safe.directory {os.path.abspath(folder)}” helps"
        raise trouble(f"no git working tree here, or none that git would read: {said}")
    return os.path.realpath(os.fsdecode(done.stdout.removesuffix(b"\n")))


def commit_of(top: str, ref: str) -> str:
    """The commit that a ref names. Raises `NewslintError` where there is none."""
    plain = bool(ref) and not ref.startswith("-") and ref.isprintable()
    done = _run(top, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") if plain else None
    if done is not None and not done.returncode:
        return done.stdout.decode("ascii").strip()
    message = f'git knows no commit "{ref}"'
    if plain and not _run(top, "rev-parse", "--verify", "--quiet", f"origin/{ref}").returncode:
        raise trouble(f'{message}. Did you mean "origin/{ref}"?')
    branch = ref.removeprefix("origin/")
    told = f". A branch comes by: git fetch origin {branch}:refs/remotes/origin/{branch}"
    told = told if plain and _BRANCH.fullmatch(branch) else ""
    if plain and _is_shallow(top):
        raise trouble(f"{message}, for this is a shallow clone; {REMEDY}{told}")
    raise trouble(f"{message}; is it spelt right, and fetched?{told.removeprefix('.')}")


def merge_base(top: str, ref: str) -> str:
    """The commit where `HEAD` left the history of `ref`. Raises `NewslintError`.

    After merges in both directions there may be several: one of them alone could hide what the
    branch takes back of the other's changes. So `ref` itself stands for them.
    """
    commit = commit_of(top, ref)
    done = _run(top, "merge-base", "--all", commit, "HEAD")
    if not done.returncode:
        shared = done.stdout.decode("ascii").split()
        return shared[0] if len(shared) == 1 else commit
    if _run(top, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
        raise trouble("there is no commit here yet: commit first, or leave out --changed-since")
    if _is_shallow(top):
        raise trouble(f'a shallow clone holds no commit that "{ref}" and HEAD share; {REMEDY}')
    raise trouble(f'"{ref}" and HEAD share no commit: there is nothing to compare with')


def changed(top: str, commit: str) -> list[Change]:
    """The files that differ from a commit: committed, staged, unstaged and untracked ones.

    Files that are gone are left out; a file that only moved is among them.
    """
    options = (
        "--raw", "-z", "--no-abbrev", "--no-color", "--no-ext-diff", "--no-textconv",
        "--no-relative", "--ignore-submodules=dirty", "--find-renames=50%", "-l1000",
        f"-O{os.devnull}",
    )  # fmt: skip
    known = {c.path: c for c in _raw(_answer(top, "diff", *options, commit, "--"))}
    for name in _names(_answer(top, "ls-files", "-z", "--others", "--exclude-standard")):
        known.setdefault(name, Change(name))
    for change in _overlooked(top, known):
        known.setdefault(change.path, change)
    return [known[path] for path in sorted(known)]


def _overlooked(top: str, known: Mapping[str, Change]) -> Iterator[Change]:
    """What has, or may have, changed although git does not say so."""
    for path, mode, blob, unseen in index(top):
        place = os.path.join(top, path)
        if mode == _SUBMODULE:
            populated = f"{path}/" not in known and os.path.lexists(os.path.join(place, ".git"))
            if populated and _is_stirred(place):
                yield Change(f"{path}/")
        elif unseen and os.path.lexists(place):
            yield Change(path, path, blob if mode != _LINK else "")
        elif mode == _LINK and path not in known:
            target = os.path.relpath(os.path.realpath(place), top).replace(os.sep, "/")
            if target in known:
                yield known[target]._replace(path=path, base=path)


def _is_stirred(top: str) -> bool:
    """Whether a submodule is not as its own commit has it, or cannot tell."""
    try:
        return bool(changed(top, "HEAD"))
    except NewslintError:
        return True


def index(top: str) -> list[Entry]:
    """What git keeps for the working tree, submodules too."""
    found = []
    for line in _names(_answer(top, "ls-files", "-z", "-v", "--stage")):
        (tag, mode, blob, _), name = line.partition("\t")[0].split(), line.partition("\t")[2]
        found.append(Entry(name, mode, blob, tag in "Ss" or tag.islower()))
    return found


def tracked(top: str) -> list[str]:
    """The files that git keeps, submodules left out."""
    return [entry.path for entry in index(top) if entry.mode != _SUBMODULE]


def entries(top: str, commit: str) -> list[Entry]:
    """The files and links of a commit, submodules left out."""
    found = []
    for line in _names(_answer(top, "ls-tree", "-z", "-r", "--full-tree", commit)):
        (mode, _, blob), name = line.partition("\t")[0].split(), line.partition("\t")[2]
        if mode != _SUBMODULE:
            found.append(Entry(name, mode, blob))
    return found


class Objects(AbstractContextManager["Objects"]):
    """Reads what git keeps, by name of object; git is started with the first question."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._process: subprocess.Popen[bytes] | None = None

    def __exit__(self, *_: object) -> None:
        if self._process is not None:  # forked workers may hold its input open: no waiting for it
            self._process.kill()
            self._process.communicate()
            self._process = None

    def read(self, blob: str) -> bytes:
        """The bytes of a file. Raises `NewslintError` where the clone lacks it."""
        if self._process is None:
            self._process = subprocess.Popen(
                _command(self._top, "cat-file", "--batch"), env=_environment(),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None
        assert answers is not None
        try:
            questions.write(blob.encode("ascii") + b"\n")
            questions.flush()
        except BrokenPipeError:  # git is gone, which must not pass for a reader that is
            raise trouble("git stopped while newslint was asking it") from None
        header = answers.readline().split()
        if len(header) != 3:
            reason = PARTIAL if _is_partial(self._top) else "git fsck tells what is wrong"
            raise trouble(f"an earlier version of this file is missing ({blob[:12]}): {reason}")
        return answers.read(int(header[2]) + 1)[:-1]


def trouble(message: str) -> NewslintError:
    """What git cannot answer, for the user."""
    return NewslintError(Error("", "config", message))


def _raw(answer: bytes) -> Iterator[Change]:
    """What `git diff --raw -z` says, file by file."""
    fields = iter(_names(answer))
    for field in fields:
        before, after, blob, _, status = field.removeprefix(":").split()
        base = path = next(fields)
        if status[0] in "RC":
            path = next(fields)
        if status[0] == "D":
            continue
        if after == _SUBMODULE:
            yield Change(f"{path}/")
        elif before == "000000" or status[0] == "U":
            yield Change(path)
        else:
            yield Change(path, base, blob if before.startswith("100") else "")


def _names(answer: bytes) -> list[str]:
    return [os.fsdecode(name) for name in answer.split(b"\0") if name]


def _is_shallow(top: str) -> bool:
    return _run(top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


def _is_partial(top: str) -> bool:
    return not _run(top, "config", "--get-regexp", r"^remote\..*\.promisor$").returncode


def _answer(folder: str, *arguments: str) -> bytes:
    done = _run(folder, *arguments)
    if done.returncode:
        reason = PARTIAL if _is_partial(folder) else _said(done)
        raise trouble(f"git {arguments[0]} failed: {reason}")
    return done.stdout


def _run(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        _command(folder, *arguments), env=_environment(),
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip


def _command(folder: str, *arguments: str) -> list[str]:
    # Only absolute entries: a program called git in the repository must not be run.
    places = os.pathsep.join(place for place in os.get_exec_path() if os.path.isabs(place))
    program = shutil.which("git", path=places)
    if program is None:
        raise trouble("git is not installed, or not on the PATH: install it from git-scm.com")
    return [program, *_NEUTRAL, "-C", folder, *arguments]


def _environment() -> dict[str, str]:
    """That of newslint without what would tell git where to look and what to run."""
    return {k: v for k, v in os.environ.items() if not k.startswith("GIT_")} | _ENVIRONMENT


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Git's first line on stderr."""
    lines = os.fsdecode(done.stderr).strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "no answer"
