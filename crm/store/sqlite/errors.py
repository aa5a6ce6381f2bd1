"""SQLite's errors in the family's words: the one place where they are translated."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from crm.errors import ALTERED_TEXT, StoreBusy, StoreError, StoreUnavailable


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Let no error of SQLite out but as a ``StoreError`` that names the file, what is wrong and how to mend it."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_our_words(error, address) from error


def in_our_words(error: sqlite3.Error, address: str) -> StoreError:
    """The error to show for ``error``, raised by the file ``address``."""
    if is_no_text(error):
        return StoreError(
            f"Un texte du fichier « {address} » a été altéré, et ne peut plus être lu : « reseau28 verify » le nomme ;"
            " restaurez une sauvegarde.",
            code=ALTERED_TEXT,
        )
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return busy(address)
        case sqlite3.SQLITE_READONLY:
            return StoreError(
                f"Le fichier « {address} » est en lecture seule : donnez le droit d'écriture sur ce fichier et sur son"
                " dossier, puis recommencez.",
                code="read_only",
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                f"Le disque qui contient « {address} » est plein : rien n'a été enregistré ; libérez de la place, puis"
                " recommencez.",
                code="full",
            )
        case sqlite3.SQLITE_NOTADB:
            return not_ours(address)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_FORMAT:
            return damaged(address)
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return unreachable(address)
        case sqlite3.SQLITE_IOERR:
            return StoreUnavailable(
                f"Le disque qui contient « {address} » ne répond pas correctement : rien n'a été enregistré ; vérifiez"
                " qu'il est branché et en bon état, puis recommencez."
            )
    return StoreError(f"Le fichier « {address} » a refusé l'opération ({error}) : rien n'a été enregistré.")


def is_interrupted(error: sqlite3.Error) -> bool:
    """Whether we made SQLite stop."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT


def is_no_text(error: sqlite3.Error) -> bool:
    """Whether a text is kept that is none. The driver's own message repeats it: it is for nobody to see."""
    return str(error).startswith("Could not decode to UTF-8")


def busy(address: str) -> StoreBusy:
    """For a file that another writer holds."""
    return StoreBusy(
        f"Le fichier « {address} » est occupé par une autre écriture depuis trop longtemps : attendez la fin de"
        " l'import en cours, puis recommencez."
    )


def moved(address: str) -> StoreUnavailable:
    """For a file that was taken away, or replaced by another, while it was open."""
    return StoreUnavailable(
        f"Le fichier « {address} » a été déplacé, supprimé ou remplacé : rien n'a été enregistré ; remettez-le en"
        " place, puis relancez Réseau 28."
    )


def unreachable(address: str) -> StoreUnavailable:
    """For a file that the system does not let us open or make."""
    return StoreUnavailable(
        f"Le fichier « {address} » ne peut pas être ouvert : vérifiez que son dossier existe et que vous avez le droit"
        f" d'y lire et d'y écrire, ou copiez-le avec « {address}-wal » là où vous l'avez."
    )


def not_ours(address: str) -> StoreError:
    """For a file that something else wrote."""
    return StoreError(
        f"« {address} » n'est pas un fichier de données Réseau 28 : indiquez un autre fichier.", code="not_ours"
    )


def other_log(address: str) -> StoreError:
    """For a file beside which lies the write-ahead log of another, or of another state of it."""
    return StoreError(
        f"Le fichier « {address} » et son journal d'écriture « {address}-wal » ne sont pas du même réseau ou du même"
        " moment (une sauvegarde copiée par-dessus ?) : rien n'a été touché ; déplacez le journal d'écriture et"
        f" « {address}-shm » pour ouvrir ce fichier seul, ou utilisez « reseau28 restore --replace ».",
        code="other_log",
    )


def damaged(address: str) -> StoreError:
    """For a file of ours that is incomplete or altered."""
    return StoreError(
        f"Le fichier « {address} » est incomplet ou abîmé : reprenez une sauvegarde (reseau28 restore) ou recopiez-le"
        " en entier.",
        code="damaged",
    )
