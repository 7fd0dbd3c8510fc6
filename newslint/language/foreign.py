"""Tells a paragraph in another language from English, by the little words of both."""

from __future__ import annotations

AROUND = ".,;:!?()[]“”‘’\"'…–—"
"""What stands around a word and is no part of it."""
_FEW = 3
"""Little words of other languages that tell one, where English has fewer."""
_MANY = 12
"""Words in small letters without which nothing can be told by what is missing."""
ENGLISH_SHARE = 0.08
"""Of the words in small letters so many are little English ones, at the least; in English news copy
0.3 and more are, in other copy hardly any."""
_LAST_LATIN = "\u024f"

_COMMON = """
the of and to that with it his by from are be this have has had not which but were they their or
who its will would been after about said she her you we our can more into than when there what
also over before could your us these how should new do does
"""
_ENGLISH = """
a an is for as at if so i my no all any being did done most other such very between through during
while because every here just like only own same too under until up down out off them him it's it’s
don't don’t can't can’t use using make made get one two was in on me some am
"""
_OTHER = """
de la el los las en una y que del por con para se su es al lo como más pero sus le ya este porque
esta entre cuando muy sin sobre también hasta hay donde quien desde todo nos durante un
les des une du et est pas pour dans qui sur au aux avec ce cette sont plus ne être nous vous mais
ou où leur ses été der die das und ist nicht mit den von zu im ein eine einen dem auch sich auf
für wird oder bei nach wie noch aus einer sind über di il che è per non gli della dei delle alla
nel sono più anche come o os um uma não em da dos na ao pelo pela com foi são seu sua
het een van dat niet zijn voor met aan ook maar naar wordt och att som på är av inte ett til og ikke
jeg det ang ng mga ay ki nan yo pou w nie się z jest ve bir bu için ile
"""
COMMON = frozenset(_COMMON.split())
"""Little English words that hardly any other language writes the same way."""
_IN_ENGLISH = COMMON | frozenset(_ENGLISH.split())
_ELSEWHERE = frozenset(_OTHER.split())


def is_foreign(text: str) -> bool:
    """Whether a paragraph is in another language; one too short to tell is in English."""
    if not text.isascii() and _in_other_letters(text):
        return True
    words = [word.strip(AROUND) for word in text.split()]
    small = [word for word in words if word[:1].islower()]
    if len(small) < _FEW:
        return False
    english = sum([word.lower() in _IN_ENGLISH for word in words])
    if english * 4 >= len(small):
        return False
    other = sum([word in _ELSEWHERE for word in small])
    return (other >= _FEW and other > english) or (
        len(small) >= _MANY and english < ENGLISH_SHARE * len(small)
    )


def _in_other_letters(text: str) -> bool:
    """Whether most letters are of another alphabet."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum([letter > _LAST_LATIN for letter in letters]) * 2 > len(letters)
