"""The command line on stores of its own: a data folder that is empty, and small networks to look at."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from crm.network import Network, provider
from crm.network.rights import Actor, Role
from crm.records import exchanges, organisations, people
from crm.store import open_store
from graph_schema.exchanges import Direction
from tests.ui.application import as_typed
from tests.ui.cli.invocation import Reseau28, Result
from ui.cli import run

ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the test; not made yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("RESEAU28_HOME", str(folder))
    monkeypatch.delenv("RESEAU28_STORE", raising=False)
    monkeypatch.delenv("RESEAU28_NEO4J_PASSWORD", raising=False)
    return folder


@pytest.fixture
def reseau28(capfd: pytest.CaptureFixture[str]) -> Reseau28:
    """The command line: its arguments in, its result out."""

    def invoke(*arguments: object) -> Result:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Result(status, out if out.startswith("{") else as_typed(out), as_typed(err))

    return invoke


@pytest.fixture(scope="session")
def three_partners(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three partners around Lens: an employer freshly called, a mission locale, an employer never met."""
    file = tmp_path_factory.mktemp("three") / "three.db"
    store = open_store(str(file))
    network = Network(store, Actor("C. Exemple", Role.ADMIN))
    provider.save(network, {"name": "Organisme Exemple", "zone": ["departement:62"]})
    garage, mission, _ = (
        organisations.create(network, {"postal_code": "62300", "city": "Lens", **values}).value
        for values in (
            {"name": "Garage Fictif", "siret": "00000000000018", "tier": "A", "owner": "C. Exemple"},
            {"name": "Mission locale Exemple", "kind": "service_public_emploi"},
            {"name": "Atelier Imaginaire", "postal_code": "62000", "city": "Arras"},
        )
    )
    tutor = people.add(network, garage, {"given_name": "Claire", "family_name": "Exemple"}, {"role": "tutrice"}).value
    exchanges.log(network, [garage], [tutor], on=date(2026, 11, 10), direction=Direction.MUTUAL)
    exchanges.log(network, [mission], on=date(2025, 1, 10), direction=Direction.MUTUAL)
    store.close()
    return file


@pytest.fixture
def partners_file(three_partners: Path, tmp_path: Path) -> Path:
    """A copy of that store, which the test may change."""
    return Path(shutil.copy(three_partners, tmp_path / "partners.db"))


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    """A list of two partners, the second of which has no name."""
    file = tmp_path / "liste.csv"
    file.write_text("Nom;SIRET;Code postal;Ville\nGarage Fictif;00000000000018;62300;Lens\n;;62300;Lens\n", "utf-8")
    return file
