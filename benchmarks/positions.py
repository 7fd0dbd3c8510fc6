"""Check exact positions on real files: `python benchmarks/positions.py [PATH ...]`.

Every piece of every block is compared with the source that it says it came from, and every
finding of every shipped rule is looked up in an independent scan for code, URLs, tags, shortcodes
and front matter syntax; every place that the engine of the rules of grammar flags is compared with
its words in the source. Without `PATH` the 2,592 Markdown and 86 HTML files of the labelled data
(`NEWSLINT_DATA`) are read; a PATH is a file or a folder that is read besides. Exits 1 if anything
is wrong.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from common import data, rules, table
from flagged import flagged, shared
from msgspec import Struct, field
from regions import CLASSES, FRONT, TAG, TEMPLATE, URL, Regions

from newslint import readers, stylebooks
from newslint.article import Article
from newslint.engines import NAMES, Choice
from newslint.finding import Finding
from newslint.lint import Linter
from newslint.readers.verify import pieces_checked, verify
from newslint.rule import Ready

ABOUT_MARKUP = {
    ("metadata", "alt-text"): {TAG, URL, TEMPLATE},
    ("metadata", "empty-heading"): {TAG, TEMPLATE},
    ("metadata", "front-matter"): {FRONT},
}
"""Rules, by kind and check, that stand on markup because they are about it."""
CONTROL = "Markdown as text (control)"
SHOWN = 20


class Tally(Struct):
    """What was looked at and what was wrong."""

    files: int = 0
    blocks: int = 0
    pieces: int = 0
    wrong: list[str] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    findings: int = 0
    about_markup: int = 0
    about_urls: int = 0
    text: list[str] = field(default_factory=list)
    flagged: int = 0
    """Places that an engine flags."""
    words: list[str] = field(default_factory=list)
    """Those among them with other words in the source."""
    cut: int = 0
    """Those that an engine has cut out of a word."""
    inside: list[tuple[str, str]] = field(default_factory=list)
    """(class, place) of findings that lie wholly in what is no prose."""
    edge: list[tuple[str, str]] = field(default_factory=list)
    """The same of findings that only begin or end there."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="files or folders besides the data")
    parser.add_argument(
        "--control", action="store_true",
        help="read the Markdown as plain text as well: the scan must then find findings in markup",
    )  # fmt: skip
    parser.add_argument("--all", action="store_true", help=f"list all, not {SHOWN} of a sort")
    parser.add_argument("--engine", choices=NAMES, default="harper", help="which one is asked")
    parser.add_argument("--server", default="", help="the address of a LanguageTool server")
    parser.add_argument("--sample", type=int, default=1, help="read one file in so many only")
    parser.add_argument("--grammar", action="store_true", help="run the rules of grammar alone")
    options = parser.parse_args(arguments)
    folder = data()
    sets: dict[str, list[Path]] = {}
    if folder:
        sets["Markdown"] = sorted((folder / "repos").rglob("*.md"))
        sets["HTML"] = sorted((folder / "html" / "pages").glob("*.html.gz"))
    if options.paths:
        sets["given"] = [p for path in options.paths for p in _below(path)]
    sets = {name: paths[:: options.sample] for name, paths in sets.items()}
    choice = Choice(options.engine, server=options.server, seconds=600)
    ready = shared(rules(["grammar"] if options.grammar else stylebooks.shipped()), choice)
    checker, by_id = Linter(ready), {one.rule.id: one for one in ready}
    tallies = {name: _look(paths, checker, by_id) for name, paths in sets.items()}
    wrong = any(t.wrong or t.crashes or t.text or t.inside or t.words for t in tallies.values())
    if options.control and folder:
        tallies[CONTROL] = _look(sets["Markdown"], checker, by_id, readers.TEXT)
        wrong |= not tallies[CONTROL].inside
    if tallies:
        _report(tallies, len(by_id), options.all)
    return int(wrong)


def _below(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (p for p in sorted(path.rglob("*")) if readers.format_of(p.name))
    else:
        yield path


def _look(
    paths: list[Path], checker: Linter, rules: dict[str, Ready], format: str | None = None
) -> Tally:
    tally = Tally()
    for path in paths:
        tally.files += 1
        raw, name = path.read_bytes(), str(path)
        if path.suffix == ".gz":
            raw, name = gzip.decompress(raw), str(path.with_suffix(""))
        try:
            article = _read(name, raw, format)
            findings, errors = checker.check(article)
        except Exception as error:  # a crash is what this looks for
            tally.crashes.append(f"{path.name}: {type(error).__name__}: {error}")
            continue
        tally.crashes += [f"{path.name}: {error.message}" for error in errors]
        tally.blocks += len(article.blocks)
        tally.pieces += pieces_checked(article)
        tally.wrong += [f"{path.name}: {message}" for message in verify(article)]
        _judge(article, findings, rules, tally)
        _judge_engine(article, tally)
    return tally


def _judge_engine(article: Article, tally: Tally) -> None:
    """Hold what the engine flags against the source."""
    for one in flagged(article):
        tally.flagged += 1
        tally.cut += not one.whole
        if not one.same:
            tally.words.append(f"{article.path[-40:]} {one.rule} {one.text!r}: {one.source!r}")


def _read(name: str, raw: bytes, format: str | None) -> Article:
    if format is None:
        return readers.read(name, raw).article
    return readers.read_source(name, readers.decode(raw).text, format)


def _judge(
    article: Article, findings: list[Finding], rules: dict[str, Ready], tally: Tally
) -> None:
    regions = Regions(article.source, article.format == "html")
    for finding in findings:
        tally.findings += 1
        rule, (start, end) = rules[finding.rule].rule, finding.span
        place = _place(article, finding)
        if finding.text != article.source[start:end] or not 0 <= start <= end:
            tally.text.append(place)
        inside, touched = regions.inside(start, end), regions.touched(start, end)
        allowed = ABOUT_MARKUP.get((rule.kind, str(rule.options.get("check"))), set())
        if "link-url" in rule.scope and _is_address(article, start, end):
            tally.about_urls += 1
            allowed = {URL, TAG, TEMPLATE}
        elif touched & allowed:
            tally.about_markup += 1
        tally.inside += [(what, place) for what in sorted(inside - allowed)]
        tally.edge += [(what, place) for what in sorted(touched - inside - allowed)]


def _is_address(article: Article, start: int, end: int) -> bool:
    """Whether a range lies in the address of a link, which some rules are about."""
    return any(link.span.start <= start and end <= link.span.end for link in article.links)


def _place(article: Article, finding: Finding) -> str:
    line = article.source.count("\n", 0, finding.span.start) + 1
    words = " ".join(finding.text.split())
    words = words if len(words) <= 60 else words[:57] + "…"
    return f"{'/'.join(Path(article.path).parts[-3:])}:{line} {finding.rule} {words!r}"


def _report(tallies: dict[str, Tally], rules: int, everything: bool) -> None:
    heads = ("what", *tallies)
    each = list(tallies.values())
    print("### Positions\n")
    table(heads, [
        ("files", *(t.files for t in each)),
        ("blocks", *(t.blocks for t in each)),
        ("pieces checked", *(t.pieces for t in each)),
        ("pieces and spans wrong", *(len(t.wrong) for t in each)),
        ("crashes, of readers or rules", *(len(t.crashes) for t in each)),
    ])  # fmt: skip
    print(f"### Findings of all {rules} shipped rules\n")
    rows: list[tuple[str | int, ...]] = [
        ("findings", *(t.findings for t in each)),
        ("whose text is not the source at their span", *(len(t.text) for t in each)),
        ("places that the engine flags", *(t.flagged for t in each)),
        ("with other words in the source", *(len(t.words) for t in each)),
        ("that the engine cuts out of a word", *(t.cut for t in each)),
    ]
    for what in CLASSES:
        counted = [Counter(w for w, _ in t.inside)[what] for t in each]
        rows.append((f"inside {what}", *counted))
    rows += [
        ("that only begin or end in one of these", *(len(t.edge) for t in each)),
        ("left out: rules that look at addresses, in one", *(t.about_urls for t in each)),
        ("left out: rules on images, headings, front matter", *(t.about_markup for t in each)),
    ]
    table(heads, rows)
    for name, tally in tallies.items():
        if name != CONTROL:
            for sort in (
                "wrong",
                "crashes",
                "text",
                "words",
                "inside",
                *(("edge",) if everything else ()),
            ):
                _list(sort, getattr(tally, sort), None if everything else SHOWN)


def _list(name: str, offenders: list[str] | list[tuple[str, str]], shown: int | None) -> None:
    for offender in offenders[:shown]:
        print(f"- {name}: {offender if isinstance(offender, str) else ': '.join(offender)}")
    if shown is not None and len(offenders) > shown:
        print(f"- {name}: {len(offenders) - shown} more (--all lists them)")
    if offenders:
        print()


if __name__ == "__main__":
    raise SystemExit(main())
