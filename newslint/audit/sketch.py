"""The MinHash of an article's copy, by which near-copies find each other."""

from __future__ import annotations

import re
from array import array

from rensa import RMinHash

from newslint.article import Article

PERMUTATIONS = 128
WORDS = 5
"""Words of a shingle."""
_SEED = 20261122
_WORD = re.compile(r"\w+")


def sketch(article: Article) -> bytes | None:
    """The signature, four bytes a permutation; None where the copy has too few words."""
    words = _WORD.findall(" ".join(block.text for block in article.blocks).lower())
    if len(words) < 50:
        return None
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update([" ".join(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)])
    return array("I", minhash.digest()).tobytes()
