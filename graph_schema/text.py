"""Folding of French text, so that two spellings of one name compare equal; what of a text can be seen."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_LATIN_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_INVISIBLE = dict.fromkeys(
    [*(c for c in range(0xA0) if not (0x1F < c < 0x7F) and c not in b"\t\n\r"),
     0x200B, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)  # fmt: skip
"""Characters that nobody sees and that mislead readers and search: controls, changes of writing direction."""


def visible(text: str) -> str:
    """Return ``text`` without control characters and changes of writing direction: no one can have meant them."""
    return text if text.isprintable() else text.translate(_INVISIBLE)


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
