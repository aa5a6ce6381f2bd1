"""The technical log: what nobody foresaw, kept in the data folder for whoever will mend it."""

import sys
import traceback

from crm import days
from crm.errors import Reseau28Error
from crm.files import private
from ui import settings

FILE = "reseau28.log"
_LIMIT = 1 << 20


def keep(error: BaseException) -> str:
    """Write down where ``error`` came from; returns the French sentence that says where it is."""
    text = "".join(traceback.format_exception(error))
    try:
        path = settings.make_home() / FILE
        small = path.exists() and path.stat().st_size < _LIMIT
        with open(path, "a" if small else "w", encoding="utf-8", errors="replace", opener=private.opener) as log:
            log.write(f"{days.here(days.now()):%Y-%m-%d %H:%M:%S} {' '.join(sys.argv[1:2])}\n{text}\n")
    except (OSError, Reseau28Error):
        return "Le journal technique n'a pas pu être écrit."
    return f"Le détail est dans « {path} » : joignez-le à votre demande d'aide."
