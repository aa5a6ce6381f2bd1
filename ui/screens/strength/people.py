"""On whom the network hangs: who loses what by leaving, and how partners are shared between colleagues."""

from collections.abc import Iterable, Sequence

import streamlit as st

from crm.analytics.activity import Mobilisation
from crm.analytics.resilience import Dependence, OwnerShare
from crm.measures.measuring import Measures
from crm.measures.partners_index import NOBODY
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.wording import NBSP, count, number
from ui import address, bars
from ui.markup import Markup, door, element, heading, join
from ui.screens import strength

HANGING, RELAYS, SINGLE = "departs", "relais", "seuls"
_SHOWN = 8
_MOST = 200
_NAMED = 3


def show_people(measures: Measures) -> None:
    """Draw who is lost with whom: with a person, with a structure; and whom one person alone links to us."""
    found = measures.strength.resilience
    people, relays = found.on(Person.TYPE), found.on(Organisation.TYPE)
    nothing = element("p", "Aucun départ ne vous ferait perdre un partenaire.", class_="empty")
    st.html(_hanging(measures, "Si cette personne part", HANGING, people) if people else nothing)
    if relays:
        st.html(_hanging(measures, "Si cette structure vous quitte", RELAYS, relays))
    if found.single:
        st.html(_single(measures, measures.strength.held_by_one))


def show_owners(measures: Measures) -> None:
    """Draw how the active partners are shared between colleagues."""
    if found := measures.strength.owners:
        st.html(join(heading("Qui suit vos partenaires actifs"), *map(_owner, found)))


def doors(measures: Measures, ids: Iterable[str], named: int = _NAMED) -> Markup:
    """The names of some organisations or people, each a door to its sheet; the rest is counted."""
    listed = list(ids)
    parts: list[str] = []
    for id in listed[:named]:
        parts += [", ", door(measures.relations.row(id).name, address.record(id))]
    rest = f" et {count(len(listed) - named, 'autre')}" if len(listed) > named else ""
    return join(*parts[1:], rest)


def _hanging(measures: Measures, title: str, name: str, found: Sequence[Dependence]) -> Markup:
    """Those on whom others hang, as one list."""
    head = heading(title, strength.more(name, _SHOWN, len(found), _MOST))
    shown = found[: _MOST if name in strength.opened() else _SHOWN]
    return join(head, *(_dependence(measures, each, found[0]) for each in shown))


def _dependence(measures: Measures, each: Dependence, worst: Dependence) -> Markup:
    by_name = sorted(each.lost, key=lambda id: (measures.relations.row(id).name, id))
    lost = element("span", count(len(each.lost), "structure"), " · ", strength.without(each.id), class_="figure")
    if each.backup:
        backup = door(measures.relations.row(each.backup).name, address.record(each.backup))
        advice = join(f" Créez un second contact{NBSP}: ", backup, ".")
    else:
        advice = join(f" Personne d'autre n'y est connu{NBSP}: demandez un second nom.")
    return element(
        "div",
        element("span", door(each.name, address.record(each.id)), class_="name"),
        lost,
        bars.bar(len(each.lost) / len(worst.lost), "chase"),
        element("p", f"Perdus{NBSP}: ", doors(measures, by_name), ".", advice),
        class_="weigh",
    )


def _single(measures: Measures, single: Sequence[tuple[str, str]]) -> Markup:
    rows = measures.relations
    shown = single[: _MOST if SINGLE in strength.opened() else _SHOWN]
    lines = [
        element(
            "li", door(rows.row(organisation).name, address.record(organisation)), " par ",
            door(rows.row(person).name, address.record(person)),
        )
        for organisation, person in shown
    ]  # fmt: skip
    words = (
        f"{count(len(single), 'partenaire')} où une seule personne vous connaît encore : "
        "un second nom chacun, et ce risque disparaît."
    )
    more = strength.more(SINGLE, _SHOWN, len(single), _MOST)
    return join(
        heading("Tenus par une seule personne", more),
        element("p", words, class_="muted small"),
        element("ul", *lines, class_="short"),
    )


def _owner(each: OwnerShare) -> Markup:
    name = each.owner or "Personne"
    share = f"{number(each.partners)} · {round(100 * each.share)}{NBSP}%"
    href = address.link(address.PARTNERS, responsable=each.owner or NOBODY, activite=Mobilisation.ACTIVE)
    return element(
        "div",
        element("span", door(name, href), class_="name"),
        element("span", share, class_="figure"),
        bars.bar(each.share),
        class_="weigh",
    )
