"""A column of a file, what it feeds, and why."""

from dataclasses import dataclass

BY_NAME = "reconnue par son intitulé"
BY_CONTENT = "reconnue par son contenu"
UNKNOWN = "non reprise : aucun champ ne porte cet intitulé"
NAMELESS = "non reprise : colonne sans intitulé"
TAKEN = "non reprise : déjà prise par une autre colonne"
CHOSEN = "choisie par vous"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its header, its place from 0, what it feeds (``Type.field`` or None) and why (French)."""

    header: str
    index: int
    target: str | None
    reason: str = ""


def left_out(why: str) -> str:
    """The reason of a column that feeds nothing."""
    return f"non reprise : {why}"
