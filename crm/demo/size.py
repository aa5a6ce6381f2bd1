"""How large a demonstration network is, and its hub."""

from enum import StrEnum

HUB = "org-0001"
"""The organisation to which most others are tied, in every size."""


class Size(StrEnum):
    """S to look at and to learn from; M and L to measure with."""

    S = "S"
    M = "M"
    L = "L"

    @property
    def organisations(self) -> int:
        """How many organisations there are (in S, the exact number follows from its tables)."""
        return {Size.S: 300, Size.M: 10_000, Size.L: 100_000}[self]
