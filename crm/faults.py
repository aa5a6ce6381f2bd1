"""What a check found wrong: the one shape in which verification, the doctor and the vault tell it."""

from typing import NamedTuple


class Fault(NamedTuple):
    """What a check found: a code, where (a commit's number or a record's id), and a French sentence."""

    code: str
    where: str
    message: str
