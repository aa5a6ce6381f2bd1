"""The first part of a sheet: how to reach them, who works there, the last exchanges, what they are tied to."""

from collections.abc import Iterable, Sequence
from datetime import date

from crm.records.meetings import Member
from crm.records.sheet import Sheet, Tie
from graph_schema.agreements import PartyTo, Signed
from graph_schema.committees import AssignedTo, Attended, FollowsUp, SitsOn
from graph_schema.evidence import Proves, place
from graph_schema.exchanges import Concerns, GivenBy, Involves
from graph_schema.organisations import Organisation, Serves
from graph_schema.people import Person, WorksFor
from graph_schema.programmes import HostedBy, TutoredBy
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.territories import Territory
from graph_schema.types import Field
from graph_schema.wording import count, short_date
from ui import attendance, paging, session
from ui.fields import said
from ui.look import icon
from ui.markup import Markup, door, element, heading, join
from ui.screens.partners import evidence, exchanges, particulars, serve, where
from ui.screens.partners.evidence import Proofs

_PAGE = 100
"""So many lines of each list at first: a hub has thousands."""

_APART = frozenset(
    {
        WorksFor.TYPE,
        Involves.TYPE,
        PartyTo.TYPE,
        Signed.TYPE,
        HostedBy.TYPE,
        TutoredBy.TYPE,
        SitsOn.TYPE,
        Attended.TYPE,
        Serves.TYPE,
        Proves.TYPE,
        GivenBy.TYPE,
        FollowsUp.TYPE,
        AssignedTo.TYPE,
    }
)
"""Links that other parts of the sheet show."""


def draw_overview(sheet: Sheet) -> Markup:
    """The overview, in sections; one that has nothing is left out."""
    if not _is_party(sheet):
        return _of_another(sheet)
    apart = _APART
    proofs = evidence.of(tie for tie in sheet.ties if tie.link.type == WorksFor.TYPE or tie.link.type not in apart)
    return join(
        _reach(sheet.record.values), _roles(sheet, proofs), _last_exchanges(sheet), _ties(sheet, proofs, apart),
        _served(sheet),
    )  # fmt: skip


def _is_party(sheet: Sheet) -> bool:
    return sheet.record.type in SCHEMA.partners


def _of_another(sheet: Sheet) -> Markup:
    """What is no partner: all that is said of it, who was called to it, the exchanges about it, what it is tied to."""
    return join(particulars.fields(sheet), _beside(sheet))


def with_field(sheet: Sheet, field: Field) -> None:
    """Draw the overview of what is no partner, one of its fields as its widget."""
    particulars.show_among(sheet, field, _beside(sheet))


def _beside(sheet: Sheet) -> Markup:
    apart = frozenset({Attended.TYPE} if sheet.attendance else ()) | frozenset(
        {Concerns.TYPE} if sheet.exchanges else ()
    )
    proofs = evidence.of(tie for tie in sheet.ties if tie.link.type not in apart)
    about = join(heading("A fait l'objet de", _all_exchanges(sheet)), exchanges.table(sheet, sheet.exchanges[:5]))
    return join(_attendance(sheet), about if sheet.exchanges else "", _ties(sheet, proofs, apart))


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


def _roles(sheet: Sheet, proofs: Proofs) -> Markup:
    """People with their roles, or a person's organisations; what is over is folded."""
    person = sheet.record.type == Person.TYPE
    roles = sheet.roles
    if not roles:
        words = "Aucune organisation." if person else "Personne encore."
        more = Markup("")
        if session.may_edit() and not person:
            more = door("Ajouter la première personne", where.to(where.PERSON))
        return join(heading("Organisations" if person else "Personnes"), element("p", words, " ", more, class_="empty"))
    now, past = [r for r in roles if not r.ended], [r for r in roles if r.ended]
    title = "Organisations" if person else "Personnes"
    shown = paging.shown(_PAGE)
    passed = _folded([_role(tie, proofs) for tie in past[:shown]], len(past), "rôle passé", "rôles passés")
    more = paging.more(max(len(now), len(past)), _PAGE)
    return join(heading(title), _list(_role(tie, proofs) for tie in now[:shown]), passed, more)


def _role(tie: Tie, proofs: Proofs) -> Markup:
    values = tie.link.values
    main = element("span", "contact principal", class_="badge") if values.get("main") else ""
    role = element("span", f"{values['role']}", class_="role") if values.get("role") else ""
    return _line(tie, join(door(tie.caption, where.to_record(tie.other.id), "strong"), " ", role, main), proofs)


def _attendance(sheet: Sheet) -> Markup:
    """Those called to a meeting, by whether they came."""
    if not sheet.attendance:
        return Markup("")
    held_on = date.fromisoformat(str(sheet.record.values["held_on"]))

    def tool(member: Member) -> Markup:
        return _tool(member.link.id, member.caption)

    return attendance.written(attendance.groups(sheet.attendance, held_on, sheet.on), where.to_record, tool)


def _last_exchanges(sheet: Sheet) -> Markup:
    found = sheet.exchanges
    if not found:
        more = door("Consigner le premier", where.to(where.LOG)) if session.may_edit() else Markup("")
        return join(heading("Derniers échanges"), element("p", "Aucun échange encore. ", more, class_="empty"))
    return join(heading("Derniers échanges", _all_exchanges(sheet)), exchanges.table(sheet, found[:5]))


def _all_exchanges(sheet: Sheet) -> Markup:
    many = len(sheet.exchanges)
    return door(f"voir les {many}", where.to_part("echanges"), "small") if many > 5 else Markup("")


def _ties(sheet: Sheet, proofs: Proofs, apart: frozenset[str]) -> Markup:
    found = [tie for tie in sheet.ties if tie.link.type not in apart]
    if not found:
        return Markup("")
    now, past = [t for t in found if not t.ended], [t for t in found if t.ended]
    shown = paging.shown(_PAGE)
    passed = _folded([_tie(tie, proofs) for tie in past[:shown]], len(past), "lien passé", "liens passés")
    more = paging.more(max(len(now), len(past)), _PAGE)
    return join(heading("Liens"), _list(_tie(tie, proofs) for tie in now[:shown]), passed, more)


def _tie(tie: Tie, proofs: Proofs) -> Markup:
    before = tie.words.removesuffix(tie.caption)
    words: list[str] = [before, door(tie.caption, where.to_record(tie.other.id), "strong")]
    words.extend(element("span", f" · {each}", class_="muted") for each in _said_of(tie))
    return _line(tie, join(*words), proofs)


def _said_of(tie: Tie) -> list[str]:
    """What a link says in words of its own; one that attests, where its document does."""
    values = tie.link.values
    if tie.link.type == Proves.TYPE:
        return list(filter(None, [place(values)]))
    texts = (field for field in SCHEMA.links[tie.link.type].fields.values() if field.shape == "text")
    return [said(each, values[each.name]) for each in texts if each.name in values]


def _served(sheet: Sheet) -> Markup:
    if sheet.record.type != Organisation.TYPE:
        return Markup("")
    served, may = serve.current(sheet), session.may_edit()
    if not served and not may:
        return Markup("")
    rest = len(served) - serve.SHOWN
    words = ", ".join(_place(tie) for tie in served[: serve.SHOWN]) + (f" et {rest} autres" if rest > 0 else "")
    said_of_it = words or "Aucun, en plus de la commune où il est."
    change = door("changer" if served else "en ajouter", where.to(where.SERVE), "small") if may else Markup("")
    return join(
        heading("Territoires desservis", change), element("p", said_of_it, class_="served" if served else "empty")
    )


def _place(tie: Tie) -> str:
    level = SCHEMA.nodes[Territory.TYPE].fields["level"]
    kind = said(level, tie.other.values.get("level")).lower()
    return f"{tie.caption} ({kind})"


def _line(tie: Tie, words: Markup, proofs: Proofs) -> Markup:
    """One tie: what it says, since when, what proves it, and the door to change it."""
    return element(
        "li",
        element("span", words, evidence.folded(tie, proofs)),
        element("span", period(tie), class_="muted small figure"),
        _tool(tie.link.id, tie.words),
    )


def _tool(link: str, words: str) -> Markup:
    """The door to change a link, for who may."""
    if not session.may_edit():
        return Markup("")
    return element(
        "a", icon(":material/edit:"), class_="door tool", href=where.to(where.CHANGE, link),
        title="Modifier ou terminer", aria_label=f"Modifier ou terminer : {words}",
    )  # fmt: skip


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


def _folded(lines: Sequence[Markup], many: int, singular: str, plural: str) -> Markup:
    if not lines:
        return Markup("")
    return element("details", element("summary", count(many, singular, plural)), _list(lines), class_="past")
