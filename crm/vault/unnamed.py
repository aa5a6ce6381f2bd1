"""Files of a vault that no proof of its network names.

A deposit that was killed leaves one. But a network that is behind, as an older backup put in its place is, names the
proofs of that day alone: the files of all that came later are then those of real proofs, whose network is to be mended.
"""

from typing import NamedTuple

from crm.days import moment
from crm.errors import ConflictError
from crm.faults import Fault
from crm.network import Network
from crm.vault import continuity
from crm.vault.access import AccessLog, Attestation
from crm.vault.files import Vault

_DESTROY = "« reseau28 evidence destroy --orphans"
_MEND = "remettez sa sauvegarde par « reseau28 restore », ou admettez-le tel qu'il est par « reseau28 verify --accept »"


class Unnamed(NamedTuple):
    """Contents that no proof names: what killed deposits ``left``; those ``deposited``, with the newest line of each.

    Of a network that is ``behind`` what this machine has seen, nothing can be said of either.
    """

    left: list[str]
    deposited: dict[str, Attestation]
    behind: bool

    def faults(self) -> list[Fault]:
        """What is to be said of each."""
        if self.behind:
            return [_behind(digest) for digest in sorted([*self.left, *self.deposited])]
        return [*map(_left, self.left), *(_deposited(digest, line) for digest, line in self.deposited.items())]


def sort(network: Network, vault: Vault, digests: list[str]) -> Unnamed:
    """Tell apart the contents ``digests``, that no proof names, by what the access logs say of them."""
    if not digests:
        return Unnamed([], {}, False)
    known = AccessLog(vault.medium).deposits()
    deposited = {each: known[each] for each in digests if each in known}
    return Unnamed([each for each in digests if each not in known], deposited, _is_behind(network))


def require_current(network: Network, vault: Vault) -> None:
    """Raise ``ConflictError`` where files without a proof may be those of proofs that the network or its log lost."""
    if _is_behind(network):
        raise ConflictError(
            "Cette machine a vu ce réseau plus loin, ou avec une autre suite : ces fichiers peuvent être ceux de"
            f" preuves qu'il ne connaît plus. Rien n'est détruit : {_MEND}.",
            code="network_behind",
        )  # fmt: skip
    if faults := continuity.look(network, vault).faults:
        raise ConflictError(f"Rien n'est détruit, le journal des accès ne dit pas tout : {faults[0].message}")


def _is_behind(network: Network) -> bool:
    return network.heads is not None and network.store.read(network.heads.gap) is not None


def _left(digest: str) -> Fault:
    what = f"Le fichier {digest[:12]}… du coffre n'est nommé par aucune preuve (dépôt interrompu)"
    return Fault("file_orphan", digest, f"{what} : {_DESTROY} » l'efface.")


def _deposited(digest: str, line: Attestation) -> Fault:
    what = (
        f"Le fichier {digest[:12]}… du coffre a été déposé le {moment(line.at)} par {line.actor}, d'une preuve que ce"
        " réseau ne connaît pas (dépôt interrompu) ou ne connaît plus : remettez la sauvegarde qui la connaît"
        f" (« reseau28 restore »), ou détruisez-le en disant pourquoi ({_DESTROY} --why TEXTE »)."
    )
    return Fault("file_unknown", digest, what)


def _behind(digest: str) -> Fault:
    what = f"Le fichier {digest[:12]}… du coffre n'est nommé par aucune preuve de ce réseau, que cette machine a vu"
    return Fault("file_unknown", digest, f"{what} plus loin, ou avec une autre suite : {_MEND}.")
