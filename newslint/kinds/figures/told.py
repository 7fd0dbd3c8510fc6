"""What an article tells of a figure: what it counts, what befell that, whose it is, and when."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from msgspec.structs import replace

from newslint.article import Article
from newslint.kinds.figures.shared import HEADS, names, sentence, stem, stems
from newslint.language.counted import ABOVE, Words, is_plural, singular
from newslint.language.figures import Figure
from newslint.later import compiled_later
from newslint.matching import fold, prose

_NEAR = 34
"""Code points on both sides of a figure in which its nearest words stand."""
_SIGNS, _HYPHENS = "$£€¥₹", ("-", "‑")
_WORD = compiled_later(r"[^\W\d_]{3,}")
_BEHIND = compiled_later(r"[- ]([^\W\d_]{3,})(?: ([^\W\d_]{3,}))?")
_HYPHENED = compiled_later(r"[-‑]([^\W\d_]{3,})\b (?:[a-z]+ )??([a-z]{4,})\b")
_GROUP = compiled_later(r"(?:\b([a-z]+) )?\b([^\W\d_]{4,}) of $")
_APPOSED = compiled_later(r"\b([a-z]+) (?:[a-z]+ )?[a-z]{4,}(?:, [a-z]+| of) $")
_OWNER = compiled_later(r"(?:['’]s?|\b(?:[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)) (?:[^\W\d_]+ )?$")
_OWNED = compiled_later(r"\b([A-Z][\w-]+)['’]s? (?:[^\W\d_]+ )?$")
_SUBJECT = compiled_later(r"([A-Z][\w-]+)(?: [a-z]+){0,2} $")
_LABEL = compiled_later(r"\b([A-Z][a-z]+) $")
_FIRST = compiled_later(r"[“\"]?([A-Z][\w-]+)(['’]s| [A-Z])?")
_PLACE = compiled_later(r"\b([a-z]+) (?:the )?([A-Z][\w-]+)")
_DONE = compiled_later(r" ([a-z]+ed) ([^\W\d_]{3,})\b")
_PART = compiled_later(r" (?:out )?of (?:the |its |their )?\d[\d,]* ([^\W\d_]{3,})")
_NEXT = compiled_later(r" ([a-z]+)")
_NUMBER_OF = compiled_later(r"\bnumber of ((?:[^\W\d_]+ ){1,4})")
_YEAR = compiled_later(r"\b(?:(?:1[6-9]|20)\d\d|\d\d?:\d\d)\b")
_DAY = compiled_later(r"[A-Z][a-z]+day\b")
_CAPITAL = compiled_later(r"\b[A-Z][a-z]{2,8}\b")


class Telling(NamedTuple):
    """The words that say of a figure which one it is."""

    definite: frozenset[str]
    events: dict[str, str]
    """From a word to what befell those who are counted: “killed” is “die”."""
    several: frozenset[str]
    """Words right before a figure after which it is one of several: “the first two phases”."""
    narrowed: frozenset[str]
    """Words behind a figure after which it is only some of them: “in Ohio”, “that left”."""
    passing: frozenset[str]
    """Words after which a figure is a lower bound: “the number of cases has passed 900”."""
    months: frozenset[str]
    sources: frozenset[str]


class Told(NamedTuple):
    """A figure, and what is told of it; words are stems."""

    figure: Figure
    home: tuple[int, int]
    """Its block, and where its sentence begins."""
    in_head: bool
    """It stands in a headline or subheading."""
    said: str
    """Its sentence, folded."""
    head: str
    """What it counts, describes or fills: “job”, “nine-hour blockade”, “a crowd of 900”."""
    nouns: frozenset[str]
    described: bool
    """It describes or fills its head."""
    host: str
    """What has as many of them: the hall of “400-seat hall”."""
    event: str
    definite: float
    """How surely it was told of before: most by “the”, less by “its”."""
    near: frozenset[str]
    around: frozenset[str]
    behind: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    """Names right at it that say which one it is: “the nine delegates from Leet”."""
    leads: str
    """The name that its sentence begins with."""
    subject: str
    """The name right before it: “the Civic Union 62”."""
    owner: str
    years: frozenset[str]
    days: frozenset[str]
    narrowed: bool


class _Noun(NamedTuple):
    head: str = ""
    nouns: frozenset[str] = frozenset()
    described: bool = False
    host: str = ""
    definite: float = 0.0


def told(article: Article, words: Words, telling: Telling, figure: Figure) -> Told | None:
    """What is told of a figure; None where it is a label, or one of several."""
    block, left, right = figure.number.block, figure.whole.start, figure.whole.end
    text = article.blocks[block].text
    start, end = sentence(article, figure)
    whole, before = text[start:end], text[max(start, left - _NEAR) : left]
    after = text[right : min(end, right + _NEAR)]
    if _is_passed_over(words, telling, figure, whole, before, text[start:left]):
        return None
    noun = _noun(words, telling, figure, text, start)
    if noun is None:
        return None
    if not noun.head or not figure.counted:
        last = before.split()[-1:]
        if noun.head and last and last[0] in telling.passing:
            figure = replace(figure, approximation=ABOVE, high=inf)
    nearest = [*before.split()[-3:], *after.split()[:4]]
    events = (telling.events.get(word, "") for word in _WORD.findall(fold(" ".join(nearest))))
    known = _names(article, words, telling, whole)
    leads = _FIRST.match(whole)
    subject, owner, following = _SUBJECT.search(before), _OWNED.search(before), _NEXT.match(after)
    return Told(
        figure=figure, home=(block, start), said=fold(whole),
        in_head=article.blocks[block].kind in HEADS,
        head=noun.head, nouns=noun.nouns, described=noun.described, host=noun.host,
        event=next(filter(None, events), ""),
        definite=max(noun.definite, _definite(telling, before)),
        near=stems(words, " ".join(nearest[:-1]), events=True),
        around=stems(words, f"{text[start:left]} {text[right:end]}", events=True) - noun.nouns,
        behind=stems(words, " ".join(after.split()[:4]), events=True),
        names=known, places=_places(telling, before, after),
        leads=leads[1] if leads and leads[1] in known else "",
        subject=subject[1] if subject else "", owner=owner[1] if owner else "",
        years=frozenset(_YEAR.findall(whole)), days=_days(telling, whole),
        narrowed=bool(
            following and following[1] in telling.narrowed
            and not _DAY.match(after, following.end() + 1)
        ),
    )  # fmt: skip


def _is_passed_over(
    words: Words, telling: Telling, figure: Figure, whole: str, before: str, left: str
) -> bool:
    """Whether it stands in brackets or a label, or is one of several: “the first two phases”."""
    if left.count("(") > left.count(")") or before.endswith(": ") or whole.rstrip()[-1:] == ":":
        return True
    label = _LABEL.search(before)
    if label and figure.noun and not figure.unit and label[1].lower() not in words.no_nouns:
        return True  # “Equation 5 shows”
    last = before.lower().split()[-2:]
    if last[-1:] and last[-1] in telling.definite:
        last.pop()
    return bool(last) and last[-1] in telling.several


def _noun(words: Words, telling: Telling, figure: Figure, text: str, start: int) -> _Noun | None:
    """What a figure counts, describes or fills; None for “three-quarters”."""
    if figure.noun is not None and figure.counted:
        nouns = stems(words, text[figure.noun.start : figure.noun.end])
        return _Noun(stem(words, figure.counted), nouns)
    hyphen = text[figure.number.end : figure.number.end + 1] in _HYPHENS
    before = text[start : figure.whole.start]
    if figure.unit and (hyphen or text[figure.number.start] in _SIGNS):
        found: list[str] = []
        behind = _BEHIND.match(text, figure.whole.end)
        for word in behind.groups() if behind else ():
            if not word or not word.islower() or word in words.no_nouns:
                break
            found.append(stem(words, word))
        if found:
            return _Noun(found[0], frozenset(found), described=True)
    elif hyphen:
        counted = _HYPHENED.match(text, figure.number.end)
        if counted is None or counted[1] in words.no_nouns:
            return None
        head = stem(words, counted[1])
        return _Noun(head, frozenset((head,)), host=stem(words, counted[2]))
    group = _GROUP.search(before)
    if group and group[2].lower() not in words.no_nouns:
        head = stem(words, group[2].lower())
        definite = 1.5 if group[1] in telling.definite else 0.0
        return _Noun(head, frozenset((head,)), described=True, definite=definite)
    head = "" if figure.unit else _bare(words, figure, text, before)
    return _Noun(head, frozenset((head,)) if head else frozenset())


def _bare(words: Words, figure: Figure, text: str, before: str) -> str:
    """What a number without a noun of its own counts: “62 of the 150 seats”, “36 rescued men”."""
    part, done = _PART.match(text, figure.number.end), _DONE.match(text, figure.whole.end)
    if part:
        return stem(words, part[1].lower())
    if done and is_plural(words, done[2].lower()):
        return stem(words, singular(words, done[2].lower()))
    found, number = "", _NUMBER_OF.search(fold(before))
    for word in number[1].split() if number else ():
        if word in words.no_nouns:
            break
        found = stem(words, singular(words, word)) if is_plural(words, word) else found
    return found


def _definite(telling: Telling, before: str) -> float:
    bare = before.lower().split()
    if bare and (bare[-1] in telling.definite or (bare[-2:-1] and bare[-2] in telling.definite)):
        return 1.5 if bare[-1].isalpha() else 0.0
    apposed = _APPOSED.search(fold(before))
    if apposed and apposed[1] in telling.definite:
        return 1.25
    return 1.0 if _OWNER.search(before) else 0.0


def _names(article: Article, words: Words, telling: Telling, text: str) -> frozenset[str]:
    """The names of a sentence, the one that it begins with as well."""
    found, copy = set(names(text)), prose(article).copy.joined
    first = _FIRST.match(text)
    if first and (first[2] or copy.count(first[1]) > 1) and f" {first[1].lower()} " not in copy:
        found.add(first[1])
    bare = {name.removesuffix("’s").removesuffix("'s") for name in found}
    return frozenset(
        name for name in bare
        if name.lower() not in words.no_nouns and name.lower() not in telling.months
        and not _DAY.match(name)
    )  # fmt: skip


def _places(telling: Telling, before: str, after: str) -> frozenset[str]:
    found = {
        place[2] for place in _PLACE.finditer(after)
        if place[1] in telling.narrowed and not _DAY.match(place[2])
        and place[2].lower() not in telling.months
    }  # fmt: skip
    owner = _OWNED.search(before)
    return frozenset(found | ({owner[1]} if owner else set()))


def _days(telling: Telling, text: str) -> frozenset[str]:
    words = _CAPITAL.findall(text)
    return frozenset(w for w in words if _DAY.match(w) or w.lower() in telling.months)
