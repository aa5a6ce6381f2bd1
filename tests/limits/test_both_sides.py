"""Every limit that is declared, from both sides: what is at the limit works; one above is refused or cut, and said.

A side is a function that does with so many what the limit bounds, and returns what is said of it: nothing at the limit.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest

from crm import days
from crm.canvas import building, views
from crm.canvas.state import CanvasState
from crm.errors import InputError
from crm.guarded import documents
from crm.ledger import facts
from crm.measures.measuring import measures
from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import register
from crm.records.register import Wanted
from crm.store import open_store
from crm.vault import deposits
from crm.vault.deposits import Description
from docs.limits import declared
from graph_schema.evidence import EvidenceKind
from graph_schema.limits import Limit, Wait
from importers.plan import plan
from importers.reading import sources
from ui import accounts, logins
from ui.cli import run
from ui.screens.partners.deposit import at_once

PASSWORD = "une phrase de passe"


@contextmanager
def network(folder: Path) -> Iterator[Network]:
    """A network with one partner, org-1."""
    with closing(open_store(str(folder / "essai.db"))) as store:
        found = Network(store, Actor("C. Exemple", Role.ADMIN))
        provider.save(found, {"name": "Organisme Exemple"})
        found.commit("Ajout", lambda unit: unit.create("Organisation", {"name": "Garage Fictif"}, id="org-1"))
        yield found


def nodes(folder: Path, many: int) -> str:
    with network(folder) as there:

        def people(unit: UnitOfWork) -> None:
            for number in range(many - 1):
                id = unit.create("Person", {"family_name": f"Exemple {number}"})
                unit.connect("WorksFor", id, "org-1")

        there.commit("Ajout", people)
        scene = building.scene(there, measures(there, there.today()), CanvasState(starts=("org-1",)))
        assert len(scene.nodes) == min(many, 300)
        return scene.sentence if scene.left_out else ""


def text(folder: Path, many: int) -> str:
    with network(folder) as there:
        there.commit("Ajout", lambda unit: unit.update("org-1", {"note": "a" * many}))
    return ""


def view(folder: Path, many: int) -> str:
    with network(folder) as there:
        state = CanvasState(starts=("org-1",))
        rest = len(views._written(state, {"": (0.0, 0.0)}, None))
        views.save(there, "Vue", state, {"a" * (many - rest): (0.0, 0.0)})
    return ""


def title(folder: Path, many: int) -> str:
    with network(folder) as there:
        said = Description(("org-1",), EvidenceKind.AGREEMENT, date(2026, 1, 5), title="a" * many)
        deposits.declare(there, "https://preuve.example/1", said)
    return ""


def file(folder: Path, many: int) -> str:
    content = b"%PDF-1.7\n" + b" " * (many - 9)
    with network(folder) as there:
        said = Description(("org-1",), EvidenceKind.AGREEMENT, date(2026, 1, 5), confidential=True)
        done = deposits.deposit(there, BytesIO(content), "Convention.pdf", said)
        assert done.value.content is not None
    return ""


def shown(folder: Path, many: int) -> str:
    assert documents.text(b"mot " * (many // 4) + b"." * (many % 4), "text/plain", "Notes.txt").startswith("mot")
    return ""


def fact(folder: Path, many: int) -> str:
    with network(folder) as there:
        ids = [f"p-{number}" for number in range(many)]

        def work(unit: UnitOfWork) -> None:
            for id in ids:
                unit.create("Person", {"family_name": "Exemple"}, id=id)

        there.commit("Ajout", work)
        assert facts.write(there, ids, folder / "fait.json").records == many
    return ""


def workbook(folder: Path, many: int) -> str:
    path = folder / "partenaires.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(many)
    assert sources.open_source(path).size == many
    return ""


def subjects(folder: Path, many: int) -> str:
    path = folder / "partenaires.csv"
    about = "|".join(f"Sujet {number}" for number in range(many))
    row = f"Garage Fictif;05/01/2026;{about}"
    path.write_text(f"Raison sociale;Dernier contact;Action de formation concernée\n{row}\n", "utf-8")
    with network(folder) as there:
        found = plan(there, [path])
        return " ".join(fault.message for fault in found.tally.faults if fault.code == "too_many")


def sparse(folder: Path, name: str, begin: bytes, many: int) -> str:
    """A file of that size whose end says nothing: what is said of its size, if anything."""
    path = folder / name
    with path.open("wb") as stream:
        stream.write(begin)
        stream.truncate(many)
    with network(folder) as there:
        try:
            plan(there, [path])
        except InputError as error:
            return str(error) if "trop gros" in str(error) and "Mo" in str(error) else ""
    return ""


def appointments(folder: Path, lines: str) -> str:
    path = folder / "agenda.ics"
    event = f"BEGIN:VEVENT\r\nUID:1\r\n{lines}\r\nEND:VEVENT"
    path.write_bytes(f"BEGIN:VCALENDAR\r\n{event}\r\nEND:VCALENDAR\r\n".encode())
    with network(folder) as there:
        found = plan(there, [path])
        return " ".join(fault.message for fault in found.tally.faults if fault.code in ("earlier", "too_many"))


def years(folder: Path, many: int) -> str:
    today = days.today()
    start = f"{today.year - many}{today:%m}{min(today.day, 28):02}"
    lines = f"DTSTART;VALUE=DATE:{start}\r\nRRULE:FREQ=MONTHLY\r\nATTENDEE:mailto:a@exemple.example"
    return appointments(folder, lines)


def called(folder: Path, many: int) -> str:
    people = "\r\n".join(f"ATTENDEE:mailto:a{number}@exemple.example" for number in range(many))
    return appointments(folder, f"DTSTART;VALUE=DATE:20260312\r\n{people}")


LETTER = b"From: <a@exemple.example>\nTo: <b@exemple.example>\nDate: Thu, 12 Mar 2026 09:00:00 +0100\nSubject: A\n\nA\n"
BOX = b"From a@exemple.example Thu Mar 12 09:00:00 2026\n"


def mailed(folder: Path, content: bytes) -> str:
    path = folder / "courriels"
    path.write_bytes(content)
    with network(folder) as there:
        found = plan(there, [path])
        return " ".join({"too_many", "deep"} & found.tally.codes.keys())


def nested(folder: Path, many: int) -> str:
    """A message of so many levels, the last of them a text."""
    head, _, _ = LETTER.partition(b"\n\n")
    levels = [f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(many - 1)]
    return mailed(folder, head + b"\n" + "".join(levels).encode() + b"\nA\n" + b"\n" + head + b"\n")


def account(name: str, password: str) -> str:
    accounts.add(name, Role.READER, password)
    assert accounts.recognise(name, password) is not None
    return ""


def attempts(names: list[str]) -> str:
    """All but the last have given a wrong password; what the last one is told."""
    kept = logins.Attempts(clock=lambda: 1_000.0)
    for name in names[:-1]:
        kept.failed("192.0.2.1", name)
    wait = kept.wait("192.0.2.1", names[-1])
    return f"attendez {wait:.0f} s" if wait else ""


def depth(folder: Path, many: int) -> str:
    with network(folder):
        pass
    store, out = folder / "essai.db", folder / "autour.svg"
    status = run(["--store", str(store), "export", str(out), "--around", "org-1", "--depth", str(many)])
    return "" if (status, out.is_file()) == (0, True) else f"refusé ({status})"


def found_by_word(folder: Path, many: int) -> str:
    with network(folder) as there:

        def people(unit: UnitOfWork) -> None:
            for number in range(many):
                unit.create("Person", {"family_name": f"Exemple {number}"})

        there.commit("Ajout", people)
        listed = register.listing(there, Wanted("Person", "exemple"))
        assert listed.total == many
        return "au moins" if listed.more else ""


SIDES: Mapping[str, Callable[[Path, int], str]] = {
    "crm.canvas.scene.LIMIT": nodes,
    "crm.canvas.state.DEEPEST": depth,
    "crm.guarded.documents.LARGEST": shown,
    "crm.ledger.facts.MOST": fact,
    "crm.records.register.FOUND": found_by_word,
    "crm.vault.deposits.LONGEST_TITLE": title,
    "crm.vault.files.LARGEST": file,
    "graph_schema.declaration.LONGEST_TEXT": text,
    "graph_schema.views.LARGEST": view,
    "importers.formats.calendars.LARGEST": lambda folder, many: sparse(folder, "a.ics", b"BEGIN:VCALENDAR\r\n", many),
    "importers.formats.calendars.YEARS": years,
    "importers.formats.contact_cards.LARGEST": lambda folder, many: sparse(folder, "a.vcf", b"BEGIN:VCARD\r\n", many),
    "importers.formats.lists.SUBJECTS": subjects,
    "importers.formats.mail.DEPTH": nested,
    "importers.formats.mail.LARGEST": lambda folder, many: sparse(folder, "a.mbox", LETTER, many),
    "importers.formats.mail.LARGEST_MESSAGE": lambda folder, many: mailed(folder, LETTER.ljust(many, b" ")),
    "importers.formats.mail.MESSAGES": lambda folder, many: mailed(folder, (BOX + LETTER + b"\n") * many),
    "importers.reading.parties.PARTIES": called,
    "importers.reading.sources.LARGEST_WORKBOOK": workbook,
    "ui.accounts.LONGEST_NAME": lambda folder, many: account("a" * many, PASSWORD),
    "ui.accounts.LONGEST_PASSWORD": lambda folder, many: account("C. Exemple", "a" * many),
    "ui.screens.partners.deposit.MOST": lambda folder, many: at_once(list(range(many)))[1],
    "ui.logins.ATTEMPTS": lambda folder, many: attempts(["C. Exemple"] * many),
    "ui.logins.ATTEMPTS_BY_ADDRESS": lambda folder, many: attempts([f"C. Exemple {n}" for n in range(many)]),
}
"""Each limit with what is tried."""


def tried(name: str, folder: Path, many: int) -> str:
    """What is said when so many are tried."""
    with patch.dict(os.environ, {"RESEAU28_HOME": str(folder)}):
        try:
            return SIDES[name](folder, many)
        except InputError as error:
            return str(error)


def limits() -> dict[str, Limit]:
    """Those of how many; how long is tried by ``test_waits``."""
    return {name: limit for name, limit in declared().items() if not isinstance(limit, Wait)}


def test_every_limit_that_is_declared_is_tried() -> None:
    assert SIDES.keys() == limits().keys()


@pytest.mark.parametrize("name", SIDES)
def test_what_is_at_the_limit_works(name: str, tmp_path: Path) -> None:
    assert tried(name, tmp_path, declared()[name]) == ""


@pytest.mark.parametrize("name", SIDES)
def test_one_above_is_refused_or_cut_and_said(name: str, tmp_path: Path) -> None:
    assert tried(name, tmp_path, declared()[name] + 1)
