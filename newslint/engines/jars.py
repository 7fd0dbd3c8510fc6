"""Where LanguageTool itself lies, and how it is started: the library language-tool-python knows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from newslint.engines import EngineError

if TYPE_CHECKING:
    from language_tool_python.download_lt import LocalLanguageTool

FOLDER = "LTP_JAR_DIR_PATH"
"""The variable of language-tool-python that names a folder with LanguageTool in it."""
DOWNLOADS = "LTP_PATH"
"""That for the folder into which it fetches LanguageTool."""
MISSING = (
    "the engine LanguageTool is not installed: pip install 'newslint[languagetool]', "
    "or use --engine harper"
)
NO_JAVA = (
    "LanguageTool needs Java 17 or newer, and there is no “java” on the PATH: install one, "
    "or use a server with --languagetool-server, or --engine harper"
)
ELSEWHERE = (
    f"name a folder that has it in {FOLDER}, or use --languagetool-server or --engine harper"
)
AGAIN = "delete the folder, and have “newslint get-languagetool” fetch it again"
NOT_HERE = (
    f"LanguageTool itself is not here: “newslint get-languagetool” fetches it once; or {ELSEWHERE}"
)
OPTIONS = (
    "-Xmx1g",
    "-XX:TieredStopAtLevel=1",  # ready in half the time, and as fast for the first 400 articles
    "-XX:+ExitOnOutOfMemoryError",  # it would go on, and answer nobody
    "-XX:-UsePerfData",  # no file that stays behind
    f"-XX:ErrorFile={os.devnull}",
    "-XX:-CreateCoredumpOnCrash",
    "-XX:+DisplayVMOutputToStderr",
    "-Dfile.encoding=UTF-8",
    "-Duser.language=en",
    "-Duser.country=US",
)
"""For Java. What it says and does is the same everywhere, and it leaves nothing behind."""
PROPERTIES = Path(__file__).with_name("server.properties")


def command() -> list[str]:
    """What starts a server, with `{port}` for its port. Raises `EngineError`."""
    tool = _tool()
    if not _is_here(tool):
        raise EngineError(NOT_HERE, everywhere=True)
    try:
        java, *rest = tool.get_server_cmd()
    except Exception as error:
        named = f" (named by {FOLDER}): " if os.environ.get(FOLDER) else f": {AGAIN}; or "
        why = str(error).rstrip(".")
        raise EngineError(f"{why}{named}{ELSEWHERE}", everywhere=True) from None
    return [java, *OPTIONS, *rest, "--port", "{port}", "--config", str(PROPERTIES)]


def fetch() -> bool:
    """Fetch LanguageTool where it is not here yet, and return whether it was not.

    Raises `EngineError`.
    """
    tool = _tool()
    if _is_here(tool):
        command()  # a folder that is named may be empty
        return False
    try:
        tool.download()
    except (Exception, SystemExit) as error:  # the library has many ways to fail
        why = _bottom(error)
        raise EngineError(f"LanguageTool cannot be fetched: {why}; {ELSEWHERE}", True) from None
    return True


def _bottom(error: BaseException) -> str:
    """What lies below an error of the library's, or of the one that it asks the network with."""
    request = getattr(error, "request", None)
    if request is None:
        return str(error)
    first = error
    while below := first.__cause__ or first.__context__:
        first = below
    return f"{urlsplit(request.url).hostname}: {getattr(first, 'strerror', None) or first}"


def _is_here(tool: LocalLanguageTool) -> bool:
    """Whether it was fetched, or a folder is named. The library makes the one for what it fetches.

    Raises `EngineError` where it cannot.
    """
    try:
        return bool(os.environ.get(FOLDER)) or tool in tool.get_installed_versions()
    except OSError as error:
        why = f"{error.filename}: {error.strerror}; {DOWNLOADS} may name another folder"
        raise EngineError(f"LanguageTool can be neither found nor fetched: {why}", True) from None


def _tool() -> LocalLanguageTool:
    """LanguageTool as the library sees it. Raises `EngineError` without Java or the library."""
    if not shutil.which("java"):
        raise EngineError(NO_JAVA, everywhere=True)
    try:
        from language_tool_python.download_lt import LTP_DOWNLOAD_VERSION, ReleaseLocalLanguageTool
    except ImportError:
        raise EngineError(MISSING, everywhere=True) from None

    class Given(ReleaseLocalLanguageTool):
        """The library fetches nothing where a folder is named, but does not look into it."""

        def get_directory_path(self) -> Path:
            return Path(os.environ[FOLDER]).absolute()

    kind = Given if os.environ.get(FOLDER) else ReleaseLocalLanguageTool
    return kind(LTP_DOWNLOAD_VERSION)


def identity() -> str:
    """What tells the LanguageTool that lies here from another one. Neither loads nor starts it."""
    from importlib import metadata

    try:
        version = metadata.version("language_tool_python")
    except metadata.PackageNotFoundError:
        version = "none"
    digest = blake2b(version.encode(), digest_size=16)
    for line in sorted(_files(_folder())):
        digest.update(line)
    return f"LanguageTool {digest.hexdigest()}"


def _folder() -> Path:
    if folder := os.environ.get(FOLDER):
        return Path(folder)
    return Path(os.environ.get(DOWNLOADS) or os.path.expanduser("~/.cache/language_tool_python"))


def _files(folder: Path) -> Iterator[bytes]:
    """A line on each file of a folder, those that a newsroom may have changed included."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            try:
                status = os.stat(path)
            except OSError:
                continue
            within = os.path.relpath(path, folder)
            yield os.fsencode(f"{within}\0{status.st_size}\0{status.st_mtime_ns}\n")
