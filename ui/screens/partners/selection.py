"""Choosing partners in the list, and changing them together: one act, one « Annuler »."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from crm.measures import partners
from crm.measures.measuring import Measures
from crm.measures.partners import Filters
from crm.records import bulk, reminders
from crm.records.bulk import Edit
from graph_schema.snapshot import OrganisationRow
from graph_schema.vocabularies import Tier
from graph_schema.wording import count, listing, number, plural
from ui import frame, session
from ui.look import label
from ui.screens.partners import edit

NOBODY = "(personne)"
"""What is chosen to take the owner off."""

_STATIC = Path(__file__).parents[2] / "static"
_KEY, _DONE = "partners-selection", "partners-selection-done"
_FIELDS = ("owner", "tier", "add", "remove", "until", "reason")
_component = st.components.v2.component(
    "reseau28-selection",
    html=(_STATIC / "selection.html").read_text(encoding="utf-8"),
    css=(_STATIC / "selection.css").read_text(encoding="utf-8"),
    js=(_STATIC / "selection.js").read_text(encoding="utf-8"),
)


def draw_selection(measures: Measures, wanted: Filters, total: int) -> None:
    """What is chosen among the ``total`` partners that ``wanted`` keeps, and what may be done with it.

    A choice holds as long as the filters stay as they are.
    """
    of = f"{st.session_state.get(_DONE, 0)}-{_signature(wanted)}"
    chosen = picked(measures, wanted, of)
    sent: Mapping[str, Any] = st.session_state.get(_KEY) or {}
    kept = _sent(sent, of)
    _component(
        key=_KEY,
        data={"of": of, "total": total, "all": bool(kept.get("all")), "ids": [row.id for row in chosen[:_MOST]]},
        on_picked_change=lambda: None,
    )
    if chosen:
        with st.popover(f"Modifier ({number(len(chosen))})", icon=":material/edit:", type="primary", key="bulk"):
            _form(measures, chosen)


_MOST = 2_000
"""So many ids are sent back to the browser at most: more than any page shows."""


def picked(measures: Measures, wanted: Filters, of: str) -> list[OrganisationRow]:
    """The partners chosen, as they are seen; ids that the network does not have are passed over."""
    kept = _sent(st.session_state.get(_KEY) or {}, of)
    rows = measures.relations.snapshot.organisations
    if kept.get("all"):
        return [each.row for each in partners.listing(measures, wanted).partners]
    ids = kept.get("ids")
    return [rows[id] for id in dict.fromkeys(map(str, ids)) if id in rows] if isinstance(ids, Sequence) else []


def _sent(state: Mapping[str, Any], of: str) -> Mapping[str, Any]:
    sent = state.get("picked")
    return sent if isinstance(sent, Mapping) and sent.get("of") == of else {}


def _signature(wanted: Filters) -> str:
    parts = ("family", "kind", "function", "state", "standing", "tier", "owner", "tag")
    terms = ";".join(",".join(sorted(getattr(wanted, part))) for part in parts)
    return f"{terms};{wanted.territory.id if wanted.territory else ''};{wanted.text}"


def _form(measures: Measures, chosen: Sequence[OrganisationRow]) -> None:
    known = edit.known()
    borne = sorted({tag for row in chosen for tag in row.tags})
    unchanged: dict[str, Any] = {"index": None, "placeholder": "Ne pas changer"}
    with st.form("bulk-form", border=False):
        one, two = st.columns(2)
        one.selectbox(
            "Suivi par", [*known["owner"], NOBODY], key="bulk-owner", accept_new_options=True, **unchanged
        )  # fmt: skip
        two.selectbox("Rang", list(Tier), key="bulk-tier", format_func=label, **unchanged)
        one.multiselect(
            "Ajouter des étiquettes", known["tags"], key="bulk-add", accept_new_options=True, placeholder="Aucune"
        )  # fmt: skip
        two.multiselect("Retirer des étiquettes", borne, key="bulk-remove", placeholder="Aucune")
        one.date_input("Reporter les relances au", None, key="bulk-until", format="DD/MM/YYYY")
        two.text_input("Motif du report", key="bulk-reason", max_chars=300, autocomplete="off")
        words = f"Appliquer à {count(len(chosen), 'partenaire')}"
        # The rows are those shown here: what someone else changes meanwhile is noticed.
        st.form_submit_button(
            words, key="bulk-apply", type="primary", icon=":material/done_all:", on_click=_apply, args=(tuple(chosen),)
        )


def _apply(chosen: Sequence[OrganisationRow]) -> None:
    with frame.guard():
        done = bulk.edit(session.network(), chosen, _asked())
        words = f"{count(done.changed, 'partenaire')} {plural(done.changed, 'modifié')}."
        if done.kept:
            words += f" Gardés tels quels, car modifiés entre-temps : {listing(done.kept, 5)}."
        frame.saved(words, *done.commits)
        st.session_state[_DONE] = st.session_state.get(_DONE, 0) + 1
        for name in _FIELDS:
            st.session_state.pop(f"bulk-{name}", None)


def _asked() -> Edit:
    typed = {name: st.session_state.get(f"bulk-{name}") for name in _FIELDS}
    fields: dict[str, Any] = {}
    if typed["owner"]:
        fields["owner"] = None if typed["owner"] == NOBODY else str(typed["owner"]).strip()
    if typed["tier"]:
        fields["tier"] = str(typed["tier"])
    if typed["until"]:
        reminders.check(typed["until"], session.today())
        fields |= {"snoozed_until": typed["until"].isoformat(), "snooze_reason": typed["reason"] or None}
    return Edit(fields, tuple(typed["add"] or ()), tuple(typed["remove"] or ()))
