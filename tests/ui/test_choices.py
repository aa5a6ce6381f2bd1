"""Streamlit's scripts, changed on their way out: another Streamlit is refused, kept copies are not used."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crm.store import open_store
from tests.ui.served import serving
from ui import choices, cli, streamlit_parts


@pytest.fixture
def streamlit_scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in place of Streamlit's, with the scripts that are known here."""
    folder = tmp_path / "js"
    folder.mkdir()
    for pattern in choices._CHANGES:
        for path in streamlit_parts.SCRIPTS.glob(pattern):
            (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(streamlit_parts, "SCRIPTS", folder)
    choices.scripts.cache_clear()
    choices.import_map.cache_clear()
    yield folder
    choices.scripts.cache_clear()
    choices.import_map.cache_clear()


def changed(folder: Path) -> None:
    """What another version may do."""
    script = next(folder.glob("Multiselect.*.js"))
    script.write_text(script.read_text(encoding="utf-8").replace("Add: ", "New: "), encoding="utf-8")


def missing(folder: Path) -> None:
    """What another version may do."""
    next(folder.glob("Selectbox.*.js")).unlink()


@pytest.mark.parametrize("another", [changed, missing])
@pytest.mark.parametrize("as_json", [False, True])
def test_another_streamlit_is_refused_in_one_sentence(
    streamlit_scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
    another: Callable[[Path], None], as_json: bool,
) -> None:  # fmt: skip
    monkeypatch.setenv("RESEAU28_HOME", str(tmp_path / "home"))
    store = tmp_path / "reseau28.db"
    open_store(str(store)).close()
    another(streamlit_scripts)
    status = cli.run([*(["--json"] if as_json else []), "--store", str(store), "serve", "--port", "0"])
    out, err = capfd.readouterr()
    said = json.loads(out)["error"]["message"] if as_json else err
    assert status == 5
    assert "Le Streamlit installé" in said
    assert "pip install -r requirements.txt" in said
    assert err.count("\n") == (0 if as_json else 1)
    assert "Traceback" not in out + err


def test_the_page_gives_the_changed_scripts_addresses_of_their_own(tmp_path: Path) -> None:
    """A browser that kept Streamlit's own for months would not ask again under their names."""
    with serving(tmp_path / "reseau28.db", tmp_path) as server:
        page = server.ask("/", Accept="text/html").text
        imports: dict[str, str] = json.loads(choices.import_map())["imports"]
        answers = {own: (server.ask(own), server.ask(ours)) for own, ours in imports.items()}
    assert page.index(choices.import_map()) < page.index('type="module"')
    assert len(answers) == 3
    for own, (under_its_name, under_ours) in answers.items():
        assert under_its_name.text == under_ours.text == choices.scripts()[Path(own).name].decode()
        assert under_its_name.headers["cache-control"] == "no-cache"
        assert "immutable" in under_ours.headers["cache-control"]
