"""Compare sentence splitters on news copy: `python benchmarks/splitters.py [--disagree A B]`.

The passages and their boundaries are our own (`data/sentences.jsonl`): the half marked `tuning`
was looked at while newslint's splitter was written, the half marked `kept` only counted. With
`NEWSLINT_DATA` set, `--disagree` prints paragraphs of real copy that two splitters cut differently.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import itertools
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from newslint.language.sentences import sentences

Ranges = list[tuple[int, int]]
Splitter = Callable[[str], Ranges]
PASSAGES = Path(__file__).parent / "data" / "sentences.jsonl"
COPY = (
    (
        "The council of Halden voted on Tuesday night to close the old bridge over the Orla for"
        " eleven months, after engineers found cracks in two of its four piers. Buses will take"
        " the long way round through Elmford from the first week of March, and the city will "
        "pay half of the fare."
    ),
    (
        "“Nobody wanted this, but nobody can look at those pictures and drive across with "
        "children in the back,” said Mayor Lena Brandt, who had opposed an earlier plan. She "
        "said that the U.S. Department of Transportation had promised $4.2 million of the cost,"
        " though not before autumn."
    ),
    (
        "Shopkeepers on the west bank were less sure. Amos Tully, who has sold hardware on Mill"
        " Lane since 1987, said that he lost a third of his trade when the bridge was closed "
        "for six weeks four years ago. He plans to shut his doors at 3 p.m. and to let one of "
        "his two clerks go."
    ),
    (
        "The work was first put out to tender in 2019 and then twice postponed as prices rose. "
        "A report by the state auditor, published in June, called the delay costly and hard to "
        "explain. The city answered that it had no money for repairs while the new school was "
        "being built."
    ),
)


def _newslint() -> Splitter:
    return sentences


def _pysbd() -> Splitter:
    segmenter = importlib.import_module("pysbd").Segmenter(language="en", char_span=True)
    return lambda text: [(span.start, span.end) for span in segmenter.segment(text)]


def _syntok() -> Splitter:
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> Ranges:
        tokens = [list(sentence) for paragraph in analyze(text) for sentence in paragraph]
        return [(t[0].offset, t[-1].offset + len(t[-1].value)) for t in tokens if t]

    return split


def _sentencex() -> Splitter:
    boundaries = importlib.import_module("sentencex").get_sentence_boundaries
    return lambda text: [(b["start_index"], b["end_index"]) for b in boundaries("en", text)]


def _blingfire() -> Splitter:
    split = importlib.import_module("blingfire").text_to_sentences_and_offsets
    return lambda text: list(split(text)[1])


def _nupunkt() -> Splitter:
    split = importlib.import_module("nupunkt").sent_spans
    return lambda text: list(split(text))


def _nltk() -> Splitter:
    punkt = importlib.import_module("nltk.tokenize.punkt").PunktSentenceTokenizer()
    return lambda text: list(punkt.span_tokenize(text))


def _sentence_splitter() -> Splitter:
    splitter = importlib.import_module("sentence_splitter").SentenceSplitter(language="en")
    return lambda text: _located(text, splitter.split(text))


def _spacy() -> Splitter:
    model = importlib.import_module("spacy").blank("en")
    model.add_pipe("sentencizer")
    return lambda text: [(s.start_char, s.end_char) for s in model(text).sents]


SPLITTERS: dict[str, tuple[str, bool, Callable[[], Splitter]]] = {
    # name: distribution, whether it gives offsets itself, how to make it
    "newslint": ("", True, _newslint),
    "pysbd": ("pysbd", True, _pysbd),
    "syntok": ("syntok", True, _syntok),
    "sentencex": ("sentencex", True, _sentencex),
    "blingfire": ("blingfire", True, _blingfire),
    "nupunkt": ("nupunkt", True, _nupunkt),
    "nltk-punkt (untrained)": ("nltk", True, _nltk),
    "sentence-splitter": ("sentence-splitter", False, _sentence_splitter),
    "spacy sentencizer": ("spacy", True, _spacy),
}


def _located(text: str, parts: list[str]) -> Ranges:
    """Offsets of sentences that a splitter returned as strings, in order."""
    ranges, offset = [], 0
    for part in parts:
        start = text.find(part.strip(), offset)
        if start >= 0:
            offset = start + len(part.strip())
            ranges.append((start, offset))
    return ranges


def cuts(text: str, ranges: Ranges) -> set[int]:
    """Where sentences begin after the first, whatever a splitter does with white space."""
    return {
        s + len(text[s:e]) - len(text[s:e].lstrip()) for s, e in ranges if text[s:e].strip()
    } - {len(text) - len(text.lstrip())}


def passages(which: str) -> Iterator[tuple[str, set[int]]]:
    """The passages of one half and where their sentences begin."""
    with PASSAGES.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if record["set"] == which:
                starts = itertools.accumulate(len(part) + 1 for part in record["sentences"][:-1])
                yield " ".join(record["sentences"]), set(starts)


def accuracy(split: Splitter, which: str) -> tuple[float, float]:
    """The share of passages cut exactly right, and F1 over the cuts."""
    right = total = hits = found = gold = 0
    for text, wanted in passages(which):
        got = cuts(text, split(text))
        right, total = right + (got == wanted), total + 1
        hits, found, gold = hits + len(got & wanted), found + len(got), gold + len(wanted)
    return right / total, 2 * hits / (found + gold)


def speed(split: Splitter) -> float:
    """Microseconds of CPU for 3,000 characters of plain copy; the best of seven runs."""
    best = float("inf")
    for _ in range(7):
        gc.collect()
        begin = time.process_time()
        for paragraph in COPY * 20:
            split(paragraph)
        best = min(best, time.process_time() - begin)
    return best / sum(map(len, COPY * 20)) * 3e9


def _size(distribution: str, seen: set[str]) -> int:
    """Bytes installed, with what it requires."""
    name = distribution.lower().replace("_", "-")
    if name in seen:
        return 0
    seen.add(name)
    try:
        found = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        return 0
    needs = [r for r in found.requires or [] if "extra ==" not in r]
    own = sum(int(file.size or 0) for file in found.files or [])
    return own + sum(_size(_name_of(need), seen) for need in needs)


def _name_of(requirement: str) -> str:
    return "".join(itertools.takewhile(lambda c: c.isalnum() or c in "-_.", requirement))


def _licence(distribution: str) -> str:
    found = metadata.metadata(distribution).json
    trove = [c.rpartition(":: ")[2] for c in found.get("classifier", []) if "License" in c]
    named = found.get("license_expression") or (trove[0] if trove else found.get("license"))
    return str(named or "not stated").splitlines()[0]


def table() -> None:
    """Print one row for each splitter that is installed."""
    heads = "splitter|version|licence|MB installed|offsets|tuning|kept|F1 kept|µs / 3 KB"
    print("| " + heads.replace("|", " | ") + " |")
    print("|---|---|---|---|---|---|---|---|---|")
    missing = []
    for name, (distribution, offsets, make) in SPLITTERS.items():
        try:
            split = make()
        except ImportError:
            missing.append(name)
            continue
        tuning, (kept, f1) = accuracy(split, "tuning")[0], accuracy(split, "kept")
        about = "| – | – | 0 " if not distribution else (
            f"| {metadata.version(distribution)} | {_licence(distribution)} "
            f"| {_size(distribution, set()) / 1e6:.1f} "
        )  # fmt: skip
        print(f"| {name} {about}| {'yes' if offsets else 'no'} | {tuning:.1%} | {kept:.1%} "
              f"| {f1:.3f} | {speed(split):.0f} |")  # fmt: skip
    if missing:
        print(f"\nNot installed, skipped: {', '.join(missing)}")


def disagreements(one: str, other: str, count: int) -> None:
    """Print the cuts on real copy that only one of the two makes."""
    folder = os.environ.get("NEWSLINT_DATA")
    if not folder:
        print("NEWSLINT_DATA is not set: skipped")
        return
    first, second = SPLITTERS[one][2](), SPLITTERS[other][2]()
    found, cut = [], [0, 0, 0]
    with (Path(folder) / "attribution" / "polnear_train.jsonl").open(encoding="utf-8") as lines:
        paragraphs = [p.strip() for line in lines for p in json.loads(line)["text"].split("\n\n")]
    for text in paragraphs[::3]:
        if not (line := " ".join(text.split())):
            continue
        mine, theirs = cuts(line, first(line)), cuts(line, second(line))
        cut = [
            cut[0] + len(mine & theirs),
            cut[1] + len(mine - theirs),
            cut[2] + len(theirs - mine),
        ]
        found += [(one, line, at) for at in mine - theirs] + [
            (other, line, at) for at in theirs - mine
        ]
    print(f"cuts by both {cut[0]}, by {one} alone {cut[1]}, by {other} alone {cut[2]}")
    for name, line, at in random.Random(0).sample(found, min(count, len(found))):
        print(f"{name}: …{line[max(0, at - 60) : at]}⏐{line[at : at + 40]}…")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--disagree", nargs=2, metavar=("A", "B"))
    parser.add_argument("--count", type=int, default=60)
    options = parser.parse_args()
    if options.disagree:
        one, other = options.disagree
        disagreements(one, other, options.count)
    else:
        table()


if __name__ == "__main__":
    main()
