"""Sentences and words of news copy.

A stop ends a sentence where white space and something that can begin a sentence follow, unless the
word before the stop is an abbreviation or the stop belongs to a name. Offsets are 0-based code
points into the text that was given; ends are exclusive.
"""

from __future__ import annotations

from newslint.article import Article
from newslint.language import once
from newslint.later import compiled_later

Range = tuple[int, int]
_LONGEST = 40  # How far back a word before a stop is looked at; keeps hostile copy linear.


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A name follows these: their stop ends no sentence.
_TITLES = _set(
    "Mr Mrs Ms Mx Messrs Mme Mmes Mlle Dr Drs Prof Profs Rev Revs Hon Gen Gens Lt Lieut Col "
    "Cols Maj Capt Cmdr Comdr Cdr Adm Brig Sgt Cpl Pvt Pfc Spc Cst Const Insp Supt Det Sen Sens "
    "Rep Reps Gov Govs Pres Amb Atty Asst Assoc Dep Msgr Fr Mt Mts Ft Ste Ald Cllr Ven Univ "
    "Dept Sra Srta v vs viz cf e.g i.e ca incl"
)
# A number follows these; where one does, their stop ends no sentence.
_NUMBERED = _set(
    "No Nos nos Art Sec sec Fig Figs fig p pp para Ch ch Pt Rte Rt Hwy Ex Vol vol approx ver "
    "tel Tel ext Ext est Est c ft Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
# A name or a new sentence may follow these: the next word decides.
_OPEN = _set(
    "St Sts Inc Co Cos Corp Ltd Bros Plc plc Jr Sr Esq PhD Assn Intl Natl Mfg Cie Ave Blvd Rd "
    "Ln Sq Pkwy Ct Pl Ter Bldg Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md "
    "Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta "
    "Sask Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri "
    "Sat al op ed eds"
)
_ABBREVIATIONS = _TITLES | _NUMBERED | _OPEN
# Letters after these are labels and not initials: "plan B", "hepatitis C", "World War I".
_LABELS = _set(
    "vitamin vitamins plan hepatitis influenza grade group type class category option exhibit "
    "part section phase block gate terminal level tier team ward war zone"
)
_NAMES_WITH_STOP = _set(
    "Yahoo! Jeb! Jeopardy! Oklahoma! Airplane! Panic! Yum! Wham! Joomla! Kahoot!"
)
_STARTERS = _set(
    "The A An He She It They We You This That These Those There But And Or So Yet For In On At "
    "As If When While After Before However Meanwhile Since Although Though Because With Without "
    "From By To During Until Despite His Her Its Their Our My Your What Who Why How Where Which "
    "Now Then Some Many Several Both Each Another Also Still Even Not Nor Only Just Such "
    "According Asked Earlier Later Today Yesterday Here Like Once Officials Police Authorities "
    "Critics Experts Shares"
)
_CLOCK = compiled_later(r"[ap]\.m|[AP]\.M")
_AFTER_CLOCK = compiled_later(
    r"(?:Mon|Tues?|Wed|Wednes|Thurs?|Fri|Satur|Sun)(?:days?|s?\b)|(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?"
    r"|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b|[A-Z]{1,3}T\b|UTC\b|(?:Eastern|Central|Mountain|Pacific|Greenwich)\b"
)
_SPEAKER = compiled_later(
    r"(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|wrote|writes|added|replied|shouted|told|cried"
    r"|yelled|wondered|tweeted|demanded|exclaimed|joked|continued|recalled|responded)\b"
)
_CANDIDATE = compiled_later(
    r"([.!?…][.!?…]{0,9}+[\"”’'»)\]]{0,5}+(?:\[\d{1,3}\]|[¹²³⁰-⁹]+|\d{1,2}(?=\s+[\"“]?[A-Z]))?)\s++"
    r"(?![\"“‘'«„(\[]*(?:[a-zß-öø-ÿ](?![A-Z])|[-–—.,;:!?…”’»)\]&]))"
)
_CORE = compiled_later(r"(?:[^\W\d_]\.)+[^\W\d_]+$|[^\W_]+$")
_ACRONYM = compiled_later(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")
_NUMBER = compiled_later(r"\d|[IVXL]+$|Rev$|Hon$")
_NEXT = compiled_later(r"[\"“‘'«„(\[]*([^\W_]+)")
_WORD = compiled_later(
    r"[^\W_]+(?:['’‑-][^\W_]+|\.(?=[a-z0-9]|[A-Z](?![a-z]))[^\W_]+|\.(?<=\.[^\W\d_]\.)"
    r"|(?<=\d)(?:,(?=\d\d\d)|:(?=\d\d))\d+|(?<=[A-Z])&(?=[A-Z])[^\W_]+|[\u0300-\u036f][^\W_]*)*"
)


def sentences(text: str) -> list[Range]:
    """The sentences of one block, trimmed; together they hold every character but white space."""
    ranges: list[Range] = []
    begin = len(text) - len(text.lstrip())
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        end = match.end(1)
        near = max(begin, at - _LONGEST)
        space = text.rfind(" ", near, at)
        word = text[space + 1 if space >= 0 else near : at]
        if not (
            end - at == 1
            and text[at] == "."
            and len(word) > 1
            and word.isalpha()
            and word not in _ABBREVIATIONS
        ) and not _ends(text, begin, at, end, match.end(), word):
            continue
        ranges.append((begin, end))
        begin = match.end()
    end = len(text.rstrip())
    if begin < end:
        ranges.append((begin, end))
    return ranges


def words(text: str) -> list[Range]:
    """The words: letters and digits with inner apostrophes, hyphens and abbreviation stops."""
    return [match.span() for match in _WORD.finditer(text)]


@once
def article_sentences(article: Article) -> tuple[tuple[Range, ...], ...]:
    """The sentences of every block, in the order of `article.blocks`."""
    return tuple(tuple(sentences(block.text)) for block in article.blocks)


def _ends(text: str, begin: int, at: int, end: int, after: int, word: str) -> bool:
    """Whether the stop at `at`, with its closing marks up to `end`, ends the sentence."""
    if text[end - 1] in ")]" and not text[end - 2].isdigit() and _aside(text, begin, end):
        return False
    if text[end - 1].isdigit() and (word[-1:].isdigit() or word in _NUMBERED):
        return False
    stop = text[at]
    if stop == "…" or text.startswith("..", at):
        return _next_word(text, after) not in ("I", "I’m", "I'm")
    if stop != ".":
        if text[at : at + 2] == "! " and word + "!" in _NAMES_WITH_STOP:
            return _next_word(text, after) in _STARTERS
        return end - at == 1 or not _SPEAKER.match(text, after)
    if word.isdigit() and at - len(word) == begin and len(word) < 4:
        return False
    core = _CORE.search(word)
    return core is None or _word_ends(text, at, after, core[0])


def _aside(text: str, begin: int, end: int) -> bool:
    """Whether the bracket that closes before `end` was opened in the middle of the sentence."""
    opened = text.rfind("(" if text[end - 1] == ")" else "[", max(begin, end - 1000), end)
    return opened > begin and text[max(begin, opened - 9) : opened].strip("\"“‘'«„([ ") != ""


def _word_ends(text: str, at: int, after: int, word: str) -> bool:
    """Whether a full stop after `word` ends the sentence, given what follows."""
    follows = _next_word(text, after)
    if word in _TITLES:
        return False
    if _CLOCK.fullmatch(word):
        return not _AFTER_CLOCK.match(text, after)
    if word in _NUMBERED and (word not in _OPEN or _NUMBER.match(follows)):
        return not _NUMBER.match(follows)
    if len(word) == 1 and word.isalpha():
        return _letter_ends(text, at, follows, word)
    if word in _OPEN or _ACRONYM.fullmatch(word):
        return follows in _STARTERS
    return True


def _letter_ends(text: str, at: int, follows: str, letter: str) -> bool:
    """Whether a stop after a single letter ends the sentence and does not mark an initial."""
    before = text[max(0, at - _LONGEST) : at - 1].split()[-1:]
    if before and before[0].lower() in _LABELS:
        return True
    if letter == "I":
        return bool(before) and before[0].islower() and len(follows) > 1
    return follows in _STARTERS or letter.islower()


def _next_word(text: str, offset: int) -> str:
    match = _NEXT.match(text, offset)
    return match[1] if match else ""
