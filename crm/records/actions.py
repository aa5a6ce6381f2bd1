"""Actions: who does what by when, to answer a decision, a return or a need of the network."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.committees import Action, ActionStatus, FollowsUp


def create(
    network: Network, title: str, *, owner: str = "", due_on: date | None = None, follows: Iterable[str] = ()
) -> Committed[str]:
    """Add an open action; returns its id. ``follows``: ids of the partners, decisions or returns that it answers.

    Raises ``InputError`` without a title or for a day already gone.
    """
    check(network, title, due_on)

    def work(unit: UnitOfWork) -> str:
        return add(unit, title, owner=owner, due_on=due_on, follows=follows)

    return network.commit("Action ajoutée", work)


def check(network: Network, title: str, due_on: date | None) -> None:
    """Refuse an action without a title, or due on a day already gone."""
    if not title.strip():
        raise InputError("Dites ce qu'il y a à faire.", field="title")
    if due_on is not None and due_on < network.today():
        raise InputError(f"Le {due_on:%d/%m/%Y} est passé : choisissez un jour à venir.", field="due_on")


def add(
    unit: UnitOfWork, title: str, *, owner: str = "", due_on: date | None = None, follows: Iterable[str] = (),
    said: str = "", asked: Iterable[str] = (),
) -> str:  # fmt: skip
    """An open action in a unit of work; returns its id. ``said``: the sentence in which it was said, which leaves what
    is ``asked``.
    """
    values: dict[str, Any] = {"title": title.strip()}
    values |= {"owner": owner.strip()} if owner.strip() else {}
    values |= {"due_on": due_on.isoformat()} if due_on else {}
    values |= {"said": said} if said else {}
    values |= {"asked": left} if (left := [*asked]) else {}
    followed = [*dict.fromkeys(follows)]
    id = unit.create(Action.TYPE, values)
    unit.preload(nodes=followed)
    for each in followed:
        unit.connect(FollowsUp.TYPE, id, each)
    return id


def finish(network: Network, id: str) -> Committed[None]:
    """Tick an action off: it was done today."""
    patch = {"status": ActionStatus.DONE, "done_on": network.today().isoformat()}
    return network.commit("Action faite", lambda unit: unit.update(id, patch))


def reopen(network: Network, id: str) -> Committed[None]:
    """Take an action up again that had been ticked off."""
    patch = {"status": ActionStatus.OPEN, "done_on": None}
    return network.commit("Action rouverte", lambda unit: unit.update(id, patch))
