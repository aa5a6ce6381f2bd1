"""The top of a sheet: name, kind, place, identifiers, freshness, why active or not, and what can be done."""

from collections.abc import Callable, Sequence

from crm.measures.measuring import Measures
from crm.records import engagements, identifiers
from crm.records.identifiers import Checked
from crm.records.sheet import Sheet
from graph_schema.evidence import Evidence, Proves
from graph_schema.exchanges import Exchange
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.records import Values
from graph_schema.registry import SCHEMA
from graph_schema.vocabularies import Kind, Tier
from graph_schema.wording import NBSP
from ui import address, snooze
from ui.look import PERSON_ICON, family_icon, icon, standing_mark
from ui.markup import Markup, door, element, join
from ui.screens.partners import where
from ui.screens.partners.rows import freshness

Act = tuple[str, str, str]
"""What can be done: its name in the address, its words, its icon."""

_DEPOSIT: Act = (where.DEPOSIT, "Déposer une preuve", ":material/upload_file:")
_CHECKS: Sequence[tuple[str, str, Callable[[str], Checked]]] = (
    ("siret", "SIRET", identifiers.check_siret),
    ("siren", "SIREN", identifiers.check_siren),
    ("uai", "UAI", identifiers.check_uai),
)
_STATES = {
    identifiers.Trust.VALID: ("clé valide", "good", ":material/check_circle:"),
    identifiers.Trust.CHECKSUM: ("clé fausse", "bad", ":material/error:"),
    identifiers.Trust.FORMAT: ("forme inattendue", "bad", ":material/error:"),
}


def acts(sheet: Sheet) -> tuple[Act, ...]:
    """What can be done with this record, the most usual first."""
    log = (where.LOG, "Consigner un échange", ":material/edit_note:")
    edit = (where.EDIT, "Modifier", ":material/edit:")
    link = (where.LINK, "Lier", ":material/link:")
    type = sheet.record.type
    if type == Organisation.TYPE:
        return (log, (where.PERSON, "Ajouter une personne", ":material/person_add:"), _DEPOSIT, link, edit)
    if type == Person.TYPE:
        return (log, _DEPOSIT, link, edit)
    if type == Exchange.TYPE:
        link = (where.LINK, "Participants, objet", ":material/link:")
    if type == Evidence.TYPE:
        may = not sheet.record.values.get("destroyed_on")
        return (edit, link, (where.DEPOSIT, "Déposer une version", ":material/upload_file:")) if may else (edit, link)
    proves = (_DEPOSIT,) if SCHEMA.links[Proves.TYPE].allows(Evidence.TYPE, type) else ()
    return (edit, link, *proves) if type in engagements.TYPES else proves


def changes(acts: Sequence[Act]) -> bool:
    """Whether the record itself is changed and removed here: ours is in the settings."""
    return any(name == where.EDIT for name, _, _ in acts)


def title(sheet: Sheet) -> Markup:
    """Who or what it is."""
    close = element(
        "a", icon(":material/close:"), class_="door close", href=where.to_list(), title="Fermer la fiche",
        aria_label="Fermer la fiche",
    )  # fmt: skip
    values = sheet.record.values
    badges = [element("span", "établissement fermé", class_="badge")] if values.get("closed") else []
    if values.get("opposed_on"):
        badges.append(element("span", "a fait opposition : ni relance, ni export", class_="badge"))
    name = element("h1", _icon(sheet), sheet.caption)
    top = element("div", name, *badges, close, class_="top")
    around = door("Voir dans le réseau", address.link(address.NETWORK, **{address.AROUND: sheet.record.id}))
    about = element("div", *_dots([*_about(sheet), around]), class_="muted")
    return element("header", top, about, *_identifiers(values), class_="sheet")


def standing(sheet: Sheet, measures: Measures, may: bool) -> Markup:
    """How fresh the relation is, why it is active or not, and until when its reminder is put off.

    With ``may``, the door to put it off.
    """
    lines = []
    if sheet.activity:
        mark = standing_mark(sheet.activity.standing)
        lines.append(element("p", mark.html(sheet.activity.reason + "."), class_="why"))
    if measured := sheet.freshness:
        lines.append(element("p", freshness(measured), element("span", measured.reason, class_="muted"), class_="how"))
    if sheet.record.type == Organisation.TYPE:
        later = _snoozed(sheet, measures)
        change = door("Changer" if later else "Reporter la relance", where.to(where.SNOOZE), "small") if may else ""
        if later or change:
            lines.append(element("p", icon(":material/snooze:"), " ", later, change, class_="muted"))
    return element("div", *lines, class_="standing") if lines else Markup("")


def followed(sheet: Sheet, may: bool) -> Markup:
    """Who follows a partner and its tags, each a door to those that share it; with ``may``, the door to change them."""
    if sheet.record.type != Organisation.TYPE:
        return Markup("")
    values = sheet.record.values
    tags = values.get("tags")
    parts = []
    if owner := str(values.get("owner") or ""):
        parts.append(_shared(f"suivi par {owner}", "responsable", owner, ":material/person:"))
    parts += [_shared(tag, "etiquette", tag, ":material/sell:") for tag in (tags if isinstance(tags, list) else ())]
    if may:
        words = "Suivi par, étiquettes" if parts else "Dire qui suit, donner des étiquettes"
        change = join(icon(":material/edit:"), " ", words)
        opened = "true" if where.act() == where.FOLLOW else None
        parts.append(element("a", change, class_="door quiet", href=where.to(where.FOLLOW), aria_current=opened))
    return element("div", *parts, class_="chips followed") if parts else Markup("")


def _shared(words: str, name: str, value: str, glyph: str) -> Markup:
    href = address.link(address.PARTNERS, **{name: value})
    return door(join(icon(glyph), " ", words), href, title=f"Tous ceux-là : {words}")


def _snoozed(sheet: Sheet, measures: Measures) -> str:
    row = measures.relations.snapshot.organisations.get(sheet.record.id)
    words = snooze.said(row) if row else ""
    return f"{words[:1].upper()}{words[1:]}. " if words else ""


def actions(acts: Sequence[Act]) -> Markup:
    """The row of actions; deleting stands apart, at its end."""
    if not acts:
        return Markup("")
    current = "" if where.target() else where.act()
    links = [
        element(
            "a", icon(glyph), words, class_=f"door button{' primary' if index == 0 else ''}",
            href=where.to(name), aria_current="true" if current == name else None,
        )
        for index, (name, words, glyph) in enumerate(acts)
    ]  # fmt: skip
    if not changes(acts):
        return element("div", *links, class_="actions")
    remove = element(
        "a", icon(":material/delete:"), class_="door button quiet", href=where.to(where.REMOVE),
        title="Supprimer la fiche", aria_label="Supprimer la fiche",
    )  # fmt: skip
    return element("div", *links, remove, class_="actions")


def _icon(sheet: Sheet) -> Markup:
    if sheet.record.type == Organisation.TYPE:
        family = Kind(str(sheet.record.values["kind"])).family
        return element("span", icon(family_icon(family)), class_=f"family-{family}", title=family.label)
    glyph = PERSON_ICON if sheet.record.type == Person.TYPE else ":material/description:"
    return element("span", icon(glyph), class_="family-person")


def _about(sheet: Sheet) -> list[str]:
    values = sheet.record.values
    if sheet.record.type == Organisation.TYPE:
        content = SCHEMA.nodes[Organisation.TYPE].load(values)
        assert isinstance(content, Organisation)
        town = " ".join(filter(None, (content.postal_code, content.city)))
        owner = [] if content.owner else ["sans responsable"]
        return [content.kind.label, *([town] if town else []), f"rang {Tier(content.tier).value}", *owner]
    if sheet.record.type == Person.TYPE:
        roles = [tie for tie in sheet.roles if tie.current]
        return [_role(tie.link.values, tie.caption) for tie in roles] or ["sans rôle actuel"]
    entered = sheet.entry.words if sheet.entry else ""
    return [SCHEMA.nodes[sheet.record.type].about.label, *filter(None, [sheet.stands, entered])]


def _role(values: Values, employer: str) -> str:
    return f"{values['role']}, {employer}" if values.get("role") else employer


def _dots(words: Sequence[str]) -> list[str]:
    return [word for each in words for word in (" · ", each)][1:]


def _identifiers(values: Values) -> list[Markup]:
    marks = []
    for name, label, check in _CHECKS:
        if name in values and not (name == "siren" and "siret" in values):
            found = check(str(values[name]))
            words, tone, glyph = _STATES[found.state]
            mark = element("span", icon(glyph), words, class_=f"state {tone}", title=found.message or None)
            marks.append(
                element("span", f"{label}{NBSP}", element("span", _spaced(found.value), class_="figure"), " ", mark)
            )
    return [element("div", *marks, class_="identifiers small")] if marks else []


def _spaced(number: str) -> str:
    """A SIREN or SIRET by groups of three, as people read it aloud."""
    if not number.isdecimal():
        return number
    return NBSP.join(part for part in (number[:3], number[3:6], number[6:9], number[9:]) if part)
