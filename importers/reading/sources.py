"""A user's file, looked at from end to end before anything is read from it: what it is, and its digest."""

import codecs
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from crm.errors import InputError
from crm.files.paths import check_readable
from crm.files.system_errors import reason
from graph_schema.limits import Limit

_CHUNK = 1 << 20
LARGEST_WORKBOOK = Limit(
    150 << 20, "Taille d'un classeur importé", "refusé : enregistrez la feuille utile en CSV, qui n'a pas cette limite"
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 1 << 18
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LEGACY = ("cp1252", "mac_roman", "cp850")
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿœæñÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒÆ’‘“”«»–—…°€§²\u00a0")
_CONTROLS = bytes(frozenset(range(32)) - frozenset(b"\t\n\r\f\x1a\x1b"))
_NO_TABLES = (
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*[\[{\"\]]|\{\s*[\"}])"), "une réponse JSON"),
    (re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|table)\b"), "une page web"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b"), "un fichier XML"),
    (re.compile(rb"\{\\rtf"), "un texte mis en forme (RTF)"),
    (re.compile(rb"%PDF-"), "un document PDF"),
)  # fmt: skip
"""What texts that hold no table begin with."""

_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})


class FileNature(StrEnum):
    """What a file's content is, whatever its name says."""

    TEXT = "text"
    WORKBOOK = "workbook"
    WHOLE = "whole"
    """What a format of whole files reads by itself."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read. ``digest`` is its SHA-256; ``encoding`` that of a text, with ``quotes`` its ``"`` count.

    ``format`` names the format that reads the whole of it, if one does.
    ``remark`` is a French sentence when the content is not what the name promises, else empty.
    """

    path: Path
    nature: FileNature
    size: int
    digest: str
    encoding: str = ""
    quotes: int = 0
    remark: str = ""
    format: str = ""

    @property
    def name(self) -> str:
        """The file's name, without its folder; what a name holds that is no text is shown as « ? »."""
        return self.path.name.encode(errors="replace").decode()


def _unknown(start: bytes) -> str:
    return ""


def open_source(path: Path | str, format_of: Callable[[bytes], str] = _unknown) -> Source:
    """Look at a file: its nature, encoding and digest, in one pass and constant memory.

    ``format_of`` names the format that knows how a file begins and reads the whole of it, if there is one.
    Raises ``InputError`` when it is missing, a folder, empty, unreadable, damaged, or nothing that can hold rows.
    """
    path = Path(path)
    check_readable(path, "file")
    try:
        with path.open("rb") as stream:
            start = stream.read(_SAMPLE)
    except OSError as error:
        raise InputError(f"Le fichier « {path} » ne peut pas être lu ({reason(error)}).", field="file") from None
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError(f"Le fichier « {path.name} » est vide.", field="file")
    if format := format_of(start):
        return Source(path, FileNature.WHOLE, path.stat().st_size, _digest(path), format=format)
    if start.startswith((_ZIP, _OLE)):
        return _workbook(path)
    for known, what in _NO_TABLES:
        if known.match(start):
            raise InputError(
                f"« {path.name} » est {what}, pas un tableau : enregistrez-en les lignes en CSV ou en XLSX depuis le "
                "programme qui l'a fait.",
                field="file",
            )
    return _text(path, start)


def _workbook(path: Path) -> Source:
    size = path.stat().st_size
    if size > LARGEST_WORKBOOK:
        raise InputError(
            f"Le classeur « {path.name} » est trop gros ({size >> 20} Mo) : enregistrez la feuille utile en CSV.",
            field="file",
        )
    return Source(path, FileNature.WORKBOOK, size, _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _text(path: Path, start: bytes) -> Source:
    encoding = next((name for bom, name in _BOMS if start.startswith(bom)), _utf16_without_bom(start))
    one_endless_line = len(start) == _SAMPLE and b"\n" not in start and b"\r" not in start
    if one_endless_line or (not encoding and _is_binary(start)):
        raise InputError(
            f"« {path.name} » n'est ni un tableau de texte (CSV) ni un classeur (XLSX, XLS, ODS) : "
            "enregistrez-le dans l'un de ces formats.",
            field="file",
        )
    digest, quotes, size, wrong_at = hashlib.sha256(), 0, 0, -1
    decoder = codecs.getincrementaldecoder(encoding or "utf-8")()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            quotes += chunk.count(b'"')
            if wrong_at < 0:
                try:
                    decoder.decode(chunk, final=len(chunk) < _CHUNK)
                except UnicodeDecodeError:
                    wrong_at = size
            size += len(chunk)
    if wrong_at >= 0:
        encoding = _legacy_encoding(path, wrong_at, declared=encoding)
    remark = ""
    if path.suffix.lower() in _SUFFIXES:
        remark = f"« {path.name} » n'est pas un classeur malgré son nom : il est lu comme un texte (CSV)."
    return Source(path, FileNature.TEXT, size, digest.hexdigest(), encoding or "utf-8", quotes, remark)


def _is_binary(start: bytes) -> bool:
    """Whether this is no text: it has zero bytes, or more control characters than stray ones in some cells."""
    controls = len(start) - len(start.translate(None, _CONTROLS))
    return b"\x00" in start or controls > 0.1 * len(start)


def _utf16_without_bom(start: bytes) -> str:
    """Latin letters in UTF-16 have one zero byte out of two, always on the same side."""
    few, many = 0.02 * len(start), 0.3 * len(start)
    first, second = start[0::2].count(0), start[1::2].count(0)
    if second > many and first < few:
        return "utf-16-le"
    return "utf-16-be" if first > many and second < few else ""


def _legacy_encoding(path: Path, wrong_at: int, declared: str) -> str:
    """The encoding of a text that is not UTF-8, judged where it ceases to be."""
    with path.open("rb") as stream:
        stream.seek(max(0, wrong_at - _CHUNK))
        around = stream.read(3 * _CHUNK)
    encoding = "" if declared else max(_LEGACY, key=lambda name: _french(around, name))
    if not encoding or _french(around, encoding) < 0.7 or _is_mostly_utf8(around):
        line = around[: max(0, _first_wrong(around, declared or "utf-8"))].count(b"\n") + 1
        where = f"vers la ligne {line} " if wrong_at <= _CHUNK else ""
        raise InputError(
            f"L'encodage de « {path.name} » n'est pas reconnu {where}: ouvrez-le dans votre tableur et enregistrez-le "
            "en « CSV UTF-8 ».",
            field="file",
        )
    return encoding


def _french(content: bytes, encoding: str) -> float:
    """The part of the characters beyond ASCII that French texts use, if ``content`` is of this encoding."""
    try:
        beyond = [c for c in content.decode(encoding) if c > "\x7f"]
    except UnicodeDecodeError:
        return 0.0
    return sum(c in _FRENCH for c in beyond) / len(beyond) if beyond else 0.0


def _is_mostly_utf8(content: bytes) -> bool:
    """Whether most of what is beyond ASCII is UTF-8: a file whose parts were written by different programs."""
    read = content.decode("utf-8", errors="ignore")
    return sum(c in _FRENCH for c in read) > len(content) - len(read.encode())


def _first_wrong(content: bytes, encoding: str) -> int:
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return -1
