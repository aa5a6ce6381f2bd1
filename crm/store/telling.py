"""Records beside what the journal says of them, where a store gives both in the order of ids."""

from collections.abc import Iterator

from crm.store.protocol import Latest, LatestChange, RecordText


def side_by_side(records: Iterator[RecordText], latest: Iterator[Latest]) -> Iterator[LatestChange]:
    """Each record beside the newest change of it; what is deleted, and so the journal says, is left out."""
    known = (each for each in latest if each.state != "" and isinstance(each.id, str))
    change = next(known, None)
    for record in records:
        while change is not None and change.id < record.id:
            yield LatestChange(None, change)
            change = next(known, None)
        if change is not None and change.id == record.id:
            yield LatestChange(record, change)
            change = next(known, None)
        else:
            yield LatestChange(record, None)
    while change is not None:
        yield LatestChange(None, change)
        change = next(known, None)
