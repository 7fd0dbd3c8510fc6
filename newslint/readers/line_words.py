"""The words that mark lines which are not running prose. Lower case; matched in any case."""

from __future__ import annotations


def _words(*lists: str) -> frozenset[str]:
    return frozenset(" ".join(lists).split())


LONG_MONTHS = _words(
    "january february march april may june july august september october november december"
)
LONG_WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
DATE_PREFIXES = frozenset(
    {
        "published", "first published", "originally published", "published on", "published at",
        "first published on", "originally published on", "posted", "posted on", "posted at",
        "updated", "updated on", "updated at", "last updated", "last updated on",
        "last updated at", "last modified", "last modified on", "modified", "revised", "date",
        "publication date", "date published", "created", "issued", "issued on", "filed",
    }
)  # fmt: skip
BYLINE_PREFIXES = frozenset(
    {
        "by", "words by", "text by", "story by", "written by", "reporting by", "report by",
        "reported by", "posted by", "additional reporting by", "with reporting by",
        "analysis by", "opinion by", "contributing", "contributors", "contributed by",
        "author", "authors", "byline", "reporter", "reporters",
    }
)  # fmt: skip
ROLES = frozenset(
    {
        "writer", "reporter", "correspondent", "editor", "columnist", "journalist", "staff",
        "contributor", "freelancer", "critic", "bureau chief",
    }
)  # fmt: skip
COLLECTIVE_AUTHORS = frozenset(
    {
        "staff", "staff reporter", "staff reporters", "staff writer", "staff writers", "admin",
        "our correspondent", "our correspondents", "our staff", "agencies", "editor", "editors",
        "the editors", "the editorial board", "editorial board", "the associated press",
        "associated press", "wire reports", "wire services", "ap", "upi", "afp", "dpa", "pa", "efe",
        "ansa", "reuters", "xinhua", "bloomberg", "pa media", "agence france-presse",
    }
)  # fmt: skip
OUTLET_NOUNS = _words(
    "times post journal news herald tribune guardian telegraph press gazette observer chronicle",
    "courier globe sun star mail record standard argus echo inquirer register atlantic economist",
    "conversation independent mirror review monitor dispatch bulletin examiner sentinel",
)
NAME_PARTICLES = _words(
    "al ap bin bint da dal das de del della den der di do dos du el e ibn la le san st ten ter",
    "van von y zu zur",
)
NOT_IN_NAMES = (
    _words(
        "a an the this that these those of in on at to for from with by or and but not no its",
        "all any each some his her our your their",
        "demand design numbers number far end year years week weeks month months day days time",
        "law land sea air way contrast comparison chance accident default definition now then",
        "morning afternoon evening night midnight noon today tomorrow yesterday spring summer",
        "autumn winter late early mid next last",
    )
    | LONG_WEEKDAYS
    | LONG_MONTHS - _words("may april june august")
)
SOURCE_PREFIXES = frozenset({"source", "sources", "via", "h/t", "hat tip", "original source"})
CAPTION_PREFIXES = frozenset(
    {
        "photo", "photos", "photo credit", "photos credit", "photo by", "photos by", "photograph",
        "photograph by", "photographs by", "photo courtesy", "photo courtesy of", "image",
        "images", "image credit", "image by", "image courtesy of", "picture", "pictures",
        "picture credit", "picture by", "pic", "credit", "illustration", "illustration by",
        "graphic", "graphic by", "caption", "file photo", "featured image", "video", "map",
    }
)  # fmt: skip
PHOTO_AGENCIES = frozenset(
    {
        "getty images", "getty", "reuters", "ap", "associated press", "ap photo", "afp", "epa",
        "shutterstock", "istock", "alamy", "unsplash", "flickr", "bloomberg", "zuma press",
        "sipa", "wikimedia commons",
    }
)  # fmt: skip
LINK_PHRASES = frozenset(
    {
        "related", "related story", "related stories", "related article", "related articles",
        "related coverage", "related content", "related links", "related link", "related news",
        "related posts", "related post", "related topics", "related reading", "related video",
        "related videos", "read more", "read also", "read next", "read this next", "also read",
        "read this", "more to read", "what to read next", "see also", "see more", "explore more",
        "more on this story", "more on this topic", "more on this", "more stories", "more news",
        "more like this", "you may also like", "you might also like", "you may be interested in",
        "you might be interested in", "recommended", "recommended for you",
        "recommended reading", "recommended stories", "further reading", "up next", "keep reading",
        "continue reading", "learn more", "find out more", "don't miss", "don’t miss",
        "in case you missed it", "icymi", "editor's picks", "editor’s picks", "editors' picks",
        "editors’ picks", "most read", "most popular", "trending", "trending now",
        "popular stories", "top stories", "latest stories", "watch", "listen", "more", "must read",
        "more from the web", "from the archive", "from the archives", "also on our site",
    }
)  # fmt: skip
LINK_PHRASES_WITH_TITLE_ONLY = frozenset({"watch", "listen", "more", "recommended"})
"""These are link lines only where a colon and a title follow."""
