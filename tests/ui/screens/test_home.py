"""« Aujourd'hui » says whom to call and why, and an exchange logged there takes the row away."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from crm.measures.measuring import measures
from crm.network import Network
from crm.network.rights import Actor, Role
from crm.network.work import UnitOfWork
from crm.quick_log import completing
from crm.records import actions, exchanges, links, register
from graph_schema.exchanges import Direction
from graph_schema.vocabularies import Kind
from tests.crm.places import Place
from tests.ui.application import as_typed, errors, notices, opened, sent, trigger, words
from tests.ui.screens.conftest import TODAY, contact, partner, serve
from ui import quick_log, session, settings
from ui.screens.home import exports, pending


def agreement(network: Network, organisation: str, ends_in: int) -> str:
    """Add a signed agreement with it that ends in so many days; returns its id."""
    values = {
        "subject": "Accueil d'alternants",
        "signed_on": (TODAY - timedelta(days=300)).isoformat(),
        "ends_on": (TODAY + timedelta(days=ends_in)).isoformat(),
    }
    id = network.commit("Convention ajoutée", lambda unit: unit.create("Agreement", values)).value
    links.connect(network, "PartyTo", organisation, id)
    return id


def test_the_first_sentence_counts_what_is_to_be_done(network: Network) -> None:
    serve(network, "departement:62", "departement:59")
    late = partner(network, "Garage Exemple", last=90)
    partner(network, "Hôtel Fictif", last=3)
    agreement(network, late, ends_in=20)
    said = words(opened())
    assert ">1 partenaire</a> à contacter (1 à relancer, 0 jamais contacté)" in said
    assert ">1 convention</a> finit avant le" in said
    assert "sans employeur d&#x27;accueil" in said


def test_without_a_zone_nothing_is_called_white(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    assert "zone desservie" in words(opened())


def test_each_figure_opens_its_rows(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    agreement(network, late, ends_in=20)
    said = words(opened(voir="conventions"))
    assert "Conventions qui finissent bientôt" in said
    assert "Accueil d&#x27;alternants" in said


def test_a_row_says_since_when_why_and_whom_to_call(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    contact(network, late, "Exemple")
    said = words(opened())
    assert "90 j" in said
    assert "Mme Exemple, Tutrice." in said
    assert "tel:0353010000" in said


def test_no_more_than_ten_rows_unless_all_are_asked_for(network: Network) -> None:
    for number in range(12):
        partner(network, f"Garage Exemple {number:02}", last=70 + number)
    assert words(opened()).count("Consigner un échange avec") == 10
    assert words(opened()).count('class="door name"') == 10
    everything = words(opened(voir="relances"))
    assert all(f"Garage Exemple {number:02}" in everything for number in range(12))


def test_a_logged_exchange_takes_the_row_away_and_is_undone_by_one_button(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = opened(consigner=late)
    assert [data["open"] for data in sent(app) if "examples" in data] == [late]
    app = trigger(app, "examples", "save", {"text": "eu au téléphone, deux places en septembre"})
    assert errors(app) == []
    assert "Personne à contacter" in words(app)
    assert "Échange consigné avec Garage Exemple" in words(app)
    assert "consigner" not in app.query_params
    app.button(key="frame-undo").click().run()
    assert "Consigner un échange avec Garage Exemple" in words(app)
    assert "Annulé : Échange consigné" in words(app).replace("\\", "")


def test_an_unanswered_message_does_not_make_the_relation_fresh(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    said = "Pas de réponse, laissé un message sur le répondeur"
    app = trigger(opened(consigner=late), "examples", "save", {"text": said})
    assert "Consigner un échange avec Garage Exemple" in words(app)
    assert "sans réponse" in words(app)
    rows = network.read(lambda tx: list(tx.rows("Exchange", ["on", "direction", "said"])))
    newest = max(rows, key=lambda row: str(row[1]))
    assert newest[2:] == (Direction.FROM_US, said)


def test_what_is_not_certain_waits_in_a_list_and_is_settled_by_one_click(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = trigger(opened(), "examples", "save", {"text": "Garage Exemple et M. Quidam : deux places"})
    assert "1 échange à compléter" in words(app)
    app = opened(voir="a-completer")
    assert "Garage Exemple et M. Quidam : deux places" in words(app)
    (exchange,) = (each.id for each in completing.pending(network))
    app.button(key=f"way-d_eux-{exchange}").click().run()
    assert errors(app) == []
    app.button(key=f"aside-{exchange}-M. Quidam").click().run()
    assert "Rien à compléter" in words(app)
    assert measures(network, TODAY).freshness[late].last_exchange == TODAY


def test_what_waits_is_shown_a_page_at_a_time(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    several = [{"channel": "appel", "direction": "a_preciser", "subject": f"Appel n° {each}."} for each in range(32)]
    network.commit("Appels", lambda unit: [exchanges.add(unit, TODAY, values, [late]) for values in several])
    app = opened(voir="a-completer")
    assert "Voir 2 de plus sur 32" in words(app)
    app = opened(voir="a-completer", lignes="60")
    assert all(f"Appel n° {each}." in words(app) for each in range(pending.PAGE + 2))


def test_a_day_that_is_none_waits_in_the_list_until_someone_says_it(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    trigger(opened(), "examples", "save", {"text": "visite du Garage Exemple le 3 mars 0026"})
    app = opened(voir="a-completer")
    assert "3 mars 0026 » n&#x27;est pas un jour : quel jour est-ce ?" in words(app)
    (waiting,) = completing.pending(network)
    app.button(key=f"doubt-{waiting.id}-{waiting.doubts[0]}").click().run()
    assert errors(app) == []
    app.button(key=f"way-mutuel-{waiting.id}").click().run()
    assert "Rien à compléter" in words(app)


def test_the_day_is_asked_before_the_direction(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = trigger(opened(), "examples", "save", {"text": "Visite chez Garage Exemple le 31 février"})
    app = opened(voir="a-completer")
    (waiting,) = completing.pending(network)
    assert "« 31 février » n&#x27;est pas un jour : quel jour est-ce ?" in words(app)
    assert not [each for each in app.button if str(each.key).startswith("way-")]
    app.button(key=f"doubt-{waiting.id}-{waiting.doubts[0]}").click().run()
    assert measures(network, TODAY).freshness[late].last_exchange == TODAY - timedelta(days=90)
    app.button(key=f"way-mutuel-{waiting.id}").click().run()
    assert errors(app) == []
    assert "Rien à compléter" in words(app)


def apprentices(network: Network, host: str, many: int) -> list[str]:
    """So many apprentices at a host's; their ids."""

    def work(unit: UnitOfWork) -> list[str]:
        made = []
        for number in range(many):
            values = {"kind": "alternance", "learner": f"APP-{number:03}", "starts_on": "2026-01-05"}
            made.append(unit.create("Placement", values))
            unit.connect("HostedBy", made[-1], host)
        return made

    return network.commit("Accueils", work).value


def concerned(network: Network, exchange: str) -> list[str]:
    return [link.target for link in network.read(lambda tx: tx.links_of([exchange], ["Concerns"]))]


def test_what_an_exchange_was_about_is_one_of_the_records_offered(network: Network) -> None:
    host = partner(network, "Garage Exemple", last=90)
    first, second = apprentices(network, host, 2)
    trigger(opened(), "examples", "save", {"text": "visite chez Garage Exemple hier, l'alternant va bien"})
    (waiting,) = completing.pending(network)
    app = opened(voir="a-completer")
    assert "De quel accueil s&#x27;agissait-il ?" in words(app)
    labels = [as_typed(each.label).replace("\\", "") for each in app.button if str(each.key).startswith("topic-")]
    assert labels == ["Alternance APP-000 · depuis le 05/01/2026", "Alternance APP-001 · depuis le 05/01/2026"]
    app.button(key=f"topic-{waiting.id}-{second}").click().run()
    assert errors(app) == []
    assert "Rien à compléter" in words(app)
    assert concerned(network, waiting.id) == [second]
    assert first != second


def test_among_many_records_one_is_chosen_from_a_list(network: Network) -> None:
    host = partner(network, "Garage Exemple", last=90)
    made = apprentices(network, host, 12)
    trigger(opened(), "examples", "save", {"text": "visite chez Garage Exemple hier, l'alternant va bien"})
    (waiting,) = completing.pending(network)
    app = opened(voir="a-completer")
    assert not [each for each in app.button if str(each.key).startswith("topic-")]
    app.selectbox(key=f"topic-{waiting.id}-{waiting.doubts[0]}").set_value(made[7]).run()
    assert errors(app) == []
    assert concerned(network, waiting.id) == [made[7]]


def test_whoever_was_not_named_is_found_by_searching(network: Network) -> None:
    place = partner(network, "Garage Exemple", last=90)
    trigger(opened(), "examples", "save", {"text": "laissé un message hier"})
    (waiting,) = completing.pending(network)
    app = opened(voir="a-completer")
    app.text_input(key=f"search-{waiting.id}-avec qui").set_value("garage").run()
    app.button(key=f"meant-{waiting.id}-avec qui-{place}").click().run()
    assert errors(app) == []
    assert "Rien à compléter" in words(app)


def test_an_action_of_which_a_name_is_open_waits_as_an_action(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    app = trigger(opened(), "examples", "save", {"text": "Rappeler M. Quidam demain"})
    assert "Reste à compléter : 1 question." in words(app)
    assert "1 action à compléter" in words(app)
    app = opened(voir="a-completer")
    (waiting,) = completing.pending(network)
    app.button(key=f"aside-{waiting.id}-M. Quidam").click().run()
    assert "Rien à compléter" in words(app)


def test_a_due_day_already_gone_is_refused(network: Network) -> None:
    partner(network, "Garage Exemple", last=90)
    sent = {"text": "appelé Garage Exemple, rappeler demain", "next": {"title": "Rappeler", "due": "2020-01-01"}}
    before = network.read(lambda tx: tx.head().number)
    app = trigger(opened(), "examples", "save", sent)
    assert app.session_state[quick_log._FAILED] == "Le 01/01/2020 est passé : choisissez un jour à venir."
    assert network.read(lambda tx: tx.head().number) == before


def test_nothing_is_logged_in_the_past(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=300)
    before = (TODAY - timedelta(days=30)).isoformat()
    app = opened(date=before)
    assert "Garage Exemple" in words(app)
    assert "Consigner un échange" not in words(app)
    buttons = opened(date=before, consigner=late).button
    assert [as_typed(button.label) for button in buttons] == ["Revenir à aujourd'hui"]


def test_what_changed_says_who_did_what_about_whom(network: Network) -> None:
    partner(network, "Mission locale Exemple", kind=Kind.EMPLOYMENT, last=2)
    said = words(opened())
    act = said[
        said.index("<b>C. Exemple</b> · Organisation ajoutée · ") :
    ]  # whom, from the record: reasons name nobody
    assert ">Mission locale Exemple</a>" in act[: act.index("</li>")]
    assert "Échange consigné" in said


def test_what_changed_names_what_was_entered_where_no_partner_is_concerned(network: Network) -> None:
    partner(network, "Garage Exemple", last=2)
    committee = register.create(network, "Committee", {"name": "Comité Exemple"}).value
    meeting = {"title": "Séance de mars", "held_on": "2026-03-12"}
    register.create(network, "Meeting", meeting, [register.FirstTie("MeetingOf", committee)])
    said = words(opened())
    for reason, name in (("Comité ajouté", "Comité Exemple"), ("Réunion ajoutée", "Séance de mars")):
        act = said[said.index(reason) :]
        assert f">{name}</a>" in act[: act.index("</li>")]


def test_calls_are_grouped_by_owner_and_narrowed_to_one(network: Network) -> None:
    partner(network, "Garage Exemple", last=90, owner="Mme Fictive")
    partner(network, "Hôtel Fictif", last=80, owner="M. Exemple")
    partner(network, "Atelier Imaginaire", last=70)
    said = words(opened(vue="responsable"))
    assert said.index("M. Exemple") < said.index("Mme Fictive") < said.index("Sans responsable")
    narrowed = words(opened(responsable="mme fictive"))
    assert "À contacter · Mme Fictive" in narrowed
    assert "Garage Exemple" in narrowed
    assert "Consigner un échange avec Hôtel Fictif" not in narrowed
    assert "Suivi par : Mme Fictive" in narrowed


def test_mes_relances_are_offered_to_who_follows_someone(network: Network) -> None:
    partner(network, "Hôtel Fictif", last=80)
    assert "Mes relances" not in words(opened())
    partner(network, "Garage Exemple", last=90, owner=session_name())
    assert "Mes relances" in words(opened())
    mine = words(opened(responsable=session_name()))
    assert "Consigner un échange avec Garage Exemple" in mine
    assert "Consigner un échange avec Hôtel Fictif" not in mine


def session_name() -> str:
    """The name under which this process works."""
    return settings.local_actor().name


def test_calls_are_grouped_by_territory_and_a_group_opens_in_full(network: Network) -> None:
    serve(network, "departement:62")
    for number in range(4):
        partner(network, f"Garage Exemple {number}", last=90 + number)
    partner(network, "Hôtel Fictif", last=80, commune="62041")
    said = words(opened(vue="territoire"))
    assert said.index("CA de Lens - Liévin") < said.index("CU d&#x27;Arras")
    assert "Garage Exemple 0" not in said.split("Ce qui a changé")[0].split("Couverture")[0].split("<h3>CU")[0]
    alone = words(opened(vue="territoire", groupe="epci:246200364"))
    assert "Consigner un échange avec Garage Exemple 0" in alone
    assert "Consigner un échange avec Hôtel Fictif" not in alone


def test_the_week_spreads_calls_over_its_days_with_the_actions_due(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    actions.create(network, "Écrire au lycée Exemple", due_on=TODAY, follows=[late])
    said = "".join(words(opened(vue="semaine", semaine=week)) for week in ("", "suivante"))
    assert "Écrire au lycée Exemple" in said
    assert "Garage Exemple" in said
    assert all(day in said for day in ("lundi", "mardi", "mercredi", "jeudi", "vendredi"))


def test_a_reminder_is_put_off_from_its_row_and_leaves_the_list(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    app = opened(reporter=late)
    app.button(key=f"snooze-7-{late}").click().run()
    assert errors(app) == []
    assert "Personne à contacter" in words(app)
    assert "reportée au" in words(app)


def test_the_files_are_those_of_the_list_shown(network: Network) -> None:
    partner(network, "Garage Exemple", last=90, owner="Mme Fictive")
    partner(network, "Hôtel Fictif", last=80)
    measured = measures(network, TODAY)
    csv, xlsx, ics = (
        exports.calls(network, measured, "Mme Fictive", ending, frozenset()).content
        for ending in (".csv", ".xlsx", ".ics")
    )
    assert "Garage Exemple" in csv.decode("utf-8-sig")
    assert "Hôtel Fictif" not in csv.decode("utf-8-sig")
    assert xlsx.startswith(b"PK")
    assert b"SUMMARY:Relancer Garage Exemple" in ics


def test_a_reader_gets_the_list_without_what_changes_it(network: Network) -> None:
    late = partner(network, "Garage Exemple", last=90)
    with patch.object(settings, "local_actor", lambda: Actor("L. Lecteur", Role.READER)):
        app = opened(consigner=late)
    assert "Garage Exemple" in words(app)
    assert "Consigner un échange" not in words(app)
    assert not app.text_input
    assert not [data for data in sent(app) if "examples" in data]


def test_what_this_machine_saw_and_is_gone_is_said_to_who_reads_the_journal(network: Network, tmp_path: Path) -> None:
    partner(network, "Garage Exemple", last=90)
    assert notices(opened(), "warning") == []
    seen = replace(network, heads=settings.current().heads())
    partner(seen, "Atelier Imaginaire")
    session.close()
    Place(str(tmp_path / "reseau28.db"), tmp_path).cut_last()
    (said,) = notices(opened(), "warning")
    assert "Cette machine a vu l'acte" in said
    assert "la fin a été retirée" in said
    with patch.object(settings, "local_actor", lambda: Actor("M. Fictif", Role.READER)):
        assert notices(opened(), "warning") == []
