"""What a document shows, a page at a time, and the words in it: asked of a process of its own, cleaned here.

What such a process says may be what the document makes it say: it is checked as anything that comes from outside.
"""

import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crm.errors import InputError
from crm.files import media
from crm.files.system_errors import reason
from crm.guarded import child
from crm.guarded.cleaning import cleaned
from crm.guarded.process import Guarded, Limits, Unanswered
from graph_schema.limits import Limit, Wait

LARGEST = Limit(
    50 << 20, "Taille d'un document montré et cherché dans l'application", "gardé, mais sans aperçu : téléchargez-le"
)
"""Bytes; the vault keeps larger ones."""

AT_ONCE = 3
"""Documents that are open at one time: each may take what its limits say."""

PATIENCE = Wait(60, "Attente d'une page de document", "la page n'est pas montrée : téléchargez le document")

LIMITS = Limits(memory=1 << 30, cpu=40, patience=PATIENCE)

_LONGEST = 16 << 20
_SCRIPT = Path(child.__file__).parent / "document.py"
_READERS: Mapping[str, str] = {
    media.PDF.type: "pdf", media.DOCX.type: "word", media.XLSX.type: "tables", media.ODS.type: "tables",
    media.PPTX.type: "paragraphs", media.ODT.type: "paragraphs", media.ODP.type: "paragraphs",
    media.MAIL.type: "mail", media.TEXT.type: "plain",
    **{each.type: "pictures" for each in (media.PNG, media.JPEG, media.GIF, media.WEBP, media.TIFF)},
}  # fmt: skip
_UNREAD = "« {name} » ne peut pas être montré ici : "
_WHY = {
    "type": "ce type de fichier n'a pas d'aperçu. Téléchargez-le.",
    "damaged": "il est abîmé, incomplet ou d'une forme inattendue. Téléchargez-le pour en juger.",
    "password": "un mot de passe le protège. Téléchargez-le, ou déposez-en une version sans protection.",
    "empty": "il ne contient rien à montrer. Téléchargez-le pour en juger.",
    "large": "il est trop grand pour un aperçu. Téléchargez-le.",
    "late": "sa lecture prend trop de temps. Téléchargez-le.",
    "dead": "sa lecture s'est arrêtée net. Téléchargez-le pour en juger.",
    "busy": "trop de documents sont ouverts à la fois. Recommencez dans un instant.",
}
_CODES = {"unpacked": "large", "extent": "large", "memory": "large", "archive": "damaged"}
_open_ones = BoundedSemaphore(AT_ONCE)


class DocumentPage(BaseModel):
    """What a page of a document shows: it is the ``number``-th ``of`` so many.

    Its ``picture`` is a JPEG, its ``html`` is clean, all else is plain text; ``cut`` where there is more.
    """

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    number: int
    of: int
    name: str = ""
    picture: bytes = b""
    html: str = Field(default="", max_length=_LONGEST)
    text: str = Field(default="", max_length=_LONGEST)
    fields: list[tuple[str, str]] = []
    rows: list[tuple[int, list[str]]] = []
    attached: list[str] = []
    cut: bool = False


def page(content: bytes, type: str, name: str, number: int = 1) -> DocumentPage:
    """A page of the document ``content`` of that media type; the last one where ``number`` is beyond.

    Raises ``InputError``, a sentence that bears ``name``, for what cannot be shown.
    """
    type = media.base(type)
    with _opened(content, type, name) as reader:
        answer = _ask(reader, b"p" + struct.pack(">I", min(max(number, 1), 1 << 31)), name)
    try:
        found = DocumentPage.model_validate(answer)
    except ValidationError:
        raise _unread("damaged", name) from None
    return found.model_copy(update={"html": cleaned(found.html, pictures=_READERS[type] == "word")})


def text(content: bytes, type: str, name: str) -> str:
    """The words of a document, a form feed between two pages. Raises as ``page``."""
    with _opened(content, media.base(type), name) as reader:
        answer = _ask(reader, b"t", name)
    if not isinstance(answer, str):
        raise _unread("damaged", name)
    return answer


@contextmanager
def _opened(content: bytes, type: str, name: str) -> Iterator[Guarded]:
    if type not in _READERS:
        raise _unread("type", name)
    if len(content) > LARGEST:
        raise _unread("large", name)
    if not _open_ones.acquire(timeout=LIMITS.patience):
        raise _unread("busy", name)
    try:
        with Guarded(_SCRIPT, [_READERS[type]], LIMITS) as reader:
            reader.tell(struct.pack(">Q", len(content)) + content)
            yield reader
    except OSError as error:
        raise InputError(f"{_UNREAD.format(name=name)}le lecteur n'a pas démarré ({reason(error)}).") from None
    finally:
        _open_ones.release()


def _ask(reader: Guarded, request: bytes, name: str) -> object:
    try:
        return reader.told(request)
    except Unanswered as error:
        raise _unread(error.code, name) from None


def _unread(code: str, name: str) -> InputError:
    code = _CODES.get(code, code)
    why = _WHY.get(code, _WHY["damaged"])
    return InputError(
        _UNREAD.format(name=name) + why, field="file", code=f"unread_{code}" if code in _WHY else "unread"
    )
