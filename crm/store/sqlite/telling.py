"""Records beside what the journal says of them: SQLite compares, and gives only what it cannot see to be alike."""

from collections.abc import Iterator

from crm.store.protocol import Latest, LatestChange, RecordText
from crm.store.sqlite.records import Records

_LAST = """(SELECT number, position FROM change INDEXED BY by_record WHERE id = {}
ORDER BY number DESC, position DESC LIMIT 1)"""
_RECORDS = """SELECT r.id, r.type, {ends}, r.revision, r.body, c.id, c.number, c.action, c.revision, c.state, c.salt
FROM {table} AS r {joined} LEFT JOIN change AS c ON (c.number, c.position) = {last}
WHERE (c.action = 'create' AND c.after = r.body AND c.type = r.type AND {same} AND c.revision = r.revision)
    IS NOT TRUE"""
_NODES = _RECORDS.format(
    table="node", joined="", last=_LAST.format("r.id"), ends="NULL, NULL",
    same="c.source IS NULL AND c.target IS NULL",
)  # fmt: skip
_LINKS = _RECORDS.format(
    table="link", last=_LAST.format("r.id"), ends="s.id, t.id", same="c.source = s.id AND c.target = t.id",
    joined="LEFT JOIN node AS s ON s.pk = r.source LEFT JOIN node AS t ON t.pk = r.target",
)  # fmt: skip
GONE = """SELECT id FROM change INDEXED BY by_record
EXCEPT SELECT id FROM node EXCEPT SELECT id FROM link ORDER BY id"""
"""The ids that only the journal knows; three indexes are read in order, side by side, and nothing else."""

_UNTOLD = f"""SELECT c.id, c.number, c.action, c.revision, c.state, c.salt FROM ({GONE}) AS r
CROSS JOIN change AS c ON (c.number, c.position) = {_LAST.format("r.id")}
WHERE c.state <> '' AND typeof(c.id) = 'text'"""


class Telling(Records):
    """The part of a transaction that holds records against the journal; older schemas have all that it reads."""

    def told(self) -> Iterator[LatestChange]:
        """Each record beside the newest change of it, where they are not plainly alike."""
        for statement in (_NODES, _LINKS):
            for row in self._db.execute(statement):
                latest = None if row[6] is None else Latest(*row[6:])
                yield LatestChange(RecordText(*row[:6]), latest)
        for row in self._db.execute(_UNTOLD):
            yield LatestChange(None, Latest(*row))
