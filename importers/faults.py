"""What is wrong, or worth saying, in imported data: values that are counted, shown and reported, never exceptions."""

from enum import StrEnum
from typing import NamedTuple

REPAIRED = "repaired"
"""The code of what was put right by itself."""


class Severity(StrEnum):
    """How much a fault matters."""

    WARNING = "warning"
    """The row is imported; the cell was repaired, marked or left out, and this says so."""
    ERROR = "error"
    """The row is not imported."""


class ImportFault(NamedTuple):
    """One fault: where (``row`` as spreadsheets number it, 0 for a whole file or sheet), what, and how to mend it.

    ``column`` is the file's own header. ``message`` and ``hint`` are French sentences.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    code: str
    message: str
    hint: str = ""
    severity: Severity = Severity.WARNING

    @property
    def repair(self) -> bool:
        """Whether it only says what was put right, so that nothing is left to be mended."""
        return self.code == REPAIRED
