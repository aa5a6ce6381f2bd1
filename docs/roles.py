"""The page of acts and roles: what each role may do, written from ``crm/network/rights.py``."""

from crm.network.rights import AHEAD, Actor, Right, Role

_INTRO = (
    "Cette page est engendrée depuis les droits que le logiciel vérifie (`make docs`). Un acte qui n'est pas permis "
    "est refusé d'où qu'il vienne, écran ou fichier ; au terminal de la machine, on agit en administrateur. "
    "Les comptes se tiennent [dans les réglages ou au terminal](equipe.md#les-comptes)."
)
_LATER = "Les droits marqués « à venir » sont déjà donnés ; aucun écran ne les demande encore."


def markdown() -> str:
    """The whole page."""
    heads = " | ".join(role.label for role in Role)
    lines = [f"| Acte | {heads} |", f"| --- |{' :-: |' * len(Role)}"]
    lines += [f"| {_said(right)} | {' | '.join(_cells(right))} |" for right in Right]
    return "\n".join(["# Qui peut quoi", "", _INTRO, "", *lines, "", _LATER, ""])


def _said(right: Right) -> str:
    later = " (à venir)" if right in AHEAD else ""
    return f"{right.value[0].upper()}{right.value[1:]}{later}"


def _cells(right: Right) -> list[str]:
    return ["oui" if Actor("", role).may(right) else "" for role in Role]
