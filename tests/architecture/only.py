"""A kind of import contract: one package imports nothing but itself, what is listed, and what is pure in Python."""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

IMPURE = {"http", "multiprocessing", "socket", "sqlite3", "subprocess", "tkinter", "urllib"}
"""Parts of the standard library that reach outside the process: allowed only where they are listed."""


class OnlyContract(Contract):
    """Options: ``source``, the package; ``allowed``, the packages that it may import directly."""

    type_name = "only"

    source = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        source = str(self.source)
        modules = {source, *graph.find_descendants(source)} if source in graph.modules else set()
        strangers = [
            f"{module} -> {imported}"
            for module in sorted(modules)
            for imported in sorted(graph.find_modules_directly_imported_by(module))
            if not self._may_import(imported)
        ]
        return ContractCheck(kept=bool(modules) and not strangers, metadata={"strangers": strangers})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for stranger in check.metadata["strangers"] or [f"there is no package {self.source}"]:
            output.print_error(f"- {stranger}")

    def _may_import(self, imported: str) -> bool:
        allowed = [str(self.source), *map(str, self.allowed)]  # type: ignore[call-overload]
        if any(imported == package or imported.startswith(f"{package}.") for package in allowed):
            return True
        top = imported.partition(".")[0]
        return top in sys.stdlib_module_names and top not in IMPURE
