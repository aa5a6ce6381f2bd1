"""What has changed on a canvas between two days."""

from collections.abc import Collection
from dataclasses import dataclass, field

from crm.canvas.web import Web
from crm.measures.comparison import Movement, change_of
from crm.measures.measuring import Measures
from graph_schema.registry import SCHEMA


@dataclass(frozen=True, eq=False)
class Compared:
    """The web and the measures of a day beside those of an earlier one."""

    web: Web
    measures: Measures
    web_before: Web
    measures_before: Measures
    _links: dict[tuple[int, str], Collection[str]] = field(default_factory=dict)

    def role(self, id: str) -> str:
        """What became of a node; empty when it is as it was.

        Organisations and people change as everywhere (``crm.measures.comparison``); anything else arrives with its
        first link and is gone with the last one.
        """
        if (self.web.type(id) or self.web_before.type(id)) in SCHEMA.partners:
            changed = change_of(self.measures_before, self.measures, id)
            return str(changed.change) if changed else ""
        return _came_or_went(self.web_before.degree(id) > 0, self.web.degree(id) > 0)

    def link_role(self, link: str, source: str) -> str:
        """Whether a link of the node ``source`` arrived or went; empty when it was and is there."""
        return _came_or_went(link in self._of(self.web_before, source), link in self._of(self.web, source))

    def _of(self, web: Web, node: str) -> Collection[str]:
        key = (id(web), node)
        if key not in self._links:
            self._links[key] = {link.id for link in web.links(node)}
        return self._links[key]


def _came_or_went(was: bool, there: bool) -> str:
    return "" if was is there else str(Movement.ARRIVED if there else Movement.GONE)
