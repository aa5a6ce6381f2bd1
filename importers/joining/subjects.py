"""What an exchange was about, as a file names it: a training action, an agreement or a placement of the network."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from crm.store.protocol import ReadTransaction
from graph_schema.agreements import Agreement
from graph_schema.programmes import Placement, Programme
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.wording import number
from importers.claims import RecordClaim

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    Programme.TYPE: ("title", "certification"), Agreement.TYPE: ("number",), Placement.TYPE: ("learner",),
}  # fmt: skip
"""The fields by which a cell may name a record of each type."""


class Subjects:
    """The records that some claims may mention, read once for all of them."""

    def __init__(self, tx: ReadTransaction, mentions: Iterable[RecordClaim]) -> None:
        self._ids: dict[tuple[str, str], list[str]] = defaultdict(list)
        for type in sorted({mention.type for mention in mentions}):
            for id, *names in tx.rows(type, NAMED_BY[type]):
                for name in names:
                    key = (type, fold(str(name or "")))
                    if key[1] and id not in self._ids[key]:
                        self._ids[key].append(str(id))

    def find(self, type: str, name: str, made: Iterable[str] = ()) -> tuple[str | None, str]:
        """The one record that ``name`` means, else why there is none (French); ``made`` are those of earlier rows."""
        found = list(dict.fromkeys((*self._ids.get((type, fold(name)), ()), *made)))
        if len(found) == 1:
            return found[0], ""
        label = SCHEMA.nodes[type].about.plural.lower()
        if not found:
            return None, f"« {name[:60]} » n'est aucune de vos fiches ({label})"
        return None, f"« {name[:60]} » désigne {number(len(found))} fiches à la fois ({label})"
