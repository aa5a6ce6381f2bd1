"""The same files on both stores: any text ends, a Cap emploi counts for disability, exchanges say their subjects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm.ledger.verify import verify
from crm.measures.measuring import measures
from crm.network import Network
from crm.store import open_store
from graph_schema.vocabularies import Function
from importers import Column, Mapping, run
from importers.reading.headers import targets
from tests.crm.conftest import ADMIN
from tests.importers.files import write_csv
from tests.neo4j_server.fixtures import Neo4jAddress

NAME = "Organisation.name"


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def network(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Network]:
    """An empty network on each kind of store."""
    if request.param == "sqlite":
        store = open_store(str(tmp_path / "reseau28.db"))
    else:
        server: Neo4jAddress = request.getfixturevalue("blank_neo4j")
        store = open_store(server.written, password=server.password)
    yield Network(store, ADMIN)
    store.close()


def test_every_field_may_be_given_a_text_that_is_too_long(network: Network, tmp_path: Path) -> None:
    """Just within the longest text there may be, and beyond it: one row for each column and each length."""
    fed = [NAME, "Person.family_name", *(s for t in targets() if (s := str(t)) not in (NAME, "Person.family_name"))]
    mapping = Mapping(tuple(Column(each, index, each) for index, each in enumerate(fed)))
    rows = []
    for length in (19_990, 30_000):
        for column in range(1, len(fed)):
            cells = [f"Exemple {column} {length}", "Fictif", *[""] * (len(fed) - 2)]
            cells[column] = f"{column} {length} a@{'é' * length}.fr"
            rows.append(";".join(cells))
    file = write_csv(tmp_path / "a.csv", "\n".join([";".join(fed), *rows]))
    done = run(network, [file], mapping)
    assert done.tally.rows.total() == done.created + done.updated == len(rows)
    assert run(network, [file], mapping).run is None
    assert verify(network) == []


def test_an_imported_cap_emploi_counts_for_disability(network: Network, tmp_path: Path) -> None:
    text = "Structure;Ville;Type\nCap emploi Fictif;Lens;\nCAP EMPLOI EXEMPLE;Lens;Cap emploi\nMission locale;Lens;\n"
    run(network, [write_csv(tmp_path / "a.csv", text)])
    id = network.commit("Saisie", lambda unit: unit.create("Organisation", {"name": "Cap emploi Modèle"})).value
    found = _functions(network)
    both = {Function.EMPLOYMENT, Function.DISABILITY}
    assert found == {
        "Cap emploi Fictif": both, "CAP EMPLOI EXEMPLE": both, "Cap emploi Modèle": both,
        "Mission locale": {Function.EMPLOYMENT},
    }  # fmt: skip
    network.commit("Nom", lambda unit: unit.update(id, {"name": "Emploi Modèle"}))
    assert _functions(network)["Emploi Modèle"] == {Function.EMPLOYMENT}


def _functions(network: Network) -> dict[str, set[Function]]:
    rows = measures(network, network.today()).relations.snapshot.organisations.values()
    return {row.name: set(row.roles) for row in rows}


def test_an_exchange_is_tied_to_what_it_was_about(network: Network, tmp_path: Path) -> None:
    action = network.commit("Essai", lambda unit: unit.create("Programme", {"title": "BP Fictif"})).value
    text = (
        "Structure;Dernier échange;Formation concernée;Finalité\nExemple;12/03/2026;bp fictif;Accueil en entreprise\n"
    )
    file = write_csv(tmp_path / "a.csv", text)
    run(network, [file])
    (link,) = network.read(lambda tx: tx.links_of([action], ["Concerns"]))
    (exchange,) = network.read(lambda tx: tx.get([link.source])).values()
    assert (exchange.values["direction"], exchange.values["purpose"]) == ("mutuel", ["accueil"])
    assert run(network, [file]).run is None
