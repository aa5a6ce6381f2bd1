"""The groups of the network said in words: the question that each one answers, its main members, and where it is.

A group is what ``communities`` found. It is named by the function that most of its organisations hold (« Qui
accueille ? »), by the organisation that is tied to most others inside it, and by the smallest territory in which most
of it sits.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from crm.analytics.activity import Activity, Mobilisation
from crm.analytics.graph import Relations
from graph_schema.snapshot import OrganisationRow
from graph_schema.territory import Level, ancestors, place
from graph_schema.vocabularies import Function
from graph_schema.wording import NBSP, count, number, plural

SMALLEST = 3
"""A group is spoken of from so many organisations."""

QUESTIONS: Mapping[Function | None, str] = MappingProxyType(
    {
        Function.EMPLOYER: "Qui accueille",
        Function.EMPLOYMENT: "Qui mène à l'emploi",
        Function.DISABILITY: "Qui accompagne le handicap",
        Function.BRANCH: "Qui parle pour le métier",
        Function.FUNDER: "Qui finance",
        Function.GUIDANCE: "Qui oriente",
        Function.INSERTION: "Qui insère",
        Function.LOCAL: "Qui décide sur place",
        Function.SCHOOLS: "Qui forme avec nous",
        Function.CONSULAR: "Qui représente les entreprises",
        None: "Qui d'autre",
    }
)
"""The question that partners of each function answer."""


class Group(NamedTuple):
    """A group by its number. ``organisations`` are ids, the best tied within the group first; ``people`` are ids too.

    ``active`` counts its active partners; ``place`` is empty where most of its seats are not known; ``name`` is its
    question and its leader; ``advice`` is a French sentence that says what to do.
    """

    number: int
    organisations: tuple[str, ...]
    people: tuple[str, ...]
    function: Function | None
    place: str
    active: int
    name: str
    advice: str

    @property
    def leader(self) -> str:
        """The id of the organisation that is tied to most others in it."""
        return self.organisations[0]

    @property
    def question(self) -> str:
        """The question that the group answers."""
        return f"{QUESTIONS[self.function]}{NBSP}?"


def groups(
    relations: Relations, numbers: Mapping[str, int], activity: Mapping[str, Activity], smallest: int = SMALLEST
) -> tuple[Group, ...]:
    """Return the groups of at least ``smallest`` organisations, in the order of their numbers."""
    members: defaultdict[int, list[str]] = defaultdict(list)
    for id, of in numbers.items():
        members[of].append(id)
    organisations = relations.snapshot.organisations
    found = []
    for at in sorted(members):
        inside = [id for id in members[at] if id in organisations]
        if len(inside) >= smallest:
            people = tuple(id for id in members[at] if id not in organisations)
            found.append(_group(relations, numbers, activity, at, inside, people))
    return tuple(found)


def _group(
    relations: Relations, numbers: Mapping[str, int], activity: Mapping[str, Activity],
    number: int, inside: Sequence[str], people: tuple[str, ...],
) -> Group:  # fmt: skip
    rows = relations.snapshot.organisations
    ties = {id: _tied(relations, numbers, id) for id in inside}
    best = sorted(inside, key=lambda id: (-ties[id], rows[id].name, id))
    function = _function(rows[id] for id in inside)
    where = _place(rows[id] for id in inside)
    active = sum(activity[id].standing is Mobilisation.ACTIVE for id in inside)
    others = f" et {count(len(best) - 1, 'autre')}" if len(best) > 1 else ""
    name = f"{QUESTIONS[function]}{NBSP}? {rows[best[0]].name}{others}"
    return Group(number, tuple(best), people, function, where, active, name, _advice(active, len(best)))


def _tied(relations: Relations, numbers: Mapping[str, int], id: str) -> int:
    """How many others of its group an organisation is tied to."""
    others = {link.target if link.source == id else link.source for link in relations.ties.get(id, ())}
    return sum(numbers[other] == numbers[id] for other in others)


def _function(rows: Iterable[OrganisationRow]) -> Function | None:
    counted = Counter(function for row in rows for function in row.roles[:1])
    return min(counted, key=lambda each: (-counted[each], list(Function).index(each)), default=None)


def _place(rows: Iterable[OrganisationRow]) -> str:
    """Name of the smallest territory in which more than half of the organisations sit."""
    seats = [row.commune for row in rows]
    within = Counter(each for seat in seats if seat for each in ancestors(Level.COMMUNE, seat))
    held = [each for each, sitting in within.items() if 2 * sitting > len(seats)]
    best = min(held, key=lambda each: (each[0].rank, each[1]), default=None)
    found = place(*best) if best else None
    return found.name if found else ""


def _advice(active: int, size: int) -> str:
    agreed = plural(active, "partenaire actif", "partenaires actifs")
    if active == 0:
        return "Aucun partenaire actif ici : proposez une convention ou un accueil à l'un d'eux, puis passez par lui."
    if active == 1:
        return f"Un seul {agreed} sur {number(size)} : engagez-en un deuxième, le groupe ne tient qu'à lui."
    if 3 * active < size:
        return f"{number(active)} {agreed} sur {number(size)} : demandez-leur de vous présenter les autres."
    return f"{number(active)} {agreed} sur {number(size)} : entretenez ce groupe, invitez-le au prochain comité."
