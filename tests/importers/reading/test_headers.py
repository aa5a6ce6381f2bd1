"""The usual headers of French lists of partners mean what people mean by them, however they are written."""

import pytest

from importers.reading.grammar import Owner, phrase_of
from importers.reading.headers import Target, hear, meanings
from importers.reading.mapping import Mapping, guess

ORG, P, W = "Organisation", "Person", "WorksFor"

NAMES = """
Raison sociale | RAISON_SOCIALE | RaisonSociale | raisonsociale | Raison sociale * | Raison sociale (obligatoire)
Dénomination | Dénomination sociale | Dénomination légale | Nom / Raison sociale | Nom ou raison sociale
Raison sociale de l'entreprise | Nom légal | NomEntreprise | nomentreprise | Nom de l'entreprise | Nom entreprise
Entreprise | Entreprises | Entreprise d'accueil | Nom de l'entreprise d'accueil | Structure d'accueil
Organisme d'accueil
Structure | Nom de la structure | nom_structure | NomStructure | Établissement | Nom de l'établissement
Nom établissement | Établissement d'accueil | Société | Nom de la société | Employeur | Nom de l'employeur
nom_employeur
Organisme | Nom de l'organisme | Nom organisme de formation | Nom de l'organisme de formation | Organisme de formation
Nom du CFA | CFA | Nom OF | Centre de formation | Partenaire | Nom du partenaire | Organisation | Association
Nom de l'association | Company | Enseigne | Nom commercial | Entreprise de l'apprenti
"""

BESIDE_A_NAME = {
    "Organisation.siret": "SIRET | N° SIRET | Numéro SIRET | Siret* | SIRET (14 chiffres) | siret_employeur"
    " | Code SIRET | SIRET de l'établissement | SIRET entreprise | SIRET du siège | numerosiret | SIRET / SIREN",
    "Organisation.siren": "SIREN | N° SIREN | Numéro de SIREN | SIREN (9 chiffres) | SIREN de l'entreprise",
    "Organisation.naf": "Code NAF | NAF | APE | Code APE | NAF/APE | code_naf | Code APE / NAF",
    "Organisation.idcc": "IDCC | Code IDCC | Convention collective | Convention collective (IDCC)",
    "Organisation.opco": "OPCO | OPCO de rattachement | OPCO de l'entreprise | Nom OPCO | Opérateur de compétences",
    "Organisation.uai": "UAI | Code UAI | UAI validée | Numéro UAI | RNE | uai_etablissement | UAI de l'organisme",
    "Organisation.headcount": "Effectif | Effectifs | Nombre de salariés | Nb salariés | Tranche d'effectif"
    " | Effectif salarié | Taille de l'entreprise | Effectif de l'entreprise",
    "Organisation.legal_category": "Forme juridique | Statut juridique | Nature juridique | Catégorie juridique",
    "Organisation.kind": "Type | Type de structure | Type d'organisme | Catégorie | Nature | Type de partenaire",
    "Organisation.acronym": "Sigle | Acronyme | Sigle de la structure",
    "Organisation.aliases": "Enseigne | Nom commercial | Nom d'usage | Ancien nom | Alias | Dénomination usuelle"
    " | Enseigne commerciale*",
    "Organisation.address": "Adresse | Adresse postale | Adresse complète | Adresse de l'entreprise | Adresse du siège"
    " | adresse_etablissement | Adresse 1 | Rue | AdressePostale | Adresse (CP Ville)",
    "Organisation.postal_code": "CP | Code postal | code_postal | CodePostal | codepostal | Code Postal* | CP siège"
    " | Code postal de l'entreprise | code_postal_etablissement",
    "Organisation.city": "Ville | Commune | Localité | Libellé de la commune | Libellé commune | libelle_commune"
    " | CP Ville | CP / Ville | Code postal et ville | Ville du siège | Ville d'implantation | Nom de la commune"
    " | Commune de l'établissement | LibelleCommune",
    "Organisation.commune": "Code commune | Code INSEE | Code INSEE commune | code_insee | COG",
    "Place.departement": "Département | Dépt | N° département | Code département | Dpt",
    "Organisation.website": "Site web | Site internet | Site Internet de l'entreprise | URL | Adresse du site web",
    "Organisation.email": "Email de l'entreprise | Mail de l'organisme de formation | courriel_structure"
    " | Email siège | E-mail de l'établissement | Adresse e-mail | Adresse mail | Mail 1 | Mél | Courriels | E-mail*"
    " | Mail générique",
    "Organisation.phone": "Téléphone | Téléphones | Numéro de téléphone | N° de téléphone | Tél. | Tél | Tel 1"
    " | Standard | Téléphone de l'établissement | Téléphone fixe | telephone_structure | TelephoneEntreprise"
    " | Téléphone (standard) | Téléphone professionnel",
    "Organisation.owner": "Suivi par | Chargé de partenariat | Chargée de partenariat | Chargé(e) de partenariat"
    " | Chargé·e de partenariats | Responsable partenariats | Référent interne | Référent CFA",
    "Organisation.tags": "Étiquettes | Tags | Mots-clés",
    "Organisation.note": "Commentaire | Commentaires | Remarques | Observations | Informations complémentaires"
    " | Divers",
    "Organisation.tier": "Rang | Priorité | Niveau de priorité",
    "Exchange.on": "Dernier contact | Date de dernier contact | Date du dernier contact | Date de visite"
    " | Date de la dernière visite | Date de rencontre | Dernier échange | Date du dernier RDV | Dernier rendez-vous"
    " | Date dernier appel | Dernière relance | DateDernierContact | date_dernier_contact | Dernière rencontre",
    "Agreement.signed_on": "Convention signée le | Convention signée | Date de signature | Date de convention"
    " | Date de signature de la convention | Signature convention | Convention de partenariat signée le",
    "Agreement.ends_on": "Fin de convention | Échéance | Date d'échéance | Date de fin de convention"
    " | Échéance de la convention | Date d'échéance de la convention",
    "Agreement.number": "Numéro de convention | N° convention | Référence convention",
    "Person.family_name": "Contact | Nom du contact | Contact 1 nom | Contact 1 - Nom | Interlocuteur | Interlocutrice"
    " | Nom et prénom du contact | Nom de l'interlocuteur | Personne à contacter | Nom de la personne à contacter"
    " | Correspondant | Tuteur | Tutrice | Nom du tuteur | Nom et prénom du tuteur | Maître d'apprentissage"
    " | Nom du maître d'apprentissage | Maître de stage | Responsable | Nom du responsable | Dirigeant"
    " | Nom du dirigeant | Nom dirigeant | Gérant | Directeur | Directeur / Directrice | Nom du directeur"
    " | Représentant légal | Nom du représentant légal | Président | Signataire | Référent entreprise | Référent"
    " | Responsable RH | DRH | Responsable formation | Référent handicap | Contact entreprise"
    " | Nom du contact entreprise | NomContact | nomcontact | Responsable de la structure | Nom prénom",
}  # fmt: skip

OF_A_PERSON = {
    "Person.given_name": "Prénom | Prénom du contact | Contact 1 prénom | prenom_contact | PrenomContact",
    "Person.civility": "Civilité | Civilité du contact | M. / Mme",
    "WorksFor.role": "Fonction | Fonction du contact | Poste | Qualité | Poste occupé | Contact 1 - Fonction",
    "Person.email": "Email | Adresse e-mail | Email du contact | Contact 1 mail | emailContact | Mail professionnel"
    " | Adresse électronique",
    "Person.phone": "Téléphone | Numéro de téléphone | Téléphone du contact | Tél. fixe | Ligne directe",
    "Person.mobile": "Portable | Mobile | Tél. portable | Téléphone mobile | GSM | Portable du contact",
}

UNREAD = {
    "apprenant": "Nom de l'apprenti | Prénom de l'apprenti | Email apprenti | Apprenti | Nom du stagiaire"
    " | Date de naissance | INE | Alternant | Nom alternant | Téléphone de l'apprenant",
    "déclaration d'activité": "NDA | Numéro de déclaration d'activité | numero_declaration_activite | N° NDA",
    "télécopie": "Fax | Télécopie | N° de fax",
    "à venir": "Prochain contact | Date du prochain rendez-vous | Prochaine relance",
    "chez vous": "Email du chargé de partenariat",
    "région": "Région | Académie",
    "aucun champ": "Couleur du téléphone | Nombre de contacts | Convention | Formation | Qualiopi | Statut du contrat"
    " | Montant de la convention | Liste des entreprises partenaires | Tél / Mail",
}


def each(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(header.strip(), meant) for meant, headers in table.items() for header in headers.split("|")]


@pytest.mark.parametrize("header", [text.strip() for line in NAMES.strip().splitlines() for text in line.split("|")])
def test_a_header_names_the_organisation(header: str) -> None:
    assert guess([header]).columns[0].target == "Organisation.name"


@pytest.mark.parametrize(("header", "target"), each(BESIDE_A_NAME))
def test_a_header_beside_the_name_of_the_organisation(header: str, target: str) -> None:
    assert guess(["Raison sociale", header]).columns[1].target == target


@pytest.mark.parametrize(("header", "target"), each(OF_A_PERSON))
def test_a_header_beside_the_name_of_a_person(header: str, target: str) -> None:
    assert guess(["Raison sociale", "Nom du contact", header]).columns[2].target == target


@pytest.mark.parametrize(("header", "why"), each(UNREAD))
def test_a_header_that_feeds_nothing_says_why(header: str, why: str) -> None:
    column = guess(["Raison sociale", header]).columns[1]
    assert column.target is None
    assert column.reason.startswith("non reprise : ")
    assert why in column.reason


@pytest.mark.parametrize(
    "title", ["tuteur", "responsable", "dirigeant", "directeur", "maître d'apprentissage", "gérant"]
)
def test_the_coordinates_of_a_person_of_a_title_are_theirs(title: str) -> None:
    header = ["Raison sociale", f"Nom {title}", f"Prénom du {title}", f"Email du {title}", f"Tél. portable {title}"]
    read = [column.target for column in guess(header).columns]
    assert read == [f"{ORG}.name", f"{P}.family_name", f"{P}.given_name", f"{P}.email", f"{P}.mobile"]


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("Nom;Adresse;Ville;Civilité;Nom;Prénom;Email", ["name", "address", "city", "civility", "family_name",
         "given_name", "email"]),
        ("Prénom;Nom;Email;Nom;Ville", ["given_name", "family_name", "email", "name", "city"]),
        ("Structure;Nom du dirigeant;Email du dirigeant;Contact;Email contact",
         ["name", None, None, "family_name", "email"]),
        ("Structure;Nom tuteur;Mail tuteur;Nom dirigeant;Mail dirigeant", ["name", "family_name", "email", None, None]),
        ("Structure;Contact 1 nom;Contact 1 mail;Contact 2 nom;Contact 2 mail",
         ["name", "family_name", "email", None, None]),
        ("Structure;Mail 1;Mail 2;Téléphone 1;Téléphone 2", ["name", "email", None, "phone", None]),
        ("Structure;Email;Téléphone;Nom du dirigeant", ["name", "email", "phone", "family_name"]),
        ("CFA;SIRET CFA;Entreprise;SIRET entreprise", [None, None, "name", "siret"]),
        ("Nom de l'organisme de formation;SIRET;Ville", ["name", "siret", "city"]),
        ("Dénomination de l'organisme;SIRET de l'organisme de formation", ["name", "siret"]),
        ("Structure;Email;responsable_apprenant_mail1;Tuteur de l'apprenti", ["name", "email", None, "family_name"]),
        ("Enseigne;Raison sociale;Sigle", ["aliases", "name", "acronym"]),
        ("Raison sociale;Adresse 1;Adresse 2;Complément d'adresse;Adresse du siège",
         ["name", "address", "address", "address", None]),
        ("denomination;siren;adressePhysiqueOrganismeFormation.voie;adressePhysiqueOrganismeFormation.codePostal",
         ["name", "siren", "address", "postal_code"]),
        ("Prescripteur;Conseiller;Mail", ["name", "family_name", "email"]),
        ("Entreprise;Nom de l'apprenti;Prénom de l'apprenti;Tuteur", ["name", None, None, "family_name"]),
    ],
)  # fmt: skip
def test_what_a_row_says_of_one_is_never_given_to_another(header: str, read: list[str | None]) -> None:
    """Its person's coordinates, its organisation's identifiers: one « Nom » of two is the person's, beside a first name
    or a civility; a second person, and a training provider beside an employer, are left out.
    """
    columns = guess(header.split(";")).columns
    assert [column.target and column.target.partition(".")[2] for column in columns] == read
    assert all(column.target or column.reason.startswith("non reprise : ") for column in columns)


def test_whose_a_responsible_is_depends_on_the_words() -> None:
    assert meanings("Responsable") == (Target(P, "family_name"),)
    assert meanings("Suivi par") == (Target(ORG, "owner"),)
    assert hear("Responsable de l'organisme de formation").phrase.owner is Owner.PERSON


def test_a_column_that_names_only_our_users_says_who_follows_the_partner() -> None:
    """Whatever it is called: « Responsable » beside a company is otherwise the company's own."""
    rows = [["A", "Claire Exemple"], ["B", ""], ["C", "CLAIRE EXEMPLE"]]
    header, ours = ["Structure", "Responsable"], frozenset({"claire exemple", "paul fictif"})
    assert Mapping(ours=ours).fitted(header, rows).columns[1].target == f"{ORG}.owner"
    assert Mapping(ours=ours).fitted(header, [*rows, ["D", "Anne Autre"]]).columns[1].target == f"{P}.family_name"
    assert Mapping(ours=ours).fitted(header, [["A", ""]]).columns[1].target == f"{P}.family_name"


def test_cells_that_cannot_be_what_a_header_says_leave_it_unread_or_tell_better() -> None:
    header = ["Structure", "Site", "Convention signée", "Activité"]
    rows = [["A", "Lens", "oui", "Boulangerie"], ["B", "Arras", "non", "Coiffure"], ["C", "Lens", "oui", "Garage"]]
    columns = guess(header, rows).columns
    assert [column.target for column in columns[1:]] == [f"{ORG}.city", None, None]
    assert columns[2].reason == "non reprise : ses cellules ne sont pas des dates"
    assert columns[3].reason == "non reprise : ses cellules ne sont pas des codes NAF"
    assert guess(header, [["A", "exemple.fr", "12/03/2026", "85.59A"]] * 3).columns[1].target == f"{ORG}.website"


@pytest.mark.parametrize(
    "header",
    ["Code postal de naissance apprenant", "Autre lieu de formation", "dernier_organisme_uai_formateur_connu"],
)
def test_cells_under_a_header_about_a_learner_or_a_course_are_never_the_partner_s(header: str) -> None:
    rows = [["A", "62300"], ["B", "62000"], ["C", "59000"]]
    assert guess(["Structure", "Repère"], rows).columns[1].target == f"{ORG}.postal_code"
    assert guess(["Structure", header], rows).columns[1].target is None


@pytest.mark.parametrize("header", ["", "*", "12", "(…)", "a" * 500, "nom " * 50, "Ⅻ", "²", "٣ contacts"])
def test_any_text_may_be_a_header(header: str) -> None:
    phrase = phrase_of(header)
    assert phrase is None or phrase.concept or phrase.owner is not Owner.UNSAID
