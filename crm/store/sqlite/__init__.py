"""The embedded store: one SQLite file, no server, several processes at once."""

from crm.store.sqlite.opening import open_sqlite

__all__ = ["open_sqlite"]
