"""Those whom appointments and messages name, as programs write them."""

import re

from graph_schema.limits import Limit
from graph_schema.text import fold
from importers.claims import Attendee

PARTIES = Limit(
    100, "Participants d'un rendez-vous ou d'un courriel importé", "les suivants sont laissés, et c'est dit"
)

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


def known_once(parties: list[Attendee]) -> list[Attendee]:
    """Each participant once: whoever called the others is often among those called, with an answer."""
    found: dict[str, Attendee] = {}
    for each in parties:
        known = found.get(each.email or fold(each.name))
        if known is not None:
            each = known._replace(
                name=known.name or each.name, began=known.began or each.began,
                accepted=known.accepted or each.accepted, declined=known.declined or each.declined,
            )  # fmt: skip
        if each.called:
            found[each.email or fold(each.name)] = each
    return list(found.values())
