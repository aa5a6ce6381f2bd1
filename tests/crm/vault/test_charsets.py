"""With what a text is written is found in all of it, kept and said; what is none of what we know says nothing."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.errors import InputError
from crm.files import charsets, media
from crm.guarded import documents
from crm.network import Network
from crm.vault import readings
from tests.crm.vault.conftest import put

WORDS = "Été à Noël, côté cœur : 12 €"


@pytest.mark.parametrize(
    ("codec", "charset", "label"),
    [
        ("utf-8", "utf-8", "texte (UTF-8)"),
        ("utf-8-sig", "utf-8", "texte (UTF-8)"),
        ("cp1252", "windows-1252", "texte (Windows-1252)"),
        ("utf-16", "utf-16le", "texte (UTF-16)"),
    ],
)
def test_a_text_is_kept_with_what_it_is_written(in_folder: Network, codec: str, charset: str, label: str) -> None:
    content = WORDS.encode(codec)
    id = put(in_folder, content, "Note.txt")
    kind = str(readings.metadata(in_folder, id).value.record.values["media"])
    assert (kind, media.base(kind), media.labelled(kind)) == (f"text/plain; charset={charset}", "text/plain", label)
    assert documents.text(content, kind, "Note.txt").lstrip("\ufeff") == WORDS
    assert documents.page(content, kind, "Note.txt").text.lstrip("\ufeff") == WORDS


def test_the_end_of_a_long_text_counts() -> None:
    long = b"a" * (3 << 20)
    assert media.of(BytesIO(long + "é".encode()), "long.txt").type == "text/plain; charset=utf-8"
    assert media.of(BytesIO(long + "é".encode("cp1252")), "long.txt").type == "text/plain; charset=windows-1252"
    assert media.of(BytesIO(b"a" * ((1 << 20) - 1) + "é".encode()), "coupe.txt").type == "text/plain; charset=utf-8"


def test_what_is_written_otherwise_says_nothing() -> None:
    assert media.of(BytesIO(b"caf\x81"), "note.txt").type == "text/plain"
    assert media.labelled("text/plain") == "texte"
    with pytest.raises(InputError, match="pas d'un type"):
        media.of(BytesIO(b"\xff\xfe\x00\xd8\x00\xd8\x01"), "faux.txt")


@given(st.one_of(
    st.text().map(str.encode), st.text().map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.text(alphabet="été œuvre €\n").map(lambda text: text.encode("cp1252")), st.binary(max_size=40),
    st.binary(max_size=10).map(lambda content: b"\xff\xfe" + content),
))  # fmt: skip
def test_what_is_shown_is_what_is_said_of_it(content: bytes) -> None:
    said = charsets.charset(BytesIO(content))
    if said:
        assert charsets.decoded(content) == content.decode(said).removeprefix("\ufeff")
    else:
        assert "\ufffd" in charsets.decoded(content)


def test_a_mail_of_a_charset_that_nobody_knows_is_read_as_a_text_is() -> None:
    head = b"From: a@exemple.invalid\nContent-Type: text/plain; charset=inconnu\nContent-Transfer-Encoding: 8bit\n\n"
    for codec in ("utf-8", "cp1252"):
        assert WORDS in documents.text(head + WORDS.encode(codec), "message/rfc822", "a.eml")
