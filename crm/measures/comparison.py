"""Two days of the network compared: who arrived, who is gone, whose relation cooled or warmed.

An organisation arrives when it becomes an active partner and is gone when it is one no more: it may have been fresh
before, or be still, so that people are told « devenu actif » and « devenu inactif ». A person arrives with a first role
somewhere and is gone with the last one. For all the others but the closed, freshness says the rest: a state that got
worse cooled, one that got better warmed. Comparing the other way round swaps arrived with gone and cooled with warmed.

What is compared is what was true on each day (valid time), as we know it now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from crm.analytics.activity import Mobilisation
from crm.analytics.freshness import Freshness, State
from crm.measures.measuring import Measures
from crm.network.kept import KeptKind
from graph_schema.declaration import Vocabulary
from graph_schema.wording import NBSP, sentence


class Movement(Vocabulary):
    """What became of someone between two days; the values are the roles of a canvas node."""

    ARRIVED = "arrived", "Devenus actifs"
    GONE = "gone", "Devenus inactifs"
    COOLED = "cooled", "Refroidis"
    WARMED = "warmed", "Réchauffés"

    def of(self, people: bool) -> str:
        """What people are told of it: a person is not active, but has a role somewhere."""
        return _OF_PEOPLE.get(self, self.label) if people else self.label


_OF_PEOPLE = {
    Movement.ARRIVED: "Premier rôle", Movement.GONE: "Plus de rôle",
    Movement.COOLED: "Refroidies", Movement.WARMED: "Réchauffées",
}  # fmt: skip


class Changed(NamedTuple):
    """An organisation or a person that changed, with the states of freshness before and after, and why (French)."""

    id: str
    name: str
    person: bool
    change: Movement
    before: State
    after: State
    reason: str


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changed from one day to another. ``groups`` are by change and whether they are people, each by name."""

    before: Measures
    after: Measures
    groups: Mapping[tuple[Movement, bool], tuple[Changed, ...]]

    @property
    def changed(self) -> tuple[Changed, ...]:
        """All that changed."""
        return tuple(each for group in self.groups.values() for each in group)

    @property
    def ids(self) -> Mapping[Movement, frozenset[str]]:
        """The ids of organisations and people, by what became of them."""
        return {
            change: frozenset(each.id for each in (*self.of(change), *self.of(change, True))) for change in Movement
        }

    def of(self, change: Movement, people: bool = False) -> tuple[Changed, ...]:
        """The organisations, or the people, of which this became."""
        return self.groups[change, people]


_Groups = Mapping[tuple[Movement, bool], tuple[Changed, ...]]
_COMPARED = KeptKind[_Groups](most=4)


def compared(before: Measures, after: Measures) -> Comparison:
    """Compare two days of the network; kept with the later one."""
    # Another state than ``before`` may not answer for it, and what is kept must not hold its measures.
    groups = after.kept.of(_COMPARED, lambda: _groups(before, after), before.kept.token)
    return Comparison(before, after, groups)


def _groups(before: Measures, after: Measures) -> _Groups:
    everyone = (*after.freshness, *after.freshness_of_people)
    found = sorted((c for id in everyone if (c := change_of(before, after, id))), key=lambda c: (c.name, c.id))
    return {
        (change, people): tuple(each for each in found if each.change is change and each.person is people)
        for change in Movement
        for people in (False, True)
    }


def change_of(before: Measures, after: Measures, id: str) -> Changed | None:
    """What became of one organisation or person; None when nothing did, or when the network has none of that id.

    Who was not there before, for the network had not begun, had never answered.
    """
    if id in after.freshness:
        return _organisation(before, after, id)
    if id in after.freshness_of_people:
        return _person(before, after, id)
    return None


def _organisation(before: Measures, after: Measures, id: str) -> Changed | None:
    then, now, facts = _state(before.freshness, id), after.freshness[id], after.activity[id]
    was = id in before.activity and before.activity[id].standing is Mobilisation.ACTIVE
    active = facts.standing is Mobilisation.ACTIVE
    if was is active:
        return None if now.closed else _fresher(then, now, person=False)
    change = Movement.ARRIVED if active else Movement.GONE
    return Changed(id, now.name, False, change, then, now.state, sentence(facts.reason))


def _person(before: Measures, after: Measures, id: str) -> Changed | None:
    then, now = _state(before.freshness_of_people, id), after.freshness_of_people[id]
    had, has = id in before.relations.roles, id in after.relations.roles
    if had is has:
        return _fresher(then, now, person=True)
    change, roles = (Movement.ARRIVED, after) if has else (Movement.GONE, before)
    return Changed(id, now.name, True, change, then, now.state, _role(roles, id, change))


def _state(known: Mapping[str, Freshness], id: str) -> State:
    return known[id].state if id in known else State.NEVER


def _fresher(then: State, now: Freshness, person: bool) -> Changed | None:
    if then is now.state:
        return None
    change = Movement.COOLED if now.state.rank > then.rank else Movement.WARMED
    return Changed(now.id, now.name, person, change, then, now.state, now.reason)


def _role(measures: Measures, person: str, change: Movement) -> str:
    link = min(measures.relations.roles[person], key=lambda each: (not each.main, each.target))
    where = measures.relations.row(link.target).name
    verb = "Travaille maintenant" if change is Movement.ARRIVED else "N'a plus de rôle"
    role = f" ({link.role.lower()})" if link.role else ""
    return f"{verb}{NBSP}: {where}{role}."
