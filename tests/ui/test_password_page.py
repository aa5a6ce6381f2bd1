"""« Changer mon mot de passe », on a real server: only one's own, with the present one, and other sessions end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.network.rights import Role
from tests.ui.served import Answer, Served, serving
from tests.ui.test_login_page import PASSWORD, log_in
from ui import accounts, login_log, logins
from ui.login_log import LoginEvent
from ui.plain_page import FORM_COOKIE

NEW = "un tout autre mot de passe"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the server, with one account."""
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path))
    accounts.add("C. Exemple", Role.READER, PASSWORD)
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    """The application with login."""
    with serving(folder / "reseau28.db", folder, "--login") as running:
        yield running


def session_of(answer: Answer) -> str:
    return f"{logins.COOKIE}={answer.cookies[logins.COOKIE]}"


def changed(served: Served, session: str, now: str = PASSWORD, new: str = NEW, again: str = NEW) -> Answer:
    token = served.ask("/mot-de-passe", Cookie=session).cookies[FORM_COOKIE]
    form = {"jeton": token, "actuel": now, "nouveau": new, "encore": again}
    return served.ask("/mot-de-passe", "POST", form=form, Cookie=f"{session}; {FORM_COOKIE}={token}")


def test_a_new_password_ends_every_other_session_and_begins_one_here(served: Served) -> None:
    here, elsewhere = session_of(log_in(served)), session_of(log_in(served))
    done = changed(served, here)
    assert (done.status, done.headers["location"]) == (303, "/")
    assert [served.ask("/", Cookie=each).status for each in (here, elsewhere)] == [401, 401]
    assert served.ask("/", Cookie=session_of(done)).status == 200
    assert log_in(served).status == 401
    assert log_in(served, password=NEW).status == 303
    assert (
        next(e.event for e in login_log.entries() if e.event not in (LoginEvent.LOGIN, LoginEvent.REFUSED))
        is LoginEvent.PASSWORD
    )


def test_what_is_wrong_is_said_and_changes_nothing(served: Served) -> None:
    session = session_of(log_in(served))
    cases = {
        "pas celui-là": {"now": "au hasard"}, "deux fois pareil": {"again": f"{NEW} !"},
        "au moins 12": {"new": "court", "again": "court"},
    }  # fmt: skip
    for words, typed in cases.items():
        answer = changed(served, session, **typed)
        assert answer.status == 422
        assert words in answer.text.replace("\u202f", " ").replace("\xa0", " ")
        assert NEW not in answer.text
    assert served.ask("/mot-de-passe", "POST", form={"jeton": "faux"}, Cookie=session).status == 403
    assert served.ask("/", Cookie=session).status == 200
    assert log_in(served).status == 303


def test_it_is_no_way_to_guess_a_password(served: Served) -> None:
    session = session_of(log_in(served))
    for number in range(logins.ATTEMPTS):
        assert changed(served, session, now=f"au hasard {number}").status == 422
    assert changed(served, session).status == 429
    assert "Trop d" in changed(served, session).text


def test_without_a_session_it_leads_to_the_login(served: Served) -> None:
    assert served.ask("/mot-de-passe").status == 401
    away = served.ask("/mot-de-passe", Accept="text/html")
    assert (away.status, away.headers["location"]) == (303, "/connexion?vers=%2Fmot-de-passe")
