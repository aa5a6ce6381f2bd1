"""Saved views of lists: the columns, filters and order of a list, under a name, each its author's, shared or not.

They are kept as the views of the canvas are (``crm.records.views``), with the list in their content.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from crm.errors import InputError
from crm.network import Committed, Network
from crm.records import views
from crm.records.views import SavedView

Query = Mapping[str, Sequence[str]]
"""What the address of a list says of it: each parameter with its values."""

_LONGEST = 20_000


class KeptList(NamedTuple):
    """A view of a list, and what its address says."""

    view: SavedView
    query: Query


def saved(network: Network, page: str) -> list[KeptList]:
    """The views of the list at ``page`` that the actor may open: their own first, by name, then those shared."""
    return [KeptList(view, _query(content)) for view, content in views.listed(network, page)]


def save(
    network: Network, name: str, page: str, query: Query, *, shared: bool = False, replace: bool = False
) -> Committed[str]:
    """Keep what the list at ``page`` shows under a name; returns the view's id.

    Raises ``DuplicateKey`` for a name that another view of that list by the actor bears, unless ``replace``;
    ``InputError`` for too large a query; ``Forbidden`` for who shares without the right to edit.
    """
    said = {key: [str(value) for value in values] for key, values in sorted(query.items()) if values}
    content = json.dumps({views.LIST: page, "query": said}, ensure_ascii=False, separators=(",", ":"))
    if len(content) > _LONGEST:
        raise InputError("Cette liste a trop de filtres pour être enregistrée : retirez-en une partie.")
    return views.keep(network, name, content, shared=shared, replace=replace)


def _query(content: Mapping[str, object]) -> Query:
    found = content.get("query")
    pairs = found.items() if isinstance(found, Mapping) else ()
    return {str(key): [str(each) for each in values] for key, values in pairs if isinstance(values, list)}
