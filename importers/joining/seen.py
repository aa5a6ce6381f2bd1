"""What the rows of an import have made or met so far."""

from graph_schema.records import LinkRecord, NodeRecord
from importers.joining.directory import keys_of

_TABLES = 1 << 12
"""More sheets than one import will ever have: row and sheet share one number."""


class EarlierRows:
    """What earlier rows made, as long as the store does not show it; and, for the whole import, what they were about.

    A batch that fails is forgotten by ``restart``; one that was written is settled by ``settle``. Memory: one id and
    one number for each record met (about 200 bytes).
    """

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._tables: list[str] = []
        self._unread: dict[str, int] = {}
        self.restart()

    def begin_table(self, name: str) -> None:
        """The rows that follow are those of this file or sheet."""
        if not self._tables or self._tables[-1] != name:
            self._tables.append(name)

    def restart(self) -> None:
        """Forget the batch at work."""
        self._fresh: dict[str, int] = {}
        self._fresh_unread: dict[str, int] = {}
        self.by_siret: dict[str, str] = {}
        self.by_key: dict[str, list[str]] = {}
        self.by_email: dict[str, list[str]] = {}
        self.made: dict[str, list[str]] = {}
        self.links: dict[tuple[str, str], list[LinkRecord]] = {}

    def settle(self) -> None:
        """The batch at work is in the store: keep only which records it was about."""
        self._rows.update(self._fresh)
        self._unread.update(self._fresh_unread)
        self.restart()

    def met(self, id: str) -> bool:
        """Whether an earlier row was about this record."""
        return id in self._rows or id in self._fresh

    def first_row(self, id: str) -> str:
        """Where the first row about this record stands: « ligne 12 », and in which file if it is another one."""
        row, table = divmod(self._rows.get(id, self._fresh.get(id, 0)), _TABLES)
        elsewhere = table != len(self._tables) - 1
        return f"ligne {row}{f' de {self._tables[table]}' if elsewhere else ''}"

    def meet(self, id: str, row: int, unread: int = 0) -> None:
        """Remember that a row is about this record; ``unread`` is the mark of what it holds in columns not read."""
        if id in self._rows or id in self._fresh:
            return
        self._fresh[id] = row * _TABLES + len(self._tables) - 1
        if unread:
            self._fresh_unread[id] = unread

    def unread(self, id: str) -> int:
        """The mark of what the first row about this record holds in columns that are not read."""
        return self._unread.get(id, 0) or self._fresh_unread.get(id, 0)

    def create(self, type: str, id: str) -> None:
        """Remember that a row made this record."""
        self.made.setdefault(type, []).append(id)

    def enter(self, record: NodeRecord, keyed: bool) -> None:
        """Remember an organisation that a row made or changed; ``keyed`` even if its SIRET makes it known."""
        if siret := record.values.get("siret"):
            self.by_siret[str(siret)] = record.id
        if keyed or not siret:
            for key in keys_of(record.values):
                ids = self.by_key.setdefault(key, [])
                if record.id not in ids:
                    ids.append(record.id)
