"""What a file is, told from its content: a name may lie, and only what can prove something is let in."""

import os
import re
from typing import BinaryIO, NamedTuple

from crm.errors import InputError
from crm.files.charsets import BYTE_ORDER, charset

_HEAD, _TAIL = 8 << 10, 64 << 10
_TEXT_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0c\x1b")


class Media(NamedTuple):
    """A type of file: its media type, what people call it, and the endings that its names may bear."""

    type: str
    label: str
    endings: tuple[str, ...]


PDF = Media("application/pdf", "un PDF", ("pdf",))
PNG = Media("image/png", "une image PNG", ("png",))
JPEG = Media("image/jpeg", "une photo JPEG", ("jpg", "jpeg", "jpe", "jfif"))
GIF = Media("image/gif", "une image GIF", ("gif",))
WEBP = Media("image/webp", "une image WebP", ("webp",))
TIFF = Media("image/tiff", "une image TIFF", ("tif", "tiff"))
HEIC = Media("image/heic", "une photo HEIC", ("heic", "heif"))
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = Media(f"{_OOXML}wordprocessingml.document", "un document Word", ("docx", "docm", "dotx"))
XLSX = Media(f"{_OOXML}spreadsheetml.sheet", "un classeur Excel", ("xlsx", "xlsm", "xltx"))
PPTX = Media(f"{_OOXML}presentationml.presentation", "une présentation PowerPoint", ("pptx", "pptm", "ppsx"))
ODT = Media("application/vnd.oasis.opendocument.text", "un document OpenDocument", ("odt", "ott"))
ODS = Media("application/vnd.oasis.opendocument.spreadsheet", "un classeur OpenDocument", ("ods", "ots"))
ODP = Media("application/vnd.oasis.opendocument.presentation", "une présentation OpenDocument", ("odp", "otp"))
ZIP = Media("application/zip", "une archive ZIP", ("zip",))
OLE = Media(
    "application/x-ole-storage",
    "un ancien document Office ou un message Outlook",
    ("doc", "dot", "xls", "xlt", "ppt", "pps", "msg"),
)
RTF = Media("application/rtf", "un document RTF", ("rtf", "doc"))
MAIL = Media("message/rfc822", "un courriel", ("eml", "mbox", "txt"))
TEXT = Media(
    "text/plain",
    "un texte",
    ("txt", "md", "csv", "tsv", "ics", "vcf", "log", "json", "xml", "html", "htm", "svg", "eml", "mbox"),
)
"""Whatever can be read as text, pages and drawings included: it is never given to a browser as anything else."""

_PAGES = frozenset({"html", "htm", "svg", "xml", "xhtml"})
"""Endings of texts that a browser opens as pages, whatever runs in them."""

KNOWN = (PDF, PNG, JPEG, GIF, WEBP, TIFF, HEIC, DOCX, XLSX, PPTX, ODT, ODS, ODP, ZIP, OLE, RTF, MAIL, TEXT)
_ENDINGS = frozenset(ending for media in KNOWN for ending in media.endings)
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG), (b"GIF87a", GIF), (b"GIF89a", GIF), (b"II*\0", TIFF),
    (b"MM\0*", TIFF), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE), (b"{\\rtf", RTF),
)  # fmt: skip
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"\0asm",
    b"L\0\0\0\x01\x14\x02\0",
)  # fmt: skip
"""How programs, shortcuts and scripts begin: none of them is let in, whatever else can be read into it."""
_RUN = re.compile(
    "apk|app|appimage|bash|bat|cmd|com|cpl|desktop|dll|exe|hta|jar|jse?|lnk|msc|msix?|pif|psm?1|pyw?|reg|rb|scf|scr|sh|url"
    "|vb|vb[es]|ws[fh]"
)
"""Endings that a system runs: what bears one is opened as a program, whatever it holds."""
_IN_ARCHIVE = ((b"word/", DOCX), (b"xl/", XLSX), (b"ppt/", PPTX))
_MAIL_FIELDS = (b"from:", b"received:", b"return-path:", b"delivered-to:", b"message-id:", b"subject:", b"date:")
_CHARSETS = {"utf-8": "UTF-8", "utf-16le": "UTF-16", "utf-16be": "UTF-16", "windows-1252": "Windows-1252"}
_CHARSET = "; charset="


def of(stream: BinaryIO, name: str) -> Media:
    """What the file in ``stream`` is. Raises ``InputError`` for what proves nothing, or bears the name of another type.

    Nothing is unpacked: an archive is told by the names that stand in it.
    """
    head = _read(stream, 0, _HEAD)
    size = stream.seek(0, os.SEEK_END)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if _RUN.fullmatch(ending) or _is_program(head):
        raise InputError(
            f"« {name} » est un programme ou un script, ou en porte l'extension : déposez le document lui-même.",
            field="file", code="program",
        )  # fmt: skip
    found = _found(head, _read(stream, max(0, size - _TAIL), _TAIL))
    written = charset(stream) if found is TEXT else ""
    if found is TEXT and not written and head[:2] in BYTE_ORDER:
        found = None  # it begins as a text does, and is none
    if found is None:
        raise InputError(
            f"« {name} » n'est pas d'un type que le coffre garde : déposez un PDF, une image, un document de"
            " bureautique, un courriel ou un texte.",
            field="file", code="media",
        )  # fmt: skip
    if ending in _ENDINGS and ending not in found.endings:
        raise InputError(
            f"« {name} » est en fait {found.label} : donnez-lui l'extension .{found.endings[0]}, ou déposez le vrai"
            " fichier.",
            field="file", code="media_lie",
        )  # fmt: skip
    return found._replace(type=f"{found.type}{_CHARSET}{written}") if written else found


def base(type: str) -> str:
    """A media type without what a text is written with."""
    return type.partition(_CHARSET)[0]


def download_name(name: str, type: str) -> str:
    """Under which name a file is given: a page or a drawing, which is kept as text, would be run by its ending."""
    return f"{name}.txt" if _is_page(name, type) else name


def remark(name: str, type: str) -> str:
    """What is to be known of a file that is kept as another than people would open it; nothing for most."""
    kept = "Gardé comme un texte : le coffre ne l'ouvre jamais comme une page ou un dessin, qui pourrait agir."
    return kept if _is_page(name, type) else ""


def _is_page(name: str, type: str) -> bool:
    return base(type) == TEXT.type and name.rpartition(".")[2].lower() in _PAGES


def labelled(type: str) -> str:
    """What people call a media type, without its article; of a text also with what it is written."""
    bare, _, written = type.partition(_CHARSET)
    label = next((media.label.partition(" ")[2] for media in KNOWN if media.type == bare), bare)
    return f"{label} ({_CHARSETS.get(written, written)})" if written else label


def _read(stream: BinaryIO, start: int, length: int) -> bytes:
    stream.seek(start)
    return stream.read(length)


def _is_program(head: bytes) -> bool:
    """Whether it begins as a program; « MZ » alone may also begin a text."""
    return head.startswith(_PROGRAMS) and not (head.startswith(b"MZ") and not _TEXT_CONTROLS.intersection(head))


def _found(head: bytes, tail: bytes) -> Media | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            return media
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"hevc"):
        return HEIC
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(head, tail)
    return _text(head)


def _archive(head: bytes, tail: bytes) -> Media:
    for media in (ODT, ODS, ODP):
        if head[30:].startswith(b"mimetype" + media.type.encode()):
            return media
    if b"[Content_Types].xml" in head + tail:
        return next((media for folder, media in _IN_ARCHIVE if folder in head + tail), ZIP)
    return ZIP


def _text(head: bytes) -> Media | None:
    if head[:2] in BYTE_ORDER:
        return TEXT
    if not head or _TEXT_CONTROLS.intersection(head):
        return None
    first = head.lower().splitlines()[:1]
    if head.startswith(b"From ") or any(line.startswith(_MAIL_FIELDS) for line in first):
        return MAIL
    return TEXT
