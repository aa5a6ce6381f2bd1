"""Whether the access log of a vault is still the one that this machine saw, and that a receipt attests.

The chain of the log tells what was altered inside it. That its end was cut, that last month's was put back or that all
of it was made anew, only those can tell who hold a head of it: this machine, for it keeps what it saw, and receipts.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from crm.days import moment
from crm.errors import InputError, Reseau28Error, StoreError
from crm.faults import Fault, Looked
from crm.files import memory
from crm.files.memory import IF_MEANT, GapWords, fault_of
from crm.network import Network
from crm.network.rights import Right
from crm.vault.access import AccessLog, Attestation
from crm.vault.attested import Attested, require
from crm.vault.files import Vault
from crm.vault.medium import LOG
from crm.vault.place import existing, known_vault
from graph_schema.records import Head
from graph_schema.wording import count, plural

_WORDS = GapWords(
    "access_",
    "la ligne {} du journal des accès",
    "s'arrête à la ligne {}",
    f"il {{}} : sa fin a été retirée, ou un plus ancien a été remis. {IF_MEANT}",
    f"ce n'est plus la même : il a été réécrit ou refait. {IF_MEANT}",
)
RESTARTED = "access_restarted"
"""The code of what is said of a log that follows one that was set aside."""

_RESTART = "« reseau28 evidence journal --restart » le met de côté et en commence un autre"


def look(network: Network, vault: Vault, *, expected: bool = False) -> Looked:
    """What the log of a vault is, by itself and beside what this machine saw of it.

    ``expected`` says that proofs were deposited here, so that there must be lines.
    """
    log = AccessLog(vault.medium)
    broken = log.broken_at()
    faults = [_altered(broken)] if broken else []
    if broken is None and expected and not log.head().number:
        broken, faults = 1, [_gone(vault)]
    gap = network.heads.access.gap(vault.id, log.digest_at, log.head) if network.heads else None
    if gap and _is_aside(log, gap.seen.head):
        gap = None  # set aside on another machine: all that was seen is still here
    told = [fault_of(gap, _WORDS)] if gap and not broken else []
    restarts, lost = _restarts(log)
    restarts += _damaged(network, vault)
    if gap and not gap.here:
        return Looked([*faults, *lost], [*told, *restarts])
    return Looked([*faults, *told, *lost], restarts)


def head(network: Network) -> Head | None:
    """The newest line of the network's access log; None where there is no log within reach."""
    with suppress(Reseau28Error):
        vault = existing(network)
        found = AccessLog(vault.medium).head() if vault else Head(0, "")
        return found if found.number else None
    return None


def lacking(network: Network, attested: Head, named: str) -> list[Fault]:
    """What the log, with those that it follows, lacks of the head that the receipt ``named`` attests."""
    vault = existing(network)
    log = AccessLog(vault.medium) if vault else None
    digests = [log.digest_at(attested.number), *_aside_digests(log, attested.number)] if log else []
    if attested.digest in digests:
        return []
    number = log.head().number if log else 0
    if number < attested.number:
        has = f"en a {number}" if number else "n'en a aucune"
        what = (
            f"Le {named} atteste {count(attested.number, 'ligne')} du journal des accès, et il {has} : sa fin a été"
            " retirée, ou un plus ancien a été remis. Remettez le bon depuis une sauvegarde."
        )
        return [Fault("access_receipt_cut", str(number + 1), what)]
    what = (
        f"La ligne {attested.number} du journal des accès n'est pas celle du {named} : cette ligne ou d'autres avant"
        " elle ont été réécrites. Remettez le bon depuis une sauvegarde."
    )
    return [Fault("access_receipt_rewritten", str(attested.number), what)]


def mark(network: Network, what: Literal["restored", "accepted"]) -> None:
    """From here on the log as it is now is what this machine has seen: someone has put it there, knowingly."""
    if network.heads is None:
        return
    with suppress(Reseau28Error):
        if vault := existing(network):
            found = AccessLog(vault.medium).head()
            network.heads.access.mark(vault.id, found, what, network.actor.name)


def restart(network: Network, why: str) -> Attested[str]:
    """Set a damaged log aside and begin another one; returns the name under which it stays in the vault.

    The first line of the new one names the old one, its digest, its last line, how many lines this machine had seen
    that are there no more, and ``why``: all stay one history. Raises ``Forbidden`` for who is no administrator,
    ``InputError`` without a reason or for a log that has no fault.
    """
    vault = require(network, Right.ADMIN)
    why = why.strip()
    if not why:
        raise InputError("Dites pourquoi le journal des accès est recommencé.", field="why")
    try:
        whole = not look(network, vault, expected=network.store.read(known_vault) is not None).faults
    except StoreError:  # what is in its place cannot even be read
        whole = False
    if whole:
        raise InputError(
            "Le journal des accès est intact : il n'y a rien à recommencer.", field="restart", code="access_log_whole"
        )
    unknown = "ce que cette machine en avait vu est illisible" if _damaged(network, vault) else ""
    line = begin(network, vault, why, lost(network, vault) or unknown)
    return Attested(line.about, line)


def begin(network: Network, vault: Vault, why: str, missing: str) -> Attestation:
    """Begin a log that says what is ``missing`` of the one that it follows, for who may; returns its first line."""
    line = AccessLog(vault.medium).restart(network.actor.name, network.clock(), why, missing)
    if network.heads:
        network.heads.access.mark(vault.id, Head(line.number, line.digest), "accepted", network.actor.name)
    return line


def lost(network: Network, vault: Vault) -> str:
    """What this machine has seen of a log that is to be set aside, and is there no more; empty where all is there."""
    log, seen = AccessLog(vault.medium), network.heads.access if network.heads else None

    def at(number: int) -> str | None:
        try:
            return log.digest_at(number)
        except StoreError:  # nothing in its place can be read
            return None

    last = seen.last(vault.id) if seen else None
    if seen is None or last is None or at(last.number) == last.digest or _is_aside(log, last.head):
        return ""
    missing = last.number - seen.common(vault.id, at)
    words = f"{count(missing, 'ligne')} {plural(missing, 'vue')} auparavant {plural(missing, 'manque', 'manquent')}"
    return f"{words} (dernière : n° {last.number}, empreinte {last.digest})"


def _damaged(network: Network, vault: Vault) -> list[Fault]:
    """That what this machine saw of the log cannot be read."""
    path = network.heads.access.damaged(vault.id) if network.heads else None
    return [memory.damaged(path, vault.id, "du journal des accès")] if path else []


def _altered(number: int) -> Fault:
    what = f"Le journal des accès du coffre a été altéré à partir de la ligne {number} : {_RESTART}."
    return Fault("access_log_altered", str(number), what)


def _gone(vault: Vault) -> Fault:
    what = "a été vidé" if vault.medium.holds(LOG) else "est absent"
    message = f"Le journal des accès du coffre {what}, alors que des preuves y ont été déposées : {_RESTART}."
    return Fault("access_log_altered", "1", message)


def _restarts(log: AccessLog) -> tuple[list[Fault], list[Fault]]:
    """The logs that this one follows: that they were set aside, and which of them are there no more as they were."""
    told, lost = [], []
    for line, whole in log.asides():
        words = f"Journal des accès recommencé le {moment(line.at)} par {line.actor} : {line.detail}"
        told.append(Fault(RESTARTED, line.about, words))
        if not whole:
            what = (
                f"Le journal des accès mis de côté (« {line.about} ») manque au coffre, ou y a été altéré :"
                " remettez-le depuis une sauvegarde."
            )
            lost.append(Fault("access_aside_altered", line.about, what))
    return told, lost


def _is_aside(log: AccessLog, seen: Head) -> bool:
    """Whether a line that was seen is in a log that was set aside, and is as it was."""
    return seen.digest in _aside_digests(log, seen.number)


def _aside_digests(log: AccessLog, number: int) -> Iterator[str | None]:
    for line, whole in log.asides():
        if whole:
            yield log.aside_digest_at(line.about, number)
