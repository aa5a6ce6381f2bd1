"""What headers of real mail say is read as it was meant: rows 49 to 61 of the intake table."""

from pathlib import Path
from typing import Any

import pytest

from crm.guarded.child.letters import letter, messages


def mail(*lines: str | bytes, date: str | bytes = "Thu, 12 Mar 2026 09:00:00 +0100", body: bytes = b"Bonjour") -> bytes:
    """A message with these headers; a line of bytes stands as it is."""
    given = [line.encode() if isinstance(line, str) else line for line in (*lines, "Date: ", "Subject: Point")]
    given[-2] += date.encode() if isinstance(date, str) else date
    if not any(line.lower().startswith(b"from:") for line in given):
        given.insert(0, b"From: <a@exemple.example>")
    return b"\r\n".join((*given, b"", body, b""))


def told(content: bytes, depth: int = 20) -> dict[str, Any]:
    return letter(1, content, depth)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("From: LEFEVRE, Anais <a@exemple.example>", "LEFEVRE, Anais"),
        ('From: "LEFEVRE, Anais" <a@exemple.example>', "LEFEVRE, Anais"),
        ("From: =?utf-8?Q?Lef=C3=A8vre?= =?utf-8?Q?_Ana=C3=AFs?= <a@exemple.example>", "Lefèvre Anaïs"),
        ("From: Anaïs Lefèvre <a@exemple.example>", "Anaïs Lefèvre"),
        ("From: Anaïs Lefèvre <a@exemple.example>".encode("cp1252"), "Anaïs Lefèvre"),
        ("From: A@Exemple.example", ""),
    ],
)
def test_a_sender_is_one_person_by_their_whole_name(header: str | bytes, name: str) -> None:
    (sender,) = told(mail(header))["parties"]
    assert (" ".join(sender["name"].split()), sender["email"], sender["began"]) == (name, "a@exemple.example", True)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Thu, 12 Mar 2026 09:00:00 +0100", "2026-03-12 09:00"),
        ("Thu, 12 Mar 2026 09:00:00 CET", "2026-03-12 09:00"),
        ("Thu, 12 Mar 2026 23:30:00 -0000", "2026-03-13 00:30"),
        ("jeu., 12 mars 2026 09:00:00 +0100", "2026-03-12 09:00"),
        ("12 août 2026", "2026-08-12 12:00"),
        ("12 févr. 2026 10:00", "2026-02-12 10:00"),
        ("demain matin", ""),
        ("99 mars 2026", ""),
        ("", ""),
    ],
)
def test_a_date_is_that_of_paris_and_never_invented(date: str, expected: str) -> None:
    found = told(mail(date=date))
    assert f"{found['on']} {found['at']}".strip() == expected


def test_what_is_within_is_not_the_message() -> None:
    inner = mail("From: <autre@exemple.example>", "To: <encore@exemple.example>", date="Thu, 1 Jan 2015 09:00:00 +0100")
    outer = mail(
        "To: <b@exemple.example>", 'Content-Type: multipart/mixed; boundary="x"',
        body=b"--x\r\n\r\nVoir\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--x--",
    )  # fmt: skip
    found = told(outer)
    assert [each["email"] for each in found["parties"]] == ["a@exemple.example", "b@exemple.example"]
    assert (found["on"], found["attached"]) == ("2026-03-12", 1)


def test_hidden_copies_are_counted_apart() -> None:
    found = told(mail("To: b@exemple.example", "Cc: c@exemple.example", "Bcc: d@exemple.example, e@exemple.example"))
    assert ([each["email"][0] for each in found["parties"]], found["hidden"]) == (["a", "b", "c"], 2)


@pytest.mark.parametrize(
    "header",
    [
        "List-Unsubscribe: <mailto:x@exemple.example>", "List-Id: <liste.exemple.example>", "Precedence: bulk",
        "Auto-Submitted: auto-replied", "From: MAILER-DAEMON@exemple.example", "From: <no-reply@exemple.example>",
        "Content-Type: multipart/report; boundary=x",
    ],
)  # fmt: skip
def test_what_no_person_wrote_to_someone_is_automatic(header: str) -> None:
    assert told(mail(header))["left"] == "automatic"


def test_an_unknown_charset_and_a_wrong_one_cost_nothing() -> None:
    found = told(mail("Content-Type: text/plain; charset=inconnu", "To: =?inconnu?Q?L=E9a?= <b@exemple.example>"))
    assert (found["left"], found["parties"][1]["email"]) == ("", "b@exemple.example")


def test_parts_within_parts_without_end_cost_one_message() -> None:
    levels = [f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(3_000)]
    assert told(mail()[: -len(b"\r\n\r\nBonjour\r\n")] + b"\r\n" + b"".join(levels))["left"] == "deep"


LINE = b"From a@exemple.example Thu Mar 12 09:00:00 2026\n"


@pytest.mark.parametrize(
    ("content", "many"),
    [
        (LINE + b"A: 1\n\nUn\n\n" + LINE + b"B: 2\n\nDeux\n", 2),
        (b"\xef\xbb\xbf" + LINE + b"A: 1\n\nUn\n\n" + LINE + b"B: 2\n\nDeux\n", 2),
        (LINE + b"A: 1\n\nFrom ma fenetre\n\nFrom here to there\n", 1),
        (LINE + b"A: 1\n\nUn\n" + LINE + b"encore le meme\n", 1),
        (b"A: 1\n\nUn seul\n", 1),
    ],
)
def test_a_box_is_cut_between_messages_alone(tmp_path: Path, content: bytes, many: int) -> None:
    path = tmp_path / "boîte"
    path.write_bytes(content)
    assert len(list(messages(path, 1 << 20))) == many


def test_a_line_that_the_box_escaped_is_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "boîte"
    path.write_bytes(LINE + b"A: 1\n\n>From moi\n")
    assert list(messages(path, 1 << 20)) == [b"A: 1\n\nFrom moi\n"]
