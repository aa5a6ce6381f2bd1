"""An import being prepared: its files on disk, what their columns feed, its plan, then what it did."""

import re
import shutil
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import NamedTuple, Protocol

from importers import Column, ImportReport, Mapping, Plan, Preview, preview

_LONGEST = 100
_UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')


class Given(Protocol):
    """A file that someone gave: its name on their machine, and its content."""

    @property
    def name(self) -> str: ...

    def getbuffer(self) -> memoryview: ...


class UnderstoodSheet(NamedTuple):
    """A sheet that was understood, and the file it is in."""

    file: str
    preview: Preview


@dataclass(slots=True, weakref_slot=True, eq=False)
class Draft:
    """Files in a folder that nobody else reads and that goes with this object; ``mapping`` holds what people chose.

    ``applying`` is true from the moment when someone decides to import until it is done, whatever interrupts it;
    ``trouble`` is why it could not be, to be told once.
    """

    folder: Path = field(default_factory=lambda: Path(mkdtemp(prefix="reseau28-")))
    paths: list[Path] = field(default_factory=list)
    sheets: list[UnderstoodSheet] = field(default_factory=list)
    mapping: Mapping = field(default_factory=Mapping)
    plan: Plan | None = None
    applying: bool = False
    report: ImportReport | None = None
    trouble: Exception | None = None

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)  # when the session ends, too

    @property
    def faults(self) -> Path:
        """Where the report of faults is written."""
        return self.folder / "anomalies.csv"

    def mapping_of(self, sheet: UnderstoodSheet) -> Mapping | None:
        """What the columns of a sheet feed, None where its format says it."""
        if sheet.preview.mapping is None or not self.mapping.columns:
            return sheet.preview.mapping
        return self.mapping.fitted(sheet.preview.header, sheet.preview.rows)

    def choose(self, sheet: UnderstoodSheet, index: int, target: str | None) -> None:
        """Let a column feed something else; in several sheets, columns of the same name go together."""
        shown = self.mapping_of(sheet)
        assert shown is not None
        changed = shown.changed(index, target)
        if len([each for each in self.sheets if each.preview.mapping]) > 1:
            known = {c.header: c for c in (*self.mapping.columns, changed.columns[index])}
            columns = (Column(c.header, i, c.target, c.reason) for i, c in enumerate(known.values()))
            changed = Mapping(tuple(columns), self.mapping.ours)
        self.mapping, self.plan = changed, None

    def clear_files(self) -> None:
        """Remove the files, once they are imported; the report of faults stays."""
        for path in self.paths:
            path.unlink(missing_ok=True)

    def discard(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def received(files: Iterable[Given], ours: frozenset[str] = frozenset()) -> Draft:
    """Keep files in a private folder and look at their first rows; ``ours`` is what our users are called.

    Raises ``InputError`` for one that is unreadable.
    """
    draft = Draft(mapping=Mapping(ours=ours))
    for number, file in enumerate(files, 1):
        place = draft.folder / str(number)  # one folder each: two files may bear one name
        place.mkdir()
        path = place / safe_name(file.name)
        path.write_bytes(file.getbuffer())
        draft.paths.append(path)
        draft.sheets += [UnderstoodSheet(path.name, each) for each in preview(path, draft.mapping, checked=False)]
    return draft


def safe_name(name: str) -> str:
    r"""A file's name without folders nor characters that systems refuse.

    >>> safe_name(r"..\..\etc/liste : 2026?.csv"), safe_name("/..")
    ('liste _ 2026_.csv', 'fichier')
    """
    last = _UNFIT.sub("_", PurePosixPath(name.replace("\\", "/")).name).strip(". ")
    stem, dot, suffix = last.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{suffix[:_LONGEST]}" or "fichier"
