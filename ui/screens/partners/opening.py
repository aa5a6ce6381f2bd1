"""« Qui peut nous introduire ? »: the warmest ways to the record, step by step, and the door to them on the canvas."""

from crm.analytics.freshness import State
from crm.analytics.introductions import Introduction
from crm.measures.introductions import introductions
from crm.records.sheet import Sheet
from graph_schema.people import Person
from graph_schema.registry import SCHEMA
from ui import address, session
from ui.look import icon
from ui.markup import Markup, door, element, heading, join
from ui.screens.partners import where

PART = "introduire"


def draw_openings(sheet: Sheet) -> Markup:
    """The ways, the warmest first."""
    id = sheet.record.id
    found = introductions(session.network(), id, sheet.on)
    href = address.link(address.NETWORK, autour=id)
    canvas = element("a", icon(":material/hub:"), " Voir autour sur le réseau", class_="door small", href=href)
    title = heading("Qui peut nous introduire ?", canvas)
    if not found.ways:
        words = "Aucun chemin connu : personne de votre réseau n'est relié à cette fiche. "
        link = door("Lier à quelqu'un qui la connaît", where.to(where.LINK)) if session.may_edit() else Markup("")
        return join(title, element("p", words, link, class_="empty"))
    direct = [way for way in found.ways if len(way.steps) == 1 and way.state is State.FRESH]
    known = element("p", "Vous êtes déjà en relation : appelez directement.", class_="muted") if direct else Markup("")
    return join(title, known, *(_way(way) for way in found.ways))


def _way(way: Introduction) -> Markup:
    network = session.network()
    records = network.read(lambda tx: tx.get([step.target for step in way.steps]))
    parts: list[Markup] = [element("span", "Vous", class_="step")]
    for step in way.steps:
        record = records.get(step.target)
        first = "connaissez" if record and record.type == Person.TYPE else "êtes en relation avec"
        verb = _verb(step.link.type, step.link.target == step.target) if step.link else first
        name = door(session.caption(record), where.to_record(record.id)) if record else Markup("…")
        parts += [element("span", verb, class_="verb"), element("span", name, class_="step")]
    return element(
        "div", element("div", *parts, class_="path"), element("p", way.sentence, class_="muted small"), class_="way-in"
    )


def _verb(type: str, outwards: bool) -> str:
    about = SCHEMA.links[type].about
    return about.label if outwards else about.inverse
