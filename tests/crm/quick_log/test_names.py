# ruff: noqa: E501  (sentences are a table: one a line)
"""Who took part in what a sentence tells: its people and organisations, settled together against one network."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.network import Network
from crm.quick_log import Told, tell
from crm.records import organisations, people
from crm.sentences.folding import folded
from crm.store import open_store
from tests.crm.conftest import ADMIN

ON = date(2026, 11, 28)  # a Saturday

STAFF: dict[tuple[str, str], tuple[tuple[str, str, str, str], ...]] = {
    ("Garage Fictif", "Lens"): (
        ("mme", "Nadia", "Modèle", "Responsable des ressources humaines"), ("mme", "Fatou", "Parabole", "Gérance"),
    ),
    ("Restaurant de la Parabole", "Lille"): (("m", "William", "Songe", "Responsable des ressources humaines"),),
    ("Pharmacie Modèle", "Cuincy"): (),
    ("Hôtel du Bon Modèle", "Lille"): (("mme", "Danielle", "Fictive-Exemple", "Direction"),),
    ("Clinique Exemple", "Lens"): (("mme", "Odette", "Légende", "Direction"), ("m", "Alain", "Légende", "Direction")),
    ("Cap emploi Exemple du Nord", "Lille"): (
        ("m", "Ibrahim", "Croquis", "Direction"), ("mme", "Maëlle", "Fictif", "Chargé de mission"),
    ),
    ("Cap emploi Exemple de la Somme", "Amiens"): (
        ("m", "Olivier", "Fable", "Direction"), ("m", "David", "Fable", "Relations entreprises"),
    ),
    ("Cap emploi Exemple du Pas-de-Calais", "Arras"): (
        ("mme", "Hélène", "Hypothèse", "Direction"), ("mme", "Julie", "Songe", "Relations entreprises"),
    ),
    ("Communauté d'agglomération Exemple de Béthune", "Béthune"): (("m", "Ulysse", "Supposé", "Direction"),),
    ("Communauté d'agglomération Exemple de Lens", "Lens"): (("mme", "Julie", "Échantillon", "Direction"),),
    ("Communauté de communes Exemple du Ternois", "Saint-Pol-sur-Ternoise"): (),
    ("Centre social Exemple de Lens", "Lens"): (("mme", "Manon", "Inventé", "Direction"),),
    ("Centre social Exemple de Douai", "Douai"): (),
    ("Mission locale Exemple de Lens", "Lens"): (("m", "Guillaume", "Supposé", "Chargé de mission"),),
    ("Mission locale Exemple de Béthune", "Béthune"): (("m", "Quentin", "Anonyme", "Conseil en insertion"),),
    ("France Travail Exemple de Hénin-Beaumont", "Hénin-Beaumont"): (("mme", "Valérie", "Croquis", "Direction"),),
    ("France Travail Exemple de Douai", "Douai"): (
        ("mme", "Béatrice", "Fable", "Direction"), ("m", "Étienne", "Prototype", "Conseil en insertion"),
    ),
    ("Lycée professionnel Exemple de Béthune", "Béthune"): (("m", "Kévin", "Croquis", "Direction"),),
    ("Lycée professionnel Exemple d'Arras", "Arras"): (),
    ("Conseil régional Exemple", "Lille"): (("m", "Xavier", "Pastiche", "Direction"),),
    ("CCI Exemple d'Amiens", "Amiens"): (),
    ("CCI Exemple de Lille", "Lille"): (("mme", "Rachel", "Exemple", "Direction"),),
    ("Chambre d'agriculture Exemple du Nord", "Lille"): (("m", "Hugo", "Utopie", "Relations entreprises"),),
    ("OPCO Santé, délégation Exemple", "Lille"): (),
    ("OPCO EP, délégation Exemple", "Lille"): (),
    ("CMA Exemple du Pas-de-Calais", "Arras"): (
        ("m", "Victor", "Maquette", "Relations entreprises"), ("mme", "Laure", "Figurant", "Direction"),
    ),
    ("Branche Exemple du bâtiment", "Lille"): (
        ("mme", "Yasmine", "Semblant", "Délégation régionale"), ("m", "Alain", "Chimère", "Observatoire des métiers"),
    ),
    ("Branche Exemple de la métallurgie", "Arras"): (("m", "Ibrahim", "Scénario", "Observatoire des métiers"),),
    ("Centre d'information et d'orientation Exemple de Lille", "Lille"): (("mme", "Camille", "Scénario", "Direction"),),
    ("Université Exemple de Valenciennes", "Valenciennes"): (),
    ("Direction régionale Exemple de l'économie", "Lille"): (("m", "Thomas", "Brouillon", "Direction"),),
    ("Groupement d'employeurs Fictif", "Lens"): (("mme", "Monique", "Exemple", "Direction"),),
    ("Atelier Fictif", "Douai"): (("mme", "Monique", "Exemple", "Direction"),),
}  # fmt: skip


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """The network of the sentences."""
    store = open_store(str(tmp_path_factory.mktemp("names") / "reseau28.db"))
    filled = Network(store, ADMIN)
    for (name, city), staff in STAFF.items():
        id = organisations.create(filled, {"name": name, "city": city}).value
        for civility, first, family, role in staff:
            values = {"civility": civility, "given_name": first, "family_name": family}
            people.add(filled, id, values, {"role": role})
    yield filled
    store.close()


def settled(told: Told) -> tuple[list[str], list[str]]:
    """The people and organisations for certain, without their civilities."""
    bare = [name.removeprefix("Mme ").removeprefix("M. ") for id, name in told.people() if id]
    return sorted(bare), sorted(name for id, name in told.organisations() if id)


@pytest.mark.parametrize(
    ("said", "organisation"),
    [
        ("tel pharma modele sans succès", "Pharmacie Modèle"),
        ("relancé centre soc. lens par mail", "Centre social Exemple de Lens"),
        ("mail au lycee pro bethune", "Lycée professionnel Exemple de Béthune"),
        ("appelé l'agglo de Béthune", "Communauté d'agglomération Exemple de Béthune"),
        ("la com com du Ternois nous invite", "Communauté de communes Exemple du Ternois"),
        ("appelé la chbre agri hier", "Chambre d'agriculture Exemple du Nord"),
        ("mail de l'univ valenciennes", "Université Exemple de Valenciennes"),
        ("appelé le resto parabole ce matin", "Restaurant de la Parabole"),
        ("vu le cio lille hier", "Centre d'information et d'orientation Exemple de Lille"),
        ("FT henin a rappelé", "France Travail Exemple de Hénin-Beaumont"),
        ("appelé le GE hier", "Groupement d'employeurs Fictif"),
        ("Appelé Cap emploi 62", "Cap emploi Exemple du Pas-de-Calais"),
        ("appelé cap emploi (59) hier", "Cap emploi Exemple du Nord"),
        ("appelé cap emploi du 80 hier", "Cap emploi Exemple de la Somme"),
        ("Réunion hier avec la Région", "Conseil régional Exemple"),
        ("mail à la CCI d'Amiens", "CCI Exemple d'Amiens"),
        ("opco ep m'a répondu", "OPCO EP, délégation Exemple"),
        ("visite cma hier", "CMA Exemple du Pas-de-Calais"),
        ("rdv hier avec la dir. rég. de l'économie", "Direction régionale Exemple de l'économie"),
        ("appelé l'hotel bon modele", "Hôtel du Bon Modèle"),
        ("appelé contact et garage fictif", "Garage Fictif"),
    ],
)
def test_an_organisation_is_known_by_what_offices_call_it(network: Network, said: str, organisation: str) -> None:
    assert settled(tell(network, said, ON)) == ([], [organisation])


@pytest.mark.parametrize(
    ("said", "towns"),
    [
        ("mail aux missions locales de Lens et Béthune", ["Mission locale Exemple de Béthune", "Mission locale Exemple de Lens"]),
        ("appelé FT Douai, Hénin hier", ["France Travail Exemple de Douai", "France Travail Exemple de Hénin-Beaumont"]),
        ("vu les centres sociaux de Lens et de Douai", ["Centre social Exemple de Douai", "Centre social Exemple de Lens"]),
    ],
)  # fmt: skip
def test_several_towns_are_as_many_organisations(network: Network, said: str, towns: list[str]) -> None:
    assert settled(tell(network, said, ON)) == ([], towns)


@pytest.mark.parametrize(
    ("said", "who", "where"),
    [
        ("mr croquis cap emploi 59, tel hier", ["Ibrahim Croquis"], ["Cap emploi Exemple du Nord"]),
        ("O. Fable, Cap emploi Somme : ok", ["Olivier Fable"], ["Cap emploi Exemple de la Somme"]),
        ("appelé Fable O. de Cap emploi", ["Olivier Fable"], ["Cap emploi Exemple de la Somme"]),
        ("visio ac Cap emploi 62, Hypothese et J. Songe hier", ["Hélène Hypothèse", "Julie Songe"], ["Cap emploi Exemple du Pas-de-Calais"]),
        ("croisé Supposé (agglo) au forum", ["Ulysse Supposé"], ["Communauté d'agglomération Exemple de Béthune"]),
        ("vu Croquis du lycée pro", ["Kévin Croquis"], ["Lycée professionnel Exemple de Béthune"]),
        ("mail recu Anonyme ML Bethune", ["Quentin Anonyme"], ["Mission locale Exemple de Béthune"]),
        ("Rachel CCI lille m a rappelé", ["Rachel Exemple"], ["CCI Exemple de Lille"]),
        ("FT henin, Valerie m ecrit ce jour", ["Valérie Croquis"], ["France Travail Exemple de Hénin-Beaumont"]),
        ("pas pu parler à Scenario (metallurgie) hier", ["Ibrahim Scénario"], ["Branche Exemple de la métallurgie"]),
        ("appelé M Pastiche region", ["Xavier Pastiche"], ["Conseil régional Exemple"]),
        ("hugo utopie chbre agri, tel hier", ["Hugo Utopie"], ["Chambre d'agriculture Exemple du Nord"]),
        ("cma hier visite de leur plateau, maquette + figurant", ["Laure Figurant", "Victor Maquette"], ["CMA Exemple du Pas-de-Calais"]),
        ("Reçu Mme Semblant et M. Chimère de la branche du bâtiment", ["Alain Chimère", "Yasmine Semblant"], ["Branche Exemple du bâtiment"]),
        ("Visio avec FT Douai lundi dernier, Mme Fable et Étienne Prototype étaient là", ["Béatrice Fable", "Étienne Prototype"], ["France Travail Exemple de Douai"]),
        ("monique exemple pr le GE a appelé", ["Monique Exemple"], ["Groupement d'employeurs Fictif"]),
        ("Appelé Maëlle de Cap emploi", ["Maëlle Fictif"], ["Cap emploi Exemple du Nord"]),
        ("Modèle du garage fictif m'a rappelé", ["Nadia Modèle"], ["Garage Fictif"]),
        ("vu Nadia Modèle et Fatou hier", ["Fatou Parabole", "Nadia Modèle"], ["Garage Fictif"]),
        ("appelé Mme Fictive hier", ["Danielle Fictive-Exemple"], ["Hôtel du Bon Modèle"]),
        ("mail à l'OPCO Santé et à la Région hier, copie à M. Pastiche", ["Xavier Pastiche"], ["Conseil régional Exemple", "OPCO Santé, délégation Exemple"]),
    ],
)  # fmt: skip
def test_people_and_organisations_are_settled_together(
    network: Network, said: str, who: list[str], where: list[str]
) -> None:
    told = tell(network, said, ON)
    assert settled(told) == (who, where)
    assert all(each.sure for each in told.who)


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("rdv hier garage fictif ac la rh", "Nadia Modèle"),
        ("Il y a 15 jours : visite de l'Hôtel du Bon Modèle avec la directrice", "Danielle Fictive-Exemple"),
        ("Deux stages chez Garage Fictif, la gérante a dit oui au tel", "Fatou Parabole"),
        ("vu la directrice de la Clinique Exemple", "Odette Légende"),
        ("mail du directeur de la clinique exemple", "Alain Légende"),
        ("la rh du Restaurant de la Parabole a appelé", "William Songe"),
        ("La chargée de relations entreprises de Cap emploi 62 nous a transmis trois CV", "Julie Songe"),
        ("le chargé de mission de la mission locale de Lens a appelé", "Guillaume Supposé"),
    ],
)
def test_a_role_names_who_holds_it_wherever_the_sentence_says_it(network: Network, said: str, who: str) -> None:
    assert settled(tell(network, said, ON))[0] == [who]


def test_a_role_that_nobody_or_several_hold_is_asked(network: Network) -> None:
    for said, words in (
        ("rappelé le pdg ou dg de la Clinique Exemple", "dg"),
        ("rdv hier au garage fictif avec le tuteur", "le tuteur"),
        ("la directrice du lycée pro de Béthune m'a reçue", "la directrice"),
    ):
        assert [each.words for each in tell(network, said, ON).who if not each.sure] == [words]


def test_one_role_in_two_organisations_names_two_people(network: Network) -> None:
    told = tell(network, "vu hier la directrice de la CMA et la directrice de la Clinique Exemple", ON)
    assert settled(told)[0] == ["Laure Figurant", "Odette Légende"]


def test_our_own_people_are_nobody_of_the_partner(network: Network) -> None:
    assert settled(tell(network, "notre directrice a vu la Clinique Exemple hier", ON)) == ([], ["Clinique Exemple"])


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Vu Jean Testeur, de l'Atelier Fictif", [("Jean Testeur", False)]),
        ("reçu un mail de l'association Ressort", [("association Ressort", True)]),
        ("rencontré Paul Testeur, CFA du Littoral", [("Paul Testeur", False), ("CFA du Littoral", True)]),
        ("mme testeuse, centre de formation Avenir Test, a appelé pr VAE", [("mme testeuse", False), ("centre de formation Avenir Test", True)]),
        ("appelé Bruno Croquis", [("Bruno Croquis", False)]),
        ("vu nadia croquis hier", [("nadia croquis", False)]),
        ("M. Fable du Garage Fictif a appelé", [("M. Fable", False)]),
    ],
)  # fmt: skip
def test_who_is_not_in_the_network_is_told_from_who_is(
    network: Network, said: str, asked: list[tuple[str, bool]]
) -> None:
    told = tell(network, said, ON)
    assert [(each.words, each.is_organisation) for each in told.who if not each.sure] == asked
    assert not any(each.candidates for each in told.who if not each.sure)


@pytest.mark.parametrize(
    "said",
    [
        "Garage Fictif : places en TP CIP et en VAE, dossier PTP",
        "le garage fictif est venu hier avec huit jeunes",
        "garage fictif m a ecrit hier",
        "modele de convention envoyé au Garage Fictif",
        "exemple de devis envoyé au Garage Fictif hier",
        "Garage Fictif, dans la région de Lens, appelé hier",
        "le maire de Lens et le garage fictif ont appelé",
        "visite au garage fictif hier, un croquis de l'atelier reçu",
        "appelé garage fictif, il est parti de rien",
    ],
)
def test_words_that_are_no_names_are_not_asked(network: Network, said: str) -> None:
    told = tell(network, said, ON)
    assert settled(told) == ([], ["Garage Fictif"])
    assert not [each for each in told.questions if "qui est-ce" in each or "lequel" in each or "Qui est" in each]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("appelé la Clinique Exemple, alain légende parti depuis juillet", []),
        ("Mme Légende (Clinique Exemple) a quitté l'entreprise, eu M. Légende", ["Alain Légende"]),
        ("Pas vu Mme Légende au petit déjeuner de la Clinique Exemple jeudi", []),
        ("rencontré la Clinique Exemple le 5/11, Alain Légende sera tuteur", []),
        ("vu Alain Légende hier, il remplace Odette Légende", ["Alain Légende"]),
        ("vu la Clinique Exemple hier au sujet de Mme Légende", []),
        ("vu Alain Légende parti en réunion", ["Alain Légende"]),
        ("Clinique Exemple appelée, c'est Mme Légende qui a répondu", ["Odette Légende"]),
        ("sur les conseils de Xavier Pastiche, appelé la Clinique Exemple", []),
    ],
)
def test_who_has_left_or_is_only_talked_about_takes_no_part(network: Network, said: str, who: list[str]) -> None:
    assert settled(tell(network, said, ON))[0] == who


def test_two_who_are_as_likely_are_a_question(network: Network) -> None:
    for said in (
        "appelé M. Fable de Cap emploi Somme",
        "vu Monique Exemple hier",
        "appelé Cap emploi hier",
        "vu Légende",
    ):
        assert [each.sure for each in tell(network, said, ON).who if len(each.candidates) > 1] == [False], said


def test_the_record_that_is_open_tells_people_apart(network: Network) -> None:
    (id,) = [
        r.id
        for r in network.read(lambda tx: tx.search("Atelier Fictif", ["Organisation"]))
        if r.values["city"] == "Douai"
    ]
    assert settled(tell(network, "vu Monique Exemple hier", ON, here=id)) == (["Monique Exemple"], ["Atelier Fictif"])
    assert settled(tell(network, "la directrice a rappelé", ON, here=id)) == (["Monique Exemple"], ["Atelier Fictif"])


def test_a_ligature_is_two_letters(either: Network) -> None:
    organisations.create(either, {"name": "Lycée du Sacré-Cœur Fictif"})
    for said in ("appelé le lycée sacre coeur", "appelé le Lycée Sacré-Cœur hier"):
        assert settled(tell(either, said, ON)) == ([], ["Lycée du Sacré-Cœur Fictif"])


PIECES = (
    "Mme", "M.", "J.", "Fable", "cap", "emploi", "62", "(59)", "FT", "du", "de", "l'", "et", ",", ":", "+", "œ", "§", "\n",
    "Béthune", "garage", "la", "directrice",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=9), max_size=15))
@settings(max_examples=150, deadline=None)
def test_reading_never_fails_and_says_each_name_once(network: Network, said: list[str]) -> None:
    told = tell(network, " ".join(said), ON)
    assert all(0 <= start <= end <= len(told.text) for start, end, _ in told.spans)
    words = [each.words for each in told.who]
    assert len(words) == len(set(words))


def test_who_has_several_employers_is_of_the_one_that_is_named(either: Network) -> None:
    ids = [
        organisations.create(either, {"name": f"Atelier {name}"}).value
        for name in ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six")
    ]
    someone = people.add(either, ids[0], {"family_name": "Exemple", "given_name": "Monique"}).value
    for each in ids[1:]:
        people.join(either, someone, each)
    (person, place) = tell(either, "vu Monique Exemple de l'atelier six", ON).who
    assert (person.sure, person.candidates[0].organisations) == (True, (ids[5],))
    assert place.candidates[0].organisations == (ids[5],)


FORMS = ("{given} {family}", "{family} {given}", "{letter}. {family}", "{civility} {family}", "{family}", "{given}")
SAID = (
    "appelé {who} de {where}", "{where} : {who} a rappelé", "rdv hier {where} ac {who}", "mail de {who} ({where})",
    "vu {who}, {where}, hier", "{who} {where} relancé hier",
)  # fmt: skip


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("form", FORMS)
def test_whoever_is_named_with_their_organisation_is_settled_unless_two_are_called_so(
    network: Network, form: str, said: str
) -> None:
    for (name, _), staff in STAFF.items():
        called = [_called(form, *each) for each in staff]
        for (_, first, family, _), who in zip(staff, called, strict=True):
            if form.startswith("{letter}") and first.startswith("M"):
                continue  # « M. Fictif » is a civility
            for where in (name, name.replace(" Exemple", "").replace(", délégation", "")):
                for text in (said.format(who=who, where=where), folded(said.format(who=who, where=where))):
                    told = tell(network, text, ON)
                    alone = called.count(who) == 1
                    assert settled(told) == ([f"{first} {family}"] * alone, [name]), text
                    assert [each for each in told.who if not each.sure] == [] or not alone, text


def _called(form: str, civility: str, first: str, family: str, role: str) -> str:
    title = "Mme" if civility == "mme" else "M."
    return form.format(given=first, family=family, civility=title, letter=first[0])
