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
    try:
        letters = text.encode(_COMMON).translate(_FOLDED).decode()
    except UnicodeEncodeError:
        return _folded(text)
    return _folded(text) if _RARE in letters else " ".join(letters.split())


def _folded(text: str) -> str:
    """What ``fold`` returns, of any text."""
    bare = unicodedata.normalize("NFKD", text.translate(_LIGATURES).casefold())
    bare = _LATIN_MARKS.sub("", bare)
    return _NOT_WORD.sub(" ", bare).strip() if bare.isascii() else _fold_marks(bare)


def _fold_marks(bare: str) -> str:
    return _NOT_WORD.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


_COMMON, _RARE = "latin-1", "\0"


def _folded_byte(byte: int) -> str:
    """What folding makes of one letter: a letter, a space, or _RARE where only the whole text tells."""
    found = _folded(bytes([byte]).decode(_COMMON)) or " "
    return found if len(found) == 1 else _RARE


_FOLDED = "".join(map(_folded_byte, range(256))).encode()
"""The folded letter of each one of nearly every French text: one look into a table, many times as fast as Unicode's."""
