"""Folding of French text, so that two spellings of one name compare equal."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, ligatures or punctuation, words one space apart.

    >>> fold("  L'Œuvre – Saint-Étienne ")
    'l oeuvre saint etienne'
    """
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    bare = _LATIN_MARKS.sub("", bare)
    return _NOT_WORD.sub(" ", bare).strip() if bare.isascii() else _fold_marks(bare)


def _fold_marks(bare: str) -> str:
    return _NOT_WORD.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()
