"""What one row says, in our words, before anything is compared with the network."""

from dataclasses import dataclass, field
from typing import Any

from importers.faults import Fault, Severity


@dataclass(slots=True)
class Entry:
    """A row: what it gives of an organisation, of a contact and their role, of an exchange and an agreement.

    ``organisation`` holds canonical values (as a record keeps them) of the fields that the row gives; ``on_creation``
    those that only a new record takes (a guessed kind, the origin). ``town`` is the commune's name. ``concerns`` names
    what the exchange was about: the type of a record, and what the cell calls it. ``nameless`` is the fault for which
    the name that the row gives cannot be kept.
    """

    row: int
    organisation: dict[str, Any]
    on_creation: dict[str, Any]
    town: str = ""
    person: dict[str, Any] | None = None
    role: dict[str, Any] = field(default_factory=dict)
    exchange: dict[str, Any] | None = None
    concerns: list[tuple[str, str]] = field(default_factory=list)
    agreement: dict[str, Any] | None = None
    faults: list[Fault] = field(default_factory=list)
    nameless: Fault | None = None

    @property
    def refused(self) -> bool:
        """Whether what it says cannot be imported at all."""
        return any(fault.severity is Severity.ERROR for fault in self.faults)

    @property
    def more(self) -> bool:
        """Whether it says anything besides the organisation."""
        return bool(self.person or self.exchange or self.agreement)
