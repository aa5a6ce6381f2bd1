"""Our own ids: short, sortable by time of birth, the same kind everywhere."""

import re
import secrets
import time
from itertools import product

from crm.errors import InputError

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_TRIPLES = tuple("".join(three) for three in product(_ALPHABET, repeat=3))
"""All 32,768 runs of three characters: an id is made for every record of files of millions."""

_VALID = re.compile(r"[A-Za-z0-9][A-Za-z0-9:_-]{0,79}")


def new_id() -> str:
    """A new id: 9 characters of time (milliseconds) and 9 of chance, in Crockford's base 32."""
    return _base32(time.time_ns() // 1_000_000) + _base32(secrets.randbits(45))


def check_id(id: str) -> str:
    """``id`` if it may be one; raises ``InputError`` otherwise."""
    if not _VALID.fullmatch(id):
        raise InputError(f"« {id[:80]} » n'est pas un identifiant de fiche.", field="id")
    return id


def _base32(number: int) -> str:
    """The nine digits of a number of 45 bits."""
    return _TRIPLES[number >> 30] + _TRIPLES[number >> 15 & 0x7FFF] + _TRIPLES[number & 0x7FFF]
