"""Values that all records of a type share (``About.shared``): where they are kept is one place for all of them."""

from crm.store.protocol import Condition, Op, Query, ReadTransaction


def shared(tx: ReadTransaction, type: str, field: str) -> str | None:
    """The value that the records of ``type`` have in ``field``; None as long as none has any."""
    found = tx.find(Query(type, (Condition(field, Op.PRESENT),), limit=1)).items
    return str(found[0].values[field]) if found else None
