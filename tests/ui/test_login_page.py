"""Logging in and out of a real server: nothing without a session, no way around the form."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from crm.network.rights import Actor, Right, Role
from tests.ui.served import Answer, Served, serving
from ui import accounts, login_log, logins, proxies
from ui.login_log import LoginEvent
from ui.plain_page import FORM_COOKIE

PASSWORD = "un mot de passe assez long"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the server."""
    return tmp_path_factory.mktemp("login")


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """The application with login, and two accounts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEAU28_HOME", str(folder))
        accounts.add("C. Exemple", Role.MANAGER, PASSWORD)
        accounts.add("M. Fictif", Role.READER, PASSWORD)
    with serving(folder / "reseau28.db", folder, "--login") as running:
        yield running


def log_in(served: Served, name: str = "C. Exemple", password: str = PASSWORD, to: str = "/", **headers: str) -> Answer:
    form = served.ask("/connexion")
    token = form.cookies[FORM_COOKIE]
    given = {"jeton": token, "nom": name, "mot": password, "vers": to}
    return served.ask("/connexion", "POST", form=given, Cookie=f"{FORM_COOKIE}={token}", **headers)


def test_a_page_leads_to_the_form_and_back(served: Served) -> None:
    away = served.ask("/partenaires?fiche=a%20b", Accept="text/html")
    assert (away.status, away.headers["location"]) == (303, "/connexion?vers=%2Fpartenaires%3Ffiche%3Da%2520b")
    form = served.ask(away.headers["location"])
    assert 'name="vers" value="/partenaires?fiche=a%20b"' in form.text
    back = log_in(served, to="/partenaires?fiche=a%20b")
    assert (back.status, back.headers["location"]) == (303, "/partenaires?fiche=a%20b")
    page = served.ask("/", Cookie=f"{logins.COOKIE}={back.cookies[logins.COOKIE]}")
    assert (page.status, '<div id="root">' in page.text) == (200, True)


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/_stcore/host-config"), ("GET", "/static/x.js"), ("POST", "/_stcore/upload_file/a/b"), ("GET", "/")],
)
def test_all_else_is_refused_without_a_session(served: Served, method: str, path: str) -> None:
    assert served.ask(path, method).status == 401


def test_the_websocket_is_refused_without_a_session(served: Served) -> None:
    with pytest.raises(InvalidStatus):
        connect(f"ws://127.0.0.1:{served.port}/_stcore/stream")
    cookie = log_in(served).cookies[logins.COOKIE]
    with connect(
        f"ws://127.0.0.1:{served.port}/_stcore/stream",
        additional_headers={"Cookie": f"{logins.COOKIE}={cookie}"},
        subprotocols=[Subprotocol("streamlit")],
    ) as socket:
        assert socket.response is not None


def test_the_icon_needs_no_session(served: Served) -> None:
    answer = served.ask("/favicon.ico")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert "<svg" in answer.text


def test_health_needs_no_session(served: Served) -> None:
    assert served.ask("/sante").status == 200


def attributes(answer: Answer, cookie: str) -> set[str]:
    (line,) = (line for line in answer.set_cookies if line.startswith(f"{cookie}="))
    return {part.strip().lower() for part in line.split(";")[1:]}


def test_no_script_and_no_other_site_reaches_the_session(served: Served) -> None:
    plain = log_in(served)
    assert {"httponly", "samesite=lax", "path=/"} <= attributes(plain, logins.COOKIE)
    assert "secure" not in attributes(plain, logins.COOKIE)
    assert {"httponly", "samesite=strict"} <= attributes(served.ask("/connexion"), FORM_COOKIE)


def test_each_login_has_a_session_of_its_own(served: Served) -> None:
    first, second = (log_in(served).cookies[logins.COOKIE] for _ in range(2))
    assert first != second
    assert len(first) >= 43


def test_a_wrong_name_and_a_wrong_password_look_alike(served: Served) -> None:
    answers = [log_in(served, "Personne"), log_in(served, "C. Exemple", "autre chose")]
    assert [answer.status for answer in answers] == [401, 401]
    assert all("ne vont pas ensemble" in answer.text for answer in answers)
    assert not any(logins.COOKIE in answer.cookies for answer in answers)


@pytest.mark.parametrize("token", ["", "faux", "a" * 43])
def test_a_form_of_another_browser_is_refused(served: Served, token: str) -> None:
    given = {"jeton": token, "nom": "C. Exemple", "mot": PASSWORD}
    mine = served.ask("/connexion").cookies[FORM_COOKIE]
    for cookie in (f"{FORM_COOKIE}={mine}", f"{FORM_COOKIE}=", "autre=1"):
        answer = served.ask("/connexion", "POST", form=given, Cookie=cookie)
        assert (answer.status, logins.COOKIE in answer.cookies) == (403, False)


def test_two_tabs_share_one_form(served: Served) -> None:
    token = served.ask("/connexion").cookies[FORM_COOKIE]
    again = served.ask("/connexion", Cookie=f"{FORM_COOKIE}={token}")
    assert f'value="{token}"' in again.text


@pytest.mark.parametrize(
    "target",
    ["http://exemple.test/", "//exemple.test", "/\\exemple.test", "javascript:alert(1)", "", "/a\r\nSet-Cookie: b=c"],
)
def test_nobody_is_sent_elsewhere_after_logging_in(served: Served, target: str) -> None:
    assert log_in(served, to=target).headers["location"] == "/"


def test_what_is_typed_is_never_taken_for_markup(served: Served) -> None:
    answer = log_in(served, '"><script>alert(1)</script>', to='/"><b>')
    assert "<script>" not in answer.text
    assert "<b>" not in answer.text


def test_a_form_too_large_is_refused(served: Served) -> None:
    assert log_in(served, password="a" * 20_000).status == 403


def test_logging_out_ends_the_session_for_everyone_who_knows_its_name(served: Served) -> None:
    cookie = f"{logins.COOKIE}={log_in(served).cookies[logins.COOKIE]}"
    form = served.ask("/deconnexion", Cookie=cookie)
    token = form.cookies[FORM_COOKIE]
    assert served.ask("/deconnexion", "POST", form={"jeton": "faux"}, Cookie=cookie).status == 403
    assert served.ask("/", Cookie=cookie).status == 200
    gone = served.ask("/deconnexion", "POST", form={"jeton": token}, Cookie=f"{cookie}; {FORM_COOKIE}={token}")
    assert (gone.status, gone.headers["location"]) == (303, "/connexion")
    assert served.ask("/", Cookie=cookie).status == 401


def test_too_many_attempts_must_wait_even_with_the_right_password(served: Served) -> None:
    statuses = [log_in(served, "M. Fictif", "au hasard").status for _ in range(logins.ATTEMPTS + 1)]
    assert statuses == [401] * logins.ATTEMPTS + [429]
    told = log_in(served, "M. Fictif")
    assert (told.status, "secondes, puis recommencez" in told.text) == (429, True)
    assert log_in(served, "C. Exemple").status == 303


def test_an_office_that_logs_in_well_is_never_locked_out(served: Served) -> None:
    """Thirty good logins from one address once locked out everyone behind it."""
    assert {log_in(served).status for _ in range(logins.ATTEMPTS_BY_ADDRESS + 2)} == {303}


def test_forwarded_headers_of_nobody_declared_are_not_believed(served: Served) -> None:
    """Anyone could otherwise change address at each attempt; the loopback is no exception."""
    statuses = [
        log_in(served, "Inconnue", "au hasard", X_Forwarded_For=f"192.0.2.{n}").status
        for n in range(logins.ATTEMPTS + 1)
    ]
    assert statuses == [401] * logins.ATTEMPTS + [429]
    assert "secure" not in attributes(log_in(served, X_Forwarded_Proto="https"), logins.COOKIE)


def test_a_declared_proxy_says_who_asks_and_how(served: Served, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(proxies.VARIABLE, "127.0.0.1")
        with serving(folder / "reseau28.db", folder, "--login") as running:
            for _ in range(logins.ATTEMPTS):
                log_in(running, "M. Fictif", "au hasard", X_Forwarded_For="192.0.2.1")
            assert log_in(running, "M. Fictif", X_Forwarded_For="192.0.2.1").status == 429
            # What the browser itself wrote stands before what the proxy saw.
            assert log_in(running, "M. Fictif", X_Forwarded_For="192.0.2.9, 192.0.2.1").status == 429
            let_in = log_in(running, "M. Fictif", X_Forwarded_For="192.0.2.2", X_Forwarded_Proto="https")
            assert (let_in.status, "secure" in attributes(let_in, logins.COOKIE)) == (303, True)
            form = running.ask("/connexion", X_Forwarded_Proto="https")
            assert "secure" in attributes(form, FORM_COOKIE)
        with pytest.MonkeyPatch.context() as home:
            home.setenv("RESEAU28_HOME", str(folder))
            newest = next(each for each in login_log.entries())
    assert (newest.event, newest.account, newest.address) == (LoginEvent.LOGIN, "M. Fictif", "192.0.2.2")


def test_the_log_tells_who_came_was_refused_and_left_and_never_what_they_typed(served: Served, folder: Path) -> None:
    cookie = f"{logins.COOKIE}={log_in(served).cookies[logins.COOKIE]}"
    secret = "tapé au mauvais endroit"
    log_in(served, secret, secret)
    token = served.ask("/deconnexion", Cookie=cookie).cookies[FORM_COOKIE]
    served.ask("/deconnexion", "POST", form={"jeton": token}, Cookie=f"{cookie}; {FORM_COOKIE}={token}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEAU28_HOME", str(folder))
        newest = list(login_log.entries())[:3]
    assert [(each.event, each.account) for each in newest] == [
        (LoginEvent.LOGOUT, "C. Exemple"), (LoginEvent.REFUSED, None), (LoginEvent.LOGIN, "C. Exemple"),
    ]  # fmt: skip
    assert all(each.address == "127.0.0.1" for each in newest)
    kept = "".join(path.read_text(encoding="utf-8") for path in (folder / login_log.FOLDER).iterdir())
    assert not any(word in kept for word in (secret, PASSWORD, "hasard"))


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_import_sends_files(served: Served, folder: Path, role: Role) -> None:
    """Streamlit keeps what is sent before any screen has a say."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RESEAU28_HOME", str(folder))
        accounts.add(f"Test {role}", role, PASSWORD)
    cookie = f"{logins.COOKIE}={log_in(served, f'Test {role}').cookies[logins.COOKIE]}"
    answers = {
        served.ask("/_stcore/upload_file/a/b", method, Cookie=cookie).text for method in ("PUT", "POST", "DELETE")
    }
    refused = all("ne permet pas d'importer" in answer for answer in answers)
    assert refused is not Actor("Test", role).may(Right.IMPORT)
