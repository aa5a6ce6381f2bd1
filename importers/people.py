"""Names of people as they stand in one cell."""

import re

_CIVILITIES = {
    "mme": "mme", "madame": "mme", "mlle": "mme", "melle": "mme", "mademoiselle": "mme",
    "m": "m", "mr": "m", "monsieur": "m",
}  # fmt: skip


def split_name(text: str, family_first: bool = False) -> dict[str, str]:
    """Family name, given name and civility of « Mme Claire EXEMPLE » (or, with ``family_first``, « Exemple Claire »).

    What is written in capitals is the family name wherever it stands; a single word is a family name.
    """
    words = re.sub(r"[\s\u00a0]+", " ", text.replace(",", " ")).strip().split(" ")
    found: dict[str, str] = {}
    if len(words) > 1 and (civility := _CIVILITIES.get(words[0].rstrip(".").lower())):
        found["civility"] = civility
        words = words[1:]
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        family, given = capitals, [word for word in words if word not in capitals]
    elif family_first:
        family, given = words[:1], words[1:]
    else:
        family, given = words[1:] or words, words[:1] if len(words) > 1 else []
    found["family_name"] = " ".join(family)
    if given:
        found["given_name"] = " ".join(given)
    return found
