"""What other people keep in the same Neo4j database is neither read, nor checked, nor erased; it is counted apart."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from neo4j import GraphDatabase, Session

from crm.canvas.building import scene
from crm.canvas.state import CanvasState
from crm.ledger.undo import undo
from crm.ledger.verify import verify
from crm.measures.measuring import measures
from crm.measures.snapshots import whole
from crm.network import Network
from crm.network.identity import new_id
from crm.network.rights import Actor, Role
from crm.records import exchanges, links, organisations, people, serving
from crm.records.search import search
from crm.records.sheet import sheet
from crm.store import open_store
from crm.store.protocol import Query, Store
from crm.upkeep import copying, doctor
from crm.upkeep.backup import backup
from graph_schema.exchanges import Direction
from graph_schema.records import Record
from graph_schema.territory import Level, place
from tests.crm.store.neo4j_addresses import address_of, opened
from tests.neo4j_server.fixtures import Neo4jAddress

pytestmark = pytest.mark.neo4j

ON = date(2026, 11, 20)
ADMIN = Actor("C. Exemple", Role.ADMIN)

THEIRS = """
MATCH (n:Record) SET n.pagerank = 0.5, n.vu_le = date('2026-01-01'), n.lieu = point({x: 1, y: 2}), n:Cluster, n:Aimé
WITH collect(n) AS ours UNWIND ours AS n
CREATE (n)-[:AIME {depuis: date('2020-01-01'), id: 'x' + n.id}]->(:Personne {nom: 'Fictif'})
WITH DISTINCT ours MATCH (a:Person:Record), (b:Organisation:Record)
CREATE (b)-[:AIME]->(a)
CREATE (a)-[:WORKS_FOR {vu: 'ailleurs'}]->(b)
WITH DISTINCT ours MATCH ()-[r]->() WHERE r.id IS NOT NULL SET r.poids = duration('P1D'), r.note_a_part = [1, 2]
"""
DRAWN = """
CREATE (:Person {nom: 'Dessinée'})-[:WORKS_FOR]->(:Organisation {raison: 'Dessinée aussi'}),
       (:Exchange {on: date('2026-11-19')})-[:INVOLVES]->(:Person), (:Commit {sha: 'abc'}),
       (:Change {what: 'rien'}), (:Store {rayon: 'pain'})
"""


@pytest.fixture
def store(blank_neo4j: Neo4jAddress) -> Iterator[Store]:
    """An empty network on a server."""
    with opened(blank_neo4j) as store:
        yield store


@pytest.fixture
def network(store: Store) -> Network:
    """The network, as an administrator works on it."""
    return Network(store, ADMIN)


@pytest.fixture
def theirs(blank_neo4j: Neo4jAddress) -> Iterator[Session]:
    """What someone else does, past the store."""
    with GraphDatabase.driver(blank_neo4j.uri, auth=blank_neo4j[1:]) as driver, driver.session() as session:
        yield session


def filled(network: Network) -> tuple[str, str]:
    """A partner with a contact, an exchange and a territory served; ids of the partner and the person."""
    partner = organisations.create(network, {"name": "Garage Exemple", "commune": "62498", "tier": "A"}).value
    person = people.add(network, partner, {"family_name": "Fictif", "civility": "mme"}).value
    exchanges.log(network, [partner], [person], on=date(2026, 11, 18), direction=Direction.MUTUAL)
    lens = place(Level.COMMUNE, "62498")
    assert lens is not None
    serving.serve(network, partner, lens)
    return partner, person


def held(network: Network) -> list[Record]:
    """Every record, in order."""
    return sorted(network.read(lambda tx: list(tx.records())), key=lambda record: record.id)


def test_what_others_add_changes_nothing_of_what_is_read(network: Network, theirs: Session) -> None:
    partner, person = filled(network)

    def seen() -> list[object]:
        measured = measures(network, ON)
        drawn = scene(network, measured, CanvasState(starts=(partner,)))
        return [
            held(network),
            network.read(lambda tx: tx.find(Query("Person")).items),
            network.read(lambda tx: tx.links_of([partner, person])),
            network.read(lambda tx: tx.neighbourhood([partner], 2)),
            network.read(lambda tx: sorted(tx.contacts(date(2026, 1, 1), ON))),
            network.read(lambda tx: [tx.count(type) for type in ("Person", "Organisation", "Exchange")]),
            network.read(lambda tx: tx.info()),
            search(network, "fictif"),
            sheet(network, partner, ON),
            network.read(lambda tx: whole(tx, ON)),
            (drawn.nodes, drawn.links),
            verify(network),
        ]

    before = seen()
    theirs.run(THEIRS).consume()
    theirs.run(DRAWN).consume()
    assert seen() == before
    assert before[-1] == []


def test_an_enriched_graph_is_edited_undone_and_copied_and_keeps_what_is_theirs(
    network: Network, theirs: Session, tmp_path: Path
) -> None:
    partner, person = filled(network)
    theirs.run(THEIRS).consume()
    kept = network.read(lambda tx: tx.strangers())
    organisations.edit(network, partner, {"note": "Vu au salon", "tier": "B"}, 1)
    organisations.edit(network, partner, {"note": None, "kind": "service_public_emploi"}, 2)
    (role,) = network.read(lambda tx: tx.links_of([person], ["WorksFor"]))
    links.edit(network, role.id, {"role": "Directrice"})
    added = network.commit(
        "Import",
        lambda unit: unit.create("Organisation", {"name": "Atelier Fictif"}),
        run="essai",
        source="import:x.csv",
    )
    undo(network, "essai")
    assert network.read(lambda tx: tx.get([added.value])) == {}
    assert network.read(lambda tx: tx.strangers()) == kept
    row = theirs.run("MATCH (n:Record {id: $id}) RETURN n.pagerank, n.vu_le, labels(n), n.note", id=partner).single()
    assert row is not None
    rank, seen_on, labels, note = row
    assert (rank, seen_on.iso_format(), note) == (0.5, "2026-01-01", None)
    assert set(labels) == {"Record", "Organisation", "Institution", "Cluster", "Aimé"}
    assert verify(network) == []
    file = tmp_path / "copie.db"
    backup(network, file)
    with closing(open_store(str(file))) as copy:
        assert held(Network(copy, ADMIN)) == held(network)
    with closing(open_store(str(tmp_path / "autre.db"))) as copy:
        copying.copy(network, Network(copy, ADMIN))
        assert held(Network(copy, ADMIN)) == held(network)
        assert not any(copy.read(lambda tx: tx.strangers()))


def test_a_link_whose_ends_move_takes_along_what_others_wrote_on_it(network: Network, theirs: Session) -> None:
    _, person = filled(network)
    other = organisations.create(network, {"name": "Atelier Fictif"}).value
    theirs.run("MATCH (:Person)-[r:WORKS_FOR]->() SET r.poids = 3").consume()
    (role,) = network.read(lambda tx: tx.links_of([person], ["WorksFor"]))
    network.store.write(lambda tx: tx.save(links=[role._replace(target=other)]))
    assert theirs.run("MATCH (:Person)-[r:WORKS_FOR]->(o) RETURN o.id, r.poids, r.id").values() == [[other, 3, role.id]]


def test_a_deleted_record_leaves_others_their_relationships(network: Network, theirs: Session) -> None:
    partner, person = filled(network)
    theirs.run("MATCH (n:Person:Record) CREATE (n)-[:AIME]->(:Chat {nom: 'Exemple'}) SET n:Vip, n.rang = 1").consume()
    network.commit("Suppression", lambda unit: unit.delete([person]))
    assert network.read(lambda tx: tx.get([person])) == {}
    assert theirs.run("MATCH (n)-[:AIME]->(:Chat) RETURN labels(n), properties(n)").values() == [
        [["Vip"], {"rang": 1, "id": person}]
    ]
    assert verify(network) == []
    restored = network.read(lambda tx: tx.history(person))[0][1].before
    network.commit("Retour", lambda unit: unit.create("Person", restored or {}, id=person, revision=3))
    assert network.read(lambda tx: tx.get([person]))[person].values["family_name"] == "Fictif"
    network.commit("Suppression", lambda unit: unit.delete([partner]))
    assert verify(network) == []


@pytest.mark.parametrize(
    "alteration",
    [
        "MATCH (n:Exchange) SET n.on = date(n.on)",
        "MATCH (n:Exchange) SET n.on = datetime('2026-11-18T00:00:00Z')",
        "MATCH (n:Organisation) SET n.name = 12",
        "MATCH (n:Organisation) SET n.latitude = '50,4'",
        "MATCH (n:Organisation) SET n.tags = 'bois'",
        "MATCH (n:Organisation) SET n.tags = [1, 2]",
        "MATCH (n:Organisation) SET n.closed = 'oui'",
        "MATCH (n:Organisation) SET n.kind = 'inconnue'",
        "MATCH (n:Person) SET n.civility = 'inconnue'",
        "MATCH ()-[r:WORKS_FOR]->() SET r.valid_from = date('2020-01-01')",
        "MATCH (n:Person:Record) REMOVE n.revision",
        "MATCH (n:Person:Record) SET n.revision = 'une'",
        "MATCH (n:Person:Record) SET n:Organisation",
        "MATCH (n:Person:Record) REMOVE n:Person",
        "MATCH (k:Commit) SET k.detail = 'rien', k.at = datetime()",
        "MATCH (k:Commit) REMOVE k.author",
        "MATCH (c:Change) SET c.after = '{', c.revision = 1.5",
    ],
)
def test_what_is_ours_and_was_altered_by_hand_is_a_fault_with_a_name(
    network: Network, theirs: Session, alteration: str
) -> None:
    partner, _ = filled(network)
    theirs.run(alteration).consume()
    assert verify(network)
    assert sheet(network, partner, ON).record.id == partner
    network.read(lambda tx: whole(tx, ON))
    search(network, "exemple")
    network.read(lambda tx: tx.find(Query("Person")))
    network.read(lambda tx: list(tx.commits()))


def test_a_native_date_is_read_as_its_day_and_mended_by_an_edit(network: Network, theirs: Session) -> None:
    partner, _ = filled(network)
    theirs.run("MATCH (n:Exchange:Record) SET n.on = date(n.on)").consume()
    (exchange,) = network.read(lambda tx: tx.find(Query("Exchange")).items)
    assert exchange.values["on"] == "2026-11-18"
    assert network.read(lambda tx: dict(tx.contacts(date(2026, 1, 1), ON)))[partner].received == date(2026, 11, 18)
    assert [fault.code for fault in verify(network)] == ["record_altered"]
    network.commit("Retouche", lambda unit: unit.update(exchange.id, {"subject": "Visite"}))
    assert verify(network) == []


def test_they_are_counted_apart(network: Network, theirs: Session, blank_neo4j: Neo4jAddress, tmp_path: Path) -> None:
    filled(network)
    info = network.read(lambda tx: tx.info())
    assert not any(network.read(lambda tx: tx.strangers()))
    theirs.run("MATCH (n:Person:Record) SET n:Vip, n.rang = 1, n.score = 2 CREATE (n)-[:AIME]->(:Chat)").consume()
    theirs.run("MATCH (:Record)-[r:WORKS_FOR]->(:Record) SET r.poids = 1").consume()
    found = network.read(lambda tx: tx.strangers())
    assert found == (1, 1, 1, 3)
    assert network.read(lambda tx: tx.info()) == info
    checks = doctor.examine(address_of(blank_neo4j), blank_neo4j.password, tmp_path)
    (said,) = [check.seen for check in checks if check.name == "Autres données de la base"]
    assert said.startswith("1 nœud, 1 relation, 1 étiquette, 3 propriétés")


def test_a_foreign_node_of_our_label_holds_no_record_up(network: Network, theirs: Session) -> None:
    theirs.run("CREATE (:Organisation {siret: '1'}), (:Record {id: 'leur'}), (:Record {nom: 'x'})").consume()
    id = new_id()
    network.commit("Ajout", lambda unit: unit.create("Organisation", {"name": "Atelier Exemple"}, id=id))
    assert network.read(lambda tx: [r.id for r in tx.find(Query("Organisation")).items]) == [id]
    assert network.read(lambda tx: tx.get(["leur"])) == {}
    assert verify(network) == []
