"""The server, asked for real: what it answers, what it refuses, how it ends."""

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from crm.errors import InputError
from crm.store import open_store
from tests.crm.places import Place
from tests.ui.application import as_typed
from tests.ui.served import Served, serving
from ui import accounts, guard, server, settings
from ui.settings import Settings

STREAM = "/_stcore/stream"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty network in a file."""
    file = tmp_path_factory.mktemp("served") / "reseau28.db"
    open_store(str(file)).close()
    return file


@pytest.fixture(scope="module")
def served(store: Path) -> Iterator[Served]:
    """The application, without login."""
    with serving(store, store.parent / "home") as running:
        yield running


def test_it_says_that_it_is_well(served: Served) -> None:
    answer = served.ask("/sante")
    assert (answer.status, answer.text) == (200, '{"ok":true}')


def test_the_first_page_is_the_application(served: Served) -> None:
    answer = served.ask("/")
    assert answer.status == 200
    assert '<div id="root">' in answer.text


@pytest.mark.parametrize("path", ["/", "/sante", "/_stcore/health", "/connexion"])
def test_every_answer_tells_browsers_to_stay_home(served: Served, path: str) -> None:
    headers = served.ask(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'self'" in policy
    assert not any(word in policy for word in ("http:", "https:", "*", "'unsafe-eval'"))
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert "server" not in headers


def test_the_page_has_no_inline_script_that_the_policy_does_not_name(served: Served) -> None:
    scripts = guard._INLINE_SCRIPT.findall(served.ask("/", Accept="text/html").text)
    assert scripts
    assert guard.content_policy().count("'sha256-") == len(scripts)


@pytest.mark.parametrize("host", ["exemple.test", "127.0.0.1.exemple.test", "192.0.2.1"])
def test_another_name_for_this_machine_is_refused(served: Served, host: str) -> None:
    assert served.ask("/", Host=host).status == 400


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_the_names_of_the_loopback_are_answered(served: Served, host: str) -> None:
    assert served.ask("/sante", Host=f"{host}:{served.port}").status == 200


def test_the_websocket_opens_for_our_own_page_only(served: Served) -> None:
    address = f"ws://127.0.0.1:{served.port}{STREAM}"
    with connect(
        address, origin=Origin(f"http://127.0.0.1:{served.port}"), subprotocols=[Subprotocol("streamlit")]
    ) as socket:
        assert socket.response is not None
    with pytest.raises(InvalidStatus):
        connect(address, origin=Origin("http://exemple.test"))


def test_another_site_cannot_post(served: Served) -> None:
    assert served.ask("/deconnexion", "POST", form={}, Origin="http://exemple.test").status == 403


def test_the_agent_interface_is_off(served: Served) -> None:
    assert served.ask("/_stcore/agent/interact", "POST", form={}).status in (403, 404)


def test_where_no_login_is_asked_the_form_leads_home(served: Served) -> None:
    answer = served.ask("/connexion")
    assert (answer.status, answer.headers["location"]) == (303, "/")


def test_health_tells_when_the_store_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "reseau28.db"
    with serving(file, tmp_path / "home") as running:
        with closing(sqlite3.connect(file)) as db, db:
            db.execute("DROP TABLE meta")
            db.execute("DROP TABLE change")
            db.execute("DROP TABLE commits")
        assert running.ask("/sante").status == 503


def test_an_interruption_ends_it_cleanly(tmp_path: Path) -> None:
    with serving(tmp_path / "reseau28.db", tmp_path / "home") as running:
        running.ask("/sante")
        assert running.stop() == 0
        assert running.process.stderr is not None
        assert running.process.stderr.read() == "Réseau 28 est arrêté.\n"


def test_what_this_machine_saw_and_is_gone_is_said_at_the_start(tmp_path: Path) -> None:
    place = Place(str(tmp_path / "reseau28.db"), tmp_path / "home")
    place.work("Garage Fictif", "Atelier Imaginaire")
    place.cut_last()
    with serving(tmp_path / "reseau28.db", tmp_path / "home") as running:
        assert running.stop() == 0
        assert running.process.stderr is not None
        said = as_typed(running.process.stderr.read())
    assert said.startswith("Cette machine a vu l'acte 2 de ce réseau le ")
    assert "la fin a été retirée" in said


def refuse(host: str, port: int, place: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        server.serve(Settings(str(place)), host, port, login=False, on_ready=lambda address: None, say=print)
    return caught.value


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        error = refuse("127.0.0.1", other.getsockname()[1], tmp_path / "reseau28.db")
    assert error.code == "port_in_use"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "localhost.exemple.test"])
def test_beyond_the_loopback_accounts_are_required(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    assert accounts.accounts() == {}
    assert refuse(host, 0, tmp_path / "reseau28.db").code == "no_account"
    assert not (tmp_path / "reseau28.db").exists()


def test_what_the_loopback_is() -> None:
    assert all(server.is_loopback(host) for host in ("127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"))
    assert not any(
        server.is_loopback(host) for host in ("0.0.0.0", "::", "192.0.2.1", "localhost.", "", "exemple.test")
    )


def test_many_ask_at_once(served: Served) -> None:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(served.ask("/sante").status)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 8
