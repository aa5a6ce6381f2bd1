"""How foreign files become a reviewed plan, and a plan a series of commits.

``plan`` tells what an import would do, ``run`` does it. Both read the same way and decide with the same code.
"""

from importers.faults import ImportFault, Severity
from importers.joining.merging import CellChange
from importers.joining.outcomes import Outcome, Related, RowOutcome
from importers.opening import Preview, detect, preview, read_sources
from importers.plan import Plan, plan
from importers.progress import Progress
from importers.reading.mapping import Column, Mapping, label
from importers.report import write_faults
from importers.run import ImportInterrupted, ImportReport, run

__all__ = [
    "CellChange",
    "Column",
    "ImportFault",
    "ImportInterrupted",
    "ImportReport",
    "Mapping",
    "Outcome",
    "Plan",
    "Preview",
    "Progress",
    "Related",
    "RowOutcome",
    "Severity",
    "detect",
    "label",
    "plan",
    "preview",
    "read_sources",
    "run",
    "write_faults",
]
