"""The evidence that supports a link: chosen among what already attests its ends or their engagements."""

from collections.abc import Collection, Sequence

import streamlit as st

from crm.records import links
from graph_schema.evidence import Evidence
from graph_schema.records import NodeRecord
from graph_schema.registry import SCHEMA
from ui import session, typography
from ui.fields import said


def choose(ends: Collection[str], chosen: Sequence[str], key: str) -> list[str]:
    """Draw the choice; returns the ids chosen. What is chosen already stays offered, even when it is not near."""
    network = session.network()
    near = links.evidence_near(network, ends)
    missing = [id for id in chosen if id not in {record.id for record in near}]
    near += [record for record in network.read(lambda tx: tx.get(missing)).values() if record.type == Evidence.TYPE]
    if not near:
        st.caption("Aucune preuve n'est encore déposée près d'ici.")
        return list(chosen)
    words = {record.id: _words(record) for record in near}
    known = [id for id in chosen if id in words]
    return st.multiselect(
        "Preuves",
        list(words),
        known,
        format_func=typography.shown(lambda id: words.get(id, id)),
        key=key,
        placeholder="Choisir",
    )


def _words(record: NodeRecord) -> str:
    kind, values = SCHEMA.nodes[Evidence.TYPE], record.values
    day = values.get("fact_on")
    return " · ".join([kind.caption(values), *([said(kind.fields["fact_on"], day)] if day else [])])
