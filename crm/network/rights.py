"""Who may do what: four roles, checked here and nowhere else."""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar, cast

from crm.errors import Forbidden
from graph_schema.declaration import Vocabulary
from graph_schema.evidence import confidential
from graph_schema.records import NodeRecord, Record
from graph_schema.registry import SCHEMA
from graph_schema.views import View

R = TypeVar("R", bound=Record)


class Right(StrEnum):
    """What an act needs; the value completes « ne permet pas de … » (or « d'… »)."""

    READ = "consulter le réseau"
    HISTORY = "consulter le journal"
    EDIT = "modifier le réseau"
    VALIDATE = "valider un compte rendu"
    CIRCULATE = "diffuser un compte rendu"
    IMPORT = "importer ou annuler un import"
    ADMIN = "administrer les données"
    ACCOUNTS = "gérer les comptes"
    CONFIDENTIAL = "ouvrir les pièces confidentielles"
    AUDIT = "ouvrir un audit"
    ERASE = "effacer des données du journal"


class Role(Vocabulary):
    """The four roles."""

    ADMIN = "admin", "Administrateur"
    MANAGER = "gestionnaire", "Gestionnaire"
    READER = "lecteur", "Lecteur"
    AUDITOR = "auditeur", "Auditeur"


_RIGHTS = {
    Role.ADMIN: frozenset(Right),
    Role.MANAGER: frozenset(Right) - {Right.ADMIN, Right.ACCOUNTS, Right.ERASE},
    Role.READER: frozenset({Right.READ}),
    Role.AUDITOR: frozenset({Right.READ, Right.HISTORY, Right.CONFIDENTIAL}),
}


AHEAD = frozenset({Right.CIRCULATE, Right.AUDIT})
"""Rights already given to roles, whose acts come with the screens for minutes and audits: nothing asks for them yet."""

_NO_ACCOUNT = uuid.UUID("5f0c1f0e-5c4b-4e0e-9d53-28a5b7f0c128")


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone at work: the name that people read, the role, and the account's id, by which the journal knows them."""

    name: str
    role: Role
    id: str = ""

    @property
    def account(self) -> str:
        """The account's id; of someone who has none (tests, invented people), one that is made of the name."""
        return self.id or uuid.uuid5(_NO_ACCOUNT, self.name).hex

    def may(self, right: Right) -> bool:
        """Whether this role gives ``right``."""
        return right in _RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Raise ``Forbidden`` unless this role gives ``right``."""
        if not self.may(right):
            act = f"d'{right.value}" if right.value[0] in "aeiou" else f"de {right.value}"
            raise Forbidden(f"Votre rôle ({self.role.label}) ne permet pas {act}.")


def readable(record: Record, actor: Actor) -> bool:
    """Whether ``actor`` may read this record: all but the private views of others."""
    return record.type != View.TYPE or bool(record.values.get("shared")) or record.values.get("author") == actor.name


def openable(record: Record, actor: Actor) -> bool:
    """Whether ``actor`` may have what the file of this proof holds, in whole or in part, whatever shows or finds it.

    What is confidential is listed to everyone and opened by those with ``Right.CONFIDENTIAL`` alone.
    """
    return actor.may(Right.CONFIDENTIAL if confidential(record.values) else Right.READ)


def seen(record: R, actor: Actor, source: NodeRecord | None = None) -> R:
    """The record as ``actor`` may see it: without its closed fields when it is confidential and not theirs to open.

    Those of a link are closed with its ``source``; with an unknown one they are.
    """
    if actor.may(Right.CONFIDENTIAL) or not (closed := SCHEMA.type(record.type).closed & record.values.keys()):
        return record
    opened = record if isinstance(record, NodeRecord) else source
    if opened is not None and openable(opened, actor):
        return record
    told = {name: value for name, value in record.values.items() if name not in closed}
    return cast(R, record._replace(values=told))


def withheld(record: NodeRecord, actor: Actor) -> str:
    """What ``actor`` may not open of this record, who may, and how to ask; nothing of what they may open."""
    if openable(record, actor) or not SCHEMA.nodes[record.type].closed:
        return ""
    roles = [f"{role.label.lower()}s" for role in Role if Right.CONFIDENTIAL in _RIGHTS[role]]
    who = f"aux {', aux '.join(roles[:-1])} et aux {roles[-1]}"
    return f"Preuve confidentielle : son document n'est ouvert qu'{who}. Pour le lire, demandez-le à l'un d'eux."


def changeable(record: Record, actor: Actor) -> bool:
    """Whether this record is the actor's to change, editing set apart: a view is its author's, and once it is shared
    administrators' too.
    """
    if record.type != View.TYPE or record.values.get("author") == actor.name:
        return True
    return bool(record.values.get("shared")) and actor.may(Right.ADMIN)
