"""Every wait that is declared, from both sides: what comes in time is taken, what comes later is one sentence.

Each is shortened to a few seconds: what is tried is that it bounds what it says, the page says how long it is.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from crm.errors import Reseau28Error
from crm.files.locks import held
from crm.guarded import documents
from crm.guarded.process import Limits
from crm.ledger import timestamps
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.records import organisations
from crm.store import open_store
from crm.store.neo4j import store as neo4j
from crm.store.protocol import Query, WriteTransaction
from crm.store.sqlite.opening import open_sqlite
from crm.vault import folder as vaults
from crm.vault.medium import told
from docs.limits import declared
from graph_schema.limits import Wait
from importers.reading.workbooks import open_workbook
from tests.crm.store.neo4j_addresses import address_of, opened
from tests.neo4j_server.fixtures import Neo4jAddress
from tests.relay import Relay, Request, Trouble

SHORT = 3.0
"""Seconds, in place of each wait: a process has the time to start."""

IN_TIME, TOO_LATE = 0.2, 2 * SHORT

STAND_IN = """
import pickle, struct, sys, time
time.sleep({seconds})
content = pickle.dumps({answer!r})
sys.stdout.buffer.write(struct.pack(">I", len(content)) + content)
sys.stdout.buffer.flush()
sys.stdin.buffer.read()
"""
"""A reader that takes so many seconds for its one answer."""


@contextmanager
def meanwhile(hold: Callable[[Event, Event], None]) -> Iterator[None]:
    """While another thread holds something: it says when it does, and hears when it may stop."""
    begun, over = Event(), Event()
    thread = Thread(target=hold, args=(begun, over))
    thread.start()
    try:
        assert begun.wait(30)
        yield
    finally:
        over.set()
        thread.join()


def another_writer(folder: Path, seconds: float) -> None:
    path = folder / "essai.db"
    with closing(open_sqlite(path)) as other, closing(open_sqlite(path, patience=SHORT)) as mine:

        def hold(begun: Event, over: Event) -> None:
            def work(_: WriteTransaction) -> None:
                begun.set()
                over.wait(seconds)

            other.write(work)

        with meanwhile(hold):
            mine.write(lambda tx: None)


def another_depositor(folder: Path, seconds: float) -> None:
    def hold(begun: Event, over: Event) -> None:
        with held(folder / "vault.lock", SHORT):
            begun.set()
            over.wait(seconds)

    vault = vaults.Folder(folder)
    with meanwhile(hold), told(vault):
        vault.create("marque", b"x")


def time_stamp(folder: Path, seconds: float) -> None:
    over = Event()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            over.wait(seconds)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"jeton")

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            address = f"http://127.0.0.1:{server.server_port}/"
            assert timestamps._asked(address, b"demande") == b"jeton"
        finally:
            over.set()
            server.shutdown()


def document(folder: Path, seconds: float) -> None:
    (folder / "reader.py").write_text(STAND_IN.format(seconds=seconds, answer=("ok", "Bonjour")), "utf-8")
    assert documents.text(b"Bonjour", "text/plain", "note.txt") == "Bonjour"


def workbook(folder: Path, seconds: float) -> None:
    script = folder / "reader.py"
    script.write_text(STAND_IN.format(seconds=seconds, answer=("ok", None)), "utf-8")
    with open_workbook(Path("liste.xlsx"), "liste.xlsx", script, Limits(patience=SHORT)) as book:
        assert list(book.sheets()) == []


@pytest.fixture
def shortened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The waits that are no argument, and the reader of documents."""
    monkeypatch.setattr(neo4j, "RETRY_SECONDS", SHORT)
    monkeypatch.setattr(vaults, "PATIENCE", SHORT)
    monkeypatch.setattr(timestamps, "SECONDS", SHORT)
    monkeypatch.setattr(documents, "LIMITS", Limits(patience=SHORT))
    monkeypatch.setattr(documents, "_SCRIPT", tmp_path / "reader.py")


WAITS: Mapping[str, Callable[[Path, float], None]] = {
    "crm.guarded.documents.PATIENCE": document,
    "crm.guarded.process.PATIENCE": workbook,
    "crm.ledger.timestamps.SECONDS": time_stamp,
    "crm.store.sqlite.opening.PATIENCE": another_writer,
    "crm.vault.folder.PATIENCE": another_depositor,
}
"""Each wait with what waits for something that takes so many seconds."""

ELSEWHERE = {"crm.store.neo4j.store.RETRY_SECONDS"}
"""Those that need a server, tried below."""


def test_every_wait_that_is_declared_is_tried() -> None:
    assert WAITS.keys() | ELSEWHERE == {name for name, limit in declared().items() if isinstance(limit, Wait)}


@pytest.mark.usefixtures("shortened")
@pytest.mark.parametrize("name", WAITS)
def test_what_comes_in_time_is_taken(name: str, tmp_path: Path) -> None:
    WAITS[name](tmp_path, IN_TIME)


@pytest.mark.usefixtures("shortened")
@pytest.mark.parametrize("name", WAITS)
def test_what_comes_too_late_is_one_sentence(name: str, tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(Reseau28Error) as said:
        WAITS[name](tmp_path, TOO_LATE)
    assert time.monotonic() - start >= SHORT
    assert "\n" not in str(said.value)


@pytest.fixture
def coming_back(blank_neo4j: Neo4jAddress, shortened: None) -> Iterator[Callable[[float], int]]:
    """How many partners are read of a server that goes away for so many seconds."""
    with opened(blank_neo4j) as store:
        organisations.create(Network(store, Actor("C. Exemple", Role.ADMIN)), {"name": "Garage Fictif"})
    with Relay(blank_neo4j.uri) as relay:
        there = address_of(Neo4jAddress(relay.uri, blank_neo4j.user, blank_neo4j.password))
        with closing(open_store(there, password=blank_neo4j.password)) as store:

            def read(seconds: float) -> int:
                relay.trouble(Trouble.CUT, Request.RUN)
                back = Timer(seconds, relay.mend)
                back.start()
                try:
                    return len(store.read(lambda tx: tx.find(Query("Organisation")).items))
                finally:
                    back.join()

            yield read


@pytest.mark.neo4j
def test_a_server_that_comes_back_in_time_is_read(coming_back: Callable[[float], int]) -> None:
    assert coming_back(IN_TIME) == 1


@pytest.mark.neo4j
def test_a_server_that_comes_back_too_late_is_one_sentence(coming_back: Callable[[float], int]) -> None:
    # The driver may be in a pause when the wait is over, of four seconds and a fifth by then: it tries once more after.
    with pytest.raises(Reseau28Error, match=r"^Neo4j ne répond p[^\n]*$"):
        coming_back(2 * TOO_LATE)
