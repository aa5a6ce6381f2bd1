"""Those whom appointments and messages name, as programs write them."""

import re

from importers.claims import Attendee

_QUOTES = "'\"‘’“” "
_ACCEPTED, _DECLINED = "ACCEPTED", "DECLINED"


def attendee(name: str, email: str, began: bool = False, answer: str = "") -> Attendee:
    """Someone, their name as one says it: « 'CARON, Bruno' » is Bruno CARON; an address is no name.

    >>> attendee("'LEFEVRE, Anaïs'", "A.Lefevre@Exemple.example").called
    'Anaïs LEFEVRE'
    >>> attendee("a.lefevre@exemple.example", "").called
    'a.lefevre@exemple.example'
    """
    name = re.sub(r"\s+", " ", name).strip(_QUOTES)
    email = email.strip().lower()
    if "@" in name:
        name, email = "", email or name.lower()
    family, comma, given = (part.strip() for part in name.partition(","))
    if comma and given and "," not in given:
        name = f"{given} {family}"
    return Attendee(name, email, began, answer.upper() == _ACCEPTED, answer.upper() == _DECLINED)
