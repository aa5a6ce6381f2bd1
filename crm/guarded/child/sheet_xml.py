"""What the reader of workbooks leaves out of their XML: line breaks in cells of ODS, and what Excel would show apart.

Both are read with the patterns of tags alone: nothing here builds a tree, or follows what a file names outside itself.
"""

import html
import io
import re
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

_LARGEST = 64 << 20
"""Bytes of XML that are looked at: beyond, a workbook is read without."""

_BREAK = re.compile(rb"<text:(line-break|tab)\s*/>")
_SHEET = re.compile(rb'<(?:\w+:)?sheet\b[^<>]*?\bname="([^"<>]*)"[^<>]*?\b\w+:id="([^"<>]*)"')
_RELATION = re.compile(rb"<Relationship\b[^<>]*>")
_ID, _TARGET = re.compile(rb'\bId="([^"]*)"'), re.compile(rb'\bTarget="/?(?:xl/)?([^"]*)"')
_COUNTED = {
    "errors": re.compile(rb'<c\b[^<>]*\bt="e"'),
    "uncalculated": re.compile(rb"(?:</f>|<f\b[^<>]*/>)(?:<v ?/>|<v></v>)?</c>"),
    "hidden_rows": re.compile(rb'<row\b[^<>]*\bhidden="(?:1|true)"'),
}

Notes = Mapping[str, Mapping[str, int]]
"""By sheet: cells in error, formulas never calculated, hidden rows; none of what there is none of."""


def with_breaks(file: BinaryIO) -> BinaryIO:
    """The same workbook, with the line breaks and tabs that stand within the cells of an ODS written as characters."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return file
    with zipfile.ZipFile(file) as archive:
        if "content.xml" not in archive.namelist() or archive.getinfo("content.xml").file_size > _LARGEST:
            return file
        content = archive.read("content.xml")
        if not _BREAK.search(content):
            return file
        copy = io.BytesIO()
        with zipfile.ZipFile(copy, "w") as written:
            for name in ("mimetype", "META-INF/manifest.xml", "styles.xml"):
                if name in archive.namelist():
                    written.writestr(name, archive.read(name))
            written.writestr(
                "content.xml", _BREAK.sub(lambda tag: b"\n" if tag[1] == b"line-break" else b"\t", content)
            )
    copy.seek(0)
    return copy


def _written(tag: re.Match[bytes]) -> bytes:
    return b"\n" if tag[1] == b"line-break" else b"\t"


def notes(file: BinaryIO) -> Notes:
    """What is to be said of each sheet of an XLSX; nothing of other workbooks, or of what is too large."""
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return {}
    with zipfile.ZipFile(file) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
        if "xl/workbook.xml" not in sizes or sum(sizes.values()) > _LARGEST:
            return {}
        targets = _targets(archive, sizes)
        found = {}
        for name, id in _SHEET.findall(archive.read("xl/workbook.xml")):
            path = f"xl/{targets.get(id, '')}"
            if path in sizes:
                sheet = archive.read(path)
                counts = {key: len(pattern.findall(sheet)) for key, pattern in _COUNTED.items()}
                found[html.unescape(name.decode("utf-8", "replace"))] = {k: many for k, many in counts.items() if many}
        return found


def _targets(archive: zipfile.ZipFile, sizes: Mapping[str, int]) -> dict[bytes, str]:
    """The file of each sheet, by the number under which the workbook names it."""
    rels = "xl/_rels/workbook.xml.rels"
    tags = _RELATION.findall(archive.read(rels)) if rels in sizes else []
    pairs = ((_ID.search(tag), _TARGET.search(tag)) for tag in tags)
    return {id[1]: target[1].decode("utf-8", "replace") for id, target in pairs if id and target}
