"""Why the system refused a file or an address, in French: the system says it in its own language."""

import errno
from collections.abc import Mapping

_REASONS: Mapping[int, str] = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "opération interdite",
    errno.EROFS: "support en lecture seule",
    errno.ENOENT: "fichier ou dossier introuvable",
    errno.ENOTDIR: "un élément du chemin n'est pas un dossier",
    errno.EISDIR: "c'est un dossier",
    errno.ENXIO: "ce n'est pas un fichier ordinaire",
    errno.EEXIST: "ce nom est déjà pris",
    errno.ENAMETOOLONG: "nom trop long",
    errno.EINVAL: "nom ou opération non valable",
    errno.ELOOP: "trop de liens à suivre",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.EFBIG: "fichier trop grand",
    errno.EIO: "le disque ne répond pas correctement",
    errno.EBUSY: "occupé par un autre programme",
    errno.ETXTBSY: "occupé par un autre programme",
    errno.EMFILE: "trop de fichiers ouverts",
    errno.ENFILE: "trop de fichiers ouverts",
    errno.ENOMEM: "mémoire insuffisante",
    errno.EXDEV: "sur un autre disque",
    errno.EADDRINUSE: "adresse déjà prise",
    errno.EADDRNOTAVAIL: "adresse absente de cette machine",
    errno.ECONNREFUSED: "connexion refusée",
    errno.ETIMEDOUT: "pas de réponse à temps",
    errno.ENETUNREACH: "réseau injoignable",
}


def reason(error: OSError) -> str:
    """Why the system refused; its number where there is no word for it.

    >>> reason(PermissionError(errno.EACCES, "Permission denied"))
    'accès refusé'
    """
    if isinstance(error, TimeoutError):
        return _REASONS[errno.ETIMEDOUT]
    known = _REASONS.get(error.errno or 0)
    return known or (f"erreur {error.errno} du système" if error.errno else "erreur du système")
