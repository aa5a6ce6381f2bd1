"""Which column feeds what: guessed from the headers, shown to people, changed by them, kept for the next file."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.errors import InputError
from graph_schema.organisations import Organisation
from graph_schema.registry import SCHEMA
from importers.reading.columns import CHOSEN
from importers.reading.columns import Column as Column
from importers.reading.guessing import joins, settle
from importers.reading.headers import CONCERNS, DEPARTEMENT, NAME, Target, parse_target
from importers.reading.tables import Cell

_KEYS = (NAME, Target(Organisation.TYPE, "siret"), Target(Organisation.TYPE, "siren"))


@dataclass(frozen=True, slots=True)
class Mapping:
    """A file's columns and what they feed; ``ours`` are the folded names of our own users, who follow partners."""

    columns: tuple[Column, ...] = ()
    ours: frozenset[str] = frozenset()

    def targets(self) -> dict[str, str | None]:
        """What to keep for the next file: header → target."""
        return {column.header: column.target for column in self.columns}

    def is_of(self, header: Sequence[str]) -> bool:
        """Whether its columns are exactly those of this header."""
        return tuple(c.header for c in self.columns) == tuple(header)

    def changed(self, index: int, target: str | None) -> "Mapping":
        """The same mapping with another target for one column, which no other then feeds.

        Raises ``InputError`` when there is no such target.
        """
        if target is not None and parse_target(target) is None:
            raise InputError(f"« {target} » n'est pas un champ que l'on puisse importer.", field="mapping")
        header = next((column.header for column in self.columns if column.index == index), "")
        given = f"non reprise : « {header} » donne ce champ, à votre choix"
        alone = target is not None and not _joins(target)
        columns = [
            replace(c, target=target, reason=CHOSEN) if c.index == index
            else replace(c, target=None, reason=given) if alone and c.target == target
            else c
            for c in self.columns
        ]  # fmt: skip
        return replace(self, columns=tuple(columns))

    def fitted(self, header: Sequence[str], rows: Sequence[Sequence[Cell]] = ()) -> "Mapping":
        """This mapping on another header: by the columns' names, the others guessed around them."""
        if self.is_of(header):
            return self
        kept = {column.header: column.reason for column in self.columns}
        columns = settle(header, rows, self.targets(), self.ours)
        return replace(self, columns=tuple(replace(c, reason=kept.get(c.header) or c.reason) for c in columns))

    def check(self, file: str) -> None:
        """Raise ``InputError`` when two columns feed one field, or none tells which organisation a row is about."""
        fed = Counter(c.target for c in self.columns if c.target and not _joins(c.target))
        for target, count in fed.items():
            if count > 1:
                names = " et ".join(f"« {c.header} »" for c in self.columns if c.target == target)
                raise InputError(
                    f"« {file} » : les colonnes {names} désignent toutes « {label(target)} ». Ne gardez que l'une : "
                    "« Ne pas importer » au-dessus de l'autre à l'écran, --skip dans un terminal.",
                    field="mapping",
                    code="two_headers",
                )
        if not any(str(key) in fed for key in _KEYS):
            found = ", ".join(f"« {c.header} »" for c in self.columns if c.header) or "aucun"
            raise InputError(
                f"« {file} » : aucune colonne ne nomme l'organisation. En-têtes trouvés : {found}. Il faut au moins "
                "« Raison sociale » (ou « Structure »), « SIRET » ou « SIREN » : dites quelle colonne le donne, "
                "au-dessus d'elle à l'écran, ou par --map \"Colonne=Raison sociale\" dans un terminal.",
                field="mapping",
                code="no_header",
            )


def label(target: str) -> str:
    """What people call a target: « Organisation · Ville »."""
    parsed = parse_target(target)
    if parsed == DEPARTEMENT:
        return "Département"
    if parsed is not None and parsed in CONCERNS:
        return f"Échange · {SCHEMA.nodes[CONCERNS[parsed]].about.label}"
    type, _, name = target.partition(".")
    whole = SCHEMA.type(type).about.label.capitalize()
    if link := SCHEMA.links.get(name):
        return f"{whole} · {link.about.label if type in link.about.sources else link.about.inverse}"
    return f"{whole} · {SCHEMA.type(type).fields[name].about.label}"


def _joins(target: str) -> bool:
    parsed = parse_target(target)
    return parsed is not None and joins(parsed)


def guess(header: Sequence[str], rows: Sequence[Sequence[Cell]] = ()) -> Mapping:
    """What each column most likely feeds, by its name, by the first ``rows``, and by the other columns."""
    return Mapping(settle(header, rows))
