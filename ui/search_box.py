"""The search box of the frame: what it finds, grouped by what people look for, each hit a link to its sheet.

It is the command palette too: « / » looks for records first, Ctrl+K for what there is to do.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import streamlit as st

from crm.errors import Reseau28Error
from crm.network import Network
from crm.records.register import partners_of
from crm.records.search import Hit, search
from crm.vault.finding import DocumentHit, find
from graph_schema.agreements import Agreement
from graph_schema.committees import Action, Committee, Decision, Meeting, Minutes
from graph_schema.evidence import Evidence
from graph_schema.exchanges import Exchange, Feedback
from graph_schema.organisations import Organisation
from graph_schema.people import Person
from graph_schema.programmes import Placement, Programme
from graph_schema.providers import Provider, Site
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.territories import Territory
from graph_schema.vocabularies import Kind
from graph_schema.wording import number, short_date
from ui import address, palette, session, typography

_STATIC = Path(__file__).parent / "static"
_box = st.components.v2.component(
    "reseau28-search",
    html=(_STATIC / "search.html").read_text(encoding="utf-8"),
    css=(_STATIC / "search.css").read_text(encoding="utf-8"),
    js=(_STATIC / "search.js").read_text(encoding="utf-8"),
)

_FIRST = (
    Organisation.TYPE, Person.TYPE, Programme.TYPE, Agreement.TYPE, Committee.TYPE, Meeting.TYPE, Action.TYPE,
    Decision.TYPE, Minutes.TYPE, Exchange.TYPE, Feedback.TYPE, Evidence.TYPE, Placement.TYPE,
    Territory.TYPE, Site.TYPE, Provider.TYPE,
)  # fmt: skip
GROUPS = tuple(dict.fromkeys((*_FIRST, *(name for name, type in SCHEMA.nodes.items() if type.fields_with("search")))))
"""Every type in which something is searched, in the order in which people look for them."""

_SHOWN = 6
_WITHIN, _KEPT = "Dans les documents", "search-documents"


def draw_search() -> None:
    """The box, and what was found for what is typed in it."""
    palette.follow()
    state: Mapping[str, Any] = st.session_state.get("search") or {}
    query = str(state.get("query") or "")
    _box(
        key="search",
        data=typography.told(
            {
                "query": query,
                "groups": [*groups(session.network(), query), *_documents(query)] if query else [],
                "commands": palette.groups(query) if query else [],
                "start": palette.groups(),
                "placeholder": "Rechercher partenaire, personne, action, téléphone…",
                "nothing": f"Rien ne correspond à « {query} » : essayez un autre mot, une ville, un SIRET…",
            },
            "passage",  # the document's own spelling
        ),
        on_query_change=lambda: None,
    )


def groups(network: Network, text: str) -> list[dict[str, Any]]:
    """What bears the words of ``text``, by type, each with the link to its sheet."""
    hits = search(network, text, GROUPS, limit=_SHOWN, each=True)
    partners = network.read(lambda tx: partners_of(tx, [hit.record for hit in hits])) if hits else {}
    found = []
    for type in GROUPS:
        items = [_item(hit, partners.get(hit.record.id)) for hit in hits if hit.record.type == type]
        if items:
            found.append({"label": SCHEMA.nodes[type].about.plural, "items": items})
    return found


def documents(network: Network, text: str) -> list[dict[str, Any]]:
    """What documents say of ``text``, for who may open them, each with the link to the page that says it."""
    try:
        finding = find(network, text, _SHOWN)
    except Reseau28Error:
        return [{"label": "Dans les documents : leur coffre est hors d'atteinte", "items": []}]
    items = [_passage(each) for each in finding.found]
    label = f"{_WITHIN} ({number(finding.unread)} plus anciens pas encore lus)" if finding.unread else _WITHIN
    return [{"label": label, "items": items}] if items or finding.unread else []


def _documents(query: str) -> list[dict[str, Any]]:
    """The same, looked for once as long as nothing changes: this box is drawn with each page."""
    network = session.network()
    key = query, network.actor, network.read(lambda tx: tx.head().number)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = st.session_state[_KEPT] = key, documents(network, query)
    found: list[dict[str, Any]] = kept[1]
    return found


def _passage(found: DocumentHit) -> dict[str, str]:
    record = found.record
    href = address.link(address.PARTNERS, fiche=record.id, partie="document", page=str(found.page))
    return {
        "caption": SCHEMA.nodes[Evidence.TYPE].caption(record.values),
        "detail": f"page {found.page}", "passage": found.excerpt, "href": href,
    }  # fmt: skip


def _item(hit: Hit, partner: NodeRecord | None) -> dict[str, str]:
    record = hit.record
    dated = SCHEMA.nodes[record.type].dated
    day = str(record.values.get(dated.name, "")) if dated else ""
    details = [short_date(date.fromisoformat(day)) if day else "", str(partner.values["name"]) if partner else ""]
    if record.type == Organisation.TYPE:
        details = [Kind(str(record.values.get("kind", Kind.COMPANY))).label, str(record.values.get("city", ""))]
    return {
        "caption": hit.caption, "detail": " · ".join(filter(None, details)), "href": address.record(record.id)
    }  # fmt: skip
