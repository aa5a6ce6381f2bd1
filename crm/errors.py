"""The product's errors: one root, three families; each message is one French sentence: what is wrong, what to do."""

from typing import ClassVar

from graph_schema.records import Record


class Reseau28Error(Exception):
    """Root of all errors that people may see; ``str(error)`` is the French message.

    ``code`` names the case for machines; ``field`` the input at fault, where there is one.
    """

    family: ClassVar[str] = "error"
    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.field = field
        if code is not None:
            self.code = code  # type: ignore[misc]  # a case finer than its class


class InputError(Reseau28Error):
    """What was asked cannot be done as asked; the person who asked can mend it."""

    family = "input"
    code = "invalid"


class NotFound(InputError):
    """Nothing bears this id, or not any more."""

    code = "not_found"


class Forbidden(InputError):
    """The actor's role does not give this right."""

    code = "forbidden"


class ConflictError(Reseau28Error):
    """The network is not as the request supposed."""

    family = "conflict"
    code = "conflict"


class StaleRevision(ConflictError):
    """A record changed since the caller read it. ``base`` is what was read (if known), ``current`` what it is now."""

    code = "stale"

    def __init__(self, message: str, *, base: Record | None, current: Record) -> None:
        super().__init__(message)
        self.base = base
        self.current = current


class DuplicateKey(ConflictError):
    """Another record already bears this unique value. ``existing`` is its id, where known."""

    code = "duplicate"

    def __init__(self, message: str, *, field: str | None = None, existing: str | None = None) -> None:
        super().__init__(message, field=field)
        self.existing = existing


class StoreError(Reseau28Error):
    """The place where data are kept fails: absent, locked, refused, full, damaged, of another version."""

    family = "store"
    code = "store"


ALTERED_TEXT = "altered_text"
"""The code of the ``StoreError`` of a text that is kept and is none (invalid UTF-8): only a verification reads on."""


class StoreUnavailable(StoreError):
    """The store cannot be reached, or went away; what was being written is not written."""

    code = "unavailable"


class StoreBusy(StoreError):
    """Another process has held the store for too long."""

    code = "busy"


class StoreVersion(StoreError):
    """The data are of a newer or older schema than this software."""

    code = "version"
