"""`newslint init`: a commented newslint.yml that fits the repository."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path, PurePosixPath

from newslint import atomic, files
from newslint.cli.common import complain
from newslint.config import NAME
from newslint.errors import Error

_USUAL = ("content", "_posts", "posts", "articles", "stories", "news", "src/content", "docs")
_NOT_ARTICLES = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE.md", "CODE_OF_CONDUCT.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whether an existing file may go."""
    parser.add_argument("--force", action="store_true", help=f"replace a {NAME} that is there")


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 2 when there is one already."""
    path = Path(NAME)
    if path.exists() and not arguments.force:
        complain([Error(NAME, "config", "is there already; --force replaces it")])
        return 2
    found = files.find(["."], lambda _: True)
    text = _config(list(found.paths))
    try:
        atomic.write(path, text.encode())
    except OSError as error:
        complain([Error(NAME, "config", f"cannot be written: {error.strerror or error}")])
        return 2
    count = len(found.paths)
    print(f"Wrote {NAME}, fitted to {count} file{'s' * (count != 1)}. Next: newslint check")
    return 0


def _config(paths: list[str]) -> str:
    articles = [path for path in paths if PurePosixPath(path).name not in _NOT_ARTICLES]
    folders = _folders(articles)
    present = [name for name in _NOT_ARTICLES if any(PurePosixPath(p).name == name for p in paths)]
    files_ = ", ".join(_glob(folder) for folder in folders)
    exclude = ", ".join(f'"**/{name}"' for name in present)
    opinion = next((p for p in ("opinion", "comment", "columns") if _has(articles, p)), "opinion")
    return _TEMPLATE.format(
        files=f"files: [{files_}]" if files_ else '# files: ["content/**"]',
        exclude=f"exclude: [{exclude}]" if exclude else '# exclude: ["**/README.md"]',
        opinion=opinion,
    )


def _glob(folder: str) -> str:
    """What matches all below a folder of that very name, quoted."""
    plain = re.sub(r"[\\*?\[\]!#]", r"\\\g<0>", folder)
    return json.dumps(f"{plain}/**", ensure_ascii=False)


def _folders(paths: list[str]) -> list[str]:
    """The usual folders of articles that are there, else those that hold most of them."""
    usual = [folder for folder in _USUAL if any(_clean(p).startswith(f"{folder}/") for p in paths)]
    if usual:
        return usual[:1] if usual[0] == "content" else usual
    tops = Counter(_clean(p).split("/")[0] for p in paths if "/" in _clean(p))
    return [folder for folder, count in tops.most_common(3) if count * 5 >= len(paths)]


def _clean(path: str) -> str:
    return path.removeprefix("./")


def _has(paths: list[str], folder: str) -> bool:
    return any(f"/{folder}/" in f"/{_clean(path)}" for path in paths)


_TEMPLATE = """\
# newslint's config; "newslint config" shows what holds, "newslint explain RULE" tells why.

# Stylebooks: newsroom (the default), us-style, uk-style, plain-words, sensitive, readability,
# reading-grades, grammar, and folders of your own rules, such as ./desk-rules.
extends: [newsroom]

# Grammar and spelling: extend grammar as well, and pip install 'newslint[harper]'.
# engine: harper          # or languagetool; docs/grammar.md says how to set it up
# dialect: en-US          # or en-GB, en-CA, en-AU
# words: words.txt        # spellings that are right here, one a line

# What is an article. Paths given on the command line obey this too.
{files}
{exclude}

# One rule at a time: off, info, warning or error; or severity and options.
rules:
  # relative-date: off
  # headline-length: {{severity: warning, options: {{max: 90}}}}

# Other rules for some articles, by path or by metadata.
# overrides:
#   - {{files: ["**/{opinion}/**"], rules: {{editorializing: off}}}}
#   - {{meta: {{section: shopping}}, rules: {{tracking-link: off}}}}

# What fails a run: error, warning, info or never.
fail-on: error

# Findings waved on, each with a reason.
# ignores:
#   - {{path: content/a.md, rule: placeholder, text: TK, reason: a company, until: 2027-01-31}}
"""
