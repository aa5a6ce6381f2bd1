"""Reasons say what was done in words of ours: nothing that people typed, no name, phone or mail, is ever in one."""

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest

import crm
import importers
from crm.canvas import views  # fmt: skip
from crm.canvas.state import CanvasState
from crm.duplicates import answers, merging
from crm.ledger import redaction, versions
from crm.ledger.edits import Edits
from crm.ledger.undo import undo_commit
from crm.measures.measuring import measures
from crm.network import Committed, Network, provider
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.quick_log import completing, save, tell
from crm.records import (
    actions,
    bulk,
    engagements,
    exchanges,
    links,
    organisations,
    people,
    register,
    reminders,
    serving,
)
from crm.records.bulk import Edit
from crm.store import open_store
from crm.store.protocol import Store
from crm.upkeep.migrate import migrate
from crm.vault import accepting, deposits
from crm.vault.deposits import Description
from graph_schema.evidence import EvidenceKind
from graph_schema.exchanges import Direction
from graph_schema.migrations import SCHEMA_VERSION, Migration, Wiring
from graph_schema.records import Commit, Values
from graph_schema.text import fold
from importers.run import run
from tests.crm.quick_log.test_completing import AGREEMENT, SENTENCE, hotel
from tests.crm.records.test_serving import lens

T = TypeVar("T")
Site = tuple[str, int]

NAME, PHONE, MAIL = "Zmarque", "0612340028", "zmarque@exemple.example"
CALLED, TO_COME = date(2026, 11, 20), date(2099, 1, 4)
AUTHOR = Actor(f"{NAME} Auteur", Role.ADMIN)
CALLERS = {"network", "self.network"}
"""What a network on which someone commits is called. The demonstration's own acts are all invented."""


def sites() -> Iterator[tuple[str, range]]:
    """Every place where something is committed: its module, and the lines of the call."""
    for package in (crm, importers):
        root = Path(package.__path__[0])
        for path in root.rglob("*.py"):
            where = f"{root.name}/{path.relative_to(root).as_posix()}"
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                match node:
                    case ast.Call(func=ast.Attribute(value=who, attr="commit"), args=[_, _, *_]):
                        if ast.unparse(who) in CALLERS:
                            yield where, range(node.lineno, (node.end_lineno or 0) + 1)
                        else:
                            assert where.startswith("crm/demo/"), f"{where}: who commits there?"


@dataclass(frozen=True, slots=True)
class Watched(Network):
    """A network that notes from where someone commits."""

    seen: set[Site] = None  # type: ignore[assignment]  # always given

    def commit(self, reason: str, work: Callable[[UnitOfWork], T], **more: Any) -> Committed[T]:
        frame = sys._getframe(1)
        path = Path(frame.f_code.co_filename)
        root = next(each for each in path.parents if each.name in ("crm", "importers"))
        self.seen.add((f"{root.name}/{path.relative_to(root).as_posix()}", frame.f_lineno))
        return super(Watched, self).commit(reason, work, **more)


def garage(network: Network, name: str = NAME) -> str:
    given = {"name": name, "phone": PHONE, "email": MAIL, "tags": [NAME], "owner": NAME}
    return organisations.create(network, given).value


def revision(network: Network, id: str) -> int:
    found = network.read(lambda tx: tx.get([id]).get(id) or tx.get_links([id])[id])
    return found.revision


def partners(network: Network) -> None:
    provider.save(network, {"name": NAME})
    id = garage(network)
    linked = {"name": f"{NAME} bis", "note": NAME}
    other = organisations.create_linked(network, linked, id, "MemberOf", True).value
    organisations.edit(network, id, {"note": f"{NAME} {PHONE} {MAIL}", "city": NAME}, revision(network, id))
    versions.restore(network, id, 1, revision(network, id))
    rows = measures(network, network.today()).relations.snapshot.organisations
    change = Edit({"owner": NAME, "snoozed_until": "2099-01-01", "snooze_reason": NAME}, add=(NAME,))
    bulk.edit(network, [rows[id], rows[other]], change)
    reminders.snooze(network, [id, other], TO_COME, f"{NAME} {PHONE}")
    reminders.wake(network, [id])
    merging.merge(network, id, garage(network, f"{NAME} ter"), ["name"])
    merging.split(network, id)
    answers.tell_apart(network, id, other)
    answers.forget(network, id, other)
    place = serving.serve(network, id, lens()).value
    serving.leave(network, place)
    organisations.delete(network, other)


def contacts(network: Network) -> None:
    one, other = garage(network), garage(network)
    typed = {"family_name": NAME, "given_name": NAME, "phone": PHONE, "email": MAIL}
    id = people.add(network, one, typed, {"role": NAME}).value
    role = people.join(network, id, other, {"role": NAME}).value
    people.edit(network, id, {"given_name": f"{NAME} {MAIL}"}, revision(network, id))
    people.leave(network, role, CALLED)
    link = links.connect(network, "WorksFor", id, other, {"role": NAME}).value
    links.edit(network, link, {"role": f"{NAME} {PHONE}"})
    links.end(network, link, CALLED)
    links.delete(network, link)
    people.delete(network, id)


def acts(network: Network) -> None:
    id = garage(network)
    register.create(network, "Agreement", {"subject": f"{NAME} {PHONE} {MAIL}"}, [register.FirstTie("PartyTo", id)])
    call = exchanges.log(network, [id], on=CALLED, subject=NAME, note=f"{PHONE} {MAIL}", said=NAME).value
    engagements.edit(network, call, {"subject": f"{NAME} {MAIL}"}, revision(network, call))
    completing.direct(network, call, Direction.MUTUAL)
    engagements.delete(network, call)
    task = actions.create(network, f"Rappeler {NAME} au {PHONE}", owner=NAME, follows=[id]).value
    actions.finish(network, task)
    actions.reopen(network, task)


def sentences(network: Network) -> None:
    said = f"appelé M. {NAME} hier, {PHONE}, {MAIL}"
    today = network.today()
    save(network, tell(network, f"rappeler {NAME} lundi au {PHONE}", today))
    for work in (completing.leave_aside, completing.answered):
        id = save(network, tell(network, said, today)).value
        work(network, id, _question(network, id))
    id, chosen = save(network, tell(network, said, today)).value, garage(network)
    completing.choose(network, id, _question(network, id), (chosen,))
    hotel(network)
    about = save(network, tell(network, SENTENCE, today)).value
    completing.concern(network, about, AGREEMENT, completing.topic(network, about, AGREEMENT)[0].id)


def _question(network: Network, id: str) -> str:
    found = completing.waiting(network, id)
    assert found is not None
    return (*found.asked, *found.questions)[0]


def saved_views(network: Network) -> None:
    state = CanvasState(starts=(garage(network),))
    for shared in (True, False):
        id = views.save(network, f"{NAME} {shared}", state, {}, shared=shared).value
        views.rename(network, id, f"{NAME} {shared} {MAIL}")
        views.share(network, id, not shared)
        views.delete(network, id)


def proofs(network: Network) -> None:
    said = Description([garage(network)], EvidenceKind.MINUTES, CALLED, title=NAME, page=NAME, passage=f"{NAME} {MAIL}")
    deposits.declare(network, f"https://exemple.example/{NAME}", said)
    for gone in (False, True):
        content = partial(BytesIO, f"%PDF-1.7\n{NAME} {gone}".encode())
        id = deposits.deposit(network, content(), f"{NAME} {PHONE}.pdf", said).value.id
        deposits.revise(network, id, BytesIO(b"%PDF-1.7\n" + content().read()), f"{NAME}-2.pdf")
        if gone:
            engagements.delete(network, id)
        deposits.destroy(network, id, f"Demande de {NAME}, {PHONE}")
    accepting.accept(network)


def going_back(network: Network) -> None:
    commit = organisations.create(network, {"name": NAME}).commit
    assert commit is not None
    undo_commit(network, commit)
    steps = Edits()
    steps.did(organisations.create(network, {"name": NAME}).commit)
    steps.undo(network)
    steps.redo(network)
    redaction.redact(network, commit.number, 0, keep_current=True)


def imported(network: Network, folder: Path) -> None:
    file = folder / f"{NAME} {PHONE}.csv"
    file.write_text(f"Nom;Ville;Contact;Mail\n{NAME} importé;Lens;M. Luc {NAME};{MAIL}\n", "utf-8")
    assert run(network, [file]).run


def brought_forward(folder: Path, seen: set[Site]) -> list[Commit]:
    """A migration with every sort of step, in a file that says that it is older."""
    with closing(open_store(str(folder / "ancien.db"), any_version=True)) as store:
        network = Watched(store, AUTHOR, seen=seen)
        serving.serve(network, garage(network), lens())
        store.write(lambda tx: tx.set_schema_version(SCHEMA_VERSION - 1))
        nothing = Wiring("Within", "Territory", lambda id: ())

        def noted(type: str, values: Values) -> Values:
            return {**values, "note": NAME} if type == "Organisation" else values

        migrate(network, [Migration(SCHEMA_VERSION, "Essai", noted, (nothing,))])
        written = store.read(lambda tx: tx.commits(limit=1000))
    with closing(open_store(str(folder / "vide.db"), any_version=True)) as store:  # its journal does not say it yet
        store.write(lambda tx: tx.set_schema_version(SCHEMA_VERSION - 1))
        migrate(Watched(store, AUTHOR, seen=seen))
        return [*written, *store.read(lambda tx: tx.commits(limit=1000))]


@pytest.mark.timeout(600)
def test_nothing_typed_is_in_a_reason_wherever_something_is_committed(store: Store, tmp_path: Path) -> None:
    seen: set[Site] = set()
    network = Watched(store, AUTHOR, vault=str(tmp_path / "coffre"), seen=seen)
    for act in (partners, contacts, acts, sentences, saved_views, proofs, going_back):
        act(network)
    imported(network, tmp_path)
    commits = [*store.read(lambda tx: tx.commits(limit=1000)), *brought_forward(tmp_path, seen)]
    marked = {each.reason for each in commits if fold(NAME) in fold(each.reason) or PHONE in each.reason}
    assert marked == set()
    assert not [each for each in commits if fold(NAME) in fold(f"{each.author} {each.source} {each.run}")]
    unseen = [
        f"{where}:{lines[0]}" for where, lines in sites() if not any(at == where and line in lines for at, line in seen)
    ]
    assert unseen == [], "act here too, with what people type marked"


def test_places_where_something_is_committed_are_found() -> None:
    found = {where for where, _ in sites()}
    assert {"crm/records/people.py", "crm/ledger/undo.py", "crm/vault/deposits.py", "importers/run.py"} <= found
    assert len(list(sites())) > 40


def test_an_author_is_an_account_and_no_name(store: Store) -> None:
    garage(Network(store, AUTHOR))
    (commit,) = store.read(lambda tx: tx.commits())
    assert commit.by == AUTHOR.name
    assert fold(NAME) not in fold(commit.author)


@pytest.mark.parametrize("verb", ["Annulation", "Rétablissement"])
def test_going_back_repeats_a_reason_that_is_as_clean(network: Network, verb: str) -> None:
    steps = Edits()
    steps.did(actions.create(network, f"Rappeler {NAME}").commit)
    steps.undo(network)
    steps.redo(network)
    reasons = [each.reason for each in network.read(lambda tx: tx.commits())]
    assert f"{verb} : Action ajoutée" in reasons
