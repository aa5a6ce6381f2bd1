"""Columns find the fields that they feed; words with several meanings are settled by the other headers."""

import pytest

from crm.errors import InputError
from graph_schema.registry import SCHEMA
from importers import Column, Mapping
from importers.reading.contents import recognise
from importers.reading.headers import targets
from importers.reading.mapping import guess, label
from tests.importers.files import siret

ORG, P, W = "Organisation", "Person", "WorksFor"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Nom;Ville;Email;Téléphone", [f"{ORG}.name", f"{ORG}.city", f"{ORG}.email", f"{ORG}.phone"]),
        ("Structure;Nom;Prénom;Fonction;Email",
         [f"{ORG}.name", f"{P}.family_name", f"{P}.given_name", f"{W}.role", f"{P}.email"]),
        ("Nom;Prénom;Société;E-mail", [f"{P}.family_name", f"{P}.given_name", f"{ORG}.name", f"{P}.email"]),
        ("Entreprise;Email entreprise;Email contact;Nom contact",
         [f"{ORG}.name", f"{ORG}.email", f"{P}.email", f"{P}.family_name"]),
        ("Structure;Email;Tel;Interlocuteur;Mail;Téléphone",
         [f"{ORG}.name", f"{ORG}.email", f"{ORG}.phone", f"{P}.family_name", f"{P}.email", f"{P}.phone"]),
        ("Nom de la structure;Ville de la structure;Mail du contact;Nom du contact",
         [f"{ORG}.name", f"{ORG}.city", f"{P}.email", f"{P}.family_name"]),
        ("Partenaire;Fonction;Couleur", [f"{ORG}.name", None, None]),
        ("Raison sociale;Dernier contact;Convention signée le;Fin de convention",
         [f"{ORG}.name", "Exchange.on", "Agreement.signed_on", "Agreement.ends_on"]),
        ("RAISON_SOCIALE;N° SIRET;Dépt", [f"{ORG}.name", f"{ORG}.siret", "Place.departement"]),
    ],
)  # fmt: skip
def test_headers_are_understood_together(header: str, expected: list[str | None]) -> None:
    assert [column.target for column in guess(header.split(";")).columns] == expected


@pytest.mark.parametrize("name", [field.name for field in SCHEMA.nodes[ORG].fields.values() if not field.about.hidden])
def test_every_declared_field_is_recognised_by_its_label(name: str) -> None:
    own = SCHEMA.nodes[ORG].fields[name].about.label
    found = [column.target for column in guess(["Raison sociale" if name != "name" else "Rang", own]).columns]
    assert found[1] == f"{ORG}.{name}"


def test_several_columns_may_feed_a_list_or_a_long_text() -> None:
    columns = guess(["Structure", "Commentaires", "Observations"]).columns
    assert [column.target for column in columns[1:]] == [f"{ORG}.note", f"{ORG}.note"]


@pytest.mark.parametrize(
    ("header", "rows", "read"),
    [
        ("Structure;Ville;Commune", (), "Ville"),
        ("Structure;Ville;Commune", [["A", "", "Lens"], ["B", "", "Arras"]], "Commune"),
        ("Structure;Adresse e-mail;Email", (), "Email"),
        ("Structure;Mail 2;Mail 1", (), "Mail 1"),
        ("Entreprise;Raison sociale;SIRET", (), "Raison sociale"),
        ("Structure;Libellé de la commune;Ville de la structure", (), "Ville de la structure"),
    ],
)
def test_two_columns_for_one_field_never_refuse_a_file(header: str, rows: list[list[str]], read: str) -> None:
    """The more exact header wins, then the first of a series, then the fuller column; the other is said."""
    mapping = guess(header.split(";"), rows)
    mapping.check("a.csv")
    (left,) = [column for column in mapping.columns if column.target is None]
    assert left.reason == f"non reprise : « {read} » donne déjà ce champ"


def test_two_columns_that_people_chose_for_one_field_are_theirs_to_mend() -> None:
    chosen = Mapping((Column("Ville", 0, f"{ORG}.city"), Column("Commune", 1, f"{ORG}.city")))
    with pytest.raises(InputError, match=r"« Ville » et « Commune » .*« Ne pas importer »") as told:
        chosen.fitted(["Structure", "Ville", "Commune"]).check("a.csv")
    assert told.value.code == "two_headers"


def test_a_choice_takes_the_field_from_the_column_that_gave_it() -> None:
    changed = guess(["Structure", "Ville", "Commune"]).changed(2, f"{ORG}.city")
    changed.check("a.csv")
    assert [column.target for column in changed.columns] == [f"{ORG}.name", None, f"{ORG}.city"]
    assert changed.columns[1].reason == "non reprise : « Commune » donne ce champ, à votre choix"


def test_a_mapping_is_changed_kept_and_fitted_to_another_file() -> None:
    mapping = guess(["Intitulé", "Ville"]).changed(0, f"{ORG}.name")
    mapping.check("a.csv")
    assert mapping.targets() == {"Intitulé": f"{ORG}.name", "Ville": f"{ORG}.city"}
    fitted = mapping.fitted(["Ville", "SIRET", "Intitulé"])
    assert [column.target for column in fitted.columns] == [f"{ORG}.city", f"{ORG}.siret", f"{ORG}.name"]


def test_only_what_can_be_imported_may_be_chosen() -> None:
    with pytest.raises(InputError):
        guess(["Intitulé"]).changed(0, f"{ORG}.source")
    with pytest.raises(InputError):
        Mapping(()).check("a.csv")


def test_every_target_has_a_label_in_french() -> None:
    assert label(f"{ORG}.city") == "Organisation · Ville"
    assert len({label(str(target)) for target in targets()}) == len(targets())


HELD = [
    ["Exemple A", siret(1), "a@exemple-a.fr", "03 21 00 00 01", "bleu", "12"],
    ["Exemple B", siret(2), "b@exemple-b.fr", "03 21 00 00 02", "vert", "13"],
    ["Exemple C", siret(3), "", "03 21 00 00 03", "", "14"],
    ["Exemple D", "", "d@exemple-d.fr", "", "", "15"],
]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Structure;Code;;Joignable;Couleur;Rang interne", ["siret", "email", "phone", None, None]),
        ("Structure;SIRET;;Joignable;Couleur;Rang interne", ["siret", "email", "phone", None, None]),
        ("Structure;SIRET;Email;Autre;Couleur;Rang interne", ["siret", "email", "phone", None, None]),
    ],
)
def test_a_column_without_a_known_name_is_recognised_by_what_it_holds(header: str, expected: list[str | None]) -> None:
    found = recognise(guess(header.split(";")), HELD).columns[1:]
    assert [c.target for c in found] == [each and f"{ORG}.{each}" for each in expected]
    known = {"SIRET", "Email"}
    assert {c.reason for c in found if c.target and c.header not in known} == {"reconnue par son contenu"}


def test_what_another_column_gives_already_is_left_out_and_that_is_said() -> None:
    columns = recognise(guess(["Structure", "Code", "Email", "Adresse web", "Téléphone standard"]), [
        [row[0], row[1], row[2], row[2], row[3]] for row in HELD
    ]).columns  # fmt: skip
    assert (columns[3].target, columns[3].reason) == (None, "non reprise : déjà prise par une autre colonne")


@pytest.mark.parametrize("rows", [HELD[:2], [*HELD, ["E", "12", "x", "y", "", ""]]])
def test_too_few_or_mixed_cells_tell_nothing(rows: list[list[str]]) -> None:
    found = recognise(guess(["Structure", "Code", "", "Joignable"]), rows).columns
    assert [c.target for c in found[1:]] == [None, None, None]


def test_a_column_that_may_feed_the_partner_says_so() -> None:
    told = {
        column.header: column.reason
        for column in guess(["Structure", "Interlocuteur", "Téléphone", "Fonction"]).columns
    }
    assert told["Téléphone"].endswith("donnée au partenaire sur une ligne qui ne nomme personne")
    assert "partenaire" not in told["Fonction"]
