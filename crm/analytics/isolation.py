"""Partners that hold to the network by us alone, or that we know without knowing anyone there.

A partner is alone when neither it nor the people who work there are tied to anyone else, and it shared no act
(committee meeting, agreement…) with another organisation: nobody could introduce us there again. It is without a
contact when no person is known to work there on the day.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from crm.analytics.activity import Activity, Mobilisation
from crm.analytics.graph import Relations
from graph_schema.declaration import Vocabulary

PARTNERS = frozenset({Mobilisation.ACTIVE, Mobilisation.DORMANT})
"""The standings of those with whom a relation exists."""


class Lack(Vocabulary):
    """What a partner lacks."""

    PERSON = "interlocuteur", "Sans interlocuteur"
    TIES = "liens", "Liés à nous seuls"


class Isolated(NamedTuple):
    """A partner that lacks ties or a contact, and what to do about it in one French sentence."""

    id: str
    name: str
    lack: Lack
    active: bool
    advice: str


def isolated(relations: Relations, activity: Mapping[str, Activity]) -> tuple[Isolated, ...]:
    """Return the partners that lack something, each once for each lack; the active ones first, then by name."""
    shared = Counter(
        e.subject for engaged in relations.engagements.values() for e in {e.subject: e for e in engaged}.values()
    )
    found = []
    for id, row in relations.snapshot.organisations.items():
        if activity[id].standing not in PARTNERS:
            continue
        active = activity[id].standing is Mobilisation.ACTIVE
        if not relations.roles.get(id):
            found.append(Isolated(id, row.name, Lack.PERSON, active, _no_person(active)))
        if not _tied(relations, id) and all(shared[e.subject] < 2 for e in relations.engagements.get(id, ())):
            found.append(Isolated(id, row.name, Lack.TIES, active, _no_ties(active)))
    return tuple(sorted(found, key=lambda each: (list(Lack).index(each.lack), not each.active, each.name, each.id)))


def _tied(relations: Relations, id: str) -> bool:
    """Whether it, or someone who works there, is tied to anyone else."""
    staff = {person.id for _, person in relations.staff(id)}
    return any(
        {link.source, link.target} - staff - {id} for each in (id, *staff) for link in relations.ties.get(each, ())
    )


def _no_person(active: bool) -> str:
    if active:
        return "Partenaire actif dont personne n'est connu : demandez un nom au prochain échange."
    return "Personne n'y est connu : appelez le standard, ou demandez un nom à un partenaire voisin."


def _no_ties(active: bool) -> str:
    if active:
        return "Invitez-le au prochain comité : il y rencontrera d'autres partenaires."
    return "Plus personne ne pourrait vous y introduire : reprenez contact avant de le perdre."
