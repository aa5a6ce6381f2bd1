"""Files that documents are written to: checked before anything is computed, written whole or not at all."""

import os
from collections.abc import Collection
from pathlib import Path

from crm.documents.gate import Cleared
from crm.errors import InputError
from crm.files import private
from crm.files.system_errors import reason


def place(file: str, endings: Collection[str]) -> tuple[Path, str]:
    """Where ``file`` leads, and its ending, one of ``endings``. Raises ``InputError`` when it leads nowhere."""
    path = Path(os.path.expanduser(file))  # noqa: PTH111  # the home of nobody stays as written, where Path raises
    ending = path.suffix.lower().removeprefix(".")
    if ending not in endings:
        known = ", ".join(f".{each}" for each in endings)
        raise InputError(
            f"« {file} » : l'extension du fichier dit son format ; choisissez parmi {known}.",
            field="file",
            code="ending",
        )
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except (OSError, ValueError):  # a name too long, or with a null character
        raise InputError(f"« {file[:60]}… » : ce nom de fichier est trop long ou illisible.", field="file") from None
    if is_folder:
        raise InputError(f"« {file} » est un dossier : donnez le nom d'un fichier.", field="file")
    if not has_folder:
        raise InputError(
            f"Le dossier « {path.parent} » n'existe pas : créez-le, ou choisissez-en un autre.", field="file"
        )
    return path, ending


def keep(path: Path, document: Cleared, field: str = "file") -> bool:
    """Put a document under that name, all of it or nothing; whether another file was replaced.

    Raises ``InputError``, on the ``field`` that named it, when it cannot be written; what was there is untouched then.
    """
    try:
        there = path.exists()
        with private.part(path.parent) as part:
            with part.open("wb") as stream:
                stream.write(document.content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(path)
    except OSError as error:
        raise InputError(
            f"« {path} » ne peut pas être écrit ({reason(error)}) : choisissez un autre endroit.", field=field
        ) from None
    return there
