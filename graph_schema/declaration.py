"""The words in which a node or link type is declared: one pydantic model each, one line a field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, model_validator

from graph_schema.limits import Limit
from graph_schema.wording import one

LONGEST_TEXT = Limit(20_000, "Lettres d'un texte d'une fiche", "refusé : abrégez-le")


class Vocabulary(StrEnum):
    """A closed list of the field's terms: the value is stored, ``label`` is what people read (French).

    ``also`` lists other words under which people look for the term.
    """

    label: str
    also: str

    def __new__(cls, value: str, label: str = "", also: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.also = also
        return member


@dataclass(frozen=True, slots=True)
class About:
    """What the product must know of a field beyond its type; everything derived reads it from here.

    ``headers`` lists, comma between, other names under which spreadsheets call the field (its label and its own name
    count without being repeated); ``section`` groups fields in forms. ``personal`` marks data about a person.
    ``search`` has the field searched, a choice by its label too; ``name`` marks what else the record is called.
    ``vouched`` marks what the product itself found and answers for: nobody types, imports, brings back or undoes it.
    ``shared`` marks one of those that all records have alike: one that comes back has it as they have it by then.
    ``closed`` marks what is withheld, of a confidential record, from those who may not open it; on a link, from those
    who may not open its source.
    """

    label: str
    help: str = ""
    section: str = ""
    headers: str = ""
    unique: bool = False
    index: bool = False
    search: bool = False
    name: bool = False
    personal: bool = False
    column: bool = False
    long: bool = False
    hidden: bool = False
    vouched: bool = False
    shared: bool = False
    closed: bool = False


class Trait(StrEnum):
    """What generic code must know of a type is declared with it: such code asks who has the trait and names no type."""

    ENTERED = "entered"
    """People enter it on screen: its sheet has what corrects it, ties it and removes it."""
    APART = "apart"
    """Listed and added on a page of its own; the register holds all else that people enter."""
    PARTNER = "partner"
    """An organisation or a person: freshness is measured of it, and what engages others engages it."""
    ATTESTS = "attests"
    """Shows by itself that a partner was mobilised: evidence of it is evidence of the partner's tie to it."""
    SHARED = "shared"
    """Ties together people who never met: no way from one to another leads through it."""
    ASIDE = "aside"
    """A canvas leaves it out until asked: numerous, and each tied to few."""
    ESSENTIAL = "essential"
    """Of a link: its source is nothing without its target, which is not removed before it."""


@dataclass(frozen=True, slots=True)
class NodeAbout:
    """French names of a node type, and the template of its caption in terms of its fields.

    ``dated`` names the field of the day on which it happened, where it has one: the newest is then found first.
    ``begins`` names the dates of which the first is the day from which it is there; without any it always is.
    ``drawn`` is its rank on a canvas, 1 for what matters most there, 0 for what is not drawn.
    """

    label: str
    plural: str
    help: str
    caption: tuple[str, ...]
    feminine: bool = False
    dated: str = ""
    begins: tuple[str, ...] = ()
    drawn: int = 0
    traits: tuple[Trait, ...] = (Trait.ENTERED,)

    @property
    def one(self) -> str:
        """One of them in the middle of a sentence: « une convention »."""
        return one(self.label, self.feminine)

    def that_is(self, done: str) -> str:
        """What was done to one of them, given as said of a masculine noun: « Convention ajoutée »."""
        return f"{self.label} {done}{'e' if self.feminine else ''}"


@dataclass(frozen=True, slots=True)
class WordsByTerm:
    """Words of a link that depend on what it holds: for each term of ``field``, read from its source and its target.

    ``day`` is the field that dates the target: what is still to come on a day has not been so yet, and only the plain
    names of the link are said of it.
    """

    field: str
    words: Mapping[str, tuple[str, str]]
    day: str


@dataclass(frozen=True, slots=True)
class LinkAbout:
    """French names of a link type read from its source and from its target, and the node types allowed at its ends.

    ``told`` are the words in their place where one link of the type says something else than another.
    """

    label: str
    inverse: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    help: str = ""
    told: WordsByTerm | None = None
    traits: tuple[Trait, ...] = ()


class Content(BaseModel):
    """Base of every declared content: unknown fields are refused, texts are stripped, values never change in place."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, str_max_length=LONGEST_TEXT, validate_default=False
    )

    TYPE: ClassVar[str]
    """The name under which records, links and queries know the type: its class says it, nobody types it again."""

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        """Name the type once it is declared."""
        super().__pydantic_init_subclass__(**options)
        cls.TYPE = cls.__name__


class Node(Content):
    """Content of a node; its identity and revision belong to the record that carries it."""

    about: ClassVar[NodeAbout]

    def stands(self, on: date) -> str:
        """Return how it stands on the day ``on``, in words that follow its caption; nothing for most types."""
        return ""


class Link(Content):
    """Content of a link. Both days of its validity are included; an open end means « until further notice »."""

    about: ClassVar[LinkAbout]

    valid_from: Annotated[date | None, About("Depuis le", section="Période", headers="depuis")] = None
    valid_to: Annotated[date | None, About("Jusqu'au", section="Période", headers="jusqu au")] = None
    certainty: Annotated["Certainty | None", About("Certitude", section="Appui")] = None
    evidence: Annotated[list[str], About("Preuves", section="Appui", help="Identifiants des preuves")] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError("la date de fin précède la date de début : corrigez l'une des deux")
        return self


class Certainty(Vocabulary):
    """How sure we are of a link."""

    CONFIRMED = "confirmee", "Confirmée"
    PROBABLE = "probable", "Probable"
    SUPPOSED = "supposee", "Supposée"


Link.model_rebuild()
