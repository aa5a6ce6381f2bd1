"""The first part of a sheet: how to reach them, who works there, the last exchanges, what they are tied to."""

from collections.abc import Iterable, Sequence
from datetime import date

from crm.sheet import Sheet, Tie
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.wording import count, short_date
from ui import session
from ui.fields import said
from ui.look import icon
from ui.markup import Markup, door, element, heading, join
from ui.screens.partners import exchanges, where

_APART = frozenset(
    {"WorksFor", "Involves", "PartyTo", "Signed", "HostedBy", "TutoredBy", "SitsOn", "Attended", "Serves"}
)
"""Links that other parts of the sheet show."""


def draw(sheet: Sheet) -> Markup:
    """The overview, in sections; one that has nothing is left out."""
    return join(_reach(sheet.record.values), _roles(sheet), _last_exchanges(sheet), _ties(sheet), _served(sheet))


def _reach(values: Values) -> Markup:
    """Telephone, e-mail, site and address, ready to be used."""
    ways = []
    for name in ("mobile", "phone"):
        if number := str(values.get(name, "")):
            ways.append(
                _way(":material/call:", element("a", number, class_="figure", href=f"tel:{number.replace(' ', '')}"))
            )
    if mail := str(values.get("email", "")):
        ways.append(_way(":material/mail:", element("a", mail, href=f"mailto:{mail}")))
    site = str(values.get("website", ""))
    if site.startswith(("http://", "https://")):
        bare = site.split("://")[1].rstrip("/")
        ways.append(
            _way(":material/language:", element("a", bare, href=site, target="_blank", rel="noopener noreferrer"))
        )
    elif site:
        ways.append(_way(":material/language:", site))
    if values.get("address"):
        town = " ".join(str(values[name]) for name in ("postal_code", "city") if values.get(name))
        ways.append(_way(":material/location_on:", f"{values['address']}, {town}" if town else str(values["address"])))
    note = element("p", str(values["note"]), class_="note") if values.get("note") else Markup("")
    return join(element("div", *ways, class_="reach") if ways else Markup(""), note)


def _way(glyph: str, words: str) -> Markup:
    return element("span", icon(glyph), words)


def _roles(sheet: Sheet) -> Markup:
    """People with their roles, or a person's organisations; what is over is folded."""
    person = sheet.record.type == "Person"
    if not person and sheet.record.type != "Organisation":
        return Markup("")
    roles = sheet.roles
    if not roles:
        words = "Aucune organisation." if person else "Personne encore."
        more = Markup("")
        if session.may_edit() and not person:
            more = door("Ajouter la première personne", where.to(where.PERSON))
        return join(heading("Organisations" if person else "Personnes"), element("p", words, " ", more, class_="empty"))
    now, past = [r for r in roles if not r.ended], [r for r in roles if r.ended]
    title = "Organisations" if person else "Personnes"
    return join(heading(title), _list(_role(tie) for tie in now), _folded(past, "rôle passé", "rôles passés"))


def _role(tie: Tie) -> Markup:
    values = tie.link.values
    main = element("span", "contact principal", class_="badge") if values.get("main") else ""
    role = element("span", f"{values['role']}", class_="role") if values.get("role") else ""
    return _line(tie, join(door(tie.caption, where.to_record(tie.other.id), "strong"), " ", role, main))


def _last_exchanges(sheet: Sheet) -> Markup:
    if sheet.record.type not in ("Organisation", "Person"):
        return Markup("")
    found = sheet.exchanges
    if not found:
        more = door("Consigner le premier", where.to(where.LOG)) if session.may_edit() else Markup("")
        return join(heading("Derniers échanges"), element("p", "Aucun échange encore. ", more, class_="empty"))
    more = door(f"voir les {len(found)}", where.to_part("echanges"), "small") if len(found) > 5 else Markup("")
    return join(heading("Derniers échanges", more), exchanges.table(sheet, found[:5]))


def _ties(sheet: Sheet) -> Markup:
    found = [tie for tie in sheet.ties if tie.link.type not in _APART]
    if not found:
        return Markup("")
    now, past = [t for t in found if not t.ended], [t for t in found if t.ended]
    return join(heading("Liens"), _list(_tie(tie) for tie in now), _folded(past, "lien passé", "liens passés"))


def _tie(tie: Tie) -> Markup:
    words: list[str] = [tie.label, " ", door(tie.caption, where.to_record(tie.other.id), "strong")]
    said_of_it = [said(f, tie.link.values[n]) for n, f in SCHEMA.links[tie.link.type].fields.items()
                  if n in tie.link.values and f.shape == "text" and n not in ("valid_from", "valid_to")]  # fmt: skip
    words.extend(element("span", f" · {each}", class_="muted") for each in said_of_it)
    return _line(tie, join(*words))


def _served(sheet: Sheet) -> Markup:
    served = sorted((tie for tie in sheet.of("Serves") if not tie.ended), key=lambda tie: tie.caption)
    if not served or sheet.record.type != "Organisation":
        return Markup("")
    words = ", ".join(_place(tie) for tie in served[:40]) + (
        f" et {len(served) - 40} autres" if len(served) > 40 else ""
    )
    return join(heading("Territoires desservis"), element("p", words, class_="served"))


def _place(tie: Tie) -> str:
    level = SCHEMA.nodes["Territory"].fields["level"]
    kind = said(level, tie.other.values.get("level")).lower()
    return f"{tie.caption} ({kind})"


def _line(tie: Tie, words: Markup) -> Markup:
    """One tie: what it says, since when, what proves it, and the door to change it."""
    proofs = element("span", count(tie.proofs, "preuve"), class_="muted small") if tie.proofs else ""
    change: Markup | str = ""
    if session.may_edit():
        href = where.to(where.CHANGE, tie.link.id)
        change = element(
            "a", icon(":material/edit:"), class_="door tool", href=href, title="Modifier ou terminer",
            aria_label=f"Modifier ou terminer : {tie.label} {tie.caption}",
        )  # fmt: skip
    return element(
        "li", element("span", words), proofs, element("span", period(tie), class_="muted small figure"), change
    )


def period(tie: Tie) -> str:
    """The dates of a tie as people say them; nothing when it has none."""
    start = short_date(date.fromisoformat(tie.valid_from)) if tie.valid_from else ""
    end = short_date(date.fromisoformat(tie.valid_to)) if tie.valid_to else ""
    if start and end:
        return f"du {start} au {end}"
    if start:
        return f"depuis le {start}" if tie.current else f"à partir du {start}"
    return f"jusqu'au {end}" if end else ""


def _list(lines: Iterable[Markup]) -> Markup:
    return element("ul", *lines, class_="lines")


def _folded(past: Sequence[Tie], singular: str, plural: str) -> Markup:
    if not past:
        return Markup("")
    lines = [_role(tie) if tie.link.type == "WorksFor" else _tie(tie) for tie in past]
    return element("details", element("summary", count(len(past), singular, plural)), _list(lines), class_="past")
