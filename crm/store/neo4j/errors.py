"""The one place where the driver's exceptions become the product's: nothing of Neo4j's leaves the store."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from crm.errors import DuplicateKey, Reseau28Error, StoreBusy, StoreError, StoreUnavailable
from crm.store.neo4j.address import Address

# What the driver would log reaches people as one sentence instead.
_log = logging.getLogger("neo4j")
_log.addHandler(logging.NullHandler())
_log.propagate = False

_WAITED_TOO_LONG = {"LockAcquisitionTimeout", "LockClientStopped"}
"""What Neo4j says of a transaction that it ended while it waited for a lock."""


@contextmanager
def translated(address: Address) -> Iterator[None]:
    """Turn exceptions of the driver into the store's; all others pass unchanged."""
    try:
        yield
    except (DriverError, Neo4jError) as error:
        raise _translation(error, address) from error


def _translation(error: DriverError | Neo4jError, address: Address) -> Reseau28Error:
    if isinstance(error, Neo4jError):
        return _refusal(error, address)
    if isinstance(error, IncompleteCommit):
        return StoreUnavailable(
            f"Neo4j ne répond plus à {address}, et rien ne dit si ce qui était en cours est enregistré : quand le"
            " serveur répond de nouveau, regardez dans l'historique avant de recommencer."
        )
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return StoreUnavailable(
            f"Neo4j ne répond pas à {address} : vérifiez que le serveur est démarré et joignable, puis recommencez ; "
            "ce qui était en cours n'est pas enregistré."
        )
    if isinstance(error, ConfigurationError):
        return StoreError(
            f"La connexion à {address} est impossible : vérifiez l'adresse, surtout son début (chiffrement)."
        )
    return StoreError(f"La connexion à {address} a échoué ({type(error).__name__}) : recommencez.")


def _refusal(error: Neo4jError, address: Address) -> Reseau28Error:
    code = error.code or "sans code"
    if code.endswith("AuthenticationRateLimit"):
        return StoreError(f"Trop de mots de passe refusés pour {address} : attendez quelques secondes.", code="auth")
    if code.endswith("CredentialsExpired"):
        return StoreError(f"Neo4j attend d'abord que vous changiez le mot de passe initial de {address}.", code="auth")
    if isinstance(error, AuthError):
        return StoreError(
            f"Mot de passe refusé pour {address} : vérifiez l'utilisateur et la variable RESEAU28_NEO4J_PASSWORD.",
            code="auth",
        )
    if code.endswith("DatabaseNotFound"):
        return StoreError(f"La base « {address.database} » n'existe pas sur ce serveur : corrigez {address}.")
    if isinstance(error, ConstraintError):
        return DuplicateKey("Une autre fiche porte déjà cette valeur, qui doit être unique : rien n'est enregistré.")
    if code.endswith("ConstraintCreationFailed"):
        return StoreError(
            f"Une contrainte manque à {address} et ne peut être remise : des données écrites sans elle s'y opposent."
            f' Lancez « reseau28 --store "{address}" verify », qui les nomme.',
            code="altered",
        )
    if code.rpartition(".")[2] in _WAITED_TOO_LONG or "TransactionTimedOut" in code:
        return StoreBusy("Un autre poste écrit dans la base depuis trop longtemps : recommencez plus tard.")
    if code.endswith("TransactionOutOfMemoryError") or "MemoryPool" in code:
        return StoreError(f"Neo4j manque de mémoire pour cette opération ({code}) : augmentez celle du serveur.")
    if isinstance(error, TransientError):
        return StoreBusy(f"Neo4j est momentanément indisponible ({code}) : recommencez dans quelques instants.")
    if code.endswith("Security.Forbidden"):
        return StoreError(f"L'utilisateur de {address} n'a pas les droits nécessaires dans Neo4j.", code="auth")
    return StoreError(f"Neo4j n'a pas pu faire ce qui lui était demandé ({code}) : voyez le journal du serveur.")


def not_ours(address: Address) -> StoreError:
    """The database holds data of something else."""
    return StoreError(
        f"{address} contient des données étrangères à Réseau 28 : indiquez une base vide ; rien n'a été changé.",
        code="not_ours",
    )
