"""What each column of a file most likely feeds: its header heard, held against its cells, settled by the other columns.

Two columns for one field never refuse a file: the more exact header wins, then the fuller column, and the other is left
out, which is said. A row brings one organisation and one person: columns about another are left out too.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.text import fold
from importers.reading.columns import BY_CONTENT, BY_NAME, CHOSEN, NAMELESS, TAKEN, UNKNOWN, Column, left_out
from importers.reading.evidence import are_places, texts_in, told_by, unfit
from importers.reading.grammar import Owner, Phrase, speaks_of_another
from importers.reading.headers import (
    ADDRESS,
    CITY,
    CONCERNS,
    FAMILY_NAME,
    GIVEN_NAME,
    LAST_CONTACT,
    NAME,
    OTHER_NAMES,
    OWNER,
    Exactness,
    Heard,
    Target,
    field_of,
    hear,
    parse_target,
    qualified,
)
from importers.reading.tables import Cell

_ORGANISATION_SIDE = {"email": "email", "phone": "phone", "mobile": "phone"}
_BORNE = frozenset(f"Person.{field}" for field in _ORGANISATION_SIDE)
_OR_PARTNER = " ; donnée au partenaire sur une ligne qui ne nomme personne"
_NO_PERSON = "reconnue par son intitulé : aucune colonne ne nomme de personne"
_CIVILITY = Target(Person.TYPE, "civility")
_SCHOOL = re.compile("organisme|[ée]tablissement|si[èe]ge", re.IGNORECASE)
_KEYS = frozenset({NAME, Target(Organisation.TYPE, "siret"), Target(Organisation.TYPE, "siren")})


@dataclass(frozen=True, slots=True)
class _Asked:
    """A column on its way: what its header says, what its cells hold, what it feeds so far."""

    column: Column
    heard: Heard
    texts: Sequence[str]

    @property
    def target(self) -> Target | None:
        return parse_target(self.column.target) if self.column.target else None

    @property
    def group(self) -> tuple[str, int]:
        """Which person of the row it is about: the first of a title is the one without a number."""
        return self.heard.phrase.title, max(self.heard.phrase.number, 1)

    def goes_on(self) -> bool:
        """Whether it is a further line of an address."""
        phrase = self.heard.phrase
        return phrase.concept == "address rest" or phrase.number > 1

    def names_only(self, people: AbstractSet[str]) -> bool:
        """Whether it may name a person, and names nobody but these."""
        person = FAMILY_NAME in self.heard.targets and self.heard.exactness is not Exactness.CHOSEN
        return person and bool(self.texts) and {fold(text) for text in self.texts} <= people

    def of_ours(self) -> "_Asked":
        return replace(self, heard=Heard((OWNER,), Exactness.MEANT, Phrase("", Owner.OURS)))

    def feeding(self, target: Target | str, reason: str = BY_NAME) -> "_Asked":
        return replace(self, column=replace(self.column, target=str(target), reason=reason))

    def left(self, why: str) -> "_Asked":
        return replace(self, column=replace(self.column, target=None, reason=left_out(why)))

    def taken(self) -> "_Asked":
        return replace(self, column=replace(self.column, target=None, reason=TAKEN))


def settle(
    header: Sequence[str], rows: Sequence[Sequence[Cell]] = (), chosen: Mapping[str, str | None] | None = None,
    ours: AbstractSet[str] = frozenset(),
) -> tuple[Column, ...]:  # fmt: skip
    """What each column feeds; ``rows`` are the first ones, ``chosen`` what people said of columns, by their name.

    ``ours`` are the folded names of our own users: a column of these says who follows the partner.
    """
    told = chosen or {}
    asked = [_asked(index, text, texts_in(rows, index), told) for index, text in enumerate(header)]
    asked = [each.of_ours() if each.names_only(ours) else each for each in asked]
    named = _named(asked)
    person = any(t in (FAMILY_NAME, GIVEN_NAME) for t in named.values())
    asked = [_first_meaning(each, named, person) for each in asked]
    for step in (_one_person, _one_organisation, _side_by_position, _only_dated, _one_each, _by_content):
        asked = step(asked)
    columns = (each.column for each in asked)
    return tuple(replace(c, reason=c.reason + _OR_PARTNER) if c.target in _BORNE else c for c in columns)


def joins(target: Target) -> bool:
    """Whether several columns may feed it together: lists, long texts, the lines of an address."""
    field = field_of(target)
    return target in (ADDRESS, *CONCERNS) or (field is not None and (field.many or field.about.long))


def _asked(index: int, text: str, texts: Sequence[str], chosen: Mapping[str, str | None]) -> _Asked:
    if text in chosen:
        target = parse_target(chosen[text] or "")
        heard = Heard((target,) if target else (), Exactness.CHOSEN)
        return _Asked(Column(text, index, chosen[text], CHOSEN), heard, texts)
    heard = hear(text)
    reason = left_out(heard.nowhere) if heard.nowhere else UNKNOWN if text else NAMELESS
    surely = heard.exactness <= Exactness.DECLARED
    wrong = next(filter(None, (unfit(target, texts, surely=surely) for target in heard.targets[:1])), "")
    if wrong:
        place = heard.targets[0].field == "website" and are_places(texts)
        heard = heard._replace(targets=(CITY,) if place else (), exactness=Exactness.MEANT)
        reason = left_out(wrong)
    return _Asked(Column(text, index, None, reason), heard, texts)


def _named(asked: Sequence[_Asked]) -> dict[int, Target]:
    """The columns that name the organisation or the person. A bare « Nom » is what the others leave it to be: beside
    a first name or a civility it is the person's. A trade name is the organisation's where no other is.
    """
    found = [each.heard.targets for each in asked]
    sure = {i: f[0] for i, f in enumerate(found) if len(f) == 1 and f[0] in (NAME, FAMILY_NAME, GIVEN_NAME)}
    open_ones = [i for i, f in enumerate(found) if NAME in f and FAMILY_NAME in f]
    beside = [i for i, f in enumerate(found) if f[:1] in ((GIVEN_NAME,), (_CIVILITY,)) and not asked[i].group[0]]
    if len(open_ones) > 1 and beside and FAMILY_NAME not in sure.values():
        nearest = min(open_ones, key=lambda i: min(abs(i - other) for other in beside))
        sure[nearest] = FAMILY_NAME
        open_ones.remove(nearest)
    trade = [i for i, f in enumerate(found) if f == (NAME, OTHER_NAMES)]
    for index in open_ones:
        has_name = NAME in sure.values() or bool(trade)
        of_person = FAMILY_NAME not in sure.values() and (has_name or GIVEN_NAME in sure.values())
        sure[index] = FAMILY_NAME if of_person else NAME
    for index in trade:
        sure[index] = OTHER_NAMES if NAME in sure.values() else NAME
    return sure


def _first_meaning(each: _Asked, named: Mapping[int, Target], person: bool) -> _Asked:
    found, index, text = each.heard.targets, each.column.index, each.column.header
    if not found or each.heard.exactness is Exactness.CHOSEN:
        return each
    if index in named:
        return each.feeding(named[index])
    if person:
        return each.feeding(found[0] if qualified(text) else _of_person(found))
    own = [t for t in found if t.type not in (Person.TYPE, WorksFor.TYPE)]
    shared = [_ORGANISATION_SIDE[t.field] for t in found if t.type == Person.TYPE and t.field in _ORGANISATION_SIDE]
    if own:
        return each.feeding(own[0])
    if shared:
        return each.feeding(Target(Organisation.TYPE, shared[0]), _NO_PERSON)
    return each.left("aucune colonne ne nomme la personne dont il s'agit")


def _of_person(found: Sequence[Target]) -> Target:
    """A bare « Email » or « Téléphone » beside a person's name is the person's."""
    return next((t for t in found if t.type == Person.TYPE and t.field in _ORGANISATION_SIDE), found[0])


def _one_person(asked: list[_Asked]) -> list[_Asked]:
    """A row brings one person: a plain contact rather than one of a title, the first of several."""
    names = [each for each in asked if each.target == FAMILY_NAME] or [e for e in asked if e.target == GIVEN_NAME]
    if not names:
        return asked
    first = min(names, key=lambda e: (e.heard.exactness > 0, e.group[1], bool(e.group[0]), e.heard.exactness))
    title, number = first.group
    others = f"elle parle d'une autre personne que « {first.column.header} »"

    def of_another(each: _Asked) -> bool:
        target, phrase = each.target, each.heard.phrase
        if target is None or target.type not in (Person.TYPE, WorksFor.TYPE) or each.heard.exactness == 0:
            return False
        return phrase.owner is Owner.PERSON and (phrase.title not in ("", title) or each.group[1] != number)

    return [each.left(others) if each is not first and of_another(each) else each for each in asked]


def _one_organisation(asked: list[_Asked]) -> list[_Asked]:
    """What is said of a training provider, where the row is about another organisation, is left out."""
    of_training = [each for each in asked if each.heard.phrase.owner is Owner.TRAINING and each.target]
    others = [
        each for each in asked
        if each not in of_training and each.target in _KEYS
        and (each.target == NAME or each.heard.phrase.owner is Owner.ORGANISATION)
    ]  # fmt: skip
    if not others or not (any(each.target == NAME for each in of_training) or _is_no_school(others[0])):
        return asked
    why = f"elle parle d'un autre organisme que « {others[0].column.header} »"
    return [each.left(why) if each in of_training else each for each in asked]


def _is_no_school(each: _Asked) -> bool:
    """Whether a header names an organisation in words that a training provider is not called by."""
    said = each.heard.phrase.owner is Owner.ORGANISATION
    return said and not _SCHOOL.search(each.column.header)


def _side_by_position(asked: list[_Asked]) -> list[_Asked]:
    """Where « Email » stands on both sides of the person's name, the first is the organisation's; so is the only one,
    before a person of a title (« Dirigeant »).
    """
    fed = Counter(each.column.target for each in asked)
    names = [each for each in asked if each.target in (FAMILY_NAME, GIVEN_NAME)]
    before = min((each.column.index for each in names), default=-1)
    settled = []
    for each in asked:
        target = each.column.target or ""
        own = target.replace("Person.", "Organisation.")
        bare = target in ("Person.email", "Person.phone") and own not in fed and not qualified(each.column.header)
        if each.column.index < before and bare and (fed[target] == 2 or names[0].group[0]) and each.heard.exactness:
            each = each.feeding(own, "reconnue par sa place, avant la personne")
        settled.append(each)
    phones = [each for each in settled if each.column.target == "Organisation.phone"]
    if len(phones) > 1 and not names:
        return [
            replace(e, column=replace(e.column, target=None, reason=TAKEN)) if _is_mobile(e) else e for e in settled
        ]
    return settled


def _is_mobile(each: _Asked) -> bool:
    return each.heard.exactness > 0 and any(t.field == "mobile" for t in each.heard.targets)


def _only_dated(asked: list[_Asked]) -> list[_Asked]:
    """What is said of an exchange is read where a column dates it."""
    if any(each.target == LAST_CONTACT for each in asked):
        return asked
    about = ("Exchange.", "Concerns.")
    undated = "aucune colonne ne donne la date de l'échange"
    return [each.left(undated) if (each.column.target or "").startswith(about) else each for each in asked]


def _one_each(asked: list[_Asked]) -> list[_Asked]:
    """Of several columns for one field the most exact is read, then the first of a series, then the fullest."""
    first: dict[Target, _Asked] = {}
    for each in sorted(
        asked, key=lambda e: (e.goes_on(), e.heard.exactness, max(e.heard.phrase.number, 1), -len(e.texts))
    ):
        if (target := each.target) is not None:
            first.setdefault(target, each)

    def settled(each: _Asked) -> _Asked:
        target = each.target
        if target is None or first[target] is each or (joins(target) and (target != ADDRESS or each.goes_on())):
            return each
        if each.heard.exactness is Exactness.CHOSEN and each.column.header != first[target].column.header:
            return each  # people's own choices are theirs to mend: the check says so
        return each.left(f"« {first[target].column.header} » donne déjà ce champ")

    return [settled(each) for each in asked]


def _by_content(asked: list[_Asked]) -> list[_Asked]:
    """What the cells of columns whose name says nothing tell for certain."""
    fed = {each.column.target for each in asked}
    settled = []
    for each in asked:
        unsaid = each.target is None and not each.heard.targets and not each.heard.nowhere
        if unsaid and each.heard.exactness and not speaks_of_another(each.column.header):
            each = _told(each, fed)
            fed.add(each.column.target)
        settled.append(each)
    return settled


def _told(each: _Asked, fed: set[str | None]) -> _Asked:
    named = str(FAMILY_NAME) in fed
    possible = [str(t) for t in told_by(each.texts) if named or t.type == Organisation.TYPE]
    free = next((target for target in possible if target not in fed), None)
    if free:
        return each.feeding(free, BY_CONTENT)
    return each.taken() if possible else each
