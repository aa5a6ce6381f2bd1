"""The sheet of a partner or a person: everything known, and what can be done with it."""

import pytest

from crm import days
from crm.ledger import redaction, versions
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.records import exchanges, links, organisations, people
from crm.records.sheet import sheet as read_sheet
from crm.store.protocol import Query
from graph_schema.exchanges import Direction
from graph_schema.wording import NBSP, short_date
from tests.ui.application import as_typed, errors, opened, trigger, words
from tests.ui.screens.conftest import TODAY, ago, contact, partner
from ui import session


def test_a_sheet_says_who_where_how_fresh_and_why(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=10, siret="00000030700017", city="Lens", owner="J. Fictif")
    contact(network, id, "Exemple")
    said = words(opened("partenaires", fiche=id))
    assert "Garage Exemple</h1>" in said
    assert "rang A" in said
    assert "suivi par J. Fictif" in said
    assert "000 000 307 00017" in said.replace(NBSP, " ")
    assert "clé valide" in said
    assert "Dernier échange il y a 10 jours" in said
    assert "1 échange, mais ni convention" in said
    assert "Mme Exemple" in said
    assert "Tutrice" in said


def test_a_wrong_key_is_marked(network: Network) -> None:
    id = partner(network, "Garage Exemple", siret="00000030700018")
    assert "clé fausse" in words(opened("partenaires", fiche=id))


def test_an_unanswered_message_is_told(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=70)
    exchanges.log(network, [id], on=ago(5), direction=Direction.FROM_US)
    assert f"Relancé le {ago(5):%d/%m/%Y}, sans réponse." in words(opened("partenaires", fiche=id))


def test_of_those_who_received_a_newsletter_some_are_named(network: Network) -> None:
    ids = [partner(network, f"Garage Exemple {n:02}") for n in range(12)]
    exchanges.log(network, ids, on=ago(5), direction=Direction.FROM_US)
    said = words(opened("partenaires", fiche=ids[0], partie="echanges"))
    table = said[said.index('class="rows exchanges"') :]
    assert "Garage Exemple 06</a> et 5 autres" in table
    assert "Garage Exemple 07" not in table[: table.index("et 5 autres")]


def test_a_person_is_shown_with_every_role(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Hôtel Fictif")
    person = contact(network, one, "Exemple")
    people.join(network, person, other, {"role": "Direction", "valid_to": ago(30).isoformat()})
    said = words(opened("partenaires", fiche=person))
    assert "Mme Exemple</h1>" in said
    assert "Tutrice, Garage Exemple" in said
    assert "1 rôle passé</summary>" in said
    assert "Hôtel Fictif" in said


def test_links_read_both_ways_with_dates(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Branche Fictive")
    links.connect(network, "MemberOf", one, other, {"valid_from": "2024-01-01", "evidence": ["p1"]})
    assert "adhère à <" in words(opened("partenaires", fiche=one))
    said = words(opened("partenaires", fiche=other))
    assert "a pour membre <" in said
    assert "depuis le 01/01/2024" in said
    assert "1 preuve" in said


@pytest.mark.parametrize("id", ["rien", "<b>", "x" * 500])
def test_an_unknown_record_leads_back_to_the_list(network: Network, id: str) -> None:
    partner(network, "Garage Exemple")
    app = opened("partenaires", fiche=id)
    assert "Revenir à la liste" in words(app)
    assert errors(app) == []


def test_only_parts_that_hold_something_have_a_tab(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    assert "Échanges" not in words(opened("partenaires", fiche=id)).split('class="parts"')[1].split("</nav>")[0]
    exchanges.log(network, [id], on=TODAY, direction=Direction.MUTUAL)
    assert ">Échanges 1</a>" in words(opened("partenaires", fiche=id))


def test_agreements_show_their_status_on_the_day(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    values = {"subject": "Accueil", "signed_on": ago(400).isoformat(), "ends_on": ago(30).isoformat()}
    agreement = network.commit("Convention", lambda unit: unit.create("Agreement", values)).value
    links.connect(network, "PartyTo", id, agreement)
    assert "Échue" in words(opened("partenaires", fiche=id, partie="conventions"))
    then = opened("partenaires", fiche=id, partie="conventions", date=ago(60).isoformat())
    assert "Signée" in words(then)


def test_in_the_past_nothing_can_be_edited(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=90)
    contact(network, id, "Exemple")
    for act in ("echange", "modifier", "personne", "lien", "supprimer"):
        app = opened("partenaires", fiche=id, faire=act, date=ago(30).isoformat())
        assert "Garage Exemple" in words(app)
        assert "Consigner un échange" not in words(app)
        assert [as_typed(button.label) for button in app.button] == ["Revenir à aujourd'hui"]


def test_a_reader_sees_no_button_and_no_history(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    id = partner(network, "Garage Exemple")
    monkeypatch.setattr(session, "actor", lambda: Actor("L. Exemple", Role.READER))
    app = opened("partenaires", fiche=id, faire="modifier", partie="historique")
    assert len(app.button) == 0
    assert "Historique" not in words(app)
    assert "Ajouter un partenaire" not in words(app)
    assert errors(app) == []


def test_an_exchange_is_logged_with_one_line_and_its_sentence_stands_on_the_sheet(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=90)
    person = contact(network, id, "Exemple")
    text = "Eu Mme Exemple au téléphone, deux places en septembre"
    app = trigger(opened("partenaires", fiche=id, faire="echange"), "examples", "save", {"text": text})
    newest = network.read(lambda tx: tx.find(Query("Exchange", order="on", descending=True))).items[0]
    assert newest.values == {
        "on": TODAY.isoformat(), "channel": "appel", "direction": "mutuel", "subject": "deux places en septembre",
        "said": text,
    }  # fmt: skip
    involved = {link.target for link in network.read(lambda tx: tx.links_of([newest.id]))}
    assert involved == {id, person}
    assert "Échange consigné avec" in words(app)
    assert "faire" not in app.query_params
    assert text in words(opened("partenaires", fiche=id))


def test_history_tells_who_changed_what_and_brings_a_version_back(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    organisations.edit(network, id, {"name": "Garage Fictif"}, 1)
    app = opened("partenaires", fiche=id, partie="historique")
    assert "<b>C. Exemple</b> a modifié cette fiche" in words(app)
    assert "Nom : <del>Garage Exemple</del> → <ins>Garage Fictif</ins>" in words(app)
    app.button(key="restore-1").click().run()
    assert "Garage Exemple</h1>" in words(app)
    assert network.read(lambda tx: tx.get([id]))[id].revision == 3


def test_a_role_is_ended_and_stays_among_the_past_ones(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    contact(network, id, "Exemple")
    (role,) = network.read(lambda tx: tx.links_of([id], ["WorksFor"]))
    app = opened("partenaires", fiche=id, faire="changer", cible=role.id)
    app.button(key="link-end").click().run()
    assert network.read(lambda tx: tx.get_links([role.id]))[role.id].values["valid_to"] == TODAY.isoformat()
    assert "Rôle terminé" in words(app)
    assert "faire" not in app.query_params


def test_a_link_made_by_mistake_is_deleted(network: Network) -> None:
    one, other = partner(network, "Garage Exemple"), partner(network, "Branche Fictive")
    link = links.connect(network, "MemberOf", one, other).value
    opened("partenaires", fiche=one, faire="changer", cible=link).button(key="link-delete").click().run()
    assert network.read(lambda tx: tx.get_links([link])) == {}


def test_deleting_asks_first_then_goes_back_to_the_list(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=3)
    app = opened("partenaires", fiche=id, faire="supprimer")
    assert "<strong>Garage Exemple</strong> et 1 lien" in words(app)
    app.button(key="remove").click().run()
    assert "Supprimé du réseau : Garage Exemple." in words(app)
    assert "fiche" not in app.query_params
    assert network.read(lambda tx: tx.get([id])) == {}


def test_the_links_of_a_hub_come_by_pages(network: Network) -> None:
    hub = partner(network, "Garage Exemple")

    def tie(unit: UnitOfWork) -> None:
        for number in range(105):
            unit.connect(
                "WorksWith", unit.create("Organisation", {"name": f"Client {number:03}", "kind": "entreprise"}), hub
            )

    network.commit("Liens", tie)
    said = words(opened("partenaires", fiche=hub))
    assert said.count('aria-label="Modifier ou terminer') == 100
    assert "Voir 5 de plus sur 105" in said
    longer = words(opened("partenaires", fiche=hub, lignes="200"))
    assert longer.count('aria-label="Modifier ou terminer') == 105


def test_an_exchange_says_how_long_after_the_fact_it_was_entered(network: Network) -> None:
    id = partner(network, "Garage Exemple", last=12)
    (exchange,) = (tie.other.id for tie in read_sheet(network, id, TODAY).of("Involves"))
    said = words(opened("partenaires", fiche=exchange))
    assert f"au journal depuis le {short_date(TODAY)}, 12 jours après les faits" in said
    assert "12 jours après les faits" in words(opened("partenaires", fiche=exchange, partie="historique"))


def test_what_was_erased_from_the_journal_says_when_and_by_whom(network: Network) -> None:
    id = partner(network, "Garage Exemple")
    organisations.edit(network, id, {"name": "Garage Fictif"}, 1)
    (newest, first) = versions.versions(network, id)
    for erased in (first, newest):
        position = redaction.position_of(network, erased.commit.number, id)
        redaction.redact(network, erased.commit.number, position, keep_current=True)
    app = opened("partenaires", fiche=id, partie="historique")
    assert errors(app) == []
    by = [each.commit for each in versions.versions(network, id)[:2]]
    for commit in by:
        assert f"Contenu effacé du journal le {days.moment(commit.at)}, par C. Exemple." in words(app)
    assert words(app).count("a effacé du journal un ancien contenu de cette fiche") == 2
    assert ("Garage Exemple" in words(app), "<del>" in words(app)) == (False, False)
