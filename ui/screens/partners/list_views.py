"""The saved views of a list: what its address says of columns, filters and order, kept and opened again."""

import streamlit as st

from crm.network import Committed
from crm.records import list_views
from crm.records.list_views import Query
from ui import address, filters, saved_views, session
from ui.screens.partners import where

_PASSING = frozenset(
    {address.DATE, address.RECORD, where.ACT, where.TARGET, where.PART, where.PAGE, filters.ROWS}
)  # fmt: skip
"""What an address says besides: the day, what is opened beside the list, how far it is read."""


def show_list_views(page: str, example: str) -> None:
    """Draw the menu: a door to each view of the list at this page, and the form that keeps what it shows now."""
    # What is inside is read only once it is open.
    with st.popover("Vues", icon=":material/bookmarks:", key="list-views", on_change="rerun") as opened:
        if not opened.open:
            return
        found = list_views.saved(session.network(), page)
        saved_views.listing([(each.view, address.link(page, **_lasting(each.query))) for each in found])
        saved_views.form(lambda name, shared, dated, replace: _keep(page, name, shared, replace), example)
        saved_views.manage([each.view for each in found])


def _keep(page: str, name: str, shared: bool, replace: bool) -> Committed[str]:
    return list_views.save(session.network(), name, page, _lasting(address.every()), shared=shared, replace=replace)


def _lasting(query: Query) -> dict[str, list[str]]:
    return {parameter: [*values] for parameter, values in query.items() if parameter not in _PASSING}
