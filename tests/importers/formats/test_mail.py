"""Mail comes in as exchanges, one for each message between us and someone we know; never for what proves no contact."""

from pathlib import Path

import pytest

from crm.errors import InputError
from crm.ledger.undo import undo
from crm.network import Network
from importers import Outcome, detect, plan, run
from tests.crm.guarded.test_letters import LINE, mail
from tests.importers.files import nodes
from tests.importers.formats.test_calendars import BRUNO, LEA, US, involved, the_exchange
from tests.importers.formats.test_calendars import network as network

TO_LEA = (f"From: Moi <{US}>", f"To: Léa Martin <{LEA}>", "Message-ID: <un@exemple.example>")
FROM_LEA = (f"From: Léa Martin <{LEA}>", f"To: <{US}>", "Message-ID: <deux@exemple.example>")


def write(folder: Path, content: bytes, name: str = "sans nom particulier") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("lines", "direction"), [(TO_LEA, "de_nous"), (FROM_LEA, "d_eux")])
def test_a_message_becomes_an_exchange_once_and_goes_with_its_import(
    network: Network, tmp_path: Path, lines: tuple[str, ...], direction: str
) -> None:
    file = write(tmp_path, mail(*lines, body="Ce texte n'est pas gardé".encode()))
    assert detect(file) == "mail"
    planned, done = plan(network, [file]), run(network, [file])
    assert planned.tally.rows == done.tally.rows == {Outcome.CREATED: 1}
    made = the_exchange(network)
    assert made.values == {"on": "2026-03-12", "channel": "courriel", "direction": direction, "subject": "Point"}
    assert involved(network, made) == {"Martin", "Garage Fictif"}
    assert plan(network, [file]).empty
    assert run(network, [file]).run is None
    assert done.run is not None
    undo(network, done.run)
    assert nodes(network, "Exchange") == []


def test_a_box_gives_each_message_once_and_says_what_it_leaves(network: Network, tmp_path: Path) -> None:
    stranger = mail(f"From: <{BRUNO}>", f"To: <{US}>", "Message-ID: <trois@exemple.example>")
    ours = mail(f"From: <{US}>", "To: <toi@cfa-exemple.example>", "Message-ID: <quatre@exemple.example>")
    letter = mail(*FROM_LEA[:2], "List-Unsubscribe: <mailto:non@exemple.example>")
    undated = mail(*FROM_LEA[:2], date="bientôt")
    mails = [mail(*TO_LEA), mail(*FROM_LEA), mail(*TO_LEA), stranger, ours, letter, undated]
    file = write(tmp_path, b"\n".join(LINE + each for each in mails))
    done = run(network, [file])
    assert len(nodes(network, "Exchange")) == 2
    assert done.tally.rows == {Outcome.CREATED: 2, Outcome.UNCHANGED: 2, Outcome.CONFLICT: 1}
    assert sorted(fault.code for fault in done.faults) == ["automatic", "no_date", "unknown_party"]
    assert run(network, [file]).run is None


def test_a_message_with_attachments_says_that_they_are_not_kept(network: Network, tmp_path: Path) -> None:
    parts = b"--x\r\n\r\nVoir\r\n--x\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nA\r\n--x--"
    done = run(network, [write(tmp_path, mail(*TO_LEA, "Content-Type: multipart/mixed; boundary=x", body=parts))])
    assert [fault.code for fault in done.faults] == ["attached"]
    assert "1 pièce jointe" in done.faults[0].message


def test_a_box_of_machines_alone_is_refused_and_says_why(network: Network, tmp_path: Path) -> None:
    file = write(tmp_path, mail(*FROM_LEA, "Precedence: bulk"))
    with pytest.raises(InputError, match=r"aucun courriel d'une personne\. 1 courriel automatique"):
        run(network, [file])


def test_a_message_of_outlook_tells_how_to_save_it(network: Network, tmp_path: Path) -> None:
    directory = "__substg1.0_0037001F".encode("utf-16-le")
    file = write(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + directory + b"\0" * 512, "message.msg")
    with pytest.raises(InputError, match=r"enregistrez-le au format \.eml"):
        run(network, [file])


@pytest.mark.parametrize(
    "text",
    [
        "Structure;De\nGarage Fictif;Lens\n",
        "Objet: liste\n\nStructure;Ville\nGarage;Lens\n",
        "From: vous\n\nStructure\nA\n",
    ],
)
def test_a_text_that_looks_a_little_like_mail_is_none(tmp_path: Path, text: str) -> None:
    assert detect(write(tmp_path, text.encode())) == "lists"
