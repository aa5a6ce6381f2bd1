"""Who is named in a sentence: the words are matched against the network itself, and what nobody bears is told apart."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from crm.network import Network
from crm.quick_hints import ABBREVIATIONS, ANSWERS, CIVILITY, COMMON, LITTLE, ROLES
from crm.quick_search import WordSearch
from crm.store.protocol import ReadTransaction
from graph_schema.records import LinkRecord, NodeRecord
from graph_schema.registry import SCHEMA
from graph_schema.text import fold
from graph_schema.vocabularies import Civility, Kind

SHOWN = 8
"""So many candidates are offered for one name."""

_LONGEST = 8
_ROLES = 4
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CIVILITIES = {"mme": Civility.MRS, "madame": Civility.MRS, "mlle": Civility.MRS, "melle": Civility.MRS}
_TIED = re.compile(r"\s*(?:\(|,|-|/)?\s*(?:(?:de la|de l'|des|de|du|d'|chez|a la|au|aux|a|pour) ?)?\s*")


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


class Match(NamedTuple):
    """A name, and who may be meant, the likeliest first; ``sure`` when nobody else is as likely."""

    words: str
    candidates: tuple[Party, ...]
    sure: bool

    @property
    def is_organisation(self) -> bool:
        """Whether an organisation is meant, as far as anyone knows."""
        return bool(self.candidates) and not any(each.people for each in self.candidates)


class Mention(NamedTuple):
    """A name in a sentence, from the character ``start`` to before ``end``, and the records that may be meant.

    ``plain``: it is written without a capital and only in part, so that it is a name only where one is expected.
    """

    start: int
    end: int
    records: tuple[NodeRecord, ...]
    plain: bool = False
    single: bool = False
    partly: bool = False

    @property
    def type(self) -> str:
        """Person or Organisation, when all that may be meant are one kind; empty otherwise."""
        types = {record.type for record in self.records}
        return types.pop() if len(types) == 1 else ""


class Found(NamedTuple):
    """The names of a sentence in order, and for the people among them the roles that they hold on the day."""

    mentions: list[Mention]
    roles: dict[str, list[LinkRecord]]
    employers: dict[str, NodeRecord]


def mentions(tx: ReadTransaction, text: str, folded: str, on: date, here: Collection[str] = ()) -> Found:
    """The people and organisations of the network that a sentence names. ``folded`` is ``text``, sign for sign.

    Of people of one name, those of an organisation that is named too, or of one of ``here``, are meant.
    """
    found = _narrowed_by_town(_longest(tx, text, folded), folded)
    people = {r.id for each in found for r in each.records if r.type == "Person"}
    staff_of = {each.records[0].id for each in found if each.type == "Organisation" and len(each.records) == 1}
    near_by = {*staff_of, *here}
    links = tx.links_of({*people, *near_by}, ["WorksFor"], on) if people or near_by else []
    roles: defaultdict[str, list[LinkRecord]] = defaultdict(list)
    for link in sorted(links, key=lambda link: (not link.values.get("main"), link.id)):
        roles[link.source].append(link)
    near = tx.get({end for link in links for end in (link.source, link.target)})
    found = _with_roles(found, folded, staff_of, roles, near)
    return Found(_narrowed_by_employer(found, folded, staff_of, near_by, roles), dict(roles), near)


def offered(found: Found, record: NodeRecord) -> list[Party]:
    """The parties that a record may be: a person once for each of their employers, the main one first."""
    caption = SCHEMA.nodes[record.type].caption(record.values)
    if record.type == "Organisation":
        kind, town = Kind(str(record.values["kind"])).label, str(record.values.get("city", ""))
        return [Party(caption, f"{kind} · {town}" if town else kind, (record.id,))]
    held = [link for link in found.roles.get(record.id, ()) if link.target in found.employers][:_ROLES]
    if not held:
        return [Party(caption, "sans organisation", (), (record.id,))]
    return [
        Party(caption, str(found.employers[link.target].values["name"]), (link.target,), (record.id,)) for link in held
    ]


def party(network: Network, id: str, on: date) -> Party | None:
    """The party that a record makes by itself; None for what takes no part in exchanges."""

    def work(tx: ReadTransaction) -> Party | None:
        record = tx.get([id]).get(id)
        if record is None or record.type not in ("Organisation", "Person"):
            return None
        links = tx.links_of([id], ["WorksFor"], on) if record.type == "Person" else []
        links.sort(key=lambda link: (not link.values.get("main"), link.id))
        return offered(Found([], {id: links}, tx.get({link.target for link in links})), record)[0]

    return network.read(work)


def _longest(tx: ReadTransaction, text: str, folded: str) -> list[Mention]:
    """The longest names from left to right, none over another."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(folded)]
    searched = WordSearch(tx)
    beginnings = [at for at, (_, _, word) in enumerate(words) if _may_begin(word)]
    searched.read(spelt for at in beginnings for spelt in _spellings([words[at][2]]))
    parts = (part for at in beginnings for _, part in _parts(words, at, folded))
    searched.read(spelt for part in parts for spelt in _spellings(part))
    found: list[Mention] = []
    at = 0
    while at < len(words):
        best = _at(words, at, text, folded, searched)
        if best is None:
            at += 1
            continue
        mention, after = best
        found.append(mention)
        at = after
    return found


def _may_begin(word: str) -> bool:
    """Whether a name may begin with this word."""
    return word not in LITTLE and len(word) >= 2 and not word.isdecimal()


def _parts(words: Sequence[tuple[int, int, str]], at: int, folded: str) -> Iterator[tuple[int, list[str]]]:
    """What a name that begins at a word may be, ever longer: the number of its last word, and all its words."""
    for last in range(at, min(len(words), at + _LONGEST)):
        if last > at and not re.fullmatch(r"[\s'.&,-]{1,3}", folded[words[last - 1][1] : words[last][0]]):
            return
        if words[last][2] not in LITTLE:
            yield last, [word for _, _, word in words[at : last + 1]]


def _at(
    words: Sequence[tuple[int, int, str]], at: int, text: str, folded: str, searched: WordSearch
) -> tuple[Mention, int] | None:
    """The longest name that begins at a word, and the number of the word after it."""
    start, _, first = words[at]
    if not _may_begin(first):
        return None
    title = CIVILITY.search(folded, 0, start)
    title = title if title and title.end() == start else None
    chosen: tuple[list[NodeRecord], int, bool] | None = None
    for last, inside in _parts(words, at, folded):
        hits = [record for record in searched.found(inside) if not title or record.type == "Person"]
        spelt = _spelt(inside)
        more = searched.found(spelt) if spelt != inside and not title else []
        if not (hits or more):
            break
        civility = title.group("civility") if title else None
        ranked = [(rank, record) for record in hits if (rank := _rank(record, inside, civility))]
        ranked = ranked or [(rank, record) for record in more if (rank := _rank(record, spelt, None))]
        if ranked:
            best = min(rank for rank, _ in ranked)
            chosen = [record for rank, record in ranked if rank == best], last, best > 1
    if chosen is None:
        return None
    records, last, partly = chosen
    begin, end = title.start() if title else start, words[last][1]
    capital = any(text[words[each][0]].isupper() for each in range(at, last + 1) if words[each][2] not in LITTLE)
    single = last == at
    common = first in COMMON and single
    plain = not title and (not capital or common) and (partly or single)
    if single and not title and partly and (common or _goes_on(words, at, text)):
        return None
    if (
        single
        and records[0].type == "Organisation"
        and partly
        and not _stands(records, first, capital and start > 0, ANSWERS.match(folded, end) is not None)
    ):
        return None
    return Mention(begin, end, tuple(records), plain, single and not title, partly), last + 1


def _stands(records: Sequence[NodeRecord], word: str, capital: bool, answers: bool) -> bool:
    """Whether one word of their name is enough to name organisations: with a capital, or what they are called in short
    (« akto »), or who answers (« Constructys m'a répondu »).
    """
    if len(records) == 1 and (answers or _is_acronym(records[0], word)):
        return True
    return capital and len(records) <= SHOWN


def _is_acronym(record: NodeRecord, word: str) -> bool:
    names = " ".join(str(record.values.get(name) or "") for name in ("name", "acronym"))
    return any(len(each) > 2 and each.isupper() and fold(each) == word for each in _WORD.findall(names))


def _spelt(words: Sequence[str]) -> list[str]:
    """The words, with those that are commonly shortened in full: « ml » for « mission locale »."""
    return [each for word in words for each in ABBREVIATIONS.get(word, word).split()]


def _spellings(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    return words, _spelt(words)


def _goes_on(words: Sequence[tuple[int, int, str]], at: int, text: str) -> bool:
    """Whether a word is part of a longer name that nobody bears: « Quidam Introuvable »."""
    around = []
    if at + 1 < len(words) and text[words[at][1] : words[at + 1][0]] == " ":
        around.append(words[at + 1])
    if at and text[words[at - 1][1] : words[at][0]] == " ":
        around.append(words[at - 1])
    return any(text[start].isupper() and word not in COMMON and word not in LITTLE for start, _, word in around)


def _rank(record: NodeRecord, inside: Sequence[str], title: str | None) -> int:
    """How well words name a record: 1 in full, more for in part, 0 not at all."""
    values = record.values
    bare = [word for word in inside if word not in LITTLE]
    if record.type == "Person":
        family, given = (fold(str(values.get(name) or "")).split() for name in ("family_name", "given_name"))
        if title and values.get("civility", _civility(title)) != _civility(title):
            return 0
        said = fold(" ".join(inside)).split()
        if said in (given + family, family + given) and given:
            return 1
        return 2 if said == family else 4 if said == given else 0
    names = [str(values.get(name) or "") for name in ("name", "acronym")]
    aliases = values.get("aliases")
    best = 0
    for name in (*names, *(map(str, aliases) if isinstance(aliases, list) else ())):
        parts = [word for word in fold(name).split() if word not in LITTLE]
        said = fold(" ".join(bare)).split()
        if parts and said == parts:
            return 1
        if parts and set(said) <= set(parts):
            best = 3
    return best


def _civility(title: str) -> Civility:
    return _CIVILITIES.get(title.rstrip("."), Civility.MR)


def _narrowed_by_town(found: Iterable[Mention], folded: str) -> list[Mention]:
    """« Cap emploi de Lens »: of organisations that may be meant, those of the town said after."""
    kept = []
    for each in found:
        towns = defaultdict(list)
        for record in each.records:
            towns[fold(str(record.values.get("city") or ""))].append(record)
        end, records = each.end, each.records
        if len(records) > 1:
            said = re.compile(r"\s*(?:\(|,|de |d'|a )\s*")
            after = said.match(folded, end)
            for town, some in towns.items():
                place = after.end() if after else end
                if after and town and fold(folded[place:]).startswith(town):
                    end, records = place + len(town), tuple(some)
                    break
        kept.append(each._replace(end=end, records=records))
    return kept


def _with_roles(
    found: list[Mention], folded: str, staff_of: Collection[str], roles: dict[str, list[LinkRecord]],
    near: dict[str, NodeRecord],
) -> list[Mention]:  # fmt: skip
    """« la DRH du Garage Fictif »: a person named by their role, when an organisation follows."""
    added: list[Mention] = []
    for each in found:
        if each.type != "Organisation" or len(each.records) != 1 or each.records[0].id not in staff_of:
            continue
        for words, meant in ROLES:
            said = words.search(folded, 0, each.start)
            while said and not _TIED.fullmatch(folded, said.end(), each.start):
                said = words.search(folded, said.end(), each.start)
            if said:
                last = (
                    re.split(r"[ ']", said.group())[-1] if " " not in said.group().strip() else said.group().split()[1]
                )
                wanted = rf"\b{re.escape(last[:7])}" if meant.pattern == "=" else meant.pattern
                people = [
                    near[id] for id, links in roles.items() if id in near for link in links
                    if link.target == each.records[0].id and re.search(wanted, fold(str(link.values.get("role") or "")))
                ]  # fmt: skip
                if meant.pattern != "$^" and not _in_apposition(folded, said.start(), found):
                    added.append(Mention(said.start(), said.end(), tuple(people)))
                break
    return sorted([*found, *added], key=lambda each: each.start)


def _in_apposition(folded: str, start: int, found: Iterable[Mention]) -> bool:
    """« M. Fictif, gérant du garage »: the role is that of someone named just before."""
    before = folded[:start].rstrip(" ,(-")
    named = any(each.end == len(before) for each in found)
    return named or re.search(r"(?<!\w)(?:mme|mr?|monsieur|madame)\.? [\w-]+$", before) is not None


def _narrowed_by_employer(
    found: list[Mention], folded: str, staff_of: Collection[str], near_by: Collection[str],
    roles: dict[str, list[LinkRecord]],
) -> list[Mention]:  # fmt: skip
    """Of people who may be meant, those who work for an organisation of the sentence; nobody is certain who is said to
    be of another one.
    """
    kept = []
    for number, each in enumerate(found):
        records = each.records
        here = [r for r in records if {link.target for link in roles.get(r.id, ())} & set(near_by)]
        if here and each.type != "Organisation":
            records = tuple(here)
        elif each.type == "Person" and staff_of:
            beside = found[number + 1] if number + 1 < len(found) else None
            tied = beside and beside.type == "Organisation" and _TIED.fullmatch(folded, each.end, beside.start)
            if tied and folded[each.end : beside.start].strip(" ,-/"):  # type: ignore[union-attr]
                records = ()
        kept.append(each._replace(records=records))
    return kept


def matches_of(found: Found, mention: Mention, words: str, named: Collection[str]) -> Match:
    """Who may be meant by a mention, as the chips show it."""
    sure = len(mention.records) == 1
    parties = [each for record in mention.records[:SHOWN] for each in offered(found, record)]
    if sure and len(parties) > 1:
        here = [each for each in parties if set(each.organisations) & set(named)]
        parties, sure = here or parties, len(here) == 1
    return Match(words, tuple(parties[:SHOWN]), sure)


def unknown(text: str, folded: str, taken: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where names stand that nobody in the network bears: after a civility, or words with a capital."""
    hidden = list(folded)
    for start, end in taken:
        hidden[start:end] = "\n" * (end - start)
    left = "".join(hidden)
    for title in CIVILITY.finditer(left):
        name = re.match(r"[^\W\d_][\w'-]*(?: (?:de |du |le |la )?[A-ZÀ-Ý][\w'-]+)*", text[title.end() :])
        last = title.end() + (name.end() if name else 0)
        if "\n" in left[title.end() : last]:
            last = title.end() + len(re.sub(r"(?: (?:de|du|le|la))?\s*$", "", left[title.end() : last].split("\n")[0]))
        if last > title.end():
            yield title.start(), last
            left = left[: title.start()] + "\n" * (last - title.start()) + left[last:]
    shown = "".join("\n" if sign == "\n" else text[at] for at, sign in enumerate(left))
    for name in re.finditer(
        r"(?<![\w'.])[A-ZÀ-Ý][\w-]+(?: (?:(?:de la|de|du|des|le|la|et) |d'|l')?[A-ZÀ-Ý][\w-]+)*", shown
    ):
        first, last = name.span()
        while (
            first < last
            and (head := re.match(r"[\w-]+", folded[first:last]))
            and (head.group() in COMMON or head.group() in LITTLE or (first == 0 and head.end() == last))
        ):
            first += head.end()
            first += len(text[first:last]) - len(text[first:last].lstrip())
        if first < last and "\n" not in left[first:last]:
            yield first, last


def candidates(network: Network, words: str, on: date) -> list[Party]:
    """Everyone who may be meant by a name alone, as far as the network knows on the day."""
    low = "".join(fold(sign)[:1] or " " for sign in words)

    def work(tx: ReadTransaction) -> list[Party]:
        found = mentions(tx, words, low, on)
        records = [record for each in found.mentions for record in each.records]
        return [each for record in records for each in offered(found, record)]

    return network.read(work)[:SHOWN]
