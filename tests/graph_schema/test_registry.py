"""Declarations are compiled and checked as a whole, and everything derived reads them from one place."""

from datetime import date
from typing import Annotated, Any, ClassVar

import pytest
from pydantic import ValidationError

from graph_schema.agreements import Agreement, AgreementStatus
from graph_schema.committees import Attendance, Meeting
from graph_schema.declaration import About, Link, LinkAbout, Node, NodeAbout, Trait, Vocabulary, WordsByTerm
from graph_schema.migrations import DECLARED
from graph_schema.registry import SCHEMA, DeclarationError, compile_schema
from graph_schema.text import fold
from graph_schema.types import Shape
from graph_schema.vocabularies import FUNCTIONS_OF_KIND, Family, Kind


def test_every_type_of_the_domain_is_declared() -> None:
    assert {"Provider", "Site", "Organisation", "Person", "Programme", "Placement", "Agreement"} <= set(SCHEMA.nodes)
    assert {"Committee", "Meeting", "Minutes", "Decision", "Action", "Exchange", "Feedback"} <= set(SCHEMA.nodes)
    assert {"Evidence", "Territory"} <= set(SCHEMA.nodes)


@pytest.mark.parametrize("type", [*SCHEMA.nodes.values(), *SCHEMA.links.values()], ids=lambda t: t.name)
def test_every_type_and_field_has_a_french_label(type: Any) -> None:
    assert type.about.label
    assert all(field.about.label for field in type.fields.values())


def test_no_two_link_types_share_a_neo4j_relation() -> None:
    relations = [link.relation for link in SCHEMA.links.values()]
    assert len(set(relations)) == len(relations)
    assert SCHEMA.links["WorksFor"].relation == "WORKS_FOR"


def test_every_header_of_a_field_is_folded_and_names_it_once() -> None:
    headers = SCHEMA.nodes["Organisation"].fields["name"].headers
    assert {"nom", "raison sociale", "denominationunitelegale"} <= headers
    assert all(fold(header) == header for header in headers)


def test_values_are_normalised_and_nothing_empty_is_kept() -> None:
    values = SCHEMA.nodes["Organisation"].clean({"name": "  Garage Fictif ", "tags": [], "city": None})
    assert values == {"name": "Garage Fictif", "kind": "entreprise", "tier": "C"}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": ""},
        {"name": "A", "unknown": "x"},
        {"name": "A", "kind": "licorne"},
        {"name": "A", "latitude": 91},
        {"name": "A", "siret": "1 2 3"},
    ],
)
def test_what_does_not_fit_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        SCHEMA.nodes["Organisation"].clean(values)


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValidationError, match="précède"):
        SCHEMA.links["WorksFor"].clean({"valid_from": "2026-02-01", "valid_to": "2026-01-31"})


def test_a_caption_speaks_french() -> None:
    person = SCHEMA.nodes["Person"]
    assert person.caption({"civility": "mme", "given_name": "Claire", "family_name": "Exemple"}) == "Mme Claire Exemple"
    assert SCHEMA.nodes["Exchange"].caption({"on": "2026-01-01"}) == "Échange"


def test_links_between_two_types_are_those_that_allow_them() -> None:
    names = {link.name for link in SCHEMA.links_between("Person", "Organisation")}
    assert names == {"WorksFor"}


def test_every_kind_has_a_family_and_its_functions() -> None:
    assert set(FUNCTIONS_OF_KIND) == set(Kind)
    assert Kind.IAE.family is Family.COMPANY
    assert Kind.BRANCH.family is Family.BRANCH
    assert Kind.EMPLOYMENT.family is Family.INSTITUTION


class _Thing(Node):
    about: ClassVar = NodeAbout("Chose", "Choses", "Essai.", ("name",))
    name: Annotated[str, About("Nom")]


def test_a_field_without_words_is_a_declaration_error() -> None:
    class Mute(Node):
        about: ClassVar = NodeAbout("Muet", "Muets", "Essai.", ())
        name: str

    with pytest.raises(DeclarationError, match="no About"):
        compile_schema([Mute])


def test_a_field_that_no_store_can_keep_is_a_declaration_error() -> None:
    class Odd(Node):
        about: ClassVar = NodeAbout("Bizarre", "Bizarres", "Essai.", ())
        name: Annotated[dict[str, str], About("Nom")]

    with pytest.raises(DeclarationError, match="cannot keep"):
        compile_schema([Odd])


def test_a_link_to_an_unknown_type_is_a_declaration_error() -> None:
    class Lost(Link):
        about: ClassVar = LinkAbout("mène à", "vient de", ("_Thing",), ("Nowhere",))

    with pytest.raises(DeclarationError, match="Nowhere"):
        compile_schema([_Thing, Lost])


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        (WordsByTerm("status", {"present": ("a", "b")}, "held_on"), "each term of status"),
        (WordsByTerm("note", {}, "held_on"), "each term of note"),
        (WordsByTerm("status", dict.fromkeys(Attendance, ("a", "b")), "never"), "no field never"),
    ],
)
def test_words_that_leave_a_term_out_are_a_declaration_error(told: WordsByTerm, fault: str) -> None:
    class Came(Link):
        about: ClassVar = LinkAbout("vient à", "voit", ("Meeting",), ("Meeting",), told=told)
        status: Annotated[Attendance, About("Présence")] = Attendance.PRESENT
        note: Annotated[str | None, About("Note")] = None

    with pytest.raises(DeclarationError, match=fault):
        compile_schema([Meeting, Came])


def test_a_caption_of_unknown_fields_is_a_declaration_error() -> None:
    class Nameless(Node):
        about: ClassVar = NodeAbout("Sans nom", "Sans nom", "Essai.", ("title",))
        name: Annotated[str, About("Nom")]

    with pytest.raises(DeclarationError, match="title"):
        compile_schema([Nameless])


def test_shapes_are_read_from_the_annotations() -> None:
    fields = SCHEMA.nodes["Organisation"].fields
    assert (fields["name"].shape, fields["kind"].shape, fields["tags"].shape) == (Shape.TEXT, Shape.CHOICE, Shape.TEXTS)
    assert (fields["functions"].shape, fields["closed"].shape) == (Shape.CHOICES, Shape.BOOLEAN)
    assert SCHEMA.links["WorksFor"].fields["valid_from"].shape is Shape.DATE


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, AgreementStatus.DRAFT),
        ({"sent_on": "2026-01-05"}, AgreementStatus.SENT),
        ({"signed_on": "2026-01-10"}, AgreementStatus.SIGNED),
        ({"signed_on": "2026-12-01"}, AgreementStatus.DRAFT),
        ({"signed_on": "2025-01-10", "ends_on": "2026-11-20"}, AgreementStatus.SIGNED),
        ({"signed_on": "2025-01-10", "ends_on": "2026-11-19"}, AgreementStatus.EXPIRED),
        ({"signed_on": "2025-01-10", "ends_on": "2026-11-19", "tacit_renewal": True}, AgreementStatus.RENEWED),
        ({"signed_on": "2025-01-10", "terminated_on": "2026-11-20"}, AgreementStatus.TERMINATED),
    ],
)
def test_the_status_of_an_agreement_follows_from_its_dates(dates: dict[str, Any], status: AgreementStatus) -> None:
    agreement = Agreement.model_validate({"subject": "Accueil", **dates})
    assert agreement.status(date(2026, 11, 20)) is status


def test_whoever_changes_what_stores_keep_owes_a_migration() -> None:
    owed = "what stores keep has changed: add a step to graph_schema/migrations.py, then say DECLARED anew there"
    assert SCHEMA.fingerprint == DECLARED, owed


def test_the_fingerprint_follows_names_and_shapes_and_nothing_else() -> None:
    class Rank(Vocabulary):
        HIGH = "haut", "Haut"

    class Lower(Vocabulary):
        HIGH = "haut", "Haut"
        LOW = "bas", "Bas"

    def print_of(label: str = "Nom", shape: type = str, required: bool = True, ranks: type = Rank) -> str:
        class Thing(Node):
            about: ClassVar = NodeAbout("Chose", "Choses", "Essai.", ("name",), traits=(Trait.SHARED,), drawn=2)
            if required:
                name: Annotated[shape, About(label)]  # type: ignore[valid-type]
            else:
                name: Annotated[shape | None, About(label)] = None  # type: ignore[valid-type, no-redef]
            rank: Annotated[ranks | None, About("Rang")] = None  # type: ignore[valid-type]

        return compile_schema([Thing]).fingerprint

    as_is = print_of()
    assert print_of(label="Appellation") == as_is
    others = {print_of(shape=int), print_of(required=False), print_of(ranks=Lower)}
    assert as_is not in others
    assert len(others) == 3


def test_a_type_is_found_wherever_this_package_declares_it_and_asked_by_its_traits() -> None:
    assert {type.model.__module__.partition(".")[2] for type in SCHEMA.nodes.values()} >= {
        "views",
        "people",
        "evidence",
    }
    assert SCHEMA.partners == ("Organisation", "Person")
    assert SCHEMA.having(Trait.ESSENTIAL) == ("MeetingOf", "MinutesOf", "DecidedIn")
    assert SCHEMA.drawn[:3] == ("Organisation", "Person", "Committee")
    assert set(SCHEMA.having(Trait.ASIDE)) <= set(SCHEMA.drawn)
    assert len({SCHEMA.nodes[name].about.drawn for name in SCHEMA.drawn}) == len(SCHEMA.drawn)


@pytest.mark.parametrize(("dated", "fault"), [("", "no field dates it"), ("name", "name is not a date")])
def test_what_begins_on_a_day_says_which(dated: str, fault: str) -> None:
    class Event(Node):
        about: ClassVar = NodeAbout("Fait", "Faits", "Essai.", ("name",), dated=dated, begins=("on",))
        name: Annotated[str, About("Nom", search=True)]
        on: Annotated[date | None, About("Jour")] = None

    with pytest.raises(DeclarationError, match=fault):
        compile_schema([Event])


def test_a_type_is_said_with_its_gender() -> None:
    agreement, committee = SCHEMA.nodes["Agreement"].about, SCHEMA.nodes["Committee"].about
    assert (agreement.one, agreement.that_is("ajouté")) == ("une convention", "Convention ajoutée")
    assert (committee.one, committee.that_is("ajouté")) == ("un comité", "Comité ajouté")
