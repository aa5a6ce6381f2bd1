"""Documents made for the tests, the smallest of their kind; whatever in them would act only says so."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from PIL import Image

RAN = "window.ran = true"
"""What a document would do: harmless, and seen at once."""

REMOTE = "https://ailleurs.invalid/image.png"
"""What a document would fetch, at a name that is nowhere."""

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p1"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="h1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" TargetMode="External"'
    f' Target="javascript:{RAN}"/><Relationship Id="p1" Target="media/image1.png"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)


def pdf(*pages: str, width: int = 300, height: int = 200) -> bytes:
    """A PDF, each page with these words."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, words in enumerate(pages):
        drawn = f"BT /F1 18 Tf 20 100 Td ({words}) Tj ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {5 + 2 * number} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{each}\nendobj\n".encode("cp1252")
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer << /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive of these parts, by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, picture: bytes | None = None) -> bytes:
    """A Word document of these paragraphs, the last of them a link that would run something."""
    runs = [f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs]
    link = '<w:p><w:hyperlink r:id="h1"><w:r><w:t>Lien</w:t></w:r></w:hyperlink></w:p>'
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    body = f"<w:document {_W} {space}><w:body>{''.join(runs)}{link}{_PICTURE if picture else ''}</w:body></w:document>"
    return archive({"[Content_Types].xml": _TYPES, "_rels/.rels": _ROOT, "word/document.xml": body,
                      "word/_rels/document.xml.rels": _LINKS, "word/media/image1.png": picture or b""})  # fmt: skip


def odt(*paragraphs: str) -> bytes:
    """An OpenDocument text."""
    space = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    return archive({
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<o {space}>{''.join(f'<t:p>{words}</t:p>' for words in paragraphs)}</o>",
    })  # fmt: skip


def pptx(*slides: str) -> bytes:
    """A presentation, each slide with these words."""
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    shown: dict[str, str | bytes] = {
        f"ppt/slides/slide{n}.xml": f"<s {space}><a:p><a:r><a:t>{words}</a:t></a:r></a:p></s>"
        for n, words in enumerate(slides, 1)
    }
    return archive({"[Content_Types].xml": "<Types/>", **shown})


def mail(body: str, kind: str = "plain", attached: Sequence[str] = ()) -> bytes:
    """A message; ``kind`` is that of its words."""
    parts = [f"Content-Type: text/{kind}; charset=utf-8\n\n{body}\n"]
    parts += [
        f'Content-Type: application/pdf; name="{name}"\nContent-Disposition: attachment; filename="{name}"\n\nx\n'
        for name in attached
    ]
    joined = "".join(f"--limite\n{part}" for part in parts)
    return (
        "From: Mme Exemple <exemple@garage.example>\nTo: cfa@organisme.example\nSubject: Visite du site\n"
        "Date: Mon, 02 Nov 2026 10:00:00 +0100\nMIME-Version: 1.0\n"
        f"Content-Type: multipart/mixed; boundary=limite\n\n{joined}--limite--\n"
    ).encode()


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    """A picture, of several frames where the format knows them."""
    out = io.BytesIO()
    first, *others = (Image.new("RGB", size, (10 * n, 90, 120)) for n in range(frames))
    if others:
        first.save(out, kind, save_all=True, append_images=others)
    else:
        first.save(out, kind)
    return out.getvalue()
