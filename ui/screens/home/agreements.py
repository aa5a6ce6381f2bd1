"""The agreements that are about to end: the rows behind the figure of the first sentence."""

from collections.abc import Sequence

import streamlit as st

from graph_schema.snapshot import Engagement
from graph_schema.wording import ago, short_date
from ui import address, session
from ui.markup import cell, door, heading, join, table


def show_endings(ending: Sequence[Engagement]) -> None:
    """Draw them as a table, one row each whoever its parties are, with a way to put it away."""
    measures = session.measures()
    agreements = session.network().read(lambda tx: tx.get({each.subject for each in ending}))
    organisations = measures.relations.snapshot.organisations
    parties: dict[str, list[Engagement]] = {}
    for one in ending:
        parties.setdefault(one.subject, []).append(one)
    rows = []
    for subject, several in parties.items():
        named = [door(organisations[each.organisation].name, address.record(each.organisation)) for each in several]
        partner = join(*[part for each in named for part in (", ", each)][1:])
        caption = session.caption(agreements[subject]) if subject in agreements else subject
        when = several[0].ends or measures.on
        left = cell(ago(when, measures.on), class_="muted")
        rows.append((cell(caption), cell(partner), cell(short_date(when), class_="number"), left))
    title = heading("Conventions qui finissent bientôt", door("Fermer", address.here(voir=None), "small"))
    st.html(join(title, table(("Convention", "Partenaire", "Finit le", ""), rows)))
