"""How strong the network is: on whom it hangs, who ties it together, who stands apart, on how few it rests."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from crm.analytics.activity import Activity
from crm.analytics.communities import bonds, communities
from crm.analytics.concentration import Concentration, concentrations
from crm.analytics.graph import Relations
from crm.analytics.groups import Group, groups
from crm.analytics.isolation import Isolated, Lack, isolated
from crm.analytics.pivots import Pivot, pivots
from crm.analytics.resilience import OwnerShare, Resilience, owners, resilience


@dataclass(frozen=True, eq=False)
class Strength:
    """Every measure of strength of one state of the network; each is made on first use, then kept."""

    relations: Relations
    activity: Mapping[str, Activity]

    def after(self, relations: Relations, activity: Mapping[str, Activity], touched: Iterable[str]) -> "Strength":
        """That of a later state, which differs for those ``touched`` only: groups are kept while no tie has changed."""
        new = Strength(relations, activity)
        made = self.__dict__.get("communities")
        if made is not None and all(bonds(self.relations, id) == bonds(relations, id) for id in touched):
            new.__dict__["communities"] = made
        return new

    @cached_property
    def communities(self) -> Mapping[str, int]:
        """The number of each one's group, by id."""
        return communities(self.relations)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups worth speaking of."""
        return groups(self.relations, self.communities, self.activity)

    @cached_property
    def pivots(self) -> tuple[Pivot, ...]:
        """Who ties groups together."""
        return pivots(self.relations, self.communities)

    @cached_property
    def resilience(self) -> Resilience:
        """What hangs on one person, organisation or link."""
        return resilience(self.relations)

    @cached_property
    def held_by_one(self) -> tuple[tuple[str, str], ...]:
        """The partners where one person alone can be relied upon, by name, each with that person's id."""
        return tuple(sorted(self.resilience.single, key=lambda pair: (self.relations.row(pair[0]).name, pair)))

    @cached_property
    def lacking(self) -> Mapping[Lack, tuple[Isolated, ...]]:
        """The isolated partners, by what they lack."""
        return {lack: tuple(each for each in self.isolated if each.lack is lack) for lack in Lack}

    @cached_property
    def owners(self) -> tuple[OwnerShare, ...]:
        """How active partners are shared between colleagues."""
        return owners(self.relations)

    @cached_property
    def isolated(self) -> tuple[Isolated, ...]:
        """Partners without a contact, or tied to us alone."""
        return isolated(self.relations, self.activity)

    @cached_property
    def concentrations(self) -> tuple[Concentration, ...]:
        """On how few hostings, funding and agreements rest."""
        return concentrations(self.relations)
