"""The claims of all files in the batches that commits are made of."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from crm.errors import InputError
from importers.claims import Claim
from importers.faults import ImportFault
from importers.joining.outcomes import ColumnRead, Tally
from importers.opening import header_only, open_parts
from importers.parts import Part
from importers.reading.mapping import Mapping
from importers.reading.sources import Source

COMMIT_CHANGES = 5_000
"""Changes that one commit of an import holds at most."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch of what one part says; ``position`` of ``total`` is how far its file is read."""

    source: Source
    sheet: str
    claims: list[Claim]
    position: int
    total: int


def digest_of(sources: Sequence[Source]) -> str:
    """One digest for the content of all files, in whatever order they were named."""
    return hashlib.sha256("".join(sorted(source.digest for source in sources)).encode()).hexdigest()


def batches(sources: Sequence[Source], mapping: Mapping | None, today: date, tally: Tally) -> Iterator[Batch]:
    """The claims of all files, streamed; what is wrong with whole parts goes to ``tally``."""
    check(sources, mapping, today)
    for source in sources:
        for part in open_parts(source, mapping, today):
            if isinstance(part, ImportFault):
                tally.add_faults([part])
                continue
            tally.columns += [
                ColumnRead(source.name, part.name, each.header, each.target, each.reason) for each in part.columns
            ]
            for claims in _fitting(part.claims):
                yield Batch(source, part.name, claims, part.position(), part.total)
            tally.add_faults(part.remarks())


def _fitting(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """The claims in batches that surely fit into one commit, each about records of one type."""
    batch: list[Claim] = []
    weight = 0
    for claim in claims:
        weight += claim.weight
        if batch and (weight > COMMIT_CHANGES or claim.about.type != batch[0].about.type):
            yield batch
            batch, weight = [], claim.weight
        batch.append(claim)
    if batch:
        yield batch


def check(sources: Sequence[Source], mapping: Mapping | None, today: date) -> None:
    """Refuse all files together before anything of the first is written. Raises ``InputError``."""
    seen: dict[str, str] = {}
    for source in sources:
        if source.digest in seen:
            raise InputError(
                f"« {source.name} » et « {seen[source.digest]} » ont le même contenu : indiquez-le une seule fois.",
                field="file",
            )
        seen[source.digest] = source.name
        parts = [part for part in open_parts(source, mapping, today) if isinstance(part, Part) and part.sample(1)]
        if not parts:
            raise header_only(source.name)
