"""Who is named in a sentence: its people and organisations, settled together with who works for whom."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from crm.network import Network
from crm.quick_log import search
from crm.quick_log.name_words import ROLES
from crm.quick_log.names import OFFERED, Mention, named
from crm.quick_log.spoken import may_be_name, words_of
from crm.store.protocol import ReadTransaction
from graph_schema.organisations import Organisation
from graph_schema.people import Person, WorksFor
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.vocabularies import Civility, Kind

_ROLES = 12
_TIED = re.compile(
    r"\s*(?:\(|,|-|/)?\s*(?:(?:de la part de |de la|de l'|des|de|du|d'|chez|a la|a l'|au|aux|a|pour|pr) ?)?\s*"
)
_SAID_OF = re.compile(r"\s*,?\s*(?:de la|de l'|des|de|du|d'|chez) ?\s*")
_BESIDE = re.compile(r"[\s:,(/+-]{1,3}(?:(?:avec|ac|par) )?")
_FORMS = (
    (re.compile(r"^la |(?:trice|gerante|patronne|conseillere|chargee|presidente|dirigeante|deleguee)\b"), Civility.MRS),
    (re.compile(r"^le |(?:teur|gerant|patron|conseiller|charge|president|dirigeant|delegue)\b"), Civility.MR),
)
_SERVICE = re.compile(r"\b(?:[dr]?rh|dir)$")
_ARTICLE = re.compile(r"(?:^|\b)(?:la |le |l'|un |une |leur |son |sa |du |au |ac |avec )$|^(?:la|le|l'|un|une|leur)\b")
_OURS = re.compile(r"\b(?:notre|nos|mon|ma|mes) (?:\w+ )?$")


class Party(NamedTuple):
    """Someone with whom an exchange may have been: in words, and the ids that it would involve."""

    caption: str
    detail: str
    organisations: tuple[str, ...]
    people: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from other candidates."""
        return "+".join((*self.people, *self.organisations))


class NamedParty(NamedTuple):
    """A name, and who may be meant, the likeliest first; ``sure`` when nobody else is as likely; ``firm`` when it is an
    organisation, whichever.
    """

    words: str
    candidates: tuple[Party, ...]
    sure: bool
    firm: bool = False

    @property
    def person(self) -> tuple[str, ...]:
        """The one who is meant for certain, when only the organisation is open; nobody otherwise."""
        people = {each.people for each in self.candidates}
        return people.pop() if len(people) == 1 and not self.sure else ()

    @property
    def is_organisation(self) -> bool:
        """Whether an organisation is meant, as far as anyone knows."""
        return self.firm or (bool(self.candidates) and not any(each.people for each in self.candidates))


class NamesFound(NamedTuple):
    """The names of a sentence in order, and for the people near them the roles that they hold on the day."""

    mentions: list[Mention]
    roles: Mapping[str, Sequence[LinkRecord]]
    employers: Mapping[str, NodeRecord]

    def works_for(self, person: str) -> set[str]:
        """The organisations for which someone works."""
        return {link.target for link in self.roles.get(person, ())}


def mentions(
    tx: ReadTransaction, text: str, folded: str, on: date, here: Collection[str] = (), bare: bool = False
) -> NamesFound:
    """The people and organisations of the network that a sentence names. ``folded`` is ``text``, sign for sign.

    Of people of one name, those of an organisation that is named too, or of one of ``here``, are meant; of
    organisations of one name, that for which someone named works. A ``bare`` text is known to be a name.
    """
    words = words_of(text, folded)
    held = search.read(tx, [[" ".join(each) for each in w.spellings] for w in words if may_be_name(w)])
    drafts = named(held.values(), words, text, folded)
    near = {record.id for each in drafts for record in each.records} | {*here}
    links = tx.links_of(near, [WorksFor.TYPE], on) if near else []
    roles: defaultdict[str, list[LinkRecord]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (not link.values.get("main"), link.id)):
        roles[link.source].append(link)
    ends = tx.get({end for link in links for end in (link.source, link.target)})
    if ends.keys() - held.keys():
        drafts = named((held | ends).values(), words, text, folded)
    found = NamesFound(_Settling(NamesFound(drafts, roles, ends), folded, here).settled(bare), roles, ends)
    return found._replace(mentions=_with_roles(found, folded, here))


class _Settling:
    """The names of a sentence, each settled with the others."""

    def __init__(self, found: NamesFound, folded: str, here: Collection[str]) -> None:
        self._found, self._folded, self._here = found, folded, {*here}
        self._names = list(found.mentions)
        self._confirmed: set[int] = set()

    def settled(self, bare: bool) -> list[Mention]:
        """Settle people with the organisations of the sentence, then with what is open, then with their colleagues."""
        people = [number for number, each in enumerate(self._names) if each.type == Person.TYPE]
        people.sort(key=lambda number: len(self._names[number].records))
        alone = [number for number in people if not self._with_organisation(number)]
        alone = [number for number in alone if not self._among(number, self._here)]
        alone = [number for number in alone if not self._among(number, self._employers(number))]
        for number in alone:
            self._elsewhere(number)
        return [each for number, each in enumerate(self._names) if bare or number in self._confirmed or not each.weak]

    def _with_organisation(self, number: int) -> bool:
        """Whether candidates work for an organisation of the sentence, the one beside the name first."""
        places = [other for other, each in enumerate(self._names) if each.type == Organisation.TYPE]
        places = [other for other in places if not self._names[other].weak or self._tied(number, other)]
        places.sort(key=lambda other: (not self._tied(number, other), abs(number - other)))
        for other in places:
            if self._said_of(number) not in (None, other):
                continue
            if self._among(number, {record.id for record in self._names[other].records}):
                employers = {id for record in self._names[number].records for id in self._found.works_for(record.id)}
                kept = tuple(record for record in self._names[other].records if record.id in employers)
                self._names[other] = self._names[other]._replace(records=kept)
                self._confirm(other)
                return True
        return False

    def _among(self, number: int, organisations: Collection[str]) -> bool:
        """Whether candidates work for these: they are meant, then."""
        mention = self._names[number]
        kept = tuple(r for r in mention.records if self._found.works_for(r.id) & {*organisations})
        if kept:
            self._names[number] = mention._replace(records=kept)
            self._confirm(number)
        return bool(kept)

    def _confirm(self, number: int) -> None:
        self._confirmed.add(number)
        if self._names[number].weak and self._names[number].type == Organisation.TYPE:
            self._names[number] = self._names[number]._replace(plain=False)

    def _employers(self, number: int) -> set[str]:
        """Those for which the other people work who are certain."""
        others = [*self._names[:number], *self._names[number + 1 :]]
        known = [each.records[0].id for each in others if len(each.records) == 1 and not each.weak]
        return {id for person in known for id in self._found.works_for(person)}

    def _elsewhere(self, number: int) -> None:
        """Nobody is certain who is said to be of an organisation for which no one of that name works."""
        other = number + 1
        mention = self._names[number]
        if self._tied(number, other) and self._is_called(other) and not self._employed(number):
            self._confirm(other)  # « Camille Imaginaire au rectorat », who left it
        if not self._tied(number, other) or self._names[other].type != Organisation.TYPE or self._names[other].weak:
            return
        if self._said_of(number) == other or mention.partly:
            self._names[number] = mention._replace(records=())

    def _is_called(self, other: int) -> bool:
        """Whether one organisation alone is called by what is said, though in part."""
        mention = self._names[other]
        said = fold(self._folded[mention.start : mention.end])
        one = mention.weak and len(mention.records) == 1
        return one and fold(str(mention.records[0].values["name"])).startswith(said)

    def _employed(self, number: int) -> bool:
        return any(self._found.works_for(record.id) for record in self._names[number].records)

    def _tied(self, number: int, other: int) -> bool:
        """Whether two names stand side by side."""
        if not (0 <= other < len(self._names)) or abs(number - other) != 1:
            return False
        first, second = sorted((number, other))
        signs = _TIED if number < other else _BESIDE
        return signs.fullmatch(self._folded, self._names[first].end, self._names[second].start) is not None

    def _said_of(self, number: int) -> int | None:
        """The organisation of which someone is said to be: « M. Fictif du garage »."""
        if (
            number + 1 >= len(self._names)
            or self._names[number + 1].type != Organisation.TYPE
            or self._names[number + 1].weak
        ):
            return None
        between = _SAID_OF.fullmatch(self._folded, self._names[number].end, self._names[number + 1].start)
        return number + 1 if between else None


def _with_roles(found: NamesFound, folded: str, here: Collection[str]) -> list[Mention]:
    """« la DRH du Garage Fictif », « rdv au garage avec la DRH »: people named by what they do there."""
    places = [each for each in found.mentions if each.type == Organisation.TYPE and len(each.records) == 1]
    added: list[Mention] = []
    for role, meant in ROLES:
        for said in role.finditer(folded):
            if meant.pattern == "$^" or _is_taken(said, [*found.mentions, *added]):
                continue
            if _of_someone(folded, said, found.mentions):
                continue
            tied = [each for each in places if _TIED.fullmatch(folded, said.end(), each.start)]
            if not (tied or _ARTICLE.match(said.group()) or _ARTICLE.search(folded[: said.start()])):
                continue
            before = sorted((each for each in places if each.end <= said.start()), key=lambda each: -each.end)
            if place := [*tied, *before][:1]:
                employers = {place[0].records[0].id}
            elif here and not places:
                employers = {*here}
            else:
                continue
            added.append(Mention(said.start(), said.end(), _holders(found, employers, said.group(), meant)))
    return sorted([*found.mentions, *added], key=lambda each: each.start)


def _holders(
    found: NamesFound, employers: Collection[str], said: str, meant: re.Pattern[str]
) -> tuple[NodeRecord, ...]:
    """Those who hold a role at these organisations: « la directrice » is a woman, « le tuteur » may be one."""
    last = re.split(r"[ ']", said)[-1] if " " not in said.strip() else said.split()[1]
    wanted = rf"\b{re.escape(last[:7])}" if meant.pattern == "=" else meant.pattern
    people = {
        id: found.employers[id] for id, links in found.roles.items() if id in found.employers for link in links
        if link.target in employers and re.search(wanted, fold(str(link.values.get("role") or "")))
    }  # fmt: skip
    civility = next((civility for form, civility in _FORMS if form.search(said)), None)
    fitting = [each for each in people.values() if civility in (None, each.values.get("civility", civility))]
    return tuple(fitting or (people.values() if civility != Civility.MRS or _SERVICE.search(said) else ()))


def _is_taken(said: re.Match[str], names: Iterable[Mention]) -> bool:
    return any(each.start < said.end() and said.start() < each.end for each in names)


def _of_someone(folded: str, said: re.Match[str], names: Sequence[Mention]) -> bool:
    """« M. Fictif, gérant du garage », « son DRH Yann »: the role is that of someone named beside it; or one of us."""
    people = [each for each in names if each.type != Organisation.TYPE]
    beside = any(
        re.fullmatch(r"[\s,(-]*(?:(?:la|le|l')\s*)?", folded[each.end : said.start()]) if each.end <= said.start()
        else re.fullmatch(r"[\s,(:-]*", folded[said.end() : each.start]) for each in people
    )  # fmt: skip
    before = folded[: said.start()].rstrip(" ,(-")
    stranger = re.search(r"(?<!\w)(?:mme|mr?|monsieur|madame)\.? [\w-]+$", before)
    ours = _OURS.search(before + " ") or re.match(r"notre|nos", said.group())
    new = re.search(r"\b(?:nouveau|nouvelle|futur|future|ancien|ancienne|ex) ?$", folded[: said.start()])
    return bool(beside or stranger or ours or new)


def offered(found: NamesFound, record: NodeRecord, named: Collection[str] = ()) -> list[Party]:
    """The parties that a record may be: a person once for each of their employers, those ``named`` and the main one
    first.
    """
    caption = SCHEMA.nodes[record.type].caption(record.values)
    if record.type == Organisation.TYPE:
        kind, town = Kind(str(record.values["kind"])).label, str(record.values.get("city", ""))
        return [Party(caption, f"{kind} · {town}" if town else kind, (record.id,))]
    held = [link for link in found.roles.get(record.id, ()) if link.target in found.employers]
    held = sorted(held, key=lambda link: link.target not in named)[:_ROLES]
    if not held:
        return [Party(caption, "sans organisation", (), (record.id,))]
    return [
        Party(caption, str(found.employers[link.target].values["name"]), (link.target,), (record.id,)) for link in held
    ]


def party(network: Network, id: str, on: date) -> Party | None:
    """The party that a record makes by itself; None for what takes no part in exchanges."""

    def work(tx: ReadTransaction) -> Party | None:
        record = tx.get([id]).get(id)
        if record is None or record.type not in SCHEMA.partners:
            return None
        links = tx.links_of([id], [WorksFor.TYPE], on) if record.type == Person.TYPE else []
        links.sort(key=lambda link: (not link.values.get("main"), link.id))
        return offered(NamesFound([], {id: links}, tx.get({link.target for link in links})), record)[0]

    return network.read(work)


def matches_of(found: NamesFound, mention: Mention, words: str, named: Collection[str]) -> NamedParty:
    """Who may be meant by a mention, as the chips show it; ``named``: the organisations that the sentence names."""
    sure = len(mention.records) == 1
    parties = [each for record in mention.records[:OFFERED] for each in offered(found, record, named)]
    if sure and len(parties) > 1:
        here = [each for each in parties if {*each.organisations} & {*named}]
        parties, sure = here or parties, len(here) == 1
    return NamedParty(words, tuple(parties[:OFFERED]), sure, mention.firm)


def candidates(network: Network, words: str, on: date) -> list[Party]:
    """Everyone who may be meant by a name alone, as far as the network knows on the day."""
    low = "".join(fold(sign)[:1] or " " for sign in words)

    def work(tx: ReadTransaction) -> list[Party]:
        found = mentions(tx, words, low, on, bare=True)
        records = [record for each in found.mentions for record in each.records]
        return [each for record in records for each in offered(found, record)]

    return network.read(work)[:OFFERED]
