"""Reminders put off: a partner stays out of the call list until a day, for a reason."""

from collections.abc import Sequence
from datetime import date

from crm.errors import InputError
from crm.network import Committed, Network
from crm.network.work import UnitOfWork
from graph_schema.wording import count, short_date


def snooze(network: Network, ids: Sequence[str], until: date, reason: str = "") -> Committed[None]:
    """Leave these partners out of the call list until the day ``until``, when they come back to it.

    Raises ``InputError`` for a day that is not to come, ``NotFound`` for a partner that is gone.
    """
    check(until, network.today())
    patch = {"snoozed_until": until.isoformat(), "snooze_reason": reason.strip() or None}
    return network.commit(f"Relance reportée au {short_date(until)}{_many(ids)}", lambda unit: _set(unit, ids, patch))


def wake(network: Network, ids: Sequence[str]) -> Committed[None]:
    """Bring these partners back to the call list at once."""
    patch: dict[str, str | None] = {"snoozed_until": None, "snooze_reason": None}
    return network.commit(f"Report de relance levé{_many(ids)}", lambda unit: _set(unit, ids, patch))


def check(until: date, today: date) -> None:
    """Raise ``InputError`` unless a reminder may be put off to the day ``until``."""
    if until <= today:
        raise InputError("Reportez à un jour à venir, demain au plus tôt.", field="snoozed_until")


def _set(unit: UnitOfWork, ids: Sequence[str], patch: dict[str, str | None]) -> None:
    unit.preload(nodes=ids)
    for id in ids:
        unit.update(id, patch)


def _many(ids: Sequence[str]) -> str:
    return f" : {count(len(ids), 'partenaire')}" if len(ids) > 1 else ""
