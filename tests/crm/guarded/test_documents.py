"""What documents show: each format page by page, clean of all that acts; what cannot be shown is one sentence."""

import base64
import io
import re
from pathlib import Path
from threading import BoundedSemaphore

import openpyxl
import pytest
from PIL import Image

from crm.errors import InputError
from crm.files import media
from crm.guarded import documents
from crm.guarded.child import document, pictures, tables
from crm.guarded.documents import page, text
from crm.guarded.process import Limits
from tests.crm.guarded import made
from tests.crm.guarded.test_process import ASKED, STAND_INS


def xlsx(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def image(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG",))


def test_a_pdf_is_shown_page_by_page_as_pictures_with_their_words() -> None:
    content = made.pdf("Convention", "Article deux", "Signatures")
    shown = page(content, media.PDF.type, "a.pdf", 2)
    assert (shown.number, shown.of, shown.text.strip()) == (2, 3, "Article deux")
    assert image(shown.picture).size == (900, 600)
    assert page(content, media.PDF.type, "a.pdf", 99).number == 3
    assert [each.strip() for each in text(content, media.PDF.type, "a.pdf").split("\f")] == [
        "Convention", "Article deux", "Signatures",
    ]  # fmt: skip


def test_a_page_as_large_as_a_wall_is_drawn_no_larger_than_a_screen() -> None:
    shown = page(made.pdf("Plan", width=14_000, height=9_000), media.PDF.type, "plan.pdf")
    assert max(image(shown.picture).size) == pictures.WIDEST


@pytest.mark.parametrize("kind", pictures.FORMATS)
def test_a_picture_is_made_anew(kind: str) -> None:
    type = next(each for each in media.KNOWN if each.type == f"image/{kind.lower()}").type
    shown = page(made.picture(kind, (3200, 800)), type, "photo")
    assert (shown.of, image(shown.picture).size) == (1, (1600, 400))


def test_what_a_photo_says_of_its_place_is_not_shown() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Appareil fictif"
    Image.new("RGB", (30, 20)).save(out, "JPEG", exif=exif)
    assert b"Appareil fictif" in out.getvalue()
    assert b"Appareil" not in page(out.getvalue(), media.JPEG.type, "photo.jpg").picture


def test_a_scan_of_several_pages_is_shown_page_by_page() -> None:
    shown = page(made.picture("TIFF", frames=3), media.TIFF.type, "scan.tif", 2)
    assert (shown.number, shown.of) == (2, 3)


def test_a_word_document_is_clean_html() -> None:
    shown = page(made.docx("Article 1", "&lt;script&gt;"), media.DOCX.type, "a.docx")
    assert shown.html == "<p>Article 1</p><p>&lt;script&gt;</p><p>Lien</p>"
    assert text(made.docx("Article 1"), media.DOCX.type, "a.docx").split() == ["Article", "1", "Lien"]


def test_a_picture_of_a_word_document_is_made_anew_and_one_that_is_elsewhere_is_left_out() -> None:
    shown = page(made.docx("Plan", picture=made.picture(size=(2000, 100))), media.DOCX.type, "a.docx")
    (found,) = re.findall(r'<img alt="Image du document" src="data:image/jpeg;base64,([^"]+)">', shown.html)
    assert image(base64.b64decode(found)).size == (800, 40)
    assert "<img" not in page(made.docx("Plan", picture=b"<svg/>"), media.DOCX.type, "a.docx").html


def test_a_workbook_is_shown_sheet_by_sheet() -> None:
    content = xlsx(Vide=[], Bilan=[["Année", 2026], ["Taux", 0.5]], Liste=[["Garage Exemple"]])
    shown = page(content, media.XLSX.type, "a.xlsx", 1)
    assert (shown.of, shown.name, shown.rows) == (2, "Bilan", [(1, ["Année", "2026"]), (2, ["Taux", "0,5"])])
    assert text(content, media.XLSX.type, "a.xlsx").split("\f")[1] == "Liste\nGarage Exemple"


@pytest.mark.parametrize("more", [0, 1])
def test_a_sheet_shows_so_many_rows_columns_and_letters(more: int) -> None:
    rows: list[list[object]] = [["x"] for _ in range(tables.MOST_ROWS + more)]
    rows[0] = ["x" * (tables.LONGEST + more), *("y" * (tables.MOST_COLUMNS - 1))]
    shown = page(xlsx(A=rows), media.XLSX.type, "a.xlsx")
    assert (len(shown.rows), len(shown.rows[0][1][0]), shown.cut) == (tables.MOST_ROWS, tables.LONGEST, bool(more))


def test_slides_and_open_documents_are_shown_as_their_words() -> None:
    shown = page(made.pptx("Bienvenue", "Merci"), media.PPTX.type, "a.pptx", 2)
    assert (shown.number, shown.of, shown.text) == (2, 2, "Merci")
    assert page(made.odt("Un", "Deux"), media.ODT.type, "a.odt").text == "Un\nDeux"


def test_a_message_is_shown_with_its_fields_and_what_was_attached() -> None:
    shown = page(made.mail("Bonjour,\nà mardi", attached=["plan.pdf"]), media.MAIL.type, "a.eml")
    assert dict(shown.fields)["De"] == "Mme Exemple <exemple@garage.example>"
    assert dict(shown.fields)["Objet"] == "Visite du site"
    assert (shown.text.split(), shown.attached) == (["Bonjour,", "à", "mardi"], ["plan.pdf"])


def test_html_of_a_message_neither_acts_nor_fetches() -> None:
    body = (
        f'<p onclick="{made.RAN}">Bonjour</p><script>{made.RAN}</script><img src="{made.REMOTE}"'
        f' onerror="{made.RAN}"><a href="{made.REMOTE}">ici</a><style>p {{ position: fixed }}</style>'
        f'<form action="{made.REMOTE}"><input></form><table><tr><td colspan="2">x</td></tr></table>'
    )
    shown = page(made.mail(body, "html"), media.MAIL.type, "a.eml")
    assert shown.html.strip() == '<p>Bonjour</p>ici<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>'
    said = text(made.mail(body, "html"), media.MAIL.type, "a.eml")
    assert "Bonjour" in said
    assert "ran" not in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Déjà".encode(), "Déjà"), ("\ufeffDéjà".encode(), "Déjà"), ("Déjà".encode("cp1252"), "Déjà"),
        ("Déjà".encode("utf-16"), "Déjà"), (b"<script>x</script>", "<script>x</script>"),
    ],
)  # fmt: skip
def test_a_text_is_read_whatever_it_was_written_with(content: bytes, words: str) -> None:
    assert page(content, media.TEXT.type, "a.txt").text == words


@pytest.mark.parametrize(
    ("content", "type", "expected"),
    [
        (b"%PDF-1.7\n% exemple\n", media.PDF, "abîmé"),
        (b"\x89PNG\r\n\x1a\n", media.PNG, "abîmé"),
        (b"PK\x03\x04", media.DOCX, "abîmé"),
        (b"PK\x03\x04", media.XLSX, "abîmé"),
        (made.archive({"autre": "x"}), media.ODT, "ne contient rien à montrer"),
        (b"PK\x03\x04", media.ZIP, "n'a pas d'aperçu"),
        (b"{\\rtf", media.RTF, "n'a pas d'aperçu"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(content: bytes, type: media.Media, expected: str) -> None:
    with pytest.raises(InputError) as told:
        page(content, type.type, "exemple")
    assert expected in str(told.value)
    assert "« exemple »" in str(told.value)
    assert "\n" not in str(told.value)


def test_what_would_not_fit_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 10)
    page(b"x" * 10, media.TEXT.type, "a.txt")
    with pytest.raises(InputError, match="trop grand"):
        page(b"x" * 11, media.TEXT.type, "a.txt")


def test_so_many_documents_are_open_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_open_ones", BoundedSemaphore(1))
    monkeypatch.setattr(documents, "LIMITS", documents.LIMITS._replace(patience=0.1))
    with documents._open_ones, pytest.raises(InputError, match="trop de documents sont ouverts à la fois"):
        page(b"Bonjour", media.TEXT.type, "a.txt")
    monkeypatch.setattr(documents, "LIMITS", Limits())
    for _ in range(2):  # each lets the next one in, also after a refusal
        with pytest.raises(InputError, match="abîmé"):
            page(b"\x89PNG\r\n\x1a\n", media.PNG.type, "photo.png")


def test_a_picture_of_too_many_pixels_is_not_unpacked() -> None:
    side = 8_000
    assert side * side > pictures.MOST_PIXELS
    out = io.BytesIO()
    Image.new("1", (side, side)).save(out, "PNG")
    with pytest.raises(InputError, match="trop grand"):
        page(out.getvalue(), media.PNG.type, "photo.png")


def test_so_many_letters_are_kept_of_a_document() -> None:
    assert len(text(b"x" * (document.MOST_TEXT + 1), media.TEXT.type, "a.txt")) == document.MOST_TEXT


LYING = {
    "no pair": "say('ok')",
    "no page": "say('ok', 3)",
    "what is no page": "say('ok', {'number': 1, 'of': 1, 'other': 'x'})",
    "more than a page": "say('ok', {'number': 1, 'of': 1, 'rows': 'x'})",
}


@pytest.mark.parametrize("case", [*STAND_INS, *LYING])
def test_whatever_becomes_of_the_reader_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    """Harmless scripts stand in for a reader that a document has broken."""
    code = ASKED + LYING[case] if case in LYING else STAND_INS[case][0]
    script = tmp_path / "reader.py"
    script.write_text(code, "utf-8")
    monkeypatch.setattr(documents, "_SCRIPT", script)
    monkeypatch.setattr(documents, "LIMITS", Limits(patience=2.0 if case == "sleeps" else 30.0))
    with pytest.raises(InputError) as told:
        page(b"Bonjour", media.TEXT.type, "note.txt")
    assert str(told.value).startswith("« note.txt » ne peut pas être montré ici : ")
    assert "\n" not in str(told.value)


def test_html_of_a_reader_that_was_taken_over_is_cleaned_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = f"<p>Bonjour</p><script>{made.RAN}</script><img src={made.REMOTE}><img src=data:image/svg+xml,x>"
    script = tmp_path / "reader.py"
    script.write_text(ASKED + f"say('ok', {{'number': 1, 'of': 1, 'html': {html!r}}})", "utf-8")
    monkeypatch.setattr(documents, "_SCRIPT", script)
    assert page(b"PK", media.DOCX.type, "a.docx").html == "<p>Bonjour</p>"
