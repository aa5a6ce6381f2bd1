"""Where one is on this page, and the links from there: the record opened, what is being done to it, its part shown."""

from collections.abc import Callable
from urllib.parse import quote

from ui import address, session
from ui.look import icon
from ui.markup import Markup, element, join

TEXT, ORDER, BACKWARDS, COLUMNS = "texte", "ordre", "inverse", "colonnes"
"""What narrows a list by words, by what it is put in order, whether that is turned round, the columns shown."""

ACT, TARGET, PART, PAGE = "faire", "cible", "partie", "page"
ADD, LOG, PERSON, LINK, EDIT, CHANGE, REMOVE, SNOOZE, FOLLOW, SERVE, DEPOSIT, FIELD = (
    "ajouter", "echange", "personne", "lien", "modifier", "changer", "supprimer", "reporter", "suivre", "desservir",
    "deposer", "champ",
)  # fmt: skip


def record() -> str:
    """The id of the record that the address opens, empty when there is none."""
    return address.text(address.RECORD)


def act() -> str:
    """What is being done."""
    return address.text(ACT)


def target() -> str:
    """The id of the link, or the name of the field, to which it is done."""
    return address.text(TARGET)


def part() -> str:
    """The part of the sheet that is shown, empty for the first."""
    return address.text(PART)


def to_record(id: str) -> str:
    """A link that opens a sheet, the list staying as it is."""
    return address.here(**{address.RECORD: id, ACT: None, TARGET: None, PART: None, PAGE: None})


def opening() -> Callable[[str], str]:
    """What makes the link that opens a sheet; for many of them, the address is read but once."""
    base = to_list()
    before = base if base == "?" else f"{base}&"
    return lambda id: f"{before}{address.RECORD}={quote(id)}"


def to_add() -> str:
    """A link that begins to add a partner, the list staying as it is."""
    return address.here(**{address.RECORD: None, ACT: ADD, TARGET: None, PART: None, PAGE: None})


def to_part(part: str) -> str:
    """A link to a part of the sheet."""
    return address.here(**{PART: part, PAGE: None, ACT: None, TARGET: None})


def to_page(id: str, page: str) -> str:
    """A link to a page of the document of a proof, the list staying as it is."""
    return address.here(**{address.RECORD: id, PART: "document", PAGE: page, ACT: None, TARGET: None})


def to(act: str, target: str | None = None) -> str:
    """A link that begins to do something, here."""
    return address.here(**{ACT: act, TARGET: target})


def to_list(**parameters: address.Given) -> str:
    """A link back to the list as it is, but for these parameters."""
    return address.here(**{**parameters, address.RECORD: None, ACT: None, TARGET: None, PART: None, PAGE: None})


def tool(id: str, caption: str) -> Markup:
    """The door to correct or remove, here, a record of one of the rows; nothing for who may not."""
    if not session.may_edit():
        return Markup("")
    label = f"Modifier ou supprimer : {caption}"
    return join(" ", element("a", icon(":material/edit:"), class_="door tool", href=to(EDIT, id), title=label,
                             aria_label=label))  # fmt: skip


def done() -> None:
    """Stay on the sheet, nothing being done any more."""
    address.put(**{ACT: None, TARGET: None})


def close() -> None:
    """Go back to the list."""
    address.put(**{address.RECORD: None, ACT: None, TARGET: None, PART: None, PAGE: None})


def open(id: str) -> None:
    """Show the sheet of a record."""
    address.put(**{address.RECORD: id, ACT: None, TARGET: None, PART: None, PAGE: None})
